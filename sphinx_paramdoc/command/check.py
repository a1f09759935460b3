"""``python -m sphinx_paramdoc.command.check``: the totals that a file says, held against the models, as a hook does it.

A line of the file is an expression, and behind it the total: ``mypackage.models:build(units=512) 407,050``.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from sphinx_paramdoc import execution, facts
from sphinx_paramdoc.command import against, running, telling
from sphinx_paramdoc.difference import of_model
from sphinx_paramdoc.difference.comparing import compare
from sphinx_paramdoc.difference.parts import Maker
from sphinx_paramdoc.machine import ending, revisions, streams, terminal
from sphinx_paramdoc.notation.settings import Options
from sphinx_paramdoc.rendering.changes import formats

_NAME = "paramsummary.txt"

_HEAD = "HEAD"

_LINE = re.compile(r"(?P<expression>\S.*?)\s+(?P<total>\d[\d,_]*)")


class _Line(NamedTuple):
    """What one line says."""

    place: str
    """``file:line``"""
    listing: execution.Listing
    total: int

    @property
    def expression(self) -> str:
        """The expression, as it is written."""
        assert self.listing.expression
        return self.listing.expression.text


class _Changed(NamedTuple):
    """A line that no longer holds."""

    line: _Line
    model: facts.Model


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the totals of files; return 0, or 1 where one does not hold. Wrong usage exits with 2."""
    streams.restore()
    parser = argparse.ArgumentParser(
        prog="paramsummary-check", description="Check that models have the totals that a file says."
    )
    said = f"lines of an expression and its total; default: {_NAME}"
    parser.add_argument("files", nargs="*", default=[_NAME], metavar="FILE", help=said)
    lines = [line for file in parser.parse_args(arguments).files for line in _lines(file, parser)]
    ending.in_order()
    if not lines:
        return 0
    jobs = [running.job(Options(), line.listing) for line in lines]
    with running.runner(jobs[0], 0, several=True) as execute:
        responses = execute(jobs)
    changed, has_failed = [], False
    for line, response in zip(lines, responses, strict=True):
        if isinstance(response, execution.Failure):
            telling.failure(response, line.listing, line.place)
            has_failed = True
        elif sum(weight.count for weight in response.model.weights) != line.total:
            changed.append(_Changed(line, response.model))
    _tell(changed)
    return 1 if changed or has_failed else 0


def _lines(file: str, parser: argparse.ArgumentParser) -> Iterator[_Line]:
    try:
        text = Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        parser.error(f"{file}: {getattr(error, 'strerror', None) or error}")
    for number, written in enumerate(text.splitlines(), 1):
        line = written.strip()
        if not line or line.startswith("#"):
            continue
        if not (match := _LINE.fullmatch(line)):
            parser.error(f"{file}:{number}: {line!r} is no expression with its total behind it: pkg.models:build 2,140")
        source = execution.Source(match["expression"], telling.ARGUMENT)
        total = int(match["total"].replace(",", "").replace("_", ""))
        yield _Line(f"{file}:{number}", execution.Listing(expression=source), total)


def _tell(changed: Sequence[_Changed]) -> None:
    """Say which totals are others, and what changed from the last commit, where the models can be built in that."""
    before = _of_head([each.line.listing for each in changed]) if changed else []
    for (line, model), old in zip(changed, before, strict=True):
        total = sum(weight.count for weight in model.weights)
        print(f"{line.place}: {line.expression} has {total:,} parameters, not {line.total:,}")
        if old is None:
            continue
        make = Maker()
        found = compare(of_model.whole(old, make), of_model.whole(model, make))
        if found.changes:
            text = formats.write(found, "text", width=terminal.width(None))
            print(f"from {_HEAD}: {text}\n")


def _of_head(listings: Sequence[execution.Listing]) -> list[facts.Model | None]:
    """Return what expressions give in the last commit; ``None`` where one gives nothing there."""
    try:
        with revisions.checked_out(_HEAD, str(Path.cwd())) as there:
            responses = against.among(there, listings, Options())
    except revisions.RevisionError:
        return [None] * len(listings)
    return [None if isinstance(response, execution.Failure) else response.model for response in responses]


if __name__ == "__main__":
    sys.exit(main())
