"""Arguments are renamed, moved and dropped one by one; comments, commas and line breaks stay."""

from __future__ import annotations

import pytest

from flake8_paramdoc.edits.rounds import Wanted, fixed
from tests.flake8_paramdoc.edits.rewriting import UNSAFE, rewritten, transformed, unchanged


def call(old: str, new: str) -> None:
    transformed(f"from keras import layers, models\n{old}\n", f"from keras import layers, models\n{new}\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("models.Model(input = [x], output = [y])", "models.Model(inputs = [x], outputs = [y])"),
        ("layers.Dense(output_dim=3)", "layers.Dense(units=3)"),
        ("layers.Conv2D(nb_filter=8, nb_row=3, nb_col=5)", "layers.Conv2D(filters=8, kernel_size=(3, 5))"),
        ("layers.Conv2D(nb_row=3, nb_filter=8, nb_col=5)", "layers.Conv2D(kernel_size=(3, 5), filters=8)"),
        ("layers.BatchNormalization(mode=0)", "layers.BatchNormalization()"),
        ("layers.BatchNormalization(axis=1, mode=0)", "layers.BatchNormalization(axis=1)"),
        ("layers.BatchNormalization(mode=0, axis=1)", "layers.BatchNormalization(axis=1)"),
        ("layers.BatchNormalization(axis=1, mode=0,)", "layers.BatchNormalization(axis=1,)"),
        ("layers.Dropout((p))", "layers.Dropout((p))"),
        ("layers.Dropout(p = (0.5))", "layers.Dropout(rate = (0.5))"),
        ('layers.Conv2D(8, 3, dim_ordering="th")', 'layers.Conv2D(8, 3, data_format="channels_first")'),
        ('layers.LSTM(8, consume_less="gpu")', "layers.LSTM(8, implementation=2)"),
        ('layers.Dense(3, W_constraint="maxnorm")', 'layers.Dense(3, kernel_constraint="max_norm")'),
        ("layers.Dense(3, W_constraint='maxnorm')", "layers.Dense(3, kernel_constraint='max_norm')"),
        ("layers.ZeroPadding2D((1, 2, 3, 4))", "layers.ZeroPadding2D(((1, 2), (3, 4)))"),
        ("layers.Dense(64, 10)", "layers.Dense(10, input_dim=64)"),
        ("layers.AveragePooling2D()", "layers.AveragePooling2D(pool_size=(2, 2))"),
    ],
)
def test_arguments(old: str, new: str) -> None:
    call(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            'callbacks.ModelCheckpoint("a", "loss", 0, False, False, "auto", "epoch", None, 0.5)',
            'callbacks.ModelCheckpoint("a", "loss", 0, False, False, "auto", "epoch", initial_value_threshold=0.5)',
        ),
        (
            "optimizers.Adam(1e-3, 0.9, 0.999, 1e-7, False, True)",
            "optimizers.Adam(1e-3, 0.9, 0.999, 1e-7, amsgrad=True)",
        ),
        (
            'optimizers.SGD(0.01, 0.9, True, None, None, None, None, False, 0.99, None, jit, "mine")',
            'optimizers.SGD(0.01, 0.9, True, None, None, None, None, False, 0.99, None, jit_compile=jit, name="mine")',
        ),
        ('optimizers.Optimizer("mine")', 'optimizers.Optimizer("mine")'),
    ],
)
def test_what_stands_before_a_place_that_changed_may_have_gone_too(old: str, new: str) -> None:
    head = "from keras import callbacks, optimizers\n"
    assert fixed(f"{head}{old}\n", Wanted()).text == f"{head}{new}\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Convolution2D(64, 3, 3)", "Conv2D(64, (3, 3))"),
        ("Convolution2D(64, n + 1, 3)", "Conv2D(64, (n + 1, 3))"),
        (
            'Convolution2D(64, 3, 3, border_mode="same", subsample=(2, 2))',
            'Conv2D(64, (3, 3), padding="same", strides=(2, 2))',
        ),
        ('Convolution2D(64, 3, 3, "he_normal")', 'Conv2D(64, (3, 3), kernel_initializer="he_normal")'),
        ("Convolution2D(\n    64,\n    3, 3,  # small\n)", "Conv2D(\n    64,\n    (3, 3),  # small\n)"),
        ("Convolution2D(64, 3,  # rows\n              3)", "Conv2D(64, (3,  # rows\n       3))"),
    ],
)
def test_places(old: str, new: str) -> None:
    transformed(f"from keras.layers import Convolution2D\n{old}\n", f"from keras.layers import Conv2D\n{new}\n")


def test_places_of_a_layer_whose_name_is_another_today() -> None:
    transformed(
        'from keras.layers import CuDNNGRU\nCuDNNGRU(8, "he_normal", return_state=True)\n',
        'from keras.layers import GRU\nGRU(8, kernel_initializer="he_normal", return_state=True)\n',
    )


def test_a_comment_stays_where_an_argument_goes() -> None:
    transformed(
        """
        from keras.layers import BatchNormalization
        BatchNormalization(
            axis=1,  # channels
            mode=0,  # per feature
            epsilon=1e-5,
        )
        BatchNormalization(
            axis=1,  # channels
            mode=0
        )
        """,
        """
        from keras.layers import BatchNormalization
        BatchNormalization(
            axis=1,  # channels
            # per feature
            epsilon=1e-5,
        )
        BatchNormalization(
            axis=1,  # channels
        )
        """,
    )


def test_what_is_spread_is_left() -> None:
    unchanged("from keras.layers import Convolution2D\nConvolution2D(*sizes)\nConvolution2D(64, 3, 3, *rest)\n")
    unchanged("from keras.layers import Convolution2D\nConvolution2D(64, 3, 3, **rest)\n")


