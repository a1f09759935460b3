"""What changed in the layers from Keras 1 to Keras 2: their arguments, values and positional forms.

Sources: the release notes of Keras 2.0 (https://github.com/keras-team/keras/wiki/Keras-2.0-release-notes) and the
releases 1.2.2, 2.0.0 and 2.3.1 themselves: their signatures, and in 2.0.0 the decorators of
``keras/legacy/interfaces.py``, which still took the old arguments, with a warning.
TensorFlow's copy and Keras 3 take none of them.
"""

from __future__ import annotations

from flake8_paramdoc.changes import argument_forms as forms
from flake8_paramdoc.changes.keras_names import layers
from flake8_paramdoc.changes.shapes import ArgumentsRemoved, ArgumentsRenamed, Change, ValuesRenamed, ValueUnfit

NOTES = "https://github.com/keras-team/keras/wiki/Keras-2.0-release-notes"
KERAS_2 = "keras 2.0.0, keras/legacy/interfaces.py"

_CONVOLUTIONS_2D = layers("Conv2D SeparableConv2D Conv2DTranspose AtrousConvolution2D LocallyConnected2D ConvLSTM2D")
_CONVOLUTIONS_1D = layers("Conv1D AtrousConvolution1D LocallyConnected1D")
_CONVOLUTIONS = (*_CONVOLUTIONS_1D, *_CONVOLUTIONS_2D, *layers("Conv3D"))
_GATED = layers("LSTM GRU")
_RECURRENT = (*_GATED, *layers("SimpleRNN"))
_POOLINGS_1D = layers("MaxPooling1D AveragePooling1D")
_POOLINGS = (*_POOLINGS_1D, *layers("MaxPooling2D AveragePooling2D MaxPooling3D AveragePooling3D"))
_IMAGES = (
    *_CONVOLUTIONS_2D,
    *layers(
        "Conv3D MaxPooling2D AveragePooling2D MaxPooling3D AveragePooling3D GlobalMaxPooling2D GlobalAveragePooling2D"
        " GlobalMaxPooling3D GlobalAveragePooling3D UpSampling2D UpSampling3D ZeroPadding2D ZeroPadding3D Cropping2D"
        " Cropping3D SpatialDropout2D SpatialDropout3D"
    ),
)
_DENSE = layers("Dense")

