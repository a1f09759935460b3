"""What blocks do to their process, to the server and to the system, and that nothing of it stays."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sphinx_paramdoc.execution import Failure, Session, Success
from tests.sphinx_paramdoc.execution.conftest import MakeJob
from tests.sphinx_paramdoc.execution.leftovers import DENSE, MARK, SLEEPER, failure, processes
from tests.waiting import wait_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="a framework is forked on Linux alone"),
]


class TestFaults:
    """Each fault gives one failure at its line, and the next block runs as if nothing had been."""

    @pytest.fixture(autouse=True)
    def _the_next_block_runs(self, session: Session, make_job: MakeJob) -> Iterator[None]:
        yield
        response = session.run(make_job(f"{DENSE}  # {time.time()}"))
        assert isinstance(response, Success), response
        assert [layer.name for layer in response.model.layers] == ["dense"]

    @pytest.mark.parametrize(
        ("code", "expected"),
        [
            ("x = 1\nwhile True: pass", ("timeout", "the block did not end within 2 seconds", 2)),
            (
                "import time\ntry:\n    time.sleep(60)\nexcept BaseException: pass",
                ("timeout", "the block did not end within 2 seconds", 3),
            ),
            (
                "import signal\nsignal.signal(signal.SIGABRT, signal.SIG_IGN)\nwhile True: pass",
                ("timeout", "the block did not end within 2 seconds", None),
            ),
            (
                "import os\nos._exit(3)",
                ("execution", "the block ended its process with status 3 before it gave a model", None),
            ),
            ("import sys\nsys.exit(2)", ("execution", "SystemExit: 2", 2)),
            ("raise KeyboardInterrupt", ("execution", "KeyboardInterrupt", 1)),
            (
                "import ctypes\n\nctypes.string_at(0)",
                ("execution", "the block was ended by SIGSEGV before it gave a model", 3),
            ),
            (
                "import os\nos.kill(os.getpid(), 9)",
                ("execution", "the block was ended by SIGKILL before it gave a model", None),
            ),
            pytest.param(
                "import os\nos.kill(os.getppid(), 9)",
                ("execution", "the process that runs the blocks was ended while it ran this one", None),
                marks=pytest.mark.thorough,
            ),
            ("def f(): f()\nf()", ("execution", "RecursionError: maximum recursion depth exceeded", 1)),
            (
                "while True: print('x' * 10_000)",
                ("execution", "the block wrote more than 64 MiB of output", 1),
            ),
            (
                f"import threading as t, time\nt.Thread(target=time.sleep, args=(600,), name='late').start()\n{DENSE}",
                ("execution", "the block left a thread running (late): end it with join(), or make it a daemon", None),
            ),
        ],
    )
    def test_a_block_that_goes_wrong(
        self, session: Session, make_job: MakeJob, code: str, expected: tuple[str, str, int | None]
    ) -> None:
        kind, message, line = failure(session.run(make_job(code, timeout=2)))
        assert (kind, message) == expected[:2]
        assert expected[2] is None or line == expected[2]

    @pytest.mark.parametrize(
        "code",
        [
            f"import subprocess, sys\nsubprocess.Popen({SLEEPER})",
            f"import subprocess, sys\nsubprocess.Popen({SLEEPER}, start_new_session=True)",
            (
                "import os, sys\nif not os.fork():\n    os.setsid()\n    os.fork() and os._exit(0)\n"
                f"    os.execv(sys.executable, {SLEEPER})"
            ),
        ],
        # The codes themselves differ between pytest-xdist's workers.
        ids=["child", "session", "orphan"],
    )
    def test_processes_that_are_left(self, session: Session, make_job: MakeJob, code: str) -> None:
        _, message, _ = failure(session.run(make_job(f"{code}\n{DENSE}")))
        assert message.startswith("the block left a process running (")

    @pytest.mark.parametrize("end", ["os._exit(3)", "os.kill(os.getpid(), 9)", "while True: pass"])
    def test_processes_that_are_left_by_a_block_that_ends_badly(
        self, session: Session, make_job: MakeJob, end: str
    ) -> None:
        code = f"import os, subprocess, sys\nsubprocess.Popen({SLEEPER}, start_new_session=True)\n{end}"
        failure(session.run(make_job(code, timeout=2)))
        wait_for(lambda: not processes(MARK))

    def test_output_that_is_no_text(self, session: Session, make_job: MakeJob) -> None:
        code = "import sys\nsys.stdout.buffer.write(bytes(range(256)) * 100 + b'the end')\nx = y"
        response = session.run(make_job(code))
        assert failure(response) == ("execution", "NameError: name 'y' is not defined", 3)
        assert isinstance(response, Failure)
        assert response.output.endswith("the end")
        assert len(response.output) <= 4000

    @pytest.mark.thorough
    def test_processes_that_are_left_by_a_block_that_kills_the_server(
        self, session: Session, make_job: MakeJob
    ) -> None:
        code = (
            f"import os, subprocess, sys\nsubprocess.Popen({SLEEPER}, start_new_session=True)\nos.kill(os.getppid(), 9)"
        )
        assert "was ended while it ran this one" in failure(session.run(make_job(code)))[1]
        wait_for(lambda: not processes(MARK))

    @pytest.mark.thorough
    def test_the_failure_that_came_further_is_told(self, session: Session, make_job: MakeJob) -> None:
        """Real weights do not fit; with abstract ones the block comes to the line that is wrong."""
        code = (
            "m = keras.Sequential([keras.Input((3,)), keras.layers.Dense(10**12)])\n"
            "n = 3\nkeras.layers.Dense(2)(keras.ops.ones((1, 'x')))"
        )
        _, message, line = failure(session.run(make_job(code, memory=2**28, timeout=20)))
        assert line == 3, message

    def test_a_slip_is_not_tried_again_with_real_weights(
        self, session: Session, make_job: MakeJob, tmp_path: Path
    ) -> None:
        code = f"open('runs.txt', 'a').write('x')\nm = {DENSE}\nm.nonsense()"
        kind, message, line = failure(session.run(make_job(code)))
        assert (kind, line) == ("execution", 3)
        assert message.startswith("AttributeError: 'Sequential' object has no attribute 'nonsense'")
        assert (tmp_path / "runs.txt").read_text() == "x"

    def test_the_time_is_that_of_both_tries_and_told_as_it_was_given(self, session: Session, make_job: MakeJob) -> None:
        code = (
            "import time\ntime.sleep(1)\nif keras.layers.Dense(1)(keras.ops.ones((1, 1))).numpy().any(): time.sleep(60)"
        )
        assert failure(session.run(make_job(code, timeout=3)))[1] == "the block did not end within 3 seconds"

    def test_memory(self, session: Session, make_job: MakeJob) -> None:
        code = "import numpy\nx = numpy.ones(2**31, 'uint8')\nimport time\ntime.sleep(60)"
        kind, message, _ = failure(session.run(make_job(code, memory=2**28)))
        assert kind == "memory"
        assert message.endswith("of memory, more than the 256 MiB allowed")

    def test_memory_of_processes_that_a_block_starts(self, session: Session, make_job: MakeJob) -> None:
        hungry = "import numpy, time; x = numpy.ones(2**29, 'uint8'); time.sleep(60)"
        code = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {hungry!r}])"
        assert failure(session.run(make_job(code, memory=2**28)))[0] == "memory"


@pytest.mark.parametrize(
    "code",
    [
        "import sys; sys.stdout = None; sys.stderr = object()",
        "import sys; sys.stdout.close(); sys.stderr.close()",
        "import os; os.closerange(0, 500)",
        "import sys; sys.stdout.buffer.write(bytes(range(256)) * 1000)",
        "import subprocess, sys; subprocess.Popen([sys.executable, '-c', ''])",
        "import threading; threading.Thread(target=print).start()",
        "import concurrent.futures as f; f.ThreadPoolExecutor().submit(print)",
        "import os\nif os.fork() == 0: raise SystemExit",
        "import sys; sys.stdout = sys.stderr = open('log.txt', 'w'); print('log')",
        "import sys\nclass Lazy:\n    def __getattr__(self, name): raise RuntimeError\nsys.modules['lazy'] = Lazy()",
    ],
)
def test_what_spoils_no_model(session: Session, make_job: MakeJob, code: str) -> None:
    response = session.run(make_job(f"{code}\n{DENSE}"))
    assert isinstance(response, Success), response
    assert response.model.variables == "abstract"
