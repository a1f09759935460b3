"""What the walk asks of a framework: all that one differs in from another, and what most have in common."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, TypeAlias

import msgspec

from sphinx_paramdoc import facts
from sphinx_paramdoc.inspection.errors import BuiltError
from sphinx_paramdoc.inspection.kinds import LayerClass
from sphinx_paramdoc.machine import installed

Named: TypeAlias = tuple[str, Any]
"""A weight or a layer, and what it is called where it lies."""


class Form(msgspec.Struct, frozen=True):
    """What a variable is by itself."""

    shape: list[int]
    dtype: str
    """The type of its numbers, such as ``float32``."""
    holds: list[int] | None = None
    """The shape of its value, where `shape` has an axis that may have any size, and counts 0."""
    is_trained: bool = True
    """Whether training changes it, where no model around it decides that."""
    is_abstract: bool = False
    """Whether it has no memory."""
    is_overwritten: bool = False
    """Whether training writes it anew at each step, if it is trainable."""


class Wiring(NamedTuple):
    """How a layer stands in the model around it."""

    input_shape: facts.Shape = None
    output_shape: facts.Shape = None
    sources: Iterable[str] = ()
    """The names of the layers and operations that it reads from."""
    calls: int = 1
    """How often the model calls it."""
    given: Sequence[Any] = ()
    """What the model gives to it besides the tensors of its graph, those among it that are hard to tell apart."""


class Adapter:
    """What is known of the objects of one framework: the walker asks, in whatever it walks through.

    A framework says what its base class is, and what a layer holds. All else has an answer here, that of a framework
    whose layers are made with their weights, and train them all.
    """

    base: type
    """The class that all its layers inherit from."""
    base_name: str
    """The name that people import the base by."""
    packages: tuple[str, ...]
    """The packages whose versions decide what it makes."""
    may_lack_weights = False
    """Whether a model without any weight can be complete; where not, it is one that is not built yet."""
    may_thaw = False
    """Whether a layer inside a frozen one can be trained all the same, unless the whole model is frozen."""

    follows_all = True
    """Whether it counts all that a layer can compute with; if not, what it does not count is looked for."""

    # Of a model

    def is_model(self, value: object) -> bool:
        """Tell whether `value` is something a table can be made of: a layer, and so any model."""
        return isinstance(value, self.base)

    def warm(self, _read: Callable[[Any], object]) -> None:
        """Do once what every block does for the first time, as far as that starts no thread and leaves no trace."""

    def abstract(self) -> AbstractContextManager[None]:
        """Let the variables that are made inside have a shape and a type but no memory, if the framework can."""
        return contextlib.nullcontext()

    def watched(self, _note: Callable[[], None]) -> AbstractContextManager[None]:
        """Call `_note` wherever a layer or a weight is made inside, if the framework can tell."""
        return contextlib.nullcontext()

    def build(self, model: Any, _shape: facts.Shape) -> None:
        """Let a model or layer that is not built yet make its weights.

        :param _shape: that of its input, the axis of the batch first; nested for several inputs.
        :raises BuiltError: where it knows the shape already, or needs none.
        """
        raise BuiltError(f"{self.name(model)} knows the shape of its input")

    def is_ready(self, _model: Any) -> bool:
        """Tell whether a model can be read; if not, it is not even walked through."""
        return True

    def not_built(self, model: Any) -> str:
        """Say that a model has no weights yet, and what to do."""
        return f"{self.name(model)} ({type(model).__name__}) has no weights yet"

    def trainable(self, _model: Any) -> Collection[int] | None:
        """Return the identities of the variables that training a model changes; ``None`` where each tells by itself."""
        return None

    def own_trainable(self, _model: Any) -> int | None:
        """Return how many numbers a model itself calls trainable, if layers of other frameworks may say otherwise."""
        return None

    def own_total(self, _model: Any) -> int | None:
        """Return how many numbers the framework's own summary of a model counts, if that may be another count."""
        return None

    def versions(self) -> dict[str, str]:
        """Return the versions of the framework and of what it runs on, as they are installed."""
        imported = {name: str(getattr(sys.modules.get(name), "__version__", "")) for name in self.packages}
        return {name: installed.version(name) or version for name, version in imported.items()}

    # Of a layer

    def name(self, layer: Any) -> str:
        """Return the name of a model or layer."""
        return str(layer.name)

    def kind(self, kind: type) -> LayerClass:
        """Return what the class of a layer says."""
        return LayerClass(kind, self.base, self.base_name)

    def held(self, layer: Any) -> tuple[Iterable[Named], Sequence[Named]]:
        """Return the weights that a layer owns, and the layers inside it, which own theirs.

        The names of its weights differ, those of layers need not.
        """
        raise NotImplementedError

    def reader_of(self, _child: object) -> Adapter:
        """Return what knows a layer that one of this framework holds; it may be of another."""
        return self

    def arguments(self, layer: Any, kind: LayerClass) -> dict[str, facts.Argument]:
        """Return the plain arguments of the constructor."""
        return kind.arguments(layer)

    def is_one_thing(self, _layer: Any) -> bool:
        """Tell whether a layer is one row even where it is all that is shown, whatever lies inside it."""
        return False

    def is_built(self, _layer: Any) -> bool:
        """Tell whether a layer has all its weights."""
        return True

    def is_trainable(self, _layer: Any) -> bool:
        """Tell whether a layer is not frozen."""
        return True

    def graph(self, _layer: Any, _children: Sequence[Any]) -> Any:
        """Return what `wiring` wants to know of the model around a layer, if anything."""
        return None

    def wiring(self, _layer: Any, _graph: Any, _path: str) -> Wiring:
        """Return the shapes of what a layer takes and gives, which layers it reads from, and how often it is called."""
        return Wiring()

    def operation(self, _child: Any) -> str | None:
        """Return the public name of what a layer holds if that is no layer but an operation of its graph."""
        return None

    # Of what a layer computes with and does not hold

    def all_weights(self, _layer: Any) -> Iterable[Any]:
        """Return the weights of a layer and of all that is inside it."""
        return ()

    def within(self, _layer: Any) -> Iterable[Any]:
        """Yield the layers inside a layer, however deep."""
        return ()

    def uncounted(self, _layer: Any) -> Iterable[Any]:
        """Return the variables that a model holds and that are no weights of it, as the state of its metrics."""
        return ()

    def results_of(self, _tensor: object) -> Sequence[Any]:
        """Return the layers that a plain tensor is a result of and that no other holds, as far as `watched` saw it."""
        return ()

    # Of a variable

    def form(self, variable: Any) -> Form:
        """Return what a variable is by itself."""
        return Form([int(axis) for axis in variable.shape], str(variable.dtype))

    def reason(self, _layer: Any, variable: Any, _name: str) -> facts.Reason:
        """Say why a variable is not trainable, whether or not a layer around it is frozen.

        Of one that is trained unless somebody freezes it, or a layer around it, that is ``frozen_variable``.
        """
        return "frozen_variable" if self.form(variable).is_trained else "declared"
