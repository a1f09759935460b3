"""The real thing: a request, a process, an answer."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from sphinx_paramdoc.execution import Failure, Request, Response, Source, Success, import_path, run

pytestmark = pytest.mark.slow


def respond(code: str, directory: Path) -> Response:
    return run(Request(code=Source(code, "page.rst", 10), path=sys.path, directory=str(directory)))


def test_code_that_needs_values_runs_with_real_weights_by_itself(tmp_path: Path) -> None:
    model = "m = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])\nm.compile('adam', 'mse')\n"
    fit = "m.fit(keras.ops.ones((1, 3)), keras.ops.ones((1, 2)), verbose=0)"
    for code, variables in ((model, "abstract"), (f"{model}{fit}", "real")):
        response = respond(code, tmp_path)
        assert isinstance(response, Success), response
        assert response.model.variables == variables
        assert sum(weight.count for weight in response.model.weights) == 8


def test_what_a_block_does_stays_in_its_process(tmp_path: Path) -> None:
    code = (
        "import os, sys, threading, time\n"
        "os.environ['PARAMDOC_LEAK'] = '1'\nos.chdir('/')\nsys.path.clear()\n"
        "threading.Thread(target=time.sleep, args=(600,)).start()\n"
        "print('flood'); sys.stdout.close(); os.close(2)\n"
        "keras.layers.Dense(2, name=os.path.basename(os.getcwd()) or 'root')(keras.Input((3,)))\n"
        "keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])"
    )
    before = (Path.cwd(), list(sys.path), threading.active_count())
    response = respond(code, tmp_path)
    assert isinstance(response, Success), response
    assert response.model.variables == "abstract"
    assert (Path.cwd(), list(sys.path), threading.active_count()) == before
    assert "PARAMDOC_LEAK" not in os.environ


def test_output_is_shown_where_a_block_fails_and_standard_input_is_empty(tmp_path: Path) -> None:
    code = "import os\nprint('by print', flush=True)\nos.system('echo by a child')\nprint(os.getcwd())\ninput()"
    response = respond(code, tmp_path)
    assert isinstance(response, Failure)
    assert (response.message, response.line) == ("EOFError: EOF when reading a line", 14)
    assert response.output.split() == ["by", "print", "by", "a", "child", str(tmp_path)]


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("import os; os._exit(0)", "the block ended its process with status 0 before it gave a model"),
        ("import os; os.abort()", "the block was ended by SIGABRT before it gave a model"),
    ],
)
def test_a_process_that_ends_without_an_answer(tmp_path: Path, statement: str, message: str) -> None:
    response = respond(statement, tmp_path)
    assert isinstance(response, Failure)
    assert response.message == message


DENSE = "keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])"


@pytest.mark.parametrize(
    "statement",
    [
        "import sys; sys.stdout = None; sys.stderr = object()",
        "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(20)'])",
        "import os\nif os.fork() == 0: raise SystemExit",
        "import sys; sys.stdout = sys.stderr = open('log.txt', 'w'); print('log')",
    ],
)
def test_what_a_block_leaves_behind_spoils_no_model(tmp_path: Path, statement: str) -> None:
    response = respond(f"{statement}\n{DENSE}", tmp_path)
    assert isinstance(response, Success), response
    assert response.model.variables == "abstract"


def test_a_message_that_is_not_unicode_is_escaped(tmp_path: Path) -> None:
    response = respond("raise ValueError('bad \\udcff')", tmp_path)
    assert isinstance(response, Failure)
    assert (response.message, response.line) == ("ValueError: bad \\udcff", 10)


def test_control_characters_reach_no_page(tmp_path: Path) -> None:
    code = (
        "class Bad(keras.layers.Layer):\n    def call(self, x): return keras.ops.matmul(x, keras.ops.ones((5, 5)))\n"
        "print('\\x1b[31mred\\x1b[0m\\x00 and\\ttabs')\nBad()(keras.Input((3,)))"
    )
    response = respond(code, tmp_path)
    assert isinstance(response, Failure)
    assert "Exception encountered when calling Bad.call()" in response.message
    assert response.line == 11
    assert "red and\ttabs" in response.output
    shown = response.message + response.traceback + response.output
    assert not [sign for sign in shown if ord(sign) < 32 and sign not in "\n\t"]
    assert "[31m" not in shown


def test_modules_that_load_lazily_are_left_alone(tmp_path: Path) -> None:
    code = (
        "import sys\nclass Lazy:\n    def __getattr__(self, name): raise RuntimeError(name)\n"
        f"sys.modules['lazy'] = Lazy()\n{DENSE}"
    )
    assert isinstance(respond(code, tmp_path), Success)


def test_odd_entries_of_the_import_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [Path("/nowhere"), "", "relative", *sys.path])
    assert import_path()[:2] == [str(tmp_path), str(tmp_path / "relative")]
    assert import_path("/docs")[:3] == [str(tmp_path), str(tmp_path / "relative"), "/docs/relative"]


def test_where_keras_is_missing_the_message_says_how_to_get_it(tmp_path: Path) -> None:
    (tmp_path / "keras.py").write_text("raise ImportError('no backend')\n")
    response = run(Request(code=Source("x = 3", "page.rst"), path=[str(tmp_path), *sys.path], directory=str(tmp_path)))
    assert isinstance(response, Failure)
    assert response.message == (
        "Keras cannot be imported (no backend): install it where the documentation is built, "
        "pip install 'sphinx-paramdoc[tensorflow]'"
    )
