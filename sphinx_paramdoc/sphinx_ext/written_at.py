"""The docstring that a directive stands in: what it documents, whose names it knows, and where it is really written.

Hosts such as napoleon and numpydoc move the lines of a docstring, and an inherited one lies in another file than the
object that shows it. So the directive's own text is looked for in the source: nothing counts that a host may change.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Any

import msgspec
from docutils.nodes import document
from docutils.statemachine import StringList
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import NullReporter

from sphinx_paramdoc.notation import docstring_lines, documented
from sphinx_paramdoc.notation.documented import Documented

_MARK = "docstring of "
"""What autodoc calls the source of a docstring's lines: ``/project/models.py:docstring of mypackage.models.build``."""

_SUMMARY = "<autosummary>"
"""How the places in autosummary's tables are called, which hold the first line of each docstring."""

_NOTEBOOK = ".ipynb"
"""The host counts the lines of what it makes of the cells, so its lines say nothing."""

_DOTTED = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")


class WrittenAt(msgspec.Struct, frozen=True):
    """Where one directive is written."""

    file: str
    line: int
    module: str = ""
    """The module whose docstring it is, and whose names it knows; empty where it stands in none."""
    own: str = ""
    """The documented object as an expression, ``mypackage.models:Nets.encoder``; empty for a module."""
    is_found: bool = False
    """Whether the text of the directive was found there."""

    def below(self, content: Sequence[str]) -> int | None:
        """Return the line that the content of the directive begins on, if that is found."""
        return docstring_lines.source_file(self.file).below(self.line, content) if self.is_found else None


def directive(env: BuildEnvironment, source: str, line: int, text: str) -> WrittenAt:
    """Return where a directive is written.

    To be called once for each directive: equal ones in a docstring are told apart by their order.

    :param source: where the host says that the directive stands.
    :param line: the line in `source`, as far as the host knows it.
    :param text: the directive's own text.
    """
    _, mark, name = source.rpartition(_MARK)
    if source.endswith(_NOTEBOOK):
        _, lines = docstring_lines.source_file(source).find(text)
        return WrittenAt(source, _nth(env, source, text, lines), is_found=True) if lines else WrittenAt(source, line)
    shown = _shown(env)
    if not (mark or (shown and shown.path) or _is_generated(env) or _rendering() is not None):
        return WrittenAt(source, line)
    named = [documented.named(name)] if mark else []
    candidates = [
        place for each in (*named, *([shown] if shown else [])) for place in documented.origins(each) if place.file
    ]
    module = candidates[0].module if candidates else shown.module if shown else ""
    own = ""
    if shown and shown.path:
        home = documented.canonical(shown)
        own = f"{home.module}:{home.path}"
    found, lines = _find(candidates, text)
    if found:
        module = found.module
    if not mark and not source.endswith(".py"):  # the host has dropped where its text is from
        return WrittenAt(source, line, module, own)
    if found:
        return WrittenAt(found.file, _nth(env, source, text, lines), module, own, is_found=True)
    if mark and candidates:
        # A program made the text: what can be pointed at is the object.
        return WrittenAt(candidates[0].file, candidates[0].line or 1, module, own)
    return WrittenAt(source, line, module, own)


def cut_by_include(lines: StringList | None, source: str, line: int) -> int:
    """Return how many lines an ``include`` left out before those that it shows: docutils counts from the first shown.

    :param lines: some of what is read, as docutils keeps it.
    :param line: the line in `source`, as far as docutils knows it.
    """
    there = [text.expandtabs(8).rstrip() for text in docstring_lines.source_file(source).lines]
    if lines is None or not any(there):
        return 0
    while lines.parent is not None:
        lines = lines.parent
    shown: dict[int, str] = {}
    for text, (file, number) in zip(lines.data, lines.items, strict=False):
        if file == source and isinstance(number, int):
            shown.setdefault(number, text)
    # The nearest lines first: they tell most.
    before = [(number, shown[number].rstrip()) for number in sorted(shown, reverse=True) if number < line]

    def fits(cut: int) -> bool:
        return all(number + cut < len(there) and there[number + cut] == text for number, text in before)

    return next(filter(fits, range(len(there))), 0) if before and not fits(0) else 0


