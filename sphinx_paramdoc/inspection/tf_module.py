"""A live ``tf.Module`` → facts.

A module's variables are those that it keeps in its attributes, also inside lists and dictionaries, and the modules that
it keeps there are the layers inside it: what ``tf.Module.variables`` and ``tf.Module.submodules`` find. Source:
https://www.tensorflow.org/api_docs/python/tf/Module. A layer of Keras that it keeps is read as Keras sees it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from math import prod
from typing import Any

import tensorflow as tf

from sphinx_paramdoc import facts
from sphinx_paramdoc.inspection.adapter import Adapter, Form, Named
from sphinx_paramdoc.inspection.errors import BuiltError
from sphinx_paramdoc.inspection.frameworks import framework_of
from sphinx_paramdoc.inspection.naming import names_without_scopes


class _Making:
    """Tells of every variable of TensorFlow that is made.

    ``tf.variable_creator_scope`` does so too, and makes the default graph for it, which starts a thread: no block that
    has Keras' own variables alone is to pay for that.
    """

    def __init__(self) -> None:
        self._note: Callable[[], None] | None = None
        self._is_placed = False

    def place(self) -> None:
        """Replace what makes variables; until it is told to, it does what it did."""
        if self._is_placed:
            return
        self._is_placed = True
        kind: Any = type(tf.Variable)
        make = kind.__call__

        def making(cls: Any, *args: Any, **kwargs: Any) -> Any:
            if self._note:
                self._note()
            return make(cls, *args, **kwargs)

        kind.__call__ = making

    @contextlib.contextmanager
    def told_to(self, note: Callable[[], None]) -> Iterator[None]:
        """Call `note` wherever one is made inside."""
        self.place()
        before, self._note = self._note, note
        try:
            yield
        finally:
            self._note = before


_MAKING = _Making()


class TfModule(Adapter):
    """What is known of the modules of TensorFlow."""

    base = tf.Module
    base_name = "tf.Module"
    packages = ("tensorflow",)

    def is_model(self, value: object) -> bool:
        """Tell whether `value` is a module that people think of as a model.

        The metrics of ``tf_keras`` and the distributions of TensorFlow Probability are modules as well.
        """
        return isinstance(value, tf.Module) and not _comes_from(value, "tf_keras", "tensorflow_probability")

    def warm(self, _read: Callable[[Any], object]) -> None:
        """Place what `watched` needs, once for all."""
        _MAKING.place()

    def watched(self, note: Callable[[], None]) -> AbstractContextManager[None]:
        """Call `note` wherever a variable of TensorFlow is made inside, those of ``tf_keras`` among them."""
        return _MAKING.told_to(note)

    def build(self, module: tf.Module, _shape: facts.Shape) -> None:
        """Refuse to: a module makes its variables as it likes, and is documented with those that it has.

        :raises BuiltError: always.
        """
        raise BuiltError(f"{self.name(module)} is a tf.Module, which is documented with the variables that it has")

    def not_built(self, module: tf.Module) -> str:
        """Say that a module has no variables yet, and what to do."""
        kind = type(module).__name__
        return f"{self.name(module)} ({kind}) has no variables yet: call it once, or make them in its constructor"

    def name(self, module: tf.Module) -> str:
        """Return the name of a module."""
        # One whose constructor does not call that of `tf.Module` has no name, and works all the same.
        return str(getattr(module, "name", type(module).__name__))

    def held(self, module: tf.Module) -> tuple[Iterable[Named], Sequence[Named]]:
        """Return the variables and the layers that a module itself keeps, each once, by the attributes that hold them.

        They stand in the order in which the attributes were set, the likeliest to be that of their use.
        """
        leaves = module._flatten(
            recursive=False,
            predicate=_counts,
            attribute_traversal_key=lambda _: 0,
            with_path=True,
            expand_composites=True,
        )
        kept: dict[int, Named] = {}
        for path, leaf in leaves:
            kept.setdefault(id(leaf), (".".join(map(str, path)), leaf))
        variables = {name: leaf for name, leaf in kept.values() if isinstance(leaf, tf.Variable)}
        names = names_without_scopes(list(variables.values()), variables)
        inside = [(name, leaf) for name, leaf in kept.values() if not isinstance(leaf, tf.Variable)]
        return zip(names, variables.values(), strict=True), inside

    def own_trainable(self, module: tf.Module) -> int:
        """Return how many numbers ``trainable_variables`` holds: it knows nothing of what Keras freezes, or owns."""
        return sum(prod(self.form(variable).shape) for variable in module.trainable_variables)

    def reader_of(self, child: object) -> Adapter:
        """Return what knows something that a module keeps."""
        framework = framework_of(child)
        return self if framework is None or isinstance(framework, TfModule) else framework

    def all_weights(self, module: tf.Module) -> Sequence[Any]:
        """Return the variables of a module and of all that is inside it."""
        return list(module.variables)

    def form(self, variable: tf.Variable) -> Form:
        """Return what a variable is by itself; where its shape may change, that of its value."""
        shape = variable.shape if variable.shape.is_fully_defined() else variable.read_value().shape
        return Form([int(axis) for axis in shape], variable.dtype.base_dtype.name, is_trained=variable.trainable)


def _counts(leaf: object) -> bool:
    """Tell whether what a module holds is a variable, or may have some that are weights."""
    if isinstance(leaf, tf.Variable) or framework_of(leaf) is not None:
        return True
    return isinstance(leaf, tf.Module) and not _comes_from(leaf, "tf_keras")  # that would be a metric


def _comes_from(value: object, *packages: str) -> bool:
    return any(base.__module__.partition(".")[0] in packages for base in type(value).__mro__)
