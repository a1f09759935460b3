# ruff: noqa: E501 - a call a line
"""What the old functions are called with: tensors of several shapes and types, edge values, and every argument."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy
import tensorflow


def VALUES(keras: Any) -> Mapping[str, Any]:  # noqa: N802 - a table that needs the copy of Keras
    """Return the names that stand in the calls below; variables are of the copy of Keras that is called."""
    random = numpy.random.default_rng(0)
    floats = {
        "matrix": random.normal(size=(2, 3)),
        "cube": random.normal(size=(2, 3, 4)),
        "vector": [-2.0, -0.5, 0.0, 0.5],
        "scalar": 0.7,
        "edges": [[0.0, -0.0, 1e-12, 1e12], [numpy.inf, -numpy.inf, 3.5, 2.5]],
        "empty": numpy.zeros((0, 3)),
        "images": random.normal(size=(2, 6, 5, 3)),
        "volumes": random.normal(size=(1, 4, 4, 4, 2)),
        "steps": random.normal(size=(2, 7, 3)),
        "likely": [[0.2, 0.5, 0.3], [0.9, 0.05, 0.05]],
        "hot": [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]],
        "square": random.normal(size=(3, 3)),
        "three": [1.0, 2.0, 3.0],
        "spread": [0.5, 1.5, 2.5],
        "positive": [[0.5, 1.0, 2.0], [3.0, 0.25, 4.0]],
    }
    found = {name: tensorflow.constant(value, "float32") for name, value in floats.items()}
    found["double"] = tensorflow.constant(random.normal(size=(2, 3)), "float64")
    found["whole"] = tensorflow.constant([[3, -1, 2], [0, 7, 7]], "int32")
    found["truths"] = tensorflow.constant([[True, False, True], [False, False, True]])
    found["labels"] = tensorflow.constant([1, 0], "int32")
    for size, shape in (("1", (3, 3, 4)), ("2", (3, 3, 3, 4)), ("3", (2, 2, 2, 2, 4))):
        found[f"kernel{size}"] = tensorflow.constant(random.normal(size=shape), "float32")
    found["depthwise"] = tensorflow.constant(random.normal(size=(3, 3, 3, 2)), "float32")
    found["pointwise"] = tensorflow.constant(random.normal(size=(1, 1, 6, 4)), "float32")
    found["variable"] = keras.Variable([1.0, 2.0]) if hasattr(keras, "Variable") else keras.backend.variable([1.0, 2.0])
    return found


_TENSORS = (
    *("matrix", "cube", "vector", "scalar", "edges", "empty", "double", "whole", "truths"),
    "-matrix",
)

ARGUMENTS: Mapping[str, tuple[str, ...]] = {
    "x": _TENSORS,
    "axis": ("0", "1", "-1", "None", "[0, 1]"),
    "delta": ("0.5",),
    "label_smoothing": ("0.1",),
    "config": ("{'class_name': 'Dense', 'config': {'units': 2}, 'module': 'keras.layers', 'registered_name': None}",),
    "keepdims": ("True",),
    "from_logits": ("True",),
    "alpha": ("0.3",),
    "max_value": ("0.4",),
    "threshold": ("0.1",),
    "dtype": ('"float32"', '"int32"', '"float16"'),
    "name": ('"named"',),
    "shape": ("(2, 3)", "[4]", "()"),
    "seed": ("3",),
    "target": ("hot",),
    "output": ("likely", "matrix"),
    "y": ("matrix", "scalar", "vector", "whole"),
    "y_true": ("hot", "matrix"),
    "y_pred": ("likely", "matrix"),
    "data_format": ('"channels_last"',),
    "ignore_class": ("1",),
    "minval": ("0.0",),
    "maxval": ("1.0",),
}
"""By the names of parameters, the values that are passed for them; those that it lacks get tensors."""


def _each(**options: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the first values together, and each of the others beside the first of the rest."""
    first = {name: values[0] for name, values in options.items() if values[0]}
    found = [first]
    for name, values in options.items():
        found += [first | {name: value} for value in values[1:]]
    return found


_STRIDES = ("", "2")
_PADDING = ("", '"valid"', '"same"')
_LAST = ("", '"channels_last"')

