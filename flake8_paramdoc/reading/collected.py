"""What one walk through a tree collects: where something may be outdated, and what the file uses of Keras."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

    from flake8_paramdoc.reading.keras_packages import KerasPackage
    from flake8_paramdoc.reading.scopes import Definition, Names
    from flake8_paramdoc.reading.version_guards import Branches


class Reading:
    """What one walk collected, each node with the scope that it is evaluated in, in the order of the source.

    What stands in a branch for one version of Keras is left out.
    """

    def __init__(self, tree: ast.AST, watched: Container[str], branches: Branches) -> None:
        """Collect attributes and names of ``tree`` if ``watched``."""
        self.tree = tree
        self.watched = watched
        self.branches = branches
        self.packages: set[KerasPackage] = set()
        """The packages of Keras that the file imports from."""
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
