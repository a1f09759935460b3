"""Images with their channels first in a file for Keras 1, which took that order from a user's own settings.

Keras 3 takes them last unless it is told otherwise: nothing fails, and layers count rows of an image as its channels.
What a file says is a shape (``(3, 224, 224)``, given to a layer or to a function of the file), or the axis of the
channels (``BatchNormalization(axis=1)``, ``concat_axis=1``).
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from flake8_paramdoc.changes import BEHAVIOURS
from flake8_paramdoc.matching.callees import Callee, callee
from flake8_paramdoc.matching.era import is_for_keras_1
from flake8_paramdoc.matching.finding import Match, Site
from flake8_paramdoc.matching.namespaces import in_namespace
from flake8_paramdoc.reading.call_arguments import named
from flake8_paramdoc.reading.origins import defined
from flake8_paramdoc.reading.scopes import Names, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flake8_paramdoc.matching.era import Era
    from flake8_paramdoc.matching.target import Target
    from flake8_paramdoc.reading.collected import Reading
    from flake8_paramdoc.reading.keras_packages import KerasPackage
    from flake8_paramdoc.reading.object_types import Values

_CONVOLUTIONS = {
    "keras.layers.Conv2D": 2,
    "keras.layers.Convolution2D": 2,
    "keras.layers.Conv3D": 3,
    "keras.layers.Convolution3D": 3,
}
"""Convolutions → how many sides an image has for them."""
_AXES = {
    "keras.layers.BatchNormalization": "axis",
    "keras.layers.Concatenate": "axis",
    "keras.layers.concatenate": "axis",
    "keras.layers.merge": "concat_axis",
    "keras.layers.Merge": "concat_axis",
}
"""Layers → the argument that says where channels are."""
_JOINS = frozenset(_AXES) - {"keras.layers.BatchNormalization"}
_OF_ROWS = frozenset({
    "Dense", "Flatten", "GlobalAveragePooling2D", "GlobalMaxPooling2D", "Embedding", "LSTM", "GRU", "Reshape",
    "GlobalAvgPool2D", "GlobalMaxPool2D", "Conv1D", "Convolution1D",
})  # fmt: skip
"""What makes something else than images, of which the first axis is no channel."""

_ORDERS = ("data_format", "dim_ordering", "channels_first", "channels_last", "image_data_format", "image_dim_ordering")
_CHANNELS = frozenset({1, 3})
_SMALLEST = 8
"""The smallest side of an image that nobody takes for channels."""


class _Shape(NamedTuple):
    """A shape of images with their channels first."""

    node: ast.expr
    channels: int
    side: int
    """The last side; 0: any."""
    package: KerasPackage
    scope: Names


def match_channel_order(
    reading: Reading, values: Values, target: Target, found: Sequence[Match], era: Era
) -> Iterator[Match]:
    """Yield the first place where a file for Keras 1 has images with their channels first, and never says so."""
    if not (era.is_keras_1 or is_for_keras_1(found)) or _says_an_order(reading):
        return
    change = BEHAVIOURS["channels_first"]
    shape: _Shape | None = None
    first: tuple[ast.Call, Names, KerasPackage] | None = None
    sides = 0
    axis: Match | None = None
    is_of_images = reading.called.isdisjoint(_OF_ROWS)
    for call, scope in reading.calls:
        made = callee(call.func, scope, values)
        if made is None or not made.name.startswith("keras.layers.") or not target.applies(change, made.package):
            continue
        shape = shape or _image(call, made, scope)
        if made.name in _CONVOLUTIONS:
            first = first or (call, scope, made.package)
            sides = sides or _CONVOLUTIONS[made.name]
        elif axis is None and (made.name not in _JOINS or is_of_images):
            axis = _axis(call, made, scope)
    if first is None:
        return
    call, scope, package = first
    shape = shape or next(_given(reading, package), None)
    if shape is not None:
        told = change.message(counted=_counted(call, scope, shape, sides))
        if not reading.guards.cover(shape.node):
            site = Site(shape.scope, shape.package)
            yield Match(shape.node, change, in_namespace(told, shape.package), site=site, fixes=change.fixes())
    elif axis is not None and not reading.guards.cover(axis.node):
        yield axis


def _says_an_order(reading: Reading) -> bool:
    """Tell whether a file says an order, or asks for one: by its name, or by the backend that it was that of."""
    for node in ast.walk(reading.tree):
        word = _word(node)
        if word in ("th", *_ORDERS) or (not isinstance(node, ast.Constant) and any(one in word for one in _ORDERS)):
            return True
        if isinstance(node, ast.Compare) and any(_word(part) == "theano" for part in (node.left, *node.comparators)):
            return True
    return False


def _word(node: ast.AST) -> str:
    """Return a name or a string that a node is, or ''."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return node.attr if isinstance(node, ast.Attribute) else str(getattr(node, "arg", None) or getattr(node, "id", ""))


