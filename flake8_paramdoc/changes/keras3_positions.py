"""Places among the arguments where Keras 3 expects something else than Keras 2 did, or takes none any more.

Source: the signatures of tf_keras 2.21 and keras 3.15.1, side by side. A call is an old form only if what stands at the
place can be nothing but the old argument: by its type, or because the variable is called so.
"""

from __future__ import annotations

from flake8_paramdoc.changes import argument_forms as forms
from flake8_paramdoc.changes.keras_names import LAYER, LOSS, METRIC, OPTIMIZER, each, layers
from flake8_paramdoc.changes.shapes import ArgumentRequired, Change, Looks, Outcome, PositionChanged

_SIGNATURES = "the signatures of tf_keras 2.21 and keras 3.15.1"


def _moved(
    callees: tuple[str, ...],
    place: int,
    was: str,
    value: str,
    looks_like: Looks,
    *,
    new: str | None = None,
    raises: bool = False,
) -> PositionChanged:
    """Return the row of one place, counted from 1 as people count, where ``was`` stood, with a ``value`` that fits it.

    ``new`` is what is written today, a keyword argument if not given; an empty one says to drop it.
    """
    before = "..., " if place > 1 else ""
    new = f"{was}={value}" if new is None else new
    return PositionChanged(
        callees=callees,
        position=place - 1,
        looks=looks_like,
        old=f"{before}{was}",
        new=f"{before}{new}" if new else "",
        sample=", ".join((*("...",) * (place - 1), value)),
        new_sample=new,
        outcome=Outcome.RAISES if raises else Outcome.SILENT,
        since="3.0.0",
        source=_SIGNATURES,
    )


_OPTIMIZER = "keras.optimizers"
_EACH_SERIALIZES = each(
    "keras", "layers losses metrics optimizers optimizers.schedules activations constraints initializers regularizers"
)
# Where jit_compile stood, with name behind it.
_JIT_COMPILE = (
    (11, "Adadelta Adagrad Lion SGD"),
    (12, "Adamax Nadam"),
    (13, "AdamW RMSprop"),
    (14, "Adafactor"),
    (15, "Ftrl"),
)

_OPTIMIZERS = (
    # SGD(0.01, 0.9, 1e-6, True): 1e-6 is taken for nesterov, True for weight_decay.
    PositionChanged(
        callees=each(_OPTIMIZER, "SGD"),
        position=2,
        looks=forms.number,
        old="lr, momentum, decay, nesterov",
        new="lr, momentum, nesterov=nesterov",
        sample="0.01, 0.9, 1e-6, True",
        new_sample="0.01, 0.9, nesterov=True",
        outcome=Outcome.SILENT,
        since="2.11.0",
        step=3,
        source=_SIGNATURES,
    ),
    PositionChanged(
        callees=each(_OPTIMIZER, "Adam"),
        position=4,
        looks=forms.number,
        old="lr, beta_1, beta_2, epsilon, decay",
        new="lr, beta_1, beta_2, epsilon",
        sample="1e-3, 0.9, 0.999, 1e-8, 0.0",
        new_sample="1e-3, 0.9, 0.999, 1e-8",
        outcome=Outcome.SILENT,
        since="2.11.0",
        step=3,
        source=_SIGNATURES,
    ),
    PositionChanged(
        callees=each(_OPTIMIZER, "RMSprop"),
        position=2,
        looks=forms.tiny,
        old="lr, rho, epsilon, decay",
        new="lr, rho, epsilon=epsilon",
        sample="1e-3, 0.9, 1e-8, 0.0",
        new_sample="1e-3, 0.9, epsilon=1e-8",
        outcome=Outcome.SILENT,
        since="2.11.0",
        step=3,
        source=_SIGNATURES,
    ),
    # Of Adam's fifth place a truth value is amsgrad, of its sixth it was that, behind adaptive_epsilon.
    _moved(each(_OPTIMIZER, "Adam"), 6, "amsgrad", "True", forms.truth),
    _moved((OPTIMIZER,), 1, "name", '"mine"', forms.title, raises=True),
    *(
        row
        for place, names in _JIT_COMPILE
        for row in (
            _moved(each(_OPTIMIZER, names), place, "jit_compile", "True", forms.truth, new=""),
            _moved(each(_OPTIMIZER, names), place + 1, "name", '"mine"', forms.title),
        )
    ),
)

