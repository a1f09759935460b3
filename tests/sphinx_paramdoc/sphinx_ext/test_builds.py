"""Build after build: what runs, what is read again, and what a person is told."""

from __future__ import annotations

import re
import shutil

import pytest

from tests.sphinx_paramdoc.projects import Project, dense

pytestmark = [pytest.mark.slow, pytest.mark.on_numpy, pytest.mark.shares_server]


def test_what_has_not_changed_does_not_run(project: Project) -> None:
    first = project.build("-W")
    assert (first.status, first.blocks, first.read) == (0, "3 run", {"index", "mynets", "others"})
    assert "3 × 4 + 4 = 16" in first.text("mynets")
    records = project.records()
    assert len(records) == 3

    again = project.build("-W", may_run=False)
    assert (again.status, again.read, again.blocks) == (0, set(), "")

    anew = project.build("-W", "-E", may_run=False)
    assert (anew.status, anew.blocks, anew.errors) == (0, "3 from records", "")
    assert project.records() == records

    project.page(
        "mynets", "Other words.", ".. paramsummary:: mynets.models:build\n   :caption: A caption\n   :code: below"
    )
    changed = project.build("-W", may_run=False)
    assert (changed.status, changed.read, changed.blocks) == (0, {"mynets"}, "1 from records")
    assert "A caption" in changed.text("mynets")

    everything = project.build("-W", "-D", "paramdoc_execute=force")
    assert (everything.status, everything.blocks) == (0, "3 run")
    assert everything.read == {"index", "mynets", "others"}
    assert project.records() == records


def test_a_change_of_a_module_runs_its_blocks_again_and_no_others(project: Project) -> None:
    project.build("-W")
    project.write(**{"mynets/sizes.py": "UNITS = 6\n"})
    changed = project.build("-W")
    assert (changed.read, changed.blocks) == ({"mynets"}, "1 run")
    assert "3 × 6 + 6 = 24" in changed.text("mynets")
    project.write(**{"mynets/sizes.py": "UNITS = 6\n# touched and restored\n"})
    project.write(**{"mynets/sizes.py": "UNITS = 6\n"})
    touched = project.build("-W", may_run=False)
    assert (touched.read, touched.blocks) == ({"mynets"}, "1 from records")


def test_an_opened_file_counts(project: Project) -> None:
    project.write(**{"docs/units.json": "[7]"})
    project.page(
        "index",
        ".. paramsummary::\n\n   import json\n   units = json.load(open('units.json'))\n"
        "   keras.Sequential([keras.Input((3,)), keras.layers.Dense(units[0])])",
    )
    assert "3 × 7 + 7 = 28" in project.build("-W").text("index")
    assert project.build("-W", may_run=False).read == set()
    project.write(**{"docs/units.json": "[8]"})
    changed = project.build("-W")
    assert (changed.read, changed.blocks) == ({"index"}, "1 run")
    assert "3 × 8 + 8 = 32" in changed.text("index")


@pytest.mark.shares_server(False)
def test_another_version_of_a_framework_is_noticed(project: Project) -> None:
    project.build("-W")
    for name in project.records():
        path = project.folder / "trees" / "paramdoc" / name
        text = path.read_text(encoding="utf-8")
        if '"code"' in text:
            path.write_text(re.sub(r'"keras": "[^"]+"', '"keras": "3.0.0"', text), encoding="utf-8")
    upgraded = project.build("-W")
    assert (upgraded.read, upgraded.blocks) == ({"index"}, "1 run")
    assert "starting numpy" in upgraded.log


def test_a_failing_block_fails_every_build_until_it_is_mended(project: Project) -> None:
    project.page("others", ".. paramsummary::\n\n   x = 3\n   x = y", dense(3))
    for _ in range(2):
        failed = project.build("-W")
        assert failed.status == 1
        assert failed.warnings == ["others.rst:7: WARNING: NameError: name 'y' is not defined [paramdoc.execution]"]
    project.page("others", dense(3))
    assert project.build("-W", may_run=False).status == 0


