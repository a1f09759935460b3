"""A fresh process for each block: the way to run one that works on every system."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO

import msgspec

from sphinx_paramdoc.execution.request import Failure, Request, Response, Success

_BOOTSTRAP = "import sys; sys.path[:] = sys.argv[1:]; from sphinx_paramdoc.execution.child import main; main()"
"""Imports from where this process does, so that the package is found however it was installed."""

_CONTROL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f]")

_MOST_OUTPUT = 4000
"""Of a failed block's output this many bytes are kept, the last ones."""


def run(request: Request) -> Response:
    """Run a block; with real weights where it cannot run with abstract ones.

    Nothing that the block does reaches this process. Whatever goes wrong is in the answer.
    """
    response = _run_once(request)
    if isinstance(response, Failure) and request.weights == "abstract" and response.depends_on_weights:
        return _run_once(msgspec.structs.replace(request, weights="real"))
    return response


def import_path(sources: str | Path = "") -> list[str]:
    """Give where this process imports from, whatever the working directory of another will be.

    :param sources: the folder of the documentation, where ``conf.py`` runs: a relative entry may be meant from there.
    """
    entries = [entry for entry in sys.path if isinstance(entry, str)]
    folders = [Path(base, entry) for entry in entries for base in ("", sources if entry else "")]
    return list(dict.fromkeys(str(folder.absolute()) for folder in folders))


def _run_once(request: Request) -> Response:
    # Files, not pipes: a process that the block left behind would keep a pipe open, and this one waiting.
    with tempfile.TemporaryFile() as question, tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as output:
        question.write(msgspec.json.encode(request))
        question.seek(0)
        status = subprocess.run(
            [sys.executable, "-P", "-c", _BOOTSTRAP, *import_path()],
            stdin=question,
            stdout=answer,
            stderr=output,
            check=False,
            # TensorFlow reads its log level when it is loaded; 3: what is an error raises an exception as well.
            env={"TF_CPP_MIN_LOG_LEVEL": "3", **os.environ},
        ).returncode
        response = _read(answer, status)
        return response if isinstance(response, Success) else _printable(response, _tail(output))


def _read(answer: BinaryIO, status: int) -> Response:
    answer.seek(0)
    try:
        response: Response = msgspec.json.decode(answer.read(), type=Response)
    except msgspec.DecodeError:
        message = f"the block {_how_it_ended(status)} before it gave a model"
        return Failure(kind="execution", message=message)
    return response


def _tail(output: BinaryIO) -> str:
    end = output.seek(0, os.SEEK_END)
    output.seek(max(end - _MOST_OUTPUT, 0))
    return output.read().decode("utf-8", "replace")


def _printable(failure: Failure, output: str) -> Failure:
    """Leave out colours and other control characters, which Keras puts into messages and no page can hold."""
    message, traceback, output = (_CONTROL.sub("", text) for text in (failure.message, failure.traceback, output))
    return msgspec.structs.replace(failure, message=message, traceback=traceback, output=output)


def _how_it_ended(status: int) -> str:
    if status >= 0:
        return f"ended its process with status {status}"
    try:
        return f"was ended by {signal.Signals(-status).name}"
    except ValueError:
        return f"was ended by signal {-status}"
