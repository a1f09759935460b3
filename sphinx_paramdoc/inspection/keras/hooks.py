"""Where Keras makes layers and weights, calls layers and reads weights: there somebody may look at what a block does.

To replace a method of `keras.Layer` makes Python go through all classes derived from it, some hundreds, and a forked
process copies the memory of each. So a server replaces them once, before blocks are forked off; they do what they did
until somebody looks.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator
from typing import Any, Protocol
from unittest import mock

import keras

from sphinx_paramdoc.inspection.keras import bookkeeping, symbols


class Looker(Protocol):
    """Somebody who looks."""

    def making(self) -> None:
        """Hear that a layer or a weight is going to be made."""

    def made(self, layer: keras.Layer) -> None:
        """See a layer that is made."""

    def called(self, layer: keras.Layer, call: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        """Let a layer be called, and return what that gives."""
        raise NotImplementedError

    def read(self, variable: Any, value: Any) -> None:
        """See what code takes of a weight."""


class _Hooks:
    """What is replaced in this process, and for whom."""

    def __init__(self) -> None:
        self.are_placed = False
        self.looker: Looker | None = None
        self.scopes: list[keras.StatelessScope] = []
        """Those that optimizers are made outside of, the outermost first."""

    @contextlib.contextmanager
    def placed(self) -> Iterator[None]:
        """Let what is done be looked at inside; where it can be already, nothing is replaced again."""
        if self.are_placed:
            yield
            return
        with contextlib.ExitStack() as patches:
            self._replace(patches)
            self.are_placed = True
            patches.callback(setattr, self, "are_placed", False)
            yield

    def _replace(self, patches: contextlib.ExitStack) -> None:
        make_layer, make_weight, call = keras.Layer.__new__, keras.Variable.__init__, keras.Layer.__call__
        initialize = keras.optimizers.Optimizer.__init__
        kind = next(base for base in keras.Variable.__mro__ if "value" in vars(base))
        value: Any = vars(kind)["value"]

        def layer(cls: type[keras.Layer], *args: Any, **kwargs: Any) -> Any:
            looker = self.looker
            if looker:
                looker.making()
            made = make_layer(cls, *args, **kwargs)
            if looker:
                looker.made(made)
            return made

        def weight(variable: Any, *args: Any, **kwargs: Any) -> None:
            if self.looker:
                self.looker.making()
            make_weight(variable, *args, **kwargs)

        @functools.wraps(call)
        def calling(layer: keras.Layer, *args: Any, **kwargs: Any) -> Any:
            if self.looker:
                return self.looker.called(layer, call, args, kwargs)
            return call(layer, *args, **kwargs)

        stands_in = symbols.weights()

        def reading(variable: Any) -> Any:
            read = stands_in(variable)
            if read is None:
                read = value.fget(variable)
            if self.looker:
                self.looker.read(variable, read)
            return read

        def optimizer(optimizer: Any, *args: Any, **kwargs: Any) -> None:
            left = self.scopes.copy()
            for scope in reversed(left):
                scope.__exit__()
            try:
                initialize(optimizer, *args, **kwargs)
            finally:
                for scope in left:
                    scope.__enter__()

        patches.enter_context(mock.patch.object(keras.Layer, "__new__", layer))
        patches.enter_context(mock.patch.object(keras.Variable, "__init__", weight))
        patches.enter_context(mock.patch.object(keras.Layer, "__call__", calling))
        patches.enter_context(mock.patch.object(kind, "value", property(reading, value.fset)))
        patches.enter_context(mock.patch.object(keras.optimizers.Optimizer, "__init__", optimizer))
        symbols.replace_products(patches)


_HOOKS = _Hooks()
_FOR_GOOD = contextlib.ExitStack()


def place() -> None:
    """Let what is done in this process, and in those that it forks, be looked at without replacing anything again.

    To be called once, in a process that is this package's own.
    """
    _FOR_GOOD.enter_context(_HOOKS.placed())
    bookkeeping.shorten(_FOR_GOOD)


@contextlib.contextmanager
def looking(looker: Looker) -> Iterator[None]:
    """Let somebody look at what is done inside."""
    before = _HOOKS.looker
    with _HOOKS.placed():
        _HOOKS.looker = looker
        try:
            yield
        finally:
            _HOOKS.looker = before


@contextlib.contextmanager
def without_memory() -> Iterator[None]:
    """Let the variables that are made inside have a shape and a type but no memory, those of optimizers apart."""
    scope = keras.StatelessScope(initialize_variables=False)
    with _HOOKS.placed(), scope:
        _HOOKS.scopes.append(scope)
        try:
            yield
        finally:
            _HOOKS.scopes.remove(scope)
