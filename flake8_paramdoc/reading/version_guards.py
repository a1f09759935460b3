"""Branches that are for one version of Keras only: what stands there is right for that version.

They test a version (``if keras.__version__ < "2"``), ask whether something is there (``if hasattr(keras, "ops")``,
``find_spec("keras.ops")``), or try one import and fall back on another.
"""

from __future__ import annotations

import ast
import re
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from flake8_paramdoc.changes import OLD_MEMBERS
from flake8_paramdoc.reading.keras_packages import is_keras, origin
from flake8_paramdoc.reading.scopes import Imported, Value

if TYPE_CHECKING:
    from flake8_paramdoc.reading.scopes import Names


class Branches(IntEnum):
    """What kinds of tests for a version a source may hold, by the words in it."""

    NONE = 0
    NAMED = 1
    """A name that speaks of a version, ``hasattr`` or ``find_spec``."""
    ANY = 2
    """And a name, whatever it is called, that was bound to what comes of ``__version__``."""


_WORDS = (
    "ersion",
    "ERSION",
    "hasattr",
    "find_spec",
    *(f"{start}{end}" for start in ("eras", "ERAS") for end in ("_2", "_3", "2", "3")),
)


def branches(source: str) -> Branches:
    """Say which tests for a version a source may hold: cheaper than to look at each condition in it."""
    if "__version__" in source:
        return Branches.ANY
    return Branches.NAMED if any(word in source for word in _WORDS) else Branches.NONE


_VERSION = re.compile(
    r"_version_*$|^version_?|^VERSION|_VERSION$|(^|_)(is|has|use|have)?_?(tf_?)?keras_?[123](_|$)", re.IGNORECASE
)
_NOT_OF_KERAS = frozenset({"sys", "platform", "np", "numpy", "python", "six", "torch", "PY3", "model", "self", "args"})

_ABSENT = frozenset({"ImportError", "ModuleNotFoundError", "AttributeError", "TypeError", "NameError"})
_LEAVES = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_ENDS = frozenset({"exit", "_exit", "abort", "skip"})


@cache
def _speaks_of_version(name: str) -> bool:
    return _VERSION.search(name) is not None


def tests_version(test: ast.expr, scope: Names, kinds: Branches) -> bool:
    """Tell whether a condition asks for the version of Keras, or for what only one version has."""
    assigned = kinds is Branches.ANY
    pending: list[Any] = [test]
    while pending:
        node = pending.pop()
        kind = type(node)
        if kind is ast.Name:
            if _speaks_of_version(node.id) or (assigned and _holds_version(node.id, scope)):
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
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _is_a_part_of_keras(node: ast.expr) -> bool:
    """Tell whether a string names a module that not every Keras has; Keras itself is there, or not installed."""
    name = node.value if isinstance(node, ast.Constant) else None
    return isinstance(name, str) and origin(name) is not None and name not in {"keras", "tensorflow.keras"}


def falls_back(node: ast.Try) -> bool:
    """Tell whether a ``try`` statement has something else to offer where a name is absent."""
    return any(_catches_absence(handler) and not _gives_up(handler.body) for handler in node.handlers)


def _catches_absence(handler: ast.ExceptHandler) -> bool:
    caught = handler.type
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(isinstance(name, ast.Name) and name.id in _ABSENT for name in names)


def _gives_up(body: list[ast.stmt]) -> bool:
    """Tell whether statements end the run, so that what stands before them must work."""
    last = body[-1]
    if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
        return _called(last.value.func) in _ENDS
    return isinstance(last, ast.Raise)


def leaves(body: list[ast.stmt]) -> bool:
    """Tell whether what follows a branch runs only where the branch does not."""
    return isinstance(body[-1], _LEAVES) or _gives_up(body)
