"""Builds whose models, records, names and surroundings are as bad as can be: each has its warning, and all end."""

from __future__ import annotations

import json
import os
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.sphinx_paramdoc.machine.distributions import install
from tests.sphinx_paramdoc.projects import Project, dense

pytestmark = [pytest.mark.slow, pytest.mark.thorough, pytest.mark.on_numpy]

TREE = ".. toctree::\n\n   mynets\n   others"

ZOO = "import keras\n\n\ndef build():\n    return keras.Sequential([keras.Input((3,)), keras.layers.Dense({})])\n"


@pytest.fixture
def site(project: Project) -> Path:
    """A folder of installed packages, which the documentation imports from."""
    made = project.folder.parent / f"{project.folder.name}-env" / "site-packages"
    made.mkdir(parents=True)
    project.conf += f"sys.path.append({str(made)!r})\n"
    return made


class TestFreshness:
    def test_the_projects_own_package_is_installed_anew(self, project: Project, site: Path) -> None:
        project.folder.joinpath("pyproject.toml").unlink()
        project.write(**{".git/HEAD": "", "setup.py": "setup(name=name())", "spy/__init__.py": ZOO.format(4)})
        install(site, "spy", "spy/__init__.py", source=project.folder)
        project.conf = project.conf.replace("sys.path.insert(0, '..')\n", "")
        (site / "spy" / "__init__.py").write_text(ZOO.format(4))
        project.page("index", ".. paramsummary:: spy:build()")
        for other in ("mynets", "others"):
            (project.docs / f"{other}.rst").unlink()
        assert "3 × 4 + 4 = 16" in project.build("-W").text("index")
        (site / "spy" / "__init__.py").write_text(ZOO.format(9))
        cached = project.build("-D", "paramdoc_execute=cache")
        assert [line.partition("(")[2] for line in cached.warnings] == [
            "spy has changed), and paramdoc_execute is 'cache' [paramdoc.stale]"
        ]
        assert "3 × 9 + 9 = 36" in project.build("-W").text("index")

    def test_another_package_that_builds_the_model_is_upgraded(self, project: Project, site: Path) -> None:
        folder = install(site, "zoo", "zoo/__init__.py")
        (site / "zoo" / "__init__.py").write_text(ZOO.format(4))
        project.page("index", TREE, ".. paramsummary:: zoo:build()")
        assert "3 × 4 + 4 = 16" in project.build("-W").text("index")
        assert project.build("-W", may_run=False).read == set()
        (site / "zoo" / "__init__.py").write_text(ZOO.format(9))
        metadata = folder / "METADATA"
        metadata.write_text(metadata.read_text().replace("Version: 1.0", "Version: 2.0"))
        cached = project.build("-D", "paramdoc_execute=cache", may_run=False)
        assert [line.partition("(")[2].partition(")")[0] for line in cached.warnings] == ["zoo is 2.0 now, it was 1.0"]
        assert "3 × 9 + 9 = 36" in project.build("-W").text("index")

    def test_no_variable_is_logged(self, project: Project) -> None:
        project.conf += "paramdoc_environment = {'MY_TOKEN': 'hidden-value', 'UNITS': 'another-value'}\n"
        built = project.build("-vv", "-D", "paramdoc_execute=off")
        assert "MY_TOKEN" in built.log
        assert "hidden-value" not in built.log + built.errors
        assert "another-value" not in built.log + built.errors


class TestGuard:
    @pytest.mark.parametrize(
        ("model", "message"),
        [
            ("w = self.add_weight(shape=(10,) * 20000)", "this table cannot be made (ValueError: Exceeds the limit"),
            ("w = self.add_weight(shape=(10**15,) * 25)", None),
        ],
    )
    def test_numbers_that_no_page_can_show(self, project: Project, model: str, message: str | None) -> None:
        block = (
            ".. paramsummary::\n   :name: large\n\n   class Large(keras.layers.Layer):\n"
            f"       def build(self, shape):\n           {model}\n       def call(self, x): return x\n"
            "   layer = Large()\n   layer.build((None, 3))\n   layer"
        )
        project.page(
            "index",
            TREE,
            block,
            dense(2),
            ":paramcount:`large`, :paramcount:`large size`.",
        )
        for _ in range(2):
            built = project.build()
            assert built.status == 0
            assert "3 × 2 + 2 = 8" in built.text("index")
            if message is None:
                assert built.warnings == []
                assert f"{10**375:,}" in built.text("index")
            else:
                assert len(built.warnings) == 1
                assert message in built.warnings[0]
                assert built.warnings[0].startswith("index.rst:9: WARNING: ")
                assert "This parameter table is missing" in built.text("index")
        assert len(project.records()) == (4 if message is None else 3)

    def test_layers_that_are_nested_deeply(self, project: Project) -> None:
        code = (
            "layer = keras.layers.Dense(2)\nfor _ in range(200):\n"
            "    layer = keras.Sequential([keras.Input((2,)), layer])\nlayer"
        )
        indented = code.replace("\n", "\n   ")
        project.page("index", TREE, f".. paramsummary::\n\n   {indented}", dense(2))
        built = project.build()
        assert built.status == 0
        assert "3 × 2 + 2 = 8" in built.text("index")
        assert len(built.warnings) <= 1
        assert all(line.startswith("index.rst:9: WARNING: ") for line in built.warnings)

    def test_damaged_records_run_again_and_say_so_where_nothing_can(self, project: Project) -> None:
        project.build("-W")
        before = project.records()
        for name, content in before.items():
            plain = json.loads(content)
            plain["model"]["weights"][0]["shape"] = [7, 7]
            (project.folder / "trees" / "paramdoc" / name).write_text(json.dumps(plain))
        cached = project.build("-D", "paramdoc_execute=cache", may_run=False)
        assert len(cached.warnings) == 3
        assert all("does not fit its digest, so it was edited or merged: delete it" in line for line in cached.warnings)
        project.write(**{"keras.py": "raise ImportError('not here')"})
        failed = project.build("-E")
        assert failed.errors.count("does not fit its digest, so it was edited or merged") == 1
        assert "3 blocks have no table" in failed.errors
        (project.folder / "keras.py").unlink()
        assert project.build("-W").blocks == "3 run"
        assert project.records() == before


