"""One walk through a tree: it fills the scopes and collects what may be outdated.

There is no recursion: a sum of ten thousand terms is as deep as its tree, deeper than Python's stack. The walk goes in
the order of the source, so that the imports of a file are known before what follows them.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.branches import Branches
from flake8_paramdoc.nodes import HANDLERS, SKIPPED, SKIPPED_WITH_STARS

if TYPE_CHECKING:
    from collections.abc import Container

    from flake8_paramdoc.binding import Stack
    from flake8_paramdoc.copies import Copy
    from flake8_paramdoc.names import Definition, Names


class Reading:
    """What one walk collected, each node with the scope that it is evaluated in, in the order of the source.

    What stands in a branch for one version of Keras is left out.
    """

    def __init__(self, tree: ast.AST, watched: Container[str], branches: Branches) -> None:
        """Collect attributes and names of ``tree`` if ``watched``."""
        self.tree = tree
        self.watched = watched
        self.branches = branches
        self.copies: set[Copy] = set()
        """The copies of Keras that the file imports from."""
        self.uses_keras = False
        self.has_stars = False
        self.imports: list[tuple[ast.Import | ast.ImportFrom, Names]] = []
        self.calls: list[tuple[ast.Call, Names]] = []
        self.attributes: list[tuple[ast.Attribute, Names]] = []
        self.names: list[tuple[ast.Name, Names]] = []
        """Only behind a star import of Keras: elsewhere, a name that stands alone was spelled by its import."""
        self.subscripts: list[tuple[ast.Subscript, Names]] = []
        self.compares: list[tuple[ast.Compare, Names]] = []
        self.classes: list[Definition] = []
        self.functions: set[str] = set()
        """The names of all functions and methods that are defined."""
        self.callables: set[str] = set()
        """Every name that may stand for a class or function of Keras somewhere in the file, by what it is bound to."""
        self.texts: list[tuple[ast.Constant, Names]] = []
        """Strings that stand as statements: docstrings, and those beside attributes."""


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
