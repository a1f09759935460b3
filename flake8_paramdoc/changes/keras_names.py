"""What the names of Keras stand for, where nothing changes: other names of the same thing, and kinds of objects."""

from __future__ import annotations

LAYER = "keras.layers.Layer"
MODEL = "keras.models.Model"
SEQUENTIAL = "keras.models.Sequential"
RNN = "keras.layers.RNN"
OPTIMIZER = "keras.optimizers.Optimizer"
CALLBACK = "keras.callbacks.Callback"
HISTORY = "keras.callbacks.History"
METRIC = "keras.metrics.Metric"
LOSS = "keras.losses.Loss"
TENSOR = "keras.KerasTensor"
VARIABLE = "keras.Variable"
IMAGES = "keras.preprocessing.image.Iterator"
TENSOR_SHAPE = "keras.KerasTensor.shape"
"""The shape of a Keras tensor, which is a tuple."""


def each(module: str, names: str) -> tuple[str, ...]:
    """Return the full names of several members of a module, which are written with spaces between them."""
    return tuple(f"{module}.{name}" for name in names.split())


def layers(names: str) -> tuple[str, ...]:
    """Return the full names of layers."""
    return each("keras.layers", names)


def same(names: str) -> dict[str, str]:
    """Return the mapping of each name to itself."""
    return {name: name for name in names.split()}


_SAME_LAYERS = {
    "Conv1D": "Convolution1D",
    "Conv2D": "Convolution2D",
    "Conv3D": "Convolution3D",
    "Conv1DTranspose": "Convolution1DTranspose",
    "Conv2DTranspose": "Convolution2DTranspose Deconvolution2D Deconv2D",
    "Conv3DTranspose": "Convolution3DTranspose Deconvolution3D Deconv3D",
    "SeparableConv1D": "SeparableConvolution1D",
    "SeparableConv2D": "SeparableConvolution2D",
    "AtrousConvolution1D": "AtrousConv1D",
    "AtrousConvolution2D": "AtrousConv2D",
    **{
        f"{long}Pooling{n}D": f"{short}Pool{n}D"
        for long, short in (
            ("Max", "Max"),
            ("Average", "Avg"),
            ("GlobalMax", "GlobalMax"),
            ("GlobalAverage", "GlobalAvg"),
        )
        for n in (1, 2, 3)
    },
}

_OPTIMIZERS = "SGD RMSprop Adagrad Adadelta Adam AdamW Adamax Nadam Ftrl Adafactor Lion Optimizer"

ALIASES = {
    "keras.Model": MODEL,
    "keras.Sequential": SEQUENTIAL,
    "keras.Input": "keras.layers.Input",
    "keras.Layer": LAYER,
    "keras.Optimizer": OPTIMIZER,
    "keras.models.Functional": MODEL,
    "keras.engine.Input": "keras.layers.Input",
    "keras.engine.Layer": LAYER,
    "keras.engine.InputSpec": "keras.layers.InputSpec",
    "keras.engine.Model": MODEL,
    "keras.engine.Container": MODEL,
    "keras.engine.Network": MODEL,
    "keras.engine.get_source_inputs": "keras.utils.get_source_inputs",
    "keras.engine.topology.Layer": LAYER,
    "keras.engine.topology.Input": "keras.layers.Input",
    "keras.engine.topology.InputSpec": "keras.layers.InputSpec",
    "keras.engine.topology.Container": MODEL,
    "keras.engine.topology.Network": MODEL,
    "keras.engine.topology.get_source_inputs": "keras.utils.get_source_inputs",
    "keras.engine.base_layer.Layer": LAYER,
    "keras.engine.network.Network": MODEL,
    "keras.engine.training.Model": MODEL,
    "keras.engine.sequential.Sequential": SEQUENTIAL,
    "keras.models.Input": "keras.layers.Input",
    "keras.mixed_precision.LossScaleOptimizer": "keras.optimizers.LossScaleOptimizer",
    "keras.saving.load_model": "keras.models.load_model",
    "keras.saving.save_model": "keras.models.save_model",
    "keras.utils.clear_session": "keras.backend.clear_session",
    **{
        f"keras.layers.{other}": f"keras.layers.{name}"
        for name, others in _SAME_LAYERS.items()
        for other in others.split()
    },
    **{f"keras.optimizers.{name.lower()}": f"keras.optimizers.{name}" for name in _OPTIMIZERS.split()},
    **{
        f"keras.optimizers.{module}.{name}": f"keras.optimizers.{name}"
        for module in ("legacy", "experimental")
        for name in _OPTIMIZERS.split()
    },
    **{
        f"keras.preprocessing.image.{name}": f"keras.utils.{name}"
        for name in ("load_img", "img_to_array", "array_to_img")
    },
    "keras.preprocessing.image.save_img": "keras.utils.save_img",
    "keras.utils.vis_utils.plot_model": "keras.utils.plot_model",
    "keras.utils.visualize_util.plot": "keras.utils.plot_model",
    "keras.regularizers.L1L2Regularizer": "keras.regularizers.L1L2",
}
"""From other names of the same thing to the one that the tables use."""

