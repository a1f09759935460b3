"""What the command writes: its answer to the output, what is wrong to standard error."""

import os
import sys
from pathlib import Path

from sphinx_paramdoc import execution, machine
from sphinx_paramdoc.machine import streams
from sphinx_paramdoc.notation import lint, upgrade, ways_out

ARGUMENT = "EXPRESSION"
"""The file that an expression stands in which the command is given."""


def failure(failed: execution.Failure, listing: execution.Listing, begins: str = "") -> None:
    """Say why a block has no model: what it wrote, its traceback, and what may help.

    :param begins: the file and line of the block, for a failure that is in none of its own.
    """
    place = listing.location(failed)
    where = f"{place[0]}:{place[1]}: " if place and place[0] != ARGUMENT else f"{begins}: " if begins else ""
    message = ways_out.told(failed, listing, ways_out.TERMINAL)
    hints = [f"line {finding.line}: {finding.code} {finding.message}" for finding in lint.outdated(listing)]
    if hints and upgrade.can_be(listing):
        hints.append("keras-modernize --fix writes it anew, or --upgrade as it runs")
    if imported := lint.imported_cause(failed, [str(Path.cwd()), *machine.import_path()]):
        hints.append(imported)
    for part in (failed.output, listing.traceback(failed), f"paramsummary: {where}{message}", *hints):
        if part:
            print(part.rstrip(), file=sys.stderr)


def complaint(message: str) -> None:
    """Say what is wrong."""
    print(f"paramsummary: {message}", file=sys.stderr)


def has_output() -> bool:
    """Tell whether there is an output that an answer can be written to; say so where there is none."""
    is_there = sys.stdout is not None
    streams.restore()
    if not is_there:
        complaint("standard output is closed, so there is nowhere to write to")
    return is_there


def answer(text: str, encoding: str) -> None:
    """Write whole, also where the terminal's encoding lacks a sign such as ×, or where nobody reads to the end.

    Exit with 1 where it cannot be written.
    """
    sys.stdout.flush()
    try:
        sys.stdout.buffer.write(f"{text}\n".encode(encoding, "replace"))
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes once more as it ends
        if not isinstance(error, BrokenPipeError):
            complaint(f"the answer cannot be written ({error.strerror})")
            sys.exit(1)
