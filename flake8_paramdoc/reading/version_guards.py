"""Branches that are for one version of Keras only: what stands there is right for that version.

They test a version (``if keras.__version__ < "2"``), ask whether something is there (``if hasattr(keras, "ops")``,
``find_spec("keras.ops")``), or try one import and fall back on another. What only a type checker sees
(``if TYPE_CHECKING:``) is among them: it never runs. A branch that Keras 3 runs as well is none of them:
``if tf.__version__ >= "2.2"``.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from functools import cache, cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

from flake8_paramdoc.changes import OLD_MEMBERS
from flake8_paramdoc.reading.keras_packages import is_keras, origin
from flake8_paramdoc.reading.scopes import Imported, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flake8_paramdoc.reading.scopes import Names


_Place: TypeAlias = "tuple[int, int]"
"""A line and a column, as a tree counts them."""


class Guards:
    """The branches of one tree that are for one version of Keras only.

    Most files are never asked about them, so that their conditions are looked at with the first question.
    """

    def __init__(self) -> None:
        """Start with none."""
        self.conditions: list[tuple[ast.If | ast.IfExp | ast.BoolOp | ast.Try, Names]] = []
        """What may decide which of its parts runs, by the version."""
        self.bodies: list[tuple[list[ast.stmt], Names]] = []
        """The bodies of modules and functions: behind a branch that leaves for its version, all is for the others."""

    def cover(self, node: Any) -> bool:
        """Tell whether a node stands in such a branch."""
        begins, ends = self._spans
        place = (node.lineno, node.col_offset)
        before = bisect_right(begins, place)
        return before > 0 and place < ends[before - 1]

    @cached_property
    def _spans(self) -> tuple[list[_Place], list[_Place]]:
        """Where such branches begin and end, none inside another, in the order of the source."""
        spans = [*chain.from_iterable(_branches(*condition) for condition in self.conditions)]
        spans += [span for body, scope in self.bodies for span in _rest(body, scope)]
        begins: list[_Place] = []
        ends: list[_Place] = []
        for begin, end in sorted(spans):
            if ends and begin < ends[-1]:
                ends[-1] = max(end, ends[-1])
            else:
                begins.append(begin)
                ends.append(end)
        return begins, ends


def _branches(node: ast.If | ast.IfExp | ast.BoolOp | ast.Try, scope: Names) -> Iterator[tuple[_Place, _Place]]:
    """Yield where the branches of a node begin and end that are for one version, or never run."""
    if isinstance(node, ast.Try):
        if falls_back(node, scope):
            yield _begin(node), _end(node.handlers[-1])
    elif isinstance(node, ast.BoolOp):
        # Behind an operand that asks for a version, they are for one: `hasattr(tf, "a") and tf.a`.
        asking = next((value for value in node.values[:-1] if tests_version(value, scope)), None)
        if asking is not None:
            yield _end(asking), _end(node)
    elif isinstance(node, ast.If) and _called(node.test) == "TYPE_CHECKING":
        yield _end(node.test), _end(node.body[-1])
    elif tests_version(node.test, scope):
        runs = _answer(node.test)
        if isinstance(node, ast.IfExp):
            if runs is not True:
                yield _begin(node.body), _end(node.body)
            if runs is not False:
                yield _end(node.test), _end(node)
        elif runs is None:
            yield _end(node.test), _end(node)
        elif not runs:
            yield _end(node.test), _end(node.body[-1])
        elif node.orelse:
            yield _end(node.body[-1]), _end(node)


def _answer(test: ast.expr) -> bool | None:
    """Return what a condition on the version is under Keras 3, or None where that is not sure."""
    # Few files ask for a version.
    from flake8_paramdoc.reading import version_answers

    return version_answers.answer(test)


def _rest(body: list[ast.stmt], scope: Names) -> Iterator[tuple[_Place, _Place]]:
    for statement in body:
        if (
            isinstance(statement, ast.If)
            and leaves(statement.body)
            and tests_version(statement.test, scope)
            and _answer(statement.test) is not False
        ):
            yield _end(statement), _end(body[-1])
            return


def _begin(node: ast.expr | ast.stmt) -> _Place:
    return node.lineno, node.col_offset


def _end(node: ast.expr | ast.stmt | ast.excepthandler) -> _Place:
    return node.end_lineno or node.lineno, node.end_col_offset or node.col_offset


_VERSION = re.compile(
    r"_version_*$|^version_?|^VERSION|_VERSION$|(^|_)(is|has|use|have)?_?(tf_?)?keras_?[123](_|$)", re.IGNORECASE
)
_NOT_OF_KERAS = frozenset({"sys", "platform", "np", "numpy", "python", "six", "torch", "PY3", "model", "self", "args"})

_ABSENT = frozenset({"ImportError", "ModuleNotFoundError", "AttributeError", "TypeError", "NameError"})
_LEAVES = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_ENDS = frozenset({"exit", "_exit", "abort", "skip"})
_SAYING = frozenset(
    {"print", "print_exc", "warn", "warning", "warn_explicit", "debug", "info", "error", "exception", "critical", "log"}
)
"""Functions that tell a reader something."""


@cache
def _speaks_of_version(name: str) -> bool:
    return _VERSION.search(name) is not None


def tests_version(test: ast.expr, scope: Names) -> bool:
    """Tell whether a condition asks for the version of Keras, or for what only one version has."""
    pending: list[Any] = [test]
    while pending:
        node = pending.pop()
        kind = type(node)
        if kind is ast.Name:
            if _speaks_of_version(node.id) or _holds_version(node.id, scope):
                return True
        elif kind is ast.Attribute:
            root = node.value
            if _speaks_of_version(node.attr) and not (type(root) is ast.Name and root.id in _NOT_OF_KERAS):
                return True
            pending.append(root)
        elif kind is ast.Call:
            if type(node.func) is ast.Name and node.func.id == "hasattr":
                if node.args and (_is_of_keras(node.args[0], scope) or _is_old_member(node.args[1:])):
                    return True
            elif _called(node.func) == "find_spec":
                if node.args and _is_a_part_of_keras(node.args[0]):
                    return True
            else:
                pending.append(node.func)
                pending += node.args
        elif kind is ast.Compare:
            pending.append(node.left)
            pending += node.comparators
        elif kind is ast.BoolOp:
            pending += node.values
        elif kind is ast.UnaryOp:
            pending.append(node.operand)
        elif kind is ast.Subscript:
            pending.append(node.value)
    return False


def _holds_version(name: str, scope: Names) -> bool:
    """Tell whether a name was bound to what comes of a version: ``OLD = keras.__version__ < "2"``."""
    around: Names | None = scope
    while around is not None and name not in around.bindings:
        around = around.outer
    return around is not None and any(
        isinstance(binding, Value) and any(
            isinstance(part, ast.Attribute)
            and part.attr == "__version__"
            and not (isinstance(part.value, ast.Name) and part.value.id in _NOT_OF_KERAS)
            for part in ast.walk(binding.node)
        )
        for binding in around.bindings[name]
    )  # fmt: skip


def _is_of_keras(node: ast.expr, scope: Names) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    if not isinstance(node, ast.Name):
        return False
    around: Names | None = scope
    while around is not None:
        if node.id in around.bindings:
            return any(
                isinstance(binding, Imported) and is_keras(binding.dotted) for binding in around.bindings[node.id]
            )
        around = around.outer
    return False


def _is_old_member(names: list[ast.expr]) -> bool:
    """Tell whether ``hasattr`` asks for what not every Keras has; an object's own ``model`` is nothing of that kind."""
    name = names[0].value if names and isinstance(names[0], ast.Constant) else None
    return isinstance(name, str) and name in OLD_MEMBERS and name != "model"


