"""No wait is without a limit, and what harms the server harms no other block."""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import psutil
import pytest

from sphinx_paramdoc.execution import Failure, Response, ServerSetup, Session, Success
from sphinx_paramdoc.execution import session as sessions
from sphinx_paramdoc.execution.fresh import run
from sphinx_paramdoc.machine import FirstParty
from tests.sphinx_paramdoc.execution.conftest import MakeJob
from tests.sphinx_paramdoc.execution.leftovers import DENSE, failure
from tests.waiting import wait_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.thorough,
    pytest.mark.on_numpy,
    pytest.mark.skipif(sys.platform != "linux", reason="a framework is forked on Linux alone"),
]


@pytest.fixture
def own_session(tmp_path: Path) -> Iterator[Session]:
    """A session of its own, in a folder for temporary files of its own, of which nothing stays."""
    made = Session(
        ServerSetup(preamble="import keras", path=sys.path, first_party=FirstParty("/nowhere")),
        {},
    )
    yield made
    folder = made._folder
    made.close()
    assert folder is None or not folder.exists()


def servers(session: Session) -> list[int]:
    return [server.pid for server in session._servers if server.poll() is None]


def session_with(tmp_path: Path, text: str) -> Session:
    """Give a session whose server imports an installed package of that text."""
    site = tmp_path / "lib" / "site-packages"
    site.mkdir(parents=True)
    (site / "mischief.py").write_text(text)
    setup = ServerSetup(
        preamble="import keras, mischief", path=[str(site), *sys.path], first_party=FirstParty("/nowhere")
    )
    return Session(setup, {})


@pytest.mark.thorough
def test_a_server_that_is_stopped(own_session: Session, make_job: MakeJob, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "_GRACE", 3.0)
    stops = "import os, signal, time\nos.kill(os.getppid(), signal.SIGSTOP)\ntime.sleep(60)"
    innocent = make_job(f"import time; time.sleep(0.5)\n{DENSE}", timeout=5)
    answers: list[Response] = []
    thread = threading.Thread(target=lambda: answers.append(own_session.run(innocent)))
    own_session.prefetch([innocent])
    thread.start()
    message = failure(own_session.run(make_job(stops, timeout=2)))[1]
    thread.join(60)
    assert message == "the process that runs the blocks did not answer any more while it ran this one"
    assert [type(answer) for answer in answers] == [Success]
    assert isinstance(own_session.run(make_job(DENSE)), Success)
    assert len(servers(own_session)) == 1


def test_a_server_that_never_answers(tmp_path: Path, make_job: MakeJob, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "_GRACE", 1.0)
    monkeypatch.setattr(sessions, "LONGEST_IMPORT", 1.0)
    made = session_with(tmp_path, "import time\ntime.sleep(600)\n")
    try:
        message = failure(made.run(make_job(DENSE, timeout=1)))[1]
        assert message == "the process that imports Keras and runs the blocks does not answer before it is ready"
        wait_for(lambda: not servers(made))
    finally:
        made.close()


@pytest.mark.parametrize("error", ["BlockingIOError(11, 'no more')", "OSError(12, 'no more')"])
def test_a_server_that_cannot_fork(tmp_path: Path, make_job: MakeJob, error: str) -> None:
    made = session_with(tmp_path, f"import os\ndef fork(): raise {error}\nos.fork = fork\n")
    try:
        for _ in range(2):
            assert failure(made.run(make_job(DENSE)))[1] == "no process could be started for the block: no more"
        assert len(servers(made)) == 1
    finally:
        made.close()


def test_a_server_that_cannot_fork_while_a_block_runs(tmp_path: Path, make_job: MakeJob) -> None:
    """The block waits for the other one to end."""
    made = session_with(
        tmp_path,
        "import os, psutil\nreal = os.fork\ndef fork():\n"
        "    if psutil.Process().children(): raise BlockingIOError(11, 'no more')\n    return real()\nos.fork = fork\n",
    )
    try:
        jobs = [make_job(f"import time; time.sleep({seconds})\n{DENSE}") for seconds in (3, 0)]
        made.prefetch(jobs)
        assert [type(made.run(job)) for job in reversed(jobs)] == [Success, Success]
    finally:
        made.close()


