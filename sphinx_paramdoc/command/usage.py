"""What is wrong usage of the command, and what it is used on."""

import argparse
import os
import sys
import tokenize
from pathlib import Path

from sphinx_paramdoc import execution
from sphinx_paramdoc.command.options import Command
from sphinx_paramdoc.command.telling import ARGUMENT
from sphinx_paramdoc.notation import content
from sphinx_paramdoc.notation.settings import Options
from sphinx_paramdoc.table.columns import IN_ARGUMENTS


def check(command: Command, options: Options, parser: argparse.ArgumentParser) -> None:
    """Exit with 2 where what is said does not go together."""
    if not command.expression and command.code is None:
        parser.error("give an EXPRESSION, or code with --code FILE")
    for text in (command.expression, options.model, options.backend):
        if text is not None and not text.isascii() and text != text.encode("utf-8", "replace").decode():
            shown = text.encode("utf-8", "backslashreplace").decode()
            parser.error(f"{shown} is no text: it holds bytes that are no UTF-8")
    if command.expression and os.path.isfile(command.expression):  # noqa: PTH113 - is_file() raises for a long text
        parser.error(f"{command.expression} is a file: run it with --code {command.expression}")
    if IN_ARGUMENTS in options.columns and options.vary is None:
        parser.error(f"--columns {IN_ARGUMENTS} needs --vary, which says what the formula is to be in")
    if command.near is not None and options.vary is None:
        parser.error("--near needs --vary, which says what may be changed")
    if command.where and command.near is None:
        parser.error("--where needs --near: it says which settings are looked for")
    if command.against is not None and command.against.strip() in {"", "rev:"}:
        parser.error("--against says what the model is compared with: a .json file, rev:REVISION, or an expression")
    if command.exit_code and command.against is None:
        parser.error("--exit-code needs --against, which says what the model is compared with")
    if command.expression is not None and options.model is not None:
        parser.error("EXPRESSION and --model both say which model is meant: drop one of them")


def listing(command: Command, options: Options, parser: argparse.ArgumentParser) -> execution.Listing:
    """Return the code and the expression that are to be run; exit with 2 where the code cannot be read."""
    try:
        code = None if command.code is None else read(command.code)
    except OSError as error:
        parser.error(f"--code {command.code}: {error.strerror}")
    except (SyntaxError, UnicodeDecodeError) as error:
        parser.error(f"--code {command.code}: {error}")
    return execution.Listing(code=code, expression=source(command.expression), model=source(options.model))


def source(expression: str | None) -> execution.Source | None:
    """Return an expression that the command is given as code."""
    return None if expression is None else execution.Source(expression, ARGUMENT)


def read(file: str) -> execution.Source:
    """Return the code in a file, or that which standard input gives."""
    if file == "-":
        return content.code(sys.stdin.read(), "<stdin>")
    with tokenize.open(file) as source:  # as Python reads it: a byte order mark or a comment may name the encoding
        return content.code(source.read(), str(Path(file).absolute()))
