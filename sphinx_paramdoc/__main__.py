"""The terminal's face: ``paramsummary EXPRESSION``, also ``python -m sphinx_paramdoc``."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from sphinx_paramdoc import __version__, execution, table
from sphinx_paramdoc.expectations import EXPECTATIONS, count, differences
from sphinx_paramdoc.rendering import json, text

_FAILED = 1
_ARGUMENT = "<argument>"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the parameter table of a model.

    Gives the exit status: 0; 1 where the code failed or a count differs. Wrong usage exits with 2 by itself.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.expression is None and options.code is None:
        parser.error("give an EXPRESSION, or code with --code FILE")
    if options.expression is not None and options.model is not None:
        parser.error("EXPRESSION and --model both say which model is meant: drop one of them")
    try:
        code = None if options.code is None else _read(options.code)
    except (OSError, UnicodeDecodeError) as error:
        parser.error(f"--code {options.code}: {error}")
    response = execution.run(_request(options, code))
    if isinstance(response, execution.Failure):
        _complain(response)
        return _FAILED
    contents = table.build(response.model)
    _print(json.render(contents) if options.format == "json" else text.render(contents, _terminal_width()))
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
        help="gives the model: keras.applications.VGG16(weights=None), mypackage.models:build(units=4)",
    )
    parser.add_argument("--code", metavar="FILE", help="run a file of Python code first; - is standard input")
    parser.add_argument("--model", metavar="EXPR", help="which thing that the code made is the model")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    for name, counted in EXPECTATIONS.items():
        parser.add_argument(f"--{name}", type=_count, metavar="N", help=f"fail unless there are N {counted}")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    return parser


def _count(text: str) -> int:
    try:
        return count(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _read(file: str) -> execution.Source:
    if file == "-":
        return execution.Source(sys.stdin.read(), "<stdin>")
    return execution.Source(Path(file).read_text(encoding="utf-8"), str(Path(file).absolute()))


def _request(options: argparse.Namespace, code: execution.Source | None) -> execution.Request:
    def given(expression: str | None) -> execution.Source | None:
        return None if expression is None else execution.Source(expression, _ARGUMENT)

    return execution.Request(
        code=code,
        expression=given(options.expression),
        model=given(options.model),
        path=[str(Path.cwd()), *sys.path],
        directory=str(Path.cwd()),
    )


def _complain(failure: execution.Failure) -> None:
    place = f"{failure.file}:{failure.line}: " if failure.file else ""
    for part in (failure.output, failure.traceback, f"paramsummary: {place}{failure.message}"):
        if part:
            print(part.rstrip(), file=sys.stderr)


def _print(text: str) -> None:
    """Print also where the terminal's encoding lacks a sign such as ×."""
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    print(text)


def _terminal_width() -> int | None:
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


if __name__ == "__main__":
    sys.exit(main())
