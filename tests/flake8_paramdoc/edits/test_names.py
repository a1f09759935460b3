"""Names are written anew where they are imported and wherever they are used, in the file's own namespace."""

from __future__ import annotations

import pytest

from flake8_paramdoc.edits.rounds import Wanted
from tests.flake8_paramdoc.edits.rewriting import UNSAFE, rewritten, transformed, unchanged


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("from keras.layers.core import Dense, Dropout", "from keras.layers import Dense, Dropout"),
        ("from keras.layers.core import Dense as D", "from keras.layers import Dense as D"),
        ("from keras.layers.core import *", "from keras.layers import *"),
        (
            "from keras.layers.core import (\n    Dense,  # first\n    Dropout,\n)",
            "from keras.layers import (\n    Dense,  # first\n    Dropout,\n)",
        ),
        ("from keras.engine import Layer, Model", "from keras.layers import Layer\nfrom keras.models import Model"),
        ("from keras.engine.topology import Layer", "from keras.layers import Layer"),
        ("from tensorflow.keras.layers.core import Dense", "from tensorflow.keras.layers import Dense"),
        ("from keras.utils.np_utils import to_categorical", "from keras.utils import to_categorical"),
    ],
)
def test_modules_that_moved(old: str, new: str) -> None:
    names = "\nDense\nDropout\nLayer\nModel\nD\nto_categorical\n"
    transformed(f"{old}{names}", f"{new}{names}")


def test_only_the_names_that_are_there_move() -> None:
    transformed(
        "from keras.utils.generic_utils import Progbar, has_arg\nProgbar(3)\nhas_arg(f, 'x')\n",
        "from keras.utils.generic_utils import has_arg\nfrom keras.utils import Progbar\nProgbar(3)\nhas_arg(f, 'x')\n",
    )


def test_a_module_and_what_is_read_of_it() -> None:
    transformed(
        "from keras.utils import np_utils\ny = np_utils.to_categorical(y)\n",
        "from keras import utils\ny = utils.to_categorical(y)\n",
    )
    unchanged("from keras.utils import np_utils\nnp_utils.to_categorical(y)\nnp_utils.conv_output_length(1, 2, 3, 4)\n")
    transformed(
        "import keras\nkeras.objectives.mse(a, b)\nkeras.layers.core.Dense(3)\n",
        "import keras\nkeras.losses.mean_squared_error(a, b)\nkeras.layers.Dense(3)\n",
    )


def test_an_old_class_with_a_finding_gets_its_name_of_today() -> None:
    transformed(
        """
        from keras.layers.convolutional import Convolution2D, MaxPooling2D
        a = Convolution2D(8, 3, 3)
        b = Convolution2D(8, (3, 3))
        isinstance(a, Convolution2D)
        """,
        """
        from keras.layers import Conv2D, MaxPooling2D
        a = Conv2D(8, (3, 3))
        b = Conv2D(8, (3, 3))
        isinstance(a, Conv2D)
        """,
    )
    unchanged("from keras.layers import Convolution2D\nConvolution2D(8, (3, 3))\n")
    transformed("import keras\nkeras.layers.Convolution2D(8, 3, 3)\n", "import keras\nkeras.layers.Conv2D(8, (3, 3))\n")


def test_a_name_in_use_is_not_captured() -> None:
    transformed(
        "from keras.layers import Convolution2D\nConv2D = 3\nConvolution2D(8, 3, 3)\n",
        "from keras.layers import Conv2D as Convolution2D\nConv2D = 3\nConvolution2D(8, (3, 3))\n",
    )
    transformed(
        "from keras import backend as K\ndef f(ops):\n    return K.exp(ops)\n",
        "import keras\ndef f(ops):\n    return keras.ops.exp(ops)\n",
    )


def test_names_of_the_file_itself_stay() -> None:
    unchanged(
        """
        from keras import backend as K
        class Convolution2D:
            pass
        Convolution2D(3, 3, 3)
        """
    )


