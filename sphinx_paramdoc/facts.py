"""The language the rooms of this package speak: what is known about one model.

Plain, frozen data with a JSON form. Everything that reads a live model ends here; everything that explains
or renders one begins here. Of this project, the module imports what a type's numbers take, and nothing else.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any, Literal, TypeAlias

import msgspec

from sphinx_paramdoc.dtypes import bits

Shape: TypeAlias = list[Any] | dict[str, Any] | None
"""The shape of a tensor: a list of ints, with ``None`` for an axis of any size. Several tensors are a list or a
dictionary of such lists, nested as the layer takes or gives them. ``None`` where the shape is unknown."""

Argument: TypeAlias = bool | int | str | list[int] | None
"""A constructor argument of a layer, as far as it is plain data."""

Variables: TypeAlias = Literal["abstract", "real"]
"""Whether the variables had a shape and no memory (``abstract``) or held values (``real``)."""

Reason: TypeAlias = Literal[
    "moving_statistics",
    "adapted",
    "frozen_layer",
    "frozen_variable",
    "lora_base_frozen",
    "quantised_storage",
    "quantisation_bookkeeping",
    "power_iteration",
    "declared",
]
"""Why a weight is not trainable; the list is closed.

``frozen_layer`` and ``frozen_variable`` end when somebody unfreezes the layer or the variable. What has another reason
has it also in a frozen layer.
"""

_UNPRINTABLE = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff\\ufdd0-\\ufdef"
    + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(17))
    + "]"
)
"""Signs that steer a terminal, a line's direction or its end, and those that are none: no page can hold them all."""

_ESCAPED = re.compile(rb"(?<!\\)(?:\\\\)*\\[^\"/\\]")
"""How JSON writes those below the blank: a backslash that is none itself, and a letter."""


