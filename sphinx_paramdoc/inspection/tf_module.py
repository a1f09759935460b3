"""A live ``tf.Module`` → facts.

A module's variables are those that it keeps in its attributes, also inside lists and dictionaries, and the modules that
it keeps there are the layers inside it: what ``tf.Module.variables`` and ``tf.Module.submodules`` find. Source:
https://www.tensorflow.org/api_docs/python/tf/Module. A layer of Keras that it keeps is read as Keras sees it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import tensorflow as tf

from sphinx_paramdoc import facts
from sphinx_paramdoc.inspection.common import Weights, installed_versions
from sphinx_paramdoc.inspection.errors import BuiltError, NotBuiltError
from sphinx_paramdoc.inspection.frameworks import framework_of
from sphinx_paramdoc.inspection.kinds import LayerClass
from sphinx_paramdoc.inspection.naming import distinct

_UNNAMED = "Variable"
"""The name that TensorFlow gives to a variable without one."""


def is_model(value: object) -> bool:
    """Tell whether `value` is a module that people think of as a model.

    The metrics of ``tf_keras`` and the distributions of TensorFlow Probability are modules as well.
    """
    return isinstance(value, tf.Module) and not _comes_from(value, "tf_keras", "tensorflow_probability")


def build(module: tf.Module, _shape: facts.Shape) -> None:
    """Refuse to: a module makes its variables as it likes, and is documented with those that it has.

    :raises BuiltError: always.
    """
    raise BuiltError(f"{_name(module)} is a tf.Module, which is documented with the variables that it has")


def inspect(module: tf.Module) -> facts.Model:
    """Read the facts of a module.

    :raises NotBuiltError: where it has no variables yet.
    """
    reader = Reader(Weights())
    layers = list(reader.outermost(module))
    if not reader.weights.found:
        raise NotBuiltError(
            f"{_name(module)} ({type(module).__name__}) has no variables yet: call it once, or make them in its "
            "constructor"
        )
    return facts.Model(
        name=_name(module),
        class_name=_kind(module).name,
        layers=layers,
        weights=reader.weights.found,
        variables=reader.weights.variables,
        frameworks=reader.frameworks,
    )


def inspect_inside(layer: tf.Module, path: str, weights: Weights) -> facts.Layer:
    """Read a module that an object of another framework holds."""
    return Reader(weights).read(layer, path, None)


def versions() -> dict[str, str]:
    """Return the version of TensorFlow."""
    return installed_versions("tensorflow")


class Reader:
    """Walks the modules below one, and numbers its variables as it meets them."""

    def __init__(self, weights: Weights, trainable: Collection[int] | None = None) -> None:
        """Begin to read.

        :param trainable: the identities of the trainable variables, where a model around the modules decides that.
        """
        self.weights = weights
        self.frameworks = versions()
        self._trainable = trainable
        self._around: list[tf.Module] = []

    def outermost(self, module: tf.Module) -> Iterator[facts.Layer]:
        """Read the modules inside a module, and first of all the variables that it owns by itself."""
        name = _name(module)
        variables, inside = self._held(module)
        if not inside:
            yield self.read(module, name, None)
            return
        self._around.append(module)
        own = self._own(variables, name, None)
        if own:
            kind = _kind(module)
            yield facts.Layer(name, name, kind.name, kind.bases, weights=own)
        yield from self._inside(inside, "", None, taken=[name] if own else [])

    def read(self, module: tf.Module, path: str, frozen_by: str | None) -> facts.Layer:
        """Read one module and those inside it.

        :param frozen_by: the path of the outermost frozen layer around it.
        """
        variables, inside = self._held(module)
        kind = _kind(module)
        self._around.append(module)
        layer = facts.Layer(
            path=path,
            name=path.rpartition("/")[2],
            class_name=kind.name,
            bases=kind.bases,
            arguments=kind.arguments(module),
            weights=self._own(variables, path, frozen_by),
            children=list(self._inside(inside, f"{path}/", frozen_by)),
            frozen_by=frozen_by,
        )
        self._around.pop()
        return layer

    def _inside(
        self, inside: Mapping[str, Any], prefix: str, frozen_by: str | None, taken: Sequence[str] = ()
    ) -> Iterator[facts.Layer]:
        names = list(distinct([*taken, *inside]))[len(taken) :]
        for child, name in zip(inside.values(), names, strict=True):
            framework = framework_of(child)
            if framework is None or is_model(child):
                yield self.read(child, prefix + name, frozen_by)
            else:
                self.frameworks.update(framework.versions())
                yield framework.inspect_inside(child, prefix + name, self.weights)

    def _held(self, module: tf.Module) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the variables and the layers that a module itself keeps, each once, by the attributes that hold them.

        They stand in the order in which the attributes were set, the likeliest to be that of their use.
        """
        variables: dict[str, Any] = {}
        layers: dict[str, Any] = {}
        seen = {id(around) for around in (module, *self._around)}  # a module may keep the one that it is a part of
        for path, leaf in module._flatten(
            recursive=False,
            predicate=_counts,
            attribute_traversal_key=lambda _: 0,
            with_path=True,
            expand_composites=True,
        ):
            if id(leaf) not in seen:
                seen.add(id(leaf))
                found = variables if isinstance(leaf, tf.Variable) else layers
                found[".".join(map(str, path))] = leaf
        return variables, layers

    def _own(self, variables: Mapping[str, tf.Variable], path: str, frozen_by: str | None) -> list[int]:
        names = names_of(list(variables.values()), {id(variable): name for name, variable in variables.items()})
        return [
            self._number(variable, path, name, frozen_by)
            for variable, name in zip(variables.values(), names, strict=True)
        ]

    def _number(self, variable: tf.Variable, path: str, name: str, frozen_by: str | None) -> int:
        if (number := self.weights.number(variable)) is not None:
            return number
        trainable = variable.trainable if self._trainable is None else id(variable) in self._trainable
        weight = facts.Weight(
            path=f"{path}/{name}",
            name=name,
            shape=_shape(variable),
            dtype=variable.dtype.base_dtype.name,
            trainable=trainable,
            reason=None if trainable else "frozen_layer" if frozen_by else "declared",
            frozen_by=frozen_by,
        )
        return self.weights.add(variable, weight)


