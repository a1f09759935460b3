"""What each code means: a title, why it matters, and an example that the linter is held to.

The pages of the manual, one a code, are made of this and of the tables of changes.
"""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """A code of the linter."""

    code: str
    title: str
    why: str
    """What the reader should know of it, in reStructuredText."""
    old: str
    """A source in which it is found."""
    new: str
    """The same source as it is written today, in which nothing is found."""


CODES: tuple[Code, ...] = (
    Code(
        "KER101",
        "Argument renamed in Keras 2",
        "Keras 2 took the old names with a warning, until its copy in TensorFlow dropped them. Keras 3 raises a"
        " ``ValueError`` or ``TypeError`` that names the argument and does not say what it is called now. Where the new"
        " argument counts something else, such as batches instead of samples, the message gives the conversion.",
        """\
from keras.layers import Dense, Input
from keras.models import Model

x = Input(shape=(4096,))
model = Model(input=x, output=Dense(output_dim=80, init="he_normal")(x))
""",
        """\
from keras.layers import Dense, Input
from keras.models import Model

x = Input(shape=(4096,))
model = Model(inputs=x, outputs=Dense(units=80, kernel_initializer="he_normal")(x))
""",
    ),
    Code(
        "KER102",
        "Argument removed in Keras 2",
        "What the argument did has gone, or is now done in another place. Often the value that was passed is the one"
        " thing that is still done, so that the argument can be dropped; the message looks at the value.",
        """\
from keras.layers import BatchNormalization

layer = BatchNormalization(mode=0, axis=1)
""",
        """\
from keras.layers import BatchNormalization

layer = BatchNormalization(axis=1)
""",
    ),
    Code(
        "KER103",
        "Argument value renamed in Keras 2",
        "The value is written in another way. It is reported at the value; where the argument itself has another name"
        " too, :doc:`KER101` is reported beside it.",
        """\
from keras.layers import MaxPooling2D

layer = MaxPooling2D((2, 2), dim_ordering="th")
""",
        """\
from keras.layers import MaxPooling2D

layer = MaxPooling2D((2, 2), data_format="channels_first")
""",
    ),
    Code(
        "KER104",
        "Positional form changed in Keras 2",
        "The call still runs in Keras 3, or fails far from its cause: the third argument of ``Convolution2D(64, 3,"
        " 3)`` was"
        " the number of columns and is now the stride. ``Conv2D(64, 3, 2)`` is how a stride is written today, so"
        " under its"
        " new name the form is reported only in a file that is written for Keras 1 otherwise.",
        """\
from keras.layers import Convolution2D

layer = Convolution2D(64, 3, 3)
""",
        """\
from keras.layers import Conv2D

layer = Conv2D(64, (3, 3))
""",
    ),
    Code(
        "KER105",
        "Name renamed or moved in Keras 2",
        "A class, function, method, attribute or module that is found under another name. A layer of one's own that"
        " defines"
        " ``get_output_shape_for`` is found too: nobody calls it any more.",
        """\
from keras import backend as K
from keras.regularizers import l1l2

K.set_image_dim_ordering("th")
penalty = l1l2(l1=0.1, l2=0.1)
""",
        """\
from keras import backend as K
from keras.regularizers import l1_l2

K.set_image_data_format("channels_first")
penalty = l1_l2(l1=0.1, l2=0.1)
""",
    ),
    Code(
        "KER106",
        "Name removed in Keras 2",
        "A class, function, method, attribute or module that no release has any more. What took the place of"
        " ``merge`` and"
        " ``Merge`` depends on the mode, so each call is told what to write.",
        """\
from keras.layers import Input, merge

x, y = Input((8,)), Input((8,))
both = merge([x, y], mode="sum")
""",
        """\
from keras.layers import Input, add

x, y = Input((8,)), Input((8,))
both = add([x, y])
""",
    ),
    Code(
        "KER201",
        "Argument renamed in Keras 3",
        "Keras 3 raises an error for the old name. ``lr`` is the most common: it worked until Keras 2.10, with a"
        " warning.",
        """\
from keras.optimizers import Adam

optimizer = Adam(lr=1e-3)
""",
        """\
from keras.optimizers import Adam

optimizer = Adam(learning_rate=1e-3)
""",
    ),
    Code(
        "KER202",
        "Argument removed in Keras 3",
        "Keras 3 raises an error. Most of them have moved to another object: what a layer was told about its input"
        " is told"
        " to ``keras.Input``, and what ``fit`` was told about its workers is told to the data set.",
        """\
import keras

model = keras.Sequential([keras.layers.Dense(8, batch_input_shape=(32, 4))])
model.compile(optimizer="sgd", loss="mse")
model.fit(data, workers=4, use_multiprocessing=True)
""",
        """\
import keras

model = keras.Sequential([keras.Input(batch_shape=(32, 4)), keras.layers.Dense(8)])
model.compile(optimizer="sgd", loss="mse")
model.fit(data)
""",
    ),
    Code(
        "KER203",
        "Argument value renamed in Keras 3",
        "The argument is the same, and no longer takes the value: names of losses, and paths without the ending that"
        " tells"
        " Keras 3 which format to write.",
        """\
import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8)])
model.compile(optimizer="sgd", loss="cosine_proximity")
model.save("model")
""",
        """\
import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8)])
model.compile(optimizer="sgd", loss="cosine_similarity")
model.save("model.keras")
""",
    ),
    Code(
        "KER204",
        "Positional form changed in Keras 3",
        "Another argument stands at the place now. Nothing fails where both take the same type, or where Keras does"
        " not look"
        " at what it gets: of ``SGD(0.01, 0.9, 1e-6, True)``, ``1e-6`` switches Nesterov momentum on and ``True`` is"
        " a weight"
        " decay of 1. A call is reported only if what stands at the place can be nothing but the old argument. Some"
        " arguments had a default and must be passed now.",
        """\
from keras.optimizers import SGD

optimizer = SGD(0.01, 0.9, 1e-6, True)
""",
        """\
from keras.optimizers import SGD

optimizer = SGD(0.01, 0.9, nesterov=True)
""",
    ),
    Code(
        "KER205",
        "Name renamed or moved in Keras 3",
        "Most of ``keras.backend`` is ``keras.ops`` now, and the modules behind ``keras.layers`` are private. Under"
        " ``tensorflow.keras``, Keras 3 has kept many of the old names: what still works there is no finding there.",
        """\
from keras import backend as K
from keras.layers.core import Dense


def rmse(y_true, y_pred):
    return K.sqrt(K.mean(K.square(y_pred - y_true)))
""",
        """\
from keras import ops
from keras.layers import Dense


def rmse(y_true, y_pred):
    return ops.sqrt(ops.mean(ops.square(y_pred - y_true)))
""",
    ),
    Code(
        "KER206",
        "Name removed in Keras 3",
        "``fit_generator`` and its like are the most common: ``fit`` takes generators itself. A method is reported"
        " where the"
        " file says what its object is, or compiles it as only a model is compiled.",
        """\
import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8)])
model.fit_generator(batches, steps_per_epoch=100)
classes = model.predict_classes(data)
""",
        """\
import keras
import numpy

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8)])
model.fit(batches, steps_per_epoch=100)
classes = numpy.argmax(model.predict(data), axis=-1)
""",
    ),
    Code(
        "KER207",
        "Runs in Keras 3, and means something else",
        "Nothing is raised and nothing is printed: the assignment makes an attribute that nobody reads, the argument is"
        " swallowed, the metric is called otherwise. ``val_acc`` is reported where the file compiles its model with"
        " a metric"
        " that is called ``accuracy``.",
        """\
import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8)])
model.compile(optimizer="sgd", loss="mse", metrics=["accuracy"])
model.optimizer.lr = 1e-4
stopping = keras.callbacks.EarlyStopping(monitor="val_acc")
""",
        """\
import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8)])
model.compile(optimizer="sgd", loss="mse", metrics=["accuracy"])
model.optimizer.learning_rate = 1e-4
stopping = keras.callbacks.EarlyStopping(monitor="val_accuracy")
""",
    ),
    Code(
        "KER301",
        "A ``paramsummary`` block in a docstring does not parse",
        "The block runs when the documentation is built, and fails there. Other code blocks that do not parse are"
        " passed"
        " over, as they may be sketches.",
        '''\
def build():
    """Build the classifier.

    .. paramsummary::

       keras.Sequential([keras.Input((4,))
    """
''',
        '''\
def build():
    """Build the classifier.

    .. paramsummary::

       keras.Sequential([keras.Input((4,))])
    """
''',
    ),
    Code(
        "KER901",
        "Deprecated: works in Keras 3, with a warning",
        "Keras 3 still takes it, and warns; a later release may refuse it. Off unless asked for: ``--extend-select"
        " KER901``.",
        """\
import keras

model = keras.Sequential([keras.layers.Dense(8, input_shape=(4,))])
""",
        """\
import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8)])
""",
    ),
    Code(
        "KER902",
        "An old form that still works",
        "Off unless asked for: ``--extend-select KER902``. Keras 3 runs it as it always did; a new name reads better.",
        """\
from keras.layers import Convolution2D
""",
        """\
from keras.layers import Conv2D
""",
    ),
)
