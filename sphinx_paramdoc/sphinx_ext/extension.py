"""What Sphinx is told when the extension is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils.nodes import Element, document
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util.fileutil import copy_asset_file
from sphinx.util.typing import ExtensionMetadata

from sphinx_paramdoc.notation import mentions
from sphinx_paramdoc.rendering import node_kinds
from sphinx_paramdoc.said import said
from sphinx_paramdoc.sphinx_ext import closed, config, declared, diagrams, nested, present, roles, spanning, state
from sphinx_paramdoc.sphinx_ext.names import AUTODOC, EVENT
from sphinx_paramdoc.sphinx_ext.warnings import tell_once
from sphinx_paramdoc.version import __version__

_STATIC = Path(__file__).parents[1] / "static"
_STYLE_SHEET = "paramdoc.css"
_SCRIPT = "paramdoc.js"
_SLIDERS = "sliders.js"

_OF_SCRIPT = {"copy": said("Copy as {form}", form="{form}"), "copied": said("Copied"), "failed": said("Not copied")}
"""What the script says; it knows the English itself."""

_LATEX_SIGNS = r"""
\ifdefined\DeclareUnicodeCharacter
  \DeclareUnicodeCharacter{2308}{\ensuremath{\lceil}}
  \DeclareUnicodeCharacter{2309}{\ensuremath{\rceil}}
  \DeclareUnicodeCharacter{2212}{\ensuremath{-}}
\fi
"""
"""The signs of formulas that pdfLaTeX does not know by itself: those of a quotient that is rounded up, and minus."""


_LATE = 900
"""Behind what turns docstrings into reStructuredText, as napoleon and numpydoc do at 500."""

_FIRST = 0
"""Before others whose failure would leave what runs blocks behind."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the configuration, the directives and roles, and what is to be done when; load nothing that does it."""
    config.register(app)
    app.add_directive("paramsummary", declared.ParamSummary)
    app.add_directive("paramlist", declared.ParamList)
    app.add_directive("paramdiff", declared.ParamDiff)
    app.add_directive(AUTODOC, declared.AutodocSummary)
    app.add_domain(state.ParamdocDomain)
    roles.setup(app)
    closed.setup(app)
    diagrams.setup(app)
    nested.setup(app)
    spanning.setup(app)
    app.connect("config-inited", _connect_autodoc)
    app.connect("builder-inited", _add_nodes)
    app.connect("builder-inited", _copy_static_files)
    app.connect("builder-inited", _declare_signs)
    app.connect("builder-inited", _begin, priority=present.BEGINS)
    app.connect("builder-inited", _run_ahead, priority=present.RUNS_AHEAD)
    app.connect("env-get-outdated", _read_again)
    app.connect("env-before-read-docs", _before_reading)
    app.connect("source-read", _convert)
    app.connect("env-updated", _after_reading)
    app.connect("build-finished", _finish, priority=_FIRST)
    app.connect("html-page-context", _add_script)
    app.add_css_file(_STYLE_SHEET)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


# Before pages are read


def _connect_autodoc(app: Sphinx, _config: Config) -> None:
    """Listen to autodoc, if the project uses it; only when all extensions are loaded is that known."""
    if EVENT in app.events.events:
        app.connect(EVENT, _documented, priority=_LATE)


def _add_nodes(app: Sphinx) -> None:
    """Register the nodes, with what writes them in the form that is asked for."""
    form = app.builder.format
    visitors = _visitors(form)
    for kind in node_kinds.OWN:
        app.add_node(kind, **{form: visitors[kind]} if kind in visitors else {})


def _visitors(form: str) -> dict[type[Element], Any]:
    """Return each kind of node that a form writes in its own way → what begins and what ends it."""
    if form == "html":
        from sphinx_paramdoc.rendering import page

        return page.VISITORS
    if form in {"latex", "text", "man", "texinfo"}:
        from sphinx_paramdoc.rendering import paper

        return paper.VISITORS[form]
    return {}