BY_FUNCTION: Mapping[str, list[dict[str, str]]] = {
    "_obtain_input_shape": [
        {
            "input_shape": shape, "default_size": "224", "min_size": "32", "data_format": form, "require_flatten": flat,
            **weights,
        }
        for shape in ("None", "(224, 224, 3)", "(64, 48, 1)", "(None, None, 3)")
        for form in ('"channels_last"', '"channels_first"')
        for flat in ("True", "False")
        for weights in ({}, {"weights": "None"}, {"weights": '"imagenet"'})
    ],
    "arange": [
        {"start": "5"}, {"start": "2", "stop": "9"}, {"start": "9", "stop": "2", "step": "-2"},
        {"start": "5", "dtype": '"float32"'}, {"start": "0", "stop": "10", "step": "3"}, {"start": "0"},
    ],
    "batch_flatten": [{"x": name} for name in ("matrix", "cube", "images")],
    "batch_normalization": _each(
        x=("matrix",), mean=("three",), var=("spread",), beta=("three",), gamma=("spread",), axis=("", "-1"),
        epsilon=("", "0.1"),
    ),
    "bias_add": [
        *_each(x=("cube", "images", "matrix"), bias=("tf.ones((4,))",), data_format=_LAST),
        {"x": "images", "bias": "three"},
        {"x": "matrix", "bias": "three"},
    ],
    "cast": [{"x": name, "dtype": kind} for name in _TENSORS for kind in ARGUMENTS["dtype"]],
    "cast_to_floatx": [{"x": name} for name in ("matrix", "double", "whole", "numpy.ones((2, 2))")],
    "clip": [
        {"x": name, "min_value": low, "max_value": high}
        for name in ("matrix", "edges", "double")
        for low, high in (("-0.5", "0.5"), ("0.0", "1.0"), ("None", "0.3"), ("0.2", "None"))
    ],
    "concatenate": [
        {"tensors": f"[{name}, {name}]"} | ({"axis": axis} if axis else {})
        for name in ("matrix", "cube", "whole") for axis in ("", "0", "1", "-1")
    ],
    "constant": [
        *_each(value=("1.5", "3", "[1, 2]"), dtype=("", '"int32"'), name=("", '"n"')),
        {"value": "2.0", "shape": "(2, 3)"},
        {"value": "2.0", "dtype": '"float32"', "shape": "(2, 3)"},
    ],
    **{
        f"conv{n}d": _each(
            x=(data,), kernel=(f"kernel{n}",), strides=_STRIDES, padding=_PADDING, data_format=_LAST, dilation_rate=_STRIDES
        )
        for n, data in (("1", "steps"), ("2", "images"), ("3", "volumes"))
    },
    "count_params": [{"x": "matrix"}],
    "depthwise_conv2d": _each(
        x=("images",), depthwise_kernel=("depthwise",), strides=("", "(2, 2)"), padding=_PADDING, data_format=_LAST
    ),
    "dot": [
        {"x": x, "y": y} for x, y in (("matrix", "square"), ("vector", "vector"), ("matrix", "cube"), ("cube", "tf.ones((4, 2))"))
    ],
    "dtype": [{"x": name} for name in ("matrix", "double", "whole", "truths")],
    "expand_dims": [{"x": name} | ({"axis": axis} if axis else {}) for name in _TENSORS for axis in ("", "0", "1", "-1")],
    "eye": _each(size=("3",), dtype=("", '"int32"'), name=("", '"n"')),
    "gather": [{"reference": name, "indices": "[1, 0]"} for name in ("matrix", "cube", "whole")],
    "in_top_k": [{"predictions": "likely", "targets": "labels", "k": k} for k in ("1", "2")],
    "l2_normalize": [{"x": name, "axis": axis} for name in ("matrix", "cube") for axis in ("0", "-1")],
    # As it was, last: nothing else is to run behind the flag.
    "manual_variable_initialization": [{"value": "True"}, {"value": "False"}],
    "map_fn": [{"fn": "lambda row: row * 2.0", "elems": "matrix"}],
    "one_hot": [{"indices": name, "num_classes": "4"} for name in ("labels", "[[0, 3], [1, 5]]")],
    "permute_dimensions": [{"x": "cube", "pattern": "(2, 0, 1)"}, {"x": "matrix", "pattern": "[1, 0]"}],
    **{
        f"pool{n}d": _each(
            x=(data,), pool_size=(pool,), strides=("", pool), padding=_PADDING, data_format=_LAST,
            pool_mode=("", '"max"', '"avg"'),
        )
        for n, data, pool in (("2", "images", "(2, 2)"), ("3", "volumes", "(2, 2, 2)"))
    },
    "pow": [{"x": "positive", "a": "2"}, {"x": "positive", "a": "0.5"}, {"x": "matrix", "a": "3"}, {"x": "whole", "a": "2"}],
    "repeat": [{"x": "matrix", "n": "3"}, {"x": "whole", "n": "2"}],
    "repeat_elements": [{"x": "cube", "rep": "2", "axis": axis} for axis in ("0", "1", "2")],
    "reshape": [{"x": "matrix", "shape": shape} for shape in ("(3, 2)", "(-1,)", "[6, 1]")],
    "resize_images": [
        {"x": "images", "height_factor": "2", "width_factor": "3", "data_format": form} | mode
        for form in ('"channels_last"', '"channels_first"')
        for mode in ({}, {"interpolation": '"bilinear"'}, {"interpolation": '"nearest"'})
    ],
    "reverse": [{"x": "cube", "axes": axes} for axes in ("0", "1", "[0, 2]")],
    "separable_conv2d": _each(
        x=("images",), depthwise_kernel=("depthwise",), pointwise_kernel=("pointwise",), strides=("", "(2, 2)"),
        padding=_PADDING, data_format=_LAST,
    ),
    "sparse_categorical_crossentropy": _each(
        target=("labels",), output=("likely", "matrix"), from_logits=("", "True"), axis=("", "-1")
    ),
    "spatial_2d_padding": _each(
        x=("images",), padding=("", "((1, 2), (0, 3))"), data_format=("", '"channels_last"', '"channels_first"')
    ),
    "spatial_3d_padding": _each(
        x=("volumes",), padding=("", "((1, 2), (0, 3), (1, 1))"), data_format=("", '"channels_last"', '"channels_first"')
    ),
    "squeeze": [{"x": "tf.ones((2, 1, 3))", "axis": "1"}, {"x": "tf.ones((1, 2))", "axis": "0"}],
    "dropout": [{"x": "tf.ones((300, 300))", "level": "0.3"}, {"x": "tf.ones((300, 300))", "level": "0.5", "seed": "3"}],
    "random_bernoulli": [{"shape": "(300, 300)", "p": "0.3"}, {"shape": "(300, 300)"}],
    "random_binomial": [{"shape": "(300, 300)", "p": "0.3"}, {"shape": "(300, 300)"}],
    **{  # so many that their deviation, 0.88, is told from 0.875, where it would be rounded down
        name: _each(shape=("(1000, 1000)",), mean=("", "2.0"), stddev=("", "0.5"), dtype=("", '"float32"'), seed=("", "3"))
        for name in ("random_normal", "truncated_normal")
    },
    "random_normal_variable": [{"shape": "(300, 300)", "mean": "1.0", "scale": "0.5"}],
    # Spreads that lie far from where they are rounded to another: that of -1 to 1, 0.577, does not.
    "random_uniform": _each(shape=("(300, 300)",), minval=("", "-2.0"), maxval=("", "3.0"), seed=("", "3")),
    "random_uniform_variable": [{"shape": "(300, 300)", "low": "-2.0", "high": "1.0"}],
    "set_session": [{"session": "tf.compat.v1.Session()"}],
    "set_policy": [{"policy": '"float32"'}],
    "set_global_policy": [{"policy": '"float32"'}],
    "serialize_keras_object": [{"obj": "keras.layers.Dense(2)"}],
    "stack": [{"x": f"[{name}, {name}]"} | ({"axis": axis} if axis else {}) for name in ("matrix", "whole") for axis in ("", "1", "-1")],
    "temporal_padding": [{"x": "steps"}, {"x": "steps", "padding": "(2, 0)"}],
    "tile": [{"x": "matrix", "n": n} for n in ("(2, 1)", "[1, 3]")],
    "set_value": [{"x": "variable", "value": "numpy.array([3.0, 4.0])"}],
    "update": [{"x": "variable", "new_x": "numpy.array([5.0, 6.0])"}],
    "update_add": [{"x": "variable", "increment": "1.0"}],
    "update_sub": [{"x": "variable", "decrement": "1.0"}],
    "get_value": [{"x": "variable"}],
    "eval": [{"x": "variable"}, {"x": "matrix"}],
    "variable": _each(value=("[1.0, 2.0]", "3.0", "numpy.ones((2, 2))"), dtype=("", '"float32"'), name=("", '"named"')),
}  # fmt: skip
"""Calls of functions that the names of their parameters do not tell enough about."""

