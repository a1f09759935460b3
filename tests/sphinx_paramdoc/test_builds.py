"""Build after build: what runs, what is read again, and what a person is told."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from sphinx.errors import ConfigError
from sphinx.testing.util import SphinxTestApp

pytestmark = pytest.mark.slow

NO_PROCESS = """
import sys

def refuse(event, arguments):
    if event in {"subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.exec", "os.system"}:
        raise AssertionError(f"a process was started: {event} {arguments}")

sys.addaudithook(refuse)
"""


def wait_for(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)


class Project:
    """A project on disk that is built again and again, each time by a process of its own."""

    def __init__(self, folder: Path, conf: str = "") -> None:
        self.folder = folder
        self.docs = folder / "docs"
        self.docs.mkdir()
        (folder / "pyproject.toml").touch()
        self.conf = "import sys\nsys.path.insert(0, '..')\nextensions = ['sphinx_paramdoc']\n" + conf
        self.write(**{"docs/conf.py": self.conf})

    def write(self, **files: str) -> None:
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def page(self, name: str, *blocks: str) -> None:
        """Write a page; the index shows them all."""
        self.write(**{f"docs/{name}.rst": "\n\n".join([f"Page {name}\n=====================", *blocks]) + "\n"})

    def build(self, *options: str, may_run: bool = True, builder: str = "html") -> Built:
        conf = self.conf if may_run else self.conf + NO_PROCESS
        if (self.docs / "conf.py").read_text(encoding="utf-8") != conf:
            self.write(**{"docs/conf.py": conf})
        out = self.folder / "out" / builder
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "sphinx",
                "--no-color",
                "-b",
                builder,
                "-d",
                self.folder / "trees",
                *options,
                self.docs,
                out,
            ],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return Built(self, done, out)

    def records(self, folder: str = "trees/paramdoc") -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.folder / folder).glob("*")}


class Built:
    """What a build did and said."""

    def __init__(self, project: Project, done: subprocess.CompletedProcess[str], out: Path) -> None:
        self.status = done.returncode
        self.log = done.stdout
        self.out = out
        self.warnings = [
            line.replace(f"{project.docs}/", "") for line in done.stderr.splitlines() if ": WARNING: " in line
        ]
        self.errors = done.stderr
        self.read = set(re.findall(r"reading sources\.\.\. \[ *\d+%\] (\S+)", done.stdout))
        summary = re.search(r"paramsummary blocks: (.*) \(waited [\d.]+ s\)", done.stdout)
        self.blocks = summary[1] if summary else ""

    def text(self, page: str) -> str:
        html = (self.out / f"{page}.html").read_text(encoding="utf-8")
        return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def dense(units: int) -> str:
    return f".. paramsummary::\n\n   keras.Sequential([keras.Input((3,)), keras.layers.Dense({units})])"


BUILDER = (
    "import keras\nfrom {package}.sizes import UNITS\n\ndef build():\n"
    "    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(UNITS)])\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two packages with a model each, a page for each, and one with a model of its own."""
    made = Project(tmp_path)
    for package, units in (("mynets", 4), ("others", 5)):
        made.write(
            **{
                f"{package}/__init__.py": "",
                f"{package}/sizes.py": f"UNITS = {units}\n",
                f"{package}/models.py": BUILDER.format(package=package),
            }
        )
        made.page(package, f".. paramsummary:: {package}.models:build")
    made.page("index", ".. toctree::\n\n   mynets\n   others", dense(2))
    return made


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


def test_another_version_of_a_framework_is_noticed(project: Project) -> None:
    project.build("-W")
    for name in project.records():
        path = project.folder / "trees" / "paramdoc" / name
        text = path.read_text(encoding="utf-8")
        if '"code"' in text:
            path.write_text(re.sub(r'"keras": "[^"]+"', '"keras": "3.0.0"', text), encoding="utf-8")
    upgraded = project.build("-W")
    assert (upgraded.read, upgraded.blocks) == ({"index"}, "1 run")
    assert "starting TensorFlow" in upgraded.log


