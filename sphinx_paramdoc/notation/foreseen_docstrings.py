"""Which blocks the docstrings that a page documents most likely hold, found without importing anything.

An API reference is mostly docstrings: where their blocks start when Sphinx reads the page, one core works. As with the
blocks of pages, nothing depends on the guess, and only what the page will run may be found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from flake8_paramdoc.texts import markdown, rst
from flake8_paramdoc.texts.directives import Directive, written
from flake8_paramdoc.texts.snippets import RUN_BY_US
from sphinx_paramdoc.notation import autodoc_patterns, docstring_lines, documented
from sphinx_paramdoc.notation.configuration import Configuration
from sphinx_paramdoc.notation.documented import Documented
from sphinx_paramdoc.notation.foresight import Preview, of_directive, preview

_CURRENT = frozenset({"currentmodule", "py:currentmodule", "module", "py:module"})
_OBJECTS = frozenset({"autoclass", "autofunction", "autodata", "automethod", "autoexception"})
_WITHOUT_PATTERNS = frozenset({"automethod", "autoexception"})
_MODULE = "automodule"
_LIST = "autosummary"
_LISTED = re.compile(r"~?([^\W\d][\w.]*)(?!\S)")
"""How a line of a list begins that names an object."""
_RST_IN_MARKDOWN = "{eval-rst}"
_ABOVE = re.compile(r"[^:]:$")
"""How a line ends whose indented lines are read as text: a section of Google's style, or a term."""


class Autodoc(msgspec.Struct, frozen=True):
    """What a project says of autodoc, as far as it decides what a page holds, and in which order."""

    options: Mapping[str, object] = {}
    """``autodoc_default_options``"""
    order: str = "alphabetical"
    """``autodoc_member_order``"""


_PLAIN = Autodoc()


def blocks(page: Path, says: Configuration, autodoc: Autodoc = _PLAIN) -> Iterator[Preview]:
    """Yield the blocks that a page most likely holds by what autodoc puts into it, in the order of the page.

    :param says: what the project says in ``conf.py``.
    """
    text = _text(page)
    if "auto" not in text:
        return
    module = ""
    for directive in _directives(text.split("\n"), page.suffix):
        name = written(directive.argument).partition("(")[0].strip()
        if directive.name in _CURRENT:
            module = name
        elif directive.name == _MODULE:
            for member in _members(Documented(name), directive, autodoc):
                yield from _of(member, says)
        elif directive.name in _OBJECTS and (shown := _object(module, name)):
            for member in _members(shown, directive, autodoc) if directive.name == "autoclass" else (shown,):
                yield from _of(member, says, has_pattern=directive.name not in _WITHOUT_PATTERNS)


def listed(page: Path, says: Configuration) -> Iterator[Preview]:
    """Yield the blocks of the objects that autosummary writes pages of for a page, before these pages are written.

    :param says: what the project says in ``conf.py``.
    """
    text = _text(page)
    if _LIST not in text:
        return
    module = ""
    for directive in _directives(text.split("\n"), page.suffix):
        if directive.name in _CURRENT:
            module = written(directive.argument).strip()
        elif directive.name == _LIST and any(option.name == "toctree" for option in directive.options):
            names = (_LISTED.match(piece.text) for piece in directive.content)
            for shown in (_object(module, name[1]) for name in names if name):
                if shown:
                    yield from _of(shown, says)


def _text(page: Path) -> str:
    """Return the text of a page; '' where it cannot be read, which Sphinx says."""
    try:
        return page.read_text(encoding="utf-8-sig").expandtabs(8)
    except (OSError, UnicodeDecodeError):
        return ""


def _directives(lines: Sequence[str], suffix: str) -> Iterator[Directive]:
    """Yield the directives of reStructuredText that begin a line of a page."""
    if suffix != ".md":
        yield from (found for position in range(len(lines)) if (found := _at_margin(lines, position)))
        return
    position = 0
    while position < len(lines):
        fence = markdown.fence(lines, position)
        if fence and fence.info == _RST_IN_MARKDOWN:
            inside = [lines[number] for number in fence.inside]
            yield from (found for number in range(len(inside)) if (found := _at_margin(inside, number)))
        position = fence.end if fence else position + 1


def _at_margin(lines: Sequence[str], position: int) -> Directive | None:
    return rst.directive(lines, position) if lines[position].startswith(".. ") else None


def _object(module: str, name: str) -> Documented | None:
    """Return the object of an import module that a directive names, in full or inside the current module."""
    found = Documented(module, name)
    if module and found.file and documented.is_there(found):
        return found
    parts = name.split(".")
    for number in range(len(parts) - 1, 0, -1):
        found = Documented(".".join(parts[:number]), ".".join(parts[number:]))
        if found.file and documented.is_there(found):
            return found
    return None


def _members(owner: Documented, directive: Directive, autodoc: Autodoc) -> Iterator[Documented]:
    """Yield a module or a class, and the members that a directive shows with it."""
    yield owner
    source = docstring_lines.source_file(owner.file)
    said = {**autodoc.options, **{option.name: option.text for option in directive.options}}
    if not owner.file or "members" not in said or said["members"] is False:
        return
    wanted, left_out = _names(said["members"]), _names(said.get("exclude-members"))
    prefix = f"{owner.path}." if owner.path else ""
    within = [path.removeprefix(prefix) for path in source.docstrings if path and path.startswith(prefix)]
    names = [name for name in within if "." not in name]
    if wanted:
        names = [name for name in wanted if name in names]
    else:
        public = source.names if not prefix and source.names is not None and "ignore-module-all" not in said else None
        names = [
            name
            for name in names
            if not name.startswith("_")
            and (public is None or name in public)
            and ("undoc-members" in said or source.docstrings[prefix + name])
        ]
        if said.get("member-order", autodoc.order) == "alphabetical":
            names.sort()
    nested = Directive("", 0, 0, 0, (), directive.options, ())
    for name in names:
        if name not in left_out:
            member = Documented(owner.module, prefix + name)
            # A class in a module is shown with its members.
            yield from _members(member, nested, autodoc) if not prefix and not wanted else (member,)


def _names(said: object) -> list[str]:
    return re.split(r"[,\s]+", said.strip()) if isinstance(said, str) and said.strip() else []


def _of(shown: Documented, says: Configuration, has_pattern: bool = True) -> Iterator[Preview]:
    """Yield the blocks of one object: those of its docstring, or else what ``paramdoc_autodoc`` says of it."""
    home = documented.canonical(shown)
    source = docstring_lines.source_file(home.file)
    text = source.docstrings.get(home.path, "") if any(map(source.says, RUN_BY_US)) else ""
    if any(name in text for name in RUN_BY_US):
        own = f"{home.module}:{home.path}" if home.path else ""
        lines = text.expandtabs(8).split("\n")
        for directive in rst.directives(lines):
            if directive.name in RUN_BY_US and _runs(lines, directive):
                yield from of_directive(directive, says, module=home.module, own=own)
    elif (
        has_pattern
        and "." not in shown.path
        and shown.path
        and (found := autodoc_patterns.match(says.autodoc, documented.full_names(shown)))
    ):
        for entry in found.entries:
            yield from preview(entry.expression, entry.options, "", says)


def _runs(lines: Sequence[str], directive: Directive) -> bool:
    """Tell whether a directive in a docstring is no part of an example, a comment, or what may be left out."""
    margin = directive.margin
    for line in reversed(lines[: directive.line]):
        indentation = len(line) - len(line.lstrip())
        if line.strip() and indentation < margin:
            if not _ABOVE.search(line.rstrip()):
                return False
            margin = indentation
    return margin == 0
