"""What live layers compute with that other layers count, that they only keep, or that is a copy of weights."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pytest

from sphinx_paramdoc import facts, table

pytestmark = pytest.mark.slow


def said(inspection: Any, model: Any) -> dict[str, str]:
    return {row.path: row.explanation for row in table.build(inspection.inspect(model)).rows}


@pytest.fixture
def embedded(keras: Any) -> tuple[Any, Any, Any]:
    """Give an embedding of a model, what it reads, and its result."""
    embedding = keras.layers.Embedding(10, 4, name="words")
    inputs = keras.Input((3,), dtype="int32")
    return embedding, inputs, embedding(inputs)


def changes(keras: Any, model: Any, variable: Any) -> bool:
    """Tell whether a step of training on gradients of the output changes a weight."""
    import numpy as np

    before = np.array(variable)
    model.compile(keras.optimizers.SGD(1.0), lambda _, given: keras.ops.sum(given, axis=(1, 2)))
    model.fit(np.ones((2, 3), "int32"), np.ones((2, 1)), verbose=0)
    return bool((np.array(variable) != before).any())


# Weights that another layer of the model counts


WAYS: dict[str, Callable[[Any, Any], Callable[..., Any]]] = {
    "weight": lambda ops, layer: lambda t: ops.matmul(t, ops.transpose(layer.embeddings)),
    "first of its weights": lambda ops, layer: lambda t: ops.matmul(t, ops.transpose(layer.weights[0])),
    "default": lambda ops, layer: lambda t, w=layer.embeddings: ops.matmul(t, ops.transpose(w)),
    "layer": lambda ops, layer: lambda t: t + layer(ops.zeros((1, 3), "int32")),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_lambda_that_uses_a_layer_of_the_model(keras: Any, inspection: Any, embedded: Any, way: str) -> None:
    embedding, inputs, outputs = embedded
    tied = keras.layers.Lambda(WAYS[way](keras.ops, embedding), output_shape=(3, None), name="tied")
    model = keras.Model(inputs, tied(outputs))
    read = inspection.inspect(model)
    assert read.layers[-1].borrows == ["words"]
    assert read.layers[-1].outside == []
    text = said(inspection, model)["tied"]
    assert text == "no weights: it only calls a function; uses the weights of words, which count there"


def test_a_weight_that_an_operation_takes_is_trained_through_it(keras: Any, inspection: Any, embedded: Any) -> None:
    embedding, inputs, _ = embedded
    other = keras.layers.Dense(4, name="other")
    outputs = keras.ops.einsum("abc,dc->abd", other(keras.ops.cast(inputs[..., None], "float32")), embedding.embeddings)
    model = keras.Model(inputs, [outputs, embedding(inputs)])
    assert said(inspection, model)["einsum"].endswith("; uses the weights of words, which count there")
    assert changes(keras, keras.Model(inputs, outputs), other.kernel)


def test_what_a_layer_holds_itself_is_not_borrowed(keras: Any, inspection: Any) -> None:
    shared = keras.layers.Dense(4, name="shared")

    class Net(keras.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(name="net")
            self.block, self.own = Block(shared), self.add_weight(shape=(4,), name="own")

        def call(self, inputs: Any) -> Any:
            return self.block(inputs) + self.own + self.block.inner.units

    class Block(keras.layers.Layer):  # type: ignore[misc]
        def __init__(self, inner: Any) -> None:
            super().__init__(name="block")
            self.inner = inner
            self.kernel = self.add_weight(shape=(4, 4), name="kernel")

        def call(self, inputs: Any) -> Any:
            return self.inner(inputs) @ self.kernel

    net = Net()
    net(keras.ops.ones((1, 4)))
    inputs = keras.Input((4,))
    graph = keras.Model(inputs, Block(shared)(shared(inputs)))
    for model in (net, graph, net.block):
        read = inspection.inspect(model)
        assert [layer.borrows for layer in read.layers] == [[]] * len(read.layers)


# Values of weights


COPIES: dict[str, Callable[[Any, Any], Any]] = {
    "transposed": lambda ops, embedding: ops.transpose(embedding.embeddings),
    "a part": lambda ops, embedding: ops.transpose(embedding.embeddings[2:7]),
    "in another shape": lambda ops, embedding: ops.reshape(embedding.embeddings, (4, 10)),
}


@pytest.mark.parametrize("how", COPIES)
def test_a_copy_of_weights_in_the_graph(keras: Any, inspection: Any, embedded: Any, how: str) -> None:
    import numpy as np

    embedding, inputs, outputs = embedded
    copied = COPIES[how](keras.ops, embedding)
    model = keras.Model(inputs, keras.ops.matmul(outputs, copied))
    before = np.array(copied)
    assert inspection.inspect(model).layers[-1].copied == ["words/embeddings"]
    assert said(inspection, model)["matmul"] == (
        "no weights: it is an operation, no layer; takes a copy of words/embeddings as a plain value: training does "
        "not change that"
    )
    assert changes(keras, model, embedding.embeddings)
    assert (np.array(copied) == before).all()


@pytest.mark.parametrize("numbers", [[[0.0] * 4] * 3, [[1.0, 2.0, 3.0, 4.0]] * 3, [[0.25, 0.5, 0.75, 0.125]] * 3])
def test_a_plain_value_of_nobody_is_no_copy(keras: Any, inspection: Any, embedded: Any, numbers: Any) -> None:
    _, inputs, outputs = embedded
    model = keras.Model(inputs, keras.ops.add(outputs, keras.ops.convert_to_tensor(numbers, "float32")))
    assert inspection.inspect(model).layers[-1].copied == []


# What is only kept


def test_what_no_code_calls_is_held_and_not_used(keras: Any, inspection: Any) -> None:
    class Kept:
        def __init__(self, layer: Any) -> None:
            self.layer = layer

    def dense(name: str) -> Any:
        layer = keras.layers.Dense(3, name=name)
        layer.build((None, 4))
        return layer

    class Student(keras.layers.Layer):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(name="student")
            self.__dict__["teacher"] = dense("teacher")
            self.kept, self.called = Kept(dense("kept")), Kept(dense("called"))

        def call(self, inputs: Any) -> Any:
            return self.called.layer(inputs)

    model = keras.Sequential([keras.Input((4,)), Student()])
    [layer] = inspection.inspect(model).layers
    assert layer.outside == [
        facts.Outside("called", "keras.layers.Dense", 15, "untracked"),
        facts.Outside("teacher", "keras.layers.Dense", 15, "untracked", only_held=True),
        facts.Outside("kept", "keras.layers.Dense", 15, "untracked", only_held=True),
    ]
    not_counted = "they are not trained, saved or counted here"
    assert said(inspection, model)["student"] == (
        f"no weights; uses 15 numbers that Keras does not track (called): {not_counted}; holds 30 numbers that Keras "
        f"does not track (teacher and kept): {not_counted}"
    )


# Functions that a framework lies around


def test_functions_that_a_framework_makes_of_functions(keras: Any, inspection: Any) -> None:
    tensorflow = pytest.importorskip("tensorflow")
    layer = keras.layers.Dense(4, name="outer")
    layer.build((None, 4))

    def call(tensor: Any) -> Any:
        return layer(tensor)

    @tensorflow.custom_gradient  # type: ignore[untyped-decorator]
    def by_hand(tensor: Any) -> Any:
        return layer(tensor), lambda upstream: upstream

    remat = getattr(keras, "remat", tensorflow.recompute_grad)  # Keras has it since 3.9
    functions = {
        "remat": remat(call),
        "recomputed": tensorflow.recompute_grad(call),
        "by_hand": by_hand,
        "graph": tensorflow.function(call),
        "partial": functools.partial(remat(call)),
        "partly": functools.partial(lambda used, tensor: used(tensor), layer),
        "inside": lambda tensor: remat(call)(tensor),
    }
    lambdas = [keras.layers.Lambda(each, output_shape=(4,), name=name) for name, each in functions.items()]
    read = inspection.inspect(keras.Sequential([keras.Input((4,)), *lambdas]))
    found = {each.name: [(it.name, it.params) for it in each.outside] for each in read.layers}
    assert list(found) == list(functions)
    assert all(uses == [("outer", 20)] for uses in found.values())


def test_what_a_framework_closes_over(keras: Any) -> None:
    from sphinx_paramdoc.inspection.values import taken_around

    def user(tensor: Any) -> Any:
        return tensor

    space: dict[str, Any] = {"__name__": "torch.utils.checkpoint"}
    exec("def around(function):\n    def wrapped(*args):\n        return function(*args)\n    return wrapped", space)
    around = space["around"]
    assert list(taken_around(around(user))) == [user]
    assert list(taken_around(around(around(user)))) == [user]
    layer = keras.layers.Dense(3)
    assert list(taken_around(around(layer))) == [layer]
    assert list(taken_around(around(around(abs)))) == list(taken_around(user)) == []


# Layers that are not built


def test_an_activation_that_is_a_layer(keras: Any, inspection: Any) -> None:
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((4,)),
            layers.Dense(3, activation=layers.PReLU(name="a"), name="dense"),
            layers.Activation(layers.PReLU(name="b"), name="active"),
            layers.Activation(layers.LeakyReLU(name="c"), name="fixed"),
        ]
    )
    if model.layers[1].activation.built:
        pytest.skip("this Keras builds what an Activation holds with it")
    texts = said(inspection, model)
    assert texts["dense"] == "4 × 3 + 3 = 15; a is not built: it has no weights yet"
    assert texts["active"] == "no weights; b is not built: it has no weights yet"
    assert texts["fixed"] == "no weights: it only applies a fixed function"
    assert table.build(inspection.inspect(model)).explanation == "all trainable; without 2 layers that are not built"
    model(keras.ops.ones((1, 4)))
    built = said(inspection, model)
    assert built["dense"] == "own kernel 12 (4 × 3) + own bias 3 + a 3 (features, with a slope each) = 18"
    assert built["active"] == "b: 3 (features, with a slope each)"
    assert model.count_params() == 21


# The state of metrics


def test_the_summary_of_keras_2_counts_the_state_of_metrics(inspection: Any) -> None:
    tf_keras: Any = pytest.importorskip("tf_keras")

    class Autoencoder(tf_keras.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(name="autoencoder")
            self.dense = tf_keras.layers.Dense(2, name="dense")
            self.tracker = tf_keras.metrics.Mean(name="loss")

        def call(self, inputs: Any) -> Any:
            return self.dense(inputs)

    model = Autoencoder()
    model(tf_keras.Input((4,)))
    lines: list[str] = []
    model.summary(print_fn=lambda line, **_: lines.append(line))
    assert any(line.startswith("Total params: 12 ") for line in lines)
    made = table.build(inspection.inspect(model))
    assert (made.total, made.own_total) == (10, 12)
    assert made.explanation == "all trainable; the model's own summary() counts 12, 2 for the state of metrics"
    around = tf_keras.Sequential([tf_keras.Input((4,)), model])
    assert table.build(inspection.inspect(around)).explanation == made.explanation


def test_the_summary_of_keras_3_does_not(keras: Any, inspection: Any) -> None:
    class Tracked(keras.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.dense, self.tracker = keras.layers.Dense(2), keras.metrics.Mean()

        def call(self, inputs: Any) -> Any:
            return self.dense(inputs)

    model = Tracked()
    model(keras.ops.ones((1, 4)))
    assert model.count_params() == 10
    assert table.build(inspection.inspect(model)).explanation == "all trainable"


# Models that are graphs, inside of one that is none


def test_the_shapes_of_a_graph_that_code_calls(keras: Any, inspection: Any) -> None:
    inputs = keras.Input((4,))
    encoder = keras.Model(inputs, [keras.layers.Dense(2)(inputs), keras.layers.Dense(3)(inputs)], name="encoder")

    class Net(keras.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(name="net")
            self.encoder = encoder

        def call(self, inputs: Any) -> Any:
            return self.encoder(inputs)[0]

    net = Net()
    net(keras.ops.ones((1, 4)))
    [layer] = inspection.inspect(net).layers
    assert (layer.input_shape, layer.output_shape) == ([None, 4], [[None, 2], [None, 3]])


def test_a_frozen_model_in_a_wrapper_that_is_not_frozen_throughout(keras: Any, inspection: Any) -> None:
    layers = [keras.Input((6,)), keras.layers.Dense(3, name="a"), keras.layers.Dense(2, name="b")]
    inner = keras.Sequential(layers, name="inner")
    inner.trainable = False
    inner.layers[1].trainable = True
    model = keras.Sequential([keras.Input((5, 6)), keras.layers.TimeDistributed(inner, name="steps")])
    assert sum(weight.shape[0] for weight in model.trainable_weights) == 3 + 2  # kernel and bias of b
    assert said(inspection, model)["steps"].endswith(
        "; 21 non-trainable: inner is frozen, though not all that is in it"
    )


def test_adapters_of_lora_in_a_frozen_layer_are_no_surprise(keras: Any, inspection: Any) -> None:
    class Block(keras.layers.Layer):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(name="block")
            self.dense = keras.layers.Dense(3, name="dense")

        def call(self, inputs: Any) -> Any:
            return self.dense(inputs)

    block = Block()
    model = keras.Sequential([keras.Input((4,)), block])
    block.trainable = False
    block.dense.trainable = True
    block.dense.enable_lora(2)
    block.dense.bias.trainable = False
    text = said(inspection, model)["block"]
    assert "trainable=False" not in text
    assert "kernel is the base that LoRA freezes" in text or "LoRA freezes (" in text
