"""The process that runs one block: reads a request, answers on what was its standard output, and ends."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

import msgspec

from sphinx_paramdoc.execution.block import Block
from sphinx_paramdoc.execution.request import Failure, Request, Response


def main() -> None:
    """Answer the request on standard input.

    The answer has a descriptor of its own that the block does not know: what the block writes, by whichever way,
    goes to standard error, and it reads nothing.
    """
    process = os.getpid()
    request = msgspec.json.decode(sys.stdin.buffer.read(), type=Request)
    answer = os.dup(1)
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    sys.path[:] = request.path
    os.chdir(request.directory)
    response = _respond(request, nothing)
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        with contextlib.suppress(Exception):  # the block may have closed or replaced them
            stream.flush()  # type: ignore[union-attr]
    if os.getpid() == process:  # a copy that the block forked off has nothing to say
        with os.fdopen(answer, "wb") as file:
            file.write(_encode(response))
    os._exit(0)  # threads that the block left behind would keep the process alive


def _encode(response: Response) -> bytes:
    """Give the JSON of a response; signs that are none, as in the name of a file in another encoding, are escaped."""
    try:
        return msgspec.json.encode(response)
    except UnicodeEncodeError:
        if isinstance(response, Failure):
            texts = {
                name: getattr(response, name).encode("utf-8", "backslashreplace").decode()
                for name in ("message", "traceback")
            }
            return msgspec.json.encode(msgspec.structs.replace(response, **texts))
        message = "a layer or a weight has a name that is not valid Unicode"
        return msgspec.json.encode(Failure(kind="model", message=message, depends_on_weights=False))


def _respond(request: Request, nothing: int) -> Response:
    try:
        with _standard_error_to(nothing):
            from sphinx_paramdoc.inspection import keras
    except Exception as error:  # whatever a framework raises where it is not set up well
        return Failure(
            kind="execution",
            message=(
                f"Keras cannot be imported ({error}): install it where the documentation is built, "
                "pip install 'sphinx-paramdoc[tensorflow]'"
            ),
            depends_on_weights=False,
        )
    return Block(request, keras).run()


@contextlib.contextmanager
def _standard_error_to(descriptor: int) -> Iterator[None]:
    """Send what a framework's import writes elsewhere, so that a failing block shows its own output alone."""
    kept = os.dup(2)
    os.dup2(descriptor, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
