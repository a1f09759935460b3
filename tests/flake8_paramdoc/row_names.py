"""Names and import lines: what stands for a name today, where the table says nothing or a rule does not fit."""

from __future__ import annotations

from tests.flake8_paramdoc.row_overrides import MODEL, TRAINING

_LOSSES = {
    "KLD": "kl_divergence",
    "MAE": "mean_absolute_error",
    "MAPE": "mean_absolute_percentage_error",
    "MSE": "mean_squared_error",
    "MSLE": "mean_squared_logarithmic_error",
    "cosine": "cosine_similarity",
    "cosine_proximity": "cosine_similarity",
    "deserialize": "deserialize",
    "get": "get",
    "huber_loss": "huber",
    "kld": "kl_divergence",
    "kullback_leibler_divergence": "kl_divergence",
    "logcosh": "log_cosh",
    "mae": "mean_absolute_error",
    "mape": "mean_absolute_percentage_error",
    "mse": "mean_squared_error",
    "msle": "mean_squared_logarithmic_error",
    "serialize": "serialize",
}

TODAY: dict[str, str] = {
    **{f"keras.objectives.{old}": f"keras.losses.{new}" for old, new in _LOSSES.items()},
    **{
        f"keras.{module}.{name}": f"keras.utils.{name}"
        for module in ("layers", "losses", "metrics", "optimizers")
        for name in ("deserialize_keras_object", "serialize_keras_object")
    },
    "keras.layers.AtrousConvolution1D": "keras.layers.Conv1D",
    "keras.layers.AtrousConvolution2D": "keras.layers.Conv2D",
    "keras.layers.Deconvolution2D": "keras.layers.Conv2DTranspose",
    "keras.layers.Deconvolution3D": "keras.layers.Conv3DTranspose",
    "keras.layers.Merge": "keras.layers.Concatenate",
    "keras.layers.Recurrent": "keras.layers.RNN",
    "keras.layers.advanced_activations": "keras.layers.LeakyReLU",
    "keras.layers.advanced_activations.ThresholdedReLU": "keras.layers.ReLU",
    "keras.layers.convolutional": "keras.layers.Conv2D",
    "keras.layers.convolutional.Deconv2D": "keras.layers.Conv2DTranspose",
    "keras.layers.convolutional.Deconv3D": "keras.layers.Conv3DTranspose",
    "keras.layers.convolutional.Deconvolution2D": "keras.layers.Conv2DTranspose",
    "keras.layers.convolutional.Deconvolution3D": "keras.layers.Conv3DTranspose",
    "keras.layers.convolutional_recurrent": "keras.layers.ConvLSTM2D",
    "keras.layers.core": "keras.layers.Dense",
    "keras.layers.cudnn_recurrent": "keras.layers.LSTM",
    "keras.layers.cudnn_recurrent.CuDNNGRU": "keras.layers.GRU",
    "keras.layers.cudnn_recurrent.CuDNNLSTM": "keras.layers.LSTM",
    "keras.layers.embeddings": "keras.layers.Embedding",
    "keras.layers.experimental": "keras.layers.RandomFlip",
    "keras.layers.experimental.preprocessing": "keras.layers.RandomFlip",
    "keras.layers.merge": "keras.layers.concatenate",
    "keras.layers.noise": "keras.layers.GaussianNoise",
    "keras.layers.normalization": "keras.layers.BatchNormalization",
    "keras.layers.pooling": "keras.layers.MaxPooling2D",
    "keras.layers.recurrent": "keras.layers.LSTM",
    "keras.layers.wrappers": "keras.layers.TimeDistributed",
    "keras.losses.huber_loss": "keras.losses.huber",
    "keras.metrics.Layer": "keras.layers.Layer",
    "keras.models.Input": "keras.Input",
    "keras.models.InputLayer": "keras.layers.InputLayer",
    "keras.optimizers.experimental": "keras.optimizers.Adam",
    "keras.callbacks.experimental": "keras.callbacks.BackupAndRestore",
}
"""From an old dotted name to today's, where the table has none, or one that is not right."""

_UPDATE = "import keras\n\nvariable = keras.Variable(1.0)\nvariable.{}(2.0)\n"
_STRATEGY = "import tensorflow as tf\n\nstrategy = tf.distribute.MirroredStrategy()\n"
_REDUCTION = 'from keras.losses import MeanSquaredError\n\nloss = MeanSquaredError(reduction="{}")\n'
_TRANSFORM = (
    "from tensorflow.keras.preprocessing.image import apply_affine_transform\n\nprint(apply_affine_transform)\n"
)

INSTEAD: dict[str, str | None] = {
    **{
        f"keras.backend.{name}": TRAINING
        for name in ("in_test_phase", "in_train_phase", "learning_phase", "learning_phase_scope", "set_learning_phase")
    },
    "keras.backend.set_value": _UPDATE.format("assign"),
    "keras.backend.update": _UPDATE.format("assign"),
    "keras.backend.update_add": _UPDATE.format("assign_add"),
    "keras.backend.update_sub": _UPDATE.format("assign_sub"),
    "keras.layers.ThresholdedReLU": "from keras.layers import ReLU\n\nlayer = ReLU(threshold=1.0)\n",
    "keras.layers.TimeDistributedDense": (
        "from keras.layers import Dense, TimeDistributed\n\nlayer = TimeDistributed(Dense(3))\n"
    ),
    "keras.layers.experimental.SyncBatchNormalization": (
        "from keras.layers import BatchNormalization\n\nlayer = BatchNormalization(synchronized=True)\n"
    ),
    "keras.losses.Reduction": _REDUCTION.format("sum"),
    "keras.preprocessing.image.apply_transform": _TRANSFORM,
    "keras.utils.layer_utils.count_total_params": f"{MODEL}print(model.count_params())\n",
    "keras.utils.multi_gpu_model": _STRATEGY,
    "keras.utils.np_utils.conv_input_length": None,
    "keras.utils.np_utils.conv_output_length": None,
    "keras.utils.np_utils.convert_kernel": None,
}
"""From an old dotted name to a whole source of today, where no other name takes its place."""


