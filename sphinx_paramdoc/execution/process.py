"""A fresh process for each block: the way to run one that works on every system."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import msgspec

from sphinx_paramdoc.execution.request import Failure, Request, Response

_BOOTSTRAP = "import sys; sys.path[:] = sys.argv[1:]; from sphinx_paramdoc.execution.child import main; main()"
"""Imports from where this process does, so that the package is found however it was installed."""

_MOST_OUTPUT = 4000
"""Of a failed block's output this many characters are kept, the last ones."""


def run(request: Request) -> Response:
    """Run a block; with real weights where it cannot run with abstract ones.

    Nothing that the block does reaches this process. Whatever goes wrong is in the answer.
    """
    response = _run_once(request)
    if isinstance(response, Failure) and request.weights == "abstract" and response.depends_on_weights:
        return _run_once(msgspec.structs.replace(request, weights="real"))
    return response


def _run_once(request: Request) -> Response:
    finished = subprocess.run(
        [sys.executable, "-P", "-c", _BOOTSTRAP, *sys.path],
        input=msgspec.json.encode(request),
        capture_output=True,
        check=False,
        # TensorFlow reads its log level when it is loaded: 2 leaves errors.
        env={"TF_CPP_MIN_LOG_LEVEL": "2", **os.environ},
    )
    output = finished.stderr.decode("utf-8", "replace")[-_MOST_OUTPUT:]
    try:
        response: Response = msgspec.json.decode(finished.stdout, type=Response)
    except msgspec.DecodeError:
        return Failure(
            kind="execution",
            message=f"the block {_how_it_ended(finished.returncode)} before it gave a model",
            output=output,
        )
    return msgspec.structs.replace(response, output=output) if isinstance(response, Failure) else response


def _how_it_ended(status: int) -> str:
    if status >= 0:
        return f"ended its process with status {status}"
    try:
        return f"was ended by {signal.Signals(-status).name}"
    except ValueError:
        return f"was ended by signal {-status}"
