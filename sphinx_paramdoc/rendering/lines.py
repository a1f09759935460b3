"""How lines begin and end: what stays on one, and how those of a cell come through Sphinx' writer of text files."""

WHOLE = 24
"""A product of a formula that has no more signs stays on a line in a narrow column of a page too, which gives way."""

LINE = "\N{LINE SEPARATOR}"
"""Ends a line of a cell, where any other sign is taken for a blank."""

GLUE = "\ue000"
"""Stands for a blank at which no line breaks; Sphinx' writer breaks at any sign that is a blank."""
