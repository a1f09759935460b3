"""Values and defaults that mean something else in Keras 3 than in Keras 2, or nothing; each was run in both."""

from __future__ import annotations

from flake8_paramdoc.changes import argument_forms as forms
from flake8_paramdoc.changes.keras_names import LAYER, MODEL, layers
from flake8_paramdoc.changes.releases import BOTH_RUN_3
from flake8_paramdoc.changes.shapes import Change, DefaultChanged, Fate, ValuesRenamed, ValueUnfit

_HARD_SIGMOID = "lambda x: keras.ops.clip(0.2 * x + 0.5, 0, 1)"
"""What ``hard_sigmoid`` was."""
_IN_A_LAMBDA = "the model is saved without its code, or loaded with safe_mode=False: it holds a lambda"
_ACTIVATIONS = (
    ("activation", 0, "Activation"),
    ("activation", 1, "Dense SimpleRNN LSTM GRU SimpleRNNCell LSTMCell GRUCell"),
    ("activation", 2, "EinsumDense"),
    ("activation", 6, "ConvLSTM1D ConvLSTM2D ConvLSTM3D"),
    ("recurrent_activation", 2, "LSTM GRU LSTMCell GRUCell"),
    ("recurrent_activation", 7, "ConvLSTM1D ConvLSTM2D ConvLSTM3D"),
)
"""Where activations stand that are passed without their names."""

_FROZEN = "drop it, call the layer, and then write layer.trainable = False"
_INSIDE = "freezes nothing of what is inside"
_KERNELS: dict[object, str] = {
    "gaussian": 'write another interpolation, such as "bicubic", which gives other values',
    "mitchellcubic": 'write another interpolation, such as "bicubic", which gives other values',
}
_SHORT_METRICS: dict[object, str] = {
    **dict.fromkeys(
        ("ce", "crossentropy"),
        'write the whole name: "binary_crossentropy", "categorical_crossentropy" or "sparse_categorical_crossentropy"',
    ),
}

CHANGES: tuple[Change, ...] = (
    ValuesRenamed(
        BOTH_RUN_3,
        layers("MultiHeadAttention TimeDistributed Bidirectional RNN ConvLSTM1D ConvLSTM2D ConvLSTM3D"),
        ("trainable",),
        {},
        gone={False: _FROZEN},
        but=layers("LSTM GRU SimpleRNN CuDNNLSTM CuDNNGRU"),
        outcome=Fate.SILENT,
        silently=_INSIDE,
    ),
    ValuesRenamed(
        BOTH_RUN_3,
        (MODEL,),
        ("trainable",),
        {},
        gone={False: "drop it, and write model.trainable = False once the model is made"},
        outcome=Fate.SILENT,
        silently=_INSIDE,
    ),
    ValuesRenamed(
        BOTH_RUN_3,
        (LAYER,),
        ("activation", "recurrent_activation"),
        {"hard_sigmoid": _HARD_SIGMOID},
        holds=_IN_A_LAMBDA,
        outcome=Fate.SILENT,
        silently="has another slope, 1 / 6 for 0.2,",
        before_keras_3=True,
    ),
    *(
        ValuesRenamed(
            BOTH_RUN_3,
            layers(names),
            (argument,),
            {"hard_sigmoid": _HARD_SIGMOID},
            position=position,
            holds=_IN_A_LAMBDA,
            outcome=Fate.SILENT,
            silently="has another slope, 1 / 6 for 0.2,",
            before_keras_3=True,
        )
        for argument, position, names in _ACTIVATIONS
    ),
    *(
        DefaultChanged(
            BOTH_RUN_3,
            ("keras.regularizers.l1_l2",),
            argument,
            "0.01",
            position=position,
            outcome=Fate.SILENT,
            silently="has none of it",
            before_keras_3=True,
        )
        for position, argument in enumerate(("l1", "l2"))
    ),
    DefaultChanged(
        BOTH_RUN_3,
        layers("ConvLSTM1D ConvLSTM2D ConvLSTM3D"),
        "recurrent_activation",
        _HARD_SIGMOID,
        position=7,
        holds=_IN_A_LAMBDA,
        outcome=Fate.SILENT,
        silently="has a sigmoid for its gates, and no hard one,",
        before_keras_3=True,
    ),
    DefaultChanged(
        BOTH_RUN_3,
        ("keras.optimizers.Lion",),
        "learning_rate",
        "0.0001",
        outcome=Fate.SILENT,
        silently="learns ten times as fast",
        before_keras_3=True,
    ),
    ValueUnfit(
        BOTH_RUN_3,
        layers("Conv3DTranspose"),
        ("dilation_rate",),
        forms.more_than_one,
        "dilation_rate above 1",
        'crop the output, or read the shapes behind it anew: values differ also with padding="same"',
        position=6,
        sample="2, filters=3, kernel_size=3",
        new_sample="1, filters=3, kernel_size=3",
        outcome=Fate.SILENT,
        silently="has another, larger output",
    ),
    ValuesRenamed(
        BOTH_RUN_3,
        layers("SeparableConv1D"),
        ("padding",),
        {},
        gone={"causal": "drop it, and put keras.layers.ZeroPadding1D((kernel_size - 1, 0)) before the layer"},
        position=3,
    ),
    ValuesRenamed(BOTH_RUN_3, layers("UpSampling2D Resizing"), ("interpolation",), {}, gone=_KERNELS),
    ValuesRenamed(
        BOTH_RUN_3,
        (LAYER,),
        ("kernel_initializer", "bias_initializer", "embeddings_initializer", "recurrent_initializer"),
        {"constant": "keras.initializers.Constant(0.0)"},
    ),
    ValuesRenamed(
        BOTH_RUN_3,
        ("keras.initializers.get",),
        ("identifier",),
        {"constant": "keras.initializers.Constant(0.0)"},
        position=0,
    ),
    ValuesRenamed(
        BOTH_RUN_3,
        (f"{MODEL}.compile",),
        ("metrics",),
        {},
        gone=_SHORT_METRICS,
        position=2,
        inside=True,
    ),
    ValueUnfit(
        BOTH_RUN_3,
        (f"{MODEL}.get_layer",),
        ("name",),
        forms.of_an_operator,
        "the name of an operator",
        "keep the tensor in a variable: an operator is no layer of the model",
        position=0,
        sample='"tf.math.multiply"',
        new_sample="index=0",
    ),
)
