"""Functions of TensorFlow that are called on a Keras tensor."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.changes import TENSOR_FUNCTIONS
from flake8_paramdoc.matching.finding import Match, Site
from flake8_paramdoc.matching.namespaces import in_namespace
from flake8_paramdoc.matching.tensor_kinds import LIVE
from flake8_paramdoc.reading.bound_before import frame_of
from flake8_paramdoc.reading.keras_packages import KerasPackage, origin
from flake8_paramdoc.reading.origins import imported
from flake8_paramdoc.reading.scopes import ScopeKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flake8_paramdoc.matching.target import Target
    from flake8_paramdoc.matching.tensor_flow import Tensors
    from flake8_paramdoc.reading.collected import Reading
    from flake8_paramdoc.reading.object_types import Values
    from flake8_paramdoc.reading.scopes import Names

_MODULES = frozenset({
    "", "math.", "nn.", "image.", "linalg.", "signal.", "strings.", "sparse.", "random.", "ragged.", "dtypes.",
    "quantization.", "experimental.numpy.",
})  # fmt: skip
"""Modules of TensorFlow whose functions take tensors."""

_TAKE_THEM = frozenset({
    "Assert", "as_dtype", "assert_equal", "control_dependencies", "custom_gradient", "device", "executing_eagerly",
    "function", "get_logger", "get_static_value", "grad_pass_through", "group", "init_scope", "is_symbolic_tensor",
    "is_tensor", "load_library", "load_op_library", "name_scope", "no_op", "nondifferentiable_batch_function", "print",
    "recompute_grad", "register_tensor_conversion_function", "timestamp", "tuple", "variable_creator_scope",
    "variable_scope", "get_variable", "get_default_graph", "random.set_seed", "set_random_seed", "trainable_variables",
    "int_shape", "is_keras_tensor", "is_sparse", "to_dense", "eval", "get_value", "clear_session", "get_uid",
    "set_epsilon", "batch_normalization",
})  # fmt: skip
"""Functions that take a Keras tensor without an error, or take no tensor at all."""


def match_tensors(reading: Reading, values: Values, tensors: Tensors, target: Target) -> Iterator[Match]:
    """Yield the functions that are called on a Keras tensor."""
    roots = {name for name, dotted in reading.imported.items() if any(map(_leads, dotted))}
    if not roots:
        return
    for call, scope in reading.calls:
        root = call.func
        while type(root) is ast.Attribute:
            root = root.value
        if type(root) is not ast.Name or root.id not in roots:
            continue
        found = _function(call.func, scope)
        if found is None or (frame_of(scope).kind is ScopeKind.FUNCTION and frame_of(scope).node is None):
            continue
        module, name, package = found
        change = TENSOR_FUNCTIONS[module]
        passed = [*call.args, *(keyword.value for keyword in call.keywords)]
        if (
            target.applies(change, package)
            and any(tensors.has(argument, scope) for argument in passed)
            and not reading.guards.cover(call)
        ):
            # TensorFlow's copy of the backend is used with its copy of Keras.
            home = package if module == "keras.backend" or not reading.packages else values.package
            message = in_namespace(change.message(name), home)
            yield Match(call.func, change, message, fixes=change.fixes(name), site=Site(scope, home, name))


def _is_lambda(frame: Names) -> bool:
    return frame.kind is ScopeKind.FUNCTION and frame.node is None


def _leads(dotted: str) -> bool:
    """Tell whether a name leads to functions of TensorFlow, or to its copy of Keras' backend."""
    where = origin(dotted)
    if where is None:
        return dotted == "tensorflow" or dotted.startswith("tensorflow.")
    return where.package is KerasPackage.TENSORFLOW and (
        where.name == "keras" or where.name.startswith("keras.backend")
    )


def _function(func: ast.expr, scope: Names) -> tuple[str, str, KerasPackage] | None:
    """Return the module and the name of a function that takes tensors, and the package that it comes with."""
    meanings = imported(func, scope)
    if len(meanings) != 1:
        return None
    dotted = meanings[0].dotted
    where = origin(dotted)
    if where is not None:
        module, _, name = where.name.rpartition(".")
        if module != "keras.backend" or where.package not in LIVE or name in _TAKE_THEM:
            return None
        return module, name, where.package
    if not dotted.startswith("tensorflow."):
        return None
    name = dotted.removeprefix("tensorflow.").removeprefix("compat.v1.").removeprefix("compat.v2.")
    module, _, last = name.rpartition(".")
    if (f"{module}." if module else "") not in _MODULES or last[:1].isupper() or name in _TAKE_THEM:
        return None
    return "tensorflow", name, KerasPackage.TENSORFLOW
