"""How lines of a cell are kept apart on their way through Sphinx' writer of text files."""

LINE = "\N{LINE SEPARATOR}"
"""Ends a line of a cell, where any other sign is taken for a blank."""

GLUE = "\ue000"
"""Stands for a blank at which no line breaks; Sphinx' writer breaks at any sign that is a blank."""
