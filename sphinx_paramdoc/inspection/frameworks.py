"""Which framework an object is of, and the one door to all of them."""

from __future__ import annotations

import contextlib
import functools
import pkgutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

from sphinx_paramdoc import facts
from sphinx_paramdoc.inspection.registry import FRAMEWORKS

if TYPE_CHECKING:
    from sphinx_paramdoc.inspection.adapter import Adapter


class Inspection(Protocol):
    """What this package offers: to whoever runs a block, all frameworks are one."""

    BLOCK_MODULE: str

    def is_model(self, value: object) -> bool: ...
    def abstract(self) -> AbstractContextManager[None]: ...
    def watched(self, note: Callable[[], None]) -> AbstractContextManager[None]: ...
    def build(self, model: Any, shape: facts.Shape) -> None: ...
    def inspect(self, model: Any) -> facts.Model: ...


@functools.cache
def adapter(name: str) -> Adapter:
    """Return what knows the objects of a framework, which this imports.

    :param name: ``pkg.module:Class``.
    """
    return pkgutil.resolve_name(name)()  # type: ignore[no-any-return]


def _imported() -> Iterator[Adapter]:
    """Yield what knows the objects of each framework that is imported already, as an object comes from no other.

    Where Keras runs on JAX, TensorFlow stays away.
    """
    for module, framework in FRAMEWORKS.items():
        if sys.modules.get(module) is not None:
            yield adapter(framework.adapter)


def framework_of(value: object) -> Adapter | None:
    """Return what knows `value` as a model of its framework, or ``None``."""
    return next((framework for framework in _imported() if framework.is_model(value)), None)


def is_model(value: object) -> bool:
    """Tell whether `value` is something a table can be made of: a model, a layer or a module of a framework."""
    return framework_of(value) is not None


def models() -> str:
    """Say what a table can be made of, whatever is imported."""
    return " or ".join(dict.fromkeys(framework.models for framework in FRAMEWORKS.values()))


def warm() -> None:
    """Do once what every block does for the first time, as far as that starts no thread and leaves no trace."""
    for framework in _imported():
        framework.warm(inspect)


@contextlib.contextmanager
def abstract() -> Iterator[None]:
    """Let the variables that are made inside have a shape and a type but no memory, where a framework can do that."""
    with contextlib.ExitStack() as scopes:
        for framework in _imported():
            scopes.enter_context(framework.abstract())
        yield


@contextlib.contextmanager
def watched(note: Callable[[], None]) -> Iterator[None]:
    """Call `note` wherever a layer or a weight is made inside, as far as a framework that is imported tells of it."""
    with contextlib.ExitStack() as scopes:
        for framework in _imported():
            scopes.enter_context(framework.watched(note))
        yield


def build(model: Any, shape: facts.Shape) -> None:
    """Let a model or layer that is not built yet make its weights.

    :param shape: that of its input, the axis of the batch first; nested for several inputs.
    :raises BuiltError: where it knows the shape already, or needs none.
    """
    if framework := framework_of(model):
        framework.build(model, shape)


def inspect(model: Any) -> facts.Model:
    """Read the facts of a model, a single layer or a module.

    A model with abstract variables is read inside `abstract`, where it was made.

    :raises TypeError: where `model` is none of them.
    :raises NotBuiltError: where it has no weights yet.
    """
    # Loaded where a model is read: Sphinx's own process, which asks only what frameworks there are, never does.
    from sphinx_paramdoc.inspection import walker

    framework = framework_of(model)
    if framework is None:
        raise TypeError(f"{type(model).__qualname__} is none of what is read: {models()}, of what is imported")
    # No framework asks for names that a page can hold.
    return facts.shown(walker.inspect(framework, model, framework_of, _results_of))


def _results_of(tensor: object) -> list[Any]:
    """Return the layers that a plain tensor is a result of, of whichever framework they are."""
    return [layer for framework in _imported() for layer in framework.results_of(tensor)]
