"""What Sphinx is told when the extension is loaded."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.fileutil import copy_asset_file
from sphinx.util.typing import ExtensionMetadata

from sphinx_paramdoc import __version__, config
from sphinx_paramdoc.directive import ParamSummary
from sphinx_paramdoc.rendering import nodes

_STATIC = Path(__file__).parent / "static"
_STYLE_SHEET = "paramdoc.css"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the configuration, the directive, its nodes and its style sheet."""
    config.register(app)
    app.add_directive("paramsummary", ParamSummary)
    app.add_node(nodes.formula_term, html=(nodes.visit_formula_term, nodes.depart_formula_term))
    app.add_node(nodes.layer_name, latex=(nodes.visit_layer_name, None))
    app.connect("builder-inited", _copy_style_sheet)
    app.add_css_file(_STYLE_SHEET)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def _copy_style_sheet(app: Sphinx) -> None:
    """Put the style sheet where HTML builders find it; a project's own file of that name replaces it later."""
    if app.builder.format == "html":
        static = Path(app.outdir) / "_static"
        static.mkdir(parents=True, exist_ok=True)
        copy_asset_file(_STATIC / _STYLE_SHEET, static / _STYLE_SHEET, force=True)