def test_fallbacks_and_branches_for_a_version_stay() -> None:
    unchanged(
        """
        import keras
        try:
            from keras.engine import Layer
        except ImportError:
            from keras.layers import Layer
        if keras.__version__ < "2":
            keras.layers.Dense(output_dim=3)
        """
    )


def test_the_backend() -> None:
    transformed(
        """
        from keras import backend as K
        a = K.argmax(x)
        b = K.concatenate([a, x])
        c = K.learning_phase()
        d = -K.clip(x, None, 3) ** 2
        """,
        """
        from keras import backend as K, ops
        a = ops.argmax(x, axis=-1)
        b = ops.concatenate([a, x], axis=-1)
        c = K.learning_phase()
        d = -ops.minimum(x, 3) ** 2
        """,
    )


def test_the_backend_goes_with_its_last_use() -> None:
    transformed("import keras\nfrom keras import backend as K\nK.exp(x)\n", "import keras\nkeras.ops.exp(x)\n")
    transformed("import keras.backend as K  # noqa\nK.exp(x)\n", "from keras import ops  # noqa\nops.exp(x)\n")
    transformed(
        "from tensorflow.keras import backend as K\nK.argmax(x)\n",
        "from tensorflow.keras import backend as K\nK.argmax(x)\n",
    )


def test_names_imported_from_the_backend() -> None:
    transformed(
        "from keras.backend import argmax, epsilon\nargmax(x) + epsilon()\n",
        "from keras.backend import epsilon\nfrom keras import ops\nops.argmax(x, axis=-1) + epsilon()\n",
    )


def test_merge() -> None:
    transformed(
        """
        from keras.layers import Input, merge
        a = merge([x, y], mode="concat", concat_axis=1)
        b = merge([x, y], mode="sum", name="s")
        c = merge([x, y])
        """,
        """
        from keras.layers import Input, Concatenate, Add
        a = Concatenate(axis=1)([x, y])
        b = Add(name="s")([x, y])
        c = Add()([x, y])
        """,
    )
    own = "from keras.layers import merge\nmerge([x, y], mode=lambda z: z[0])\n"
    assert rewritten(own) == own
    old = 'from keras.layers import merge\nmerge([x, y], mode="dot", dot_axes=1)\n'
    assert rewritten(old) == old
    assert rewritten(old, UNSAFE) == "from keras.layers import Dot\nDot(axes=1)([x, y])\n"


def test_the_order_of_axes_and_what_it_is_compared_with() -> None:
    transformed(
        """
        from keras import backend as K
        if K.image_dim_ordering() == 'th':
            pass
        order = K.image_dim_ordering()
        assert order in {"th", "tf"}
        axis = 1 if order == "th" else -1
        """,
        """
        from keras import backend as K
        if K.image_data_format() == 'channels_first':
            pass
        order = K.image_data_format()
        assert order in {"channels_first", "channels_last"}
        axis = 1 if order == "channels_first" else -1
        """,
    )
    unchanged("from keras import backend as K\norder = K.image_dim_ordering()\nf(order)\n")


def test_methods_of_layers() -> None:
    transformed(
        """
        from keras.engine.topology import Layer
        class L(Layer):
            def get_output_shape_for(self, input_shape):
                return input_shape
        """,
        """
        from keras.layers import Layer
        class L(Layer):
            def compute_output_shape(self, input_shape):
                return input_shape
        """,
    )


def test_unused_imports_that_raise_go() -> None:
    transformed("from keras.utils.visualize_util import plot\nimport keras\n", "import keras\n")
    source = "from keras.utils.visualize_util import plot\nimport keras\n"
    assert rewritten(source, Wanted(is_package=True)) == source
    unchanged("from keras.utils.visualize_util import plot\n__all__ = ['plot']\n")
    transformed("def f():\n    from keras.utils.visualize_util import plot\n", "def f():\n    pass\n")


