"""Records without pages: what is made, what is told, and what is refused."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from sphinx_paramdoc.sphinx_ext import records_command
from tests.sphinx_paramdoc.projects import Project, dense
from tests.sphinx_paramdoc.recorded import EXECUTORS, all_files, record, same

NO_IMPORT = "argument --executor: "
NO_ACTIVATION = "ValueError: Could not interpret activation function identifier: 0"
"""What each version of Keras says; 0 units are no fault to those before 3.13."""
UNCLOSED = "Inline interpreted text or phrase reference start-string without end-string. [docutils]"

UNKNOWN = "settings of 3 blocks that are not known yet"
"""Of one block that is varied, and of two rows of a list."""

VARIED = ".. paramsummary:: zoo.nets:build(units=3, depth=2)\n   :vary: units depth"

MORE = [
    ".. paramlist:: zoo.nets:build\n   :columns: params in-arguments\n\n   a: units=31\n   b: units=32",
    *(f".. paramdiff::\n   :before: zoo.nets:build({n})\n   :after: zoo.nets:build({n + 1})" for n in range(41, 49, 2)),
]
"""A list and differences, whose sides are in different shards by chance: 1 - 0.5 ** 4 of the times one at least."""

NETS = '''
def build(units, depth=1, activation=None):
    """Build it.

    .. paramsummary:: build(units=5)

    .. paramsummary:: build(5, activation=0)
    """
    import keras

    return keras.Sequential([keras.Input((3,)), *(keras.layers.Dense(units, activation) for _ in range(depth))])


def small():
    """Be small."""
    return build(1)
'''


@pytest.fixture
def varied(project: Project) -> Project:
    """A project with blocks in pages, docstrings and patterns, and one that is varied."""
    project.conf += (
        f"sys.path.insert(0, {str(project.folder)!r})\n"
        "extensions.append('sphinx.ext.autodoc')\n"
        "paramdoc_autodoc = {'zoo.nets.small': [{'expression': '{name}()'}, "
        "{'expression': '{name}(3)', 'expect-failure': True}]}\n"
        "paramdoc_execute = 'off'\n"
        "paramdoc_prune_records = True\n"
    )
    project.write(**{"zoo/__init__.py": "", "zoo/nets.py": NETS})
    project.page("index", dense(4), VARIED, "* Nested:\n\n  .. paramsummary:: zoo.nets:build(9)", "`gone", *MORE)
    project.page("api", ".. automodule:: zoo.nets\n   :members:")
    for other in ("mynets", "others"):
        project.docs.joinpath(f"{other}.rst").unlink(missing_ok=True)
    return project


# Wrong usage


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Give what wrong usage is answered."""
    with pytest.raises(SystemExit) as ended:
        records_command.main(arguments)
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert "Traceback" not in said
    return said.rpartition(": error: ")[2].strip()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--shard", "3/2"], "argument --shard: '3/2' is no shard: the first number is one from 1 to 2"),
        (["--shard", "0/2"], "argument --shard: '0/2' is no shard: the first number is one from 1 to 2"),
        (["--shard", "x"], "argument --shard: 'x' is no shard: write 1/4 for the first of four"),
        (["--jobs", "0"], "argument --jobs: '0' is no number of blocks"),
        (["-D", "language"], "argument -D: 'language' is no NAME=VALUE"),
        (["--executor", "pool"], "argument --executor: 'pool' is no MODULE:CALLABLE"),
        (
            ["--executor", "nowhere.pools:pool"],
            f"{NO_IMPORT}nowhere.pools:pool cannot be imported (ModuleNotFoundError: No module named 'nowhere')",
        ),
        (
            ["--executor", "abc:Pool"],
            f"{NO_IMPORT}abc:Pool cannot be imported (AttributeError: module 'abc' has no attribute 'Pool')",
        ),
        (["--executor", "os:sep"], "argument --executor: os:sep cannot be called: it is of str"),
        (["--check", "--executor", "os:getcwd"], "--check runs nothing: leave out --executor and --jobs"),
        (["--check", "--jobs", "2"], "--check runs nothing: leave out --executor and --jobs"),
    ],
)
def test_options_that_mean_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], message: str
) -> None:
    (tmp_path / "conf.py").touch()
    assert refused([str(tmp_path), *options], capsys) == message


