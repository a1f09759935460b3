"""Names that Keras 3 gave to what had others, and modules that it moved, but for those of the backend."""

from __future__ import annotations

from flake8_paramdoc.changes.releases import (
    BOTH_RUN_3,
    GUIDE_3,
    NAMES_2_4,
    NAMES_3,
    PRIVATE_3,
    TENSORFLOW_3,
    in_file,
    released,
)
from flake8_paramdoc.changes.shapes import Change, Fate, ModulesMoved, NamesRenamed

_LAYER_MODULES = (
    "advanced_activations convolutional convolutional_recurrent core cudnn_recurrent embeddings local merge noise"
    " normalization pooling recurrent wrappers"
)
SERIALIZING = {name: f"keras.utils.{name}" for name in ("deserialize_keras_object", "serialize_keras_object")}
_EXPERIMENTAL_LAYERS = (
    "CategoryEncoding CenterCrop Discretization HashedCrossing Hashing IntegerLookup Normalization RandomContrast"
    " RandomCrop RandomFlip RandomRotation RandomTranslation RandomZoom Rescaling Resizing StringLookup"
    " TextVectorization"
)
_LOSSES = {
    "KLD": "kl_divergence",
    "MAE": "mean_absolute_error",
    "MAPE": "mean_absolute_percentage_error",
    "MSE": "mean_squared_error",
    "MSLE": "mean_squared_logarithmic_error",
    "kullback_leibler_divergence": "kl_divergence",
    "logcosh": "log_cosh",
}
_SHORT_LOSSES = {
    name: f"keras.losses.{new}" for old, new in _LOSSES.items() for name in dict.fromkeys((old, old.lower()))
}
_OPTIMIZERS = "Adadelta Adagrad Adam Adamax Ftrl Nadam RMSprop SGD"
_STILL_THERE = ("Adagrad", "Adam", "Ftrl", "Optimizer", "RMSprop", "SGD")
_BY_NAME = "what stands behind epsilon, or behind nesterov of SGD, is passed by its name, and decay is not passed"
_NADAM = "whose momentum follows another schedule"

