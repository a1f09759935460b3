"""Bring the catalogues of translations up to what the code says.

``python tools/catalogues.py`` in the root of a clone writes ``sphinx_paramdoc/locale/sphinx_paramdoc.pot``, which holds
every pattern of the code, and gives each language the new ones, without a translation, and takes those from it that are
gone. With the names of languages, such as ``fr``, it begins a catalogue for those that have none.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "sphinx_paramdoc"
FOLDER = PACKAGE / "locale"
NAME = "sphinx_paramdoc"

PATTERNS = {"said": [0], "pattern": [0], "Number": [1], "Dimension": [1, 2], "LayerKind": [0, 1]}
"""What is called with texts that are translated → which of its arguments they are."""

_WIDTH = 100
_DATES = re.compile(
    r'^"(Project-Id-Version|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To|Generated-By):.*\n',
    re.MULTILINE,
)
"""What would change with each run, or names people."""


class Pattern(NamedTuple):
    """One pattern of the code."""

    text: str
    plural: str
    """That for several; '' where no number decides."""
    file: str


class NotWrittenOutError(Exception):
    """What is said in the code is put together there, so that no translator can be given it."""


def patterns() -> Iterator[Pattern]:
    """Yield the patterns of the code, in the order of its files.

    :raises NotWrittenOutError: where one is no literal.
    """
    for file in sorted(PACKAGE.rglob("*.py")):
        name = file.relative_to(ROOT).as_posix()
        code = file.read_text(encoding="utf-8")
        if not any(f"{called}(" in code for called in ("counted", *PATTERNS)):
            continue
        calls = (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call))
        for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
            called = call.func.id if isinstance(call.func, ast.Name) else ""
            if called == "counted" and file.name != "said.py":
                yield Pattern(_literal(call.args[1], name), _literal(call.args[2], name), name)
            for place in PATTERNS.get(called, ()):
                if place < len(call.args):
                    yield from (Pattern(text, "", name) for text in _texts(call.args[place], name))


def _texts(node: ast.expr, file: str) -> Iterator[str]:
    """Yield the texts that an argument may be; what has a name, or is given by a call, is written out elsewhere."""
    if isinstance(node, ast.IfExp):
        yield from _texts(node.body, file)
        yield from _texts(node.orelse, file)
    elif not isinstance(node, (ast.Name, ast.Attribute, ast.Subscript, ast.Call)) and (text := _literal(node, file)):
        yield text


def _literal(node: ast.expr, file: str) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise NotWrittenOutError(
        f"{file}:{node.lineno}: {ast.unparse(node)} is put together here. Write out a pattern with placeholders, "
        "said('{count:,} of {name}', count=…, name=…): docs/contributing/language.rst"
    )


def template() -> Catalog:
    """Return a catalogue of all patterns, without translations."""
    made = Catalog(project="sphinx-paramdoc", domain=NAME, header_comment=_HEADER, charset="utf-8", fuzzy=False)
    for text, plural, file in patterns():
        flags = ["python-brace-format"] if "{" in text + plural else []  # Babel before 2.17 does not look for itself
        made.add((text, plural) if plural else text, locations=[(file, 0)], flags=flags)
    return made


_HEADER = """\
# What the tables of sphinx-paramdoc say: docs/contributing/language.rst tells how to translate it.
#"""


def written(catalogue: Catalog) -> str:
    """Return the text of a catalogue's file."""
    held = io.BytesIO()
    write_po(held, catalogue, width=_WIDTH, include_lineno=False, ignore_obsolete=True)
    return _DATES.sub("", held.getvalue().decode())


def updated(catalogue: Catalog) -> Catalog:
    """Return a language's catalogue with all patterns of the code, and no others."""
    catalogue.update(template(), no_fuzzy_matching=True)
    catalogue.header_comment = _HEADER
    return catalogue


def main(languages: list[str]) -> None:
    """Write the files."""
    (FOLDER / f"{NAME}.pot").write_text(written(template()), encoding="utf-8")
    for language in languages:
        file = FOLDER / language / "LC_MESSAGES" / f"{NAME}.po"
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            file.write_text(written(Catalog(language, charset="utf-8", fuzzy=False)), encoding="utf-8")
    for file in sorted(FOLDER.glob("*/LC_MESSAGES/*.po")):
        with file.open("rb") as held:
            catalogue = read_po(held, file.parents[1].name)
        file.write_text(written(updated(catalogue)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