def _image(call: ast.Call, made: Callee, scope: Names) -> _Shape | None:
    """Return the shape of images that a layer is given with its channels first."""
    given = {argument.name: argument.value for argument in named(call.keywords, scope)}
    shape = given.get("input_shape")
    batch = given.get("batch_input_shape")
    if made.name == "keras.layers.Input":
        shape = given.get("shape", call.args[0] if call.args else None)
        batch = given.get("batch_shape")
    if shape is not None:
        return _first(shape, shape, scope, made.package)
    return _first(batch, batch, scope, made.package, skip=1) if batch is not None else None


def _first(node: ast.expr, shown: ast.expr, scope: Names, package: KerasPackage, skip: int = 0) -> _Shape | None:
    """Return what a shape says, where it is one of images with their channels first.

    :param shown: where it is reported.
    :param skip: how many axes are before those of an image.
    """
    if isinstance(node, ast.Name):
        bindings = list(scope.lookup(node.id, lambda _: False))
        if len(bindings) == 1 and isinstance(bindings[0], Value):
            node, scope = bindings[0].node, bindings[0].scope
    if not isinstance(node, ast.Tuple) or len(node.elts) - skip not in (3, 4):
        return None
    channels, *sides = [_followed(item, scope) for item in node.elts[skip:]]
    if channels not in _CHANNELS:
        return None
    if all(isinstance(item, ast.Constant) and item.value is None for item in node.elts[skip + 1 :]):
        return _Shape(shown, channels, 0, package, scope)
    if any(side is None or side < _SMALLEST for side in sides):
        return None
    return _Shape(shown, channels, sides[-1] or 0, package, scope)


def _given(reading: Reading, package: KerasPackage) -> Iterator[_Shape]:
    """Yield the shapes of images that functions of the file are given, or take where none is given."""
    for call, scope in reading.calls:
        if not isinstance(call.func, ast.Name) or defined(call.func, scope) is None:
            continue
        for value in (*call.args, *(argument.value for argument in named(call.keywords, scope))):
            shape = _first(value, value, scope, package)
            if shape is not None:
                yield shape
    for definition in ast.walk(reading.tree):
        if isinstance(definition, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for default in (*definition.args.defaults, *definition.args.kw_defaults):
                shape = _first(default, default, Names(), package) if isinstance(default, ast.Tuple) else None
                if shape is not None:
                    yield shape


def _axis(call: ast.Call, made: Callee, scope: Names) -> Match | None:
    """Return the argument by which a layer says that channels are first."""
    for argument in named(call.keywords, scope):
        if argument.name == _AXES.get(made.name) and _followed(argument.value, scope) == 1:
            change = BEHAVIOURS["channel_axis"]
            told = in_namespace(change.message(axis=argument.name, layer=made.spelled), made.package)
            return Match(argument.node, change, told, site=Site(scope, made.package), fixes=change.fixes())
    return None


def _counted(call: ast.Call, scope: Names, shape: _Shape, sides: int) -> str:
    """Say what becomes of the count of a convolution of images."""
    if sides != 2 or not shape.side:
        return "and counts are others"
    filters, rows, columns = _convolution(call, scope)
    weights = filters * rows * columns
    before, after = weights * shape.channels + filters, weights * shape.side + filters
    return f"{filters} filters have {after:,} parameters and not {before:,}"


def _convolution(call: ast.Call, scope: Names) -> tuple[int, int, int]:
    """Return the filters and the sides of a convolution's kernel, as far as they are written; else 32 of 3 × 3."""
    given = {argument.name: argument.value for argument in named(call.keywords, scope)}
    filters = _number(call.args[0] if call.args else given.get("nb_filter", given.get("filters"))) or 32
    if len(call.args) > 1 and isinstance(call.args[1], ast.Tuple) and len(call.args[1].elts) == 2:
        sides = [_number(item) for item in call.args[1].elts]
    else:
        sides = [_number(item) for item in call.args[1:3]]
        if len(sides) == 1:
            sides *= 2
    rows, columns = (sides[0] or 3, sides[1] or 3) if len(sides) == 2 else (3, 3)
    return filters, rows, columns


def _followed(node: ast.expr, scope: Names) -> int | None:
    if isinstance(node, ast.Name):
        bindings = list(scope.lookup(node.id, lambda _: False))
        if len(bindings) == 1 and isinstance(bindings[0], Value):
            return _number(bindings[0].node)
    return _number(node)


def _number(node: ast.expr | None) -> int | None:
    return node.value if isinstance(node, ast.Constant) and type(node.value) is int and node.value > 0 else None