@pytest.mark.parametrize(
    "option",
    [
        "   :total: 9\n\n",
        pytest.param("\n   keras.layers.BatchNormalization(mode=0)\n", marks=pytest.mark.thorough),
        pytest.param("   :cpation: x\n\n", marks=pytest.mark.thorough),
    ],
)
def test_every_warning_is_told_again(project: Project, option: str) -> None:
    project.page("others", dense(3).replace("::\n\n", f"::\n{option}"))
    first, second = (project.build() for _ in range(2))
    assert len(first.warnings) >= 1
    assert second.warnings == first.warnings
    assert second.read == {"others"}


def test_cache_runs_nothing_and_warns_of_what_is_missing_or_stale(project: Project) -> None:
    project.conf += "paramdoc_records = '../records'\n"
    assert project.build("-W").status == 0
    assert len(project.records("records")) == 3
    shutil.rmtree(project.folder / "trees")
    cached = project.build("-W", "-D", "paramdoc_execute=cache", may_run=False)
    assert (cached.status, cached.blocks) == (0, "3 from records")

    project.write(**{"mynets/sizes.py": "UNITS = 6\n"})
    project.page("others", dense(9))
    for _ in range(2):
        stale = project.build("-D", "paramdoc_execute=cache", may_run=False)
        assert stale.warnings == [
            (
                "mynets.rst:4: WARNING: the record of this block is stale (mynets.sizes has changed), "
                "and paramdoc_execute is 'cache' [paramdoc.stale]"
            ),
            "others.rst:4: WARNING: there is no record of this block, and paramdoc_execute is 'cache' [paramdoc.stale]",
        ]
    assert stale.blocks == "1 from stale records, 1 failed"
    assert "3 × 4 + 4 = 16" in stale.text("mynets")
    assert "This parameter table is missing (others.rst, line 4)" in stale.text("others")


def test_off_runs_nothing_and_shows_a_placeholder(project: Project) -> None:
    off = project.build("-W", "-D", "paramdoc_execute=off", may_run=False)
    assert (off.status, off.blocks) == (0, "3 skipped")
    assert "This parameter table is left out: no code was run." in off.text("mynets")
    assert project.build("-W", "-D", "paramdoc_execute=off", may_run=False).read == set()
    assert project.build("-W").blocks == "3 run"


@pytest.mark.parametrize(
    "builder", ["gettext", *(pytest.param(name, marks=pytest.mark.thorough) for name in ("linkcheck", "doctest"))]
)
def test_builders_that_need_no_tables_run_nothing_and_spoil_no_other(project: Project, builder: str) -> None:
    project.conf += "extensions.append('sphinx.ext.doctest')\n"
    skipped = project.build("-W", may_run=False, builder=builder)
    assert (skipped.status, skipped.blocks) == (0, "3 skipped")
    assert project.build("-W", may_run=False, builder=builder).status == 0
    if builder == "gettext":  # Sphinx itself lets no other builder share its doctrees
        shutil.rmtree(project.folder / "trees")
    shown = project.build("-W")
    assert (shown.status, shown.blocks) == (0, "3 run")
    assert "3 × 4 + 4 = 16" in shown.text("mynets")
    cached = project.build("-W", "-E", "-D", "paramdoc_execute=cache", may_run=False, builder=builder)
    assert cached.status == 0
    again = project.build("-W", "-E", may_run=False, builder=builder)
    assert (again.status, again.blocks) == (0, "3 from records")


def test_pruning(project: Project) -> None:
    project.conf += "paramdoc_prune_records = True\n"
    project.build("-W")
    kept = project.records()
    project.page("others", dense(9))
    project.build("-W")
    assert len(project.records()) == 3
    assert len(project.records().keys() & kept.keys()) == 2
    kept = project.records()
    project.page("others", dense(9).replace("::\n\n", "::\n   :cpation: x\n\n"))
    project.build()
    assert project.records() == kept