def test_a_failing_block_fails_every_build_until_it_is_mended(project: Project) -> None:
    project.page("others", ".. paramsummary::\n\n   x = 3\n   x = y", dense(3))
    for _ in range(2):
        failed = project.build("-W")
        assert failed.status == 1
        assert failed.warnings == ["others.rst:7: WARNING: NameError: name 'y' is not defined [paramdoc.execution]"]
    project.page("others", dense(3))
    assert project.build("-W", may_run=False).status == 0


@pytest.mark.parametrize(
    "option", ["   :total: 9\n\n", "   :cpation: x\n\n", "\n   keras.layers.BatchNormalization(mode=0)\n"]
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


@pytest.mark.parametrize("builder", ["gettext", "linkcheck", "doctest"])
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


def test_a_full_disk_under_the_records(project: Project) -> None:
    (project.folder / "full").write_text("a file where a folder should be")
    project.conf += "paramdoc_records = '../full'\n"
    for options in ([], ["-j", "2"]):
        built = project.build(*options)
        assert [re.sub(r"^\w+\.rst:\d+", "PAGE", line) for line in built.warnings] == [
            "PAGE: WARNING: records cannot be written to full (File exists): blocks will run again [paramdoc.stale]"
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
        "index.rst: WARNING: the block did not end within 0.5 seconds [paramdoc.timeout]"
    )
    assert int(built.warnings[0].split(":")[1]) in {8, 9}
    assert built.warnings[1].endswith("of memory, more than the 200 MiB allowed [paramdoc.memory]")
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


def test_values_as_the_command_line_gives_them(project: Project) -> None:
    project.page("index", ".. toctree::\n\n   mynets\n   others", ".. paramsummary::\n\n   while True: pass")
    built = project.build("-D", "paramdoc_timeout=1", "-D", "paramdoc_memory_limit=500000000")
    assert built.warnings == ["index.rst:11: WARNING: the block did not end within 1 seconds [paramdoc.timeout]"]


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


def test_an_edit_while_the_documentation_is_built_is_not_lost(project: Project) -> None:
    """The block runs before its page is read; the module changes in between."""
    project.conf += (
        "import pathlib, time\n"
        "def setup(app):\n"
        "    def edit(app, name, source):\n"
        "        flag = pathlib.Path(app.srcdir, 'edited')\n"
        "        if name == 'mynets' and not flag.exists():\n"
        "            flag.touch()\n"
        "            time.sleep(8)\n"
        "            pathlib.Path(app.srcdir, '..', 'mynets', 'sizes.py').write_text('UNITS = 7\\n')\n"
        "    app.connect('source-read', edit)\n"
    )
    project.build("-W")
    assert "3 × 7 + 7 = 28" in project.build("-W").text("mynets")


def test_suppressed_warnings_do_not_read_a_page_again(project: Project) -> None:
    project.conf += "suppress_warnings = ['paramdoc.expectation']\n"
    project.page("others", dense(3).replace("::\n\n", "::\n   :total: 9\n\n"))
    assert project.build("-W").status == 0
    assert project.build("-W", may_run=False).read == set()


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


def test_many_pages_in_parallel_with_a_model_in_conf_py(tmp_path: Path) -> None:
    """Readers that are forked from a process with a model of its own hang as soon as they use the framework."""
    made = Project(
        tmp_path, "import keras\nkeras.Sequential([keras.Input((3,)), keras.layers.Dense(2)]).count_params()\n"
    )
    pages = [f"page{number}" for number in range(14)]
    for number, page in enumerate(pages):
        made.page(page, dense(number + 1), dense(number + 2), ".. paramsummary::\n\n   nothing")
    made.page("index", ".. toctree::\n\n   " + "\n   ".join(pages))
    sites = []
    for options in ([], ["-j", "2"]):
        built = made.build(*options)
        assert built.status == 0
        assert len(built.warnings) == 14
        assert sum(map(int, re.findall(r"\d+", built.blocks))) == 42
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
def test_a_terminal_sees_what_is_waited_for(project: Project) -> None:
    import pty

    main, secondary = pty.openpty()
    command = [sys.executable, "-m", "sphinx", "-d", project.folder / "trees", project.docs, project.folder / "out"]
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
