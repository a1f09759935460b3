"""Live models of Keras 2 → facts: the totals are Keras 2's own, and the facts have the form of Keras 3's."""

from __future__ import annotations

from typing import Any

import numpy
import pytest

from sphinx_paramdoc import table
from sphinx_paramdoc.inspection import NotBuiltError, framework_of
from tests.sphinx_paramdoc.inspection.keras_2 import checked, reasons

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("fresh_names_of_keras_2")]


def test_a_sequential_model(tf_keras: Any, read: Any) -> None:
    layers = tf_keras.layers
    model = tf_keras.Sequential(
        [layers.Dense(3, input_shape=(4,)), layers.BatchNormalization(), layers.Dropout(0.5)], name="mlp"
    )
    built = checked(model, read)
    assert (built.name, built.class_name) == ("mlp", "tf_keras.models.Sequential")
    assert built.frameworks.keys() == {"tf_keras", "tensorflow"}
    assert all(built.frameworks.values())
    assert [(row.path, row.class_name, row.output_shape, row.params) for row in built.rows] == [
        ("dense", "tf_keras.layers.Dense", [None, 3], 15),
        ("batch_normalization", "tf_keras.layers.BatchNormalization", [None, 3], 12),
        ("dropout", "tf_keras.layers.Dropout", [None, 3], 0),
    ]
    assert [row.connected_to for row in built.rows] == [[], ["dense"], ["batch_normalization"]]
    assert built.rows[0].weights[0].path == "dense/kernel"
    assert reasons(built) == {
        "batch_normalization/moving_mean": "moving_statistics",
        "batch_normalization/moving_variance": "moving_statistics",
    }


def test_nested_and_shared_models_with_several_inputs_and_outputs(tf_keras: Any, read: Any) -> None:
    layers = tf_keras.layers
    encoder = tf_keras.Sequential([tf_keras.Input((4,)), layers.Dense(3)], name="encoder")
    a, b = tf_keras.Input((4,), name="a"), tf_keras.Input((4,), name="b")
    joined = layers.Concatenate(name="join")([encoder(a), encoder(b)])
    states = layers.LSTM(2, return_state=True, name="lstm")(layers.Reshape((1, 6), name="shape")(joined))
    built = checked(tf_keras.Model({"a": a, "b": b}, [*states, joined], name="siamese"), read)
    rows = {row.path: row for row in built.rows}
    assert [path for path, row in rows.items() if row.depth == 0] == ["a", "b", "encoder", "join", "shape", "lstm"]
    assert built.class_name == "tf_keras.models.Model"
    assert rows["a"].input_shape == rows["a"].output_shape == [None, 4]
    assert rows["encoder"].connected_to == ["a", "b"]
    assert rows["encoder/dense"].weights[0].path == "encoder/dense/kernel"
    assert rows["join"].input_shape == [[None, 3], [None, 3]]
    assert rows["join"].connected_to == ["encoder"]
    assert rows["lstm"].output_shape == [[None, 2], [None, 2], [None, 2]]


def test_operations_on_tensors_are_layers_of_keras_2(tf_keras: Any, read: Any) -> None:
    inputs = tf_keras.Input((4,), name="x")
    outputs = tf_keras.layers.Dense(2, name="last")(tf_keras.layers.Dense(4, name="first")(inputs) + inputs)
    model = tf_keras.Model(inputs, outputs)
    built = checked(model, read)
    assert [row.path for row in built.rows] == [layer.name for layer in model.layers]
    assert built.rows[2].connected_to == ["first", "x"]
    assert (built.rows[2].short_class, built.rows[2].explanation) == (
        *("TFOpLambda", "no weights: it only applies an operation"),
    )


def test_tied_weights_count_once(tf_keras: Any, read: Any) -> None:
    class Head(tf_keras.layers.Layer):  # type: ignore[misc]
        def __init__(self, embedding: Any) -> None:
            super().__init__(name="head")
            self.embedding = embedding

        def call(self, inputs: Any) -> Any:
            return inputs @ tf_keras.backend.transpose(self.embedding.embeddings)

    embedding = tf_keras.layers.Embedding(50, 8, name="tokens")
    inputs = tf_keras.Input((6,), name="ids")
    built = checked(tf_keras.Model(inputs, Head(embedding)(embedding(inputs))), read)
    assert [(row.path, row.params, row.shared_with) for row in built.outermost()] == [
        ("ids", 0, None),
        ("tokens", 400, None),
        ("head", 0, "tokens"),
    ]


