"""``paramdoc_autodoc``: every documented object that a pattern fits gets its table, without a line in its docstring."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx.environment import BuildEnvironment

from flake8_paramdoc.texts import rst
from flake8_paramdoc.texts.directives import written
from flake8_paramdoc.texts.snippets import SUMMARY
from sphinx_paramdoc.notation import autodoc_patterns, documented, ways_out
from sphinx_paramdoc.sphinx_ext import present, state, written_at
from sphinx_paramdoc.sphinx_ext.directive import ParamSummary
from sphinx_paramdoc.sphinx_ext.names import AUTODOC, COVERED, EVENT
from sphinx_paramdoc.sphinx_ext.warnings import Warn, warn

_KINDS = frozenset({"function", "class", "data"})
"""What autodoc calls functions, classes, and what else a module holds, such as models."""


class AutodocSummary(ParamSummary):
    """The table of a documented object, by what ``paramdoc_autodoc`` says of it."""

    def run(self) -> list[nodes.Node]:
        """Return the table; nothing where another one stands further down in the same description."""
        self._match = autodoc_patterns.match(_patterns(self.env), self.arguments)
        if self._match is None or self._is_listed_only() or self._comes_again():
            return [nodes.comment()]
        state.of(self.env).page(self.env.docname).shown.append(self._match.name)
        if COVERED in self.options:
            return []
        shown = []
        for entry in self._match.entries:
            self._entry = entry
            self.arguments, self.options = [entry.expression], dict(entry.options)
            self.expects_failure = entry.expects_failure
            shown += super().run()
        return shown

    def _where(self) -> written_at.WrittenAt:
        """Point at the object itself, as nothing of this stands in its docstring."""
        source, line = self.get_source_info()
        file, line = written_at.definition(source) or (source, line)
        return written_at.WrittenAt(file, line)

    def _warn(self, subtype: Warn, message: str, line: int | None = None, option: str = "") -> None:
        assert self._match
        said = autodoc_patterns.place(self._match.pattern, self._entry, option)
        super()._warn(subtype, f"paramdoc_autodoc in conf.py: {said}: {message}", line)

    def _place(self) -> ways_out.Place:
        return ways_out.MAPPING_OF_PATTERN if self._entry.is_mapping else ways_out.TEXT_OF_PATTERN

    def _comes_again(self) -> bool:
        """Tell whether the same stands further down, as where a class shows its own docstring and its maker's."""
        first = self.block_text.split("\n", 1)[0]
        return first in list(self.state_machine.input_lines or ())[self.state_machine.line_offset + 1 :]


def _patterns(env: BuildEnvironment) -> autodoc_patterns.Patterns:
    return present.of(env).known.says.autodoc


def add(env: BuildEnvironment, what: str, name: str, lines: list[str]) -> None:
    """Add the directive to a docstring."""
    document = env.docname
    if what not in _KINDS or not document:  # sphinx-autoapi asks before any page is read, and says no full names
        return
    names = documented.full_names(documented.named(name))
    match = autodoc_patterns.match(_patterns(env), names)
    state.of(env).page(document).documented[names] = match.entries if match else ()
    if match:
        covered = [f"   :{COVERED}:"] if _is_covered(lines, name) else []
        lines += ["", f".. {AUTODOC}:: {match.name}", *covered, ""]


def _is_covered(lines: list[str], name: str) -> bool:
    """Tell whether a docstring shows the model of its object by itself."""
    last = re.compile(rf"\b{re.escape(name.rpartition('.')[2])}\b")
    own = (directive for directive in rst.directives(lines) if directive.name == SUMMARY)
    return any(
        last.search(written(directive.argument)) if directive.argument else not directive.content for directive in own
    )


def unmatched(env: BuildEnvironment) -> Iterator[str]:
    """Yield a message for each pattern that no documented object fits."""
    pages = state.of(env).pages.values()
    shown = {
        name for page in pages for names in page.documented if not set(names).isdisjoint(page.shown) for name in names
    }
    listed = {name for page in pages for names in page.documented for name in names}
    for pattern in _patterns(env):
        if autodoc_patterns.match({pattern: ()}, shown):
            continue
        if autodoc_patterns.match({pattern: ()}, listed):
            hint = "is only listed by autosummary: :toctree: gives it a page, also in the template of its module"
            yield f"paramdoc_autodoc in conf.py: what {pattern!r} matches {hint}"
            continue
        hint = ""
        if EVENT not in env.events.events:
            hint = ": sphinx.ext.autodoc is not among the extensions"
        elif near := autodoc_patterns.nearest(pattern, listed):
            hint = f" (did you mean {near!r}?)"
        kinds = "function, class or module-level object"
        yield f"paramdoc_autodoc in conf.py: {pattern!r} matches no {kinds} that autodoc documents{hint}"


def warn_of_unmatched(env: BuildEnvironment) -> None:
    """Tell of each pattern that no documented object fits, in every build."""
    for message in unmatched(env):
        warn(Warn.OPTION, message)
