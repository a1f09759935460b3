"""What became of the functions of ``keras.backend`` in Keras 3: most of it is ``keras.ops`` now.

What is written for a call ran in both, by ``tests/flake8_paramdoc/changes/equality.py``. ``tensorflow.keras.backend``
has kept many of the functions.
"""

from __future__ import annotations

from flake8_paramdoc.changes.releases import BOTH_RUN_3, GUIDE_3, NAMES_3
from flake8_paramdoc.changes.shapes import Change, NamesRemoved, NamesRenamed

_SAME_IN_OPS = (
    "all any binary_crossentropy cast categorical_crossentropy cos elu exp log max mean min ndim prod round shape"
    " sigmoid sign sin softmax softplus softsign square stack std sum tanh transpose var"
)
"""Functions of the backend that are called as they were: by the same names of arguments, in the same order."""
_OF_TWO = "dot equal greater greater_equal less less_equal maximum minimum not_equal"
"""Those whose two arguments have other names today."""
_CONVOLVING = "strides=..., padding: ('valid', 'same') = ..., data_format=..., dilation_rate=..."
_CONVOLVED = "strides=strides, padding=padding, data_format=data_format, dilation_rate=dilation_rate"
_PHASE = "the training argument of call()"

CHANGES: tuple[Change, ...] = (
    # keras.backend: most of it is keras.ops now. tensorflow.keras.backend has kept many of the functions.
    NamesRenamed(
        BOTH_RUN_3,
        "keras.backend",
        {
            **{name: f"keras.ops.{name}" for name in _SAME_IN_OPS.split()},
            **{f"{name}(x, y)": f"keras.ops.{name}(x, y)" for name in _OF_TWO.split()},
            **{
                f"{name}(shape, dtype=..., name=...)": f"keras.ops.{name}(shape, dtype=dtype)"
                for name in ("ones", "zeros")
            },
            **{
                f"{name}(x, dtype=..., name=...)": f"keras.ops.{name}(x, dtype=dtype)"
                for name in ("ones_like", "zeros_like")
            },
            **{f"conv{n}d(x, kernel, {_CONVOLVING})": f"keras.ops.conv(x, kernel, {_CONVOLVED})" for n in (1, 2, 3)},
            "abs": "keras.ops.absolute",
            "arange(start, stop=..., step=..., dtype='int32')": "keras.ops.arange(start, stop, step=step, dtype=dtype)",
            # With None, TensorFlow took the first axis.
            "argmax(x, axis: None = required)": "keras.ops.argmax(x, axis=0)",
            "argmin(x, axis: None = required)": "keras.ops.argmin(x, axis=0)",
            "argmax(x, axis=-1)": "keras.ops.argmax(x, axis=axis)",
            "argmin(x, axis=-1)": "keras.ops.argmin(x, axis=axis)",
            "batch_dot": "keras.ops.einsum, keras.ops.matmul or keras.layers.Dot",
            "batch_flatten(x)": "keras.ops.reshape(x, (keras.ops.shape(x)[0], -1))",
            "batch_normalization(x, mean, var, beta, gamma, axis=-1, epsilon=...)": (
                "keras.ops.batch_normalization(x, mean, var, axis, offset=beta, scale=gamma, epsilon=epsilon)"
            ),
            "bias_add(x, bias, data_format: 'channels_last' = ...)": "keras.ops.add(x, bias)",
            "cast_to_floatx(x)": "keras.ops.cast(x, keras.config.floatx())",
            "clip(x, min_value: None, max_value)": "keras.ops.minimum(x, max_value)",
            "clip(x, min_value, max_value: None)": "keras.ops.maximum(x, min_value)",
            "clip(x, min_value, max_value)": "keras.ops.clip(x, min_value, max_value)",
            "concatenate(tensors, axis=-1)": "keras.ops.concatenate(tensors, axis=axis)",
            "constant(value, dtype, *, name=...)": "keras.ops.convert_to_tensor(value, dtype)",
            "constant(value, name=...)": "keras.ops.convert_to_tensor(value, keras.config.floatx())",
            "constant(value, dtype=..., shape=required, name=...)": "keras.ops.full(shape, value, dtype=dtype)",
            "conv2d_transpose": "keras.ops.conv_transpose, which finds the shape of the output itself",
            "ctc_batch_cost": "keras.losses.CTC, which takes logits and finds the lengths itself",
            "ctc_decode": "keras.ops.ctc_decode, which takes logits, and strategy= instead of greedy=",
            "cumprod(x, axis=0)": "keras.ops.cumprod(x, axis=axis)",
            "cumsum(x, axis=0)": "keras.ops.cumsum(x, axis=axis)",
            f"depthwise_conv2d(x, depthwise_kernel, {_CONVOLVING})": (
                f"keras.ops.depthwise_conv(x, depthwise_kernel, {_CONVOLVED})"
            ),
            "dropout(x, level, noise_shape=..., seed=...)": (
                "keras.random.dropout(x, level, noise_shape=noise_shape, seed=seed)"
            ),
            "dtype(x)": "keras.backend.standardize_dtype(x.dtype)",
            "eval": "keras.ops.convert_to_numpy",
            "expand_dims(x, axis=-1)": "keras.ops.expand_dims(x, axis)",
            "eye(size, dtype=..., name=...)": "keras.ops.eye(size, dtype=dtype)",
            "flatten": "keras.ops.ravel",
            "gather(reference, indices)": "keras.ops.take(reference, indices, axis=0)",
            "get_value": "keras.ops.convert_to_numpy",
            "hard_sigmoid(x)": "keras.ops.clip(0.2 * x + 0.5, 0, 1)",
            "in_top_k(predictions, targets, k)": "keras.ops.in_top_k(targets, predictions, k)",
            "int_shape(x)": "tuple(x.shape)",
            "l2_normalize(x, axis)": "keras.ops.normalize(x, axis)",
            "map_fn(fn, elems, name=...)": "keras.ops.map(fn, elems)",
            "name_scope": "keras.name_scope",
            "one_hot(indices, num_classes)": "keras.ops.one_hot(indices, num_classes)",
            "permute_dimensions(x, pattern)": "keras.ops.transpose(x, pattern)",
            **{
                f"pool{n}d(x, pool_size, strides={strides}, padding=..., data_format=..., pool_mode{mode})": (
                    f"keras.ops.{new}_pool(x, pool_size, strides=strides, padding=padding, data_format=data_format)"
                )
                for n, strides in ((2, "(1, 1)"), (3, "(1, 1, 1)"))
                for mode, new in ((": 'max' = ...", "max"), (": 'avg' = required", "average"))
            },
            "pow(x, a)": "keras.ops.power(x, a)",
            "random_bernoulli(shape, p=0.0, dtype=..., seed=...)": (
                "keras.random.binomial(shape, 1, p, dtype=dtype, seed=seed)"
            ),
            "random_normal": "keras.random.normal",
            "random_normal_variable(shape, mean, scale, dtype=..., name=..., seed=...)": (
                "keras.Variable(keras.random.normal(shape, mean, scale, dtype=dtype, seed=seed), name=name)"
            ),
            "random_uniform": "keras.random.uniform",
            "random_uniform_variable(shape, low, high, dtype=..., name=..., seed=...)": (
                "keras.Variable(keras.random.uniform(shape, low, high, dtype=dtype, seed=seed), name=name)"
            ),
            "relu(x)": "keras.ops.relu(x)",
            "relu(x, alpha=..., max_value=..., threshold=...)": (
                "keras.activations.relu(x, negative_slope=alpha, max_value=max_value, threshold=threshold)"
            ),
            "repeat(x, n)": "keras.ops.repeat(keras.ops.expand_dims(x, 1), n, axis=1)",
            "repeat_elements(x, rep, axis)": "keras.ops.repeat(x, rep, axis=axis)",
            "reshape(x, shape)": "keras.ops.reshape(x, shape)",
            "resize_images(x, height_factor, width_factor, data_format: 'channels_last', interpolation='nearest')": (
                "keras.ops.image.resize(x, (x.shape[1] * height_factor, x.shape[2] * width_factor),"
                " interpolation=interpolation, data_format=data_format)"
            ),
            "resize_images(x, height_factor, width_factor, data_format: 'channels_first', interpolation='nearest')": (
                "keras.ops.image.resize(x, (x.shape[2] * height_factor, x.shape[3] * width_factor),"
                " interpolation=interpolation, data_format=data_format)"
            ),
            "reverse(x, axes)": "keras.ops.flip(x, axes)",
            "rnn": "keras.layers.RNN, which is a layer",
            f"separable_conv2d(x, depthwise_kernel, pointwise_kernel, {_CONVOLVING})": (
                f"keras.ops.separable_conv(x, depthwise_kernel, pointwise_kernel, {_CONVOLVED})"
            ),
            "set_value(x, value)": "x.assign(value)",
            "sparse_categorical_crossentropy(target, output, from_logits=..., axis=...)": (
                "keras.ops.sparse_categorical_crossentropy(target, output, from_logits=from_logits, axis=axis)"
            ),
            **{
                f"spatial_{n}d_padding(x, padding={pad}, data_format: 'channels_last' = ...)": (
                    "keras.ops.pad(x, ((0, 0), *padding, (0, 0)))"
                )
                for n, pad in ((2, "((1, 1), (1, 1))"), (3, "((1, 1), (1, 1), (1, 1))"))
            },
            **{
                f"spatial_{n}d_padding(x, padding={pad}, data_format: 'channels_first' = required)": (
                    "keras.ops.pad(x, ((0, 0), (0, 0), *padding))"
                )
                for n, pad in ((2, "((1, 1), (1, 1))"), (3, "((1, 1), (1, 1), (1, 1))"))
            },
            "sqrt(x: never_negative)": "keras.ops.sqrt(x)",
            "sqrt(x)": "keras.ops.sqrt(keras.ops.maximum(x, 0))",
            "squeeze(x, axis)": "keras.ops.squeeze(x, axis)",
            "stop_gradient(variables)": "keras.ops.stop_gradient(variables)",
            "switch": "keras.ops.cond, or keras.ops.where for single elements",
            "temporal_padding(x, padding=(1, 1))": "keras.ops.pad(x, ((0, 0), padding, (0, 0)))",
            "tile(x, n)": "keras.ops.tile(x, n)",
            "truncated_normal": "keras.random.truncated_normal",
            "update(x, new_x)": "x.assign(new_x)",
            "update_add(x, increment)": "x.assign_add(increment)",
            "update_sub(x, decrement)": "x.assign_sub(decrement)",
            "variable(value, dtype=..., name=...)": "keras.Variable(value, dtype=dtype, name=name)",
        },
        holds={
            "arange": "the numbers are whole, or dtype is passed",
            "bias_add": "the bias has one axis, and the channels stand last",
            "binary_crossentropy": "output lies between 0 and 1, or from_logits is passed",
            "constant": "a value that is passed with a shape is one number",
            "max": "x has elements",
            "mean": "x holds no integers, whose mean was an integer",
            "min": "x has elements",
            "relu": "x is finite, if a threshold is passed",
            "argmin": "of two zeros, none is -0.0",
            "softmax": "axis is one number, and x is finite",
            "spatial_2d_padding": "without data_format, the channels stand last",
            "spatial_3d_padding": "without data_format, the channels stand last",
        },
        unsafe={
            **dict.fromkeys(
                ("eye", "ones", "zeros"), "it was a variable, which a layer that keeps it counts; it is a tensor today"
            ),
            "shape": "it is a tuple today, and was a tensor",
        },
        results={"set_value": "the call gives the variable, and gave None"},
        kept_in_tensorflow=True,
    ),
    NamesRenamed(
        GUIDE_3,
        "keras.backend",
        {
            "function": "keras.Model or keras.Function",
            "identity(x)": "keras.ops.copy(x)",
            "is_tensor(x)": "keras.ops.is_tensor(x)",
            "logsumexp": "keras.ops.logsumexp",
            "placeholder": "keras.Input or keras.KerasTensor",
            "random_binomial(shape, p=0.0, dtype=..., seed=...)": (
                "keras.random.binomial(shape, 1, p, dtype=dtype, seed=seed)"
            ),
            "reset_uids()": "keras.utils.clear_session()",
            "size(x, name=...)": "keras.ops.size(x)",
            "slice(x, start, size)": "keras.ops.slice(x, start, size)",
            **dict.fromkeys(
                ("in_test_phase", "in_train_phase", "learning_phase", "learning_phase_scope", "set_learning_phase"),
                _PHASE,
            ),
        },
    ),
    NamesRemoved(
        NAMES_3,
        "keras.backend",
        {
            "batch_get_value": "use [keras.ops.convert_to_numpy(v) for v in variables]",
            "batch_set_value": "use variable.assign(value)",
            "binary_focal_crossentropy": "use keras.losses.binary_focal_crossentropy",
            "categorical_focal_crossentropy": "use keras.losses.categorical_focal_crossentropy",
            "count_params": "use keras.ops.size, or layer.count_params()",
            "ctc_label_dense_to_sparse": "use keras.losses.CTC, which takes dense labels",
            "foldl": "use keras.ops.fori_loop or keras.ops.scan",
            "foldr": "use keras.ops.fori_loop or keras.ops.scan",
            "gradients": "use tf.GradientTape, jax.grad or torch.autograd",
            "is_sparse": "ask the tensor's own framework",
            "moving_average_update": "use variable.assign(variable * momentum + value * (1 - momentum))",
            "resize_volumes": "use keras.ops.repeat along each axis",
            "to_dense": "use tf.sparse.to_dense",
        },
        kept_in_tensorflow=True,
    ),
    NamesRemoved(
        NAMES_3,
        "keras.backend",
        {
            "binary_weighted_focal_crossentropy": "use keras.losses.binary_focal_crossentropy",
            "control_dependencies": "use tf.control_dependencies",
            "control_flow_ops": "import tensorflow as tf, and use tf.while_loop or keras.ops.while_loop",
            "conv3d_transpose": "use keras.ops.conv_transpose",
            "eager": "drop it",
            "get_session": "drop it, Keras 3 has no sessions; code for TensorFlow 1 needs tf_keras",
            "is_placeholder": "use keras.utils.is_keras_tensor",
            "is_variable": "use isinstance(x, keras.Variable)",
            "local_conv1d": "use keras.ops.einsum on slices of the input",
            "local_conv2d": "use keras.ops.einsum on slices of the input",
            "manual_variable_initialization": "drop it, variables are always initialised",
            "normalize_batch_in_training": "use keras.ops.moments and keras.ops.batch_normalization",
            "normalize_data_format": "use keras.config.image_data_format() where it is None",
            "pattern_broadcast": "use keras.ops.broadcast_to",
            "print_tensor": "use print, or tf.print",
            "separable_conv1d": "use keras.ops.separable_conv",
            "set_session": "drop it, Keras 3 has no sessions",
            "symbolic": "drop it",
            "tf": "import tensorflow as tf",
        },
        dropped={
            "manual_variable_initialization": "variables are always initialised",
            "set_session": "there are no sessions, and what they were set up with has no effect",
        },
    ),
)