_ARGUMENTS = (
    ArgumentsRenamed(
        callees=(*_DENSE, *_RECURRENT),
        arguments={"output_dim": "units"},
        since="2.0.0",
        source=NOTES,
    ),
    ArgumentsRenamed(callees=_CONVOLUTIONS, arguments={"nb_filter": "filters"}, since="2.0.0", source=NOTES),
    ArgumentsRenamed(callees=_CONVOLUTIONS_1D, arguments={"filter_length": "kernel_size"}, since="2.0.0", source=NOTES),
    ArgumentsRenamed(
        callees=_CONVOLUTIONS_2D,
        arguments=dict.fromkeys(("nb_row", "nb_col"), "kernel_size=(rows, columns)"),
        since="2.0.0",
        source=NOTES,
    ),
    ArgumentsRenamed(
        callees=layers("Conv3D"),
        arguments=dict.fromkeys(("kernel_dim1", "kernel_dim2", "kernel_dim3"), "kernel_size=(dim1, dim2, dim3)"),
        since="2.0.0",
        source=NOTES,
    ),
    ArgumentsRenamed(callees=_CONVOLUTIONS_1D, arguments={"subsample_length": "strides"}, since="2.0.0", source=NOTES),
    ArgumentsRenamed(
        callees=(*_CONVOLUTIONS_2D, *layers("Conv3D")),
        arguments={"subsample": "strides"},
        since="2.0.0",
        source=NOTES,
    ),
    ArgumentsRenamed(
        callees=layers("AtrousConvolution1D AtrousConvolution2D"),
        arguments={"atrous_rate": "dilation_rate"},
        since="2.0.0",
        source=NOTES,
    ),
    ArgumentsRenamed(
        callees=(*_CONVOLUTIONS, *_POOLINGS),
        arguments={"border_mode": "padding"},
        since="2.0.0",
        source=NOTES,
    ),
    ArgumentsRenamed(callees=_IMAGES, arguments={"dim_ordering": "data_format"}, since="2.0.0", source=NOTES),
    ArgumentsRenamed(
        callees=_POOLINGS_1D,
        arguments={"pool_length": "pool_size", "stride": "strides"},
        since="2.0.0",
        source=KERAS_2,
    ),
    ArgumentsRenamed(callees=layers("UpSampling1D"), arguments={"length": "size"}, since="2.0.0", source=KERAS_2),
    # What weights begin with, and what holds them in bounds.
    ArgumentsRenamed(
        callees=(*_DENSE, *_CONVOLUTIONS),
        arguments={"bias": "use_bias", "b_regularizer": "bias_regularizer", "b_constraint": "bias_constraint"},
        since="2.0.0",
        source=KERAS_2,
    ),
    ArgumentsRenamed(
        callees=tuple(callee for callee in (*_DENSE, *_CONVOLUTIONS) if callee != "keras.layers.SeparableConv2D"),
        arguments={
            "init": "kernel_initializer",
            "W_regularizer": "kernel_regularizer",
            "W_constraint": "kernel_constraint",
        },
        since="2.0.0",
        source=KERAS_2,
    ),
    ArgumentsRenamed(
        callees=layers("SeparableConv2D"),
        arguments={"init": "depthwise_initializer=..., pointwise_initializer=..."},
        since="2.0.0",
        source=KERAS_2,
    ),
    ArgumentsRenamed(
        callees=(*_RECURRENT, *layers("ConvLSTM2D")),
        arguments={
            "init": "kernel_initializer",
            "inner_init": "recurrent_initializer",
            "W_regularizer": "kernel_regularizer",
            "U_regularizer": "recurrent_regularizer",
            "b_regularizer": "bias_regularizer",
            "dropout_W": "dropout",
            "dropout_U": "recurrent_dropout",
        },
        since="2.0.0",
        source=KERAS_2,
    ),
    ArgumentsRenamed(
        callees=layers("LSTM ConvLSTM2D"),
        arguments={"forget_bias_init": "unit_forget_bias"},
        since="2.0.0",
        source=KERAS_2,
    ),
    ArgumentsRenamed(
        callees=layers("LSTM GRU ConvLSTM2D"),
        arguments={"inner_activation": "recurrent_activation"},
        since="2.0.0",
        source=KERAS_2,
    ),
    ArgumentsRenamed(callees=_GATED, arguments={"consume_less": "implementation"}, since="2.0.0", source=KERAS_2),
    # Keras 2 called it so here too; Keras 3 has one implementation, and refuses the argument.
    ArgumentsRemoved(callees=layers("SimpleRNN"), arguments={"consume_less": "drop it"}, since="2.0.0", source=KERAS_2),
    ArgumentsRenamed(
        callees=layers("Embedding"),
        arguments={
            "init": "embeddings_initializer",
            "W_regularizer": "embeddings_regularizer",
            "W_constraint": "embeddings_constraint",
        },
        since="2.0.0",
        source=KERAS_2,
    ),
    ArgumentsRenamed(callees=layers("PReLU"), arguments={"init": "alpha_initializer"}, since="2.0.0", source=KERAS_2),
    ArgumentsRenamed(
        callees=layers("BatchNormalization"),
        arguments={"gamma_init": "gamma_initializer", "beta_init": "beta_initializer"},
        since="2.0.0",
        source=KERAS_2,
    ),
    ArgumentsRenamed(
        callees=layers("Dropout GaussianDropout SpatialDropout1D SpatialDropout2D SpatialDropout3D"),
        arguments={"p": "rate"},
        since="2.0.0",
        source=KERAS_2,
    ),
    ArgumentsRenamed(callees=layers("GaussianNoise"), arguments={"sigma": "stddev"}, since="2.0.0", source=KERAS_2),
    # Mode 1 normalised each sample over its last axis. Mode 2 used the batch's statistics in inference too.
    ArgumentsRemoved(
        callees=layers("BatchNormalization"),
        arguments={"mode": "drop mode=0; mode=1: use LayerNormalization; mode=2: call the layer with training=True"},
        instead_of={
            0: "drop it, only mode 0 is left",
            1: "use LayerNormalization, which comes closest to mode 1",
            2: "drop it and call the layer with training=True, which does what mode 2 did",
        },
        since="2.0.0",
        source=NOTES,
    ),
    ArgumentsRemoved(
        callees=layers("Embedding"),
        arguments={"dropout": "drop it and put a SpatialDropout1D layer behind the embedding"},
        since="2.0.0",
        source=NOTES,
    ),
    ArgumentsRemoved(
        callees=layers("Conv2DTranspose"),
        arguments={"output_shape": "drop it, the shape follows from strides and padding"},
        since="2.0.0",
        source=NOTES,
    ),
)

