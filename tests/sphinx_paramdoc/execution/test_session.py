"""The server: it is shared, blocks do not reach each other, and it ends with the build."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from sphinx_paramdoc.execution import Failure, Response, ServerSetup, Session, Success
from sphinx_paramdoc.machine import FirstParty
from tests.sphinx_paramdoc.execution.conftest import MakeJob
from tests.sphinx_paramdoc.execution.leftovers import DENSE, MARK, SLEEPER, failure, processes
from tests.waiting import wait_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="a framework is forked on Linux alone"),
]


def test_blocks_do_not_reach_each_other(session: Session, make_job: MakeJob) -> None:
    mischief = (
        "import os, sys\nos.environ['LEAK'] = '1'\nos.chdir('/')\nsys.path.insert(0, '/leak')\n"
        "keras.layers.Dense = None\nsys.modules['leak'] = sys\nkeras.config.set_floatx('float16')\n"
        "keras.layers.Flatten()"
    )
    assert isinstance(session.run(make_job(mischief)), Success)
    code = (
        "import os, sys\nassert 'LEAK' not in os.environ and os.getcwd() != '/'\n"
        f"assert 'leak' not in sys.modules and '/leak' not in sys.path\n{DENSE}"
    )
    response = session.run(make_job(code))
    assert isinstance(response, Success), response
    assert [weight.path for weight in response.model.weights] == ["dense/kernel", "dense/bias"]
    assert {weight.dtype for weight in response.model.weights} == {"float32"}


def test_a_block_runs_once_for_all_who_ask(session: Session, make_job: MakeJob, tmp_path: Path) -> None:
    job = make_job(f"open('runs.txt', 'a').write('x')\nimport time; time.sleep(0.5)\n{DENSE}")
    answers: list[Response] = []
    threads = [threading.Thread(target=lambda: answers.append(session.run(job))) for _ in range(3)]
    session.prefetch([job])
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 3
    assert all(answer == answers[0] for answer in answers)
    assert (tmp_path / "runs.txt").read_text() == "x"


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="there is one core")
def test_independent_blocks_run_side_by_side(session: Session, make_job: MakeJob) -> None:
    # Each waits for the file of the other: one after the other they would fail.
    def meet(mine: str, other: str) -> str:
        return (
            f"from pathlib import Path; import time\nPath('{mine}').touch()\nend = time.monotonic() + 20\n"
            f"while not Path('{other}').exists():\n    assert time.monotonic() < end\n    time.sleep(0.01)\n{DENSE}"
        )

    longer_than_any_clock_counts = 1e80
    jobs = [make_job(meet("a", "b"), timeout=longer_than_any_clock_counts), make_job(meet("b", "a"))]
    session.prefetch(jobs)
    assert [type(session.run(job)) for job in jobs] == [Success, Success]


@pytest.mark.on_numpy
def test_a_server_that_is_killed_costs_no_other_block(make_job: MakeJob) -> None:
    """A block that kills the server is at fault; one that ran beside it runs again."""
    with_server = Session(ServerSetup(preamble="import keras", path=sys.path, first_party=FirstParty("/nowhere")), {})
    try:
        killer = make_job("import os, time\ntime.sleep(0.5)\nos.kill(os.getppid(), 9)")
        innocent = make_job(f"import time\ntime.sleep(1)\n{DENSE}")
        with_server.prefetch([killer, innocent])
        answers: dict[str, Response] = {}
        threads = [
            threading.Thread(target=lambda name=name, job=job: answers.update({name: with_server.run(job)}))
            for name, job in (("killer", killer), ("innocent", innocent))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert isinstance(answers["innocent"], Success), answers["innocent"]
        assert failure(answers["killer"])[1] == "the process that runs the blocks was ended while it ran this one"
    finally:
        with_server.close()


def test_threads_that_open_a_session_at_the_same_time_share_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made: list[Path] = []

    def make_slowly() -> Path:
        time.sleep(0.1)
        made.append(tmp_path / f"folder{len(made)}")
        made[-1].mkdir()
        return made[-1]

    monkeypatch.setattr("sphinx_paramdoc.execution.session._private_folder", make_slowly)
    opened = Session(ServerSetup(preamble="", path=sys.path, first_party=FirstParty("/nowhere")), {})
    threads = [threading.Thread(target=opened.open) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    opened.close()
    assert made == [tmp_path / "folder0"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.on_numpy
@pytest.mark.thorough
def test_killed_servers_do_not_count_against_a_block(make_job: MakeJob) -> None:
    made = Session(ServerSetup(preamble="import keras", path=sys.path, first_party=FirstParty("/nowhere")), {})
    try:
        killers = [make_job(f"import os\nos.kill(os.getppid(), 9)  # {number}") for number in range(2)]
        answers: list[Response] = []
        threads = [threading.Thread(target=lambda job=job: answers.append(made.run(job))) for job in killers]
        for thread in threads:
            thread.start()
        assert isinstance(made.run(make_job(DENSE)), Success)
        for thread in threads:
            thread.join()
        messages = {failure(answer)[1] for answer in answers}
        assert messages == {"the process that runs the blocks was ended while it ran this one"}
    finally:
        made.close()


def test_jobs_that_are_forgotten_leave_no_mark_on_others(session: Session, make_job: MakeJob) -> None:
    """A client that vanishes takes its job with it; the next jobs are other ones."""
    process = os.fork()
    if process == 0:
        session.run(make_job("import time; time.sleep(600)"))
        os._exit(0)
    time.sleep(0.3)
    first = session.run(make_job(DENSE.replace("2", "5")))
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    time.sleep(0.3)
    second, again = (session.run(make_job(DENSE.replace("2", "7"))) for _ in range(2))
    counts = [sum(w.count for w in r.model.weights) for r in (first, second, again) if isinstance(r, Success)]
    assert counts == [20, 28, 28]


def test_a_server_that_hangs_in_an_import_ends_with_the_build(tmp_path: Path) -> None:
    temporary, hangs = tmp_path / "tmp", tmp_path / "hangs"
    temporary.mkdir()
    hangs.mkdir()
    (hangs / "keras.py").write_text(
        f"import os, time\nopen({str(tmp_path / 'pids')!r}, 'w').write(f'{{os.getpid()}} ')\ntime.sleep(600)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", BUILD % SLEEPER, str(tmp_path)],
        env={**os.environ, "TMPDIR": str(temporary), "PYTHONPATH": str(hangs)},
        stderr=subprocess.DEVNULL,
    )
    pids = tmp_path / "pids"
    wait_for(lambda: pids.exists() and pids.read_text())
    process.kill()
    process.wait(30)
    wait_for(lambda: not psutil.pid_exists(int(pids.read_text())))
    wait_for(lambda: not list(temporary.iterdir()))


@pytest.mark.on_numpy
def test_what_the_preamble_imports_of_installed_packages_is_imported_once(make_job: MakeJob, tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text("VALUE = 1\n")
    preamble = "import keras, own\nimport email.mime.audio, pygments.lexers.python"
    path = [str(tmp_path), *sys.path]
    made = Session(ServerSetup(preamble=preamble, path=path, first_party=FirstParty(str(tmp_path))), {})
    check = "import sys\nloaded = {'own', 'pygments.lexers.python'} & set(sys.modules)"
    try:
        code = f"{check}\nassert loaded == {{'pygments.lexers.python'}}, loaded\nimport own\n{DENSE}"
        response = made.run(make_job(code, preamble="import keras", path=path))
        assert isinstance(response, Success), response
        assert response.modules == {"own": str(tmp_path / "own.py")}
    finally:
        made.close()


@pytest.mark.thorough
def test_a_package_that_starts_threads_is_left_to_the_blocks(make_job: MakeJob, tmp_path: Path) -> None:
    """A process with threads of its own is none to fork."""
    site = tmp_path / "lib" / "site-packages"
    site.mkdir(parents=True)
    (site / "threaded.py").write_text(
        "import threading, time, os\nPROCESS = os.getpid()\n"
        "threading.Thread(target=time.sleep, args=(600,), daemon=True).start()\n"
    )
    path = [str(site), *sys.path]
    made = Session(ServerSetup(preamble="import keras, threaded", path=path, first_party=FirstParty("/nowhere")), {})
    try:
        code = f"import os\nassert threaded.PROCESS == os.getpid()\n{DENSE}"
        assert isinstance(made.run(make_job(code, preamble="import keras, threaded", path=path)), Success)
    finally:
        made.close()


@pytest.mark.parametrize(
    "code",
    [
        f"{DENSE}.summary()\n{DENSE}",
        *(
            pytest.param(code, marks=pytest.mark.thorough)
            for code in (
                "import os\nos._exit(3)",
                "def f(): raise ValueError('no')\nprint('so far')\nf()",
                "x = 3\nwhile True: x += 1",
                (
                    "m = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])\nm.compile('adam', 'mse')\n"
                    "m.fit(keras.ops.ones((1, 3)), keras.ops.ones((1, 2)), verbose=0)\nm"
                ),
                f"import threading as t, time\nt.Thread(target=time.sleep, args=(600,), name='late').start()\n{DENSE}",
                f"import subprocess, sys\nsubprocess.Popen({SLEEPER}, start_new_session=True)\n{DENSE}",
            )
        ),
    ],
)
def test_without_a_fork_the_results_are_the_same(
    session: Session, make_job: MakeJob, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setattr("sphinx_paramdoc.execution.session.CAN_FORK", False)
    without = Session(ServerSetup(preamble="import keras", path=sys.path, first_party=FirstParty("/nowhere")), {})
    job = make_job(code, timeout=3 if "while True" in code else 60)
    without.prefetch([job])
    assert without.run(job) == session.run(job)
    assert [without.first_time("x") for _ in range(2)] == [True, False]
    without.close()


def test_where_keras_is_missing(make_job: MakeJob, tmp_path: Path) -> None:
    (tmp_path / "keras.py").write_text("raise ImportError('no backend')\n")
    path = [str(tmp_path), *sys.path]
    made = Session(ServerSetup(preamble="import keras", path=path, first_party=FirstParty("/nowhere")), {})
    try:
        assert failure(made.run(make_job("x = 3", path=path)))[1].startswith("Keras cannot be imported (no backend)")
    finally:
        made.close()


def test_where_keras_ends_the_server(make_job: MakeJob, tmp_path: Path) -> None:
    (tmp_path / "keras.py").write_text("import os, sys\nprint('no way', file=sys.stderr, flush=True)\nos._exit(1)\n")
    path = [str(tmp_path), *sys.path]
    made = Session(ServerSetup(preamble="import keras", path=path, first_party=FirstParty("/nowhere")), {})
    try:
        response = made.run(make_job("x = 3", path=path))
        assert isinstance(response, Failure)
        assert response.message == "the process that imports Keras and runs the blocks ends before it is ready"
        assert "no way" in response.output
    finally:
        made.close()


def test_environment_and_backend_reach_the_blocks(make_job: MakeJob) -> None:
    setup = ServerSetup(preamble="import keras", path=sys.path, first_party=FirstParty("/nowhere"))
    made = Session(setup, {"PARAMDOC_GIVEN": "yes"})
    try:
        code = f"import os\nassert os.environ['PARAMDOC_GIVEN'] == 'yes'\n{DENSE}"
        response = made.run(make_job(code, backend="tensorflow"))
        assert isinstance(response, Success), response
        assert "tensorflow" in response.model.frameworks
        assert "PARAMDOC_GIVEN" not in os.environ
        message = failure(made.run(make_job(DENSE, backend="nonsense")))[1]
        assert message.startswith("Keras cannot be imported (")
        assert "nonsense" in message
    finally:
        made.close()


BUILD = """
import sys, time
from sphinx_paramdoc.execution import *
from sphinx_paramdoc.machine import FirstParty
first_party = FirstParty("/nowhere")
session = Session(ServerSetup(preamble="import keras", path=sys.path, first_party=first_party), {})
request = Request(code="import os, subprocess, sys, time\\nopen('pids', 'w').write(f'{os.getpid()} {os.getppid()}')\\n"
                       "subprocess.Popen(%s)\\ntime.sleep(600)")
session.run(Job(request=request, path=sys.path, directory=sys.argv[1], first_party=first_party, timeout=600))
"""


@pytest.mark.on_numpy
@pytest.mark.parametrize(
    "number",
    [signal.SIGKILL, *(pytest.param(number, marks=pytest.mark.thorough) for number in (signal.SIGINT, signal.SIGTERM))],
)
def test_whatever_ends_the_build_ends_all(tmp_path: Path, number: signal.Signals) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-c", BUILD % SLEEPER, str(tmp_path)],
        env={**os.environ, "TMPDIR": str(temporary)},
        stderr=subprocess.DEVNULL,
    )
    pids = tmp_path / "pids"
    wait_for(lambda: pids.exists() and len(pids.read_text().split()) == 2 and processes(MARK))
    process.send_signal(number)
    process.wait(30)
    wait_for(lambda: not any(psutil.pid_exists(int(pid)) for pid in pids.read_text().split()))
    wait_for(lambda: not processes(MARK))
    wait_for(lambda: not list(temporary.iterdir()))
