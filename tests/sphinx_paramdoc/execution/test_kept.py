"""The server that outlives a build: the next one finds it, whatever else has changed reaches the blocks."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from sphinx_paramdoc.execution import Failure, Job, Request, Response, ServerSetup, Session, Success, kept, kept_servers
from sphinx_paramdoc.execution import session as sessions
from sphinx_paramdoc.execution.places import Place
from sphinx_paramdoc.machine import FirstParty
from tests.sphinx_paramdoc.execution.conftest import MakeJob
from tests.sphinx_paramdoc.execution.leftovers import DENSE, failure
from tests.waiting import wait_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.on_numpy,
    pytest.mark.skipif(sys.platform != "linux", reason="a framework is forked on Linux alone"),
]

Build = Callable[..., Session]

TELL = (
    "import json, os, pathlib, resource, sys\n"
    "umask = os.umask(0); os.umask(umask)\n"
    "told = {'server': os.getppid(), 'umask': umask, 'folder': os.getcwd(), 'said': os.environ.get('SAID'),\n"
    "        'files': resource.getrlimit(resource.RLIMIT_NOFILE)[0], 'path': sys.path[0]}\n"
    f"pathlib.Path('told.json').write_text(json.dumps(told))\n{DENSE}"
)


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for servers of its own, in which nothing is left."""
    folder = Path(tempfile.mkdtemp(prefix="kept-", dir="/tmp"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    yield folder
    kept_servers.stop()
    left = list(folder.iterdir())
    shutil.rmtree(folder)
    assert not left


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Build]:
    made: list[Session] = []

    def begin(keep: float = 60, told: list[str] | None = None, **given: Any) -> Session:
        setup = {"preamble": "import keras", "path": sys.path, "first_party": FirstParty(str(tmp_path)), **given}
        made.append(Session(ServerSetup(**setup, keep=keep), {}, None if told is None else told.append))
        return made[-1]

    yield begin
    for session in made:
        session.close()


@pytest.fixture
def ask(build: Build, make_job: MakeJob, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Ask, as a build of its own, what a block finds."""

    def answer(keep: float = 60, told: list[str] | None = None, **given: Any) -> dict[str, Any]:
        session = build(keep, told)
        response = session.run(make_job(f"{TELL}  # {len(list(tmp_path.iterdir()))}", **given))
        assert isinstance(response, Success), response
        session.close()
        found: dict[str, Any] = json.loads(Path(given.get("directory", tmp_path), "told.json").read_text())
        return found

    return answer


def lives(process: int) -> bool:
    try:
        return psutil.Process(process).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


Ask = Callable[..., dict[str, Any]]


def folders(runtime: Path) -> list[Path]:
    return [each for each in runtime.glob("sphinx-paramdoc/*") if each.is_dir()]


def test_the_next_build_finds_it_and_brings_its_own_surroundings(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ask()
    other = tmp_path / "other"
    other.mkdir()
    files, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    before = os.umask(0o027)
    try:
        monkeypatch.setenv("SAID", "by the second")
        resource.setrlimit(resource.RLIMIT_NOFILE, (files - 1, most))
        second = ask(directory=str(other), path=[str(other), *sys.path])
    finally:
        os.umask(before)
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, most))
    assert first["said"] is None
    assert second == {
        "server": first["server"],
        "umask": 0o027,
        "folder": str(other),
        "said": "by the second",
        "files": files - 1,
        "path": str(other),
    }
    monkeypatch.delenv("SAID")
    assert ask()["said"] is None


def test_an_edit_of_a_module_counts(build: Build, make_job: MakeJob, tmp_path: Path) -> None:
    module = tmp_path / "net.py"
    for units in (2, 7):
        module.write_text(f"units = {units}\n")
        session = build()
        code = "import net\nkeras.Sequential([keras.Input((3,)), keras.layers.Dense(net.units)])"
        response = session.run(make_job(code, path=[str(tmp_path), *sys.path]))
        session.close()
        assert isinstance(response, Success), response
        assert response.model.weights[0].shape == [3, units]
        assert response.modules == {"net": str(module)}
    assert len(kept_servers.status()) == 1


def test_it_ends_by_itself_and_leaves_nothing(ask: Ask, runtime: Path) -> None:
    server = ask(keep=0.5)["server"]
    wait_for(lambda: not lives(server))
    wait_for(lambda: not list(runtime.iterdir()))


def test_its_status_and_its_end(ask: Ask, runtime: Path) -> None:
    def command(word: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "sphinx_paramdoc.server", word], capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout, done.stderr

    assert command("--status") == (1, "", "no server is kept\n")
    server = ask()["server"]
    status, text, _ = command("--status")
    assert status == 0
    assert f"process {server}, for " in text
    assert "backend numpy, preamble 'import keras'" in text
    assert "0 builds now, 0 blocks running, 1 run so far; ends in " in text
    status, text, _ = command("--stop")
    assert (status, text) == (0, f"ended: the server of {text.rpartition(' ')[2]}")
    assert not lives(server)
    assert not list(runtime.iterdir())
    assert command("--stop") == (1, "", "no server is kept\n")
    assert command("--start")[0] == 2


def test_two_builds_at_once_share_it(build: Build, make_job: MakeJob) -> None:
    code = f"import os, pathlib, time\npathlib.Path(f'{{os.getppid()}}').touch(); time.sleep(1)\n{DENSE}"
    sessions_ = [build(), build()]
    answers: list[Response] = []
    threads = [threading.Thread(target=lambda s=s: answers.append(s.run(make_job(code)))) for s in sessions_]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [type(answer) for answer in answers] == [Success, Success]
    assert len(kept_servers.status()) == 1


def test_what_a_build_asked_for_ends_with_it(build: Build, make_job: MakeJob, tmp_path: Path, runtime: Path) -> None:
    session = build()
    session.prefetch([make_job(f"import os, pathlib\npathlib.Path(f'process').write_text(str(os.getpid()))\n"
                               f"import time; time.sleep(600)\n{DENSE}")])  # fmt: skip
    assert isinstance(session.run(make_job(DENSE)), Success)
    wait_for(lambda: (tmp_path / "process").exists() and (tmp_path / "process").read_text())
    process = int((tmp_path / "process").read_text())
    session.close()
    wait_for(lambda: not lives(process))
    assert "0 builds now" in kept_servers.status()[0]
    assert not [*folders(runtime)[0].glob("*.final"), *folders(runtime)[0].glob("*.output")]


class TestFaults:
    def test_it_is_killed(self, ask: Ask, runtime: Path) -> None:
        server = ask()["server"]
        os.kill(server, signal.SIGKILL)
        wait_for(lambda: not lives(server))
        assert ask()["server"] != server
        assert len(folders(runtime)) == 1

    @pytest.mark.thorough
    def test_another_that_was_killed_leaves_nothing(
        self, ask: Ask, runtime: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        server = ask()["server"]
        os.kill(server, signal.SIGKILL)
        wait_for(lambda: not lives(server))
        before = folders(runtime)
        monkeypatch.setenv("KERAS_OTHER", "1")
        ask()
        assert len(folders(runtime)) == 1
        assert folders(runtime) != before

    def test_it_is_stopped(self, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
        server = ask()["server"]
        os.kill(server, signal.SIGSTOP)
        monkeypatch.setattr(sessions, "_GRACE", 2.0)
        assert ask()["server"] != server
        assert not lives(server)

    @pytest.mark.thorough
    def test_one_that_is_stopped_can_be_ended(self, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
        server = ask()["server"]
        os.kill(server, signal.SIGSTOP)
        monkeypatch.setattr(kept_servers, "_PATIENCE", 1.0)
        assert "does not answer" in kept_servers.status()[0]
        assert len(kept_servers.stop()) == 1
        assert not lives(server)

    @pytest.mark.parametrize("what", ["*", "*/*", "*/server.socket", "*/server.mark"])
    def test_its_folder_is_deleted(self, ask: Ask, runtime: Path, what: str) -> None:
        server = ask()["server"]
        for found in runtime.glob(f"sphinx-paramdoc/{what}"):
            shutil.rmtree(found) if found.is_dir() else found.unlink()
        other = ask()["server"]
        assert other != server
        wait_for(lambda: not lives(server))
        assert lives(other)

    def test_a_file_that_it_has_imported_changes(
        self, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "outside").mkdir()
        imported = tmp_path / "outside" / "outsider.py"
        imported.write_text("")
        (tmp_path / "outside" / "sitecustomize.py").write_text("import outsider\n")
        monkeypatch.setenv("PYTHONPATH", f"{tmp_path / 'outside'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
        for file in imported.parent.iterdir():  # a file of this moment may have been read before it changed
            os.utime(file, (1e9, 1e9))
        server = ask()["server"]
        assert ask()["server"] == server
        imported.write_text("changed = True\n")
        told: list[str] = []
        other = ask(told=told)["server"]
        assert (other != server, told, lives(other)) == (True, [], True)
        wait_for(lambda: not lives(server))

    def test_a_folder_that_others_may_enter_is_not_used(self, ask: Ask, runtime: Path) -> None:
        (runtime / "sphinx-paramdoc").mkdir(mode=0o755)
        (runtime / "sphinx-paramdoc").chmod(0o755)
        told: list[str] = []
        server = ask(told=told)["server"]
        assert told == [
            f"the server of this build is not kept: {runtime}/sphinx-paramdoc is not a folder of this user alone"
        ]
        assert not lives(server)
        (runtime / "sphinx-paramdoc").rmdir()

    def test_the_disk_is_full(self, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
        original = Place.start

        def refuse(self: Place, *given: Any) -> Any:
            if self.is_kept:
                raise OSError(28, "No space left on device")
            return original(self, *given)

        monkeypatch.setattr(Place, "start", refuse)
        told: list[str] = []
        assert not lives(ask(told=told)["server"])
        assert told == ["the server of this build is not kept: No space left on device"]

    @pytest.mark.thorough
    def test_a_module_that_the_build_has_before_one_that_is_imported(self, ask: Ask, tmp_path: Path) -> None:
        (tmp_path / "other" / "h5py").mkdir(parents=True)
        (tmp_path / "other" / "h5py" / "__init__.py").write_text("__version__ = '0'")
        server = ask()["server"]
        told: list[str] = []
        session = Session(
            ServerSetup(
                preamble="import keras",
                path=[str(tmp_path / "other"), *sys.path],
                first_party=FirstParty(str(tmp_path)),
                keep=60,
            ),
            {},
            told.append,
        )
        try:
            job = Job(
                request=Request(code="import h5py\nassert h5py.__version__ == '0'\n" + DENSE),
                path=[str(tmp_path / "other"), *sys.path],
                directory=str(tmp_path),
                first_party=FirstParty(str(tmp_path)),
            )
            session.run(job)
            said = f"{tmp_path}/other/h5py stands before a module that it has imported"
            assert told == [f"the server of this build is not kept: {said}"]
        finally:
            session.close()
        assert lives(server)

    def test_where_no_process_can_be_forked(
        self, build: Build, make_job: MakeJob, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sessions, "CAN_FORK", False)
        told: list[str] = []
        session = build(told=told)
        session.open()
        assert isinstance(session.run(make_job(DENSE)), Success)
        assert told == ["no server is kept: on this system, processes that have a framework cannot be forked"]


class TestKey:
    def key(self, **given: str) -> str:
        setup = ServerSetup(preamble=given.pop("preamble", "import keras"), path=[], first_party=FirstParty("/"))
        return kept.key(setup, {"HOME": "/nowhere", **given})

    @pytest.mark.parametrize(
        "given",
        [
            {"preamble": "import keras, jax"},
            *({name: "1"} for name in ("KERAS_BACKEND", "TF_X", "XLA_FLAGS", "CUDA_X", "JAX_X", "TORCH_X", "HOME")),
            *({name: "1"} for name in ("PYTHONPATH", "PYTHONHASHSEED", "OMP_X", "MKL_X", "LD_LIBRARY_PATH")),
        ],
    )
    def test_what_makes_another_server(self, given: dict[str, str]) -> None:
        assert self.key(**given) != self.key()

    @pytest.mark.parametrize("name", ["PATH", "VIRTUAL_ENV", "TMPDIR", "MYPROJECT_UNITS", "TERM", "SAID"])
    def test_what_travels_with_the_block(self, name: str) -> None:
        assert self.key(**{name: "1"}) == self.key()

    def test_installed_packages(self, tmp_path: Path) -> None:
        keys = [self.key(PYTHONPATH=str(tmp_path))]
        record = tmp_path / "package-1.dist-info" / "RECORD"
        record.parent.mkdir()
        for write in (
            lambda: record.write_text("package/__init__.py,,\n"),
            lambda: record.write_text("package/__init__.py,,\npackage/more.py,,\n"),
            lambda: record.parent.rename(tmp_path / "package-2.dist-info"),
            lambda: (tmp_path / "editable.pth").write_text("/somewhere\n"),
            lambda: (tmp_path / "editable.pth").write_text("/somewhere/else\n"),
        ):
            write()
            keys.append(self.key(PYTHONPATH=str(tmp_path)))
        assert len(set(keys)) == 6
        (tmp_path / "notes.txt").write_text("")
        assert self.key(PYTHONPATH=str(tmp_path)) == keys[-1]

    def test_the_configuration_of_keras(self, tmp_path: Path) -> None:
        before = self.key(KERAS_HOME=str(tmp_path))
        (tmp_path / "keras.json").write_text('{"floatx": "float16"}')
        assert self.key(KERAS_HOME=str(tmp_path)) != before
        (tmp_path / "keras.json").write_text("{")
        assert self.key(KERAS_HOME=str(tmp_path)) != before

    def test_not_what_keras_writes_at_its_first_import(self, tmp_path: Path) -> None:
        before = self.key(KERAS_HOME=str(tmp_path))
        environment = {**os.environ, "KERAS_HOME": str(tmp_path), "KERAS_BACKEND": "numpy"}
        subprocess.run([sys.executable, "-c", "import keras"], env=environment, check=True)
        assert (tmp_path / "keras.json").exists()
        assert self.key(KERAS_HOME=str(tmp_path)) == before


def test_a_failure_is_told_as_by_the_server_of_a_build(build: Build, make_job: MakeJob) -> None:
    answers = [build(keep).run(make_job("1 / 0")) for keep in (60, 0)]
    assert all(isinstance(answer, Failure) for answer in answers)
    assert failure(answers[0]) == failure(answers[1])
