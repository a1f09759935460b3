"""Names that Keras 3 moved or no longer has, outside ``keras.backend``: modules, layers, losses, utilities.

Sources: the public names of every release from keras 2.0 to 3.15, and the migration guide.
"""

from __future__ import annotations

from flake8_paramdoc.changes.keras3_backend import GUIDE, NAMES
from flake8_paramdoc.changes.shapes import Change, ModulesMoved, NamesRemoved, NamesRenamed, Outcome

_PRIVATE = "the modules of keras 2.5.0 and 2.6.0, which made them private"
_LAYER_MODULES = (
    "advanced_activations convolutional convolutional_recurrent core cudnn_recurrent embeddings local merge noise"
    " normalization pooling recurrent wrappers"
)
_EXPERIMENTAL_LAYERS = (
    "CategoryEncoding CenterCrop Discretization HashedCrossing Hashing IntegerLookup Normalization RandomContrast"
    " RandomCrop RandomFlip RandomRotation RandomTranslation RandomZoom Rescaling Resizing StringLookup"
    " TextVectorization"
)
_OPTIMIZERS = "Adadelta Adagrad Adam Adamax Ftrl Nadam RMSprop SGD"
# Under keras.optimizers.legacy, classes of these names raise an error when they are called.
_STILL_THERE = ("Adagrad", "Adam", "Ftrl", "Optimizer", "RMSprop", "SGD")
_LOSSES = {
    "KLD": "kl_divergence",
    "MAE": "mean_absolute_error",
    "MAPE": "mean_absolute_percentage_error",
    "MSE": "mean_squared_error",
    "MSLE": "mean_squared_logarithmic_error",
    "kullback_leibler_divergence": "kl_divergence",
    "logcosh": "log_cosh",
}
_SHORT_LOSSES = {name: f"keras.losses.{new}" for old, new in _LOSSES.items() for name in {old, old.lower()}}
_ALIASES = "Convolution1D Convolution2D Convolution3D SeparableConvolution1D SeparableConvolution2D"
SERIALIZING = {name: f"keras.utils.{name}" for name in ("deserialize_keras_object", "serialize_keras_object")}

_MODULES = (
    ModulesMoved(
        module="keras.layers",
        names=dict.fromkeys(_LAYER_MODULES.split(), "keras.layers"),
        since="3.0.0",
        source=_PRIVATE,
    ),
    ModulesMoved(
        module="keras",
        names={"engine": "keras.layers, keras.models and keras.Input", "legacy.layers": "keras.layers"},
        since="3.0.0",
        source=_PRIVATE,
    ),
    ModulesMoved(
        module="keras",
        names=dict.fromkeys(("optimizer_v2", "optimizers.optimizer_v2"), "keras.optimizers"),
        since="2.11.0",
        step=3,
        source="the modules of keras 2.8.0, 2.10.0 and 2.12.0",
    ),
    NamesRemoved(
        module="keras.saving",
        names={"hdf5_format": "use load_weights and save_weights of the model"},
        since="2.11.0",
        step=3,
        source="the modules of keras 2.10.0 and 2.12.0",
    ),
    ModulesMoved(
        module="keras.utils",
        names=dict.fromkeys(
            [
                "np_utils",
                "data_utils",
                "vis_utils",
                "generic_utils",
                "io_utils",
                "layer_utils",
                "conv_utils",
                "training_utils",
                "test_utils",
            ],
            "keras.utils",
        ),
        since="3.0.0",
        source=_PRIVATE,
    ),
    ModulesMoved(
        module="keras.backend",
        names=dict.fromkeys(
            ["tensorflow_backend", "theano_backend", "cntk_backend", "common", "load_backend"],
            "keras.ops or keras.backend",
        ),
        since="3.0.0",
        source=_PRIVATE,
    ),
    ModulesMoved(
        module="keras.layers",
        names={
            "experimental": "keras.layers",
            "experimental.preprocessing": "keras.layers",
        },
        since="3.0.0",
        source=NAMES,
    ),
    ModulesMoved(
        module="keras",
        names={
            "callbacks.experimental": "keras.callbacks",
            "metrics.experimental": "keras.metrics",
            "models.experimental": "keras.models",
            "optimizers.experimental": "keras.optimizers",
            "utils.experimental": "keras.utils",
            "mixed_precision.experimental": "keras.mixed_precision",
            "experimental": "keras.layers, keras.optimizers.schedules or keras.utils",
            "wrappers.scikit_learn": "SKLearnClassifier, SKLearnRegressor of keras.wrappers, or the package scikeras",
            "datasets.cifar": "keras.datasets.cifar10 or keras.datasets.cifar100",
        },
        since="3.0.0",
        source=NAMES,
    ),
)

