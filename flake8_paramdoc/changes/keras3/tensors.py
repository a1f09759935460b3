"""Functions of TensorFlow that Keras 3 refuses to call on a Keras tensor, each with what is called instead."""

from __future__ import annotations

from flake8_paramdoc.changes.keras3.names import backend
from flake8_paramdoc.changes.releases import BOTH_RUN_3
from flake8_paramdoc.changes.shapes import Change, FunctionsOnTensors, NameChange

_LAYER = "the call() of a Layer of your own, or keras.layers.Lambda"


def _in_math(forms: dict[str, str]) -> dict[str, str]:
    """Return forms of functions that TensorFlow has twice: ``tf.abs`` is ``tf.math.abs``."""
    return {**forms, **{f"math.{old}": new for old, new in forms.items()}}


def _of_one(names: str, parameter: str = "x", prefix: str = "") -> dict[str, str]:
    """Return the forms of functions of one tensor; ``old:new`` where ``keras.ops`` calls it otherwise."""
    pairs = [name.partition(":") for name in names.split()]
    return {f"{prefix}{old}({parameter}, name=...)": f"keras.ops.{new or old}({parameter})" for old, _, new in pairs}


def _of_two(names: str) -> dict[str, str]:
    pairs = [name.partition(":") for name in names.split()]
    return {f"{old}(x, y, name=...)": f"keras.ops.{new or old}(x, y)" for old, _, new in pairs}


def _reductions(names: str) -> dict[str, str]:
    pairs = [name.partition(":") for name in names.split()]
    return {
        f"reduce_{old}(input_tensor, axis=..., keepdims=..., name=...)": (
            f"keras.ops.{new or old}(input_tensor, axis=axis, keepdims=keepdims)"
        )
        for old, _, new in pairs
    }


_COUNTS = tuple(range(1, 33))
"""Numbers of equal parts: of a list of sizes, ``keras.ops.split`` takes it for places."""

_TAKE_THEM = frozenset({
    "is_sparse", "to_dense", "get_value", "eval", "batch_set_value", "batch_get_value", "batch_normalization",
    "name_scope", "int_shape", "print_tensor",
})  # fmt: skip
"""Functions of ``tensorflow.keras.backend`` that are there, and take a Keras tensor, or none."""

_BACKEND = [row for row in backend.CHANGES if isinstance(row, NameChange) and row.kept_in_tensorflow]
"""What ``tensorflow.keras.backend`` still has."""

