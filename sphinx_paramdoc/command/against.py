"""``--against``: what changed from another model to the one that is asked for."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from sphinx_paramdoc import comparison, execution, facts
from sphinx_paramdoc.command import running, telling, usage
from sphinx_paramdoc.command.options import Command
from sphinx_paramdoc.difference import of_model
from sphinx_paramdoc.difference.comparing import compare
from sphinx_paramdoc.difference.parts import Maker, Whole
from sphinx_paramdoc.difference.selection import only
from sphinx_paramdoc.machine import revisions, terminal
from sphinx_paramdoc.machine.revisions import Revision, RevisionError
from sphinx_paramdoc.notation import upgrade
from sphinx_paramdoc.notation.settings import Options
from sphinx_paramdoc.rendering.changes import formats
from sphinx_paramdoc.rendering.formats import FORMATS as OF_LAYERS

_FAILED = 1
_MISUSED = 2
_REVISION = "rev:"
_FILE = ".json"


class _FailedError(Exception):
    """One of the models cannot be had; what is to be said of it has been said."""


def check(command: Command, options: Options, parser: argparse.ArgumentParser) -> None:
    """Exit with 2 where what is said does not go together with a difference."""
    if command.format not in formats.FORMATS:
        parser.error(
            f"--format {command.format} shows one model, and --against two: write {', '.join(formats.FORMATS)}"
        )
    about_one = {"--columns": options.columns, "--vary": options.vary is not None, "--unfold": options.unfold}
    about_one |= {f"--{name}": number is not None for name, number in options.expected.items()}
    for flag in (flag for flag, is_said in about_one.items() if is_said):
        parser.error(f"{flag} is about the table of one model, and --against compares two: drop one of them")


def main(command: Command, options: Options, listing: execution.Listing, parser: argparse.ArgumentParser) -> int:
    """Print what changed; return 0, or 1 where a model cannot be had, or differs and that was asked for."""
    against = command.against or ""
    make = Maker()
    kept = _of_file(against, make, parser) if against.endswith(_FILE) else None
    try:
        before, after = _models(command, options, listing, make, kept)
        found = compare(before, after)
    except _FailedError:
        return _FAILED
    except Exception as error:  # whatever a model may be
        telling.complaint(f"the difference cannot be made ({type(error).__name__}: {error})")
        return _FAILED
    shown = found
    if options.layers:
        shown, unmatched = only(found, options.layers)
        if unmatched:
            telling.complaint(f"--layers: no layer that changed fits {', '.join(unmatched)}")
            return _MISUSED
    how: dict[str, Any] = {} if command.format == "json" else {"depth": options.depth}
    if command.format == "text":
        how |= {"width": terminal.width(command.width), "is_colored": terminal.is_colored(command.color)}
    written = formats.write(shown, command.format, **how)
    telling.answer(written, OF_LAYERS[command.format].encoding or sys.stdout.encoding)
    return _FAILED if command.exit_code and found.is_material else 0


def _of_file(file: str, make: Maker, parser: argparse.ArgumentParser) -> Whole:
    try:
        return comparison.of_text(Path(file).read_text(encoding="utf-8-sig"), make)
    except OSError as error:
        parser.error(f"--against {file}: {error.strerror}")
    except ValueError as error:
        parser.error(f"--against {file}: {error}")


def _models(
    command: Command, options: Options, listing: execution.Listing, make: Maker, kept: Whole | None
) -> tuple[Whole, Whole]:
    """Return the two models.

    :param kept: that before, where a file holds it.
    :raises _FailedError: where one of them cannot be had.
    """
    against = command.against or ""
    other = None
    if kept is None and not against.startswith(_REVISION):
        other = replace(listing, expression=usage.source(against), model=None)
    job = running.job(options, listing)
    listings = [listing] if other is None else [other, listing]
    with running.runner(job, command.keep_server, several=other is not None) as execute:
        responses = execute([running.job(options, each) for each in listings])
    models = [
        _model(response, each, "--against" if each is other else "")
        for response, each in zip(responses, listings, strict=True)
    ]
    if kept is not None:
        return kept, of_model.whole(models[0], make)
    if other is None:
        models.insert(0, _of_revision(against.removeprefix(_REVISION), options, listing, command.code))
    before, after = (of_model.whole(model, make) for model in models)
    return before, after


def _model(response: execution.Response, listing: execution.Listing, where: str = "") -> facts.Model:
    if isinstance(response, execution.Failure):
        telling.failure(response, listing, where)
        raise _FailedError
    return response.model


def _of_revision(revision: str, options: Options, listing: execution.Listing, file: str | None) -> facts.Model:
    """Return the model that the same expression gives among the files of a commit."""
    where = f"--against {_REVISION}{revision}"
    try:
        with revisions.checked_out(revision, str(Path.cwd())) as there:
            if file and file != "-":
                listing = _with_code(listing, file, there, where, upgrades=options.upgrade)
            [response] = among(there, [listing], options)
            return _model(response, listing, where)
    except RevisionError as error:
        telling.complaint(f"{where}: {error}")
        raise _FailedError from None


def among(there: Revision, listings: Sequence[execution.Listing], options: Options) -> list[execution.Response]:
    """Return what listings give among the files of a commit."""
    jobs = [_moved(running.job(options, listing), there) for listing in listings]
    with running.runner(jobs[0], 0, several=len(jobs) > 1) as execute:
        return execute(jobs)


def _with_code(
    listing: execution.Listing, file: str, there: Revision, where: str, *, upgrades: bool
) -> execution.Listing:
    """Return a listing with the code that a file had in the commit."""
    try:
        code = usage.read(there.there(file))
    except (OSError, SyntaxError, UnicodeDecodeError) as error:
        telling.complaint(f"{where}: --code {file}: {getattr(error, 'strerror', None) or error}")
        raise _FailedError from None
    found = replace(listing, code=code)
    return upgrade.upgraded(found).listing if upgrades else found


def _moved(job: execution.Job, there: Revision) -> execution.Job:
    """Return a job that imports what the commit has, and for the rest what is installed."""
    own = str(Path(__file__).parents[2])  # this package is that of today
    path = [there.imported(each) if each != own else each for each in job.path]
    sources = there.tree / "src"  # where an installed project finds its own by other means than a path
    directory = there.there(job.directory)
    return replace(
        job,
        path=list(dict.fromkeys([*path, *([str(sources)] if sources.is_dir() else [])])),
        directory=directory if Path(directory).is_dir() else str(there.tree),
        first_party=type(job.first_party)(str(there.tree)),
    )
