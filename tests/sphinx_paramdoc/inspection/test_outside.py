"""What live layers compute with and Keras does not track."""

from __future__ import annotations

import functools
import math
import types
from collections.abc import Callable
from typing import Any

import pytest

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.inspection.bookkeeping import COUNTED

pytestmark = pytest.mark.slow

SHARED: Any = None
"""A layer that functions of this module call."""


def call_shared(tensor: Any) -> Any:
    return SHARED(tensor)


def call_twice_removed(tensor: Any) -> Any:
    return call_shared(tensor)


class Holder:
    """An object that is no layer."""

    def __init__(self, dense: Any) -> None:
        self.dense = dense

    def __call__(self, tensor: Any) -> Any:
        return self.dense(tensor)

    def apply(self, tensor: Any) -> Any:
        return self.dense(tensor)


def decorated(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def calling(*args: Any) -> Any:
        return function(*args)

    return calling


LAMBDAS: dict[str, Callable[[Any], Callable[..., Any]]] = {
    "closure": lambda dense: lambda t: dense(t),
    "global": lambda _: lambda t: SHARED(t),
    "function of a function": lambda _: lambda t: call_twice_removed(t),
    "local function": lambda dense: (lambda inner: lambda t: inner(t))(lambda t: dense(t)),
    "default": lambda dense: lambda t, layer=dense: layer(t),
    "keyword default": lambda dense: lambda t, *, layer=dense: layer(t),
    "partial": lambda dense: functools.partial(lambda layer, t: layer(t), dense),
    "method": lambda dense: Holder(dense).apply,
    "method of a layer": lambda dense: dense.call,
    "object that can be called": lambda dense: Holder(dense),
    "attribute": lambda dense: (lambda holder: lambda t: holder.dense(t))(Holder(dense)),
    "namespace": lambda dense: (lambda space: lambda t: space.dense(t))(types.SimpleNamespace(dense=dense)),
    "dictionary": lambda dense: (lambda named: lambda t: named["dense"](t))({"dense": dense}),
    "list": lambda dense: (lambda layers: lambda t: layers[0](t))([dense]),
    "decorated": lambda dense: decorated(lambda t: dense(t)),
    "its call": lambda dense: lambda t: dense.call(t),
    "comprehension": lambda dense: lambda t: sum(dense(part) for part in [t]),
}
"""Ways in which a function reaches a layer."""


@pytest.fixture
def dense(keras: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    layer = keras.layers.Dense(3, name="outer")
    layer.build((None, 4))
    monkeypatch.setattr(f"{__name__}.SHARED", layer)
    return layer


def outside(inspection: Any, model: Any) -> dict[str, tuple[str, int, str]]:
    """Return what is found outside, by the path of the layer and its own name."""
    return {
        f"{layer.path}: {each.name}": (each.class_name, each.params, each.why)
        for layer in inspection.inspect(model).layers
        for each in layer.outside
    }


def rows(inspection: Any, model: Any) -> dict[str, table.Row]:
    return {row.path: row for row in table.build(inspection.inspect(model)).rows}


def lost(model: Any, *layers: Any) -> int:
    """Count what Keras itself does not hold."""
    held = {id(variable) for variable in model.variables}
    return sum(math.prod(weight.shape) for layer in layers for weight in layer.weights if id(weight) not in held)


@pytest.mark.parametrize("way", LAMBDAS)
def test_a_lambda_that_uses_a_layer_from_outside(keras: Any, inspection: Any, dense: Any, way: str) -> None:
    function = LAMBDAS[way](dense)
    inputs = keras.Input((4,))
    hidden = keras.layers.Lambda(function, output_shape=(3,), name="asks")(inputs)
    model = keras.Model(inputs, keras.layers.Dense(2)(hidden))
    assert lost(model, dense) == 15
    assert outside(inspection, model) == {"asks: outer": ("keras.layers.Dense", 15, "untracked")}
    assert rows(inspection, model)["asks"].explanation == (
        "no weights: it only calls a function; uses 15 numbers that Keras does not track (outer): they are not "
        "trained, saved or counted here"
    )
    assert table.build(inspection.inspect(model)).total == model.count_params() == 8


def test_other_functions_that_layers_and_operations_are_given(keras: Any, inspection: Any, dense: Any) -> None:
    inputs = keras.Input((4,))
    active = keras.layers.Dense(4, activation=lambda t: t * keras.ops.sum(dense.kernel), name="active")(inputs)
    mapped = keras.ops.map(lambda t: dense(t[None])[0], active)
    assert outside(inspection, keras.Model(inputs, mapped)) == {
        "active: kernel": ("keras.Variable", 12, "untracked"),
        "map: outer": ("keras.layers.Dense", 15, "untracked"),
    }


def test_arguments_of_a_lambda_are_tracked(keras: Any, inspection: Any, dense: Any) -> None:
    inputs = keras.Input((4,))
    given = keras.layers.Lambda(lambda t, by: by(t), arguments={"by": dense}, output_shape=(3,), name="given")
    model = keras.Model(inputs, given(inputs))
    assert model.count_params() == 15
    assert outside(inspection, model) == {}


def test_what_is_only_asked_for_its_shape_is_not_used(keras: Any, inspection: Any, dense: Any) -> None:
    class Sized(keras.layers.Layer):  # type: ignore[misc]
        def call(self, inputs: Any) -> Any:
            return inputs * dense.units * dense.kernel.shape[0]

    model = keras.Sequential([keras.Input((4,)), Sized(), keras.layers.Lambda(lambda t: t * dense.units)])
    assert outside(inspection, model) == {}


def test_what_the_model_tracks_is_not_outside(keras: Any, inspection: Any) -> None:
    inputs = keras.Input((4,))
    tied = keras.layers.Dense(4, name="tied")
    hidden = keras.layers.Lambda(lambda t: tied(t) + tied.kernel[0])(tied(inputs))
    model = keras.Model(inputs, hidden * tied.bias)
    assert outside(inspection, model) == {}


def test_variables_of_a_layer_that_keras_does_not_see(keras: Any, inspection: Any) -> None:
    tensorflow = pytest.importorskip("tensorflow")
    if keras.backend.backend() != "tensorflow":
        pytest.skip("a variable of TensorFlow computes with tensors of TensorFlow alone")

    class Scale(keras.layers.Layer):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(name="scale")
            self.by = tensorflow.Variable(tensorflow.ones(4))
            self.many = [tensorflow.Variable(1.0), {"deep": tensorflow.Variable([1.0, 2.0], name="named")}]
            self.words = tensorflow.Variable(["a", "b"])

        def call(self, inputs: Any) -> Any:
            return inputs * tensorflow.convert_to_tensor(self.by)

    model = keras.Sequential([keras.Input((4,)), Scale()])
    assert model.count_params() == 0
    assert outside(inspection, model) == {
        "scale: by": ("tf.Variable", 4, "untracked"),
        "scale: many.0": ("tf.Variable", 1, "untracked"),
        "scale: named": ("tf.Variable", 2, "untracked"),
    }
    assert rows(inspection, model)["scale"].explanation == (
        "no weights; uses 4 numbers that Keras does not track (by): they are not trained, saved or counted here; holds "
        "3 numbers that Keras does not track (many.0 and named): they are not trained, saved or counted here"
    )


def test_layers_that_a_plain_object_or_a_class_keeps(keras: Any, inspection: Any) -> None:
    class Tower:
        def __init__(self) -> None:
            self.dense = keras.layers.Dense(6, name="in_tower")

    class Block(keras.layers.Layer):  # type: ignore[misc]
        common = keras.layers.Dense(6, name="common")

        def __init__(self) -> None:
            super().__init__(name="block")
            self.tower, self.out = Tower(), keras.layers.Dense(2, name="out")

        def call(self, inputs: Any) -> Any:
            return self.out(self.common(self.tower.dense(inputs)))

    model = keras.Sequential([keras.Input((4,)), Block()])
    model(keras.ops.ones((1, 4)))
    [block] = model.layers
    assert lost(model, block.tower.dense, block.common) == 30 + 42
    assert outside(inspection, model) == {
        "block: in_tower": ("keras.layers.Dense", 30, "untracked"),
        "block: common": ("keras.layers.Dense", 42, "untracked"),
    }
    row = rows(inspection, model)["block"]
    assert row.params == 14
    assert "; uses 72 numbers that Keras does not track (common and in_tower): they" in row.explanation
    alone = inspection.inspect(block)  # of which there is no row
    assert [(each.name, each.params) for each in alone.outside] == [("common", 42), ("in_tower", 30)]
    assert table.build(alone).beyond(())[0].startswith("block uses 72 numbers that Keras does not track (common and")


def test_a_subclassed_model_and_its_code(keras: Any, inspection: Any, dense: Any) -> None:
    class Net(keras.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(name="net")
            self.head = keras.layers.Dense(2, name="head")

        def call(self, inputs: Any) -> Any:
            return self.head(self.through(inputs))

        def through(self, inputs: Any) -> Any:
            return dense(inputs)

    model = Net()
    model(keras.ops.ones((1, 4)))
    read = inspection.inspect(model)
    assert read.outside == [facts.Outside("outer", "keras.layers.Dense", 15, "untracked")]


def test_variables_in_the_graph(keras: Any, inspection: Any) -> None:
    inputs = keras.Input((4,))
    scale = keras.Variable([1.0, 2.0, 3.0, 4.0], name="gain")
    unnamed = keras.Variable([1.0, 2.0, 3.0, 4.0])
    model = keras.Model(inputs, keras.layers.Dense(2)(inputs * scale + unnamed))
    assert outside(inspection, model) == {
        "multiply: gain": ("keras.Variable", 4, "untracked"),
        "add: variable": ("keras.Variable", 4, "untracked"),
    }


def test_state_that_is_no_weight(keras: Any, inspection: Any) -> None:
    class Loss(keras.losses.Loss):  # type: ignore[misc]
        def call(self, _true: Any, pred: Any) -> Any:
            return pred

    class Busy(keras.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(name="busy")
            self.head = keras.layers.Dense(2, name="head")
            self.drop = keras.layers.Dropout(0.5)
            self.tracker = keras.metrics.Mean()
            self.plain = Holder(keras.metrics.Mean())
            self.seed = Holder(keras.random.SeedGenerator(1))
            self.second = Holder(keras.optimizers.Adam())
            self.words = Holder(keras.layers.StringLookup(vocabulary=["a", "b"]))
            self.penalty = Loss()

        def call(self, inputs: Any) -> Any:
            self.tracker.update_state(0.0)
            return self.drop(self.head(inputs))

    model = Busy()
    teacher = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
    model.compile("adam", loss=lambda true, pred: keras.ops.mean(teacher(true) - pred), metrics=["mse"])
    model(keras.ops.ones((1, 4)))
    model.second.dense.build(model.trainable_variables)
    model.optimizer.build(model.trainable_variables)
    read = inspection.inspect(model)
    assert (read.outside, [layer.outside for layer in read.layers]) == ([], [[]] * len(read.layers))


def test_a_part_that_knows_its_whole(keras: Any, inspection: Any) -> None:
    class Part(keras.layers.Layer):  # type: ignore[misc]
        def call(self, inputs: Any) -> Any:
            return inputs * 2

    inputs = keras.Input((4,))
    part = Part(name="part")
    encoder = keras.Model(inputs, part(keras.layers.Dense(3)(inputs)))
    whole = keras.Model(inputs, keras.layers.Dense(4)(encoder(inputs)))
    part.around = Holder(whole)
    assert outside(inspection, encoder) == {}


def test_where_the_search_gives_up_it_claims_nothing(keras: Any, inspection: Any) -> None:
    class Plain(keras.layers.Layer):  # type: ignore[misc]
        def call(self, inputs: Any) -> Any:
            return inputs

    deep: Any = keras.Variable([1.0])
    for _ in range(30):
        deep = Holder(deep)
    known, unknown = Plain(name="known"), Plain(name="unknown")
    unknown.holder = deep
    wide = Plain(name="wide")
    wide.holder = Holder([[number] for number in range(5_000)])
    model = keras.Sequential([keras.Input((4,)), known, unknown, wide])
    found = {layer.path: layer.is_searched for layer in inspection.inspect(model).layers}
    assert found == {"known": True, "unknown": False, "wide": False}
    assert [row.explanation for row in rows(inspection, model).values()] == [
        "no weights: it creates none",
        "no weights",
        "no weights",
    ]


def test_objects_that_raise_when_they_are_looked_at(keras: Any, inspection: Any) -> None:
    class Odd:
        __slots__ = ("kept",)

        def __getattribute__(self, name: str) -> Any:
            raise RuntimeError("do not look")

    class Plain(keras.layers.Layer):  # type: ignore[misc]
        def call(self, inputs: Any) -> Any:
            return inputs

    layer = Plain(name="plain")
    layer.__dict__["odd"] = Odd()
    [read] = inspection.inspect(keras.Sequential([keras.Input((4,)), layer])).layers
    assert (read.outside, read.is_searched) == ([], False)


def test_equal_layers_fold_with_what_each_uses(keras: Any, inspection: Any) -> None:
    def block(number: int) -> Any:
        inner = keras.layers.Dense(4)
        inner.build((None, 4))
        asks = keras.layers.Lambda(lambda t: inner(t), name="asks")
        return keras.Sequential([keras.Input((4,)), keras.layers.Dense(4), asks], name=f"block_{number}")

    model = keras.Sequential([keras.Input((4,)), block(0), block(1)])
    built = table.build(inspection.inspect(model))
    assert [each.used_by for each in built.outside] == ["block_0/asks", "block_1/asks"]
    assert sum(each.params for each in built.outside) == 40


def test_layers_of_keras_2(inspection: Any) -> None:
    tf_keras = pytest.importorskip("tf_keras")
    dense = tf_keras.layers.Dense(3, name="outer")
    dense.build((None, 4))

    class Scale(tf_keras.layers.Layer):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__(name="scale")
            self.by = [tf_keras.backend.variable([1.0, 2.0, 3.0])]

        def call(self, inputs: Any) -> Any:
            return inputs * self.by[0]

    model = tf_keras.Sequential(
        [tf_keras.Input((4,)), tf_keras.layers.Lambda(lambda t: dense(t), name="asks"), Scale()]
    )
    assert model.count_params() == 3  # Keras 2 tracks variables in attributes
    assert outside(inspection, model) == {"asks: outer": ("tf_keras.layers.Dense", 15, "untracked")}


def test_the_counters_of_training_are_none_of_it(inspection: Any) -> None:
    tf_keras = pytest.importorskip("tf_keras")

    class Net(tf_keras.Model):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.dense = tf_keras.layers.Dense(4)

        def call(self, x: Any) -> Any:
            return self.dense(x)

    net = Net()
    net.build((None, 4))
    net.compile("sgd", "mse")
    assert table.build(inspection.inspect(net)).untracked == []


def test_what_is_not_searched_as_counted_is_what_keras_itself_keeps_of_each_layer() -> None:
    import keras

    class Named(keras.layers.Layer):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.dense = keras.layers.Dense(2)
            self.scale = self.add_weight(shape=(3,), name="scale")

    layer = Named()
    assert vars(layer).keys() >= COUNTED
    listed = [part for name in COUNTED for part in vars(layer)[name]]
    assert {id(part) for part in listed} == {id(layer.dense), id(layer.scale)}