_LAYERS = (
    NamesRenamed(
        module="keras.layers",
        names={
            "CuDNNGRU": "keras.layers.GRU, which uses cuDNN by itself",
            "CuDNNLSTM": "keras.layers.LSTM, which uses cuDNN by itself",
            "AbstractRNNCell": "keras.layers.Layer",
            "DenseFeatures": "keras.utils.FeatureSpace",
        },
        since="3.0.0",
        source=NAMES,
    ),
    NamesRenamed(
        module="keras.layers",
        names={
            "ThresholdedReLU": "keras.layers.ReLU, with threshold=",
            "RandomHeight": "keras.layers.RandomZoom",
            "RandomWidth": "keras.layers.RandomZoom",
        },
        kept_in_tensorflow=True,
        since="3.0.0",
        source=NAMES,
    ),
    NamesRemoved(
        module="keras.layers",
        names={
            "LocallyConnected1D": "write a layer of your own, with keras.ops.einsum on slices of the input",
            "LocallyConnected2D": "write a layer of your own, with keras.ops.einsum on slices of the input",
            "ConvLSTM2DCell": "use keras.layers.ConvLSTM2D",
            "ConvRNN2D": "use keras.layers.ConvLSTM2D, or keras.layers.RNN with a cell of your own",
            "enable_v2_dtype_behavior": "drop it",
            "disable_v2_dtype_behavior": "use keras.config.set_dtype_policy",
        },
        since="3.0.0",
        source=NAMES,
    ),
    NamesRenamed(
        module="keras.layers",
        names=SERIALIZING,
        since="3.0.0",
        source=NAMES,
    ),
    NamesRenamed(
        module="keras.layers.experimental",
        names={
            "EinsumDense": "keras.layers.EinsumDense",
            "SyncBatchNormalization": "keras.layers.BatchNormalization, with synchronized=True",
        },
        since="3.0.0",
        source=NAMES,
    ),
    NamesRemoved(
        module="keras.layers.experimental",
        names={
            "DynamicEmbedding": "use keras.layers.StringLookup and keras.layers.Embedding",
            "DynamicLookup": "use keras.layers.StringLookup",
            "RandomFourierFeatures": "write a layer of your own",
        },
        since="3.0.0",
        source=NAMES,
    ),
    NamesRenamed(
        module="keras.layers.experimental.preprocessing",
        names={name: f"keras.layers.{name}" for name in _EXPERIMENTAL_LAYERS.split()},
        since="3.0.0",
        source=NAMES,
    ),
    NamesRemoved(
        module="keras.layers.experimental.preprocessing",
        names={
            "CategoryCrossing": "use keras.layers.HashedCrossing",
            "PreprocessingLayer": "use keras.layers.Layer",
            "RandomHeight": "use keras.layers.RandomZoom",
            "RandomWidth": "use keras.layers.RandomZoom",
        },
        since="3.0.0",
        source=NAMES,
    ),
    NamesRenamed(
        module="keras.layers",
        names={name: f"keras.layers.{name.replace('Convolution', 'Conv')}" for name in _ALIASES.split()},
        outcome=Outcome.WORKS,
        since="2.0.0",
        source="keras 2.0.0 and 3.15.1: the public names",
    ),
)