def test_a_folder_without_a_configuration(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    message = f"there is no conf.py in {tmp_path}; -c names the folder that has it"
    assert refused([str(tmp_path)], capsys) == message


@pytest.mark.slow
def test_what_only_the_configuration_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "index.rst").write_text("Page\n====\n")
    (tmp_path / "conf.py").write_text("extensions = ['sphinx_paramdoc']\n")
    assert refused([str(tmp_path)], capsys) == (
        "there is no folder for the records: name one by --records, or by paramdoc_records in conf.py"
    )
    (tmp_path / "taken").touch()
    unwritable = tmp_path / "taken" / "records"
    assert (
        refused([str(tmp_path), "--records", str(unwritable)], capsys) == f"records cannot be written to {unwritable}"
    )
    (tmp_path / "conf.py").write_text("")
    assert refused([str(tmp_path), "--records", "records"], capsys) == (
        f"{tmp_path / 'conf.py'} does not have sphinx_paramdoc among its extensions"
    )
    (tmp_path / "conf.py").write_text("extensions = ['sphinx_paramdoc']\nparamdoc_depth = -1\n")
    assert records_command.main([str(tmp_path), "--records", "records"]) == 2
    assert "error: paramdoc_depth" in capsys.readouterr().err
    assert all_files(tmp_path) == {"conf.py", "index.rst", "taken"}


def test_a_folder_that_only_others_may_write_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    allowed = {tmp_path: False}
    monkeypatch.setattr(os, "access", lambda folder, _: allowed[folder])
    with pytest.raises(records_command._UsageError, match=f"^records cannot be written to {tmp_path / 'a'}$"):
        records_command._check_writable(tmp_path / "a")


@pytest.mark.slow
@pytest.mark.on_numpy
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing", "gives no executor (ConnectionRefusedError: nobody listens)"),
        ("none", "gives a object, which is no concurrent.futures.Executor"),
    ],
)
def test_what_gives_no_executor(project: Project, name: str, message: str) -> None:
    project.write(**{"running.py": EXECUTORS})
    done = record(project, "--executor", f"running:{name}")
    assert (done.status, done.errors.rpartition(": error: ")[2].strip()) == (
        2,
        f"--executor: running:{name} {message}",
    )
    assert project.records("records") == {}


# What is made


@pytest.mark.slow
@pytest.mark.on_numpy
def test_every_block_has_its_record_and_nothing_else_is_written(varied: Project) -> None:
    before = all_files(varied.folder)
    done = record(varied)
    assert done.status == 1
    assert done.warnings == [
        f"{varied.folder}/zoo/nets.py:7: WARNING: {NO_ACTIVATION}",
        f"index.rst:15: WARNING: {UNCLOSED}",
    ]
    made = re.fullmatch(r"(\d+) made, 1 failed", done.summary)
    assert made
    records = varied.records("records")
    assert len(records) == int(made[1])
    assert all_files(varied.folder) - before == {f"records/{name}" for name in records}
    # A build that may run nothing finds all that it asks for.
    built = varied.build("-D", "paramdoc_execute=cache", "-D", "paramdoc_records=../records", may_run=False)
    assert [line.rpartition(" WARNING: ")[2] for line in built.warnings if "paramdoc" in line] == [
        "there is no record of this block, and paramdoc_execute is 'cache' [paramdoc.stale]"
    ]
    assert "Agrees with 5 further settings that were executed, weight by weight." in built.text("index")
    # Those that a build makes are the same.
    varied.build(
        "-D", "paramdoc_execute=auto", "-D", "paramdoc_records=../built", "-D", "paramdoc_prune_records=0", "-E"
    )
    assert same(varied, "records", "built")


@pytest.mark.slow
@pytest.mark.on_numpy
def test_only_what_has_no_fresh_record_runs_and_nothing_is_deleted(project: Project) -> None:
    project.conf += "paramdoc_records = '../kept'\nparamdoc_prune_records = True\n"
    assert (first := record(project, folder="kept")).status == 0, first.errors
    before = project.records("kept")
    again = record(project, folder="kept", may_run=False)
    assert (again.status, again.summary) == (0, f"{len(before)} fresh")
    project.page("mynets", dense(77))
    assert record(project, folder="kept").summary.startswith("1 made, ")
    assert before.keys() < project.records("kept").keys()


