"""Places among the arguments whose meaning changed from Keras 1 to Keras 2."""

from __future__ import annotations

from flake8_paramdoc.changes import argument_forms as forms
from flake8_paramdoc.changes.keras2.groups import functions
from flake8_paramdoc.changes.keras_names import layers
from flake8_paramdoc.changes.releases import KERAS_1_SIGNATURES, NOTES_2, SIGNATURES_2
from flake8_paramdoc.changes.shapes import Change, Fate, PositionChanged

_BEHIND = (
    "activation, weights, border_mode, subsample, dim_ordering, W_regularizer, b_regularizer, activity_regularizer,"
    " W_constraint, b_constraint, bias"
)
_CONVOLUTION_1D = f"nb_filter, filter_length, init, {_BEHIND}".replace("subsample, dim_ordering", "subsample_length")
_CONVOLUTION = f"nb_filter, nb_row, nb_col, init, {_BEHIND}"
_SEPARABLE = (
    "nb_filter, nb_row, nb_col, init, activation, weights, border_mode, subsample, depth_multiplier, dim_ordering,"
    " depthwise_regularizer, pointwise_regularizer, b_regularizer, activity_regularizer, depthwise_constraint,"
    " pointwise_constraint, b_constraint, bias"
)
_OF_IMAGES = {
    "keras.layers.Conv2D": _CONVOLUTION,
    "keras.layers.LocallyConnected2D": _CONVOLUTION,
    "keras.layers.SeparableConv2D": _SEPARABLE,
    "keras.layers.AtrousConvolution2D": _CONVOLUTION.replace("subsample", "subsample, atrous_rate"),
    "keras.layers.ConvLSTM2D": (
        "nb_filter, nb_row, nb_col, init, inner_init, forget_bias_init, activation, inner_activation, dim_ordering,"
        " border_mode, subsample, W_regularizer, U_regularizer, b_regularizer, dropout_W, dropout_U"
    ),
}
_RECURRENT = (
    "output_dim, init, inner_init, activation, inner_activation, W_regularizer, U_regularizer, b_regularizer,"
    " dropout_W, dropout_U"
)
_DENSE_AND_RECURRENT = {
    "keras.layers.Dense": (
        "output_dim, init, activation, weights, W_regularizer, b_regularizer, activity_regularizer, W_constraint,"
        " b_constraint, bias, input_dim"
    ),
    "keras.layers.LSTM": _RECURRENT.replace("inner_init", "inner_init, forget_bias_init"),
    "keras.layers.GRU": _RECURRENT,
    "keras.layers.SimpleRNN": _RECURRENT.replace("inner_activation, ", ""),
}
_HEAD = "nb_filter, (nb_row, nb_col)"

CHANGES: tuple[Change, ...] = (
    PositionChanged(
        NOTES_2,
        layers("Conv2D SeparableConv2D AtrousConvolution2D"),
        2,
        forms.anything,
        "filters, rows, columns",
        "filters, (rows, columns)",
        order=_OF_IMAGES,
        head=_HEAD,
        sample="64, 3, 3",
        new_sample="64, (3, 3)",
        spelled=frozenset({"Convolution2D", "SeparableConvolution2D", "AtrousConvolution2D", "AtrousConv2D"}),
        outcome=Fate.SILENT,
    ),
    # Today the third is the stride, and Conv2D(64, 3, 2) is a common way to write it.
    PositionChanged(
        NOTES_2,
        layers("Conv2D SeparableConv2D ConvLSTM2D LocallyConnected2D"),
        2,
        forms.integer,
        "filters, rows, columns",
        "filters, (rows, columns)",
        order=_OF_IMAGES,
        head=_HEAD,
        sample="64, 3, 3",
        new_sample="64, (3, 3)",
        spelled=frozenset({"Conv2D", "SeparableConv2D", "ConvLSTM2D", "LocallyConnected2D"}),
        doubtful=True,
        outcome=Fate.SILENT,
    ),
    PositionChanged(
        NOTES_2,
        layers("Conv2DTranspose"),
        3,
        forms.sequence,
        "filters, rows, columns, output_shape",
        "filters, (rows, columns)",
        order=f"nb_filter, nb_row, nb_col, output_shape, init, {_BEHIND}",
        head=_HEAD,
        sample="64, 3, 3, (None, 28, 28, 64)",
        new_sample="64, (3, 3)",
    ),
    PositionChanged(
        NOTES_2,
        layers("Conv3D"),
        3,
        forms.integer,
        "filters, dim1, dim2, dim3",
        "filters, (dim1, dim2, dim3)",
        order=f"nb_filter, kernel_dim1, kernel_dim2, kernel_dim3, init, {_BEHIND}",
        head="nb_filter, (kernel_dim1, kernel_dim2, kernel_dim3)",
        sample="64, 3, 3, 3",
        new_sample="64, (3, 3, 3)",
    ),
    PositionChanged(
        NOTES_2,
        layers("Conv2D SeparableConv2D"),
        3,
        forms.initializer,
        "filters, rows, columns, init",
        "filters, (rows, columns), kernel_initializer=init",
        order=_OF_IMAGES,
        head=_HEAD,
        sample='64, 3, 3, "glorot_uniform"',
        new_sample='64, (3, 3), kernel_initializer="glorot_uniform"',
    ),
    PositionChanged(
        NOTES_2,
        layers("Conv1D"),
        2,
        forms.initializer,
        "filters, length, init",
        "filters, length, kernel_initializer=init",
        order=_CONVOLUTION_1D,
        sample='64, 3, "glorot_uniform"',
        new_sample='64, 3, kernel_initializer="glorot_uniform"',
    ),
    PositionChanged(
        NOTES_2,
        layers("Dense LSTM GRU SimpleRNN"),
        1,
        forms.initializer,
        "units, init",
        "units, kernel_initializer=init",
        order=_DENSE_AND_RECURRENT,
        sample='64, "glorot_uniform"',
        new_sample='64, kernel_initializer="glorot_uniform"',
    ),
    # Before the first release, a layer was given the size of its input first.
    PositionChanged(
        KERAS_1_SIGNATURES,
        layers("Dense LSTM GRU SimpleRNN"),
        1,
        forms.integer,
        "input_dim, output_dim",
        "units",
        order="input_dim, output_dim, init, activation",
        head="output_dim",
        sample="64, 10",
        new_sample="10",
    ),
    PositionChanged(
        SIGNATURES_2,
        layers("BatchNormalization"),
        0,
        forms.fraction,
        "epsilon",
        "epsilon=epsilon",
        order="epsilon, mode, axis, momentum, weights, beta_init, gamma_init, gamma_regularizer, beta_regularizer",
        sample="1e-5",
        new_sample="epsilon=1e-5",
        outcome=Fate.SILENT,
    ),
    PositionChanged(
        SIGNATURES_2,
        layers("Lambda"),
        2,
        forms.dictionary,
        "function, output_shape, arguments",
        "function, output_shape, arguments=arguments",
        order="function, output_shape, arguments",
        sample='f, None, {"scale": 2}',
        new_sample='f, None, arguments={"scale": 2}',
        outcome=Fate.SILENT,
    ),
    # The names alone tell: a tensor has no type here.
    PositionChanged(
        NOTES_2,
        functions("binary_crossentropy categorical_crossentropy sparse_categorical_crossentropy"),
        0,
        forms.prediction,
        "output, target",
        "target, output",
        order="output, target, from_logits",
        head="target, output",
        sample="y_pred, y_true",
        new_sample="y_true, y_pred",
    ),
)