def _called(function: ast.expr) -> str:
    """Return the last part of a name, or ''."""
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _is_a_part_of_keras(node: ast.expr) -> bool:
    """Tell whether a string names a module that not every Keras has; Keras itself is there, or not installed."""
    name = node.value if isinstance(node, ast.Constant) else None
    return isinstance(name, str) and origin(name) is not None and name not in {"keras", "tensorflow.keras"}


def falls_back(node: ast.Try, scope: Names) -> bool:
    """Tell whether a ``try`` statement has something else to offer where a name is absent."""
    return any(
        (_catches_absence(handler) or (_catches_all(handler) and _brings(handler.body, node.body)))
        and not _gives_up(handler.body)
        and not (_only_says(handler.body) and _is_missed(node, scope))
        for handler in node.handlers
    )


def _only_says(body: list[ast.stmt]) -> bool:
    """Tell whether statements only say that something failed, which does not do without it: ``print(error)``."""
    calls = [
        _called(statement.value.func)
        for statement in body
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
    ]
    return len(calls) == len(body) and _SAYING.issuperset(calls)


def _is_missed(node: ast.Try, scope: Names) -> bool:
    """Tell whether what a ``try`` statement imports, and it does nothing else, is bound there alone."""
    if node.orelse or not all(isinstance(statement, (ast.Import, ast.ImportFrom)) for statement in node.body):
        return False
    names = chain.from_iterable(map(_bound, node.body))
    return all(len(scope.bindings.get(name, ())) == 1 for name in names)


def _brings(body: list[ast.stmt], others: list[ast.stmt]) -> bool:
    """Tell whether statements bind all that others import, which do nothing else."""
    if not all(isinstance(statement, (ast.Import, ast.ImportFrom)) for statement in others):
        return False
    return {*chain.from_iterable(map(_bound, others))} <= {*chain.from_iterable(map(_bound, body))}


def _bound(statement: ast.stmt) -> Iterator[str]:
    for node in ast.walk(statement):
        if isinstance(node, ast.alias):
            yield node.asname or node.name.partition(".")[0]
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name


def _catches_absence(handler: ast.ExceptHandler) -> bool:
    caught = handler.type
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(isinstance(name, ast.Name) and name.id in _ABSENT for name in names)


def _catches_all(handler: ast.ExceptHandler) -> bool:
    """Tell whether a handler takes any error."""
    return handler.type is None or (
        isinstance(handler.type, ast.Name) and handler.type.id in ("Exception", "BaseException")
    )


def _gives_up(body: list[ast.stmt]) -> bool:
    """Tell whether statements end the run, so that what stands before them must work."""
    last = body[-1]
    if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
        return _called(last.value.func) in _ENDS
    return isinstance(last, ast.Raise)


def leaves(body: list[ast.stmt]) -> bool:
    """Tell whether what follows a branch runs only where the branch does not."""
    return isinstance(body[-1], _LEAVES) or _gives_up(body)
