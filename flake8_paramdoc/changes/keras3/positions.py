"""Places among the arguments where Keras 3 expects something else than Keras 2 did, or takes none any more."""

from __future__ import annotations

from flake8_paramdoc.changes import argument_forms as forms
from flake8_paramdoc.changes.keras_names import LAYER, LOSS, METRIC, MODEL, OPTIMIZER, each, layers
from flake8_paramdoc.changes.releases import RUN_3, SIGNATURES_2_11, SIGNATURES_3
from flake8_paramdoc.changes.shapes import Change, Fate, Looks, PositionChanged

_OPTIMIZER = "keras.optimizers"


_EACH_SERIALIZES = each(
    "keras", "layers losses metrics optimizers optimizers.schedules activations constraints initializers regularizers"
)
_CONV_NEXT = " ".join(f"ConvNeXt{size}" for size in ("Tiny", "Small", "Base", "Large", "XLarge"))
_SHARED = "clipnorm, clipvalue, global_clipnorm, use_ema, ema_momentum, ema_overwrite_frequency, jit_compile, name"
_ORDERS: dict[str, str] = {
    "keras.optimizers.Adadelta": f"learning_rate, rho, epsilon, weight_decay, {_SHARED}",
    "keras.optimizers.Adagrad": f"learning_rate, initial_accumulator_value, epsilon, weight_decay, {_SHARED}",
    "keras.optimizers.Lion": f"learning_rate, beta_1, beta_2, weight_decay, {_SHARED}",
    "keras.optimizers.SGD": f"learning_rate, momentum, nesterov, weight_decay, {_SHARED}",
    "keras.optimizers.Adam": (
        f"learning_rate, beta_1, beta_2, epsilon, adaptive_epsilon, amsgrad, weight_decay, {_SHARED}"
    ),
    "keras.optimizers.Adamax": f"learning_rate, beta_1, beta_2, epsilon, weight_decay, {_SHARED}",
    "keras.optimizers.Nadam": f"learning_rate, beta_1, beta_2, epsilon, weight_decay, {_SHARED}",
    "keras.optimizers.AdamW": f"learning_rate, weight_decay, beta_1, beta_2, epsilon, amsgrad, {_SHARED}",
    "keras.optimizers.RMSprop": f"learning_rate, rho, momentum, epsilon, centered, weight_decay, {_SHARED}",
    "keras.optimizers.Adafactor": (
        f"learning_rate, beta_2_decay, epsilon_1, epsilon_2, clip_threshold, relative_step, weight_decay, {_SHARED}"
    ),
    "keras.optimizers.Ftrl": (
        "learning_rate, learning_rate_power, initial_accumulator_value, l1_regularization_strength, "
        f"l2_regularization_strength, l2_shrinkage_regularization_strength, beta, weight_decay, {_SHARED}"
    ),
    "keras.optimizers.Optimizer": (
        "name, weight_decay, clipnorm, clipvalue, global_clipnorm, use_ema, ema_momentum, ema_overwrite_frequency, "
        "jit_compile"
    ),
    "keras.layers.RandomContrast": "factor, seed",
    "keras.layers.InputLayer": "input_shape, batch_size, dtype, input_tensor, sparse, name, ragged, type_spec",
    **dict.fromkeys(each("keras.layers", "Layer Identity"), "trainable, name, dtype, dynamic"),
    "keras.layers.Softmax": "axis, robust_masking",
    **dict.fromkeys(
        each("keras.layers", "Conv1D Conv2D Conv3D"),
        (
            "filters, kernel_size, strides, padding, data_format, dilation_rate, activation, use_bias, "
            "kernel_initializer, bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer, "
            "kernel_constraint, bias_constraint"
        ),
    ),
    "keras.layers.Conv3DTranspose": (
        "filters, kernel_size, strides, padding, output_padding, data_format, dilation_rate, activation, use_bias, "
        "kernel_initializer, bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer, "
        "kernel_constraint, bias_constraint"
    ),
    "keras.layers.Embedding": (
        "input_dim, output_dim, embeddings_initializer, embeddings_regularizer, activity_regularizer, "
        "embeddings_constraint, mask_zero, input_length, sparse"
    ),
    "keras.layers.EinsumDense": (
        "equation, output_shape, activation, bias_axes, kernel_initializer, bias_initializer, kernel_regularizer, "
        "bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint"
    ),
    "keras.layers.GRU": (
        "units, activation, recurrent_activation, use_bias, kernel_initializer, recurrent_initializer, "
        "bias_initializer, kernel_regularizer, recurrent_regularizer, bias_regularizer, activity_regularizer, "
        "kernel_constraint, recurrent_constraint, bias_constraint, dropout, recurrent_dropout, return_sequences, "
        "return_state, go_backwards, stateful, unroll, time_major, reset_after"
    ),
    "keras.layers.CuDNNGRU": (
        "units, kernel_initializer, recurrent_initializer, bias_initializer, kernel_regularizer, "
        "recurrent_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, recurrent_constraint, "
        "bias_constraint, return_sequences, return_state, go_backwards, stateful"
    ),
    "keras.layers.CuDNNLSTM": (
        "units, kernel_initializer, recurrent_initializer, bias_initializer, unit_forget_bias, kernel_regularizer, "
        "recurrent_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, recurrent_constraint, "
        "bias_constraint, return_sequences, return_state, go_backwards, stateful"
    ),
    "keras.layers.LSTM": (
        "units, activation, recurrent_activation, use_bias, kernel_initializer, recurrent_initializer, "
        "bias_initializer, unit_forget_bias, kernel_regularizer, recurrent_regularizer, bias_regularizer, "
        "activity_regularizer, kernel_constraint, recurrent_constraint, bias_constraint, dropout, recurrent_dropout, "
        "return_sequences, return_state, go_backwards, stateful, time_major, unroll"
    ),
    **dict.fromkeys(
        each("keras.layers", "ConvLSTM1D ConvLSTM2D ConvLSTM3D"),
        (
            "filters, kernel_size, strides, padding, data_format, dilation_rate, activation, recurrent_activation, "
            "use_bias, kernel_initializer, recurrent_initializer, bias_initializer, unit_forget_bias, "
            "kernel_regularizer, recurrent_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, "
            "recurrent_constraint, bias_constraint, return_sequences, return_state, go_backwards, stateful, dropout, "
            "recurrent_dropout"
        ),
    ),
    "keras.layers.GRUCell": (
        "units, activation, recurrent_activation, use_bias, kernel_initializer, recurrent_initializer, "
        "bias_initializer, kernel_regularizer, recurrent_regularizer, bias_regularizer, kernel_constraint, "
        "recurrent_constraint, bias_constraint, dropout, recurrent_dropout, implementation, reset_after"
    ),
    "keras.layers.LSTMCell": (
        "units, activation, recurrent_activation, use_bias, kernel_initializer, recurrent_initializer, "
        "bias_initializer, unit_forget_bias, kernel_regularizer, recurrent_regularizer, bias_regularizer, "
        "kernel_constraint, recurrent_constraint, bias_constraint, dropout, recurrent_dropout, implementation"
    ),
    "keras.layers.RNN": "cell, return_sequences, return_state, go_backwards, stateful, unroll, time_major",
    "keras.layers.StringLookup": (
        "max_tokens, num_oov_indices, mask_token, oov_token, vocabulary, idf_weights, encoding, invert, output_mode, "
        "sparse, pad_to_max_tokens"
    ),
    "keras.layers.BatchNormalization": (
        "axis, momentum, epsilon, center, scale, beta_initializer, gamma_initializer, moving_mean_initializer, "
        "moving_variance_initializer, beta_regularizer, gamma_regularizer, beta_constraint, gamma_constraint, "
        "synchronized"
    ),
    "keras.layers.MultiHeadAttention": (
        "num_heads, key_dim, value_dim, dropout, use_bias, output_shape, attention_axes, kernel_initializer, "
        "bias_initializer, kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, "
        "bias_constraint, softmax_robust_masking"
    ),
    "keras.layers.dot": "inputs, axes, normalize",
    "keras.layers.Input": "shape, batch_size, name, dtype, sparse, tensor, ragged, type_spec",
    "keras.losses.Loss": "reduction, name",
    **dict.fromkeys(
        each("keras.losses", "BinaryCrossentropy CategoricalCrossentropy"),
        "from_logits, label_smoothing, reduction, name",
    ),
    "keras.losses.SparseCategoricalCrossentropy": "from_logits, ignore_class, reduction, name",
    "keras.metrics.sparse_categorical_crossentropy": "y_true, y_pred, from_logits, axis, ignore_class",
    "keras.losses.sparse_categorical_crossentropy": "y_true, y_pred, from_logits, axis, ignore_class",
    "keras.metrics.Metric": "name, dtype",
    "keras.metrics.SparseCategoricalCrossentropy": "name, dtype, from_logits, axis",
    "keras.metrics.SensitivityAtSpecificity": "specificity, num_thresholds, name, dtype",
    "keras.metrics.SpecificityAtSensitivity": "sensitivity, num_thresholds, name, dtype",
    "keras.callbacks.ProgbarLogger": "count_mode, stateful_metrics",
    "keras.callbacks.TensorBoard": (
        "log_dir, histogram_freq, batch_size, write_graph, write_grads, write_images, embeddings_freq, "
        "embeddings_layer_names, embeddings_metadata, embeddings_data, update_freq"
    ),
    "keras.callbacks.BackupAndRestore": "backup_dir, save_freq, delete_checkpoint, save_before_preemption",
    "keras.callbacks.CallbackList": "callbacks, queue_length",
    "keras.callbacks.LambdaCallback": (
        "on_epoch_begin, on_epoch_end, on_batch_begin, on_batch_end, on_train_begin, on_train_end"
    ),
    "keras.callbacks.ModelCheckpoint": (
        "filepath, monitor, verbose, save_best_only, save_weights_only, mode, save_freq, options, "
        "initial_value_threshold"
    ),
    f"{MODEL}.compile": "optimizer, loss, metrics, loss_weights, weighted_metrics",
    f"{MODEL}.train_on_batch": "x, y, sample_weight, class_weight, reset_metrics, return_dict",
    f"{MODEL}.test_on_batch": "x, y, sample_weight, reset_metrics, return_dict",
    **dict.fromkeys((f"{MODEL}.save", f"{MODEL}.save_weights"), "filepath, overwrite, save_format, options"),
    f"{MODEL}.load_weights": "filepath, skip_mismatch, by_name, options",
    f"{OPTIMIZER}.apply_gradients": "grads_and_vars, name",
    **dict.fromkeys(
        each("keras.applications", _CONV_NEXT),
        "model_name, include_top, include_preprocessing, weights, input_tensor, input_shape, pooling, classes,"
        " classifier_activation",
    ),
    "keras.utils.load_img": "path, grayscale",  # what stood third was target_size before color_mode came
    "keras.utils.to_categorical": "y, num_classes, dtype",
    "keras.utils.get_source_inputs": "tensor, layer, node_index",
    "keras.utils.deserialize_keras_object": "identifier, module_objects, custom_objects, printable_module_name",
    "keras.utils.plot_model": (
        "model, to_file, show_shapes, show_dtype, show_layer_names, rankdir, expand_nested, dpi, layer_range, "
        "show_layer_activations, show_trainable"
    ),
    "keras.utils.model_to_dot": (
        "model, show_shapes, show_dtype, show_layer_names, rankdir, expand_nested, dpi, subgraph, layer_range, "
        "show_layer_activations, show_trainable"
    ),
    "keras.utils.Progbar": "target, width, verbose, interval, stateful_metrics, unit_name",
    "keras.models.save_model": "model, filepath, overwrite, save_format",
    **dict.fromkeys((f"{module}.serialize" for module in _EACH_SERIALIZES), "object, use_legacy_format"),
    **dict.fromkeys(
        (f"{module}.deserialize" for module in _EACH_SERIALIZES), "config, custom_objects, use_legacy_format"
    ),
}
"""The old order of the arguments of what has a row below: in tf_keras, or in the last release that had them all."""


