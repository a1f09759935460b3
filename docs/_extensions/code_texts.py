"""The pages of the linter's codes, read as what they say: a title, why, and an example with what is written today."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

_PAGES = Path(__file__).parents[1] / "codes"

_PAGE = re.compile(
    r"(?P<code>KER\d{3}): (?P<title>.+)\n=+\n\n(?P<why>.+?)\n\n"
    r"\.\. rubric:: Old\n\n\.\. outdated-example:: (?P=code)\n\n(?P<old>.+?)\n\n"
    r"\.\. rubric:: Today\n\n\.\. code-block:: python\n\n(?P<new>.+?)\n\n"
    r"\.\. outdated-code:: (?P=code)\n",
    re.DOTALL,
)


class Code(NamedTuple):
    """What the page of a code says."""

    code: str
    title: str
    why: str
    old: str
    """A source in which the code is found."""
    new: str
    """The same as it is written today."""


def read(page: Path) -> Code:
    """Return what a page says; raises ``ValueError`` where it has another form."""
    found = _PAGE.fullmatch(page.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{page.name} is not the page of a code")
    code, title, why, old, new = found.groups()
    return Code(code, title, " ".join(why.split()), _dedented(old), _dedented(new))


def _dedented(text: str) -> str:
    return "".join(f"{line[3:]}\n" for line in text.split("\n"))


CODES = tuple(read(page) for page in sorted(_PAGES.glob("KER*.rst")))
"""All of them, in the order of their numbers."""