_LAYERS = (
    _moved(layers("RandomContrast"), 2, "seed", "42", forms.integer),
    _moved(layers("InputLayer"), 4, "input_tensor", "tensor", forms.called("tensor", "input_tensor")),
    _moved(layers("Layer Identity"), 1, "trainable", "True", forms.truth, raises=True),
    _moved(layers("Softmax"), 2, "robust_masking", "True", forms.truth, new="", raises=True),
    _moved(layers("Conv1D Conv2D Conv3D"), 7, "activation", '"relu"', forms.string),
    _moved(
        layers("Conv3DTranspose"),
        5,
        "output_padding",
        "(1, 1, 1)",
        forms.either(forms.sequence, forms.integer),
    ),
    _moved(layers("Embedding"), 5, "activity_regularizer", '"l2"', forms.regularizer),
    _moved(layers("EinsumDense"), 9, "activity_regularizer", '"l2"', forms.regularizer),
    _moved(layers("GRU"), 17, "return_sequences", "True", forms.truth),
    _moved(layers("LSTM"), 18, "return_sequences", "True", forms.truth),
    _moved(layers("ConvLSTM1D ConvLSTM2D ConvLSTM3D"), 21, "return_sequences", "True", forms.truth),
    _moved(layers("GRUCell"), 16, "implementation", "2", forms.integer, new=""),
    _moved(layers("LSTMCell"), 17, "implementation", "2", forms.integer, new=""),
    _moved(layers("RNN"), 7, "time_major", "time_major", forms.called("time_major"), new=""),
    _moved(layers("StringLookup"), 7, "encoding", '"utf-8"', forms.string),
    _moved(layers("BatchNormalization"), 14, "synchronized", "synchronized", forms.called("synchronized")),
    _moved(layers("MultiHeadAttention"), 8, "kernel_initializer", '"glorot_uniform"', forms.string),
    *(
        ArgumentRequired(
            callees=layers(f"AveragePooling{n}D"),
            argument="pool_size",
            position=0,
            default=default,
            since="3.0.0",
            source=_SIGNATURES,
        )
        for n, default in ((1, "2"), (2, "(2, 2)"), (3, "(2, 2, 2)"))
    ),
    _moved(layers("dot"), 3, "normalize", "True", forms.anything, raises=True),
    # A string that is no type of numbers is the name of Keras 2.
    _moved(layers("Input"), 3, "name", '"image"', forms.title, raises=True),
    PositionChanged(
        callees=("keras.models.Sequential",),
        position=1,
        looks=forms.title,
        old="layers, name",
        new="layers, name=name",
        sample='[], "encoder"',
        new_sample='[], name="encoder"',
        since="3.0.0",
        source=_SIGNATURES,
    ),
    PositionChanged(
        callees=(f"{LAYER}.add_weight",),
        position=0,
        looks=forms.string,
        old='"name", shape',
        new='shape, name="name"',
        sample='"kernel", (3, 4)',
        new_sample='(3, 4), name="kernel"',
        since="3.0.0",
        source="keras 3.15.1, where it was run",
    ),
)

_LOSSES_AND_METRICS = (
    _moved((METRIC,), 1, "name", '"f1"', forms.title, raises=True),
    _moved(
        (LOSS,),
        1,
        "reduction",
        '"sum"',
        forms.either(forms.reduced, forms.called("reduction")),
    ),
    _moved(
        each("keras.losses", "BinaryCrossentropy CategoricalCrossentropy"),
        3,
        "reduction",
        '"sum"',
        forms.reduction,
    ),
    _moved(each("keras.losses", "SparseCategoricalCrossentropy"), 4, "name", '"crossentropy"', forms.title),
    _moved(each("keras.losses", "sparse_categorical_crossentropy"), 4, "axis", "axis", forms.called("axis")),
    _moved(each("keras.metrics", "SparseCategoricalCrossentropy"), 4, "axis", "axis", forms.called("axis")),
    _moved(
        each("keras.metrics", "SensitivityAtSpecificity SpecificityAtSensitivity"),
        3,
        "name",
        '"at"',
        forms.title,
    ),
)

_CALLBACKS = (
    _moved(each("keras.callbacks", "ProgbarLogger"), 1, "count_mode", '"steps"', forms.string, new="", raises=True),
    _moved(each("keras.callbacks", "TensorBoard"), 3, "batch_size", "32", forms.integer, new=""),
    _moved(
        each("keras.callbacks", "BackupAndRestore"),
        3,
        "delete_checkpoint",
        "delete_checkpoint",
        forms.called("delete_checkpoint"),
    ),
    _moved(each("keras.callbacks", "CallbackList"), 2, "queue_length", "10", forms.integer, new=""),
    _moved(
        each("keras.callbacks", "LambdaCallback"),
        3,
        "on_batch_begin",
        "on_batch_begin",
        forms.called("on_batch_begin"),
        new="on_train_batch_begin=on_batch_begin",
    ),
    _moved(each("keras.callbacks", "ModelCheckpoint"), 8, "options", "options", forms.called("options"), new=""),
    _moved(
        each("keras.callbacks", "ModelCheckpoint"),
        9,
        "initial_value_threshold",
        "0.5",
        forms.anything,
        raises=True,
    ),
)

_REST = (
    _moved(each("keras.utils", "load_img"), 2, "grayscale", "True", forms.truth, new='color_mode="grayscale"'),
    _moved(each("keras.utils", "to_categorical"), 3, "dtype", '"int32"', forms.anything, new="", raises=True),
    _moved(each("keras.utils", "get_source_inputs"), 2, "layer", "layer", forms.anything, new="", raises=True),
    _moved(
        each("keras.utils", "deserialize_keras_object"),
        4, "printable_module_name", '"layer"', forms.anything, new="", raises=True,
    ),
    _moved(each("keras.utils", "plot_model model_to_dot"), 9, "layer_range", '["a", "b"]', forms.sequence, new=""),
    _moved(each("keras.utils", "Progbar"), 6, "unit_name", '"step"', forms.string),
    _moved(each("keras.models", "save_model"), 4, "save_format", '"h5"', forms.string, new=""),
    _moved(
        tuple(f"{module}.serialize" for module in _EACH_SERIALIZES),
        2, "use_legacy_format", "True", forms.anything, new="", raises=True,
    ),
    _moved(
        tuple(f"{module}.deserialize" for module in _EACH_SERIALIZES if module != "keras.activations"),
        3, "use_legacy_format", "True", forms.anything, new="", raises=True,
    ),
)  # fmt: skip

CHANGES: tuple[Change, ...] = (*_OPTIMIZERS, *_LAYERS, *_LOSSES_AND_METRICS, *_CALLBACKS, *_REST)
