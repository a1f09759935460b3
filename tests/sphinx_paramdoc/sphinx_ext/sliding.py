"""What a page with sliders shows in a browser, and how they are moved."""

from __future__ import annotations

from typing import Any

_CELLS = """
rows => rows.filter(row => !row.hidden)
  .map(row => [...row.children].filter(cell => !cell.hidden).map(cell => cell.innerText))
"""


def rows(page: Any) -> list[list[str]]:
    """Give what the cells say of the outermost rows that are there."""
    found = page.eval_on_selector_all("table.paramdoc > tbody > tr:not(.paramdoc-inside)", _CELLS)
    return [[" ".join(text.split()) for text in row] for row in found]


def cells(page: Any, row: str) -> list[str]:
    """Give what the cells of a row say, whose first one begins so, but for that."""
    return next(found[1:] for found in rows(page) if found[0].startswith(row))


def told(page: Any) -> str:
    """Give what the sliders say."""
    return str(page.inner_text("output"))


def field(page: Any, name: str) -> Any:
    """Give the field of an argument."""
    return page.get_by_role("textbox", name=name)


def slider(page: Any, name: str) -> Any:
    """Give the slider of an argument."""
    return page.get_by_role("slider", name=name)


def total(layers: int, width: int) -> int:
    """Give the count of ``nets.chain``."""
    return layers * (8 * width**2 + 21 * width) + 6 * width
