"""Run the old form of each behaviour, and what is written instead, in one copy of Keras; a script.

``python -m tests.flake8_paramdoc.changes.behaviours keras`` or ``tf_keras`` prints, as JSON, what comes out of each:
two results by the behaviour's key, that of the old form and that of the new one. An error is its type.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy
import tensorflow

keras: Any = import_module(sys.argv[1] if len(sys.argv) > 1 else "keras")
layers = keras.layers
_Layer: Any = layers.Layer

X = numpy.ones((4, 3), "float32")
Y = numpy.full((4, 2), 5.0, "float32")


def trainable(model: Any) -> int:
    return sum(int(numpy.prod(weight.shape)) for weight in model.trainable_weights)


def small(**options: Any) -> Any:
    inputs = keras.Input((3,))
    outputs = layers.Dense(2, name="last")(layers.Dense(3, name="first")(inputs))
    return keras.Model(inputs, outputs, **options)


def around(model: Any, shape: tuple[int, ...] = (3,)) -> Any:
    inputs = keras.Input(shape)
    return keras.Model(inputs, model(inputs))


def learns(model: Any, train: Callable[[], object]) -> bool:
    before = model.layers[-1].get_weights()[0]
    train()
    return not numpy.allclose(before, model.layers[-1].get_weights()[0])


def compiled(model: Any) -> Any:
    model.compile("sgd", "mse")
    return model


def trains(model: Any) -> bool:
    return learns(compiled(model), lambda: model.fit(X, Y, verbose=0))


def gan(*, toggled: bool) -> bool:
    critic = compiled(small())
    critic.trainable = False
    compiled(around(critic))

    def train() -> None:
        critic.trainable = toggled or critic.trainable
        critic.train_on_batch(X, Y)

    return learns(critic, train)


def frozen_behind_compile(*, first: bool) -> bool:
    model = small()
    if first:
        model.trainable = False
        return learns(compiled(model), lambda: model.fit(X, Y, verbose=0))
    compiled(model).trainable = False
    return learns(model, lambda: model.fit(X, Y, verbose=0))


def thawed_behind_compile(*, thawed: bool) -> bool:
    model = small()
    model.trainable = False
    compiled(model)
    if thawed:
        model.trainable = True
    return learns(model, lambda: model.fit(X, Y, verbose=0))


def thawed_inside(*, old: bool) -> int:
    model = small()
    model.trainable = False
    if old:
        model.layers[-1].trainable = True
    return trainable(around(model))


def thawed_again(*, old: bool) -> int:
    model = small()
    model.layers[1].trainable = False
    for thing in [model] if old else model.layers:
        thing.trainable = True
    return trainable(model)


def frozen_again(*, old: bool) -> int:
    model = small()
    model.trainable = False
    model.layers[-1].trainable = True
    if not old:
        model.trainable = True
    model.trainable = False
    return trainable(around(model))


def grown(*, old: bool) -> int:
    model = keras.Sequential([keras.Input((3,)), layers.Dense(2)])
    if old:
        model.trainable = False
    model.add(layers.Dense(2))
    model.trainable = False if not old else model.trainable
    return trainable(around(model))


class Block(layers.Layer):  # type: ignore
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.dense = layers.Dense(2)

    def build(self, shape: Any) -> None:
        self.dense.build(shape)

    def call(self, x: Any) -> Any:
        return self.dense(x)


def frozen_subclass(*, old: bool) -> int:
    block = Block(trainable=False) if old else Block()
    model = around(block)
    if not old:
        block.trainable = False
    return trainable(model)


def frozen_before_call(*, old: bool) -> int:
    layer = layers.MultiHeadAttention(2, 3)
    if old:
        layer.trainable = False
    inputs = keras.Input((4, 3))
    model = keras.Model(inputs, layer(inputs, inputs))
    if not old:
        layer.trainable = False
    return trainable(model)


def variable(*, old: bool) -> int:
    class Scale(_Layer):  # type: ignore[misc]
        def build(self, shape: Any) -> None:
            self.scale = (
                tensorflow.Variable(tensorflow.ones((16,))) if old else self.add_weight(name="scale", shape=(16,))
            )

    layer = Scale()
    layer.build((None, 3))
    layer.built = True
    return int(layer.count_params())


def module(*, old: bool) -> int:
    class Inner(tensorflow.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.scale = tensorflow.Variable(tensorflow.ones((3,)))

    class Part(_Layer):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.scale = self.add_weight(name="scale", shape=(3,))
            self.built = True

    class Outer(_Layer):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.inner = Inner() if old else Part()

    layer = Outer()
    layer.built = True
    return int(layer.count_params())


def list_of_one(*, old: bool) -> list[int | None]:
    inputs = keras.Input((3,))
    outputs = layers.Dense(4)(inputs)
    encoder = keras.Model([inputs], [outputs] if old else outputs)
    return list(layers.Dense(2)(encoder(keras.Input((3,)))).shape)


def layer_on_list(*, old: bool) -> list[int | None]:
    tensor = keras.Input((3,))
    return list(layers.Dense(3)([tensor] if old else tensor).shape)


def dictionary_called_with_list(*, old: bool) -> list[float]:
    a, b = keras.Input((1,), name="a"), keras.Input((1,), name="b")
    model = keras.Model({"b": b, "a": a}, layers.Subtract()([a, b]))
    one, two = numpy.ones((1, 1)), numpy.full((1, 1), 2.0)
    return numpy.asarray(model([one, two] if old else {"a": one, "b": two})).ravel().tolist()


def layer_number(*, old: bool) -> str | int:
    model = keras.applications.MobileNetV3Small(weights=None, input_shape=(64, 64, 3))
    return len(model.layers) if old else int(model.count_params())


def weight_name(*, old: bool) -> bool:
    layer = layers.Dense(3, name="dense")
    around(layer)
    weight = layer.weights[0]
    if old:
        return bool(weight.name == "dense/kernel:0")
    return bool(getattr(weight, "path", weight.name.removesuffix(":0")).endswith("dense/kernel"))


def weight_name_split(*, old: bool) -> list[str]:
    layer = layers.Dense(3, name="dense")
    layer(numpy.ones((2, 3), "float32"))
    weight = layer.weights[0]
    return list((weight.name if old else weight.path).removesuffix(":0").split("/"))


def iterated(*, old: bool) -> list[list[int]]:
    tensor = keras.Input((3,), batch_size=2)
    a, b = tensor if old else keras.ops.unstack(tensor, axis=0)
    return [list(a.shape), list(b.shape)]


def list_and_shape(*, old: bool) -> list[int | None]:
    shape = keras.Input((3, 4)).shape
    first = [2]
    return list(first + shape[1:] if old else first + list(shape[1:]))


def argument_of_layer(*, old: bool) -> list[int]:
    dropout = layers.Dropout(0.5)
    given = numpy.ones((2, 3), "float32")
    return list((dropout(given, False) if old else dropout(given, training=False)).shape)


def layer_of_keras_2(*, old: bool) -> int:
    layer = import_module("tf_keras").layers.Dense(2)
    if not old:
        return len(keras.Sequential([keras.Input((3,)), layers.Lambda(lambda x: layer(x))]).layers)
    return len(keras.Sequential([keras.Input((3,)), layer]).layers)


def optimizer_for_keras_2(*, old: bool) -> str:
    frozen = import_module("tf_keras")
    model = frozen.Sequential([frozen.layers.Dense(2)])
    model.compile((keras if old else frozen).optimizers.Adam())
    return type(model.optimizer).__name__


def default_name(*, old: bool) -> str:
    keras.backend.clear_session()
    inputs = keras.Input((3,)) if old else keras.Input((3,), name="input_1")
    return str(keras.Model(inputs, layers.Dense(2)(inputs)).get_layer("input_1").name)


def trained(metrics: list[Any], **options: Any) -> list[str]:
    model = around(layers.Dense(2, activation="softmax"))
    model.compile("sgd", "mse", metrics=metrics)
    return sorted(model.fit(X, Y / 10, verbose=0, validation_data=(X, Y / 10), **options).history)


def metric_class(*, old: bool) -> list[str]:
    return trained(["AUC" if old else keras.metrics.AUC(name="auc")])


def monitored_metric_class(*, old: bool) -> list[str]:
    stopping = keras.callbacks.EarlyStopping(monitor="val_auc")
    return trained(["AUC" if old else keras.metrics.AUC(name="auc")], callbacks=[stopping])


def monitor_direction(*, old: bool) -> str:
    mode = {} if old else {"mode": "max"}
    stopping = keras.callbacks.EarlyStopping(monitor="val_precision", **mode)
    trained([keras.metrics.Precision(name="precision")], callbacks=[stopping])
    return str(stopping.monitor_op.__name__)


def rate_key(*, old: bool) -> bool:
    keys = trained(["mse"], callbacks=[keras.callbacks.ReduceLROnPlateau(monitor="loss")])
    return "lr" in keys if old else bool({"lr", "learning_rate"} & set(keys))


def divergence_name(*, old: bool) -> str:
    name = {} if old else {"name": "kullback_leibler_divergence"}
    return str(keras.metrics.KLDivergence(**name).name)


def two_outputs(names: tuple[str, str], keys: tuple[str, str] | None) -> Any:
    inputs = keras.Input((3,))
    a, b = (layers.Dense(2, name=name, kernel_initializer="ones")(inputs) for name in names)
    return keras.Model(inputs, [a, b] if keys is None else dict(zip(keys, (a, b), strict=True)))


def output_key(*, old: bool) -> list[str]:
    model = two_outputs(("la", "lb") if old else ("z", "y"), ("z", "y"))
    model.compile("sgd", "mse")
    found = model.fit(X, {"z": Y, "y": Y}, verbose=0).history
    return sorted(key.replace("z_", "la_").replace("y_", "lb_") for key in found) if not old else sorted(found)


def evaluated_order(*, old: bool) -> list[float]:
    model = two_outputs(("main", "aux"), None)
    model.compile("sgd", "mse", metrics=[["mae"], ["mae"]])
    found = model.evaluate(X, [Y, 4 * Y], verbose=0, return_dict=not old)
    return [round(float(v), 4) for v in (found[3:] if old else (found["main_mae"], found["aux_mae"]))]


def metrics_of_all(*, old: bool) -> list[str]:
    model = two_outputs(("la", "lb"), None)
    model.compile("sgd", "mse", metrics=["mae"] if old else [["mae"], ["mae"]])
    return sorted(model.evaluate(X, [Y, Y], verbose=0, return_dict=True))


def metrics_of_each(*, old: bool) -> list[str]:
    model = two_outputs(("la", "lb"), None)
    model.compile("sgd", "mse", metrics=["mae", "mse"] if old else [["mae", "mse"], ["mae", "mse"]])
    return sorted(model.evaluate(X, [Y, Y], verbose=0, return_dict=True))


def half_masked(*, old: bool) -> list[float]:
    inputs = keras.Input((3,))
    a = layers.Embedding(9, 2, mask_zero=True, embeddings_initializer="ones")(inputs)
    b = layers.Embedding(9, 2, mask_zero=not old, embeddings_initializer="ones")(inputs)
    both = layers.LSTM(1, kernel_initializer="ones", recurrent_initializer="ones")(layers.Add()([a, b]))
    counted = keras.Model(inputs, both)
    return [round(float(one), 4) for one in counted.predict(numpy.array([[1, 2, 0]]), verbose=0).ravel()]


RUN: dict[str, tuple[Callable[[], Any], Callable[[], Any]]] = {
    "frozen_in_another": (lambda: gan(toggled=False), lambda: gan(toggled=True)),
    "frozen_behind_compile": (lambda: frozen_behind_compile(first=False), lambda: trains(small())),
    "thawed_behind_compile": (lambda: thawed_behind_compile(thawed=True), lambda: thawed_behind_compile(thawed=False)),
    **{
        function.__name__: (lambda f=function: f(old=True), lambda f=function: f(old=False))  # type: ignore[misc]
        for function in (
            thawed_inside, thawed_again, frozen_again, grown, frozen_subclass, frozen_before_call, variable, module,
            list_of_one, layer_on_list, dictionary_called_with_list, layer_number, weight_name, metric_class,
            monitored_metric_class, monitor_direction, rate_key, divergence_name, output_key, evaluated_order,
            metrics_of_all, metrics_of_each, half_masked, weight_name_split, iterated, default_name,
            list_and_shape, argument_of_layer, layer_of_keras_2,
            optimizer_for_keras_2,
        )
    },
}  # fmt: skip


def result(run: Callable[[], Any]) -> Any:
    try:
        return run()
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    json.dump({key: [result(old), result(new)] for key, (old, new) in RUN.items()}, sys.stdout)