def role(env: BuildEnvironment, source: str, line: int, role_name: str, text: str) -> tuple[str, int]:
    """Return the file and line that a role is written at.

    To be called once for each; equal ones are told apart by their order.

    :param source: where the host says that the paragraph stands.
    :param line: the first line of the paragraph in `source`, as far as the host knows it.
    """
    words = r"\s+".join(map(re.escape, text.split()))
    written = re.compile(rf"\b{role_name}(?::|}})`+\s*{words}\s*`")
    _, mark, name = source.rpartition(_MARK)
    shown = _shown(env) if mark or source.endswith(".py") else None
    named = [documented.named(name)] if mark else []
    for each in (*named, *([shown] if shown else [])):
        for place in documented.origins(each):
            for region in docstring_lines.source_file(place.file).regions.get(place.path, ()) if place.file else ():
                if lines := docstring_lines.source_file(place.file).search(written, region):
                    return place.file, _nth(env, source, written.pattern, lines)
    if mark:
        return definition(source) or (source, line)
    if source.endswith(_SUMMARY):  # ``page.rst:11:<autosummary>``: whose text it is, is not said
        file, _, number = source.removesuffix(_SUMMARY).rstrip(":").rpartition(":")
        return (file, int(number)) if number.isdecimal() else (source, line)
    begin = 1 if source.endswith(_NOTEBOOK) else line
    lines = docstring_lines.source_file(source).search(written, docstring_lines.Region(begin, sys.maxsize))
    return (source, _nth(env, f"{source} {begin}", written.pattern, lines)) if lines else (source, line)


def definition(source: str) -> tuple[str, int] | None:
    """Return the file and line that a documented object is defined at, as far as its source tells.

    :param source: where autodoc says that its docstring stands.
    """
    _, mark, name = source.rpartition(_MARK)
    found = documented.named(name)
    return (found.file, found.line) if mark and found.line else None


def is_listed_only(page: document, source: str) -> bool:
    """Tell whether only the begin of a docstring is wanted, for a table of objects; what follows is thrown away."""
    if isinstance(page.reporter, NullReporter) or source.endswith(_SUMMARY):
        return True
    rendering = _rendering()
    return rendering is not None and "summary" in rendering.options


def is_in_table_of_objects(source: str) -> bool:
    """Tell whether a text stands in a table of objects, and is no copy of it that is thrown away."""
    return source.endswith(_SUMMARY)


# What the host tells


def _shown(env: BuildEnvironment) -> Documented | None:
    """Return the Python object that is being described, or else the module."""
    module = env.ref_context.get("py:module")
    path = env.current_document.obj_desc_name or env.ref_context.get("py:class") or ""
    if not (isinstance(module, str) and _DOTTED.fullmatch(module)):
        return None
    return Documented(module, path if isinstance(path, str) and _DOTTED.fullmatch(path) else "")


def _is_generated(env: BuildEnvironment) -> bool:
    """Tell whether sphinx-autoapi wrote the page, which consists of docstrings."""
    root = getattr(env.config, "autoapi_root", None)
    return isinstance(root, str) and env.docname.startswith(f"{root.strip('/')}/")


def _rendering() -> Any:
    """Return the directive of sphinx-autodoc2 that renders a docstring now, which leaves no other sign of it."""
    if "autodoc2.sphinx.docstring" not in sys.modules:
        return None
    frame = sys._getframe()
    while frame.f_back:
        frame = frame.f_back
        if frame.f_code.co_name == "run" and frame.f_globals.get("__name__") == "autodoc2.sphinx.docstring":
            return frame.f_locals.get("self")
    return None


# Where it is written


def _find(places: Sequence[Documented], text: str) -> tuple[Documented | None, list[int]]:
    """Return the lines that a directive may be written at, equal ones in their order."""
    best, found, lines = 0, None, []
    for place in places:
        source = docstring_lines.source_file(place.file)
        *documentation, whole = source.regions.get(place.path, (None,))
        hits = [source.find(text, region) for region in documentation]
        # A class shows its own docstring, and may show its maker's: what stands in both comes in this order.
        score = max((score for score, _ in hits), default=0)
        hits = [(score, [line for each, found in hits if each == score for line in found])]
        # Then elsewhere in the object, and in the file, such as a docstring that a decorator hands on.
        for score, there in [*hits, *((source.find(text, region)) for region in (whole, None))]:
            if score > best:
                best, found, lines = score, place, there
    return found, lines


def _nth(env: BuildEnvironment, source: str, text: str, lines: Sequence[int]) -> int:
    """Return the line of that one of several equal directives which is read now."""
    return lines[env.new_serialno(f"paramdoc {source} {text.rstrip()}") % len(lines)]
