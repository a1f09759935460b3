"""``paramdoc_autodoc`` from build to build; nothing is run here."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from docutils import nodes
from sphinx.errors import ConfigError
from sphinx.testing.util import SphinxTestApp

MakeApp = Callable[..., SphinxTestApp]


@pytest.fixture(autouse=True)
def _docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "plainnets.py").write_text(
        '"""Models."""\n\n\ndef build_a():\n    """A."""\n\n\ndef build_b():\n    """B."""\n\n\n'
        'class Net:\n    """A class."""\n\n    def build_c(self):\n        """C."""\n\n\n#: A model.\nready = 3\n'
    )
    (tmp_path / "conf.py").write_text(
        "extensions = ['sphinx.ext.autodoc', 'sphinx.ext.autosummary', 'sphinx_paramdoc']\nparamdoc_execute = 'off'\n"
    )
    pages = {"index": "", "a": ".. autofunction:: plainnets.build_a", "b": ".. autofunction:: plainnets.build_b"}
    for name, text in {**pages, "net": ".. autoclass:: plainnets.Net\n   :members:"}.items():
        toctree = ".. toctree::\n\n   a\n   b\n   net\n" if name == "index" else ""
        (tmp_path / f"{name}.rst").write_text(f"Page\n====\n\n{toctree}{text}\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield
    sys.modules.pop("plainnets", None)


@pytest.fixture
def build(make_app: MakeApp, tmp_path: Path) -> Callable[..., tuple[set[str], set[str], list[str]]]:
    def built(**config: Any) -> tuple[set[str], set[str], list[str]]:
        """Give the pages that are read, those that have a table, and the warnings."""
        app = make_app("dummy", srcdir=tmp_path, confoverrides=config)
        read: set[str] = set()
        app.connect("source-read", lambda _app, name, _source: read.add(name))
        app.build()
        shown = {name for name in app.env.found_docs if list(app.env.get_doctree(name).findall(nodes.note))}
        warnings = app.warning.getvalue().splitlines()
        return read, shown, [line for line in warnings if "is already registered" not in line]

    return built


def test_a_change_reads_what_it_makes_a_difference_to(build: Callable[..., Any]) -> None:
    assert build() == ({"index", "a", "b", "net"}, set(), [])
    assert build(paramdoc_autodoc={"plainnets.build_*": "{name}()"}) == ({"a", "b"}, {"a", "b"}, [])
    more = {"plainnets.build_a": "{name}(1)", "plainnets.*": "{name}()"}
    assert build(paramdoc_autodoc=more) == ({"a", "net"}, {"a", "b", "net"}, [])
    assert build(paramdoc_autodoc=dict(more)) == (set(), {"a", "b", "net"}, [])
    read, shown, [warning] = build(paramdoc_autodoc={"plainnets.build_a": "{name}(1)", "plainnets.bild_*": "{name}"})
    assert (read, shown) == ({"b", "net"}, {"a"})
    assert (
        "paramdoc_autodoc in conf.py: 'plainnets.bild_*' matches no function, class or module-level object" in warning
    )
    assert "(did you mean 'plainnets.build_a'?)" in warning
    read, _, again = build(paramdoc_autodoc={"plainnets.build_a": "{name}(1)", "plainnets.bild_*": "{name}"})
    assert (read, again) == (set(), [warning]), "it is told in every build"


def test_what_is_only_listed_has_no_table(build: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "net.rst").write_text("Page\n====\n\n.. autosummary::\n\n   plainnets.ready\n   plainnets.Net\n")
    _, shown, [warning] = build(paramdoc_autodoc={"plainnets.re*": "{name}", "plainnets.build_a": "{name}()"})
    assert shown == {"a"}
    assert "what 'plainnets.re*' matches is only listed by autosummary: :toctree: gives it a page" in warning


def test_a_pattern_of_a_second_name_is_no_mistake(build: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "othernets.py").write_text("from plainnets import build_a\n")
    (tmp_path / "a.rst").write_text("Page\n====\n\n.. autofunction:: othernets.build_a\n")
    both = {"plainnets.build_a": "{name}()", "othernets.build_a": "{name}()"}
    assert build(paramdoc_autodoc=both) == ({"index", "a", "b", "net"}, {"a"}, [])


def test_an_example_of_a_block_is_none(build: Callable[..., Any], tmp_path: Path) -> None:
    source = tmp_path / "plainnets.py"
    written = "Write::\n\n        .. paramsummary::\n\n    and\n\n    .. code-block:: rst\n\n       .. paramsummary::"
    source.write_text(source.read_text().replace('"""A."""', f'"""{written}\n    """'))
    assert build(paramdoc_autodoc={"plainnets.build_a": "{name}()"})[1:] == ({"a"}, [])


def test_members_are_not_meant(build: Callable[..., Any]) -> None:
    _, shown, [warning] = build(paramdoc_autodoc={"plainnets.Net.build_c": "{name}()"})
    assert shown == set()
    assert "matches no function, class or module-level object" in warning


def test_without_autodoc(make_app: MakeApp, tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text("extensions = ['sphinx_paramdoc']\nparamdoc_autodoc = {'a.*': '{name}()'}\n")
    for name in "a", "b", "net":
        (tmp_path / f"{name}.rst").write_text("Page\n====\n")
    app = make_app("html", srcdir=tmp_path)
    app.build()
    assert "sphinx.ext.autodoc is not among the extensions" in app.warning.getvalue()


@pytest.mark.parametrize(
    "value", [["a.*"], {"a.*": 3}, {"": "{name}()"}, {"a.*": " "}, {"a.*": "{nam}()"}, {3: "{name}()"}]
)
def test_what_is_no_pattern_ends_the_build(make_app: MakeApp, tmp_path: Path, value: object) -> None:
    with pytest.raises(ConfigError, match="paramdoc_autodoc"):
        make_app("html", srcdir=tmp_path, confoverrides={"paramdoc_autodoc": value})