@pytest.mark.thorough
def test_a_package_beside_a_documentation_that_is_in_no_repository(project: Project) -> None:
    (project.folder / "pyproject.toml").unlink()
    project.write(
        **{
            "mynets/units.json": "4",
            "mynets/sizes.py": "import json, pathlib\n"
            "UNITS = json.loads(pathlib.Path(__file__).with_name('units.json').read_text())\n",
        }
    )
    assert "3 × 4 + 4 = 16" in project.build("-W").text("mynets")
    project.write(**{"mynets/units.json": "5"})
    assert "3 × 5 + 5 = 20" in project.build("-W").text("mynets")
    project.write(**{"mynets/sizes.py": "UNITS = 6\n"})
    changed = project.build("-W")
    assert (changed.read, changed.blocks) == ({"mynets"}, "1 run")
    assert "3 × 6 + 6 = 24" in changed.text("mynets")


def test_what_first_party_leaves_out_makes_nothing_stale(project: Project) -> None:
    project.conf += "paramdoc_first_party = ['mynets']\n"
    project.build("-W")
    project.write(**{"others/sizes.py": "UNITS = 9\n"})
    assert project.build("-W", may_run=False).read == set()
    project.write(**{"mynets/sizes.py": "UNITS = 9\n"})
    assert project.build("-W").blocks == "1 run"


@pytest.mark.thorough
def test_an_edit_while_the_documentation_is_built_is_not_lost(project: Project) -> None:
    """The block runs before its page is read; the module changes in between."""
    project.conf += (
        "import pathlib, time\n"
        "def setup(app):\n"
        "    def edit(app, name, source):\n"
        "        flag = pathlib.Path(app.srcdir, 'edited')\n"
        "        if name == 'mynets' and not flag.exists():\n"
        "            while not pathlib.Path(app.srcdir, 'ran').exists(): time.sleep(0.1)\n"
        "            flag.touch()\n"
        "            time.sleep(0.5)\n"
        "            pathlib.Path(app.srcdir, '..', 'mynets', 'sizes.py').write_text('UNITS = 7\\n')\n"
        "    app.connect('source-read', edit)\n"
    )
    project.write(**{"mynets/__init__.py": "import pathlib\npathlib.Path('ran').touch()\n"})
    assert "3 × 4 + 4 = 16" in project.build("-W").text("mynets")
    assert "3 × 7 + 7 = 28" in project.build("-W").text("mynets")


def test_suppressed_warnings_do_not_read_a_page_again(project: Project) -> None:
    project.conf += "suppress_warnings = ['paramdoc.expectation']\n"
    project.page("others", dense(3).replace("::\n\n", "::\n   :total: 9\n\n"))
    assert project.build("-W").status == 0
    assert project.build("-W", may_run=False).read == set()


@pytest.mark.thorough
def test_what_is_foreseen_of_markdown_is_what_is_asked_for(project: Project) -> None:
    """A guess that is wrong would start a process though every block has a record."""
    project.conf += "extensions.append('myst_parser')\nmyst_enable_extensions = ['colon_fence']\n"
    model = "keras.Sequential([keras.Input((3,)), keras.layers.Dense(%d)])"
    bodies = [
        f"\n{model % 4}",
        f"\nm = {model % 5}\nm",
        f"\n:caption: x\n{model % 6}",
        f"\n:caption: x\n:code: below\n\n{model % 7}\n",
        f"\n---\ncaption: x\n---\n{model % 8}",
        " mynets.models:build\n:caption: x",
        " others.models:build()",
    ]
    text = "# Page\n\n" + "\n\n".join(f"```{{paramsummary}}{body}\n```" for body in bodies)
    project.write(**{"docs/others.md": text + f"\n\n:::{{paramsummary}}\n{model % 9}\n:::\n"})
    (project.docs / "others.rst").unlink()
    first = project.build("-W")
    assert (first.status, first.errors) == (0, "")
    assert project.build("-W", "-E", may_run=False).blocks == "10 from records"