_BASES = {
    SEQUENTIAL: MODEL,
    MODEL: LAYER,
    **dict.fromkeys(layers("LSTM GRU SimpleRNN ConvLSTM1D ConvLSTM2D ConvLSTM3D Recurrent"), RNN),
}
"""What a class is a kind of, where its module does not say it."""
_KINDS = {
    "keras.layers": LAYER,
    "keras.optimizers": OPTIMIZER,
    "keras.callbacks": CALLBACK,
    "keras.losses": LOSS,
    "keras.metrics": METRIC,
}

RETURNS = {
    **dict.fromkeys(
        each("keras.models", "load_model model_from_json model_from_yaml model_from_config clone_model"), MODEL
    ),
    "keras.utils.multi_gpu_model": MODEL,
    "keras.utils.training_utils.multi_gpu_model": MODEL,
    **dict.fromkeys(each("keras.optimizers", "get deserialize"), OPTIMIZER),
}
"""What functions give that are no classes."""
MERGING = layers("add average concatenate dot maximum minimum multiply subtract")
"""Functions beside the classes of layers, which other modules had under the same names."""

ALL_LAYERS = layers(
    "Activation ActivityRegularization Add AdditiveAttention AlphaDropout Attention Average AveragePooling1D"
    " AveragePooling2D AveragePooling3D BatchNormalization Bidirectional CategoryEncoding CenterCrop Concatenate Conv1D"
    " Conv1DTranspose Conv2D Conv2DTranspose Conv3D Conv3DTranspose ConvLSTM1D ConvLSTM2D ConvLSTM3D Cropping1D"
    " Cropping2D Cropping3D Dense DepthwiseConv1D DepthwiseConv2D Discretization Dot Dropout ELU EinsumDense Embedding"
    " Flatten GRU GRUCell GaussianDropout GaussianNoise GlobalAveragePooling1D GlobalAveragePooling2D"
    " GlobalAveragePooling3D GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D GroupNormalization Hashing"
    " HashedCrossing Identity Input InputLayer InputSpec IntegerLookup LSTM LSTMCell Lambda Layer LayerNormalization"
    " LeakyReLU Masking MaxPooling1D MaxPooling2D MaxPooling3D Maximum Minimum MultiHeadAttention Multiply"
    " Normalization PReLU Permute RNN ReLU RepeatVector Rescaling Reshape Resizing SeparableConv1D SeparableConv2D"
    " SimpleRNN SimpleRNNCell Softmax SpatialDropout1D SpatialDropout2D SpatialDropout3D StackedRNNCells StringLookup"
    " Subtract TextVectorization ThresholdedReLU TimeDistributed UnitNormalization UpSampling1D UpSampling2D"
    " UpSampling3D Wrapper ZeroPadding1D ZeroPadding2D ZeroPadding3D"
)
"""The layers that Keras 2 and 3 both have, which a star import brings."""

_ALSO_MODULES = frozenset({"keras.layers.Input"})

LAYERS = f"[{LAYER}]"
_VARIABLES = f"[{VARIABLE}]"
"""Types of lists are written with brackets."""

MEMBERS = {
    (MODEL, "layers"): LAYERS,
    (MODEL, "optimizer"): OPTIMIZER,
    (MODEL, "get_layer()"): LAYER,
    (MODEL, "fit()"): HISTORY,
    (MODEL, "fit_generator()"): HISTORY,
    (CALLBACK, "model"): MODEL,
    **{
        ("keras.preprocessing.image.ImageDataGenerator", f"{method}()"): IMAGES
        for method in ("flow", "flow_from_directory", "flow_from_dataframe")
    },
    **{
        (LAYER, member): _VARIABLES
        for member in (
            *("weights", "trainable_weights", "non_trainable_weights"),
            *("variables", "trainable_variables", "non_trainable_variables"),
        )
    },
    **dict.fromkeys(((LAYER, "add_weight()"), (LAYER, "add_variable()"), (LAYER, "kernel"), (LAYER, "bias")), VARIABLE),
}
"""What the methods and the attributes of objects give."""


_ABOVE = frozenset({*_BASES.values(), *_KINDS.values()})


def is_kind(name: str) -> bool:
    """Tell whether other classes of Keras are a kind of a class."""
    return name in _ABOVE


def base(name: str) -> str | None:
    """Return the class of Keras that a class of Keras is a kind of."""
    if name in _BASES:
        return _BASES[name]
    module, _, last = name.rpartition(".")
    kind = _KINDS.get(module) if last[:1].isupper() else None
    return kind if kind != name else None


def made_by(name: str) -> str | None:
    """Return the type of what a call of a function or class of Keras gives, by its name; ``None``: nothing known."""
    if name in RETURNS:
        return RETURNS[name]
    module, _, last = name.rpartition(".")
    if not last[:1].isupper() or name in _ALSO_MODULES:
        return None
    if module.startswith("keras.applications"):
        return MODEL
    return name


def kinds(name: str) -> tuple[str, ...]:
    """Return a class and all that it is a kind of, the nearest first."""
    found = [name]
    while (above := base(found[-1])) is not None:
        found.append(above)
    return tuple(found)
