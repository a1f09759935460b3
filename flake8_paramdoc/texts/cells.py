"""The code cells of a notebook, each line at its place in the file.

Sources: the format of Jupyter notebooks, version 4; IPython's documentation of its magic commands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]  # typeshed lists its class alone
from typing import Any, NamedTuple

_BLANKS = re.compile(r"[ \t\r\n]*")
_PLAIN = re.compile(r"[^\s,\]}]+")
_MAGIC = re.compile(r"(?P<indent>\s*)(?P<command>[%!?].*|[\w.]+\?{1,2}\s*)")
_OF_PYTHON = re.compile(r"%%(time|timeit|capture|prun)\b")
"""Commands for a whole cell that is Python all the same."""


class String(NamedTuple):
    """A string of a file of JSON."""

    text: str
    start: int
    """Where its text begins, behind the quote."""
    end: int
    """Where the quote stands that ends it."""


class Cell(NamedTuple):
    """A cell of code."""

    parts: tuple[String, ...]
    """Its lines, each with its end; or all of them in one string."""
    is_list: bool


def cells(text: str) -> list[Cell]:
    """Return the cells of code of a notebook.

    :raises ValueError: where it is no notebook.
    """
    try:
        notebook, _ = _value(text, _behind_blanks(text, 0))
        found = []
        for cell in notebook["cells"]:
            if cell["cell_type"].text == "code":
                source = cell["source"]
                is_list = not isinstance(source, String)
                found.append(Cell(tuple(source) if is_list else (source,), is_list))
        return found
    except (TypeError, LookupError, AttributeError, RecursionError, JSONDecodeError) as error:
        raise ValueError(f"it is no notebook of Jupyter's format 4 ({error})") from None


def _behind_blanks(text: str, place: int) -> int:
    match = _BLANKS.match(text, place)
    return match.end() if match else place


def _value(text: str, place: int) -> tuple[Any, int]:
    """Return the value that begins at a place, its strings with their places, and where it ends."""
    sign = text[place]
    if sign == '"':
        return _string(text, place)
    if sign not in "{[":
        match = _PLAIN.match(text, place)
        if match is None:
            raise JSONDecodeError("a value is missing", text, place)
        return None, match.end()
    values: list[Any] = []
    items: dict[str, Any] = {}
    place = _behind_blanks(text, place + 1)
    while text[place] not in "}]":
        if sign == "{":
            key, place = _string(text, place)
            place = _behind_blanks(text, _behind_blanks(text, place) + 1)
            items[key.text], place = _value(text, place)
        else:
            value, place = _value(text, place)
            values.append(value)
        place = _behind_blanks(text, place)
        if text[place] == ",":
            place = _behind_blanks(text, place + 1)
    return (items if sign == "{" else values), place + 1


def _string(text: str, place: int) -> tuple[String, int]:
    if text[place] != '"':
        raise JSONDecodeError("a string is missing", text, place)
    value, end = scanstring(text, place + 1)
    return String(value, place + 1, end - 1), end


def without_commands(lines: list[str]) -> list[str]:
    """Return the lines of a cell with what is IPython's own left out, each where it was; none where it is no Python."""
    first = next((line for line in lines if line.strip()), "")
    if first.startswith("%%") and not _OF_PYTHON.match(first):
        return []
    return [*_plain(lines)]


def _plain(lines: list[str]) -> Iterator[str]:
    for line in lines:
        match = _MAGIC.fullmatch(line.rstrip("\n"))
        yield f"{match['indent']}pass" if match else line
