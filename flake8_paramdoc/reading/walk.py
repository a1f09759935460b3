"""One walk through a tree: it fills the scopes and collects what may be outdated.

There is no recursion: a sum of ten thousand terms is as deep as its tree, deeper than Python's stack. The walk goes in
the order of the source, so that the imports of a file are known before what follows them.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.reading.collected import Reading
from flake8_paramdoc.reading.nodes import HANDLERS, SKIPPED, SKIPPED_WITH_STARS
from flake8_paramdoc.reading.version_guards import Branches

if TYPE_CHECKING:
    from collections.abc import Container

    from flake8_paramdoc.reading.binding import Stack
    from flake8_paramdoc.reading.scopes import Names


_FIELDS: dict[type, tuple[str, ...]] = {}


def read(tree: ast.AST, module: Names, watched: Container[str] = (), branches: Branches = Branches.ANY) -> Reading:
    """Walk through a tree once, and record in ``module`` what its names stand for.

    ``branches`` says which there may be in it that are for one version of Keras.
    """
    reading = Reading(tree, watched, branches)
    stack: Stack = [(tree, module)]
    pop, push = stack.pop, stack.append
    skipped = SKIPPED
    while stack:
        node, scope = pop()
        kind = type(node)
        handler = HANDLERS.get(kind)
        if handler is not None:
            handler(node, scope, reading, stack)
            if reading.has_stars:
                skipped = SKIPPED_WITH_STARS
            continue
        fields = _FIELDS.get(kind)
        if fields is None:
            fields = _FIELDS[kind] = tuple(reversed(kind._fields))
        for field in fields:
            value = getattr(node, field, None)
            if type(value) is list:
                for item in reversed(value):
                    if type(item) not in skipped:
                        push((item, scope))
            elif type(value) not in skipped:
                push((value, scope))
    return reading
