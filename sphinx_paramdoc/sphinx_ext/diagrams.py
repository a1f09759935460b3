"""``:diagram:``: what Sphinx is told of it. The pictures themselves are a matter of `pictures`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_paramdoc.rendering.node_kinds import diagram
from sphinx_paramdoc.sphinx_ext import state
from sphinx_paramdoc.sphinx_ext.names import DOT, PICTURES


class Draw(SphinxPostTransform):
    """Draw the diagrams of a page that is going to be written."""

    default_priority = 5

    def run(self, **_: Any) -> None:
        """Give each the picture that the builder can show, or leave it out; other builders write its words."""
        if found := list(self.document.findall(diagram)):
            from sphinx_paramdoc.sphinx_ext import pictures

            pictures.draw(self.env, found)


def _declare(_app: Sphinx, config: Config) -> None:
    """Let a project say where `dot` is also where Sphinx's own extension for graphs is not loaded."""
    if DOT not in config:
        config.add(DOT, "dot", "html", str)


def check(app: Sphinx) -> list[str]:
    """Return the documents that lack a picture which can be drawn now; those that no document has are deleted."""
    has_any = any(page.diagrams for page in state.of(app.env).pages.values())
    if not has_any and not Path(app.doctreedir, PICTURES).exists():
        return []
    from sphinx_paramdoc.sphinx_ext import pictures

    return list(pictures.check(app.env, app.builder))


def setup(app: Sphinx) -> None:
    """Register what draws."""
    app.add_post_transform(Draw)
    app.connect("config-inited", _declare, priority=900)