def test_a_process_that_cannot_be_started_at_all(make_job: MakeJob, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "no more")

    monkeypatch.setattr("subprocess.Popen", refuse)
    assert failure(run(make_job(DENSE)))[1] == "no process could be started for the block: no more"
    made = Session(ServerSetup(preamble="", path=sys.path, first_party=FirstParty("/nowhere")), {})
    message = failure(made.run(make_job(DENSE)))[1]
    assert message == "the process that imports Keras and runs the blocks ends before it is ready: no more"
    made.close()


@pytest.mark.parametrize("what", ["*", "*.socket", "*.final", "lock"])
def test_a_block_that_deletes_files_for_temporary_use(own_session: Session, make_job: MakeJob, what: str) -> None:
    done = make_job(f"{DENSE}  # done before")
    own_session.prefetch([done])
    own_session.run(make_job(f"{DENSE}  # first"))
    folder = own_session._folder
    assert folder
    one_by_one = f"[file.unlink() for file in Path({str(folder)!r}).glob({what!r})]"
    delete = f"shutil.rmtree({str(folder)!r})" if what == "*" else one_by_one
    culprit = f"import shutil\nfrom pathlib import Path\n{delete}\n{DENSE}"
    assert isinstance(own_session.run(make_job(culprit)), Success)
    assert isinstance(own_session.run(done), Success)
    assert isinstance(own_session.run(make_job(f"{DENSE}  # the next")), Success)
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "frame", [b"\xff\xfe\n", b'{"type":' * 100_000 + b"\n", b"[\n", b"{}\n", b'{"type":"run","job":"\\ud800"}\n', b""]
)
def test_a_frame_that_is_none_does_not_end_the_server(session: Session, make_job: MakeJob, frame: bytes) -> None:
    assert isinstance(session.run(make_job(DENSE)), Success)
    before = servers(session)
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(session._place(None).address))
        connection.settimeout(20)
        connection.sendall(frame)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            pass
    assert isinstance(session.run(make_job(f"{DENSE}  # {frame[:9]!r}")), Success)
    assert servers(session) == before


class TestNoUnicode:
    def test_code(self, session: Session, make_job: MakeJob) -> None:
        for response in (session.run(make_job("x = 1\ny = '\udcff'")), run(make_job("x = 1\ny = '\udcff'"))):
            assert failure(response) == ("execution", "the code holds \\udcff, which is no Unicode", 2)

    def test_folders(self, session: Session, make_job: MakeJob, tmp_path: Path) -> None:
        folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
        folder.mkdir()
        (folder / "own_odd.py").write_text("UNITS = 2\n")
        code = f"import own_odd\nopen('data.txt')\n{DENSE}"
        (folder / "data.txt").touch()
        job = make_job(code, path=[str(folder), *sys.path], directory=str(folder), first_party=FirstParty(str(folder)))
        made = Session(ServerSetup(preamble="import keras", path=job.path, first_party=job.first_party), {})
        try:
            for response in (made.run(job), run(job)):
                assert isinstance(response, Success), response
                assert response.modules == {"own_odd": str(folder / "own_odd.py")}
                assert response.files == [str(folder / "data.txt")]
        finally:
            made.close()

    def test_names(self, session: Session, make_job: MakeJob) -> None:
        names = ["a\x1b[31mb", "\u202eb", "\ufffe", "\udcff", "x\ny"]
        layers = "".join(f", keras.layers.Dense(2, name={name!r})" for name in names)
        response = session.run(make_job(f"keras.Sequential([keras.Input((3,)){layers}])"))
        assert isinstance(response, Success), response
        shown = ["a\\x1b[31mb", "\\u202eb", "\\ufffe", "\\udcff", "x\\x0ay"]
        assert [layer.name for layer in response.model.layers] == shown


def test_what_the_same_request_gives_in_a_fork_and_in_a_fresh_process(session: Session, make_job: MakeJob) -> None:
    job = make_job(f"import yaml, psutil\n{DENSE}")
    forked, fresh = session.run(job), run(job)
    assert isinstance(forked, Success)
    assert forked == fresh
    assert forked.versions == {"PyYAML": forked.versions["PyYAML"], "psutil": psutil.__version__}


def test_failures_hold_no_sign_that_no_page_can_hold(session: Session, make_job: MakeJob) -> None:
    response = session.run(make_job("raise ValueError('\\x1b[31mred\\x1b[0m \\x00 \\u202e \\ufffe \\udcff\\n\\tend')"))
    assert isinstance(response, Failure)
    assert response.message == "ValueError: red \\x00 \\u202e \\ufffe \\udcff\n\tend"
    assert msgspec.json.encode(response)
