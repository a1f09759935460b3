"""What in a block is written for an older Keras; the rules are `flake8_paramdoc`'s."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sphinx_paramdoc.execution import Failure, Listing, Source
from sphinx_paramdoc.machine import import_path, locate

if TYPE_CHECKING:
    from flake8_paramdoc.matching import Finding
    from flake8_paramdoc.reading.scopes import Names


def outdated(listing: Listing) -> Iterator[Finding]:
    """Yield the findings in the code of a block, in its argument and in ``:model:``, at the true lines.

    Names mean what they mean when the block runs: those of the preamble are known, and those of the module whose
    docstring it stands in. What does not parse yields nothing; running it says why. A comment ``# noqa`` silences a
    line, as it does for flake8.
    """
    # The linter's tables are read with the first block that is linted; many a build reads no page that has one.
    from flake8_paramdoc.command.noqa import is_silenced
    from flake8_paramdoc.matching import Finding, find
    from flake8_paramdoc.reading.scopes import Names
    from flake8_paramdoc.reading.walk import read

    names = names_before(listing)
    for _, source, mode in listing.parts():
        tree = parsed(source, mode)
        if tree:
            text = source.padded()
            for finding in find(tree, text.split("\n"), names=names):
                if is_silenced(text, finding.line, finding.code):
                    continue
                line = source.at(finding.line - source.line + 1)
                yield Finding(finding.code, finding.message, line, finding.column)
            names = Names(names)
            read(tree, names)


def names_before(listing: Listing) -> Names:
    """Return the names that there are before a block runs: those of the preamble and of the documented module."""
    from flake8_paramdoc.reading.scopes import Names
    from flake8_paramdoc.reading.walk import read

    names = Names()
    read(parsed(Source(listing.preamble, "paramdoc_preamble"), "exec") or ast.Module([], []), names)
    if listing.module:
        names = Names(names)
        read(_documented(listing.module) or ast.Module([], []), names)
        names = Names(names)
    return names


def cause(failure: Failure, listing: Listing, findings: Sequence[Finding]) -> Finding | None:
    """Return the finding that tells why a statement failed: the first one in it that no Keras of today runs."""
    place = listing.location(failure) if failure.kind == "execution" else None
    broken = [finding for finding in findings if _BROKEN.match(finding.code)]
    if place is None or not broken:
        return None
    _, line = place
    last = line
    for _, source, mode in listing.parts():
        tree = parsed(source, mode)
        # The whole of an expression, and of code the innermost statement.
        parts = [tree.body] if isinstance(tree, ast.Expression) else _statements(tree)
        first = source.line - 1
        spans = [
            (source.at(part.lineno - first), source.at((part.end_lineno or part.lineno) - first)) for part in parts
        ]
        within = [span for span in spans if span[0] <= line <= span[1]]
        if within:
            line, last = max(within)
            break
    return next((finding for finding in broken if line <= finding.line <= last), None)


def imported_cause(failure: Failure, path: Sequence[str]) -> str:
    """Return what is outdated in an imported file where a block failed, and the way out; '' where nothing is.

    :param path: where the block imports from.
    """
    from flake8_paramdoc.matching import find

    for frame in reversed(failure.frames):
        places = [] if frame.part or not frame.file.endswith(".py") else [Path(folder, frame.file) for folder in path]
        file = next((place for place in places if place.is_file()), None)
        if file is None or "site-packages" in file.parts:
            continue
        try:
            text = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            continue
        tree = parsed(Source(text, frame.file), "exec")
        spans = [(part.lineno, part.end_lineno or part.lineno) for part in _statements(tree)]
        within = [span for span in spans if span[0] <= frame.line <= span[1]]
        if tree is None or not within:
            continue
        first, last = max(within)
        for finding in find(tree, text.splitlines(keepends=True)):
            if _BROKEN.match(finding.code) and first <= finding.line <= last:
                told = f"{frame.file}:{finding.line}: {finding.code} {finding.message}"
                return f"{told} (keras-modernize --fix {frame.file} writes what it can)"
    return ""


def _statements(tree: ast.AST | None) -> list[ast.stmt]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.stmt)] if tree else []


_BROKEN = re.compile("KER[12](?!07)")
"""The codes of what does not run any more; KER207 runs, and means something else."""


def _documented(module: str) -> ast.AST | None:
    file = locate(module, import_path())
    try:
        return _parsed(file, Path(file).stat().st_mtime_ns) if file and file.endswith(".py") else None
    except (OSError, UnicodeDecodeError):
        return None


@cache
def _parsed(file: str, _modified: int) -> ast.AST | None:
    return parsed(Source(Path(file).read_text(encoding="utf-8-sig"), file), "exec")


def parsed(source: Source, mode: Literal["exec", "eval"]) -> ast.AST | None:
    """Parse a part of a block, each line at its place; ``None`` where Python does not."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source.padded(), mode=mode)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # the last two: nested too deeply
        return None
