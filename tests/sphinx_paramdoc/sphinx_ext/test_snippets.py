"""The manual's snippets, in reStructuredText and in MyST: both forms of one give the same page."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from docutils import nodes
from sphinx.testing.util import SphinxTestApp

pytest.importorskip("myst_parser", reason="MyST is not installed")
pytestmark = [pytest.mark.slow, pytest.mark.on_numpy, pytest.mark.shares_server]

FOLDER = Path(__file__).parents[3] / "docs" / "snippets"
LIBRARY = FOLDER.parent / "_library"
"""What the manual's own pages import as well."""

SNIPPETS = sorted(path.stem for path in FOLDER.glob("*.rst"))

PAGES = {name: [name] for name in SNIPPETS if name not in {"roles", "seed"}} | {"roles": ["seed", "roles"]}
"""Each page → the snippets on it: what quotes a table stands below it."""

TITLES = {"rst": "Page\n====\n", "md": "# Page\n"}


class Built(NamedTuple):
    """The project in one form."""

    warnings: str
    pages: dict[str, str]
    """The doctree of each page as text, without what says where it was written."""


def build(folder: Path, suffix: str) -> Built:
    """Build all pages in one form."""
    for name, snippets in PAGES.items():
        texts = [(FOLDER / f"{snippet}.{suffix}").read_text(encoding="utf-8") for snippet in snippets]
        (folder / f"{name}.{suffix}").write_text("\n".join([TITLES[suffix], *texts]), encoding="utf-8")
    app = SphinxTestApp("dummy", srcdir=folder, freshenv=True)
    try:
        app.build(force_all=True)
        return Built(app.warning.getvalue(), {name: page(app, name) for name in PAGES})
    finally:
        app.cleanup()
        for name in PAGES:
            (folder / f"{name}.{suffix}").unlink()


def page(app: SphinxTestApp, name: str) -> str:
    doctree = app.env.get_and_resolve_doctree(name, app.builder)
    for node in doctree.findall(nodes.Element):
        for attribute in ("source", "line", "xml:space"):
            node.attributes.pop(attribute, None)
        node.children = joined(node.children)
    return doctree.pformat()


def joined(children: list[nodes.Node]) -> list[nodes.Node]:
    """Return nodes with neighbouring texts made one: MyST makes a text of its own of each line's end."""
    made: list[nodes.Node] = []
    for child in children:
        if isinstance(child, nodes.Text) and made and isinstance(made[-1], nodes.Text):
            made[-1] = nodes.Text(made[-1] + child)
        else:
            made.append(child)
    return made


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    """The project in each form, in one place; the blocks are the same, so each runs once."""
    folder = tmp_path_factory.mktemp("snippets")
    conf = f'import sys\nsys.path.insert(0, {str(LIBRARY)!r})\nextensions = ["myst_parser", "sphinx_paramdoc"]\n'
    (folder / "conf.py").write_text(conf, encoding="utf-8")
    (folder / "index.rst").write_text("Index\n=====\n\n.. toctree::\n   :glob:\n\n   *\n", encoding="utf-8")
    return {suffix: build(folder, suffix) for suffix in TITLES}


def test_each_snippet_has_both_forms() -> None:
    assert SNIPPETS
    assert sorted(path.stem for path in FOLDER.glob("*.md")) == SNIPPETS


@pytest.mark.parametrize("suffix", TITLES)
def test_no_form_has_a_fault(forms: dict[str, Built], suffix: str) -> None:
    assert forms[suffix].warnings == ""


@pytest.mark.parametrize("name", PAGES)
def test_both_forms_give_the_same_page(forms: dict[str, Built], name: str) -> None:
    assert "<table " in forms["rst"].pages[name]
    assert forms["md"].pages[name] == forms["rst"].pages[name]