OF_MODULES: Mapping[str, list[str]] = {
    "keras.layers.activations": ["relu(matrix)", "get('softmax')(cube)"],
    "keras.layers.constraints": [
        "NonNeg()(matrix)",
        "get({'class_name': 'MaxNorm', 'config': {'max_value': 0.5}})(square)",
    ],
    "keras.layers.initializers": ["Ones()((2, 3))", "get('zeros')((4,))"],
    "keras.layers.regularizers": ["L2(0.1)(matrix)", "get('l1')(cube)"],
}
"""By the name of a module, what is done with what it holds."""

DRAWN = frozenset(
    f"keras.backend.{name}"
    for name in (
        "dropout", "random_bernoulli", "random_binomial", "random_normal", "random_normal_variable", "random_uniform",
        "random_uniform_variable", "truncated_normal",
    )
)  # fmt: skip
"""Functions that draw at random: their draws are compared by shape and spread."""

OF_CLASSES: Mapping[str, list[tuple[str, str]]] = {
    # Their kernels are for graphics cards: a symbolic input tells the count and the shapes.
    **{
        name: [
            (arguments, "keras.Input((5, 4))")
            for arguments in ("3", "units=3, return_sequences=True", '3, kernel_initializer="ones", return_state=True')
        ]
        for name in ("CuDNNGRU", "CuDNNLSTM")
    },
    "Activation": [('"relu"', "matrix")],
    **{name: [("2", "images")] for name in ("AveragePooling2D", "MaxPooling2D")},
    **{name: [("", "matrix"), ("axis=1, momentum=0.5", "cube")] for name in ("BatchNormalization", "BatchNormalizationV1")},
    "Conv2D": [('2, 3, kernel_initializer="ones"', "images")],
    "Dense": [('2, kernel_initializer="ones"', "matrix")],
    "Dropout": [("0.5", "matrix")],
    "Flatten": [("", "cube")],
    **{name: [("", "images")] for name in ("GlobalAveragePooling2D", "GlobalMaxPooling2D")},
    **{name: [("", "")] for name in ("Layer", "Model")},
    "InputSpec": [("ndim=2", "")],
    "Progbar": [("3", "")],
    "Reshape": [("(3, 1)", "matrix")],
    "SeparableConv2D": [('2, 3, depthwise_initializer="ones", pointwise_initializer="ones"', "images")],
    "ZeroPadding2D": [("", "images")],
    **{name: [("3", "keras.Input((5, 4))")] for name in ("GRU", "LSTM")},
    **{name: [("3", "")] for name in ("GRUCell", "LSTMCell")},
    "CategoryEncoding": [("num_tokens=4", "[[1], [3]]")],
    "CenterCrop": [("2, 2", "images")],
    "Discretization": [("bin_boundaries=[0.0, 1.0]", "matrix")],
    "EinsumDense": [('"ab,bc->ac", 8', "matrix"), ('equation="ab,bc->ac", output_shape=8, bias_axes="c"', "matrix")],
    "HashedCrossing": [("5", "(tf.constant(['a']), tf.constant([3]))")],
    "Hashing": [("3", "[['a'], ['b']]")],
    "IntegerLookup": [("vocabulary=[1, 2]", "[[1], [2], [9]]")],
    "Normalization": [("mean=1.0, variance=2.0", "matrix")],
    "Rescaling": [("0.5", "matrix"), ("scale=2.0, offset=1.0", "images")],
    "Resizing": [("3, 3", "images"), ('height=4, width=2, interpolation="nearest"', "images")],
    "StringLookup": [("vocabulary=['a', 'b']", "[['a'], ['z']]")],
    "TextVectorization": [("vocabulary=['a', 'b']", "['a b', 'z a']")],
    "SyncBatchNormalization": [("", "matrix"), ("axis=1, momentum=0.5", "cube")],
    "ThresholdedReLU": [("", "matrix"), ("0.3", "matrix"), ("theta=0.1", "cube")],
    "BackupAndRestore": [('"folder"', "")],
    "CosineDecay": [("0.1, 10", "3"), ("initial_learning_rate=0.1, decay_steps=10, alpha=0.1", "20")],
    "CosineDecayRestarts": [("0.1, 10", "3"), ("0.1, 10, 2.0, 0.9, 0.1", "25")],
    "Policy": [('"mixed_float16"', "")],
    **{name: [("0.1", "images"), ("factor=0.1", "images")] for name in ("RandomContrast", "RandomRotation", "RandomZoom")},
    "RandomCrop": [("2, 2", "images")],
    "RandomFlip": [("", "images"), ('"horizontal"', "images")],
    "RandomTranslation": [("0.1, 0.1", "images")],
    **{
        name: [("", "step"), ("0.1", "step"), ("learning_rate=0.05, clipnorm=1.0", "step")]
        for name in ("Adadelta", "Adafactor", "Adagrad", "Adamax", "AdamW", "Ftrl", "Nadam")
    },
    "Adam": [("", "step"), ("0.1, 0.8, 0.9, 1e-3", "step"), ("learning_rate=0.1, amsgrad=True", "step")],
    "RMSprop": [("", "step"), ("0.1, 0.8, 0.5, 1e-3, True", "step")],
    "SGD": [("", "step"), ("0.1, 0.9, True", "step"), ("learning_rate=0.1, momentum=0.5", "step")],
    "RandomNormal": [("", "shape"), ("1.0, 0.5", "shape")],
    "RandomUniform": [("", "shape"), ("minval=0.0, maxval=1.0", "shape")],
    "Ones": [("", "shape")],
    "Zeros": [("", "shape")],
}  # fmt: skip
"""By the name of a class, what it is made with, and what it is called with: an input, ``step`` of an optimizer, or a
``shape``; empty: it is only made."""
