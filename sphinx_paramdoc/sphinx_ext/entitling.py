"""Caption, label and looks of what a directive shows, whatever its table is of."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar

import msgspec
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from sphinx_paramdoc import facts
from sphinx_paramdoc.rendering import nodes as rendering
from sphinx_paramdoc.sphinx_ext.asking import offset
from sphinx_paramdoc.sphinx_ext.written_at import WrittenAt

_Element = TypeVar("_Element", bound=nodes.Element)


class Looks(Protocol):
    """The options that docutils knows of any table."""

    @property
    def caption(self) -> str | None:
        """What stands above it."""

    @property
    def name(self) -> str | None:
        """Its label."""

    @property
    def class_(self) -> tuple[str, ...]:
        """Names for style sheets."""

    @property
    def align(self) -> str | None:
        """Where it stands if it is narrower than its page."""

    @property
    def width(self) -> str | None:
        """How wide it is."""


class Entitling(msgspec.Struct, frozen=True):
    """Gives the nodes of one directive what its options say of them."""

    directive: SphinxDirective
    place: WrittenAt
    text: str
    """The directive with all that is indented below it."""
    looks: Looks

    def entitle(self, shown: nodes.table) -> None:
        """Put on a table its caption and its name, so that it is numbered and can be referred to, and its looks."""
        self.directive.set_source_info(shown)
        looks = self.looks
        shown["classes"] += [made for name in looks.class_ if (made := nodes.make_id(name))]
        shown.attributes.update({name: said for name in ("align", "width") if (said := getattr(looks, name))})
        caption = looks.caption
        if caption is not None:
            line = self.directive.lineno + offset(self.text, "caption")
            text, messages = self.directive.parse_inline(caption, lineno=line)
            title = nodes.title(facts.printable(caption, "\n"), "", *text, *messages)
            for part in list(title.findall(nodes.Text)):
                if part.parent is not None:
                    part.parent.replace(part, nodes.Text(facts.printable(part.astext(), "\n")))
            shown.insert(0, self.stands_at(title, "caption"))
        self._name(shown)

    def in_place_of_table(self, shown: nodes.Element) -> list[nodes.Node]:
        """Return what stands where the table would, with its caption and label."""
        if self.looks.caption is None:
            self._name(shown)
            return [shown]
        placeholder = rendering.placeholder(shown)
        self.entitle(placeholder)
        return [placeholder]

    def stands_at(self, shown: _Element, option: str) -> _Element:
        """Tell a node on which line stands what it comes from: who checks links says so."""
        self.directive.set_source_info(shown)
        shown.line = self.place.line + offset(self.text, option)
        return shown

    def _name(self, shown: nodes.Element) -> None:
        """Put on a node its label, unless a docstring that several objects of the page share has given it already."""
        place = self.place
        label = (self.looks.name, place.file, place.line)
        document = self.directive.env.current_document
        named: list[tuple[Any, str, int]] | None = document.setdefault("paramdoc labels", [])
        assert named is not None
        if label not in named or not place.is_found:
            named.append(label)
            self.directive.add_name(shown)
