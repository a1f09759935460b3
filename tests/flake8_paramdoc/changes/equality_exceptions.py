# ruff: noqa: E501 - a reason a line
"""What is not compared in both Kerases, or under another name, or differs where its row says so."""

from __future__ import annotations

from collections.abc import Mapping

_STATE = "it changes the state of Keras"

NOT_RUN: Mapping[str, str] = {
    **{
        f"keras.backend.update_{name}": "its TensorFlow function takes no variable outside of a graph of TensorFlow 1"
        for name in ("add", "sub")
    },
    **{
        f"keras.metrics.{name}": "Keras 2.3 had the function, with the other sign than the loss; tf_keras has no copy of it"
        for name in ("cosine", "cosine_proximity", "cosine_similarity")
    },
    "keras.utils.print_summary": "Keras 2.3 had it; tf_keras has no copy of it",
    "keras.optimizers.legacy.Optimizer": "it is a base class",
    "keras.optimizers.experimental.Optimizer": "it is a base class",
    "keras.backend.name_scope": "it gives a context, not a value",
    **{
        f"keras.optimizers.{name}": "Keras 2.3 had it; the defaults of the class in tf_keras are others"
        for name in ("adadelta", "adagrad", "adamax")
    },
    **{
        f"keras.applications.{module}.Input": "it gives no value; layers that are called on it are compared"
        for module in ("inception_v3", "mobilenet", "resnet50", "vgg16", "vgg19", "xception")
    },
    "keras.utils.layer_utils.convert_dense_weights_data_format": "tf_keras no longer has it; Keras 2.3 turned weights with it",
    "keras.backend.reset_uids": _STATE,
    **{
        f"keras.{module}.convert_all_kernels_in_model": "tf_keras no longer has it; Keras 2.3 turned kernels for Theano with it"
        for module in ("utils", "utils.layer_utils")
    },
    **{
        f"keras.utils.conv_utils.normalize_{name}": "tf_keras keeps it to itself; the fixer's tests write it"
        for name in ("data_format", "padding")
    },
    **{
        f"keras.applications.mobilenet.{name}": "Keras 2.1 had it there; tf_keras has it in another module alone"
        for name in ("DepthwiseConv2D", "relu6")
    },
    **{
        f"keras.backend.{name}": "tf_keras no longer has it; Keras 2.3 had"
        for name in ("identity", "is_tensor", "logsumexp", "size", "slice")
    },
}  # fmt: skip
"""What is not run, and why."""

_APPLICATIONS = ("inception_v3", "mobilenet", "resnet50", "vgg16", "vgg19", "xception")

_BUILT_OF = [
    "Activation",
    "AveragePooling2D",
    "BatchNormalization",
    "Conv2D",
    "Dense",
    "Dropout",
    "Flatten",
    "GlobalAveragePooling2D",
    "GlobalMaxPooling2D",
    "InputSpec",
    "MaxPooling2D",
    "Reshape",
    "SeparableConv2D",
    "ZeroPadding2D",
]
"""What the modules of the applications had imported for themselves."""

SAME_AS: Mapping[str, str] = {
    **{f"keras.applications.{module}.{name}": f"keras.layers.{name}" for module in _APPLICATIONS for name in _BUILT_OF},
    **{f"keras.applications.{module}.Model": "keras.models.Model" for module in _APPLICATIONS},
    "keras.callbacks.Progbar": "keras.utils.Progbar",
    "keras.models.Functional": "keras.models.Model",
    "keras.models.Layer": "keras.layers.Layer",
    **{f"keras.layers.{name}V2": f"keras.layers.{name}" for name in ("GRU", "GRUCell", "LSTM", "LSTMCell", "BatchNormalization")},
    "keras.layers.BatchNormalizationV1": "keras.src.layers.BatchNormalizationV1",
    "keras.applications.imagenet_utils._obtain_input_shape": "keras.src.applications.imagenet_utils.obtain_input_shape",
    "keras.backend.set_session": "keras.src.backend.set_session",
    **{f"keras.layers.{name}": f"keras.src.layers.rnn.{name}" for name in ("CuDNNGRU", "CuDNNLSTM")},
    **{f"keras.layers.{name}": f"keras.{name}" for name in ("activations", "constraints", "initializers", "regularizers")},
    **{
        f"keras.{module}.{name}_keras_object": f"keras.utils.{name}_keras_object"
        for module in (
            "activations", "constraints", "initializers", "layers", "losses", "metrics", "optimizers", "regularizers",
        )
        for name in ("serialize", "deserialize")
    },
    **{
        f"keras.optimizers.{name.lower()}": f"keras.optimizers.legacy.{name}" for name in ("Adam", "RMSprop", "SGD")
    },
    "keras.initializers.normal": "keras.initializers.RandomNormal",
    "keras.initializers.uniform": "keras.initializers.RandomUniform",
    "keras.initializers.one": "keras.initializers.Ones",
    "keras.initializers.zero": "keras.initializers.Zeros",
    "keras.losses.cosine": "keras.losses.cosine_similarity",
    "keras.losses.cosine_proximity": "keras.losses.cosine_similarity",
    "keras.losses.huber_loss": "keras.losses.huber",
    "keras.mixed_precision.experimental.Policy": "keras.mixed_precision.Policy",
    "keras.mixed_precision.experimental.global_policy": "keras.mixed_precision.global_policy",
    "keras.mixed_precision.experimental.set_policy": "keras.mixed_precision.set_global_policy",
}  # fmt: skip
"""What tf_keras no longer has under a name that earlier releases of Keras 2, or those for TensorFlow 1, gave to the same
object."""

LEFT_OUT: Mapping[str, str] = {
    "keras.applications.imagenet_utils._obtain_input_shape": "channels_first",
    "keras.backend.argmin": r"\bedges\b",
    "keras.backend.binary_crossentropy": r"output=matrix\)|\(hot, matrix\)",
    "keras.backend.max": r"\bempty\b",
    "keras.backend.mean": r"\bwhole\b",
    "keras.backend.min": r"\bempty\b",
    "keras.backend.relu": r"edges, threshold=0\.1|x=edges, threshold=0\.1",
    "keras.backend.shape": r"\bscalar\b",
    "keras.backend.softmax": r"\[0, 1\]|\bedges\b",
    "keras.layers.CuDNNLSTM": "CuDNNLSTM",
}
"""The calls whose results differ although the row says "renamed" or writes them anew: what the row's ``holds`` leaves out,
by a pattern of the call."""
