"""Packages that worked with Keras 2 alone, and modules of TensorFlow and behind Keras that went with it."""

from __future__ import annotations

from flake8_paramdoc.changes.releases import RUN_3, released
from flake8_paramdoc.changes.shapes import Change, PackagesRemoved

_KERAS = "use keras, whose layers, models and utilities have it"
_ADDONS = "it needs Keras 2; Keras 3 has GroupNormalization, AdamW, F1Score, ops.image and more"

_SPLIT_OFF = (
    "AlphaDropout BatchNormalization Bidirectional CategoryEncoding CenterCrop ConvLSTM1D ConvLSTM3D DenseFeatures"
    " DepthwiseConv1D Discretization EinsumDense GRU GRUCell GaussianDropout GaussianNoise Hashing IntegerLookup LSTM"
    " LSTMCell LayerNormalization LocallyConnected1D LocallyConnected2D MultiHeadAttention Normalization RandomContrast"
    " RandomCrop RandomFlip RandomHeight RandomRotation RandomTranslation RandomWidth RandomZoom Rescaling Resizing"
    " StringLookup TextVectorization TimeDistributed Wrapper experimental normalization"
)
"""The layers that TensorFlow's old copy has lost; the others are there."""
_UTILITIES = (
    "CustomObjectScope GeneratorEnqueuer OrderedEnqueuer Progbar Sequence SequenceEnqueuer custom_object_scope"
    " deserialize_keras_object get_custom_objects get_file get_source_inputs multi_gpu_model normalize plot_model"
    " register_keras_serializable serialize_keras_object to_categorical"
)
_BEHIND_KERAS = (
    "dtensor engine estimator feature_column legacy_tf_layers mixed_precision premade_models preprocessing"
    " saving.legacy layers.experimental layers.kernelized layers.locally_connected layers.noise layers.serialization"
    " layers.rnn.base_rnn layers.rnn.legacy_cells metrics.base_metric metrics.py_metric optimizers.legacy"
    " optimizers.optimizer_v1 optimizers.optimizer_v2 optimizers.optimizer_experimental utils.conv_utils"
    " utils.data_utils utils.generic_utils utils.layer_utils utils.losses_utils utils.metrics_utils utils.np_utils"
    " utils.tf_contextlib utils.tf_inspect utils.version_utils utils.vis_utils applications.regnet"
    " applications.resnet_rs"
)
"""What Keras 2 kept under ``keras.src``, and Keras 3 does not."""
_FUNCTIONS = (
    "average_pooling1d average_pooling2d average_pooling3d batch_normalization conv1d conv2d conv2d_transpose conv3d"
    " conv3d_transpose dense dropout flatten max_pooling1d max_pooling2d max_pooling3d separable_conv1d"
    " separable_conv2d"
)

CHANGES: tuple[Change, ...] = (
    PackagesRemoved(
        released("2.4.0", "keras 2.3.1, which needed it, and keras 2.4.0"),
        {"keras_applications": "use keras.applications", "keras_preprocessing": "use keras.utils or tf.data"},
        moved={"keras_applications": "keras.applications"},
        holds="no function is given backend=, layers=, models= or utils=, which only keras_applications took",
    ),
    PackagesRemoved(
        released("3.0.0", "https://github.com/tensorflow/addons/issues/2807"), {"tensorflow_addons": _ADDONS}
    ),
    PackagesRemoved(
        released("2.4.0", "tensorflow 2.0.0: the release notes"), {"tensorflow.contrib.keras": "use tensorflow.keras"}
    ),
    PackagesRemoved(
        RUN_3,
        {
            f"tensorflow.compat.{version}.keras": "write from tensorflow import keras, or tf.compat.v1.keras.X in full"
            for version in ("v1", "v2")
        },
        only_imports=True,
    ),
    PackagesRemoved(
        released("3.10.0", "the modules of keras 3.9.0 and 3.10.0"), {"keras.api": "write keras without api"}
    ),
    PackagesRemoved(RUN_3, {f"keras.src.{module}": _KERAS for module in _BEHIND_KERAS.split()}),
    PackagesRemoved(
        RUN_3,
        {
            f"tensorflow.python.keras.{module}": "use tensorflow.keras: what is left there is another Keras"
            for module in (
                *("applications", "datasets", "preprocessing", "wrappers", "estimator", "premade"),
                *("engine.network", "engine.topology", "layers.recurrent_v2", "layers.wrappers", "layers.noise"),
                *("layers.local", "layers.cudnn_recurrent", "utils.multi_gpu_utils"),
            )
        },
    ),
    PackagesRemoved(
        RUN_3,
        {
            f"tensorflow.python.keras.{module}.{name}": f"use tensorflow.keras.{module}.{name}"
            for module, names in (("layers", _SPLIT_OFF), ("utils", _UTILITIES))
            for name in names.split()
        },
    ),
    PackagesRemoved(
        released("2.4.0", "the modules of tensorflow 2.3.0 and 2.4.0"),
        {
            f"tensorflow.python.keras.engine.{name}": f"use tensorflow.keras.{today}"
            for name, today in {
                "Input": "Input",
                "InputLayer": "layers.InputLayer",
                "InputSpec": "layers.InputSpec",
                "Layer": "layers.Layer",
                "Model": "Model",
                "Network": "Model",
                "Sequential": "Sequential",
            }.items()
        },
    ),
    PackagesRemoved(
        RUN_3,
        {
            f"tensorflow.python.keras.optimizers.{name}": f"use tensorflow.keras.optimizers.{name}"
            for name in ("Adadelta", "Adagrad", "Adam", "Adamax", "Ftrl", "Nadam", "RMSprop", "SGD", "schedules")
        },
    ),
    PackagesRemoved(
        RUN_3,
        {f"tensorflow.compat.v1.layers.{name}": "use a layer of keras.layers" for name in _FUNCTIONS.split()},
    ),
)
