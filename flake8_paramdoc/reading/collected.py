"""What one walk through a tree collects: where something may be outdated, and what the file uses of Keras."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from flake8_paramdoc.reading.version_guards import Guards

if TYPE_CHECKING:
    from collections.abc import Collection, Container

    from flake8_paramdoc.reading.keras_packages import KerasPackage
    from flake8_paramdoc.reading.scopes import Definition, Names


class Reading:
    """What one walk collected, each node with the scope that it is evaluated in, in the order of the source.

    What stands in a branch for one version of Keras is among it: who reports something asks `guards` first.
    """

    def __init__(self, tree: ast.AST, watched: Container[str], *, goes_on: bool) -> None:
        """Collect attributes and names of ``tree`` if ``watched``.

        :param goes_on: whether there are names before its first line.
        """
        self.is_open = goes_on
        """Whether a name may stand for something of Keras that no import spells: star imports bring it, or what was
        before the first line."""
        self.tree = tree
        self.watched = watched
        self.guards = Guards()
        self.packages: set[KerasPackage] = set()
        """The packages of Keras that the file imports from."""
        self.uses_keras = False
        self.has_stars = False
        """Whether there is a star import of Keras so far."""
        self.imports: list[tuple[ast.Import | ast.ImportFrom, Names]] = []
        self.calls: list[tuple[ast.Call, Names]] = []
        self.attributes: list[tuple[ast.Attribute, Names]] = []
        self.names: list[tuple[ast.Name, Names]] = []
        """Only behind a star import of Keras: elsewhere, a name that stands alone was spelled by its import."""
        self.subscripts: list[tuple[ast.Subscript, Names]] = []
        self.compares: list[tuple[ast.Compare, Names]] = []
        self.iterated: list[tuple[ast.expr, Names]] = []
        """What loops, comprehensions and unpackings go over."""
        self.sums_with_lists: list[tuple[ast.BinOp, Names]] = []
        """Sums of which a side is written as a list."""
        self.classes: list[Definition] = []
        self.functions: set[str] = set()
        """The names of all functions and methods that are defined."""
        self.imported: dict[str, set[str]] = {}
        """What each name stands for that an import of Keras, of what leads to it or of ``functools`` binds."""
        self.aliases: set[str] = set()
        """Names that stand for another name or an attribute somewhere in the file."""
        self.has_partials = False
        """Whether the file imports from ``functools``."""
        self.trains_otherwise = False
        """Whether the file imports a library whose own models have methods and arguments of Keras 1 and 2."""
        self.made: set[str] = set()
        """Names that stand for the result of a call somewhere in the file."""
        self.texts_bound: set[str] = set()
        """Names that stand for a constant, or for what operators or an f-string put together, somewhere in the file."""
        self.defined: set[str] = set()
        """The names of all classes that are defined."""
        self.texts: list[tuple[ast.Constant, Names]] = []
        """Strings that stand as statements: docstrings, and those beside attributes."""

    @cached_property
    def called(self) -> frozenset[str]:
        """The last parts of the names of all that is called, however it is imported."""
        found = set()
        for call, _ in self.calls:
            func = call.func
            if type(func) is ast.Attribute:
                found.add(func.attr)
            elif type(func) is ast.Name:
                found.add(func.id)
                found.update(dotted.rpartition(".")[2] for dotted in self.imported.get(func.id, ()))
        return frozenset(found)

    def stands_for(self, name: str) -> Collection[str] | None:
        """Return all that a name may stand for by the imports of the file, in whichever scope.

        ``None``: it may stand for more than they say.
        """
        if self.is_open or name in self.aliases:
            return None
        return self.imported.get(name, ())

    def is_called_as(self, name: str) -> Collection[str] | None:
        """Return all that is called by a name by the imports of the file; ``None``: it may be more."""
        if name in self.defined or (self.has_partials and name in self.made):
            return None
        return self.stands_for(name)