_TRAINING = (
    NamesRenamed(
        module="keras.losses",
        names=_SHORT_LOSSES,
        kept_in_tensorflow=True,
        since="3.0.0",
        source=NAMES,
    ),
    NamesRenamed(
        module="keras.metrics",
        names=_SHORT_LOSSES,
        kept_in_tensorflow=True,
        since="3.0.0",
        source=NAMES,
    ),
    NamesRenamed(
        module="keras.losses",
        names={
            "Reduction": 'reduction="sum", "sum_over_batch_size" or None',
        },
        kept_in_tensorflow=True,
        since="3.0.0",
        source=GUIDE,
    ),
    NamesRenamed(
        module="keras.losses",
        names={
            "cosine": "keras.losses.cosine_similarity",
            "cosine_proximity": "keras.losses.cosine_similarity",
            "huber_loss": "keras.losses.huber",
            **SERIALIZING,
        },
        since="3.0.0",
        source=NAMES,
    ),
    NamesRemoved(
        module="keras.losses",
        names={
            "LossFunctionWrapper": "write a keras.losses.Loss of your own",
            "is_categorical_crossentropy": "compare the loss yourself",
        },
        since="3.0.0",
        source=NAMES,
    ),
    NamesRenamed(
        module="keras.metrics",
        names={
            "cosine": "keras.losses.cosine_similarity",
            "cosine_proximity": "keras.losses.cosine_similarity",
            "cosine_similarity": "keras.losses.cosine_similarity",
            "accuracy": "keras.metrics.Accuracy",
            **SERIALIZING,
        },
        since="3.0.0",
        source=NAMES,
    ),
    NamesRemoved(
        module="keras.metrics",
        names={
            "Layer": "use keras.layers.Layer",
            "MeanRelativeError": "write a metric of your own",
            "MeanTensor": "write a metric of your own",
            "Reduce": "use keras.metrics.Mean or keras.metrics.Sum",
            "SensitivitySpecificityBase": "use keras.metrics.SensitivityAtSpecificity",
            "clone_metric": "use metric.from_config(metric.get_config())",
            "clone_metrics": "use metric.from_config(metric.get_config())",
            "experimental.PyMetric": "write a keras.metrics.Metric of your own",
        },
        since="3.0.0",
        source=NAMES,
    ),
    NamesRenamed(
        module="keras.optimizers",
        names={name.lower(): f"keras.optimizers.{name}" for name in _OPTIMIZERS.split() if name != "Ftrl"},
        since="3.0.0",
        source="keras 2.3.1, keras/optimizers.py, which still had the names in lower case",
    ),
    NamesRenamed(
        module="keras.optimizers.legacy",
        names={name: f"keras.optimizers.{name}" for name in _STILL_THERE},
        still_there=True,
        since="3.0.0",
        source="keras 3.15.1, keras/src/optimizers/__init__.py: LegacyOptimizerWarning",
    ),
    NamesRenamed(
        module="keras.optimizers.legacy",
        names={name: f"keras.optimizers.{name}" for name in _OPTIMIZERS.split() if name not in _STILL_THERE},
        since="3.0.0",
        source=NAMES,
    ),
    NamesRenamed(
        module="keras.optimizers.experimental",
        names={name: f"keras.optimizers.{name}" for name in f"{_OPTIMIZERS} AdamW Adafactor Optimizer".split()},
        since="3.0.0",
        source=NAMES,
    ),
    NamesRenamed(module="keras.optimizers", names=SERIALIZING, since="3.0.0", source=NAMES),
    NamesRemoved(
        module="keras.optimizers",
        names={"TFOptimizer": "use an optimizer of Keras", "clip_norm": "pass clipnorm= to the optimizer"},
        since="3.0.0",
        source=NAMES,
    ),
    NamesRemoved(
        module="keras.callbacks",
        names={
            "BaseLogger": "drop it, Keras averages by itself",
            "SidecarEvaluatorModelExport": "use keras.callbacks.ModelCheckpoint",
            "experimental.UpdateEmbeddingCallback": "write a callback of your own",
        },
        since="3.0.0",
        source=NAMES,
    ),
    NamesRenamed(
        module="keras.callbacks.experimental",
        names={"BackupAndRestore": "keras.callbacks.BackupAndRestore"},
        since="3.0.0",
        source=NAMES,
    ),
)

CHANGES: tuple[Change, ...] = (*_MODULES, *_LAYERS, *_TRAINING)
