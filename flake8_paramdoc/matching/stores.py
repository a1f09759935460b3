"""Attributes that a file stores on a module, class or object of Keras: from there on they are there."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from flake8_paramdoc.reading.keras_packages import origin
from flake8_paramdoc.reading.origins import imported
from flake8_paramdoc.reading.scopes import ScopeKind

if TYPE_CHECKING:
    from flake8_paramdoc.reading.collected import Reading
    from flake8_paramdoc.reading.scopes import Names


class Stores:
    """What a file stores of the attributes that are watched. Few files do, so that it is gathered when asked."""

    def __init__(self, reading: Reading) -> None:
        """Take what was read of the file."""
        self._reading = reading

    def define(self, attribute: ast.Attribute, scope: Names) -> bool:
        """Tell whether an attribute is stored there, or was before: no name of Keras is used.

        A function runs when it is called, wherever it stands.
        """
        if isinstance(attribute.ctx, ast.Store):
            return True
        if attribute.attr not in self._stored:
            return False
        names = _names(attribute, scope)
        return any(
            not names.isdisjoint(stored) and (line < attribute.lineno or scope.kind is not ScopeKind.MODULE)
            for stored, line in self._stored[attribute.attr]
        )

    def on_class(self, attribute: str) -> bool:
        """Tell whether the file stores an attribute of this name on a class of Keras, whose objects have it then."""
        return any(
            name.rpartition(".")[0].rpartition(".")[2][:1].isupper()
            for stored, _ in self._stored.get(attribute, ())
            for name in stored
        )

    @cached_property
    def _stored(self) -> dict[str, list[tuple[frozenset[str], int]]]:
        """By the attribute: what it may be the attribute of, with it, and where it is stored."""
        found: dict[str, list[tuple[frozenset[str], int]]] = {}
        for node, scope in self._reading.attributes:
            if isinstance(node.ctx, ast.Store):
                found.setdefault(node.attr, []).append((_names(node, scope), node.lineno))
        return found


def _names(attribute: ast.Attribute, scope: Names) -> frozenset[str]:
    """Return what an attribute may be, by its full name; of an object, by how the file calls it."""
    places = [origin(meaning.dotted) for meaning in imported(attribute, scope)]
    names = frozenset(where.name for where in places if where is not None)
    return names or frozenset({ast.unparse(attribute)})