@pytest.mark.slow
@pytest.mark.on_numpy
def test_a_file_that_changes_while_its_block_runs_leaves_no_record(project: Project) -> None:
    project.write(**{"spy.py": NETS})
    code = "import pathlib, spy\n   model = spy.build(3)\n   pathlib.Path(spy.__file__).write_text('other')"
    project.page("index", f".. paramsummary::\n\n   {code}")
    done = record(project)
    assert done.status == 1
    assert any(
        "this block cannot be recorded (RuntimeError: a file that the block uses changed while it ran)" in line
        for line in done.warnings
    ), done.errors


@pytest.mark.slow
@pytest.mark.on_numpy
def test_parts_have_nothing_in_common_and_together_all(varied: Project) -> None:
    whole = record(varied, folder="whole")
    parts = [record(varied, "--shard", f"{number}/3", folder=f"part{number}") for number in (1, 2, 3)]
    found = [varied.records(f"part{number}") for number in (1, 2, 3)]
    assert sum(map(len, found)) == len(varied.records("whole"))
    assert {name: data for part in found for name, data in part.items()} == varied.records("whole")
    # The block that fails is in one of them.
    assert sorted(part.status for part in parts) == [0, 0, 1]
    told = [line for part in parts for line in part.warnings if "paramdoc" in line]
    assert told == [line for line in whole.warnings if "paramdoc" in line]


# What is looked at


@pytest.mark.slow
@pytest.mark.on_numpy
def test_a_look_starts_nothing_and_tells_which_block_and_why(varied: Project) -> None:
    varied.conf += "suppress_warnings = ['paramdoc']\n"
    varied.write(**{"zoo/nets.py": NETS.replace("    .. paramsummary:: build(5, activation=0)\n", "")})
    missing = record(varied, "--check", may_run=False)
    assert (missing.status, missing.summary) == (1, f"15 missing, and {UNKNOWN}")
    assert len(missing.warnings) == 16
    assert missing.warnings[2:5] == [
        "index.rst:4: WARNING: there is no record of this block [paramdoc.stale]",
        "index.rst:8: WARNING: there is no record of this block [paramdoc.stale]",
        "index.rst:13: WARNING: there is no record of this block [paramdoc.stale]",
    ]
    assert not (varied.folder / "records").exists()
    assert record(varied).status == 0
    fresh = record(varied, "--check", may_run=False)
    assert (fresh.status, [line for line in fresh.warnings if "paramdoc" in line]) == (0, [])
    with (varied.folder / "zoo" / "nets.py").open("a") as file:
        file.write("# another\n")
    stale = record(varied, "--check", may_run=False)
    assert stale.status == 1
    told = [line for line in stale.warnings if "index.rst" in line and "paramdoc" in line]
    assert told[:3] == [
        "index.rst:8: WARNING: the record of this block is stale (zoo.nets has changed) [paramdoc.stale]",
        "index.rst:9: WARNING: records of settings of :vary: are stale (zoo.nets has changed) [paramdoc.stale]",
        "index.rst:13: WARNING: the record of this block is stale (zoo.nets has changed) [paramdoc.stale]",
    ]


@pytest.mark.thorough
@pytest.mark.slow
@pytest.mark.on_numpy
def test_a_look_tells_of_a_setting_without_a_record(varied: Project) -> None:
    record(varied)
    made = varied.records("records")
    gone = next(name for name, data in made.items() if b'"vary"' in data and b"build(units=3," in data)
    (varied.folder / "records" / gone).unlink()
    done = record(varied, "--check", "-D", "suppress_warnings=docutils", may_run=False)
    assert done.status == 1
    assert "index.rst:9: WARNING: a setting of :vary: has no fresh record [paramdoc.stale]" in done.warnings
    # The other missing one is that of the block that fails, and what is looked at next depends on the settings.
    assert done.summary.endswith(f" fresh, 2 missing, and {UNKNOWN.replace('3 blocks', '1 block')}")


