"""What in a block is written for an older Keras; the rules are `flake8_paramdoc`'s."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from typing import Literal

from flake8_paramdoc.matching import Finding, find
from flake8_paramdoc.names import Names
from flake8_paramdoc.reading import read
from sphinx_paramdoc.execution import Listing, Source


def outdated(listing: Listing) -> Iterator[Finding]:
    """Yield what is outdated in the code of a block, in its argument and in ``:model:``, at the true lines.

    Names mean what they mean when the block runs: the preamble's are known. What does not parse yields nothing;
    running it says why.
    """
    names = Names()
    read(_parse(Source(listing.preamble, "paramdoc_preamble"), "exec") or ast.Module([], []), names)
    for _, source, mode in listing.parts():
        tree = _parse(source, mode)
        if tree:
            yield from find(tree, source.padded().split("\n"), names=names)
            names = Names(names)
            read(tree, names)


def _parse(source: Source, mode: Literal["exec", "eval"]) -> ast.AST | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source.padded(), mode=mode)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # the last two: nested too deeply
        return None
