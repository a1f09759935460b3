"""The terminal's face: ``paramsummary EXPRESSION``, also ``python -m sphinx_paramdoc``."""

import argparse
import contextlib
import os
import signal
import sys
import tokenize
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import msgspec

from sphinx_paramdoc import execution, machine, table
from sphinx_paramdoc.execution.environment import framework_title
from sphinx_paramdoc.execution.fresh import run
from sphinx_paramdoc.explanation import proof
from sphinx_paramdoc.machine import graphviz, terminal
from sphinx_paramdoc.machine.terminal import COLOR
from sphinx_paramdoc.notation import content, flags, lint, upgrade, values, ways_out
from sphinx_paramdoc.notation.configuration import KEEP_SERVER
from sphinx_paramdoc.notation.declaration import Flag, Setting
from sphinx_paramdoc.notation.settings import Options
from sphinx_paramdoc.rendering import formats
from sphinx_paramdoc.rendering.formats import FORMATS, NoPictureError
from sphinx_paramdoc.table import selection
from sphinx_paramdoc.table.columns import IN_ARGUMENTS
from sphinx_paramdoc.table.expectations import differences
from sphinx_paramdoc.version import __version__

if TYPE_CHECKING:
    from sphinx_paramdoc.law import Law
    from sphinx_paramdoc.law.conditions import Condition

_Execute: TypeAlias = Callable[[Sequence[execution.Job]], list[execution.Response]]

