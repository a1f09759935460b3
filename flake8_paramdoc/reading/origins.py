"""What a name stands for by the imports and the definitions of a file."""

from __future__ import annotations

import ast

from flake8_paramdoc.changes import brings
from flake8_paramdoc.reading.keras_packages import is_keras, origin
from flake8_paramdoc.reading.scopes import Definition, Imported, Names, Value

_PASSED_ON = frozenset({"keras", "tf_keras"})


def imported(node: ast.expr, scope: Names) -> tuple[Imported, ...]:
    """Say what an expression may stand for by the imports of the file."""
    return scope.resolve(node, brings)


def defined(node: ast.expr, scope: Names) -> Definition | None:
    """Return the function or class of the file that a name stands for, where it stands for nothing else."""
    if not isinstance(node, ast.Name):
        return None
    bindings = list(scope.lookup(node.id, brings))
    return bindings[0] if len(bindings) == 1 and isinstance(bindings[0], Definition) else None


def is_of_another(binding: object) -> bool:
    """Tell whether what is bound was made by a class from elsewhere; a function from elsewhere may give a model."""
    if not isinstance(binding, Value) or not isinstance(binding.node, ast.Call):
        return isinstance(binding, Imported)
    return any(
        not is_keras(meaning.dotted) and meaning.dotted.rpartition(".")[2][:1].isupper()
        for meaning in imported(binding.node.func, binding.scope)
    )


def is_of_another_keras(binding: object) -> bool:
    """Tell whether what is bound was made by a Keras that another package passes on: ``mine.compat.keras.Model``."""
    if not isinstance(binding, Value) or not isinstance(binding.node, ast.Call):
        return False
    return any(
        origin(meaning.dotted) is None and not _PASSED_ON.isdisjoint(meaning.dotted.split("."))
        for meaning in imported(binding.node.func, binding.scope)
    )


def adds_nothing(node: ast.expr, scope: Names) -> bool:
    """Tell whether a base class brings no member that a user could mean: ``object``, ``ABC``, ``Generic[T]``."""
    if isinstance(node, ast.Subscript):
        node = node.value
    if isinstance(node, ast.Name) and node.id == "object":
        return True
    return any(meaning.dotted in ("abc.ABC", "typing.Generic", "typing.Protocol") for meaning in imported(node, scope))
