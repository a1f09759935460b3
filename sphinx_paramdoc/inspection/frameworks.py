"""Which framework an object is of: what all of them offer, and the one door to each."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

from sphinx_paramdoc import facts

if TYPE_CHECKING:
    from sphinx_paramdoc.inspection.common import Weights

_FILES = {"keras": "keras", "tf_keras": "tf_keras", "tensorflow": "tf_module"}
"""The module that a framework is imported as → the file here that knows its objects."""


class Framework(Protocol):
    """What each file of this package offers that knows the objects of a framework."""

    def is_model(self, value: object) -> bool:
        """Tell whether `value` is something a table can be made of: a layer, and so any model."""

    def inspect(self, model: Any) -> facts.Model:
        """Read the facts of a model or a single layer.

        :raises NotBuiltError: where the model has no weights yet.
        """

    def build(self, model: Any, shape: facts.Shape) -> None:
        """Let a model or layer that is not built yet make its weights.

        :param shape: that of its input, the axis of the batch first; nested for several inputs.
        :raises BuiltError: where it knows the shape already, or needs none.
        """

    def inspect_inside(self, layer: Any, path: str, weights: Weights) -> facts.Layer:
        """Read a layer that an object of another framework holds.

        :param weights: the weights of the whole model, where those of the layer are added.
        """

    def versions(self) -> dict[str, str]:
        """Return the versions of the framework and of what it runs on."""


class Inspection(Protocol):
    """What this package offers: to whoever runs a block, all frameworks are one."""

    BLOCK_MODULE: str

    def is_model(self, value: object) -> bool: ...
    def abstract(self) -> AbstractContextManager[None]: ...
    def watched(self, note: Callable[[], None]) -> AbstractContextManager[None]: ...
    def build(self, model: Any, shape: facts.Shape) -> None: ...
    def inspect(self, model: Any) -> facts.Model: ...


def framework_of(value: object) -> Framework | None:
    """Return the framework that knows `value` as a model.

    Only those that are imported already are asked, as an object comes from no other: where Keras runs on JAX,
    TensorFlow stays away.
    """
    for module, file in _FILES.items():
        if sys.modules.get(module) is not None:
            framework: Any = importlib.import_module(f"{__package__}.{file}")
            if framework.is_model(value):
                return framework  # type: ignore[no-any-return]
    return None


def is_model(value: object) -> bool:
    """Tell whether `value` is something a table can be made of: a model, a layer or a ``tf.Module``."""
    return framework_of(value) is not None


def abstract() -> AbstractContextManager[None]:
    """Let the variables of Keras 3 that are made inside have a shape and a type but no memory; all others are real."""
    from sphinx_paramdoc.inspection import keras

    return keras.abstract()


def watched(note: Callable[[], None]) -> AbstractContextManager[None]:
    """Call `note` wherever a layer of Keras 3 is made inside, or a weight of any framework that is imported."""
    from sphinx_paramdoc.inspection import keras

    return keras.watched(note)


def build(model: Any, shape: facts.Shape) -> None:
    """Let a model or layer that is not built yet make its weights.

    :param shape: that of its input, the axis of the batch first; nested for several inputs.
    :raises BuiltError: where it knows the shape already, or needs none.
    """
    framework = framework_of(model)
    if framework is not None:
        framework.build(model, shape)


def inspect(model: Any) -> facts.Model:
    """Read the facts of a model, a single layer or a ``tf.Module``.

    A model with abstract variables is read inside `abstract`, where it was made.

    :raises TypeError: where `model` is none of them.
    :raises NotBuiltError: where it has no weights yet.
    """
    framework = framework_of(model)
    if framework is None:
        raise TypeError(f"{type(model).__qualname__} is no model, layer or tf.Module of a framework that is imported")
    # No framework asks for names that a page can hold.
    return facts.shown(framework.inspect(model))