CHANGES: tuple[Change, ...] = (
    # Under `keras` they are gone, whatever they are called on.
    FunctionsOnTensors(
        BOTH_RUN_3,
        "keras.backend",
        {
            form: new.removeprefix("use ")
            for row in _BACKEND
            for form, new in row.forms.items()
            if form.partition("(")[0] not in _TAKE_THEM
        },
        holds={name: text for row in _BACKEND for name, text in row.holds.items()},
        unsafe={name: text for row in _BACKEND for name, text in row.unsafe.items()},
        others=f"use {_LAYER}",
        only_in_tensorflow=True,
    ),
    FunctionsOnTensors(
        BOTH_RUN_3,
        "tensorflow",
        {
            **_in_math(
                {
                    **_of_one(
                        "abs sqrt square exp sign floor sin cos tan asin:arcsin acos:arccos atan:arctan sinh cosh"
                    ),
                    **_of_one("tanh sigmoid round"),
                    **_of_two("add subtract multiply divide maximum minimum pow:power equal not_equal"),
                    **_of_two("greater greater_equal less less_equal logical_and logical_or"),
                    **_of_one("logical_not"),
                    **_reductions("sum mean max min prod any all logsumexp"),
                    "add_n(inputs, name=...)": "keras.layers.add(inputs)",
                    "argmax(input, axis=0, name=...)": "keras.ops.argmax(input, axis=axis)",
                    "argmin(input, axis=0, name=...)": "keras.ops.argmin(input, axis=axis)",
                    "cumsum(x, axis=0, name=...)": "keras.ops.cumsum(x, axis=axis)",
                    "truediv(x, y, name=...)": "keras.ops.divide(x, y)",
                }
            ),
            **_of_one(
                "ceil log log1p expm1 erf rsqrt reciprocal is_nan:isnan is_inf:isinf is_finite:isfinite",
                prefix="math.",
            ),
            **{f"math.{old}": new for old, new in _of_two("mod floormod:mod floordiv:floor_divide").items()},
            **{f"math.{old}": new for old, new in _reductions("variance:var std").items()},
            "math.squared_difference(x, y, name=...)": "keras.ops.square(keras.ops.subtract(x, y))",
            "squared_difference": "keras.ops.square(keras.ops.subtract(x, y))",
            **_of_one("relu relu6 elu selu softplus softsign", "features", prefix="nn."),
            **_of_one("sigmoid tanh", prefix="nn."),
            **_of_one("softplus", "features", prefix="math."),
            **{f"nn.{old}(features, beta: 1.0 = ...)": "keras.ops.silu(features)" for old in ("silu", "swish")},
            "nn.gelu(features, approximate=False, name=...)": "keras.ops.gelu(features, approximate=approximate)",
            "nn.leaky_relu(features, alpha=0.2, name=...)": "keras.ops.leaky_relu(features, negative_slope=alpha)",
            "nn.softmax(logits, axis=..., name=...)": "keras.ops.softmax(logits, axis=axis)",
            "nn.log_softmax(logits, axis=-1, name=...)": "keras.ops.log_softmax(logits, axis=axis)",
            "nn.dropout": "keras.layers.Dropout, which is a layer",
            "nn.bias_add": "keras.ops.add",
            "nn.conv2d": "keras.ops.conv",
            "nn.conv1d": "keras.ops.conv",
            "nn.depthwise_conv2d": "keras.ops.depthwise_conv",
            "nn.max_pool": "keras.ops.max_pool",
            "nn.max_pool2d": "keras.ops.max_pool",
            "nn.avg_pool": "keras.ops.average_pool",
            "nn.avg_pool2d": "keras.ops.average_pool",
            "nn.l2_normalize": "keras.layers.UnitNormalization, or keras.ops.normalize",
            "math.l2_normalize": "keras.layers.UnitNormalization, or keras.ops.normalize",
            "broadcast_to(input, shape, name=...)": "keras.ops.broadcast_to(input, shape)",
            "cast(x, dtype, name=...)": "keras.ops.cast(x, dtype)",
            "clip_by_value(t, clip_value_min, clip_value_max, name=...)": (
                "keras.ops.clip(t, clip_value_min, clip_value_max)"
            ),
            "concat(values, axis, name=...)": "keras.ops.concatenate(values, axis=axis)",
            "convert_to_tensor": "the tensor itself",
            "einsum": "keras.ops.einsum",
            "expand_dims(input, axis, name=...)": "keras.ops.expand_dims(input, axis)",
            "gather(params, indices, validate_indices=..., axis=0, name=...)": (
                "keras.ops.take(params, indices, axis=axis)"
            ),
            "identity(input, name=...)": "keras.ops.copy(input)",
            "image.resize(images, size, method: ('bilinear', 'nearest', 'bicubic') = ..., name=...)": (
                "keras.ops.image.resize(images, size, interpolation=method)"
            ),
            **dict.fromkeys(
                (
                    "image.resize_bilinear",
                    "image.resize_images",
                    "image.resize_nearest_neighbor",
                    "image.resize_bicubic",
                ),
                "keras.ops.image.resize",
            ),
            "image.extract_patches": "keras.ops.image.extract_patches",
            "image.rgb_to_grayscale(images, name=...)": "keras.ops.image.rgb_to_grayscale(images)",
            "linalg.matmul(a, b, name=...)": "keras.ops.matmul(a, b)",
            "map_fn": "keras.ops.map or keras.ops.vectorized_map",
            "vectorized_map": "keras.ops.vectorized_map",
            "matmul(a, b, name=...)": "keras.ops.matmul(a, b)",
            "matmul(a, b, transpose_a: False = ..., transpose_b: True = required, name=...)": (
                "keras.ops.matmul(a, keras.ops.swapaxes(b, -1, -2))"
            ),
            **{
                f"{old}(tensor, *, axis, keepdims=..., name=...)": (
                    "keras.ops.norm(tensor, axis=axis, keepdims=keepdims)"
                )
                for old in ("norm", "linalg.norm")
            },
            "nn.moments(x, axes, keepdims=..., name=...)": "keras.ops.moments(x, axes, keepdims=keepdims)",
            "one_hot(indices, depth, *, axis=..., dtype='float32', name=...)": (
                "keras.ops.one_hot(indices, depth, axis=axis, dtype=dtype)"
            ),
            "ones_like(input, dtype=..., name=...)": "keras.ops.ones_like(input, dtype=dtype)",
            "zeros_like(input, dtype=..., name=...)": "keras.ops.zeros_like(input, dtype=dtype)",
            "pad(tensor, paddings, mode: 'CONSTANT' = ..., constant_values=0, name=...)": (
                "keras.ops.pad(tensor, paddings, constant_values=constant_values)"
            ),
            **{
                f"pad(tensor, paddings, mode: {mode!r} = required, name=...)": (
                    f"keras.ops.pad(tensor, paddings, mode={mode.lower()!r})"
                )
                for mode in ("REFLECT", "SYMMETRIC")
            },
            "random.normal": "keras.random.normal in the call() of a Layer of your own: elsewhere it is drawn once",
            "random.uniform": "keras.random.uniform in the call() of a Layer of your own: elsewhere it is drawn once",
            "random_normal": "keras.random.normal in the call() of a Layer of your own: elsewhere it is drawn once",
            "random_uniform": "keras.random.uniform in the call() of a Layer of your own: elsewhere it is drawn once",
            "rank(input, name=...)": "keras.ops.ndim(input)",
            "repeat(input, repeats, axis=..., name=...)": "keras.ops.repeat(input, repeats, axis=axis)",
            "reshape(tensor, shape, name=...)": "keras.ops.reshape(tensor, shape)",
            "reverse(tensor, axis, name=...)": "keras.ops.flip(tensor, axis)",
            "roll(input, shift, axis, name=...)": "keras.ops.roll(input, shift, axis)",
            "shape(input, out_type=..., name=...)": "keras.ops.shape(input)",
            "size(input, out_type=..., name=...)": "keras.ops.size(input)",
            "slice(input_, begin, size, name=...)": "keras.ops.slice(input_, begin, size)",
            f"split(value, num_or_size_splits: {_COUNTS}, axis=0, num=..., name=...)": (
                "keras.ops.split(value, num_or_size_splits, axis=axis)"
            ),
            "squeeze(input, axis=..., name=...)": "keras.ops.squeeze(input, axis=axis)",
            "stack(values, axis=..., name=...)": "keras.ops.stack(values, axis=axis)",
            "stop_gradient(input, name=...)": "keras.ops.stop_gradient(input)",
            "tensordot(a, b, axes, name=...)": "keras.ops.tensordot(a, b, axes=axes)",
            "tile(input, multiples, name=...)": "keras.ops.tile(input, multiples)",
            **{
                f"{old}(input, k=1, sorted=..., name=...)": "keras.ops.top_k(input, k, sorted=sorted)"
                for old in ("math.top_k", "nn.top_k")
            },
            "transpose(a, perm=..., name=...)": "keras.ops.transpose(a, axes=perm)",
            "unstack(value, num=..., axis=0, name=...)": "keras.ops.unstack(value, axis=axis)",
            "where(condition, x, y, name=...)": "keras.ops.where(condition, x, y)",
        },
        holds={
            "reduce_mean": "the tensor holds no integers, whose mean was an integer",
            "math.reduce_mean": "the tensor holds no integers, whose mean was an integer",
        },
        unsafe={
            "rank": "it is a number today, and was a tensor",
            "shape": "it is a tuple today, and was a tensor",
            "size": "it is a number where all sizes are known, and was a tensor",
        },
        others=f"use {_LAYER}",
    ),
)
"""What ``tf`` is called on a Keras tensor with. What is not listed has no counterpart, and belongs into a layer."""
