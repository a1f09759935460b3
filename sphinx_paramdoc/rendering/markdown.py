"""The table in Markdown, as GitHub, notebooks and most others read it: for a README, a model card, a review."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sphinx_paramdoc.rendering.marked import plain
from sphinx_paramdoc.rendering.tree import branches
from sphinx_paramdoc.said import ENGLISH, Name
from sphinx_paramdoc.table.columns import Column
from sphinx_paramdoc.table.runs import Lines, Mark, Run, parted
from sphinx_paramdoc.table.view import View

INDENT = "&nbsp;" * 4
"""Blanks are lost at the beginning of a cell."""

_SPECIAL = re.compile(
    r"[\\`*<>|~$]|\[(?=[^\]]*\][(\[:])|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|@(?=\w)|(?<!\w)#(?=\d)|:(?=//|\w+:)"
)
"""Signs that mean something in Markdown where they stand; an underscore between letters means nothing."""

_BEGINS = re.compile(r"(?P<number>\d{0,9})([.)](?=\s|$)|(?<!\d)(#{1,6}(?=\s|$)|[-+=]))")
"""How a list or a heading begins; the sign behind the number makes it one."""


def render(view: View, columns: Sequence[Column], _width: int | None = None) -> str:
    """Write the rows that show, the total, and the notes."""
    lines = [
        f"**{escaped(view.table.name)}** ({escaped(view.table.class_name)})",
        "",
        row(escaped(column.heading) for column in columns),
        f"|{'|'.join('---:' if column.is_number else '---' for column in columns)}|",
        *_rows(view, columns),
        row(_below(_total(column, view), column.total_below(view)) for column in columns),
    ]
    lines += (line for said in view.below() for line in ("", sentence(said)))
    if any(column.name == "explanation" for column in columns):
        notes = (f"<sup>{note.number}</sup> {escaped(note.text)}" for note in view.notes if note.is_shown)
        lines += (line for note in notes for line in ("", note))
    lines += (line for said in view.beyond() for line in ("", sentence(said)))
    return "\n".join(lines)


def sentence(text: str) -> str:
    """Return a paragraph that is one, and no heading, list or quotation; names of code in it are set as such."""
    shown = "".join([_name(each) if isinstance(each, Name) else escaped(each) for each in ENGLISH.parts(text)])
    begins = _BEGINS.match(shown)
    return f"{begins['number']}\\{shown[begins.end('number') :]}" if begins else shown


def _name(name: str) -> str:
    return f"`{name}`" if name.isidentifier() else escaped(name)


def _rows(view: View, columns: Sequence[Column]) -> Iterator[str]:
    for branch in branches(view.rows):
        indent, shown = INDENT * branch.depth, branch.row
        if shown is None:
            yield row([f"{indent}{text_of(branch.others)}", *[""] * (len(columns) - 1)])
        else:
            yield row(_cell(f"{indent * column.is_nested}", parted(column.cell(shown, view))) for column in columns)


def row(cells: Iterable[str]) -> str:
    """Return one row."""
    return "|".join(["", *(f" {cell} " if cell else " " for cell in cells), ""])


def _cell(indent: str, cell: Lines) -> str:
    text = _below(f"{indent}{text_of(cell.first)}", cell.names)
    return f"{text}<br>{text_of(cell.rest)}" if cell.rest else text


def _below(text: str, below: str) -> str:
    return f"{text}<br><small>{escaped(below)}</small>" if below else text


def _total(column: Column, view: View) -> str:
    text = escaped(column.total(view))
    return f"**{text}**" if text and not column.is_prose else text


def text_of(runs: Iterable[Run]) -> str:
    text = "".join(f"<sup>{run.text}</sup>" if run.mark is Mark.NOTE else escaped(run.text) for run in runs)
    return text.replace("</sup><sup>", ", ")  # two numbers would read as one


def escaped(text: str) -> str:
    """Return a text that shows as it is, on one line."""
    return _SPECIAL.sub(_without_meaning, plain(text))


def _without_meaning(sign: re.Match[str]) -> str:
    # A backslash before these would show, or not help.
    return {"<": "&lt;", ">": "&gt;", "&": "&amp;", "@": "&#64;", "$": "&#36;", "#": "&#35;", ":": "&#58;"}.get(
        sign[0], f"\\{sign[0]}"
    )
