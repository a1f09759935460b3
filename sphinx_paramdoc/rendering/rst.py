"""The table in reStructuredText, of which docutils makes a table without any of this package."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sphinx_paramdoc.rendering.marked import plain
from sphinx_paramdoc.rendering.tree import branches
from sphinx_paramdoc.said import ENGLISH, Name
from sphinx_paramdoc.table.columns import Column
from sphinx_paramdoc.table.runs import Lines, Mark, Run, parted, written
from sphinx_paramdoc.table.view import View

_INDENT = "\N{NO-BREAK SPACE}" * 2
"""Any other space is lost at the beginning of a cell."""

_SPECIAL = re.compile(r"[\\`*|]|(?<![^\W_])_|_(?![^\W_])|(?<=:)(?=//)|(?<=\w)(?=@\w)")
"""Where a text would mean something else; an underscore between letters means nothing."""

_BEGINS = re.compile(r"(?=[-+•‣⁃*]( |$)|(\(?[\w#]+[.)])( |$)|\.\.( |$)|>>> |:\w[^:]*:|__( |$)|[!-/:-@\[-`{-~]+$)")
"""How a list, a comment, a field and the like begin."""


def render(view: View, columns: Sequence[Column], _width: int | None = None) -> str:
    """Write the rows that show, the total, and the notes."""
    lines = [
        f".. list-table:: {safe(f'{view.table.name} ({view.table.class_name})')}",
        "   :header-rows: 1",
        f"   :widths: {' '.join(str(column.share) for column in columns)}",
        "",
        *lines_of_row([safe(column.heading)] for column in columns),
    ]
    for branch in branches(view.rows):
        indent, row = _INDENT * branch.depth, branch.row
        if row is None:
            lines += lines_of_row([[f"{indent}{escaped(written(branch.others))}"], *[[""]] * (len(columns) - 1)])
        else:
            lines += lines_of_row(
                _lines(f"{indent * column.is_nested}", parted(column.cell(row, view))) for column in columns
            )
    lines += lines_of_row(_cell(_total(column, view), column.total_below(view)) for column in columns)
    for said in view.below():
        lines += ["", sentence(said)]
    if any(column.name == "explanation" for column in columns):
        notes = [f"| [{note.number}] {escaped(note.text)}" for note in view.notes if note.is_shown]
        lines += ["", *notes] if notes else []
    for said in view.beyond():
        lines += ["", safe(said)]
    return "\n".join(line.rstrip(" ") for line in lines)


def lines_of_row(cells: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a row; several lines of a cell are a block of lines."""
    for number, lines in enumerate(cells):
        for place, line in enumerate(lines):
            before = "     " if place else "     - " if number else "   * - "
            yield f"{before}{'  ' if place else ''}{'| ' if len(lines) > 1 else ''}{line}"


def _lines(indent: str, cell: Lines) -> list[str]:
    first = _cell(f"{indent}{text_of(cell.first)}", cell.names)
    return [*first, text_of(cell.rest)] if cell.rest else first


def _cell(text: str, below: str) -> list[str]:
    return [text, f"*{escaped(below)}*"] if below else [text]


def _total(column: Column, view: View) -> str:
    text = escaped(column.total(view))
    return f"**{text}**" if text and not column.is_prose else text


def text_of(runs: Iterable[Run]) -> str:
    text = "".join(_name(run.text) if run.mark in {Mark.NAME, Mark.LINK} else escaped(written([run])) for run in runs)
    return text if text.startswith("`") else _BEGINS.sub("\\\\", text, 1) if _BEGINS.match(text) else text


def _name(name: str) -> str:
    """Return a name as a literal, where it can stand in one and ends where a word ends."""
    name = plain(name)
    return f"``{name}``" if re.fullmatch(r"[\w./-]+", name) else escaped(name)


def sentence(text: str) -> str:
    """Return what is said of a formula, or of why there is none, as a paragraph."""
    pieces = ENGLISH.parts(text)
    shown = "".join([_name(each) if isinstance(each, Name) else escaped(each) for each in pieces])
    return f"\\{shown}" if _BEGINS.match(shown) else shown


def safe(text: str) -> str:
    """Return a paragraph that is one."""
    shown = escaped(text)
    return f"\\{shown}" if _BEGINS.match(shown) else shown


def escaped(text: str) -> str:
    """Return a text that shows as it is, on one line."""
    return _SPECIAL.sub(r"\\\g<0>", plain(text))
