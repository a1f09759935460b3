"""A cell of a table in a text file."""

from __future__ import annotations

from sphinx.writers.text import Cell, my_wrap

from sphinx_paramdoc.rendering.lines import GLUE, LINE


class TextCell(Cell):
    """A cell of lines; those of numbers stand to the right."""

    def __init__(self, *, is_number: bool) -> None:
        """Make an empty cell."""
        super().__init__()
        self._is_number = is_number

    def wrap(self, width: int) -> None:
        """Break each line that is too long."""
        lines = [part.replace(GLUE, " ") for line in self.text.split(LINE) for part in my_wrap(line, width)]
        self.wrapped = [line.rjust(width) for line in lines] if self._is_number else lines
