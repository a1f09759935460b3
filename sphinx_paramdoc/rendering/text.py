"""The table for a terminal.

Its columns stand beside each other where there is room (`grid`); where there is little, what explains a row stands
below it (`stacked`). It is drawn with escape sequences of our own: they are three looks and one colour.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sphinx_paramdoc.rendering import entries as made
from sphinx_paramdoc.rendering import grid, stacked
from sphinx_paramdoc.rendering.entries import Cell, Entry
from sphinx_paramdoc.rendering.marked import BOLD, QUIET, Marked, broken, marked, sentence, together
from sphinx_paramdoc.rendering.tree import Branch
from sphinx_paramdoc.table.columns import Column
from sphinx_paramdoc.table.view import View

LEAST = 20
"""A terminal is taken for this wide at least."""


def render(view: View, columns: Sequence[Column], width: int | None = None, *, is_colored: bool = False) -> str:
    """Write the rows that show, the total, and the notes.

    :param width: the columns of the terminal; no line takes more; ``None``: no limit.
    :param is_colored: whether escape sequences tell what is heavy, what is quiet, and what the numbers of formulas are.
    """
    width = None if width is None else max(width, LEAST)
    lines = [
        *_title(view, width),
        *_rows(view, columns, width, is_colored),
        *_below(view, width),
        *(_notes(view, width) if any(column.name == "explanation" for column in columns) else ()),
        *_beyond(view, width),
    ]
    return together(lines, is_colored=is_colored)


def _title(view: View, width: int | None) -> list[Marked]:
    title = marked(view.table.name, BOLD), marked(f"({view.table.class_name})", QUIET)
    return Cell(title).lines(width)


def _rows(view: View, columns: Sequence[Column], width: int | None, is_colored: bool) -> Iterator[Marked]:
    """Yield the headings, the rows and the total, in the layout that there is room for."""
    head, total = made.head(columns), made.total(view, columns)
    entries = list(made.entries(view, columns, None if width is None else width // 3, is_colored))
    widths = grid.fit(head, entries, total, columns, width)
    if widths is not None:
        yield Marked("")
        root = Branch(None)
        yield from grid.lines(Entry(root, head), widths, columns)
        yield grid.rule(widths)
        for entry in entries:
            yield from grid.lines(entry, widths, columns)
        yield grid.rule(widths)
        yield from grid.lines(Entry(root, total), widths, columns)
        return
    assert width is not None
    layout = stacked.fit(head, entries, total, columns, width)
    yield from stacked.head(head, layout)
    for entry in entries:
        yield from stacked.lines(entry, layout)
    yield stacked.rule(layout)
    yield from stacked.total(total, layout)


def _below(view: View, width: int | None) -> Iterator[Marked]:
    """Yield what stands below the total, behind an empty line."""
    for number, told in enumerate(view.below()):
        yield from () if number else [Marked("")]
        yield from broken(sentence(told), width)


def _notes(view: View, width: int | None) -> Iterator[Marked]:
    """Yield the notes that rows which show refer to."""
    for note in view.notes:
        if note.is_shown:
            mark = marked(f"[{note.number}] ", QUIET)
            room = None if width is None else width - mark.width
            for number, line in enumerate(broken(marked(note.text), room)):
                yield (Marked(" " * mark.width) if number else mark) + line


def _beyond(view: View, width: int | None) -> Iterator[Marked]:
    """Yield what the model computes with that no row says, each behind an empty line."""
    for told in view.beyond():
        yield Marked("")
        yield from broken(marked(told), width)