def test_a_subclassed_model_with_weights_metrics_and_modules_of_its_own(tf_keras: Any, read: Any) -> None:
    import tensorflow as tf

    class Vision(tf_keras.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(name="vision")
            self.parts = [tf_keras.layers.Dense(8, name="d"), tf_keras.layers.Dense(8, name="d")]
            self.scale = tf.Variable(1.0)
            self.steps = tf.Variable(0, trainable=False, name="steps")
            self.loss_tracker = tf_keras.metrics.Mean()
            self.module = tf.Module(name="extra")
            self.module.table = tf.Variable([1.0, 2.0])

        def build(self, shape: Any) -> None:
            self.token = self.add_weight("token", (1, 8))
            super().build(shape)

        def call(self, inputs: Any) -> Any:
            return self.parts[1](self.parts[0](inputs)) * self.scale + self.token + self.module.table[0]

    model = Vision()
    with pytest.raises(NotBuiltError, match=r"vision \(Vision\) was.*holds 3 variables.*once on tf_keras.Input"):
        read(model)
    model.build((None, 8))
    built = table.build(read(model))
    assert [(row.path, row.params, row.output_shape) for row in built.rows] == [
        ("vision", 10, None),
        ("d", 72, [None, 8]),
        ("d#2", 72, [None, 8]),
        ("extra", 2, None),
    ]
    assert [weight.path for weight in built.rows[0].weights] == ["vision/scale", "vision/token", "vision/steps"]
    assert [weight.path for weight in built.rows[3].weights] == ["extra/table"]
    assert reasons(built) == {"vision/steps": "declared"}
    assert model.count_params() == built.total + 2  # Keras 2 counts the metric of a subclassed model with it


def test_what_is_frozen_and_by_whom(tf_keras: Any, read: Any) -> None:
    layers = tf_keras.layers
    backbone = tf_keras.Sequential([layers.Dense(3, input_shape=(4,)), layers.BatchNormalization()], name="backbone")
    backbone.trainable = False
    half = tf_keras.Sequential([layers.Dense(2, name="a"), layers.Dense(2, name="b")], name="half")
    odd = layers.Dense(2, name="odd")
    model = tf_keras.Sequential([tf_keras.Input((4,)), backbone, half, odd])
    half.layers[0].trainable = False
    # What people do in Keras 2, whose variables cannot be frozen by themselves.
    odd._non_trainable_weights.append(odd._trainable_weights.pop())
    built = checked(model, read)
    assert reasons(built) == {
        **dict.fromkeys((f"backbone/dense/{name}" for name in ("kernel", "bias")), "frozen_layer"),
        **dict.fromkeys((f"backbone/batch_normalization/{name}" for name in ("gamma", "beta")), "frozen_layer"),
        **dict.fromkeys(
            (f"backbone/batch_normalization/{name}" for name in ("moving_mean", "moving_variance")),
            "moving_statistics",
        ),
        "half/a/kernel": "frozen_layer",
        "half/a/bias": "frozen_layer",
        "odd/bias": "frozen_variable",
    }
    assert {row.path: row.frozen_by for row in built.rows if row.frozen_by} == {
        "backbone": "backbone",
        "backbone/dense": "backbone",
        "backbone/batch_normalization": "backbone",
        "half/a": "half/a",
    }


def test_a_frozen_model(tf_keras: Any, read: Any) -> None:
    model = tf_keras.Sequential([tf_keras.layers.Dense(3, input_shape=(4,))], name="frozen")
    model.trainable = False
    built = checked(model, read)
    assert (built.trainable, built.rows[0].frozen_by) == (0, "frozen")


def test_training_leaves_the_count_as_it_is(tf_keras: Any, read: Any) -> None:
    model = tf_keras.Sequential(
        [tf_keras.layers.Dense(3, input_shape=(4,)), tf_keras.layers.Dropout(0.5), tf_keras.layers.Dense(1)]
    )
    before = checked(model, read)
    model.compile("adam", "mse", metrics=["mae"])
    model.fit(numpy.ones((4, 4)), numpy.ones((4, 1)), verbose=0)
    assert checked(model, read) == before


def test_what_is_adapted(tf_keras: Any, read: Any) -> None:
    layer = tf_keras.layers.Normalization()
    layer.adapt(numpy.ones((4, 2)))
    assert set(reasons(checked(layer, read)).values()) == {"adapted"}
    words = tf_keras.layers.TextVectorization(output_mode="tf_idf")
    words.adapt(["a b", "c"])
    inputs = tf_keras.Input((1,), dtype="string")
    model = tf_keras.Model(inputs, words(inputs))
    # A vocabulary is no variable, and what grows with it counts as none, as Keras 2 has it.
    assert reasons(checked(model, read)) == {
        f"text_vectorization/string_lookup/{name}": "adapted" for name in ("idf_weights", "num_documents")
    }


def test_power_iteration(tf_keras: Any, read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import tensorflow as tf

    # The layer asks TensorFlow for Keras, which is Keras 3 unless TF_USE_LEGACY_KERAS is set.
    monkeypatch.setattr(tf.keras.layers, "InputSpec", tf_keras.layers.InputSpec)
    layer = tf_keras.layers.SpectralNormalization(tf_keras.layers.Dense(3))
    layer.build((None, 2))
    assert reasons(checked(layer, read)) == {"spectral_normalization/vector_u": "power_iteration"}


def test_the_states_of_a_stateful_layer_are_no_weights(tf_keras: Any, read: Any) -> None:
    model = tf_keras.Sequential([tf_keras.layers.LSTM(3, stateful=True, batch_input_shape=(2, 5, 4))])
    model.predict(numpy.ones((2, 5, 4)), verbose=0)
    assert checked(model, read).total == 96


def test_mobilenet_v2_has_the_published_count(tf_keras: Any, read: Any) -> None:
    model = tf_keras.applications.MobileNetV2(weights=None)
    built = checked(model, read)
    assert (built.total, built.trainable, built.non_trainable) == (3_538_984, 3_504_872, 34_112)
    assert [row.path for row in built.outermost()] == [layer.name for layer in model.layers]


def test_a_layer_inside_that_is_not_built_is_left_so(tf_keras: Any, read: Any) -> None:
    class Net(tf_keras.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(name="net")
            self.used = tf_keras.layers.Dense(2, name="used")
            self.unused = tf_keras.Sequential([tf_keras.layers.Dense(3)], name="unused")

        def call(self, inputs: Any) -> Any:
            return self.used(inputs)

    model = Net()
    model(tf_keras.Input((4,)))
    with pytest.raises(ValueError, match="Weights for model 'unused' have not yet been created"):
        model.count_params()
    built = table.build(read(model))
    assert (built.total, built.trainable) == (10, 10)
    assert built.not_built == ["unused"]
    assert not model.unused.built


def test_a_layer_of_keras_3_in_a_module_in_a_model_is_read_as_keras_3_sees_it(
    keras: Any, tf_keras: Any, read: Any
) -> None:
    import tensorflow as tf

    module = tf.Module("module")
    module.dense = keras.layers.Dense(3)
    module.dense.build((None, 4))
    module.dense.trainable = False

    class Net(tf_keras.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(name="net")
            self.module = module

        def call(self, inputs: Any) -> Any:
            return inputs

    model = Net()
    model(tf_keras.Input((4,)))
    facts_of_it = read(model)
    assert [weight.path for weight in facts_of_it.weights] == ["module/dense/kernel", "module/dense/bias"]
    assert {weight.frozen_by for weight in facts_of_it.weights} == {"module/dense"}
    assert list(facts_of_it.frameworks) == ["tf_keras", "tensorflow", "keras"]


def test_mixed_precision_keeps_the_type_of_the_variables(tf_keras: Any, read: Any) -> None:
    layer = tf_keras.layers.Dense(3, dtype="mixed_float16")
    layer.build((None, 4))
    assert {weight.dtype for weight in read(layer).weights} == {"float32"}
    assert checked(layer, read).total == 15


def test_either_keras_knows_its_own_alone(keras: Any, tf_keras: Any) -> None:
    for value, name in (
        (keras.layers.Dense(1), "keras"),
        (tf_keras.layers.Dense(1), "tf_keras"),
        (tf_keras.metrics.Mean(), None),
        (tf_keras.optimizers.Adam(), None),
        (tf_keras.layers.Dense, None),
    ):
        framework = framework_of(value)
        assert (framework and framework.packages[0]) == name
