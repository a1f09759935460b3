"""What a listing is run by: a process that ends with the one block, or a server."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from sphinx_paramdoc import execution, machine
from sphinx_paramdoc.command import telling
from sphinx_paramdoc.execution.environment import framework_title
from sphinx_paramdoc.execution.fresh import run
from sphinx_paramdoc.machine import terminal
from sphinx_paramdoc.notation.settings import Options

Execute: TypeAlias = Callable[[Sequence[execution.Job]], list[execution.Response]]
"""Runs blocks, and gives what each has answered."""


def job(options: Options, listing: execution.Listing) -> execution.Job:
    """Return what is to be run for a listing in the current folder."""
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
def runner(job: execution.Job, keep: float, *, several: bool) -> Iterator[Execute]:
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
        session = execution.Session(setup, {}, telling.complaint)

        def execute(jobs: Sequence[execution.Job]) -> list[execution.Response]:
            if len(jobs) > 1:
                for backend in {each.request.backend for each in jobs}:
                    session.prefetch([each for each in jobs if each.request.backend == backend], backend)
            return [session.run(each, waiting) for each in jobs]

        try:
            yield execute
        finally:
            session.close()