def test_keras_1_becomes_keras_3_in_one_run() -> None:
    transformed(
        """
        from keras.layers import Input, Convolution2D, merge
        from keras.layers.normalization import BatchNormalization
        from keras.models import Model
        x = Input((8, 8, 3))
        y = BatchNormalization(mode=0)(Convolution2D(4, 3, 3, border_mode='same', init='uniform')(x))
        z = merge([y, Convolution2D(4, 1, 1)(x)], mode='concat')
        Model(input=x, output=z)
        """,
        """
        from keras.layers import Input, Conv2D, Concatenate
        from keras.layers import BatchNormalization
        from keras.models import Model
        x = Input((8, 8, 3))
        y = BatchNormalization()(Conv2D(4, (3, 3), padding='same', kernel_initializer='uniform')(x))
        z = Concatenate()([y, Conv2D(4, (1, 1))(x)])
        Model(inputs=x, outputs=z)
        """,
    )


def test_every_other_byte_stays() -> None:
    old = (
        "import keras\r\n\tif_ = 1\r\n".replace("\t", "") + "x = keras.layers.Dense( output_dim = 3 ,)  # é\r\n\x0c\r\n"
    )
    assert rewritten(old) == old.replace("output_dim", "units")
    old = "s = 'é'; from keras.layers import Dense; Dense(output_dim='é')\n"
    assert rewritten(old) == old.replace("output_dim", "units")
    old = "import keras\nif x:\n\tkeras.layers.Dense(output_dim=3)\n"
    assert rewritten(old) == old.replace("output_dim", "units")


def test_tensorflow_on_keras_tensors() -> None:
    transformed(
        """
        import tensorflow as tf
        from tensorflow.keras.layers import Input, Conv2D
        x = Input((8, 8, 3))
        y = tf.nn.relu(Conv2D(4, 3)(x))
        """,
        """
        import tensorflow as tf
        from tensorflow.keras.layers import Input, Conv2D
        x = Input((8, 8, 3))
        y = tf.keras.ops.relu(Conv2D(4, 3)(x))
        """,
    )


def test_helpers_that_are_gone() -> None:
    old = """
        from keras.applications.imagenet_utils import _obtain_input_shape
        from keras.utils.layer_utils import convert_all_kernels_in_model
        from keras.utils import layer_utils
        from keras.engine.topology import get_source_inputs
        from keras import backend as K
        shape = _obtain_input_shape(shape, default_size=299, min_size=139, data_format=None, require_flatten=top)
        get_source_inputs(x)
        if K.backend() == 'theano':
            layer_utils.convert_all_kernels_in_model(model)
            convert_all_kernels_in_model(model)
        K.set_session(s)
    """
    transformed(
        old,
        """
        from keras.utils import get_source_inputs
        shape = shape or ((299, 299, 3) if top else (None, None, 3))
        get_source_inputs(x)
    """,
        UNSAFE,
    )


def test_a_name_that_is_told_in_words() -> None:
    transformed(
        "from keras.layers import AtrousConvolution2D, CuDNNGRU\n"
        "AtrousConvolution2D(64, 3, 3, atrous_rate=(2, 2))\nCuDNNGRU(3)\n",
        "from keras.layers import Conv2D, GRU\nConv2D(64, (3, 3), dilation_rate=(2, 2))\nGRU(3, reset_after=True)\n",
    )


def test_a_layer_of_cudnn_keeps_its_count() -> None:
    transformed(
        "from keras.layers import CuDNNGRU, Dense, GRU\n"
        "CuDNNGRU(Dense(output_dim=Dense(output_dim=3).units).units)\nGRU(3)\n",
        "from keras.layers import Dense, GRU\n"
        "GRU(Dense(units=Dense(units=3).units).units, reset_after=True)\nGRU(3, reset_after=False)\n",
    )
