"""The way from what is typed to the exit status."""

import argparse
import sys
from collections.abc import Sequence

from sphinx_paramdoc import execution, table
from sphinx_paramdoc.command import formula, running, several, telling, usage
from sphinx_paramdoc.command.options import Command
from sphinx_paramdoc.explanation import proof
from sphinx_paramdoc.machine import ending, graphviz, terminal
from sphinx_paramdoc.notation import flags, upgrade
from sphinx_paramdoc.notation.settings import Options
from sphinx_paramdoc.rendering import formats
from sphinx_paramdoc.rendering.formats import FORMATS, NoPictureError
from sphinx_paramdoc.table import selection
from sphinx_paramdoc.table.expectations import differences
from sphinx_paramdoc.version import __version__

_FAILED = 1
_MISUSED = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the parameter table of a model.

    Return the exit status: 0; 1 where the code failed or a count differs. Wrong usage exits with 2 by itself.
    """
    if not telling.has_output():
        return _FAILED
    parser = _parser()
    if several.is_asked_for(arguments):
        return several.main(arguments, parser)
    flags.add(parser, Command)
    flags.add(parser, Options)
    read = parser.parse_args(arguments)
    command, options = flags.given(read, Command), flags.given(read, Options)
    usage.check(command, options, parser)
    if command.against is not None:
        from sphinx_paramdoc.command import against  # loaded where it is asked for

        against.check(command, options, parser)
    conditions = formula.conditions_of(command.where, parser)
    listing = usage.listing(command, options, parser)
    if options.upgrade:
        try:
            made = upgrade.upgraded(listing)
        except upgrade.UpgradeError as error:
            message = str(error).replace(":upgrade:", "--upgrade:")
            where = f"{error.source.file}:{error.line}: " if error.source.file != telling.ARGUMENT else ""
            telling.complaint(f"{where}{message}")
            return _FAILED
        listing = made.listing
        if made.said:
            telling.complaint(made.said)
    program = graphviz.find() if FORMATS[command.format].is_drawn else ""
    if program is None:
        telling.complaint(
            f"--format {command.format} takes the program dot of Graphviz, which is not found; "
            "--format dot writes the graph that it draws"
        )
        return _FAILED
    ending.in_order()
    if command.against is not None:
        return against.main(command, options, listing, parser)
    job = running.job(options, listing)
    with running.runner(job, command.keep_server, several=options.vary is not None) as execute:
        [response] = execute([job])
        if isinstance(response, execution.Failure):
            telling.failure(response, listing)
            return _FAILED
        law = formula.find(options.vary, job, response, execute) if options.vary is not None else None
        if law and command.near is not None:
            try:
                law = formula.near(law, command.near, conditions, job, response, execute)
            except ValueError as error:
                telling.complaint(f"--where: {error}")
                return _MISUSED
    for complaint in proof.unproven_explainers(response.model):
        telling.complaint(complaint)
    try:
        contents = table.build(response.model, unfold=options.unfold or bool(options.layers), law=law)
        if unmatched := selection.unmatched(contents, options.layers):
            telling.complaint(f"--layers: no layer of {contents.name} fits {', '.join(unmatched)}")
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
        telling.complaint(str(error))
        return _FAILED
    except Exception as error:  # whatever a model may be
        telling.complaint(f"the table cannot be made ({type(error).__name__}: {error})")
        return _FAILED
    telling.answer(written, FORMATS[command.format].encoding or sys.stdout.encoding)
    if contents.not_built:
        telling.complaint(f"the total lacks layers that are not built: {', '.join(contents.not_built)}")
    for message in contents.untracked:
        telling.complaint(message)
    wrong = list(differences(contents, options.expected))
    for name, message in wrong:
        telling.complaint(f"--{name}: {message}")
    if command.near is not None and not (law and law.near):
        has_formula = law is not None and law.formula is not None
        tried = "no setting between a quarter and four times each argument could be executed"
        telling.complaint(f"--near: {tried if has_formula else 'there is no formula to look in'}")
        return _FAILED
    return _FAILED if wrong else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="paramsummary",
        description="Print the parameter table of a Keras model, with every count explained.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    return parser