_VALUES = (
    ValuesRenamed(
        callees=_IMAGES,
        arguments=("dim_ordering",),
        values={"th": 'data_format="channels_first"', "tf": 'data_format="channels_last"'},
        gone={"default": "drop the argument"},
        since="2.0.0",
        source=NOTES,
    ),
    ValuesRenamed(
        callees=(*_CONVOLUTIONS, *_POOLINGS),
        arguments=("border_mode",),
        values={},
        gone={"full": 'use padding="same" or "valid", with a ZeroPadding layer before it'},
        since="2.0.0",
        source=KERAS_2,
    ),
    ValuesRenamed(
        callees=_GATED,
        arguments=("consume_less",),
        values={"cpu": "implementation=1", "mem": "implementation=1", "gpu": "implementation=2"},
        since="2.0.0",
        source=KERAS_2,
    ),
    # The shim of Keras 2 looked at "one" alone and took every other value for True.
    ValuesRenamed(
        callees=layers("LSTM ConvLSTM2D"),
        arguments=("forget_bias_init",),
        values={"one": "unit_forget_bias=True", "zero": "unit_forget_bias=False"},
        since="2.0.0",
        source=KERAS_2,
    ),
    ValuesRenamed(
        callees=(*_DENSE, *_CONVOLUTIONS),
        arguments=("activity_regularizer",),
        values={"activity_l1": 'activity_regularizer="l1"', "activity_l2": 'activity_regularizer="l2"'},
        since="2.0.0",
        source=NOTES,
    ),
    ValuesRenamed(
        callees=(*_DENSE, *_CONVOLUTIONS, *_RECURRENT, *layers("Embedding")),
        arguments=(
            "W_constraint", "b_constraint", "kernel_constraint", "bias_constraint", "recurrent_constraint",
            "embeddings_constraint",
        ),
        values={"maxnorm": '"max_norm"', "nonneg": '"non_neg"', "unitnorm": '"unit_norm"'},
        since="2.0.0",
        source="keras 2.3.1, keras/constraints.py, which kept the old names",
    ),
    ValueUnfit(
        callees=layers("ZeroPadding2D"),
        arguments=("padding",),
        position=0,
        looks=forms.four,
        sample="(1, 1, 2, 2)",
        form="(top, bottom, left, right)",
        instead="write ((top, bottom), (left, right))",
        new_sample="((1, 1), (2, 2))",
        since="2.0.0",
        source=KERAS_2,
    ),
    ValueUnfit(
        callees=layers("ZeroPadding1D ZeroPadding2D"),
        arguments=("padding",),
        position=0,
        looks=forms.dictionary,
        sample='{"left_pad": 1, "right_pad": 1}',
        form="a dictionary",
        instead="write a tuple: (left, right), or ((top, bottom), (left, right))",
        new_sample="1",
        since="2.0.0",
        source=KERAS_2,
    ),
)  # fmt: skip

CHANGES: tuple[Change, ...] = (*_ARGUMENTS, *_VALUES)