CHANGES: tuple[Change, ...] = (
    ModulesMoved(PRIVATE_3, "keras.layers", dict.fromkeys(_LAYER_MODULES.split(), "keras.layers")),
    ModulesMoved(
        PRIVATE_3, "keras", {"engine": "keras.layers, keras.models and keras.Input", "legacy.layers": "keras.layers"}
    ),
    ModulesMoved(
        released("2.11.0", "the modules of keras 2.8.0, 2.10.0 and 2.12.0"),
        "keras",
        dict.fromkeys(("optimizer_v2", "optimizers.optimizer_v2"), "keras.optimizers"),
    ),
    ModulesMoved(
        PRIVATE_3,
        "keras.utils",
        dict.fromkeys(
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
    ),
    ModulesMoved(
        PRIVATE_3,
        "keras.backend",
        dict.fromkeys(
            ["tensorflow_backend", "theano_backend", "cntk_backend", "common", "load_backend"],
            "keras.ops or keras.backend",
        ),
    ),
    ModulesMoved(
        NAMES_3, "keras.layers", {"experimental": "keras.layers", "experimental.preprocessing": "keras.layers"}
    ),
    ModulesMoved(
        NAMES_3,
        "keras",
        {
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
    ),
    NamesRenamed(
        NAMES_3,
        "keras.layers",
        {
            "CuDNNGRU": "keras.layers.GRU, which uses cuDNN by itself",
            "CuDNNLSTM": "keras.layers.LSTM, which uses cuDNN by itself",
            "AbstractRNNCell": "keras.layers.Layer, with state_size and get_initial_state()",
            "DenseFeatures": "keras.utils.FeatureSpace, which takes the columns by name",
        },
        written={"CuDNNGRU": "keras.layers.GRU", "CuDNNLSTM": "keras.layers.LSTM"},
        unsafe={"CuDNNLSTM": "it had a second bias: the count is smaller by 4 × units"},
    ),
    NamesRenamed(
        NAMES_3,
        "keras.layers",
        {
            "ThresholdedReLU(theta=1.0)": "keras.layers.ReLU(threshold=theta)",
            "RandomHeight": "keras.layers.RandomZoom, which keeps the size of the image",
            "RandomWidth": "keras.layers.RandomZoom, which keeps the size of the image",
        },
        kept_in_tensorflow=True,
    ),
    NamesRenamed(NAMES_3, "keras.layers", SERIALIZING),
    # The modules that Keras 1 and 2.0 imported there for themselves.
    NamesRenamed(
        released("2.4.0", "keras 2.3.1, keras/layers/__init__.py, and keras 2.4.0"),
        "keras.layers",
        {name: f"keras.{name}" for name in ("activations", "constraints", "initializers", "regularizers")},
    ),
    NamesRenamed(
        NAMES_3,
        "keras.layers.experimental",
        {
            "EinsumDense": "keras.layers.EinsumDense",
            "SyncBatchNormalization(axis=..., momentum=..., epsilon=..., center=..., scale=...)": (
                "keras.layers.BatchNormalization(axis, momentum=momentum, epsilon=epsilon, center=center, scale=scale,"
                " synchronized=True)"
            ),
        },
    ),
    NamesRenamed(
        NAMES_3,
        "keras.layers.experimental.preprocessing",
        {name: f"keras.layers.{name}" for name in _EXPERIMENTAL_LAYERS.split()},
    ),
    NamesRenamed(NAMES_3, "keras.losses", _SHORT_LOSSES, kept_in_tensorflow=True),
    NamesRenamed(NAMES_3, "keras.metrics", _SHORT_LOSSES, kept_in_tensorflow=True),
    NamesRenamed(
        GUIDE_3,
        "keras.losses",
        {"Reduction": 'reduction="sum", "sum_over_batch_size" or None'},
        kept_in_tensorflow=True,
    ),
    NamesRenamed(
        NAMES_3,
        "keras.losses",
        {
            "cosine": "keras.losses.cosine_similarity",
            "cosine_proximity": "keras.losses.cosine_similarity",
            "huber_loss": "keras.losses.huber",
            **SERIALIZING,
        },
    ),
    NamesRenamed(
        NAMES_3,
        "keras.metrics",
        {
            # The loss is the negative of what the metric was.
            **{
                f"{name}(y_true, y_pred, axis=...)": "-keras.losses.cosine_similarity(y_true, y_pred, axis=axis)"
                for name in ("cosine", "cosine_proximity", "cosine_similarity")
            },
            "accuracy": "keras.metrics.Accuracy, which is a class",
            **SERIALIZING,
        },
    ),
    NamesRenamed(
        released("3.0.0", "keras 2.3.1, keras/optimizers.py, which still had the names in lower case"),
        "keras.optimizers",
        {
            **{name.lower(): f"keras.optimizers.{name}" for name in ("Adam", "RMSprop", "SGD")},
            "adadelta(learning_rate=1.0, rho=...)": "keras.optimizers.Adadelta(learning_rate, rho=rho)",
            "adagrad(learning_rate=0.01)": "keras.optimizers.Adagrad(learning_rate, initial_accumulator_value=0.0)",
            "adamax(learning_rate=0.002, beta_1=..., beta_2=...)": (
                "keras.optimizers.Adamax(learning_rate, beta_1=beta_1, beta_2=beta_2)"
            ),
            "nadam": f"keras.optimizers.Nadam, {_NADAM}",
        },
    ),
    NamesRenamed(
        released("3.0.0", "keras 3.15.1, keras/src/optimizers/__init__.py: LegacyOptimizerWarning"),
        "keras.optimizers.legacy",
        {name: f"keras.optimizers.{name}" for name in _STILL_THERE},
        still_there=True,
        holds=dict.fromkeys(_STILL_THERE, _BY_NAME),
    ),
    NamesRenamed(
        NAMES_3,
        "keras.optimizers.legacy",
        {
            **{name: f"keras.optimizers.{name}" for name in ("Adadelta", "Adamax")},
            "Nadam": f"keras.optimizers.Nadam, {_NADAM}",
        },
        holds=dict.fromkeys(_OPTIMIZERS.split(), _BY_NAME),
    ),
    NamesRenamed(
        NAMES_3,
        "keras.optimizers.experimental",
        {name: f"keras.optimizers.{name}" for name in f"{_OPTIMIZERS} AdamW Adafactor Optimizer".split()},
    ),
    NamesRenamed(NAMES_3, "keras.optimizers", SERIALIZING),
    NamesRenamed(NAMES_3, "keras.callbacks.experimental", {"BackupAndRestore": "keras.callbacks.BackupAndRestore"}),
    NamesRenamed(
        in_file("2.6.0", "keras/saving/model_config.py", 3),
        "keras.models",
        {"model_from_yaml": "keras.models.model_from_json, and model.to_json for what it reads"},
    ),
    NamesRenamed(
        NAMES_2_4,
        "keras.utils",
        {
            "multi_gpu_model": "keras.distribution, or tf.distribute.MirroredStrategy",
            "print_summary(model)": "model.summary()",
        },
    ),
    NamesRenamed(
        NAMES_2_4,
        "keras.utils.training_utils",
        {"multi_gpu_model": "keras.distribution, or tf.distribute.MirroredStrategy"},
    ),
    NamesRenamed(
        NAMES_3,
        "keras.preprocessing.image",
        {"ImageDataGenerator": "keras.utils.image_dataset_from_directory and layers of augmentation"},
        kept_in_tensorflow=True,
    ),
    NamesRenamed(
        NAMES_3,
        "keras.preprocessing.sequence",
        {"TimeseriesGenerator": "keras.utils.timeseries_dataset_from_array, which is a function"},
        kept_in_tensorflow=True,
    ),
    NamesRenamed(
        NAMES_3,
        "keras.preprocessing",
        {"text": "keras.layers.TextVectorization, which is a layer"},
        kept_in_tensorflow=True,
    ),
    NamesRenamed(
        NAMES_3,
        "keras.preprocessing.text",
        {
            "Tokenizer": "keras.layers.TextVectorization, which is a layer",
            "one_hot": "keras.layers.Hashing, which is a layer",
            "hashing_trick": "keras.layers.Hashing, which is a layer",
            "text_to_word_sequence": "keras.layers.TextVectorization, which is a layer",
            "tokenizer_from_json": "keras.layers.TextVectorization, saved with its model",
        },
        kept_in_tensorflow=True,
    ),
    NamesRenamed(
        released("2.13.0", "the public names of keras 2.12.0 and 2.13.0"),
        "keras.wrappers.scikit_learn",
        {
            "KerasClassifier": "keras.wrappers.SKLearnClassifier, or KerasClassifier of the package scikeras",
            "KerasRegressor": "keras.wrappers.SKLearnRegressor, or KerasRegressor of the package scikeras",
            "BaseWrapper": "keras.wrappers.SKLearnClassifier, or BaseWrapper of the package scikeras",
        },
    ),
    NamesRenamed(
        NAMES_3,
        "keras.initializers",
        {
            "normal": "keras.initializers.RandomNormal",
            "uniform": "keras.initializers.RandomUniform",
            "one": "keras.initializers.Ones",
            "zero": "keras.initializers.Zeros",
            **SERIALIZING,
        },
    ),
    # Of what has two names, tensorflow.keras keeps the short one alone.
    *(
        NamesRenamed(
            TENSORFLOW_3,
            module,
            {
                "kl_divergence": f"{module}.kld",
                "log_cosh": f"{module}.logcosh",
                "mean_absolute_error": f"{module}.mae",
                "mean_absolute_percentage_error": f"{module}.mape",
                "mean_squared_error": f"{module}.mse",
                "mean_squared_logarithmic_error": f"{module}.msle",
            },
            only_in_tensorflow=True,
        )
        for module in ("keras.losses", "keras.metrics")
    ),
    NamesRenamed(NAMES_3, "keras.activations", SERIALIZING),
    NamesRenamed(
        BOTH_RUN_3,
        "keras.activations",
        {"hard_sigmoid(x)": "keras.ops.clip(0.2 * x + 0.5, 0, 1)"},
        outcome=Fate.SILENT,
        silently="has another slope, 1 / 6 for 0.2,",
        before_keras_3=True,
    ),
    NamesRenamed(NAMES_3, "keras.constraints", SERIALIZING),
    NamesRenamed(NAMES_3, "keras.regularizers", SERIALIZING),
    NamesRenamed(
        NAMES_3,
        "keras.experimental",
        {
            "CosineDecay": "keras.optimizers.schedules.CosineDecay",
            "CosineDecayRestarts": "keras.optimizers.schedules.CosineDecayRestarts",
        },
    ),
    NamesRenamed(
        NAMES_3,
        "keras.mixed_precision.experimental",
        {
            "Policy": "keras.mixed_precision.Policy",
            "global_policy": "keras.mixed_precision.global_policy",
            "set_policy": "keras.mixed_precision.set_global_policy",
        },
    ),
)
