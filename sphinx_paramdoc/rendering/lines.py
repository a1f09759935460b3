"""How lines of a cell are kept apart on their way through Sphinx' writer of text files."""

LINE = "\N{LINE SEPARATOR}"
"""Ends a line of a cell, where any other sign is taken for a blank."""
