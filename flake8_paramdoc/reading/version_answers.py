"""What a condition on a version answers under every release of Keras 3: ``tf.__version__ >= "2.2"`` is true there."""

from __future__ import annotations

import ast
import re
from typing import Any

_RELEASES = {
    "keras": tuple(f"3.{minor}.{patch}" for minor in (*range(16), 99) for patch in (0, 1)),
    "tensorflow": tuple(f"2.{minor}.{patch}" for minor in (20, 21) for patch in (0, 1)),
}
"""The versions that a file may find where it runs with Keras 3; of TensorFlow, the latest. Compared as text, as many
files do it, 2.16 is less than 2.2, and 2.20 is not."""
_PACKAGES = {"keras": "keras", "tf": "tensorflow", "tensorflow": "tensorflow"}
_PARSING = frozenset({"LooseVersion", "StrictVersion", "Version", "parse"})


class _Unknown(Exception):  # noqa: N818 - no error, it ends the reading
    """A condition that is not of versions alone."""


def answer(test: ast.expr) -> bool | None:
    """Return what a condition on the version is under Keras 3, or None where that is not sure."""
    package = _package(test)
    if package is None:
        return None
    try:
        answers = {bool(_value(test, version)) for version in _RELEASES[package]}
    except (_Unknown, TypeError, ValueError, IndexError):
        return None
    return answers.pop() if len(answers) == 1 else None


def _package(test: ast.expr) -> str | None:
    """Return the one package whose version a condition asks for."""
    found = {
        _PACKAGES.get(node.value.id) if isinstance(node.value, ast.Name) else None
        for node in ast.walk(test)
        if isinstance(node, ast.Attribute) and node.attr == "__version__"
    }
    return found.pop() if len(found) == 1 else None


def _value(node: ast.expr, version: str) -> Any:
    """Return what an expression is with a version, as Python computes it."""
    if isinstance(node, ast.Attribute) and node.attr == "__version__":
        return version
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return not _value(node.operand, version)
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return _value(node.value, version)[node.slice.value]
    if isinstance(node, ast.Call) and not node.keywords:
        return _called(node, version)
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return _compared(node.ops[0], _value(node.left, version), _value(node.comparators[0], version))
    raise _Unknown


def _called(call: ast.Call, version: str) -> Any:
    """Return what a call gives of those that take a version apart."""
    func = call.func
    given = [_value(arg, version) for arg in call.args]
    name = func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""
    if name in _PARSING and len(given) == 1:
        return _numbers(given[0])
    if name in ("int", "float") and isinstance(func, ast.Name) and len(given) == 1:
        return int(given[0]) if name == "int" else float(given[0])
    if isinstance(func, ast.Attribute) and name in ("split", "startswith") and len(given) == 1:
        text = _value(func.value, version)
        if isinstance(text, str):
            return text.split(given[0]) if name == "split" else text.startswith(given[0])
    raise _Unknown


def _numbers(version: object) -> list[int]:
    """Return the numbers of a release; without zeros at their end, as 2 is 2.0."""
    if not isinstance(version, str) or not re.fullmatch(r"\d+(\.\d+)*", version):
        raise _Unknown
    numbers = [int(number) for number in version.split(".")]
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    return numbers


def _compared(operator: ast.cmpop, left: Any, right: Any) -> bool:
    if isinstance(operator, ast.Lt):
        return bool(left < right)
    if isinstance(operator, ast.LtE):
        return bool(left <= right)
    if isinstance(operator, ast.Gt):
        return bool(left > right)
    if isinstance(operator, ast.GtE):
        return bool(left >= right)
    if isinstance(operator, ast.Eq):
        return bool(left == right)
    if isinstance(operator, ast.NotEq):
        return bool(left != right)
    raise _Unknown
