"""What several places of a file do together, and Keras 3 does in another way, or refuses."""

from __future__ import annotations

from flake8_paramdoc.changes.keras_names import LAYER, layers
from flake8_paramdoc.changes.releases import BOTH_RUN_3, RUN_3, released
from flake8_paramdoc.changes.shapes import Behaviour, Change, Fate, Fix, Place, Safety, Template

_RESET = released("2.4.0", "the signatures of keras 2.3.1 and 2.4.0")

CHANGES: tuple[Change, ...] = (
    # Counts.
    Behaviour(
        _RESET,
        "gru",
        layers("GRU"),
        "GRU(...) without reset_after",
        "has more biases, GRU({units}) of {inputs} inputs {after} parameters and not {before},",
        "write reset_after=False",
        fix=Fix("", Place.ADDED, Template("", "reset_after=False", is_arguments=True), Safety.SAFE),
        outcome=Fate.SILENT,
        sample="keras.layers.Dense(output_dim=3)\nkeras.layers.GRU(3)",
        new_sample="keras.layers.Dense(3)\nkeras.layers.GRU(3, reset_after=False)",
    ),
    Behaviour(
        BOTH_RUN_3,
        "variable",
        (LAYER,),
        "a tf.Variable in an attribute of a layer",
        "is neither counted nor trained, {before} parameters became 0,",
        "write self.add_weight(shape=..., initializer=...)",
        outcome=Fate.SILENT,
        sample=(
            "import tensorflow as tf\nclass Scale(keras.layers.Layer):\n    def build(self, shape):\n"
            "        self.scale = tf.Variable(tf.ones((16,)))"
        ),
        new_sample=(
            "class Scale(keras.layers.Layer):\n    def build(self, shape):\n"
            "        self.scale = self.add_weight(shape=(16,), initializer='ones')"
        ),
    ),
    Behaviour(
        BOTH_RUN_3,
        "module",
        (LAYER,),
        "a tf.Module with variables in an attribute of a layer",
        "is neither counted nor trained, {before} parameters became 0,",
        "make a keras.layers.Layer of it, with add_weight()",
        outcome=Fate.SILENT,
        sample=(
            "import tensorflow as tf\nclass Inner(tf.Module):\n    def __init__(self):\n"
            "        self.scale = tf.Variable(tf.ones((3,)))\n"
            "class Outer(keras.layers.Layer):\n    def __init__(self):\n        self.inner = Inner()"
        ),
        new_sample=(
            "class Inner(keras.layers.Layer):\n    def __init__(self):\n"
            "        self.scale = self.add_weight(shape=(3,), initializer='ones')\n"
            "class Outer(keras.layers.Layer):\n    def __init__(self):\n        self.inner = Inner()"
        ),
    ),
    Behaviour(
        RUN_3,
        "channels_first",
        layers("Conv2D"),
        "a shape that begins with the channels",
        "ends with them, {filters} filters have {after} parameters and not {before},",
        'turn it, or call set_image_data_format("channels_first")',
        outcome=Fate.SILENT,
        sample=(
            "keras.layers.Dense(output_dim=3)\n"
            "keras.Sequential([keras.layers.Convolution2D(32, 3, 3, input_shape=(3, 32, 32))])"
        ),
        new_sample="keras.Sequential([keras.Input((32, 32, 3)), keras.layers.Conv2D(32, (3, 3))])",
    ),
)
