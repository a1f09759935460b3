"""What Sphinx is told when the extension is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils.nodes import document
from sphinx.application import Sphinx
from sphinx.builders.latex import LaTeXBuilder
from sphinx.environment import BuildEnvironment
from sphinx.util.fileutil import copy_asset_file
from sphinx.util.typing import ExtensionMetadata

from sphinx_paramdoc.rendering import legend, nodes, page, paper
from sphinx_paramdoc.said import said
from sphinx_paramdoc.sphinx_ext import autodoc, build, closed, config, diagrams, nbsphinx, nested, roles
from sphinx_paramdoc.sphinx_ext.directive import ParamSummary
from sphinx_paramdoc.sphinx_ext.state import ParamdocDomain
from sphinx_paramdoc.sphinx_ext.warnings import tell_once
from sphinx_paramdoc.version import __version__

_STATIC = Path(__file__).parents[1] / "static"
_STYLE_SHEET = "paramdoc.css"
_SCRIPT = "paramdoc.js"

_OF_SCRIPT = {"copy": said("Copy as {form}", form="{form}"), "copied": said("Copied"), "failed": said("Not copied")}
"""What the script says; it knows the English itself."""

_LATEX_SIGNS = r"""
\ifdefined\DeclareUnicodeCharacter
  \DeclareUnicodeCharacter{2308}{\ensuremath{\lceil}}
  \DeclareUnicodeCharacter{2309}{\ensuremath{\rceil}}
\fi
"""
"""The signs of formulas that pdfLaTeX does not know by itself: those of a quotient that is rounded up."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the configuration, the directive, its nodes and its style sheet."""
    config.register(app)
    app.add_directive("paramsummary", ParamSummary)
    app.add_directive(autodoc.NAME, autodoc.AutodocSummary)
    writers: dict[str, Any] = {"html": page.VISITORS, **paper.VISITORS}
    for kind in nodes.OWN:
        app.add_node(kind, **{name: visitors[kind] for name, visitors in writers.items() if kind in visitors})
    app.add_node(legend.legend_list, latex=(legend.visit_legend_list, legend.depart_legend_list))
    app.add_domain(ParamdocDomain)
    roles.setup(app)
    closed.setup(app)
    diagrams.setup(app)
    nested.setup(app)
    app.connect("config-inited", autodoc.connect)
    app.connect("builder-inited", _copy_static_files)
    app.connect("builder-inited", _declare_signs)
    app.connect("builder-inited", _begin)
    app.connect("env-get-outdated", _read_again)
    app.connect("env-before-read-docs", _before_reading)
    app.connect("source-read", nbsphinx.convert)
    app.connect("env-updated", _after_reading)
    app.connect("build-finished", _finish)
    app.connect("html-page-context", _add_script)
    app.add_css_file(_STYLE_SHEET)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def _copy_static_files(app: Sphinx) -> None:
    """Put the style sheet and the script where HTML builders find them; a project's own of that name come later."""
    if app.builder.format == "html":
        static = Path(app.outdir) / "_static"
        static.mkdir(parents=True, exist_ok=True)
        for file in (_STYLE_SHEET, *([_SCRIPT] if closed.opens_rows(app.builder) else [])):
            copy_asset_file(_STATIC / file, static / file, force=True)


def _add_script(app: Sphinx, _page: str, _template: str, _context: dict[str, Any], doctree: document | None) -> None:
    """Load the script in a page that has a table."""
    if doctree is not None and closed.opens_rows(app.builder) and next(doctree.findall(nodes.layer_row), None):
        words = build.of(app.env).known.words
        told: dict[str, Any] = {f"data-{name}": words(text) for name, text in _OF_SCRIPT.items() if words(text) != text}
        app.add_js_file(_SCRIPT, loading_method="defer", **told)


def _declare_signs(app: Sphinx) -> None:
    """Let LaTeX know the signs of formulas; what a project's own preamble says of them comes later."""
    if isinstance(app.builder, LaTeXBuilder):
        app.builder.context["preamble"] = _LATEX_SIGNS + app.builder.context["preamble"]


def _begin(app: Sphinx) -> None:
    tell_once()
    build.begin(app.env, app.builder)


def _read_again(
    _app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    return build.of(env).outdated(added | changed | removed)


def _before_reading(_app: Sphinx, env: BuildEnvironment, documents: list[str]) -> None:
    build.of(env).begin(documents)


def _after_reading(app: Sphinx, env: BuildEnvironment) -> list[str]:
    build.of(env).end_reading()
    build.warn_without_framework(env)
    autodoc.warn_of_unmatched(env)
    return [*roles.check(env, app.builder.name), *diagrams.check(env, app.builder)]


def _finish(app: Sphinx, exception: Exception | None) -> None:
    finished = build.of(app.env)
    finished.close()
    if finished.known.says.prune_records and exception is None and app.statuscode == 0:
        finished.known.prune()