def test_an_argument_that_is_passed_twice_is_left() -> None:
    unchanged("from keras.layers import Dense\nDense(output_dim=3, units=4)\n")


def test_what_only_a_person_can_say_is_left() -> None:
    transformed(
        "from keras.models import Sequential\nm = Sequential()\nm.fit_generator(g, samples_per_epoch=9, nb_epoch=2)\n",
        "from keras.models import Sequential\nm = Sequential()\nm.fit_generator(g, samples_per_epoch=9, epochs=2)\n",
    )


def test_optimizers_by_place() -> None:
    transformed(
        "from keras.optimizers import SGD\nSGD(0.01, 0.9, 1e-6, True)\nSGD(lr=0.1)\n",
        "from keras.optimizers import SGD\nSGD(0.01, 0.9, decay=1e-6, nesterov=True)\nSGD(learning_rate=0.1)\n",
    )


def test_a_swap() -> None:
    transformed(
        "from keras import backend as K\nK.binary_crossentropy(y_pred, y_true)\n",
        "from keras import ops\nops.binary_crossentropy(y_true, y_pred)\n",
    )


def test_generators() -> None:
    transformed(
        """
        from keras.models import Sequential
        m = Sequential()
        m.fit_generator(
            g,
            10,  # steps
            callbacks=[c],
            epochs=3,
        )
        m.evaluate_generator(g)
        """,
        """
        from keras.models import Sequential
        m = Sequential()
        m.fit(
            g,
            steps_per_epoch=10,  # steps
            callbacks=[c],
            epochs=3,
        )
        m.evaluate(g)
        """,
        UNSAFE,
    )


def test_comments_stay_where_several_arguments_go() -> None:
    transformed(
        """
        from keras.models import Sequential
        m = Sequential()
        m.fit_generator(g, 10, workers=3, max_queue_size   = 8)
        m.fit_generator(g, 10,
            workers=3,  # three
            max_queue_size=8,  # eight
        )
        m.fit_generator(g, workers=3, steps_per_epoch=4)
        """,
        """
        from keras.models import Sequential
        m = Sequential()
        m.fit(g, steps_per_epoch=10)
        m.fit(g, steps_per_epoch=10,
            # three
            # eight
        )
        m.fit(g, steps_per_epoch=4)
        """,
        UNSAFE,
    )


def test_a_value_that_must_be_imported() -> None:
    transformed(
        'from keras.layers import Dense\nDense(3, kernel_regularizer="l1_l2")\n',
        "from keras.layers import Dense\nfrom keras import regularizers\n"
        "Dense(3, kernel_regularizer=regularizers.L1L2(l1=0.01, l2=0.01))\n",
    )


def test_a_value_that_a_person_must_change_keeps_its_argument() -> None:
    unchanged('from keras.layers import Conv2D\nConv2D(32, (3, 3), border_mode="full")\n')


def test_who_writes_a_file_and_who_reads_it() -> None:
    old = """
        from keras.models import Sequential
        m = Sequential()
        if exists("w.h5"):
            m.load_weights("w.h5")
        m.save_weights("w.h5")
        path = 'a/b.hdf5'
        m.save_weights(path)
        m.save_weights(folder + name)
    """
    transformed(old, old)
    transformed(old, old.replace("w.h5", "w.weights.h5").replace(".hdf5", ".weights.h5"), UNSAFE)


def test_arguments_by_name_stay_in_their_order_and_columns() -> None:
    transformed(
        """
        from keras.models import Sequential
        m = Sequential()
        m.fit_generator(generator       = g,
                        validation_data = v,
                        epochs          = 3,
                        steps_per_epoch = 4)
        """,
        """
        from keras.models import Sequential
        m = Sequential()
        m.fit(g,
              validation_data = v,
              epochs          = 3,
              steps_per_epoch = 4)
        """,
    )


def test_an_argument_that_keeps_the_count() -> None:
    transformed(
        """
        from keras.layers import GRU, Input
        from keras.models import Model
        x = Input((3, 4))
        y = GRU(3)(x)
        z = GRU(
            3,
            name="z",
        )(x)
        Model(input=x, output=[y, z])
        """,
        """
        from keras.layers import GRU, Input
        from keras.models import Model
        x = Input((3, 4))
        y = GRU(3, reset_after=False)(x)
        z = GRU(
            3,
            name="z",
            reset_after=False,
        )(x)
        Model(inputs=x, outputs=[y, z])
        """,
    )


def test_what_told_for_which_keras_a_file_is_may_be_written_anew_first() -> None:
    # The inner call waits for the second round, in which nothing else is old.
    transformed(
        """
        from keras.layers import GRU, Dense
        a = Dense(output_dim=GRU(4).units)
        """,
        """
        from keras.layers import GRU, Dense
        a = Dense(units=GRU(4, reset_after=False).units)
        """,
    )


def test_what_a_person_must_decide_is_found_as_long_as_it_is_not_decided() -> None:
    source = "import keras\n\nk = keras.layers.Convolution2D(8, 3, 3, input_shape=(3, 64, 64))\n"
    outcome = fixed(source, Wanted())
    assert outcome.text == source
    assert outcome.lost is not None
    assert outcome.trouble == (
        "is left as it is: written anew, it would no longer say for which Keras it is, and so nobody would be told, on"
        " line 3: a shape that begins with the channels ends with them, 8 filters have 4,616 parameters and not 224,"
        ' since Keras 3: turn it, or call set_image_data_format("channels_first"); decide that first'
    )
    assert "set_image_data_format" in rewritten(source, UNSAFE)
    for decided in ("keras.backend.set_image_data_format('channels_first')", "keras.config.set_image_data_format(x)"):
        assert "Conv2D(8, (3, 3), " in rewritten(source.replace("\n\n", f"\n{decided}\n"))
