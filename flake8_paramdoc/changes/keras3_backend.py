"""What became of ``keras.backend`` in Keras 3: most of it is ``keras.ops`` now.

Sources: the public names of keras 2.15 and 3.0 to 3.15; the table "Keras 2 backend to Keras 3 ops" of the migration
guide. ``tensorflow.keras.backend`` has kept many of the functions, so that there they are no finding.
"""

from __future__ import annotations

from flake8_paramdoc.changes.shapes import Change, NamesRemoved, NamesRenamed

GUIDE = "https://keras.io/guides/migrating_to_keras_3/"
NAMES = "the public names of keras 2.15.0 and 3.0.0"

_SAME_IN_OPS = (
    "all any arange argmax argmin batch_normalization binary_crossentropy cast categorical_crossentropy clip"
    " concatenate cos ctc_decode cumprod cumsum dot elu equal exp expand_dims eye greater greater_equal hard_sigmoid"
    " in_top_k less less_equal log max maximum mean min minimum ndim not_equal one_hot ones ones_like prod relu repeat"
    " reshape round shape sigmoid sign sin softmax softplus softsign sparse_categorical_crossentropy sqrt square"
    " squeeze stack std stop_gradient sum tanh tile transpose var zeros zeros_like"
)
_PHASE = "the training argument of call()"

CHANGES: tuple[Change, ...] = (
    NamesRenamed(
        module="keras.backend",
        names={
            **{name: f"keras.ops.{name}" for name in _SAME_IN_OPS.split()},
            "abs": "keras.ops.absolute",
            "batch_dot": "keras.ops.einsum, keras.ops.matmul or keras.layers.Dot",
            "batch_flatten": "keras.layers.Flatten",
            "bias_add": "keras.ops.add",
            "cast_to_floatx": "keras.ops.cast(x, keras.config.floatx())",
            "constant": "keras.ops.convert_to_tensor",
            "conv1d": "keras.ops.conv",
            "conv2d": "keras.ops.conv",
            "conv3d": "keras.ops.conv",
            "conv2d_transpose": "keras.ops.conv_transpose",
            "ctc_batch_cost": "keras.losses.CTC",
            "depthwise_conv2d": "keras.ops.depthwise_conv",
            "dropout": "keras.random.dropout",
            "dtype": "keras.backend.standardize_dtype(x.dtype)",
            "eval": "keras.ops.convert_to_numpy",
            "flatten": "keras.ops.ravel",
            "gather": "keras.ops.take(x, indices, axis=0)",
            "get_value": "keras.ops.convert_to_numpy",
            "int_shape": "keras.ops.shape, or x.shape",
            "l2_normalize": "keras.ops.normalize",
            "map_fn": "keras.ops.map",
            "name_scope": "keras.name_scope",
            "permute_dimensions": "keras.ops.transpose",
            "pool2d": "keras.ops.max_pool or keras.ops.average_pool",
            "pool3d": "keras.ops.max_pool or keras.ops.average_pool",
            "pow": "keras.ops.power",
            "random_bernoulli": "keras.random.binomial",
            "random_normal": "keras.random.normal",
            "random_normal_variable": "keras.Variable(keras.random.normal(shape))",
            "random_uniform": "keras.random.uniform",
            "random_uniform_variable": "keras.Variable(keras.random.uniform(shape))",
            "repeat_elements": "keras.ops.repeat",
            "resize_images": "keras.ops.image.resize",
            "reverse": "keras.ops.flip",
            "rnn": "keras.layers.RNN",
            "separable_conv2d": "keras.ops.separable_conv",
            "set_value": "variable.assign(value)",
            "spatial_2d_padding": "keras.ops.pad",
            "spatial_3d_padding": "keras.ops.pad",
            "switch": "keras.ops.cond, or keras.ops.where for single elements",
            "temporal_padding": "keras.ops.pad",
            "truncated_normal": "keras.random.truncated_normal",
            "update": "variable.assign(value)",
            "update_add": "variable.assign_add(value)",
            "update_sub": "variable.assign_sub(value)",
            "variable": "keras.Variable",
        },
        kept_in_tensorflow=True,
        since="3.0.0",
        source=GUIDE,
    ),
    NamesRenamed(
        module="keras.backend",
        names={
            "function": "keras.Model or keras.Function",
            "identity": "keras.ops.identity or x",
            "is_tensor": "keras.ops.is_tensor",
            "logsumexp": "keras.ops.logsumexp",
            "placeholder": "keras.Input or keras.KerasTensor",
            "random_binomial": "keras.random.binomial",
            "reset_uids": "keras.utils.clear_session",
            "size": "keras.ops.size",
            "slice": "keras.ops.slice",
            **dict.fromkeys(
                ("in_test_phase", "in_train_phase", "learning_phase", "learning_phase_scope", "set_learning_phase"),
                _PHASE,
            ),
        },
        since="3.0.0",
        source=GUIDE,
    ),
    NamesRemoved(
        module="keras.backend",
        names={
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
        since="3.0.0",
        source=NAMES,
    ),
    NamesRemoved(
        module="keras.backend",
        names={
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
        since="3.0.0",
        source=NAMES,
    ),
)
