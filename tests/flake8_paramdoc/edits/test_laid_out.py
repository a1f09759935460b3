"""How what is written anew is laid out: lines stay below what they stood below, and no blank ones are left."""

from __future__ import annotations

from flake8_paramdoc.edits.rounds import fixed
from tests.flake8_paramdoc.edits.rewriting import UNSAFE, rewritten, transformed

BACKEND = "from keras import backend as K, ops\n"


def test_imports_in_parentheses_stay_below_them() -> None:
    transformed(
        """
        from keras.layers.convolutional import (Convolution2D,
                                                MaxPooling2D,  # pools
                                                # and
                                                UpSampling2D)
        x = Convolution2D(3, 3, 3)
        """,
        """
        from keras.layers import (Conv2D,
                                  MaxPooling2D,  # pools
                                  # and
                                  UpSampling2D)
        x = Conv2D(3, (3, 3))
        """,
    )


def test_what_stands_below_an_outer_parenthesis_stays_below_that() -> None:
    transformed(
        f"""{BACKEND}
y = K.reshape(x, (s[0] * s[1],
              s[2]))
y = K.reshape(K.square(x,
                       3), (s[0],
                            s[1]))
""",
        """from keras import ops

y = ops.reshape(x, (s[0] * s[1],
                s[2]))
y = ops.reshape(ops.square(x,
                           3), (s[0],
                                s[1]))
""",
    )


def test_what_is_written_anew_around_several_lines_takes_them_along() -> None:
    transformed(
        """
        from keras import backend as K
        from keras.layers import embeddings
        from keras.models import Sequential
        model = Sequential()
        model.add(embeddings.Embedding(9, 8,
                                       mask_zero=True,
                                       batch_input_shape=(3, 4)))
        x = K.sqrt(K.sum(x, axis=-1)
                   + y
                   + K.epsilon())
        y = 2 * K.hard_sigmoid(x +
                               3)
        z = K.hard_sigmoid(
            f(x,
              3))
        """,
        """
        from keras import backend as K, ops
        from keras import layers
        from keras.models import Sequential
        model = Sequential()
        model.add(layers.Input(batch_shape=(3, 4)))
        model.add(layers.Embedding(9, 8,
                                   mask_zero=True))
        x = ops.sqrt(ops.maximum(ops.sum(x, axis=-1)
                                 + y
                                 + K.epsilon(), 0))
        y = 2 * ops.clip(0.2 * (x +
                                3) + 0.5, 0, 1)
        z = ops.clip(
            0.2 * f(x,
                    3) + 0.5, 0, 1)
        """,
    )


def test_a_name_is_imported_once() -> None:
    transformed(
        """
        from keras.layers import recurrent, embeddings
        from keras.layers import wrappers
        from keras.layers.core import Dense
        from keras.layers.core import Dense
        x = wrappers.TimeDistributed(recurrent.LSTM(3))(embeddings.Embedding(3, 4)(Dense(3)))
        """,
        """
        from keras import layers
        from keras.layers import Dense
        x = layers.TimeDistributed(layers.LSTM(3))(layers.Embedding(3, 4)(Dense(3)))
        """,
    )


def test_no_blank_lines_are_left_around_what_goes() -> None:
    transformed(
        """
        from keras import backend as K
        from keras.utils.layer_utils import convert_all_kernels_in_model

        def f(model):
            if model:
                if K.backend() == 'theano':
                    convert_all_kernels_in_model(model)

                if loaded:
                    go()
            elif loaded:
                load()
                if K.backend() == 'theano':
                    convert_all_kernels_in_model(model)
            go()

            K.set_session(s)

            return model
        """,
        """

        def f(model):
            if model:
                if loaded:
                    go()
            elif loaded:
                load()
            go()

            return model
        """,
        UNSAFE,
    )


def test_reasons_have_the_lines_of_the_source_as_it_was() -> None:
    source = "from keras.layers import GRU\nfrom keras import backend as K\n\nx = K.square(y)\n\na = K.zeros(3)\n"
    assert [(reason.line, reason.text[:17]) for reason in fixed(source, UNSAFE).reasons] == [(6, "it was a variable")]


def test_a_line_of_its_own_has_blank_ones_around_it() -> None:
    source = "from keras.layers import Convolution2D\nx = Convolution2D(8, 3, 3, input_shape=(3, 64, 64))\n"
    written = rewritten(source, UNSAFE)
    assert '\nimport keras\n\nkeras.backend.set_image_data_format("channels_first")\n\nx = Conv2D(' in written


def test_a_join_of_two_lines_stays_one_of_two_lines() -> None:
    transformed(
        """
        from keras.layers import merge

        def custom_sum(tensors):
            return tensors[0]
        score_fused_with_all = merge([score_pool4_crop, score2], mode=custom_sum,
                                     output_shape=custom_sum_shape, name='score_fused')
        """,
        """
        from keras.layers import Lambda

        def custom_sum(tensors):
            return tensors[0]
        score_fused_with_all = Lambda(custom_sum,
                                      output_shape=custom_sum_shape,
                                      name='score_fused')([score_pool4_crop, score2])
        """,
        UNSAFE,
    )