_FAILED = 1
_MISUSED = 2
_ARGUMENT = "EXPRESSION"


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """What the command is asked for, besides the options of a block."""

    expression: Annotated[
        str | None,
        Setting(
            flag=Flag(
                "the model, or what builds it: keras.applications.VGG16(weights=None), mypackage.models:build(units=4)",
                "EXPRESSION",
                "Gives the model, as behind the directive's name. It may be left out with ``--code``.",
                is_positional=True,
            ),
        ),
    ] = None
    code: Annotated[
        str | None,
        Setting(
            flag=Flag(
                "a file of Python code to run first; - is standard input",
                "FILE",
                "Runs a file of Python code first; ``-`` is standard input. As in a page, ``keras`` is imported "
                "already, and without an expression the model is the last one that the code gives. A session, which "
                "begins with ``>>>``, runs without prompts and answers.",
            ),
        ),
    ] = None
    format: Annotated[
        str, Setting(choices=tuple(FORMATS), flag=Flag("default: text", meaning="``text`` is the default."))
    ] = "text"
    width: Annotated[
        int | None,
        Setting(
            values.columns,
            flag=Flag(
                "how many columns the text may take, 0 being no limit; default: those of the terminal, or 100",
                "COLUMNS",
                "How many columns the text may take; 0: as many as it needs. By default those of the terminal, or what "
                "``COLUMNS`` says, and 100 where there is neither, as in a pipe.",
            ),
        ),
    ] = None
    color: Annotated[
        str,
        Setting(
            choices=COLOR,
            flag=Flag(
                "default: auto, where the terminal shows colours",
                meaning="Whether the text has colours. ``auto``, the default: where it is written to a terminal that "
                "shows them; ``NO_COLOR`` and ``FORCE_COLOR`` decide otherwise.",
            ),
        ),
    ] = "auto"
    near: Annotated[
        int | None,
        Setting(
            values.about,
            flag=Flag(
                "with --vary: print the settings whose count comes nearest, such as 125M",
                "COUNT",
                "With ``--vary``: which settings come nearest to a count, ``125M``, ``1.5B``: :ref:`near`.",
            ),
        ),
    ] = None
    where: Annotated[
        tuple[str, ...],
        Setting(
            takes_words=True,
            parted=values.between_commas,
            flag=Flag(
                "with --near: what an argument is to be, such as 'd_ff = 4 * width'",
                "CONDITION",
                "With ``--near``: what an argument is to be, ``'d_ff = 4 * width'``, ``'heads = width // 64'``; "
                "several are several arguments, or one that commas part. An expression has whole numbers, names of "
                "arguments that are varied, ``+``, ``-``, ``*``, ``//`` and parentheses.",
            ),
        ),
    ] = ()
    keep_server: Annotated[float, KEEP_SERVER] = 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the parameter table of a model.

    Return the exit status: 0; 1 where the code failed or a count differs. Wrong usage exits with 2 by itself.
    """
    parser = _parser()
    read = parser.parse_args(arguments)
    command, options = flags.given(read, Command), flags.given(read, Options)
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
    conditions = _conditions(command.where, parser)
    if command.expression is not None and options.model is not None:
        parser.error("EXPRESSION and --model both say which model is meant: drop one of them")
    try:
        code = None if command.code is None else _read(command.code)
    except OSError as error:
        parser.error(f"--code {command.code}: {error.strerror}")
    except (SyntaxError, UnicodeDecodeError) as error:
        parser.error(f"--code {command.code}: {error}")
    listing = execution.Listing(code=code, expression=_source(command.expression), model=_source(options.model))
    if options.upgrade:
        try:
            made = upgrade.upgraded(listing)
        except upgrade.UpgradeError as error:
            message = str(error).replace(":upgrade:", "--upgrade:")
            where = f"{error.source.file}:{error.line}: " if error.source.file != _ARGUMENT else ""
            print(f"paramsummary: {where}{message}", file=sys.stderr)
            return _FAILED
        listing = made.listing
        if made.said:
            print(f"paramsummary: {made.said}", file=sys.stderr)
    program = graphviz.find() if FORMATS[command.format].is_drawn else ""
    if program is None:
        print(
            f"paramsummary: --format {command.format} takes the program dot of Graphviz, which is not found; "
            "--format dot writes the graph that it draws",
            file=sys.stderr,
        )
        return _FAILED
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that what was started is ended
    job = _job(options, listing)
    with _runner(job, command.keep_server, several=options.vary is not None) as execute:
        [response] = execute([job])
        if isinstance(response, execution.Failure):
            _complain(response, listing)
            return _FAILED
        law = _law(options.vary, job, response, execute) if options.vary is not None else None
        if law and command.near is not None:
            try:
                law = _near(law, command.near, conditions, job, response, execute)
            except ValueError as error:
                print(f"paramsummary: --where: {error}", file=sys.stderr)
                return _MISUSED
    for complaint in proof.unproven_explainers(response.model):
        print(f"paramsummary: {complaint}", file=sys.stderr)
    try:
        contents = table.build(response.model, unfold=options.unfold or bool(options.layers), law=law)
        if unmatched := selection.unmatched(contents, options.layers):
            print(f"paramsummary: --layers: no layer of {contents.name} fits {', '.join(unmatched)}", file=sys.stderr)
            return _MISUSED
        if options.layers and command.format == "json":  # which holds all, folded as without a selection
            contents = table.build(response.model, unfold=options.unfold, law=law)
        written = formats.write(
            contents,
            command.format,
            depth=options.depth,
            unfold=options.unfold,
            width=terminal.width(command.width),
            is_colored=terminal.is_colored(command.color),
            columns=options.columns,
            layers=options.layers,
            draw=lambda text: graphviz.draw(text, "svg", program).decode(),
        )
    except (graphviz.DotError, NoPictureError) as error:
        print(f"paramsummary: {error}", file=sys.stderr)
        return _FAILED
    except Exception as error:  # whatever a model may be
        print(f"paramsummary: the table cannot be made ({type(error).__name__}: {error})", file=sys.stderr)
        return _FAILED
    _print(written, FORMATS[command.format].encoding or sys.stdout.encoding)
    if contents.not_built:
        print(
            f"paramsummary: the total lacks layers that are not built: {', '.join(contents.not_built)}", file=sys.stderr
        )
    for message in contents.untracked:
        print(f"paramsummary: {message}", file=sys.stderr)
    wrong = list(differences(contents, options.expected))
    for name, message in wrong:
        print(f"paramsummary: --{name}: {message}", file=sys.stderr)
    if command.near is not None and not (law and law.near):
        has_formula = law is not None and law.formula is not None
        tried = "no setting between a quarter and four times each argument could be executed"
        print(f"paramsummary: --near: {tried if has_formula else 'there is no formula to look in'}", file=sys.stderr)
        return _FAILED
    return _FAILED if wrong else 0


def _conditions(texts: Sequence[str], parser: argparse.ArgumentParser) -> "tuple[Condition, ...]":
    """Return what ``--where`` says, which is wrong usage where it is no condition."""
    if not texts:
        return ()
    from sphinx_paramdoc.law import conditions

    try:
        return tuple(map(conditions.read, texts))
    except ValueError as error:
        parser.error(f"--where: {error}")


def _near(
    law: "Law",
    wanted: int,
    given: "tuple[Condition, ...]",
    job: execution.Job,
    response: execution.Success,
    execute: _Execute,
) -> "Law":
    """Return a formula with the settings that come nearest to a count.

    :raises ValueError: where a condition is about no argument that is varied.
    """
    from sphinx_paramdoc.law import conditions
    from sphinx_paramdoc.notation import varying

    if law.formula is None:
        return law
    return varying.near(law, wanted, conditions.ordered(given, law.arguments), job, response, execute)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="paramsummary",
        description="Print the parameter table of a Keras model, with every count explained.",
    )
    flags.add(parser, Command)
    flags.add(parser, Options)
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    return parser


def _read(file: str) -> execution.Source:
    if file == "-":
        return content.code(sys.stdin.read(), "<stdin>")
    with tokenize.open(file) as source:  # as Python reads it: a byte order mark or a comment may name the encoding
        return content.code(source.read(), str(Path(file).absolute()))


def _source(expression: str | None) -> execution.Source | None:
    return None if expression is None else execution.Source(expression, _ARGUMENT)


def _job(options: Options, listing: execution.Listing) -> execution.Job:
    # A file imports from its own folder, as it does when Python runs it.
    folders = [str(Path(listing.code.file).parent.absolute())] if listing.code else []
    return execution.Job(
        request=listing.request(weights=options.weights, backend=options.backend, input_shape=options.input_shape),
        path=list(dict.fromkeys([*folders, str(Path.cwd()), *machine.import_path()])),
        directory=str(Path.cwd()),
        first_party=machine.FirstParty(str(Path.cwd())),
        timeout=options.timeout,
    )


@contextlib.contextmanager
def _runner(job: execution.Job, keep: float, *, several: bool) -> Iterator[_Execute]:
    """Give what runs blocks: in a process that ends with the one block, or in that of a server.

    :param keep: how many seconds the server outlives this process.
    :param several: whether there will be more than one: a server imports the framework once for all.
    """
    with terminal.progress() as tell:

        def waiting(started: bool) -> None:
            tell("running the code" if started else f"importing {framework_title(job.request.backend)}")

        if not (keep or several):
            yield lambda jobs: [run(each, waiting=waiting) for each in jobs]
            return
        setup = execution.ServerSetup(
            preamble=job.request.preamble, path=job.path, first_party=job.first_party, keep=keep
        )
        session = execution.Session(setup, {}, lambda sentence: print(f"paramsummary: {sentence}", file=sys.stderr))

        def execute(jobs: Sequence[execution.Job]) -> list[execution.Response]:
            if len(jobs) > 1:
                session.prefetch(jobs, job.request.backend)
            return [session.run(each, waiting) for each in jobs]

        try:
            yield execute
        finally:
            session.close()


def _law(names: tuple[str, ...], job: execution.Job, given: execution.Success, execute: _Execute) -> "Law | None":
    """Return the count in the arguments of the call, or why there is none; complain of arguments it lacks."""
    from sphinx_paramdoc.notation import varying  # loaded where it is asked for, as exact fractions take a while

    found, complaint = varying.find(names, job, given, execute)
    if complaint:
        print(f"paramsummary: --vary: {complaint}", file=sys.stderr)
    return found


def _complain(failure: execution.Failure, listing: execution.Listing) -> None:
    place = listing.location(failure)
    where = f"{place[0]}:{place[1]}: " if place and place[0] != _ARGUMENT else ""
    message = ways_out.told(failure, listing, ways_out.TERMINAL)
    hints = [f"line {finding.line}: {finding.code} {finding.message}" for finding in lint.outdated(listing)]
    if hints and upgrade.can_be(listing):
        hints.append("keras-modernize --fix writes it anew, or --upgrade as it runs")
    if imported := lint.imported_cause(failure, [str(Path.cwd()), *machine.import_path()]):
        hints.append(imported)
    for part in (failure.output, listing.traceback(failure), f"paramsummary: {where}{message}", *hints):
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


if __name__ == "__main__":
    sys.exit(main())
