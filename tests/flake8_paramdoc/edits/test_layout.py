"""What is written looks as what stood there did: line ends, columns, and no more than is needed."""

from __future__ import annotations

import pytest

from flake8_paramdoc.edits.patch import patch
from tests.flake8_paramdoc.edits.rewriting import SAFE, UNSAFE, rewritten, transformed, unchanged


def test_what_stands_below_a_parenthesis_stays_below_it() -> None:
    transformed(
        """
        from keras.layers import Convolution2D
        x = f(Convolution2D(64, 3, 3,
                            border_mode='same',  # the same
                            # a comment
                            W_regularizer=l2(0.1,
                                             0.2),
                            name='''a
                            b'''
                            )(x),
              3)
        """,
        """
        from keras.layers import Conv2D
        x = f(Conv2D(64, (3, 3),
                     padding='same',  # the same
                     # a comment
                     kernel_regularizer=l2(0.1,
                                           0.2),
                     name='''a
                            b'''
                     )(x),
              3)
        """,
    )


def test_what_stands_elsewhere_stays_there() -> None:
    transformed(
        """
        from keras.layers import Convolution2D
        x = Convolution2D(64, 3, 3,
              border_mode='same')(x)
        y = [Convolution2D(8, 3, 3,
                           name='a')(
          x
        )]
        z = Convolution2D(
            64, 3, 3,
            border_mode='same',
        )(x)
        """,
        """
        from keras.layers import Conv2D
        x = Conv2D(64, (3, 3),
              padding='same')(x)
        y = [Conv2D(8, (3, 3),
                    name='a')(
          x
        )]
        z = Conv2D(
            64, (3, 3),
            padding='same',
        )(x)
        """,
    )


def test_a_line_ends_where_it_did_when_its_last_argument_goes() -> None:
    transformed(
        """
        from keras.layers import BatchNormalization
        BatchNormalization(axis=1, mode=0,
                           name='a')
        BatchNormalization(mode=0,
                           name='a')
        """,
        """
        from keras.layers import BatchNormalization
        BatchNormalization(axis=1,
                           name='a')
        BatchNormalization(name='a')
        """,
    )


def test_a_shape_that_is_taken_apart_at_once_is_not_copied() -> None:
    transformed(
        """
        from keras import backend as K
        from keras.layers import Input
        x = Input((3, 4))
        a = K.int_shape(x)[1]
        b, c, d = K.int_shape(x)
        e = K.int_shape(x)[1:]
        f = x.get_shape().as_list()[-1]
        g = tuple(x.shape.as_list())
        """,
        """
        from keras.layers import Input
        x = Input((3, 4))
        a = x.shape[1]
        b, c, d = x.shape
        e = tuple(x.shape)[1:]
        f = x.shape[-1]
        g = tuple(x.shape)
        """,
    )


@pytest.mark.parametrize("padding", ["(0, half)", "[1, 1]"])
def test_a_padding_of_keras_1_is_left_to_a_person(padding: str) -> None:
    unchanged(f"from keras import backend as K\nK.spatial_2d_padding(x, {padding})\n")


def test_a_module_stays_whose_functions_are_gone() -> None:
    unchanged("import keras.utils.conv_utils as conv_utils\nconv_utils.normalize_tuple(3, 2, 'size')\n")
    transformed(
        "import keras.utils.np_utils as kutils\nkutils.to_categorical(y)\n",
        "import keras.utils as kutils\nkutils.to_categorical(y)\n",
    )


def test_a_third_place_that_was_another_in_other_releases_is_left_to_a_person() -> None:
    unchanged("from keras.preprocessing.image import load_img\nload_img(path, grayscale, size)\n")


def test_a_second_place_that_may_be_a_number_of_samples_is_no_number_of_batches() -> None:
    head = "from keras.models import Sequential\nm = Sequential()\n"
    unchanged(f"{head}m.predict_generator(g, n)\n")
    unchanged(f"{head}m.predict_generator(g, nb_val_samples)\n")
    assert rewritten(f"{head}m.predict_generator(g, n / 8)\n", SAFE) == f"{head}m.predict_generator(g, n / 8)\n"
    transformed(f"{head}m.predict_generator(g, n / 8)\n", f"{head}m.predict(g, steps=n / 8)\n", UNSAFE)
    head = f"from tensorflow.{head.removeprefix('from ')}"
    transformed(f"{head}m.predict_generator(g, n)\n", f"{head}m.predict(g, steps=n)\n")


def test_no_name_is_imported_that_is_there_without() -> None:
    transformed(
        "from keras import backend as K\nfrom tensorflow.python.framework import ops\nK.sum(x)\nops.reset()\n",
        "import keras\nfrom tensorflow.python.framework import ops\nkeras.ops.sum(x)\nops.reset()\n",
    )


def test_a_question_after_the_backend_goes_with_what_depended_on_it() -> None:
    head = "from keras.utils import layer_utils\nfrom keras import backend as K\n"
    done = "layer_utils.convert_all_kernels_in_model(m)"
    transformed(f"{head}if K.backend() == 'theano':\n    {done}\nf()\n", "f()\n", UNSAFE)
    transformed(
        f"{head}if K.backend() == 'theano':\n    {done}\nelse:\n    f()\n",
        "from keras import backend as K\nif K.backend() == 'theano':\n    pass\nelse:\n    f()\n",
        UNSAFE,
    )


def test_a_value_with_another_name_keeps_its_quotes() -> None:
    head = "from keras.layers import UpSampling2D\n"
    transformed(
        f"{head}UpSampling2D(dim_ordering='th')\nUpSampling2D(dim_ordering=\"tf\")\n",
        f"{head}UpSampling2D(data_format='channels_first')\nUpSampling2D(data_format=\"channels_last\")\n",
    )


def test_a_patch_of_a_long_file_leaves_its_blank_lines() -> None:
    old = "".join(f"a{number}\n\n" for number in range(300))
    new = old.replace("a5\n", "b5\n").replace("a6\n", "b6\n").replace("a299\n\n", "a299\nb\n")
    lines = patch("a.py", old.encode(), new.encode()).decode().splitlines()
    assert [line for line in lines if line[:1] in "+-"][2:] == ["-a5", "+b5", "-a6", "+b6", "-", "+b"]