def _moved(
    callees: tuple[str, ...],
    was: str,
    value: str,
    looks: Looks,
    *,
    new: str | None = None,
    raises: bool = False,
    named_from: str = "",
    by_hand: bool = False,
) -> PositionChanged:
    """Return the row of the place where ``was`` stood in the old order, with a ``value`` that fits it.

    :param new: what is written today, a keyword argument if not given; an empty one says to drop it.
    :param named_from: the first argument before it whose place is another's today.
    :param by_hand: whether today's form takes what the old one does not say.
    """
    [position] = {_ORDERS[callee].split(", ").index(was) for callee in callees}
    before = "..., " if position else ""
    new = f"{was}={value}" if new is None else new
    return PositionChanged(
        SIGNATURES_3,
        callees,
        position,
        looks,
        f"{before}{was}",
        f"{before}{new}" if new else "",
        order={callee: _ORDERS[callee] for callee in callees},
        sample=", ".join((*("...",) * position, value)),
        new_sample=new,
        outcome=Fate.RAISES if raises else Fate.SILENT,
        named_from=named_from,
        by_hand=by_hand,
    )


_WITH_JIT = ("Adadelta Adagrad Lion SGD", "Adamax Nadam", "AdamW RMSprop", "Adafactor", "Ftrl")

CHANGES: tuple[Change, ...] = (
    # SGD(0.01, 0.9, 1e-6, True): 1e-6 is taken for nesterov, True for weight_decay.
    PositionChanged(
        SIGNATURES_2_11,
        each(_OPTIMIZER, "SGD"),
        2,
        forms.number,
        "lr, momentum, decay, nesterov",
        "lr, momentum, nesterov=nesterov",
        order="lr, momentum, decay, nesterov",
        sample="0.01, 0.9, 1e-6, True",
        new_sample="0.01, 0.9, nesterov=True",
        outcome=Fate.SILENT,
    ),
    PositionChanged(
        SIGNATURES_2_11,
        each(_OPTIMIZER, "Adam"),
        4,
        forms.number,
        "lr, beta_1, beta_2, epsilon, decay",
        "lr, beta_1, beta_2, epsilon",
        order="lr, beta_1, beta_2, epsilon, decay, amsgrad",
        sample="1e-3, 0.9, 0.999, 1e-8, 0.0",
        new_sample="1e-3, 0.9, 0.999, 1e-8",
        outcome=Fate.SILENT,
    ),
    PositionChanged(
        SIGNATURES_2_11,
        each(_OPTIMIZER, "RMSprop"),
        2,
        forms.tiny,
        "lr, rho, epsilon, decay",
        "lr, rho, epsilon=epsilon",
        order="lr, rho, epsilon, decay",
        sample="1e-3, 0.9, 1e-8, 0.0",
        new_sample="1e-3, 0.9, epsilon=1e-8",
        outcome=Fate.SILENT,
    ),
    # Of Adam's fifth place a truth value is amsgrad, of its sixth it was that, behind adaptive_epsilon.
    _moved(each(_OPTIMIZER, "Adam"), "amsgrad", "True", forms.truth, named_from="adaptive_epsilon"),
    _moved((OPTIMIZER,), "name", '"mine"', forms.title, new='learning_rate, name="mine"', raises=True, by_hand=True),
    *(
        row
        for names in _WITH_JIT
        for row in (
            _moved(each(_OPTIMIZER, names), "jit_compile", "True", forms.truth, new=""),
            _moved(each(_OPTIMIZER, names), "name", '"mine"', forms.title, named_from="jit_compile"),
        )
    ),
    _moved(layers("RandomContrast"), "seed", "42", forms.integer),
    _moved(layers("InputLayer"), "input_tensor", "tensor", forms.called("tensor", "input_tensor")),
    _moved(layers("Layer Identity"), "trainable", "True", forms.truth, raises=True),
    _moved(layers("Softmax"), "robust_masking", "True", forms.truth, new="", raises=True),
    _moved(layers("Conv1D Conv2D Conv3D"), "activation", '"relu"', forms.string),
    _moved(layers("Conv3DTranspose"), "output_padding", "(1, 1, 1)", forms.either(forms.sequence, forms.integer)),
    _moved(layers("Embedding"), "activity_regularizer", '"l2"', forms.regularizer),
    _moved(layers("EinsumDense"), "activity_regularizer", '"l2"', forms.regularizer),
    _moved(layers("GRU"), "return_sequences", "True", forms.truth),
    _moved(layers("LSTM"), "return_sequences", "True", forms.truth),
    # What goes on as GRU and LSTM, whose second argument is the activation.
    _moved(layers("CuDNNGRU CuDNNLSTM"), "kernel_initializer", '"glorot_uniform"', forms.anything, raises=True),
    _moved(layers("ConvLSTM1D ConvLSTM2D ConvLSTM3D"), "return_sequences", "True", forms.truth),
    _moved(layers("GRUCell"), "implementation", "2", forms.integer, new=""),
    _moved(layers("LSTMCell"), "implementation", "2", forms.integer, new=""),
    _moved(layers("RNN"), "time_major", "time_major", forms.called("time_major"), new=""),
    _moved(layers("StringLookup"), "encoding", '"utf-8"', forms.string),
    _moved(layers("BatchNormalization"), "synchronized", "synchronized", forms.called("synchronized")),
    _moved(layers("MultiHeadAttention"), "kernel_initializer", '"glorot_uniform"', forms.string),
    _moved(layers("dot"), "normalize", "True", forms.anything, raises=True),
    # A string that is no type of numbers is the name of Keras 2.
    _moved(layers("Input"), "name", '"image"', forms.title, raises=True),
    PositionChanged(
        SIGNATURES_3,
        ("keras.models.Sequential",),
        1,
        forms.title,
        "layers, name",
        "layers, name=name",
        order="layers, name",
        sample='[], "encoder"',
        new_sample='[], name="encoder"',
    ),
    PositionChanged(
        RUN_3,
        (f"{METRIC}.add_weight",),
        0,
        forms.string,
        '"name", shape',
        'shape, name="name"',
        order="name, shape, aggregation, synchronization, initializer, dtype",
        sample='"total", ()',
        new_sample='(), name="total"',
    ),
    PositionChanged(
        RUN_3,
        (f"{LAYER}.add_weight",),
        0,
        forms.string,
        '"name", shape',
        'shape, name="name"',
        order=(
            "name, shape, dtype, initializer, regularizer, trainable, constraint, use_resource, synchronization,"
            " aggregation"
        ),
        sample='"kernel", (3, 4)',
        new_sample='(3, 4), name="kernel"',
    ),
    _moved((METRIC,), "name", '"f1"', forms.title, raises=True),
    _moved((LOSS,), "reduction", '"sum"', forms.either(forms.reduced, forms.called("reduction"))),
    _moved(each("keras.losses", "BinaryCrossentropy CategoricalCrossentropy"), "reduction", '"sum"', forms.reduction),
    _moved(each("keras.losses", "SparseCategoricalCrossentropy"), "name", '"crossentropy"', forms.title),
    _moved(each("keras.metrics", "sparse_categorical_crossentropy"), "axis", "axis", forms.called("axis")),
    _moved(each("keras.losses", "sparse_categorical_crossentropy"), "axis", "axis", forms.called("axis")),
    _moved(each("keras.metrics", "SparseCategoricalCrossentropy"), "axis", "axis", forms.called("axis")),
    _moved(each("keras.metrics", "SensitivityAtSpecificity SpecificityAtSensitivity"), "name", '"at"', forms.title),
    _moved(each("keras.callbacks", "ProgbarLogger"), "count_mode", '"steps"', forms.string, new="", raises=True),
    _moved(each("keras.callbacks", "TensorBoard"), "batch_size", "32", forms.integer, new=""),
    _moved(
        each("keras.callbacks", "BackupAndRestore"),
        "delete_checkpoint",
        "delete_checkpoint",
        forms.called("delete_checkpoint"),
    ),
    _moved(each("keras.callbacks", "CallbackList"), "queue_length", "10", forms.integer, new=""),
    _moved(
        each("keras.callbacks", "LambdaCallback"),
        "on_batch_begin",
        "on_batch_begin",
        forms.called("on_batch_begin"),
        new="on_train_batch_begin=on_batch_begin",
    ),
    _moved(each("keras.callbacks", "ModelCheckpoint"), "options", "options", forms.called("options"), new=""),
    _moved(
        each("keras.callbacks", "ModelCheckpoint"),
        "initial_value_threshold",
        "0.5",
        forms.anything,
        raises=True,
        named_from="options",
    ),
    _moved((f"{MODEL}.compile",), "metrics", '["accuracy"]', forms.metrics, raises=True),
    _moved((f"{MODEL}.train_on_batch",), "reset_metrics", "True", forms.truth, new=""),
    _moved((f"{MODEL}.test_on_batch",), "reset_metrics", "True", forms.truth, new=""),
    _moved((f"{MODEL}.save", f"{MODEL}.save_weights"), "save_format", '"h5"', forms.string, new=""),
    _moved((f"{MODEL}.load_weights",), "by_name", "True", forms.anything, raises=True),
    _moved((f"{OPTIMIZER}.apply_gradients",), "name", '"mine"', forms.anything, new="", raises=True),
    _moved(each("keras.applications", _CONV_NEXT), "model_name", '"mine"', forms.string, new='name="mine"'),
    _moved(each("keras.utils", "load_img"), "grayscale", "True", forms.truth, new='color_mode="grayscale"'),
    _moved(each("keras.utils", "to_categorical"), "dtype", '"int32"', forms.anything, new="", raises=True),
    _moved(each("keras.utils", "get_source_inputs"), "layer", "layer", forms.anything, new="", raises=True),
    _moved(
        each("keras.utils", "deserialize_keras_object"),
        "printable_module_name",
        '"layer"',
        forms.anything,
        new="",
        raises=True,
        named_from="module_objects",
    ),
    _moved(each("keras.utils", "plot_model model_to_dot"), "layer_range", '["a", "b"]', forms.sequence, new=""),
    _moved(each("keras.utils", "Progbar"), "unit_name", '"step"', forms.string),
    _moved(each("keras.models", "save_model"), "save_format", '"h5"', forms.string, new=""),
    _moved(
        tuple(f"{module}.serialize" for module in _EACH_SERIALIZES),
        "use_legacy_format",
        "True",
        forms.anything,
        new="",
        raises=True,
    ),
    _moved(
        tuple(f"{module}.deserialize" for module in _EACH_SERIALIZES if module != "keras.activations"),
        "use_legacy_format",
        "True",
        forms.anything,
        new="",
        raises=True,
    ),
)
