"""Whole sources for the rows about merging, values, files and logs, where the rules of :mod:`rows` do not fit."""

from __future__ import annotations

from tests.flake8_paramdoc.row_overrides import MODEL, NEW, compiled, dense, on

_EMPTY = "from keras.models import Sequential\n\nmodel = Sequential()\n"
_X_AND_Y = "from keras import Input\n\nx = Input((4,))\ny = Input((4,))\n"

# Merging: a function of Keras 1 and its layer, and what each mode is now.
_MERGING = {
    "mode='sum'": ("add", "Add", ""),
    "mode='mul'": ("multiply", "Multiply", ""),
    "mode='concat'": ("concatenate", "Concatenate", ""),
    "mode='concat', concat_axis=1": ("concatenate", "Concatenate", "axis=1"),
    "mode='ave'": ("average", "Average", ""),
    "mode='max'": ("maximum", "Maximum", ""),
    "mode='dot', dot_axes=1": ("dot", "Dot", "axes=1"),
    "mode='cos', dot_axes=1": ("dot", "Dot", "axes=1, normalize=True"),
    "mode": ("add", "Add", ""),
    "concat_axis": ("concatenate", "Concatenate", "axis=1"),
    "dot_axes": ("dot", "Dot", "axes=1"),
}
_MERGING_BY_LAMBDA = {
    "arguments": 'mode=scale, arguments={"factor": 2}',
    "node_indices": 'mode="sum", node_indices=[0, 0]',
    "output_mask": "mode=scale, output_mask=mask",
    "output_shape": "mode=scale, output_shape=(4,)",
    "tensor_indices": 'mode="sum", tensor_indices=[0, 0]',
}
"""The arguments of Merge that only a callable mode had, which a Lambda layer replaces."""
_MERGING_OLD = {
    "mode": "mode='sum'",
    "concat_axis": "mode='concat', concat_axis=1",
    "dot_axes": "mode='dot', dot_axes=1",
}


def _merging() -> dict[tuple[str, str], tuple[str, str | None]]:
    rows: dict[tuple[str, str], tuple[str, str | None]] = {}
    for form, (function, layer, arguments) in _MERGING.items():
        old = _MERGING_OLD.get(form, form).replace("'", '"')
        more = f", {arguments}" if arguments else ""
        rows["keras.layers.merge", form] = (
            f"from keras.layers import merge\n{_X_AND_Y}z = merge([x, y], {old})  # old\n",
            f"from keras.layers import {function}\n{_X_AND_Y}z = {function}([x, y]{more})\n",
        )
        rows["keras.layers.Merge", form] = (
            f"from keras.layers import Merge\n{_EMPTY}model.add(Merge([left, right], {old}))  # old\n",
            f"from keras.layers import {layer}\n{_X_AND_Y}z = {layer}({arguments})([x, y])\n",
        )
    for form, old in _MERGING_BY_LAMBDA.items():
        rows["keras.layers.merge", form] = (
            f"from keras.layers import merge\n{_X_AND_Y}z = merge([x, y], {old})  # old\n",
            None,
        )
        rows["keras.layers.Merge", form] = (
            f"from keras.layers import Merge\n{_EMPTY}model.add(Merge([left, right], {old}))  # old\n",
            None,
        )
    return rows


def _checkpoint(old: str, new: str, head: str = "") -> tuple[str, str]:
    head = f"from keras.callbacks import ModelCheckpoint\n{head}"
    return f"{head}\ncheckpoint = ModelCheckpoint({old})  # old\n", f"{head}\ncheckpoint = ModelCheckpoint({new})\n"


_ACCURACY = f'{NEW}model.compile("adam", "mse", metrics=["accuracy"])\n'
"""A file whose logs hold ``accuracy`` and no ``acc``."""

_SCORES_OLD = """\
from keras.callbacks import Callback


class Scores(Callback):
    def on_epoch_end(self, epoch, logs=None):
        x, y = self.validation_data[0], self.validation_data[1]  # old
"""
_SCORES_NEW = """\
from keras.callbacks import Callback


class Scores(Callback):
    def __init__(self, validation_data):
        super().__init__()
        self.validation_data = validation_data

    def on_epoch_end(self, epoch, logs=None):
        x, y = self.validation_data
"""
_HISTORY = f"""\
{_ACCURACY}history = model.fit(x, y, validation_split=0.5)
print(history.history["{{0}}"]){{1}}
print(history.history["val_{{0}}"]){{1}}
"""