def _copy_static_files(app: Sphinx) -> None:
    """Put the style sheet and the script where HTML builders find them; a project's own of that name come later."""
    if app.builder.format == "html":
        static = Path(app.outdir) / "_static"
        static.mkdir(parents=True, exist_ok=True)
        for file in (_STYLE_SHEET, *([_SCRIPT, _SLIDERS] if closed.opens_rows(app.builder) else [])):
            copy_asset_file(_STATIC / file, static / file, force=True)


def _declare_signs(app: Sphinx) -> None:
    """Let LaTeX know the signs of formulas; what a project's own preamble says of them comes later."""
    if app.builder.name == "latex":
        context = app.builder.context  # type: ignore[attr-defined]
        context["preamble"] = _LATEX_SIGNS + context["preamble"]


def _begin(app: Sphinx) -> None:
    tell_once()
    present.begin(app.env, app.builder)


def _run_ahead(app: Sphinx) -> None:
    """Let blocks start that are on pages which autosummary is about to write."""
    if "sphinx.ext.autosummary" in app.config.extensions and app.config.autosummary_generate:
        pages = (Path(app.env.doc2path(document)) for document in app.env.found_docs)
        if any(mentions.lists(page) for page in pages):
            present.of(app.env).begin_listed()


def _read_again(
    _app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    return present.of(env).outdated(added | changed | removed) if state.of(env).pages else []


def _before_reading(app: Sphinx, env: BuildEnvironment, documents: list[str]) -> None:
    """Let blocks start that pages seem to hold; processes that read in parallel share what runs them."""
    present.read(env, documents)
    in_docstrings = "sphinx.ext.autodoc" in app.config.extensions
    pages = (Path(env.doc2path(document)) for document in documents)
    if documents and (app.parallel > 1 or any(mentions.block(page, in_docstrings) for page in pages)):
        present.of(env)


# While pages are read


def _convert(app: Sphinx, name: str, source: list[str]) -> None:
    """Rewrite a notebook that asks for something before nbsphinx reads it."""
    if "{param" in source[0] and str(app.env.doc2path(name)).endswith(".ipynb"):
        from sphinx_paramdoc.sphinx_ext import nbsphinx

        nbsphinx.convert(app, name, source)


def _documented(app: Sphinx, what: str, name: str, _object: Any, _options: Any, lines: list[str]) -> None:
    """Add what ``paramdoc_autodoc`` asks for to a docstring."""
    from sphinx_paramdoc.sphinx_ext import autodoc

    autodoc.add(app.env, what, name, lines)


# When all pages have been read


def _after_reading(app: Sphinx, env: BuildEnvironment) -> list[str]:
    pages = state.of(env).pages.values()
    changed: list[str] = []
    if built := present.made(env):
        built.end_reading()
    if any(page.without_framework for page in pages):
        from sphinx_paramdoc.sphinx_ext import build

        build.warn_without_framework(env)
    if config.asks_for(app.config, "autodoc"):
        from sphinx_paramdoc.sphinx_ext import autodoc

        autodoc.warn_of_unmatched(env)
    if any(page.quotations or page.links for page in pages) and (built is None or built.makes_pages):
        from sphinx_paramdoc.sphinx_ext import quotations

        changed += quotations.check(env, app.builder.name)
    return [*changed, *diagrams.check(app)]


def _add_script(app: Sphinx, _page: str, _template: str, _context: dict[str, Any], doctree: document | None) -> None:
    """Load the script in a page that has a table, and that of sliders where one has these."""
    if doctree is not None and closed.opens_rows(app.builder) and next(doctree.findall(node_kinds.layer_row), None):
        words = present.of(app.env).known.words
        told: dict[str, Any] = {f"data-{name}": words(text) for name, text in _OF_SCRIPT.items() if words(text) != text}
        app.add_js_file(_SCRIPT, loading_method="defer", **told)
        if next(doctree.findall(node_kinds.slider_data), None):
            app.add_js_file(_SLIDERS, loading_method="defer")


def _finish(app: Sphinx, exception: Exception | None) -> None:
    if built := present.made(app.env):
        built.close()
    if config.asks_for(app.config, "prune_records") and exception is None and app.statuscode == 0:
        present.of(app.env).known.prune()
