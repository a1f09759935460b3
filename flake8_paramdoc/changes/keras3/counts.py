"""How many parameters Keras 3 counts, and which of them it trains: what several places of a file do together."""

from __future__ import annotations

from flake8_paramdoc.changes.keras_names import LAYER, MODEL, layers
from flake8_paramdoc.changes.releases import BOTH_RUN_3, RUN_3, released
from flake8_paramdoc.changes.shapes import Behaviour, Change, Fate, Fix, Place, Safety, Template

_RESET = released("2.4.0", "the signatures of keras 2.3.1 and 2.4.0")

MADE = "model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4), keras.layers.Dense(2)])\n"
"""The source of a model that has two layers."""

_INSIDE = "inputs = keras.Input((3,))\nkeras.Model(inputs, model(inputs))\n"
_GAN = (
    "critic = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])\ncritic.compile()\n"
    "critic.trainable = False\nnoise = keras.Input((3,))\nboth = keras.Model(noise, critic(noise))\n"
    "both.compile()\ncritic.train_on_batch(x, y)\n"
)
_OWN = (
    "class Block(keras.layers.Layer):\n    def __init__(self, **options):\n        super().__init__(**options)\n"
    "        self.dense = keras.layers.Dense(2)\n"
)
"""Sources that the old forms are shown in."""

_CHANNELS_FIRST = Fix(
    "",
    Place.TOP,
    Template("", 'keras.backend.set_image_data_format("channels_first")'),
    Safety.UNSAFE,
    "all images of the program have their channels first",
)

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
        "ends with them, {counted},",
        'turn it, or call set_image_data_format("channels_first")',
        fix=_CHANNELS_FIRST,
        outcome=Fate.SILENT,
        sample=(
            "keras.layers.Dense(output_dim=3)\n"
            "keras.Sequential([keras.layers.Convolution2D(32, 3, 3, input_shape=(3, 32, 32))])"
        ),
        new_sample="keras.Sequential([keras.Input((32, 32, 3)), keras.layers.Conv2D(32, (3, 3))])",
    ),
    Behaviour(
        RUN_3,
        "channel_axis",
        layers("BatchNormalization Concatenate"),
        "{layer}({axis}=1) beside convolutions",
        "means rows of images, which have their channels last,",
        'write axis=-1, or call set_image_data_format("channels_first") if they are first',
        fix=_CHANNELS_FIRST,
        outcome=Fate.SILENT,
        sample=(
            "keras.layers.Dense(output_dim=3)\nx = keras.layers.Convolution2D(4, 3, 3)(keras.Input((32, 16, 3)))\n"
            "keras.layers.BatchNormalization(axis=1)(x)"
        ),
        new_sample=(
            "x = keras.layers.Conv2D(4, (3, 3))(keras.Input((32, 16, 3)))\nkeras.layers.BatchNormalization(axis=-1)(x)"
        ),
    ),
    # What is trainable.
    Behaviour(
        BOTH_RUN_3,
        "frozen_in_another",
        (MODEL,),
        "model.compile(...), and then trainable = False, of a model in another",
        "stops the training of {it}",
        "set trainable = True before each {it}.train_on_batch, and False after it",
        outcome=Fate.SILENT,
        sample=_GAN,
        new_sample=_GAN.replace("critic.train_on", "critic.trainable = True\ncritic.train_on")
        + "critic.trainable = False",
    ),
    Behaviour(
        BOTH_RUN_3,
        "frozen_behind_compile",
        (MODEL,),
        "model.compile(...), and then trainable = False",
        "freezes {it} in the training that follows",
        "freeze before compile, or drop it",
        outcome=Fate.SILENT,
        sample=MADE + "model.compile()\nmodel.trainable = False\nmodel.fit(x, y)",
        new_sample=MADE + "model.trainable = False\nmodel.compile()\nmodel.fit(x, y)",
    ),
    Behaviour(
        BOTH_RUN_3,
        "thawed_behind_compile",
        (MODEL,),
        "model.compile(...), and then trainable = True",
        "thaws {it} for the training that follows",
        "thaw before compile, or drop it",
        outcome=Fate.SILENT,
        sample=MADE + "model.trainable = False\nmodel.compile()\nmodel.trainable = True\nmodel.fit(x, y)",
        new_sample=MADE + "model.trainable = False\nmodel.compile()\nmodel.fit(x, y)",
    ),
    Behaviour(
        BOTH_RUN_3,
        "thawed_inside",
        (MODEL,),
        "model.trainable = False, and then layers[-1].trainable = True",
        "trains that layer inside another model",
        "drop it, or freeze the other layers and not {it}",
        outcome=Fate.SILENT,
        before_keras_3=True,
        sample=MADE + "model.trainable = False\nmodel.layers[-1].trainable = True\n" + _INSIDE,
        new_sample=MADE + "for layer in model.layers[:-1]:\n    layer.trainable = False\n" + _INSIDE,
    ),
    Behaviour(
        BOTH_RUN_3,
        "thawed_again",
        (MODEL,),
        "layers[0].trainable = False, and then model.trainable = True",
        "thaws nothing on TensorFlow, as {it} is trainable already,",
        "write for layer in {it}.layers: layer.trainable = True",
        outcome=Fate.SILENT,
        sample=MADE + "model.layers[0].trainable = False\nmodel.trainable = True",
        new_sample=MADE + "model.layers[0].trainable = False\nfor layer in model.layers:\n    layer.trainable = True",
    ),
    Behaviour(
        BOTH_RUN_3,
        "frozen_again",
        (MODEL,),
        "layers[0].trainable = True, and then model.trainable = False once more",
        "freezes nothing on TensorFlow, as {it} is frozen already,",
        "write {it}.trainable = True before it",
        outcome=Fate.SILENT,
        sample=MADE + "model.trainable = False\nmodel.layers[0].trainable = True\nmodel.trainable = False",
        new_sample=(
            MADE + "model.trainable = False\nmodel.layers[0].trainable = True\n"
            "model.trainable = True\nmodel.trainable = False"
        ),
    ),
    Behaviour(
        BOTH_RUN_3,
        "grown",
        ("keras.models.Sequential",),
        "model.trainable = False, and then model.add(...)",
        "adds a layer that is trained",
        "freeze {it} behind the last add",
        outcome=Fate.SILENT,
        sample=(
            "model = keras.Sequential([keras.Input((3,))])\nmodel.trainable = False\n"
            "model.add(keras.layers.Dense(2))\n" + _INSIDE
        ),
        new_sample=(
            "model = keras.Sequential([keras.Input((3,))])\nmodel.add(keras.layers.Dense(2))\n"
            "model.trainable = False\n" + _INSIDE
        ),
    ),
    Behaviour(
        BOTH_RUN_3,
        "frozen_subclass",
        (LAYER,),
        "a layer of your own, with layers inside, of trainable=False",
        "freezes nothing of what is inside {it}",
        "drop it, call the layer, and then write layer.trainable = False",
        outcome=Fate.SILENT,
        sample=_OWN + "Block(trainable=False)",
        new_sample=_OWN + "block = Block()\nblock(x)\nblock.trainable = False",
    ),
)
