"""Calls by position and calls of methods: the old form of each, and the one of Keras 3 (``None``: there is none)."""

from __future__ import annotations

_CONV_LSTM = '"tanh", "hard_sigmoid", True, "glorot_uniform", "orthogonal", "zeros", True' + ", None" * 7
_CONV_LSTM_TODAY = 'recurrent_activation="hard_sigmoid", return_sequences=True'
_RNN = '3, "tanh", "sigmoid", True, "glorot_uniform", "orthogonal", "zeros"'
_NO_CLIPPING_NO_EMA = "None, None, None, False, 0.99, None, True"
_EPOCH = '"val_loss", 0, False, False, "auto", "epoch"'

POSITIONAL: dict[tuple[str, str], tuple[str, str]] = {
    ("keras.Input", "Input(shape, batch_size, name)"): ('(4,), 8, "x"', '(4,), batch_size=8, name="x"'),
    ("keras.Sequential", "Sequential(layers, name)"): ('[], "classifier"', '[], name="classifier"'),
    ("keras.Sequential", "positional #2 = name"): ('[], "classifier"', '[], name="classifier"'),
    ("keras.backend.set_epsilon", "positional #1 = e"): ("1e-5", "1e-5"),
    ("keras.backend.set_floatx", "positional #1 = floatx"): ('"float32"', '"float32"'),
    ("keras.callbacks.BackupAndRestore", "positional #3 = delete_checkpoint"): (
        '"backup", "epoch", False',
        '"backup", save_freq="epoch", delete_checkpoint=False',
    ),
    ("keras.callbacks.CallbackList", "positional #2 = queue_length"): ("callbacks, 10", "callbacks"),
    ("keras.callbacks.LambdaCallback", "positional #3 = on_batch_begin"): (
        "None, None, print",
        "on_train_batch_begin=print",
    ),
    ("keras.callbacks.ModelCheckpoint", "positional #8 = options"): (
        f'"model.keras", {_EPOCH}, None, 0.5',
        '"model.keras", initial_value_threshold=0.5',
    ),
    ("keras.callbacks.ProgbarLogger", "positional #1 = count_mode"): ('"steps"', ""),
    ("keras.callbacks.TensorBoard", "positional #3 = batch_size"): ('"logs", 0, 32', '"logs", histogram_freq=0'),
    ("keras.layers.BatchNormalization", "(epsilon)"): ("1e-5", "epsilon=1e-5"),
    ("keras.layers.BatchNormalization", "(epsilon) [Keras 1]"): ("1e-5", "epsilon=1e-5"),
    ("keras.layers.BatchNormalization", "(epsilon, mode, axis)"): ("1e-5, 0, 1", "axis=1, epsilon=1e-5"),
    ("keras.layers.BatchNormalization", "positional #14 = synchronized"): (
        '-1, 0.99, 0.001, True, True, "zeros", "ones", "zeros", "ones", None, None, None, None, True',
        "synchronized=True",
    ),
    ("keras.layers.Conv1D", "(nb_filter, filter_length, init)"): (
        '32, 3, "he_normal"',
        '32, 3, kernel_initializer="he_normal"',
    ),
    ("keras.layers.Conv1D", "positional #7 = activation"): (
        '32, 3, 1, "same", "channels_last", 1, "relu"',
        '32, 3, strides=1, padding="same", activation="relu"',
    ),
    ("keras.layers.Conv2D", "(nb_filter, nb_row, nb_col, init)"): (
        '32, 3, 3, "he_normal"',
        '32, (3, 3), kernel_initializer="he_normal"',
    ),
    ("keras.layers.Conv2D", "(nb_filter, nb_row, nb_col=)"): ("32, 3, nb_col=3", "32, (3, 3)"),
    ("keras.layers.Conv2D", "positional #7 = activation"): (
        '32, (3, 3), (1, 1), "same", "channels_last", (1, 1), "relu"',
        '32, (3, 3), strides=(1, 1), padding="same", activation="relu"',
    ),
    ("keras.layers.Conv2DTranspose", "(nb_filter, nb_row, nb_col, output_shape)"): (
        "32, 3, 3, (None, 28, 28, 32)",
        "32, (3, 3)",
    ),
    ("keras.layers.Conv3D", "(nb_filter, kernel_dim1, kernel_dim2, kernel_dim3)"): ("32, 3, 3, 3", "32, (3, 3, 3)"),
    ("keras.layers.Conv3D", "positional #7 = activation"): (
        '32, (3, 3, 3), (1, 1, 1), "same", "channels_last", (1, 1, 1), "relu"',
        '32, (3, 3, 3), strides=(1, 1, 1), padding="same", activation="relu"',
    ),
    ("keras.layers.Conv3DTranspose", "positional #5 = output_padding"): (
        '8, (3, 3, 3), (2, 2, 2), "valid", (1, 1, 1)',
        '8, (3, 3, 3), strides=(2, 2, 2), padding="valid", output_padding=(1, 1, 1)',
    ),
    ("keras.layers.ConvLSTM1D", "positional #21 = return_sequences"): (
        f'8, 3, 1, "same", "channels_last", 1, {_CONV_LSTM}, True',
        f'8, 3, padding="same", {_CONV_LSTM_TODAY}',
    ),
    ("keras.layers.ConvLSTM2D", "positional #21 = return_sequences"): (
        f'8, (3, 3), (1, 1), "same", "channels_last", (1, 1), {_CONV_LSTM}, True',
        f'8, (3, 3), padding="same", {_CONV_LSTM_TODAY}',
    ),
    ("keras.layers.ConvLSTM3D", "positional #21 = return_sequences"): (
        f'8, (3, 3, 3), (1, 1, 1), "same", "channels_last", (1, 1, 1), {_CONV_LSTM}, True',
        f'8, (3, 3, 3), padding="same", {_CONV_LSTM_TODAY}',
    ),
    ("keras.layers.Dense", "(output_dim, init)"): ('3, "he_normal"', '3, kernel_initializer="he_normal"'),
    ("keras.layers.EinsumDense", "positional #9 = activity_regularizer"): (
        '"abc,cd->abd", (None, 64), None, "d", "glorot_uniform", "zeros", None, None, "l2"',
        '"abc,cd->abd", (None, 64), bias_axes="d", activity_regularizer="l2"',
    ),
    ("keras.layers.Embedding", "positional #5 = activity_regularizer"): (
        '1000, 64, "uniform", None, "l2"',
        '1000, 64, activity_regularizer="l2"',
    ),
    ("keras.layers.GRU", "(output_dim, init)"): ('3, "he_normal"', '3, kernel_initializer="he_normal"'),
    ("keras.layers.GRU", "positional #17 = return_sequences"): (
        f"{_RNN}, None, None, None, None, None, None, None, 0.2, 0.0, True",
        "3, dropout=0.2, return_sequences=True",
    ),
    ("keras.layers.GRUCell", "positional #16 = implementation"): (
        f"{_RNN}, None, None, None, None, None, None, 0.2, 0.0, 2",
        "3, dropout=0.2",
    ),
    ("keras.layers.Identity", "positional #1 = trainable"): ("False", "trainable=False"),
    ("keras.layers.InputLayer", "positional #1 = input_shape"): (
        '(4,), 8, "float32", tensor',
        'batch_shape=(8, 4), dtype="float32", input_tensor=tensor',
    ),
    ("keras.layers.LSTM", "(output_dim, init)"): ('3, "he_normal"', '3, kernel_initializer="he_normal"'),
    ("keras.layers.LSTM", "positional #18 = return_sequences"): (
        f"{_RNN}, True, None, None, None, None, None, None, None, 0.2, 0.0, True",
        "3, dropout=0.2, return_sequences=True",
    ),
    ("keras.layers.LSTMCell", "positional #17 = implementation"): (
        f"{_RNN}, True, None, None, None, None, None, None, 0.2, 0.0, 2",
        "3, dropout=0.2",
    ),
    ("keras.layers.Lambda", "(function, output_shape, arguments)"): (
        'scale, (10,), {"factor": 2}',
        'scale, output_shape=(10,), arguments={"factor": 2}',
    ),
    ("keras.layers.LocallyConnected2D", "(nb_filter, nb_row, nb_col)"): ("32, 3, 3", ""),
    ("keras.layers.MultiHeadAttention", "positional #8 = kernel_initializer"): (
        '2, 2, None, 0.0, True, None, None, "he_normal"',
        '2, 2, dropout=0.0, kernel_initializer="he_normal"',
    ),
    ("keras.layers.RNN", "positional #7 = time_major"): (
        "cell, True, False, False, False, False, True",
        "cell, return_sequences=True",
    ),
    ("keras.layers.RandomContrast", "(factor, seed)"): ("0.2, 42", "0.2, seed=42"),
    ("keras.layers.RandomContrast", "positional #2 = seed"): ("0.2, 42", "0.2, seed=42"),
    ("keras.layers.SimpleRNN", "(output_dim, init)"): ('3, "he_normal"', '3, kernel_initializer="he_normal"'),
    ("keras.layers.Softmax", "positional #2 = robust_masking"): ("-1, True", "axis=-1"),
    ("keras.layers.StringLookup", "positional #7 = encoding"): (
        'None, 1, None, "[UNK]", None, None, "utf-8"',
        'oov_token="[UNK]", encoding="utf-8"',
    ),
    ("keras.layers.ZeroPadding1D", "dict padding"): ('{"left_pad": 1, "right_pad": 2}', "(1, 2)"),
    ("keras.layers.ZeroPadding2D", "4-tuple (top,bottom,left,right)"): ("(1, 2, 3, 4)", "((1, 2), (3, 4))"),
    ("keras.layers.ZeroPadding2D", "dict padding"): (
        '{"top_pad": 1, "bottom_pad": 2, "left_pad": 3, "right_pad": 4}',
        "((1, 2), (3, 4))",
    ),
    ("keras.layers.deserialize", "positional #3 = use_legacy_format"): ("config, None, False", "config"),
    ("keras.layers.dot", "dot(inputs, axes, normalize)"): ("[x, y], 1, True", "[x, y], axes=1, normalize=True"),
    ("keras.layers.dot", "positional #3 = normalize"): ("[x, y], 1, True", "[x, y], axes=1, normalize=True"),
    ("keras.layers.serialize", "positional #2 = use_legacy_format"): ("layer, False", "layer"),
    ("keras.losses.BinaryCrossentropy", "positional #3 = reduction"): (
        'False, 0.1, "sum"',
        'False, 0.1, reduction="sum"',
    ),
    ("keras.losses.CategoricalCrossentropy", "positional #3 = reduction"): (
        'False, 0.1, "sum"',
        'False, 0.1, reduction="sum"',
    ),
    ("keras.losses.SparseCategoricalCrossentropy", "(from_logits, ignore_class, reduction, name)"): (
        'True, None, "sum", "loss"',
        'from_logits=True, reduction="sum", name="loss"',
    ),
    ("keras.losses.SparseCategoricalCrossentropy", "positional #4 = name"): (
        'True, None, "sum", "loss"',
        'from_logits=True, reduction="sum", name="loss"',
    ),
    ("keras.losses.deserialize", "positional #3 = use_legacy_format"): ("config, None, False", "config"),
    ("keras.losses.serialize", "positional #2 = use_legacy_format"): ("loss, False", "loss"),
    ("keras.losses.sparse_categorical_crossentropy", "positional #4 = axis"): (
        "y_true, y_pred, False, -1",
        "y_true, y_pred, from_logits=False, axis=-1",
    ),
    ("keras.metrics.SensitivityAtSpecificity", "positional #3 = name"): (
        '0.5, 200, "sensitivity"',
        '0.5, num_thresholds=200, name="sensitivity"',
    ),
    ("keras.metrics.SparseCategoricalCrossentropy", "positional #4 = axis"): (
        '"loss", None, False, -1',
        'name="loss", from_logits=False, axis=-1',
    ),
    ("keras.metrics.SpecificityAtSensitivity", "positional #3 = name"): (
        '0.5, 200, "specificity"',
        '0.5, num_thresholds=200, name="specificity"',
    ),
    ("keras.metrics.deserialize", "positional #3 = use_legacy_format"): ("config, None, False", "config"),
    ("keras.metrics.serialize", "positional #2 = use_legacy_format"): ("metric, False", "metric"),
    ("keras.models.save_model", "positional #4 = save_format"): (
        'model, "model.keras", True, "keras"',
        'model, "model.keras", overwrite=True',
    ),
    ("keras.optimizers.Adadelta", "positional #11 = jit_compile"): (
        f"0.01, 0.95, 1e-7, None, {_NO_CLIPPING_NO_EMA}",
        "0.01, rho=0.95",
    ),
    ("keras.optimizers.Adafactor", "positional #14 = jit_compile"): (
        f"0.01, -0.8, 1e-30, 0.001, 1.0, True, None, {_NO_CLIPPING_NO_EMA}",
        "0.01, beta_2_decay=-0.8",
    ),
    ("keras.optimizers.Adagrad", "positional #11 = jit_compile"): (
        f"0.01, 0.1, 1e-7, None, {_NO_CLIPPING_NO_EMA}",
        "0.01, initial_accumulator_value=0.1",
    ),
    ("keras.optimizers.Adam", "(lr, beta_1, beta_2, epsilon, decay)"): (
        "1e-3, 0.9, 0.999, 1e-8, 0.0",
        "1e-3, beta_1=0.9, beta_2=0.999, epsilon=1e-8",
    ),
    ("keras.optimizers.Adam", "positional #5 = adaptive_epsilon"): (
        "1e-3, 0.9, 0.999, 1e-7, False, True",
        "1e-3, beta_1=0.9, beta_2=0.999, epsilon=1e-7, amsgrad=True",
    ),
    ("keras.optimizers.AdamW", "positional #13 = jit_compile"): (
        f"1e-3, 0.004, 0.9, 0.999, 1e-7, False, {_NO_CLIPPING_NO_EMA}",
        "1e-3, weight_decay=0.004",
    ),
    ("keras.optimizers.Adamax", "positional #12 = jit_compile"): (
        f"1e-3, 0.9, 0.999, 1e-7, None, {_NO_CLIPPING_NO_EMA}",
        "1e-3, beta_1=0.9",
    ),
    ("keras.optimizers.Ftrl", "positional #15 = jit_compile"): (
        f"1e-3, -0.5, 0.1, 0.0, 0.0, 0.0, 0.0, None, {_NO_CLIPPING_NO_EMA}",
        "1e-3, learning_rate_power=-0.5",
    ),
    ("keras.optimizers.Lion", "positional #11 = jit_compile"): (
        f"1e-3, 0.9, 0.99, None, {_NO_CLIPPING_NO_EMA}",
        "1e-3, beta_1=0.9",
    ),
    ("keras.optimizers.Nadam", "positional #12 = jit_compile"): (
        f"1e-3, 0.9, 0.999, 1e-7, None, {_NO_CLIPPING_NO_EMA}",
        "1e-3, beta_1=0.9",
    ),
    ("keras.optimizers.RMSprop", "(lr, rho, epsilon, decay)"): (
        "1e-3, 0.9, 1e-8, 0.0",
        "1e-3, rho=0.9, epsilon=1e-8",
    ),
    ("keras.optimizers.RMSprop", "positional #13 = jit_compile"): (
        f"1e-3, 0.9, 0.0, 1e-7, False, None, {_NO_CLIPPING_NO_EMA}",
        "1e-3, rho=0.9",
    ),
    ("keras.optimizers.SGD", "(lr, momentum, decay, nesterov)"): (
        "0.01, 0.9, 1e-6, True",
        "0.01, momentum=0.9, nesterov=True",
    ),
    ("keras.optimizers.SGD", "positional #11 = jit_compile"): (
        f"0.01, 0.9, True, None, {_NO_CLIPPING_NO_EMA}",
        "0.01, momentum=0.9, nesterov=True",
    ),
    ("keras.optimizers.deserialize", "positional #3 = use_legacy_format"): ("config, None, False", "config"),
    ("keras.optimizers.schedules.deserialize", "positional #3 = use_legacy_format"): ("config, None, False", "config"),
    ("keras.optimizers.schedules.serialize", "positional #2 = use_legacy_format"): ("schedule, False", "schedule"),
    ("keras.optimizers.serialize", "positional #2 = use_legacy_format"): ("optimizer, False", "optimizer"),
    ("keras.utils.Progbar", "positional #6 = unit_name"): (
        '100, 30, 1, 0.05, None, "sample"',
        '100, width=30, unit_name="sample"',
    ),
    ("keras.utils.deserialize_keras_object", "positional #1 = identifier"): (
        'config, objects, None, "layer"',
        "config, custom_objects=objects",
    ),
    ("keras.utils.get_source_inputs", "positional #2 = layer"): ("tensor, layer", "tensor"),
    ("keras.utils.load_img", "positional #2 = grayscale"): ('"cat.png", True', '"cat.png", color_mode="grayscale"'),
    ("keras.utils.model_to_dot", "positional #9 = layer_range"): (
        'model, False, False, True, "TB", False, 96, False, ["dense", "dense_1"]',
        "model, dpi=96",
    ),
    ("keras.utils.plot_model", "positional #9 = layer_range"): (
        'model, "model.png", False, False, True, "TB", False, 96, ["dense", "dense_1"]',
        'model, "model.png", show_layer_names=True, dpi=96',
    ),
    ("keras.utils.serialize_keras_object", "positional #1 = instance"): ("layer", "layer"),
    ("keras.utils.to_categorical", "positional #1 = y"): ('y, 10, "int32"', "y, 10"),
}
"""By the callee and the row's old form: what stands in the parentheses."""