_CONVOLUTION_OLD = (
    'from keras.layers import {0}\n\nfirst = {0}(32, 3, 3)  # old\nsecond = {0}(64, 3, 3, border_mode="same")  # old\n'
)
_CONVOLUTION_NEW = 'from keras.layers import {0}\n\nfirst = {0}(32, (3, 3))\nsecond = {0}(64, (3, 3), padding="same")\n'
_ATROUS_OLD = """\
from keras.layers import AtrousConvolution2D

layer = AtrousConvolution2D(64, 3, 3, atrous_rate=(2, 2))  # old
"""
_ATROUS = "from keras.layers import {0}\n\nlayer = {0}(64, {1}, dilation_rate={2})\n"
_IMAGES = "from tensorflow.keras.preprocessing.image import {0}\n\n"

VALUES: dict[tuple[str, str], tuple[str, str | None]] = {
    **_merging(),
    **{
        (f"keras.layers.{name}", "(nb_filter, nb_row, nb_col)"): (
            _CONVOLUTION_OLD.format(name),
            _CONVOLUTION_NEW.format(name),
        )
        for name in ("Conv2D", "SeparableConv2D", "ConvLSTM2D")
    },
    ("keras.layers.Conv2D", "AtrousConvolution2D(nb_filter, nb_row, nb_col, atrous_rate=)"): (
        _ATROUS_OLD,
        _ATROUS.format("Conv2D", "(3, 3)", "(2, 2)"),
    ),
    ("keras.layers.AtrousConvolution2D", "atrous_rate"): (
        _ATROUS_OLD,
        _ATROUS.format("Conv2D", "(3, 3)", "(2, 2)"),
    ),
    ("keras.layers.AtrousConvolution1D", "atrous_rate"): (
        "from keras.layers import AtrousConvolution1D\n\nlayer = AtrousConvolution1D(64, 3, atrous_rate=2)  # old\n",
        _ATROUS.format("Conv1D", "3", "2"),
    ),
    # The order of the channels.
    **{
        ("keras.layers.Conv2D", f"dim_ordering='{old}'"): on(
            "from keras.layers import Conv2D\n\n",
            f'layer = Conv2D(32, (3, 3), dim_ordering="{old}")',
            f"layer = Conv2D(32, (3, 3){new})",
        )
        for old, new in (
            ("th", ', data_format="channels_first"'),
            ("tf", ', data_format="channels_last"'),
            ("default", ""),
        )
    },
    ("keras.backend.set_image_dim_ordering", "set_image_dim_ordering('th')"): on(
        "from keras import backend as K\n\n",
        'K.set_image_dim_ordering("th")',
        'K.set_image_data_format("channels_first")',
    ),
    ("keras.backend.image_dim_ordering", "image_dim_ordering() == 'tf'"): on(
        "from keras import backend as K\n\n",
        'last = K.image_dim_ordering() == "tf"',
        'last = K.image_data_format() == "channels_last"',
    ),
    ("keras.layers.Conv2D", "border_mode='full'"): on(
        "from keras.layers import Conv2D\n\n", 'layer = Conv2D(32, (3, 3), border_mode="full")', None
    ),
    # Recurrent layers and normalization.
    **{
        ("keras.layers.LSTM", f"consume_less='{old}'"): on(
            "from keras.layers import LSTM\n\n", f'layer = LSTM(3, consume_less="{old}")', "layer = LSTM(3)"
        )
        for old in ("cpu", "mem", "gpu")
    },
    **{
        ("keras.layers.LSTM", f"forget_bias_init='{old}'"): on(
            "from keras.layers import LSTM\n\n",
            f'layer = LSTM(3, forget_bias_init="{old}")',
            f"layer = LSTM(3, unit_forget_bias={new})",
        )
        for old, new in (("one", True), ("zero", False))
    },
    **{
        ("keras.layers.BatchNormalization", f"mode={mode}"): (
            f"from keras.layers import BatchNormalization\n\ny = BatchNormalization(mode={mode})(x)  # old\n",
            f"from keras.layers import {new[0]}\n\ny = {new[0]}(){new[1]}\n",
        )
        for mode, new in enumerate(
            (("BatchNormalization", "(x)"), ("LayerNormalization", "(x)"), ("BatchNormalization", "(x, training=True)"))
        )
    },
    # Constraints and regularizers by name.
    ("keras.layers.Dense", "kernel_constraint='maxnorm'"): dense(
        'kernel_constraint="maxnorm"', 'kernel_constraint="max_norm"'
    ),
    ("keras.layers.Dense", "kernel_constraint='nonneg'"): dense(
        'kernel_constraint="nonneg"', 'kernel_constraint="non_neg"'
    ),
    ("keras.layers.Dense", "kernel_constraint='unitnorm'"): dense(
        'kernel_constraint="unitnorm"', 'kernel_constraint="unit_norm"'
    ),
    ("keras.layers.Dense", "kernel_regularizer='l1l2'"): dense(
        'kernel_regularizer="l1l2"', 'kernel_regularizer="l1l2"'
    ),
    ("keras.layers.Dense", "kernel_regularizer='l1_l2'"): dense(
        'kernel_regularizer="l1_l2"', 'kernel_regularizer="l1l2"'
    ),
    ("keras.layers.Dense", "activity_regularizer='activity_l1'"): dense(
        'activity_regularizer="activity_l1"', 'activity_regularizer="l1"'
    ),
    ("keras.layers.Dense", "activity_regularizer='activity_l2'"): dense(
        'activity_regularizer="activity_l2"', 'activity_regularizer="l2"'
    ),
    # Losses, metrics, optimizers.
    **{
        (f"keras.{model}.compile", f"loss='{old}'"): compiled(f'loss="{old}"', f'loss="{new}"')
        for model in ("models.Model", "Model")
        for old, new in (
            ("kullback_leibler_divergence", "kl_divergence"),
            ("cosine_proximity", "cosine_similarity"),
            ("logcosh", "log_cosh"),
            ("cosine", "cosine_similarity"),
        )
    },
    **{
        (f"keras.{model}.compile", f"metrics=['{old}']"): on(
            f"from keras.metrics import F1Score, FBetaScore\n{NEW}",
            f'model.compile(loss="mse", metrics=["{old}"])',
            None if new is None else f'model.compile(loss="mse", metrics=[{new}])',
        )
        for model, old, new in (
            ("models.Model", "matthews_correlation", None),
            ("models.Model", "fmeasure", "F1Score()"),
            ("models.Model", "fbeta_score", "FBetaScore()"),
            ("models.Model", "f1score", "F1Score()"),
            ("Model", "cosine", '"cosine_similarity"'),
            ("Model", "cosine_proximity", '"cosine_similarity"'),
            ("Model", "kullback_leibler_divergence", '"kl_divergence"'),
        )
    },
    **{
        (f"keras.losses.{loss}", "reduction='auto' / tf.keras.losses.Reduction.AUTO"): (
            (
                f"import tensorflow as tf\nfrom keras.losses import {loss}\n\n"
                f'one = {loss}(reduction="auto")  # old\n'
                f"two = tf.keras.losses.{loss}(reduction=tf.keras.losses.Reduction.AUTO)  # old\n"
            ),
            f'from keras.losses import {loss}\n\none = {loss}(reduction="sum_over_batch_size")\n',
        )
        for loss in ("BinaryCrossentropy", "MeanSquaredError", "CategoricalCrossentropy")
    },
    ("keras.optimizers.Adam", "epsilon=None"): on(
        "from keras.optimizers import Adam\n\n", "optimizer = Adam(epsilon=None)", "optimizer = Adam()"
    ),
    # What the logs hold.
    **{
        ("keras.callbacks.ModelCheckpoint", f"monitor='{old}'"): _checkpoint(
            f'"best.keras", monitor="{old}", save_best_only=True',
            f'"best.keras", monitor="{new}", save_best_only=True',
            _ACCURACY,
        )
        for old, new in (("acc", "accuracy"), ("val_acc", "val_accuracy"))
    },
    ("keras.callbacks.History.history", "history.history['acc'] / ['val_acc']"): (
        _HISTORY.format("acc", "  # old"),
        _HISTORY.format("accuracy", ""),
    ),
    ("keras.callbacks.Callback.validation_data", "self.validation_data"): (
        _SCORES_OLD,
        _SCORES_NEW,
    ),
    # Files.
    ("keras.callbacks.ModelCheckpoint", "filepath='weights.hdf5'"): _checkpoint('"weights.hdf5"', '"model.keras"'),
    ("keras.callbacks.ModelCheckpoint", "filepath='ckpt/model'"): _checkpoint('"ckpt/model"', '"ckpt/model.keras"'),
    ("keras.callbacks.ModelCheckpoint", "filepath='weights.{epoch:02d}-{val_loss:.2f}.hdf5'"): _checkpoint(
        '"weights.{epoch:02d}-{val_loss:.2f}.hdf5"', '"model.{epoch:02d}-{val_loss:.2f}.keras"'
    ),
    ("keras.callbacks.ModelCheckpoint", "save_weights_only=True with filepath not '.weights.h5'"): _checkpoint(
        '"best.h5", save_weights_only=True', '"best.weights.h5", save_weights_only=True'
    ),
    ("keras.Model.save", "save_format='tf'"): on(
        MODEL, 'model.save("model", save_format="tf")', 'model.export("model")'
    ),
    ("keras.Model.save", "path without .keras/.h5 extension (SavedModel dir)"): on(
        MODEL, 'model.save("my_model")', 'model.save("my_model.keras")'
    ),
    ("keras.Model.save_weights", "path not ending in .weights.h5"): on(
        MODEL, 'model.save_weights("weights.h5")', 'model.save_weights("model.weights.h5")'
    ),
    ("keras.models.load_model", "SavedModel directory"): on(
        "from keras.layers import TFSMLayer\nfrom keras.models import load_model\n\n",
        'model = load_model("saved_model/my_model")',
        'model = TFSMLayer("saved_model/my_model", call_endpoint="serving_default")',
    ),
    # Arguments of what is no plain call of the row's callee.
    ("keras.regularizers.l1_l2", "l1l2(l1=, l2=)"): (
        "from keras.regularizers import l1l2  # old\n\npenalty = l1l2(l1=0.01, l2=0.01)\n",
        "from keras.regularizers import l1_l2\n\npenalty = l1_l2(l1=0.01, l2=0.01)\n",
    ),
    ("keras.utils.layer_utils.print_summary", "layers"): (
        f"from keras.utils.layer_utils import print_summary\n{MODEL}print_summary(layers=model.layers)  # old\n",
        f"{MODEL}model.summary()\n",
    ),
    ("keras.preprocessing.image.ImageDataGenerator", "dim_ordering"): on(
        _IMAGES.format("ImageDataGenerator"),
        'images = ImageDataGenerator(dim_ordering="th")',
        'images = ImageDataGenerator(data_format="channels_first")',
    ),
    ("keras.preprocessing.image.ImageDataGenerator.flow", "X"): on(
        _IMAGES.format("ImageDataGenerator") + "images = ImageDataGenerator()\n",
        "batches = images.flow(X=x, y=y)",
        "batches = images.flow(x=x, y=y)",
    ),
    ("keras.preprocessing.image.DirectoryIterator", "dim_ordering"): on(
        _IMAGES.format("DirectoryIterator"),
        'batches = DirectoryIterator("images", generator, dim_ordering="th")',
        'batches = DirectoryIterator("images", generator, data_format="channels_first")',
    ),
    ("keras.preprocessing.image.NumpyArrayIterator", "dim_ordering"): on(
        _IMAGES.format("NumpyArrayIterator"),
        'batches = NumpyArrayIterator(x, y, generator, dim_ordering="th")',
        'batches = NumpyArrayIterator(x, y, generator, data_format="channels_first")',
    ),
    ("keras.layers.InputLayer", "type_spec"): on(
        "from keras.layers import InputLayer\n\n",
        "x = InputLayer(type_spec=spec)",
        "x = InputLayer(batch_shape=(None, 4))",
    ),
    ("keras.layers.Input", "batch_input_shape"): on(
        "from keras.layers import Input\n\n", "x = Input(batch_input_shape=(8, 4))", "x = Input(batch_shape=(8, 4))"
    ),
    ("keras.layers.Dense", "batch_input_shape"): (
        "from keras.layers import Dense\n\nlayer = Dense(3, batch_input_shape=(8, 4))  # old\n",
        (
            "from keras import Input, Sequential\nfrom keras.layers import Dense\n\n"
            "model = Sequential([Input(batch_shape=(8, 4)), Dense(3)])\n"
        ),
    ),
    ("keras.layers.LSTM", "batch_input_shape"): (
        "from keras.layers import LSTM\n\nlayer = LSTM(3, batch_input_shape=(8, 5, 4), stateful=True)  # old\n",
        (
            "from keras import Input, Sequential\nfrom keras.layers import LSTM\n\n"
            "model = Sequential([Input(batch_shape=(8, 5, 4)), LSTM(3, stateful=True)])\n"
        ),
    ),
    ("keras.layers.Embedding", "batch_input_shape"): (
        "from keras.layers import Embedding\n\nlayer = Embedding(1000, 64, batch_input_shape=(8, None))  # old\n",
        (
            "from keras import Input, Sequential\nfrom keras.layers import Embedding\n\n"
            "model = Sequential([Input(batch_shape=(8, None)), Embedding(1000, 64)])\n"
        ),
    ),
    ("keras.layers.Dense", "batch_size"): (
        "from keras.layers import Dense\n\nlayer = Dense(3, input_shape=(4,), batch_size=8)  # old\n",
        (
            "from keras import Input, Sequential\nfrom keras.layers import Dense\n\n"
            "model = Sequential([Input((4,), batch_size=8), Dense(3)])\n"
        ),
    ),
    ("keras.layers.LocallyConnected2D", "LocallyConnected2D"): (
        "from keras.layers import LocallyConnected2D  # old\n\nlayer = LocallyConnected2D(32, (3, 3))\n",
        None,
    ),
    ("keras.layers.LocallyConnected1D", "input_dim"): on("", "from keras.layers import LocallyConnected1D", None),
    ("keras.layers.Masking", "input_length"): on(
        "from keras.layers import Masking\n\n", "layer = Masking(0.0, input_length=10)", "layer = Masking(0.0)"
    ),
    ("keras.utils.Sequence.use_sequence_api", "use_sequence_api"): (
        "from keras.utils import Sequence\n\nprint(Sequence.use_sequence_api)  # old\n",
        None,
    ),
}
