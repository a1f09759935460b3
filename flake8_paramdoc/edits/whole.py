"""What is left to a person as a whole, as half of it written anew would be worse than none."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from flake8_paramdoc.changes.shapes import FunctionsOnTensors, MemberChange
from flake8_paramdoc.matching.era import is_only_in_tensorflow_1

if TYPE_CHECKING:
    from flake8_paramdoc.edits.source import Source
    from flake8_paramdoc.matching.finding import Match
    from flake8_paramdoc.reading.collected import Reading

_WHOLE_CLASSES = frozenset({"get_updates"})
"""Methods of which the class lives, so that it must be made anew with them: an optimizer of Keras 2."""

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class _Matched(Protocol):
    @property
    def match(self) -> Match:
        """What was found."""
        ...


_Found = TypeVar("_Found", bound=_Matched)


class Whole:
    """The parts of a file of which all or nothing is written anew."""

    def __init__(self, source: Source, reading: Reading, matches: Iterable[Match]) -> None:
        """Take what was found in a file."""
        self._source = source
        self._classes = [
            source.parents[id(match.node)]
            for match in matches
            if isinstance(match.change, MemberChange)
            and isinstance(match.node, ast.FunctionDef)
            and match.node.name in _WHOLE_CLASSES
        ]
        on_tensors = any(isinstance(match.change, FunctionsOnTensors) for match in matches)
        self._of_tensorflow_1 = (
            {id(self._function(call)) for call, scope in reading.calls if is_only_in_tensorflow_1(call, scope)}
            if on_tensors
            else set()
        )

    def is_left(self, match: Match) -> bool:
        """Tell whether a match is in a class that must be made anew, or beside functions of TensorFlow 1 alone."""
        if isinstance(match.node, (ast.alias, ast.Import, ast.ImportFrom)):
            return False
        if isinstance(match.change, FunctionsOnTensors) and id(self._function(match.node)) in self._of_tensorflow_1:
            return True
        return bool(self._classes) and any(node in self._classes for node in self._around(match.node))

    def without_halves(self, found: Sequence[_Found], matches: Iterable[Match]) -> list[_Found]:
        """Return what is written anew but where, in the same statement, a function stays that refuses Keras tensors."""
        written = {id(one.match) for one in found}
        stay = {
            id(self._statement(match.node))
            for match in matches
            if isinstance(match.change, FunctionsOnTensors) and id(match) not in written
        }
        if not stay:
            return list(found)
        return [
            one
            for one in found
            if not isinstance(one.match.change, FunctionsOnTensors) or id(self._statement(one.match.node)) not in stay
        ]

    def _around(self, node: ast.AST) -> Iterable[ast.AST]:
        around: ast.AST | None = node
        while around is not None:
            yield around
            around = self._source.parents.get(id(around))

    def _function(self, node: ast.AST) -> ast.AST | None:
        return next((one for one in self._around(node) if isinstance(one, _FUNCTIONS)), None)

    def _statement(self, node: ast.AST) -> ast.AST | None:
        return next((one for one in self._around(node) if isinstance(one, ast.stmt)), None)