NAMES = ["a\x1b[31m", "b\u202e", "c\ufffe", "d\x85", "e\udcff", "f\x00"]


def test_names_that_steer_terminals_and_break_pages(project: Project) -> None:
    layers = ", ".join(f"keras.layers.Dense(2, name={name!a})" for name in NAMES)
    caption = "A caption \u202e and \x01"
    project.page(
        "index",
        TREE,
        f".. paramsummary::\n   :caption: {caption}\n   :code: none\n   :unfold:\n\n"
        f"   keras.Sequential([keras.Input((3,)), {layers}])",
        ".. paramsummary::\n   :code: none\n\n   raise ValueError('\\x1b \\ufffe \\udcff')",
    )
    shown = ["a\\x1b[31m", "b\\u202e", "c\\ufffe", "d\\x85", "e\\udcff", "f\\x00"]
    for builder in ("html", "xml", "text"):
        built = project.build(builder=builder)
        assert built.status == 0
        assert len(built.warnings) == 1
        assert "ValueError: \\x1b \\ufffe \\udcff" in built.warnings[0]
        suffix = {"html": "html", "xml": "xml", "text": "txt"}[builder]
        text = (built.out / f"index.{suffix}").read_text("utf-8")
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\ufffe]", text)
        assert all(name in text for name in shown)
        assert "A caption \\u202e and \\x01" in text
        if builder == "xml":
            assert ET.fromstring(text).tag == "document"


@pytest.mark.parametrize("builder", ["text", "man"])
def test_a_block_in_the_cell_of_a_table(project: Project, builder: str) -> None:
    project.conf += "man_pages = [('index', 'page', 'A page', [], 1)]\n"
    project.page(
        "index",
        TREE,
        ".. list-table::\n\n   * - one\n     - .. paramsummary::\n          :caption: In a cell\n\n"
        "          keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])\n   * - .. paramsummary::\n\n"
        "          x = nothing\n     - two",
        "The end.",
    )
    built = project.build(builder=builder)
    assert (built.status, len(built.warnings)) == (0, 1)
    text = next(
        file for file in built.out.iterdir() if file.suffix in {".txt", ".1"} and file.stem in {"index", "page"}
    )
    whole = text.read_text("utf-8")
    assert whole.index("below)") < whole.index("3 × 2 + 2 = 8") < whole.index("The end.")


def test_an_include_that_begins_later(project: Project) -> None:
    block = ".. paramsummary::\n\n   x = 1\n   raise ValueError('here')\n"
    project.write(
        **{"docs/part.txt": f"{block}\nLeft out.\n\nShown.\n\n{block}\n.. paramsummary::\n   :total: 1_0\n\n   x\n"}
    )
    project.page("index", TREE, ".. include:: part.txt\n   :start-line: 7")
    assert [line.partition(": WARNING")[0].rpartition("/")[2] for line in project.build().warnings] == [
        "part.txt:13",
        "part.txt:16",
        "part.txt:18",
    ]


def test_a_folder_and_code_that_are_no_unicode(project: Project) -> None:
    folder = os.fsdecode(os.fsencode(project.folder) + b"/caf\xe9")
    Path(folder).mkdir()
    moved = Project(Path(folder))
    moved.write(**{"own.py": ZOO.format(4), "odd.py": '"""A module.\n\n.. paramsummary::\n\n   x = "\\udcff"\n"""\n'})
    moved.conf += f"sys.path.insert(0, {folder!a})\nextensions.append('sphinx.ext.autodoc')\n"
    moved.page("index", ".. paramsummary:: own:build()", ".. automodule:: odd")
    built = moved.build()
    assert built.status == 0
    assert "3 × 4 + 4 = 16" in built.text("index")
    assert len(built.warnings) == 1
    assert "odd.py:5: WARNING: the code holds \\udcff, which is no Unicode" in built.warnings[0]
    moved.write(**{"own.py": ZOO.format(5)})
    assert "3 × 5 + 5 = 20" in moved.build().text("index")
