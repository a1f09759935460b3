"""Which layers ran by themselves while a model was made, and which plain tensors are their results.

``position_embedding(keras.ops.arange(n))`` gives numbers and no part of a graph: added to a tensor of a graph, they are
a constant there, and the layer is none of the model's. So the results of a layer that is called on plain tensors are
followed through whatever is computed from them, by identity. Until the first such call nothing is done but to look at
what a layer gives.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import sys
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import FunctionType
from typing import Any
from unittest import mock

import keras

_MOST = 10_000
"""So many tensors are followed; with more, as in training by hand, nothing is said of any."""

_PLAIN = frozenset({"EagerTensor", "ArrayImpl", "Tensor", "Parameter", "ndarray"})
"""The classes of tensors that hold numbers."""

_PARTS = ("core", "image", "linalg", "math", "nn", "numpy")
"""The modules in which Keras has what it asks of a backend."""

_OPERATORS = (
    *(f"__{side}{name}__" for name in ("add", "sub", "mul", "truediv", "matmul", "pow") for side in ("", "r")),
    *("__neg__", "__getitem__", "reshape", "astype", "transpose"),
)
"""What an array of JAX computes by itself."""


class Results:
    """Looks at the layers that are made and called while it is active."""

    def __init__(self, making: Callable[[], None]) -> None:
        """Begin with nothing.

        :param making: called before a layer or a weight is made.
        """
        self.making = making
        self._made: list[weakref.ref[keras.Layer]] = []
        self._layers: dict[int, tuple[weakref.ref[Any], tuple[Any, ...]]] = {}
        """The identity of a plain tensor → the tensor, and the layers that it is a result of."""
        self._is_inside = False
        self._patches = contextlib.ExitStack()
        self._is_following = False

    def made(self, layer: keras.Layer) -> None:
        """Take down a layer that is made."""
        self._made.append(weakref.ref(layer))

    @contextlib.contextmanager
    def followed(self) -> Iterator[None]:
        """Let what is replaced to follow results be so inside alone."""
        with self._patches:
            yield

    def called(self, layer: keras.Layer, call: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        """Look at what a call of a layer gives."""
        if self._is_inside:  # what a layer calls is a part of it
            return call(layer, *args, **kwargs)
        self._is_inside = True
        try:
            outputs = call(layer, *args, **kwargs)
        finally:
            self._is_inside = False
        plain = list(_plain(outputs))
        if plain and layer.weights:
            self._follow()
            self._note(plain, (layer, *self._of((*args, *kwargs.values()))))
        return outputs

    def read(self, variable: Any, value: Any) -> None:
        """Look at the value of a weight that code outside of layers takes; without memory, each is another."""
        if not self._is_inside and type(value).__name__ in _PLAIN and variable.trainable:
            self._follow()
            self._note([value], (variable,))

    def of(self, tensor: object) -> Sequence[Any]:
        """Return the weights that a plain tensor comes from, and the layers that are no part of another one or a model.

        What can no longer be reached counts no more, whether or not its memory was given back.
        """
        layers = self._of([tensor]) if len(self._layers) < _MOST else []
        if not layers:
            return ()
        gc.collect()
        alive = [layer for made in self._made if (layer := made()) is not None]
        inside = {id(child) for layer in alive for child in layer._flatten_layers(include_self=False, recursive=False)}
        return [layer for layer in layers if id(layer) not in inside]

    def _of(self, values: Any) -> list[Any]:
        """Return the layers that any of some values is a result of, each once."""
        found: dict[int, Any] = {}
        for tensor in _plain(values):
            known = self._layers.get(id(tensor))
            if known and known[0]() is tensor:
                found |= {id(layer): layer for layer in known[1]}
        return list(found.values())

    def _note(self, tensors: Iterable[Any], layers: Sequence[Any]) -> None:
        for tensor in tensors:
            if len(self._layers) < _MOST:
                with contextlib.suppress(TypeError):
                    known = self._layers.get(id(tensor))
                    before = known[1] if known and known[0]() is tensor else ()
                    both = {id(layer): layer for layer in (*before, *layers)}
                    self._layers[id(tensor)] = (weakref.ref(tensor), tuple(both.values()))

    # Through what is computed from them

    def _follow(self) -> None:
        """Follow results from now on, as the backend lets it: TensorFlow tells of every operation."""
        if self._is_following:
            return
        self._is_following = True
        if keras.backend.backend() == "tensorflow":
            from tensorflow.python.framework import op_callbacks

            def computed(
                _type: Any, inputs: Any, _attributes: Any, outputs: Any, op_name: Any = None, graph: Any = None
            ) -> None:
                del op_name
                if graph is None and (layers := self._of(inputs)):
                    self._note(_plain(outputs), layers)

            op_callbacks.add_op_callback(computed)
            self._patches.callback(op_callbacks.remove_op_callback, computed)
            return
        backend = sys.modules["keras.src.backend"]
        for holder in (backend, *(getattr(backend, name) for name in _PARTS)):
            for name, function in list(vars(holder).items()):
                if isinstance(function, FunctionType) and function.__module__.startswith("keras.src.backend."):
                    self._patches.enter_context(mock.patch.object(holder, name, self._noticing(function)))
        if keras.backend.backend() == "jax":
            arrays = type(keras.ops.zeros(()))
            for name in _OPERATORS:
                self._patches.enter_context(mock.patch.object(arrays, name, self._noticing(getattr(arrays, name))))

    def _noticing(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that computes the same, and takes down what its result comes from."""

        @functools.wraps(function)
        def computing(*args: Any, **kwargs: Any) -> Any:
            result = function(*args, **kwargs)
            if layers := self._of((*args, *kwargs.values())):
                self._note(_plain(result), layers)
            return result

        return computing


def _plain(value: Any) -> Iterator[Any]:
    """Yield the plain tensors in a value, through lists and dictionaries."""
    if isinstance(value, (list, tuple)):
        for part in value:
            yield from _plain(part)
    elif isinstance(value, dict):
        yield from _plain(list(value.values()))
    elif type(value).__name__ in _PLAIN:
        yield value
