"""What ``conf.py`` says, as code reads it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sphinx.errors import ConfigError
from sphinx.testing.util import SphinxTestApp

from sphinx_paramdoc.notation.configuration import Configuration
from sphinx_paramdoc.notation.settings import Options
from sphinx_paramdoc.sphinx_ext import config
from tests.sphinx_paramdoc.notation.colours import Coloured

MakeApp = Callable[..., SphinxTestApp]

CONF = """\
from sphinx_paramdoc.sphinx_ext import config
from tests.sphinx_paramdoc.notation.colours import Coloured


def setup(app):
    config.register(app, Coloured)


"""


def says(make_app: MakeApp, folder: Path, line: str = "", **overrides: Any) -> Configuration:
    (folder / "conf.py").write_text(CONF + line)
    (folder / "index.rst").write_text("Page\n====\n")
    app = make_app("html", srcdir=folder, confoverrides=overrides)
    assert app.warning.getvalue() == ""
    return config.of(app.config, Coloured)


def test_what_a_project_does_not_say_is_the_default(make_app: MakeApp, tmp_path: Path) -> None:
    assert says(make_app, tmp_path) == Configuration(options=Coloured())


def test_a_project_sets_what_its_blocks_are_silent_of(make_app: MakeApp, tmp_path: Path) -> None:
    said = says(make_app, tmp_path, "paramdoc_depth = 2\nparamdoc_lint = False\nparamdoc_memory_limit = 1.5e9")
    assert said == Configuration(lint=False, memory_limit=1_500_000_000, options=Coloured(depth=2))
    assert Options(depth=2) == config.of(make_app("html", srcdir=tmp_path).config).options


@pytest.mark.parametrize("value", ["['red', 'blue']", "('red', 'blue')", "'red blue'", "'red, blue'", "['red,blue']"])
def test_several_words(make_app: MakeApp, tmp_path: Path, value: str) -> None:
    said = says(make_app, tmp_path, f"paramdoc_colours = {value}")
    assert said == Configuration(options=Coloured(colours=("red", "blue")))


def test_several_words_as_the_command_line_gives_them(make_app: MakeApp, tmp_path: Path) -> None:
    said = says(make_app, tmp_path, paramdoc_colours="red,blue")
    assert said == Configuration(options=Coloured(colours=("red", "blue")))


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("['red', 'pink']", "paramdoc_colours: 'pink' is none of red, green, blue"),
        ("['red', 3]", r"paramdoc_colours is \['red', 3\], which is no list of words"),
        ("3", "paramdoc_colours is 3, which is no list of words"),
        ("''", "paramdoc_colours: it needs a value"),
    ],
)
def test_words_that_are_none_end_the_build(make_app: MakeApp, tmp_path: Path, value: str, message: str) -> None:
    with pytest.raises(ConfigError, match=f"^{message}$"):
        says(make_app, tmp_path, f"paramdoc_colours = {value}")


def test_no_other_file_reads_what_sphinx_keeps(repository: Path) -> None:
    for path in (repository / "sphinx_paramdoc").rglob("*.py"):
        code = path.read_text(encoding="utf-8")
        if "config" not in code and "paramdoc_" not in code:
            continue
        nodes = list(ast.walk(ast.parse(code)))
        attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        assert not [name for name in attributes if name.startswith("paramdoc_")], path
        raw = {ast.unparse(node.value) for node in nodes if isinstance(node, ast.Subscript)}
        assert path.name == "config.py" or "config" not in raw, path


def test_a_wrong_value_in_the_configuration_is_named(make_app: MakeApp, tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text("extensions = ['sphinx_paramdoc']\nparamdoc_code = 'sideways'\n")
    (tmp_path / "index.rst").write_text("Page\n====\n")
    app = make_app("html", srcdir=tmp_path)
    assert any("paramdoc_code" in line for line in app.warning.getvalue().splitlines())


@pytest.mark.parametrize("depth", ["-1", "True", "1.5", "'all'"])
def test_a_depth_that_is_none_ends_the_build(make_app: MakeApp, tmp_path: Path, depth: str) -> None:
    (tmp_path / "conf.py").write_text(f"extensions = ['sphinx_paramdoc']\nparamdoc_depth = {depth}\n")
    (tmp_path / "index.rst").write_text("Page\n====\n")
    with pytest.raises(ConfigError, match=r"paramdoc_depth is .*, which is no depth such as 0, 1, 2"):
        make_app("html", srcdir=tmp_path)


def test_a_value_that_does_not_exist_is_told_and_the_build_goes_on(make_app: MakeApp, tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(
        "extensions = ['sphinx_paramdoc']\nparamdoc_execute = 'off'\nparamdoc_excute = 'cache'\nparamdoc_x = 3\n"
        "def paramdoc_helper():\n    pass\n"
    )
    (tmp_path / "index.rst").write_text("Page\n====\n")
    for _ in range(2):  # in every build
        app = make_app("html", srcdir=tmp_path)
        app.build()
        first, second = app.warning.getvalue().splitlines()
        told = "conf.py: there is no value paramdoc_excute (did you mean paramdoc_execute?) [paramdoc.option]"
        assert f"WARNING: {told}" in first
        assert "there is no value paramdoc_x (there are paramdoc_execute, paramdoc_records, " in second
        assert (Path(app.outdir) / "index.html").is_file()
        app.cleanup()  # or Sphinx warns of what the first one registered