@pytest.mark.thorough
@pytest.mark.slow
@pytest.mark.on_numpy
def test_settings_have_the_same_records_whether_their_block_has_run_or_not(project: Project) -> None:
    refuses = (
        "import keras\nimport msgspec\n\n\ndef build(units):\n    if units > 4:\n        raise ValueError('too many')\n"
    )
    project.write(
        **{"nets.py": f"{refuses}    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(units)])\n"}
    )
    project.page("index", ".. paramsummary:: nets:build(3)\n   :vary:")
    assert record(project).status == 0
    whole = project.records("records")
    settings = {name for name, data in whole.items() if b'"vary"' in data}
    assert any(b'"raised"' in whole[name] and b'"msgspec"' in whole[name] for name in settings)
    for name in settings:
        (project.folder / "records" / name).unlink()
    record(project)
    assert project.records("records") == whole


@pytest.mark.slow
@pytest.mark.on_numpy
def test_the_options_of_sphinx(project: Project) -> None:
    project.page("index", dense(3), ".. paramsummary:: small()")
    project.write(
        **{
            "elsewhere/conf.py": "extensions = ['sphinx_paramdoc']\n"
            "exclude_patterns = [] if tags.has('all') else ['[mo]*']  # noqa: F821\n"
        }
    )
    small = "paramdoc_preamble=import keras; small = lambda: keras.layers.Dense(2)"
    done = record(project, "-c", "elsewhere", "-D", small, "-D", "paramdoc_execute=off", "--check")
    assert (done.status, done.summary) == (1, "2 missing")
    with_all = record(project, "-c", "elsewhere", "-t", "all", "-D", small, "--check")
    assert int(with_all.summary.split()[0]) > 2


# What autodoc does


FAILING = '''
"""A module.

.. paramsummary:: zoo.gone:build(3)

.. paramsummary:: zoo.gone:build(4)
"""

def build(units):
    """Build it, as in the module's second block.

    .. paramsummary:: zoo.gone:build(4)
    """

{fails}
'''


@pytest.fixture
def failing(project: Project) -> Project:
    """A project that documents a module which autodoc cannot import."""
    project.conf += f"sys.path.insert(0, {str(project.folder)!r})\nextensions.append('sphinx.ext.autodoc')\n"
    project.page("api", ".. automodule:: zoo.gone\n   :members:")
    for other in ("mynets", "others"):
        project.docs.joinpath(f"{other}.rst").unlink(missing_ok=True)
    return project


@pytest.mark.slow
@pytest.mark.on_numpy
@pytest.mark.parametrize("options", [[], ["--check"]])
def test_blocks_of_what_autodoc_cannot_import_are_missed(failing: Project, options: list[str]) -> None:
    failing.conf += "suppress_warnings = ['autodoc']\n"
    failing.write(**{"zoo/__init__.py": "", "zoo/gone.py": FAILING.format(fails="import nothing_of_this_name")})
    failing.page("index", "Nothing.")
    done = record(failing, *options)
    assert done.status == 1
    lost = "autodoc could not import what this page documents: 2 blocks have no record [paramdoc.execution]"
    assert [line for line in done.warnings if "paramdoc" in line] == [f"api.rst: WARNING: {lost}"]


@pytest.mark.slow
@pytest.mark.on_numpy
def test_what_autodoc_cannot_import_may_hold_no_blocks(failing: Project) -> None:
    failing.write(**{"zoo/__init__.py": "", "zoo/gone.py": '"""Nothing."""\n\nimport nothing_of_this_name\n'})
    failing.page("index", "Nothing.")
    done = record(failing)
    assert done.status == 0
    assert "nothing_of_this_name" in done.errors


@pytest.mark.slow
@pytest.mark.on_numpy
@pytest.mark.parametrize(("name", "status"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_while_autodoc_imports_ends_the_command(failing: Project, name: str, status: int) -> None:
    fails = f"import os, signal\nos.kill(os.getpid(), signal.{name})\nos.stat('.')"
    failing.write(**{"zoo/__init__.py": "", "zoo/gone.py": FAILING.format(fails=fails)})
    failing.page("index", "Nothing.")
    done = record(failing)
    assert (done.status, "interrupted: " in done.errors) == (status, name == "SIGINT")