def _line(old: str, new: str | None) -> tuple[str, str | None]:
    return f"{old}  # old\n", None if new is None else f"{new}\n"


IMPORTS: dict[tuple[str, str], tuple[str, str | None]] = {
    ("keras.layers.Activation", "keras.layers.core.*"): _line(
        "from keras.layers.core import Activation", "from keras.layers import Activation"
    ),
    ("keras.src", "keras.engine / keras.layers.core private paths"): (
        "from keras.engine.topology import Layer  # old\nfrom keras.layers.core import Dense  # old\n",
        "from keras.layers import Dense, Layer\n",
    ),
    ("keras.layers.ThresholdedReLU", "keras.layers.ThresholdedReLU(theta)"): (
        "from keras.layers import ThresholdedReLU  # old\n\nlayer = ThresholdedReLU(theta=1.0)\n",
        INSTEAD["keras.layers.ThresholdedReLU"],
    ),
    ("keras.losses.Reduction", "keras.losses.Reduction.NONE"): (
        "import keras\n\nloss = keras.losses.MeanSquaredError(reduction=keras.losses.Reduction.NONE)  # old\n",
        _REDUCTION.format("none"),
    ),
    # These five can be imported, as a class that raises when it is called.
    **{
        (f"keras.optimizers.legacy.{name}", f"keras.optimizers.legacy.{name}"): (
            (
                f"from keras.optimizers import legacy\nfrom keras.optimizers.legacy import {name}  # old\n\n"
                f"first = {name}(0.01)\nsecond = legacy.{name}(0.01)  # old\n"
            ),
            f"from keras.optimizers import {name}\n\nfirst = {name}(0.01)\n",
        )
        for name in ("Adagrad", "Adam", "Ftrl", "RMSprop", "SGD")
    },
    ("keras.utils", "from keras.utils import np_utils"): (
        "from keras.utils import np_utils  # old\n\ny = np_utils.to_categorical(labels, 10)\n",
        "from keras.utils import to_categorical\n\ny = to_categorical(labels, 10)\n",
    ),
    ("keras.preprocessing.text", "from keras.preprocessing.text import Tokenizer"): _line(
        "from keras.preprocessing.text import Tokenizer", "from keras.layers import TextVectorization"
    ),
    ("keras.preprocessing.image", "from keras.preprocessing.image import ImageDataGenerator"): _line(
        "from keras.preprocessing.image import ImageDataGenerator",
        "from keras.utils import image_dataset_from_directory",
    ),
    ("keras.wrappers.scikit_learn", "from keras.wrappers.scikit_learn import KerasClassifier"): _line(
        "from keras.wrappers.scikit_learn import KerasClassifier", "from keras.wrappers import SKLearnClassifier"
    ),
    (
        "tensorflow.keras.wrappers.scikit_learn",
        "from tensorflow.keras.wrappers.scikit_learn import KerasClassifier",
    ): _line(
        "from tensorflow.keras.wrappers.scikit_learn import KerasClassifier",
        "from keras.wrappers import SKLearnClassifier",
    ),
    ("keras.utils", "from keras.utils import multi_gpu_model"): _line(
        "from keras.utils import multi_gpu_model", _STRATEGY.rstrip("\n")
    ),
    ("keras.objectives", "from keras.objectives import mse"): _line(
        "from keras.objectives import mse", "from keras.losses import mean_squared_error"
    ),
    ("keras.layers", "from keras.layers import CuDNNLSTM"): _line(
        "from keras.layers import CuDNNLSTM", "from keras.layers import LSTM"
    ),
    ("keras", "from keras import objectives"): _line("from keras import objectives", "from keras import losses"),
    ("keras", "from keras import initializations"): _line(
        "from keras import initializations", "from keras import initializers"
    ),
    ("K.tf", "import keras.backend as K; K.tf"): (
        "import keras.backend as K\n\nx = K.tf.constant(1.0)  # old\n",
        "import tensorflow as tf\n\nx = tf.constant(1.0)\n",
    ),
    ("K.learning_phase", "import keras.backend as K; K.learning_phase()"): (
        "import keras.backend as K\n\nphase = K.learning_phase()  # old\n",
        TRAINING,
    ),
    ("K.set_image_dim_ordering", "import keras.backend as K; K.set_image_dim_ordering('th')"): (
        'import keras.backend as K\n\nK.set_image_dim_ordering("th")  # old\n',
        'import keras.backend as K\n\nK.set_image_data_format("channels_first")\n',
    ),
    ("K.mean", "from tensorflow.keras import backend as K; K.mean(__import__('numpy').ones(2))"): (
        "import numpy as np\nfrom tensorflow.keras import backend as K\n\nx = K.mean(np.ones(2))  # old\n",
        "import numpy as np\nfrom keras import ops\n\nx = ops.mean(np.ones(2))\n",
    ),
    ("tensorflow.keras.layers.experimental", "from tensorflow.keras.layers.experimental import preprocessing"): (
        (
            "from tensorflow.keras.layers.experimental import preprocessing  # old\n\n"
            'layer = preprocessing.RandomFlip("horizontal")\n'
        ),
        'from tensorflow.keras import layers\n\nlayer = layers.RandomFlip("horizontal")\n',
    ),
}
"""By the row's ``qualname`` and ``old``, for rows that are an import line, or a module with its names."""
