"""``--list``: a row for each model of a file, or for each setting of a builder."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import msgspec

from flake8_paramdoc.texts.directives import Piece
from sphinx_paramdoc import execution, table
from sphinx_paramdoc.command import running, telling, usage
from sphinx_paramdoc.command.options import Command
from sphinx_paramdoc.command.running import Execute
from sphinx_paramdoc.explanation import proof
from sphinx_paramdoc.machine import ending, terminal
from sphinx_paramdoc.notation import flags, model_lists
from sphinx_paramdoc.notation.declaration import settings
from sphinx_paramdoc.notation.model_lists import Context, ListOptions, Row
from sphinx_paramdoc.notation.options import MisuseError
from sphinx_paramdoc.notation.settings import Options
from sphinx_paramdoc.rendering.formats import FORMATS as OF_LAYERS
from sphinx_paramdoc.rendering.models import formats
from sphinx_paramdoc.rendering.models.formats import FORMATS
from sphinx_paramdoc.table import models
from sphinx_paramdoc.table.models import ModelRow

if TYPE_CHECKING:
    from sphinx_paramdoc.law import Law

_FAILED = 1
_STDIN = "-"


def is_asked_for(arguments: Sequence[str] | None) -> bool:
    """Tell whether what is typed asks for several models."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--list", nargs="?", const="")
    known, _ = parser.parse_known_args(arguments)
    return known.list is not None


def main(arguments: Sequence[str] | None, parser: argparse.ArgumentParser) -> int:
    """Print a table of models; return 0, or 1 where one of them failed.

    :param parser: one that knows nothing yet.
    """
    flags.add(parser, Command)
    flags.add(parser, ListOptions)
    read, unknown = parser.parse_known_args(arguments)
    _refuse(unknown, parser)
    command, asked = flags.given(read, Command), flags.given(read, ListOptions)
    _check(command, asked, parser)
    code = usage.listing(msgspec.structs.replace(command, expression=None), Options(), parser).code
    text, file = _read(command.list_ or "", parser)
    lines = dedent(text.expandtabs(8)).split("\n")  # what is copied from a page may stand to the right as a whole
    pieces = [Piece(number, 0, line) for number, line in enumerate(lines)]
    try:
        rows = model_lists.rows(command.expression or "", pieces, asked, Context(file=file))
    except MisuseError as error:
        parser.error(f"--list {command.list_}: {error}")
    if code:
        rows = [msgspec.structs.replace(row, listing=msgspec.structs.replace(row.listing, code=code)) for row in rows]
    ending.in_order()
    several = _Several(rows, asked)
    made = several.run(command.keep_server)
    told = [(row.name, row.upgraded.said) for row in rows if row.upgraded and row.upgraded.said]
    contents = models.build(made, model_lists.columns(asked), told)
    written = formats.write(
        contents,
        command.format,
        width=terminal.width(command.width),
        is_colored=terminal.is_colored(command.color),
    )
    telling.answer(written, OF_LAYERS[command.format].encoding or sys.stdout.encoding)
    for message in several.complaints:
        telling.complaint(message)
    return _FAILED if several.has_failed else 0