class Weight(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One variable of a model, counted once however many layers hold it."""

    path: str
    """The path of the first layer that owns it, then its name: ``encoder/dense/kernel``."""
    name: str
    shape: list[int]
    dtype: str
    trainable: bool
    reason: Reason | None = None
    frozen_by: str | None = None
    """The path of the outermost layer around it whose ``trainable`` is false."""
    unheeded: str | None = None
    """The path of the innermost layer around it whose ``trainable`` is false, although training changes the weight."""
    holds: list[int] | None = None
    """The shape of its value, where `shape` has an axis that may have any size and counts 0."""
    overwritten: bool = False
    """Whether training writes it anew at each step, although it counts as trainable: a scale of float8."""

    @property
    def count(self) -> int:
        """How many numbers it holds; a scalar holds one."""
        return math.prod(self.shape)

    @property
    def size_bytes(self) -> int:
        """How many bytes its values take in memory, as stored."""
        return (self.count * bits(self.dtype) + 7) // 8


class Offer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a function that explains layers of this class gave; it may have nothing to say."""

    explainer: str
    """The function, as ``pkg.module:function``."""
    formula: Any = None
    """The JSON form of an expression."""
    trouble: str = ""
    """What went wrong, where there is no formula."""


class Outside(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Numbers that a model computes with and that are no weights of it."""

    name: str
    """What the code calls it: the name of a layer, or of a variable or the attribute that holds it."""
    class_name: str = msgspec.field(name="class")
    """The public full name of its class, such as ``keras.layers.Dense``."""
    params: int
    """How many numbers it holds."""
    why: Literal["untracked", "not_in_model"]
    """``untracked``: it is reached from the model by a way that the framework does not follow. ``not_in_model``: it ran
    while the model was made, and the model holds its result as a plain value."""
    only_held: bool = False
    """Whether the layer is only known to keep it: no code was seen that computes with it."""


class Layer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One layer, with the layers inside it; in a functional graph also an operation, which has no weights."""

    path: str
    """The names from the outermost layer down to this one, joined by ``/``."""
    name: str
    class_name: str = msgspec.field(name="class")
    """The public full name, such as ``keras.layers.Dense``."""
    bases: list[str] = []
    """The public full names of the layer classes it inherits from, the nearest first."""
    built: bool = True
    input_shape: Shape = None
    output_shape: Shape = None
    arguments: dict[str, Argument] = {}
    """Those arguments of the constructor that the layer keeps under their own names."""
    weights: list[int] = []
    """Its own weights, without those of `children`, as positions in `Model.weights`."""
    children: list[Layer] = []
    frozen_by: str | None = None
    """The path of the outermost layer, itself included, whose ``trainable`` is false and freezes something in it."""
    connected_to: list[str] = []
    """The paths of the layers and operations whose outputs it reads."""
    calls: int = 1
    """How often the graph around it calls it; 1 where there is no graph."""
    is_operation: bool = False
    """Whether it is no layer but an operation of a graph; the class is the function that people call then, such as
    ``keras.ops.concatenate``."""
    outside: list[Outside] = []
    """What it computes with that is no weight of the model, each thing once."""
    is_searched: bool = True
    """Whether all was looked through that it may compute with; if not, `outside` may lack something."""
    borrows: list[str] = []
    """The paths of other layers of the model whose weights it computes with, though it does not hold them."""
    copied: list[str] = []
    """The paths of weights of the model whose values it takes as a plain value, which training does not change."""
    offer: Offer | None = None

    def all_weights(self) -> Iterator[int]:
        """Yield the position of every weight below it, its own first; one that is held twice comes twice."""
        stack = [self]
        while stack:
            layer = stack.pop()
            yield from layer.weights
            stack.extend(reversed(layer.children))


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """All that is known about one model: its outermost layers, and the weights of all."""

    name: str
    class_name: str = msgspec.field(name="class")
    layers: list[Layer]
    """The outermost layers. Weights that the model owns by itself stand first, as a layer with the model's name."""
    weights: list[Weight]
    """Every weight once, in the order in which a walk through the layers meets them first."""
    variables: Variables
    frameworks: dict[str, str]
    """The version of each framework that built it: ``{"keras": "3.15.1", "tensorflow": "2.21.0"}``."""
    outside: list[Outside] = []
    """As of `Layer`, for what no layer but the model itself computes with."""
    own_trainable: int | None = None
    """How many numbers the model's own list of trainable variables holds, where its layers say otherwise: that of a
    ``tf.Module`` knows nothing of what a layer of Keras freezes."""
    own_total: int | None = None
    """How many numbers the framework's own summary counts, where that is not what is read here: that of Keras 2 counts
    the state of metrics as well."""


def printable(text: str, kept: str = "") -> str:
    r"""Return a text with every sign shown that has no shape of its own: ``\x1b`` for the one that begins a colour.

    :param kept: signs to be left as they are, such as ends of lines.
    """
    return _UNPRINTABLE.sub(lambda match: match[0] if match[0] in kept else _escape(match[0]), text)


def _escape(sign: str) -> str:
    number = ord(sign)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def is_printable(value: Any) -> bool:
    """Tell whether all texts in plain data, or in what is known of a model, are as `printable` returns them."""
    try:
        data = msgspec.json.encode(value)
    except UnicodeEncodeError:
        return False
    if data.isascii() and b"\\" not in data and b"\x7f" not in data:  # as in almost all: to search is slow
        return True
    return not _UNPRINTABLE.search(data.decode()) and not _ESCAPED.search(data)


def shown(model: Model) -> Model:
    """Return a model whose names are printable, which a framework does not ask for."""
    return model if is_printable(model) else msgspec.convert(_shown(msgspec.to_builtins(model)), Model)


def _shown(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [_shown(item) for item in value]
    if isinstance(value, dict):
        return {printable(name): _shown(item) for name, item in value.items()}
    return value


def encode(model: Model) -> bytes:
    """Return the JSON form of `model`."""
    return msgspec.json.encode(model)


def decode(data: bytes) -> Model:
    """Read the JSON form of a model.

    :raises msgspec.ValidationError: where `data` is not the JSON form of a model.
    """
    return msgspec.json.decode(data, type=Model)
