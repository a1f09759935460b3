"""The terminal's face: ``paramsummary EXPRESSION``, also ``python -m sphinx_paramdoc``."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import tokenize
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sphinx_paramdoc import execution, machine, table
from sphinx_paramdoc.execution.fresh import run
from sphinx_paramdoc.explanation import proof
from sphinx_paramdoc.notation import lint
from sphinx_paramdoc.notation.options import depth, seconds, shape
from sphinx_paramdoc.rendering import formats
from sphinx_paramdoc.rendering.formats import FORMATS
from sphinx_paramdoc.table.expectations import EXPECTATIONS, count, differences
from sphinx_paramdoc.version import __version__

_FAILED = 1
_ARGUMENT = "EXPRESSION"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the parameter table of a model.

    Gives the exit status: 0; 1 where the code failed or a count differs. Wrong usage exits with 2 by itself.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    if not options.expression and options.code is None:
        parser.error("give an EXPRESSION, or code with --code FILE")
    for name in ("expression", "model", "backend"):
        text = getattr(options, name)
        if text is not None and not text.isascii() and text != text.encode("utf-8", "replace").decode():
            shown = text.encode("utf-8", "backslashreplace").decode()
            parser.error(f"{shown} is no text: it holds bytes that are no UTF-8")
    if options.expression and os.path.isfile(options.expression):  # noqa: PTH113 - is_file() raises for a long text
        parser.error(f"{options.expression} is a file: run it with --code {options.expression}")
    if options.expression is not None and options.model is not None:
        parser.error("EXPRESSION and --model both say which model is meant: drop one of them")
    try:
        code = None if options.code is None else _read(options.code)
    except OSError as error:
        parser.error(f"--code {options.code}: {error.strerror}")
    except (SyntaxError, UnicodeDecodeError) as error:
        parser.error(f"--code {options.code}: {error}")
    listing = _listing(options, code)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that what was started is ended
    response = run(_job(options, listing))
    if isinstance(response, execution.Failure):
        _complain(response, listing)
        return _FAILED
    for complaint in proof.unproven_explainers(response.model):
        print(f"paramsummary: {complaint}", file=sys.stderr)
    try:
        contents = table.build(response.model, unfold=options.unfold)
        written = formats.write(contents, options.format, depth=options.depth, width=_terminal_width())
    except Exception as error:  # whatever a model may be
        print(f"paramsummary: the table cannot be made ({type(error).__name__}: {error})", file=sys.stderr)
        return _FAILED
    _print(written, FORMATS[options.format].encoding or sys.stdout.encoding)
    if contents.not_built:
        print(
            f"paramsummary: the total lacks layers that are not built: {', '.join(contents.not_built)}", file=sys.stderr
        )
    expected = {name: getattr(options, name.replace("-", "_")) for name in EXPECTATIONS}
    wrong = list(differences(contents, expected))
    for name, message in wrong:
        print(f"paramsummary: --{name}: {message}", file=sys.stderr)
    return _FAILED if wrong else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="paramsummary",
        description="Print the parameter table of a Keras model, with every count explained.",
    )
    parser.add_argument(
        "expression",
        nargs="?",
        metavar="EXPRESSION",
        help="the model, or what builds it: keras.applications.VGG16(weights=None), mypackage.models:build(units=4)",
    )
    parser.add_argument("--code", metavar="FILE", help="a file of Python code to run first; - is standard input")
    parser.add_argument(
        "--model",
        metavar="EXPR",
        help="what the code calls the model, such as gan.generator; without it, the last model that it makes",
    )
    parser.add_argument(
        "--depth",
        type=_reader(depth),
        default=0,
        metavar="N",
        help="how deep layers made of other layers open; default: 0",
    )
    parser.add_argument("--unfold", action="store_true", help="give each of several equal layers a row of its own")
    parser.add_argument("--format", choices=tuple(FORMATS), default="text", help="default: text")
    parser.add_argument("--backend", help="the backend of Keras: tensorflow, jax, torch")
    parser.add_argument("--weights", choices=("abstract", "real"), default="abstract", help="default: abstract")
    parser.add_argument(
        "--timeout", type=_reader(seconds), default=execution.TIMEOUT, metavar="SECONDS", help="default: %(default)g"
    )
    parser.add_argument(
        "--input-shape",
        type=_reader(shape),
        metavar="SHAPE",
        help='builds a model that has no shape yet: "(None, 28, 28, 1)", the axis of the batch first',
    )
    for name, counted in EXPECTATIONS.items():
        parser.add_argument(f"--{name}", type=_reader(count), metavar="N", help=f"fail unless there are N {counted}")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    return parser


def _reader(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Let an option say in its own words what is wrong with its value."""

    def reader(text: str) -> Any:
        try:
            return read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return reader


def _read(file: str) -> execution.Source:
    if file == "-":
        return execution.Source(sys.stdin.read(), "<stdin>")
    with tokenize.open(file) as source:  # as Python reads it: a byte order mark or a comment may name the encoding
        return execution.Source(source.read(), str(Path(file).absolute()))


def _listing(options: argparse.Namespace, code: execution.Source | None) -> execution.Listing:
    def given(expression: str | None) -> execution.Source | None:
        return None if expression is None else execution.Source(expression, _ARGUMENT)

    return execution.Listing(code=code, expression=given(options.expression), model=given(options.model))


def _job(options: argparse.Namespace, listing: execution.Listing) -> execution.Job:
    # A file imports from its own folder, as it does when Python runs it.
    folders = [str(Path(listing.code.file).parent.absolute())] if listing.code else []
    return execution.Job(
        request=listing.request(weights=options.weights, backend=options.backend, input_shape=options.input_shape),
        path=list(dict.fromkeys([*folders, str(Path.cwd()), *machine.import_path()])),
        directory=str(Path.cwd()),
        first_party=machine.FirstParty(str(Path.cwd())),
        timeout=options.timeout,
    )


def _complain(failure: execution.Failure, listing: execution.Listing) -> None:
    place = listing.location(failure)
    where = f"{place[0]}:{place[1]}: " if place and place[0] != _ARGUMENT else ""
    hints = [f"line {finding.line}: {finding.code} {finding.message}" for finding in lint.outdated(listing)]
    for part in (failure.output, listing.traceback(failure), f"paramsummary: {where}{failure.message}", *hints):
        if part:
            print(part.rstrip(), file=sys.stderr)


def _print(text: str, encoding: str) -> None:
    """Write whole, also where the terminal's encoding lacks a sign such as ×, or where nobody reads to the end."""
    sys.stdout.flush()
    try:
        sys.stdout.buffer.write(f"{text}\n".encode(encoding, "replace"))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes once more as it ends


def _terminal_width() -> int | None:
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


if __name__ == "__main__":
    sys.exit(main())