def _counts(leaf: object) -> bool:
    """Tell whether what a module holds is a variable, or may have some that are weights."""
    if isinstance(leaf, tf.Variable) or framework_of(leaf) is not None:
        return True
    return isinstance(leaf, tf.Module) and not _comes_from(leaf, "tf_keras")  # that would be a metric


def _comes_from(value: object, *packages: str) -> bool:
    return any(base.__module__.partition(".")[0] in packages for base in type(value).__mro__)


def names_of(variables: Sequence[tf.Variable], attributes: Mapping[int, str]) -> list[str]:
    """Return the names of one owner's variables, without the scopes they were made in: ``kernel`` of ``a/kernel:0``.

    :param attributes: what the owner calls those that it keeps in attributes, by their identities: the name of one
        that was given none.
    """
    names = (variable.name.partition(":")[0].rpartition("/")[2] for variable in variables)
    return list(
        distinct(
            [
                attributes.get(id(variable), name) if name == _UNNAMED else name
                for variable, name in zip(variables, names, strict=True)
            ]
        )
    )


def _shape(variable: tf.Variable) -> list[int]:
    """Return the shape of a variable; where it may change, that of its value."""
    shape = variable.shape if variable.shape.is_fully_defined() else variable.read_value().shape
    return [int(axis) for axis in shape]


def _name(module: tf.Module) -> str:
    # One whose constructor does not call that of `tf.Module` has no name, and works all the same.
    return str(getattr(module, "name", type(module).__name__))


def _kind(module: tf.Module) -> LayerClass:
    return LayerClass(type(module), tf.Module, "tf.Module")
