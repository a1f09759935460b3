"""The pictures of diagrams: which builder gets which, when they are drawn, and what there is without `dot`."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Set
from pathlib import Path

from docutils import nodes
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from sphinx_paramdoc.machine import graphviz, whole
from sphinx_paramdoc.rendering import dot, svg
from sphinx_paramdoc.rendering.diagram import render
from sphinx_paramdoc.rendering.formats import NoPictureError
from sphinx_paramdoc.rendering.node_kinds import diagram
from sphinx_paramdoc.sphinx_ext import present, state
from sphinx_paramdoc.sphinx_ext.names import DOT, PICTURES
from sphinx_paramdoc.sphinx_ext.warnings import Warn, first_line, warn
from sphinx_paramdoc.table.diagram import Box, Diagram


def node(env: BuildEnvironment, drawn: Diagram, label: str | None, location: str) -> diagram:
    """Return the node of a graph.

    :param label: that of the table whose rows its boxes stand for.
    :param location: ``file:line``
    """
    words = present.of(env).known.words
    shown = render(drawn, words)
    text = dot.written(drawn, words)
    shown["dot"] = text
    shown["place"] = location
    shown["prefix"] = nodes.make_id(f"{env.docname}-diagram-{env.new_serialno('paramdoc-diagram') + 1}")
    shown["document"] = env.docname
    shown["label"] = nodes.fully_normalize_name(label) if label else ""
    state.of(env).page(env.docname).diagrams.setdefault(_digest(text), location)
    return shown


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class _Pictures:
    """The pictures that one builder gets."""

    def __init__(self, env: BuildEnvironment, builder: Builder) -> None:
        self.form = {"html": "svg", "latex": "pdf"}.get(builder.format, "")
        """What `dot` draws; '' where what is written has no pictures."""
        self.program = graphviz.find(getattr(env.config, DOT))
        """The file of the program that draws; ``None`` where there is none."""
        self._identity = graphviz.identity(self.program) if self.program else ""
        self._folder = Path(env.doctreedir, PICTURES)

    def kept(self, digest: str) -> Path | None:
        """Return the file that keeps a picture; where no program is found, whichever drew it; ``None`` if none has."""
        if self.program is None:
            return next(self._folder.glob(f"{digest}-*.{self.form}"), None)
        file = self._file(digest)
        return file if file.is_file() else None

    def _file(self, digest: str) -> Path:
        return self._folder / f"{digest}-{self._identity}.{self.form}"

    def prune(self, digests: Set[str]) -> None:
        """Delete what is kept under none of these digests, and what another program than the one at hand has drawn."""
        for file in self._folder.glob("*.*"):
            digest, _, drawn_by = file.stem.partition("-")
            if digest not in digests or drawn_by != (self._identity if self.program else drawn_by):
                with contextlib.suppress(OSError):
                    file.unlink()

    def drawn(self, text: str) -> bytes | None:
        """Return the picture of a graph; ``None`` where it is not kept, and no program is found.

        :raises graphviz.DotError: where the program draws none.
        """
        digest = _digest(text)
        if kept := self.kept(digest):
            return kept.read_bytes()
        if self.program is None:
            return None
        picture = graphviz.draw(text, self.form, self.program)
        whole.write(self._file(digest), picture)
        return picture


def check(env: BuildEnvironment, builder: Builder) -> Iterator[str]:
    """Yield the documents that lack a picture which can be drawn now; warn once where none can be.

    Pictures that no document has any more are deleted.
    """
    pictures = _Pictures(env, builder)
    if not pictures.form or present.of(env).known.shows_no_tables:
        return
    pictures.prune({digest for page in state.of(env).pages.values() for digest in page.diagrams})
    lacking = {
        document: location
        for document, page in sorted(state.of(env).pages.items())
        for digest, location in page.diagrams.items()
        if not pictures.kept(digest)
    }
    if not lacking:
        return
    if pictures.program:
        yield from lacking
        return
    said = getattr(env.config, DOT)
    where = "is it installed?" if said == graphviz.PROGRAM else f"{DOT} in conf.py says {said!r}"
    message = f"diagrams are left out, as the program dot of Graphviz is not found ({where})"
    warn(Warn.DIAGRAM, message, next(iter(lacking.values())))


def draw(env: BuildEnvironment, found: Iterable[diagram]) -> None:
    """Draw the diagrams of a page that is going to be written."""
    page = _Page(env, present.builder(env))
    for shown in found:
        page.draw(shown)


class _Page:
    """The diagrams of a page that is going to be written."""

    def __init__(self, env: BuildEnvironment, builder: Builder) -> None:
        self._env = env
        self._builder = builder
        self._pictures = _Pictures(env, builder)

    def draw(self, shown: diagram) -> None:
        """Give a diagram the picture that the builder can show, or leave it out; other builders write its words."""
        if not self._pictures.form:
            _strip(shown)
        elif not self._draw(shown) and shown.parent is not None:
            shown.parent.remove(shown)

    def _draw(self, shown: diagram) -> bool:
        """Give a diagram its picture; tell whether it has one."""
        digest = _digest(shown["dot"])
        try:
            picture = self._pictures.drawn(shown["dot"])
            if picture is None:
                return False  # of which the build has warned
            if self._pictures.form == "svg":
                self._put(shown, picture.decode(), digest)
            else:
                shown["file"] = f"paramdoc-{digest[:16]}.pdf"
                whole.write(Path(self._builder.outdir, shown["file"]), picture)
        except (graphviz.DotError, NoPictureError, OSError) as error:
            said = str(error) if isinstance(error, graphviz.DotError) else first_line(error)
            warn(Warn.DIAGRAM, f"this diagram is left out: {said}", shown["place"])
            return False
        _strip(shown)
        return True

    def _put(self, shown: diagram, picture: str, digest: str) -> None:
        """Give a diagram the picture for a page; a book has it as a file."""
        if self._builder.name == "epub":
            shown["file"] = f"paramdoc-{digest[:16]}.svg"
            written = svg.file(picture, shown["drawn"], present.of(self._env).known.words, is_on_paper=True)
            whole.write(Path(self._builder.outdir, self._builder.imagedir, shown["file"]), written.encode())
        else:
            words = present.of(self._env).known.words
            shown["svg"] = svg.page(picture, shown["drawn"], shown["prefix"], self._links(shown), words)

    def _links(self, shown: diagram) -> dict[int, str]:
        """Return the number of each box → the link to its row, where rows can be linked to."""
        page = state.of(self._env).pages.get(shown["document"])
        places = page.places.get(shown["label"], {}) if page else {}

        def link(box: Box) -> str:
            place = places[box.path]
            return f"#{place.shown_id or place.id}" if box.is_group else f"#{place.id}"

        drawn: Diagram = shown["drawn"]
        return {box.number: link(box) for box in drawn.walk() if box.path in places}


def _strip(shown: diagram) -> None:
    """Take from a diagram what only makes its picture."""
    for name in ("drawn", "dot", "place", "prefix", "document", "label"):
        shown.attributes.pop(name, None)
