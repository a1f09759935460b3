"""Blocks in builds: what they are given, what limits them, and that nothing of them stays."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from sphinx.errors import ConfigError
from sphinx.testing.util import SphinxTestApp

from tests.sphinx_paramdoc.projects import BUILDER, Project, dense
from tests.waiting import ended, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.on_numpy]


@pytest.mark.thorough
def test_a_full_disk_under_the_records(project: Project) -> None:
    (project.folder / "full").write_text("a file where a folder should be")
    project.conf += "paramdoc_records = '../full'\n"
    for options in ([], ["-j", "2"]):
        built = project.build(*options)
        assert [re.sub(r"^\w+\.rst:\d+", "PAGE", line) for line in built.warnings] == [
            (
                "PAGE: WARNING: records cannot be written to ../full (File exists): blocks will run again "
                "[paramdoc.records]"
            )
        ]
        assert "3 × 4 + 4 = 16" in built.text("mynets")


def test_environment_and_weights(project: Project) -> None:
    project.conf += "paramdoc_environment = {'UNITS_OF_MINE': '11', 'MY_TOKEN': 'hidden'}\nparamdoc_weights = 'real'\n"
    project.page(
        "index",
        ".. paramsummary::\n\n   import os\n   assert os.environ['MY_TOKEN']\n"
        "   keras.Sequential([keras.Input((3,)), keras.layers.Dense(int(os.environ['UNITS_OF_MINE']))])",
    )
    assert "3 × 11 + 11 = 44" in project.build("-W").text("index")
    records = b"".join(project.records().values())
    assert b"hidden" not in records
    assert {json.loads(record)["model"]["variables"] for record in project.records().values()} == {"real"}
    project.conf = project.conf.replace("'11'", "'12'").replace("hidden", "other")
    changed = project.build("-W")
    assert "3 × 12 + 12 = 48" in changed.text("index")


def test_limits_of_a_block(project: Project) -> None:
    project.conf += "paramdoc_memory_limit = 200 * 2**20\n"
    project.page(
        "index",
        ".. paramsummary::\n   :timeout: 0.5\n\n   x = 3\n   while True:\n       x += 1",
        ".. paramsummary::\n\n   import numpy, time\n   x = numpy.ones(2**30, 'uint8')\n   time.sleep(60)",
        dense(2),
    )
    built = project.build()
    assert built.warnings[0].startswith("index.rst:")
    assert re.sub(r"rst:\d+", "rst", built.warnings[0]) == (
        "index.rst: WARNING: the block did not end within 0.5 seconds; :timeout: allows it more [paramdoc.timeout]"
    )
    assert int(built.warnings[0].split(":")[1]) in {8, 9}
    assert built.warnings[1].endswith(
        "of memory, more than the 200 MiB allowed; paramdoc_memory_limit allows it more [paramdoc.memory]"
    )
    assert "3 × 2 + 2 = 8" in built.text("index")
    assert built.blocks == "3 run, 2 failed"


@pytest.mark.parametrize(
    "line",
    [
        "paramdoc_timeout = 0",
        "paramdoc_timeout = float('inf')",
        "paramdoc_timeout = 'soon'",
        "paramdoc_memory_limit = -1",
        "paramdoc_memory_limit = '2G'",
        "paramdoc_backend = 'no such'",
        "paramdoc_backend = 3",
        "paramdoc_environment = {'A': 1}",
        "paramdoc_environment = {'A=B': 'x'}",
        "paramdoc_environment = ['A']",
        "paramdoc_first_party = [1]",
        "paramdoc_first_party = 'package'",
        "paramdoc_execute = 'none'",
        "paramdoc_weights = 'both'",
        "paramdoc_preamble = ['import keras']",
        "paramdoc_records = True",
    ],
)
def test_a_wrong_value_ends_the_build_with_its_name(
    make_app: Callable[..., SphinxTestApp], tmp_path: Path, line: str
) -> None:
    (tmp_path / "conf.py").write_text(f"extensions = ['sphinx_paramdoc']\n{line}\n")
    (tmp_path / "index.rst").write_text("Page\n====\n")
    with pytest.raises(ConfigError, match=line.split()[0]):
        make_app("html", srcdir=tmp_path)


@pytest.mark.thorough
def test_values_as_the_command_line_gives_them(project: Project) -> None:
    project.page("index", ".. toctree::\n\n   mynets\n   others", ".. paramsummary::\n\n   while True: pass")
    built = project.build("-D", "paramdoc_timeout=1", "-D", "paramdoc_memory_limit=500000000")
    assert built.warnings == [
        "index.rst:11: WARNING: the block did not end within 1 second; :timeout: allows it more [paramdoc.timeout]"
    ]


def test_no_credential_is_left_in_what_sphinx_keeps(project: Project) -> None:
    project.conf += "paramdoc_environment = {'MY_TOKEN': 'hidden-credential'}\n"
    project.build("-W")
    files = [
        path
        for path in [*(project.folder / "trees").rglob("*"), *(project.folder / "out").rglob("*")]
        if path.is_file()
    ]
    assert len(files) > 10
    assert not [path for path in files if b"hidden-credential" in path.read_bytes()]
    assert project.build("-W", may_run=False).read == set()


def test_mocked_imports_do_not_reach_blocks(project: Project) -> None:
    project.conf += (
        f"sys.path.insert(0, {str(project.folder)!r})\nextensions.append('sphinx.ext.autodoc')\n"
        "autodoc_mock_imports = ['keras', 'tensorflow']\n"
    )
    project.write(**{"mynets/models.py": BUILDER.format(package="mynets") + "\n    'A doc.'\n"})
    project.page(
        "index",
        ".. toctree::\n\n   mynets\n   others",
        ".. automodule:: mynets.models\n   :members:",
        ".. paramsummary:: mynets.models:build",
    )
    built = project.build("-W")
    assert (built.status, built.errors) == (0, "")
    assert "3 × 4 + 4 = 16" in built.text("index")


@pytest.mark.thorough
def test_many_pages_in_parallel_with_a_model_in_conf_py(tmp_path: Path) -> None:
    """Readers that are forked from a process with a model of its own hang as soon as they use the framework."""
    made = Project(
        tmp_path, "import keras\nkeras.Sequential([keras.Input((3,)), keras.layers.Dense(2)]).count_params()\n"
    )
    pages = [f"page{number}" for number in range(7)]
    for number, page in enumerate(pages):
        made.page(page, dense(number + 1), dense(number + 2), ".. paramsummary::\n\n   nothing")
    made.page("index", ".. toctree::\n\n   " + "\n   ".join(pages))
    sites = []
    for options in ([], ["-j", "2"]):
        built = made.build(*options)
        assert built.status == 0
        assert len(built.warnings) == 7
        assert sum(map(int, re.findall(r"\d+", built.blocks))) == 21
        sites.append({path.name: path.read_bytes() for path in built.out.rglob("*.html")})
        shutil.rmtree(tmp_path / "out")
        shutil.rmtree(tmp_path / "trees")
    assert sites[0] == sites[1]


def test_nothing_is_left_behind(project: Project) -> None:
    temporary = project.folder / "tmp"
    temporary.mkdir()
    os.environ["TMPDIR"] = str(temporary)
    try:
        for options in ([], ["-E", "-j", "2"], ["-D", "paramdoc_execute=off"]):
            assert project.build("-W", *options).status == 0
            assert list(temporary.iterdir()) == []
    finally:
        del os.environ["TMPDIR"]


def test_ctrl_c_in_the_middle_leaves_nothing_and_loses_nothing(project: Project) -> None:
    temporary = project.folder / "tmp"
    temporary.mkdir()
    project.page(
        "others",
        ".. paramsummary::\n\n   import os, time\n   open('started', 'w').write(str(os.getpid()))\n   time.sleep(600)",
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "sphinx", "-d", project.folder / "trees", project.docs, project.folder / "out"],
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    started = project.docs / "started"
    with ended(process):
        wait_for(lambda: started.exists() and started.read_text() and len(project.records()) == 2)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert "Interrupted!" in errors
    assert process.returncode != 0
    wait_for(lambda: not psutil.pid_exists(int(started.read_text())))
    assert list(temporary.iterdir()) == []
    project.page("others", dense(2))
    assert project.build("-W", may_run=False).blocks == "3 from records"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal")
def test_a_terminal_sees_what_is_waited_for(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KERAS_BACKEND")  # TensorFlow is what it is about
    import pty

    main, secondary = pty.openpty()
    places = [project.folder / "trees", project.docs, project.folder / "out"]
    command = [sys.executable, "-m", "sphinx", "-d", *map(str, places)]
    with subprocess.Popen(command, stdout=secondary, stderr=secondary, env={**os.environ, "TERM": "xterm"}) as process:
        os.close(secondary)
        seen = b""
        while True:
            try:
                part = os.read(main, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            seen += part
    os.close(main)
    assert process.returncode == 0
    assert b"\x1b[2Kparamsummary... starting TensorFlow, 0 s\r" in seen
    assert b"paramsummary blocks: 3 run (waited " in seen


def test_autosummary_finds_the_first_sentence_of_a_docstring(project: Project) -> None:
    project.conf += f"sys.path.insert(0, {str(project.folder)!r})\nextensions.append('sphinx.ext.autosummary')\n"
    project.write(
        **{
            "documented.py": 'def build():\n    """\n    .. paramsummary::\n\n       keras.layers.Dropout(0.5)\n\n'
            '    Build it.\n    """\n'
        }
    )
    project.page("index", ".. toctree::\n\n   mynets\n   others", ".. autosummary::\n\n   documented.build")
    built = project.build("-W")
    assert (built.status, built.errors) == (0, "")
    assert built.blocks == "2 run"