class _Several:
    """Runs the models of a list, and gathers what is to be said of them."""

    def __init__(self, rows: Sequence[Row], asked: ListOptions) -> None:
        self._rows = rows
        self._asked = asked
        self.has_failed = False
        self.complaints: list[str] = []
        """What is to be said behind the table."""

    def run(self, keep: float) -> list[ModelRow]:
        """Run all of them beside each other."""
        jobs = [running.job(row.options, row.listing) for row in self._rows]
        runnable = [(row, job) for row, job in zip(self._rows, jobs, strict=True) if not row.misuse]
        with running.runner(jobs[0], keep, several=True) as execute:
            answers = execute([job for _, job in runnable]) if runnable else []
            found = {row.line: answer for (row, _), answer in zip(runnable, answers, strict=True)}
            return [
                self._made(row, job, found.get(row.line), execute) for row, job in zip(self._rows, jobs, strict=True)
            ]

    def _made(self, row: Row, job: execution.Job, response: execution.Response | None, execute: Execute) -> ModelRow:
        where = f"{row.listing.expression.file if row.listing.expression else ''}:{row.line}"
        for line, slip in row.slips:
            telling.complaint(f"{_at(row, line)}: {slip}")
            self.has_failed = True  # the model is there, and not as it was asked for
        if response is None:
            message = str(row.misuse)
            telling.complaint(f"{_at(row, row.misuse_line)}: {message}")
        elif isinstance(response, execution.Failure):
            telling.failure(response, row.listing, where)
            message = response.message
        else:
            try:
                contents = table.build(response.model, law=self._law(row, job, response, execute))
            except Exception as error:  # whatever a model may be
                message = f"the table cannot be made ({type(error).__name__}: {error})"
                telling.complaint(f"{where}: {message}")
            else:
                self._note(where, response, contents)
                return models.row(row.name, row.written, response.model, contents)
        self.has_failed = True
        return ModelRow(name=row.name, expression=row.written, missing=models.missing(message, *_place(row)))

    def _note(self, where: str, response: execution.Success, contents: table.Table) -> None:
        self.complaints += (f"{where}: {complaint}" for complaint in proof.unproven_explainers(response.model))
        if contents.not_built:
            lacks = ", ".join(contents.not_built)
            self.complaints.append(f"{where}: the total lacks layers that are not built: {lacks}")
        self.complaints += (f"{where}: {message}" for message in contents.untracked)

    def _law(self, row: Row, job: execution.Job, given: execution.Success, execute: Execute) -> "Law | None":
        names = model_lists.varied(self._asked, self._rows, given.arguments)
        if names is None:
            return None
        from sphinx_paramdoc.notation import varying  # loaded where it is asked for, as exact fractions take a while

        found, complaint = varying.find(names, job, given, execute)
        if complaint:
            telling.complaint(f"{_at(row, row.line)}: --vary: {complaint}")
        return found


def _place(row: Row) -> tuple[str, int]:
    return (row.listing.expression.file if row.listing.expression else "", row.line)


def _at(row: Row, line: int) -> str:
    return f"{_place(row)[0]}:{line}"


def _refuse(unknown: Sequence[str], parser: argparse.ArgumentParser) -> None:
    """Exit with 2 where an option is about one model, or is none."""
    of_one = {f"--{setting.name}" for setting in settings(Options) if setting.flag}
    for word in unknown:
        if word.partition("=")[0] in of_one:
            parser.error(f"{word.partition('=')[0]} is about one model, and --list shows several: drop one of them")
    if unknown:
        parser.error(f"unrecognized arguments: {' '.join(unknown)}")


def _check(command: Command, asked: ListOptions, parser: argparse.ArgumentParser) -> None:
    """Exit with 2 where what is said does not go together."""
    if command.format not in FORMATS:
        parser.error(f"--format {command.format} shows one model, and --list several: write {', '.join(FORMATS)}")
    if command.near is not None or command.where:
        parser.error("--near and --where are about one model, and --list shows several: drop one of them")
    if command.against is not None or command.exit_code:
        parser.error("--against and --exit-code are about one model, and --list shows several: drop one of them")
    if models.LINK in asked.columns:
        parser.error(f"--columns {models.LINK} leads to the tables of a page, and a terminal has none: leave it out")
    if command.list_ == _STDIN == command.code:
        parser.error("--list and --code cannot both be standard input")


def _read(file: str, parser: argparse.ArgumentParser) -> tuple[str, str]:
    """Return the lines of a list, and what messages call their file."""
    if file == _STDIN:
        return sys.stdin.read(), "<stdin>"
    try:
        return Path(file).read_text(encoding="utf-8-sig"), file
    except OSError as error:
        parser.error(f"--list {file}: {error.strerror}")
    except UnicodeDecodeError as error:
        parser.error(f"--list {file}: {error}")
