"""What a name may stand for where it stands: what was bound to it before, whichever branches of the code ran.

Branches that bind it otherwise all count, and what returns or raises does not go on. Of a loop, the first round
counts: what is bound further down in it comes too late for that.
"""

from __future__ import annotations

import ast
import sys
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from flake8_paramdoc.reading.scopes import (
    Definition,
    Element,
    Imported,
    Item,
    Names,
    Parameter,
    ScopeKind,
    Unfollowed,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flake8_paramdoc.reading.scopes import Binding

_Point: TypeAlias = "tuple[int, int]"
"""A line and a column."""

_START = (0, 0)
"""Where parameters are bound."""

_MOST_BINDINGS = 12
"""How many may count: each of them costs as much as the name, and a long script may have one in every branch."""


def bound_before(node: ast.Name, scope: Names) -> tuple[list[Binding], Names | None]:
    """Return all that a name may stand for at its place, and the scope that has it.

    In a function that is called later, that is all that its surroundings bind. It is empty where nobody knows.
    """
    holder: Names | None = scope
    while holder is not None and (
        node.id not in holder.bindings or (holder.kind is ScopeKind.CLASS and holder is not scope)
    ):
        holder = holder.around(node.id)
    if holder is None:
        return [], None
    bindings = holder.bindings[node.id]
    if len(bindings) <= 1 or holder.kind is ScopeKind.COMPREHENSION or holder is not frame_of(scope):
        return bindings, holder
    body = getattr(holder.node, "body", None)
    if not isinstance(body, list):
        return bindings, holder
    found = _Name(bindings).bound_at((node.lineno, node.col_offset), body)
    return (found if len(found) <= _MOST_BINDINGS else []) if found else bindings, holder


def frame_of(scope: Names) -> Names:
    """Return the function or module whose statements run a scope's code; that of a lambda is its own."""
    while scope.kind is ScopeKind.COMPREHENSION and scope.outer is not None:
        scope = scope.outer
    return scope


class _Bound(NamedTuple):
    """What may be bound, and whether what was bound before may be so still."""

    bindings: list[Binding]
    is_open: bool

    def before(self, earlier: _Bound) -> _Bound:
        """Return what may be bound behind both, where ``earlier`` runs first."""
        return _Bound([*earlier.bindings, *self.bindings], earlier.is_open) if self.is_open else self


_AS_BEFORE = _Bound([], is_open=True)
_GOES_ELSEWHERE = _Bound([], is_open=False)
"""What returns or raises does not go on."""


class _Name:
    """The bindings of one name, in the order of the source."""

    def __init__(self, bindings: Iterable[Binding]) -> None:
        self._nowhere: list[Binding] = []
        """What is bound at a place that is not known."""
        placed: list[tuple[_Point, _Point, int, Binding]] = []
        for number, binding in enumerate(bindings):
            span = _span(binding)
            if span is None:
                self._nowhere.append(binding)
            else:
                placed.append((*span, number, binding))
        placed.sort(key=lambda one: one[:3])
        self._begins = [begin for begin, _, _, _ in placed]
        self._ends = [end for _, end, _, _ in placed]
        self._placed = [binding for _, _, _, binding in placed]

    def bound_at(self, place: _Point, body: list[ast.stmt]) -> list[Binding]:
        """Return what may be bound at a place in a function or module.

        :param body: its statements.
        """
        found = self._at(place, body)
        given = _Bound(self._placed[: bisect_right(self._begins, _START)], is_open=False)
        return [*self._nowhere, *found.before(given).bindings]

    def _between(self, begin: _Point, end: _Point) -> range:
        """Return the numbers of the bindings that begin between two places."""
        return range(bisect_left(self._begins, begin), bisect_left(self._begins, end))

    def _at(self, place: _Point, body: list[ast.stmt]) -> _Bound:
        """Return what may be bound at a place in a block."""
        number = bisect_right(body, place, key=_place) - 1
        if number < 0:
            return _AS_BEFORE
        return self._inside(place, body[number]).before(self._behind_all(body[:number]))

    def _inside(self, place: _Point, statement: ast.stmt) -> _Bound:
        """Return what may be bound at a place in a statement."""
        blocks = _blocks(statement)
        begun = [number for number, block in enumerate(blocks) if block and _place(block[0]) <= place]
        head = self._head(statement, blocks, place)
        if not begun:
            return head
        found = self._at(place, blocks[begun[-1]])
        if found.is_open and isinstance(statement, _TRIES) and begun[-1]:
            tried = self._all(blocks[0])
            found = found.before(_Bound(tried, is_open=True))
        return found.before(head)

    def _head(self, statement: ast.stmt, blocks: list[list[ast.stmt]], place: _Point) -> _Bound:
        """Return what a statement binds before a place, and outside its blocks: the last of it."""
        inner = [span for block in blocks if block for span in (self._of_block(block),)]
        numbers = [
            number
            for number in self._between(_place(statement), place)
            if self._ends[number] <= place and not any(number in span for span in inner)
        ]
        return _Bound([self._placed[numbers[-1]]], is_open=False) if numbers else _AS_BEFORE

    def _of_block(self, block: list[ast.stmt]) -> range:
        return self._between(_place(block[0]), _end(block[-1]))

    def _all(self, block: list[ast.stmt]) -> list[Binding]:
        return [self._placed[number] for number in self._of_block(block)] if block else []

    def _behind_all(self, block: list[ast.stmt]) -> _Bound:
        """Return what may be bound behind statements that ran one after the other."""
        found = _AS_BEFORE
        for statement in reversed(block):
            if not found.is_open or len(found.bindings) > _MOST_BINDINGS:
                break
            found = found.before(self._behind(statement))
        return found

    def _behind(self, statement: ast.stmt) -> _Bound:
        """Return what may be bound behind a statement."""
        if isinstance(statement, (ast.Return, ast.Raise)):
            return _GOES_ELSEWHERE
        blocks = _blocks(statement)
        if not blocks and not self._between(_place(statement), _end(statement)):
            return _AS_BEFORE
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            bindings = self._all([statement])
            own: list[Binding] = [one for one in bindings if isinstance(one, Definition) and one.node is statement]
            # What it declares global may be bound when it is called.
            return _Bound(own, is_open=False) if own else _Bound(bindings, is_open=True)
        ends = [self._behind_all(block) for block in blocks]
        head = self._head(statement, blocks, _end(statement))
        if isinstance(statement, _TRIES):
            return self._behind_try(self._all(statement.body), ends)
        if isinstance(statement, (ast.With, ast.AsyncWith)):
            return ends[0].before(head)
        if not blocks:
            return head
        if isinstance(statement, ast.Match):
            last = statement.cases[-1]
            is_whole = last.guard is None and isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None
            return _either([*ends, *([] if is_whole else [_AS_BEFORE])]).before(head)
        if isinstance(statement, ast.If):
            return _either(ends).before(head)
        if isinstance(statement, ast.While):
            loop = _either([ends[0], _AS_BEFORE]).before(head)
        else:
            loop = _either([ends[0].before(head), _AS_BEFORE])
        return _either([loop, ends[1]]) if blocks[1] else loop

    def _behind_try(self, tried: list[Binding], ends: list[_Bound]) -> _Bound:
        """Return what may be bound behind ``try``, whose blocks end so: its handlers begin anywhere in its body."""
        body, *handled, otherwise, finally_ = ends
        handled = [one.before(_Bound(tried, is_open=True)) for one in handled]
        return finally_.before(_either([otherwise.before(body), *handled]))


_TRIES = (ast.Try, ast.TryStar) if sys.version_info >= (3, 11) else (ast.Try,)


def _either(several: list[_Bound]) -> _Bound:
    """Return what may be bound behind one of several, nobody knows which."""
    return _Bound([binding for one in several for binding in one.bindings], any(one.is_open for one in several))


def _blocks(statement: ast.stmt) -> list[list[ast.stmt]]:
    """Return the blocks of a statement that run in the same scope, in the order of the source; some may be empty."""
    match statement:
        case ast.If() | ast.For() | ast.AsyncFor() | ast.While():
            return [statement.body, statement.orelse]
        case ast.With() | ast.AsyncWith():
            return [statement.body]
        case ast.Match():
            return [case.body for case in statement.cases]
    if isinstance(statement, _TRIES):
        handlers = [handler.body for handler in statement.handlers]
        return [statement.body, *handlers, statement.orelse, statement.finalbody]
    return []


def _place(node: ast.expr | ast.stmt) -> _Point:
    return node.lineno, node.col_offset


def _end(node: ast.expr | ast.stmt) -> _Point:
    return node.end_lineno or node.lineno, node.end_col_offset or node.col_offset


def _span(binding: Binding) -> tuple[_Point, _Point] | None:
    """Return where what is bound begins, and where it is bound; parameters are bound from the start."""
    match binding:
        case Value() | Item() | Element() | Unfollowed():
            return _place(binding.node), _end(binding.node)
        case Definition():
            return _place(binding.node), _place(binding.node)
        case Imported():
            return binding.place, binding.place
        case Parameter():
            return _START, _START
    return None
