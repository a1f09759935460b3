"""A fresh process for a block, as terminals and systems without a fork have it."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from sphinx_paramdoc.execution import Failure, Success
from sphinx_paramdoc.execution.fresh import run
from sphinx_paramdoc.machine import import_path
from tests.sphinx_paramdoc.execution.conftest import MakeJob

pytestmark = [pytest.mark.slow, pytest.mark.on_numpy]


@pytest.mark.thorough
def test_code_that_needs_values_runs_with_real_weights_by_itself(
    make_job: MakeJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KERAS_BACKEND")  # TensorFlow is what it is about
    model = "m = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])\nm.compile('adam', 'mse')\n"
    fit = "m.fit(keras.ops.ones((1, 3)), keras.ops.ones((1, 2)), verbose=0)"
    for code, variables in ((model, "abstract"), (f"{model}{fit}", "real")):
        response = run(make_job(code))
        assert isinstance(response, Success), response
        assert response.model.variables == variables
        assert sum(weight.count for weight in response.model.weights) == 8


def test_what_a_block_does_stays_in_its_process(make_job: MakeJob) -> None:
    code = (
        "import os, sys, threading, time\n"
        "os.environ['PARAMDOC_LEAK'] = '1'\nos.chdir('/')\nsys.path.clear()\n"
        "threading.Thread(target=time.sleep, args=(600,), daemon=True).start()\n"
        "print('flood'); sys.stdout.close(); os.close(2)\n"
        "keras.layers.Dense(2, name=os.path.basename(os.getcwd()) or 'root')(keras.Input((3,)))\n"
        "keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])"
    )
    before = (Path.cwd(), list(sys.path), threading.active_count())
    response = run(make_job(code))
    assert isinstance(response, Success), response
    assert response.model.variables == "abstract"
    assert (Path.cwd(), list(sys.path), threading.active_count()) == before
    assert "PARAMDOC_LEAK" not in os.environ


def test_output_is_shown_where_a_block_fails_and_standard_input_is_empty(make_job: MakeJob, tmp_path: Path) -> None:
    code = "import os\nprint('by print', flush=True)\nos.system('echo by a child')\nprint(os.getcwd())\ninput()"
    response = run(make_job(code))
    assert isinstance(response, Failure)
    assert (response.message, response.frames[-1].line) == ("EOFError: EOF when reading a line", 5)
    assert response.output.split() == ["by", "print", "by", "a", "child", str(tmp_path)]


@pytest.mark.parametrize(
    ("code", "kind", "message", "lines"),
    [
        ("import os\nos._exit(0)", "execution", "the block ended its process with status 0 before it gave a model", []),
        pytest.param(
            *("import os\nos.abort()", "execution", "the block was ended by SIGABRT before it gave a model", [2]),
            marks=pytest.mark.thorough,
        ),
        ("x = 3\nwhile True: x += 1", "timeout", "the block did not end within 1 second", [2]),
    ],
)
def test_a_process_that_ends_without_an_answer(
    make_job: MakeJob, code: str, kind: str, message: str, lines: list[int]
) -> None:
    response = run(make_job(code, timeout=1))
    assert isinstance(response, Failure)
    assert (response.kind, response.message) == (kind, message)
    assert [frame.line for frame in response.frames] == lines


def test_memory_is_counted_beyond_the_imported_framework(make_job: MakeJob) -> None:
    dense = "keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])"
    assert isinstance(run(make_job(dense, memory=100 * 2**20)), Success)
    hungry = f"import numpy, time\nx = numpy.ones(200 * 2**20, 'uint8')\ntime.sleep(60)\n{dense}"
    response = run(make_job(hungry, memory=100 * 2**20))
    assert isinstance(response, Failure)
    assert response.kind == "memory"
    assert response.message.endswith("MiB of memory, more than the 100 MiB allowed")


@pytest.mark.thorough
def test_a_message_that_is_not_unicode_is_escaped(make_job: MakeJob) -> None:
    response = run(make_job("raise ValueError('bad \\udcff')"))
    assert isinstance(response, Failure)
    assert response.message == "ValueError: bad \\udcff"


def test_control_characters_reach_no_page(make_job: MakeJob) -> None:
    code = (
        "class Bad(keras.layers.Layer):\n    def call(self, x): return keras.ops.matmul(x, keras.ops.ones((5, 5)))\n"
        "print('\\x1b[31mred\\x1b[0m\\x00 and\\ttabs')\nBad()(keras.Input((3,)))"
    )
    response = run(make_job(code))
    assert isinstance(response, Failure)
    assert "Exception encountered when calling Bad.call()" in response.message
    assert [frame.line for frame in response.frames] == [4, 2]
    assert "red and\ttabs" in response.output
    shown = response.message + response.output + "".join(frame.text for frame in response.frames)
    assert not [sign for sign in shown if ord(sign) < 32 and sign not in "\n\t"]
    assert "[31m" not in shown


def test_odd_entries_of_the_import_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [Path("/nowhere"), "", "relative", *sys.path])
    assert import_path()[:2] == [str(tmp_path), str(tmp_path / "relative")]
    assert import_path("/docs")[:3] == [str(tmp_path), str(tmp_path / "relative"), "/docs/relative"]


def test_where_keras_is_missing_the_message_says_how_to_get_it(make_job: MakeJob, tmp_path: Path) -> None:
    (tmp_path / "keras.py").write_text("raise ImportError('no backend')\n")
    response = run(make_job("x = 3", path=[str(tmp_path), *sys.path]))
    assert isinstance(response, Failure)
    assert response.message == ("Keras cannot be imported (no backend): pip install 'sphinx-paramdoc[tensorflow]'")
    assert response.way_out == "framework"
