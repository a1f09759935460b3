"""The order of channels is set behind the imports of a file that has them first, and nowhere else."""

from __future__ import annotations

from tests.flake8_paramdoc.edits.rewriting import SAFE, UNSAFE, rewritten, transformed

OLD = """
    from keras.layers import Input, Conv2D
    from keras.layers.normalization import BatchNormalization  # kept
    from keras.models import Model


    def build(shape):
        x = Input(shape)
        return Model(input=x, output=BatchNormalization(axis=1)(Conv2D(3, (3, 3))(x)))
    """
NEW = """
    from keras.layers import Input, Conv2D
    from keras.layers import BatchNormalization  # kept
    from keras.models import Model
    import keras

    keras.backend.set_image_data_format("channels_first")


    def build(shape):
        x = Input(shape)
        return Model(inputs=x, outputs=BatchNormalization(axis=1)(Conv2D(3, (3, 3))(x)))
    """


def test_the_order_is_set_behind_the_imports() -> None:
    transformed(OLD, NEW, UNSAFE)


def test_a_backend_that_is_imported_sets_it() -> None:
    source = OLD.replace("from keras.models", "from keras import backend as K\n    from keras.models")
    assert 'Model\n\nK.set_image_data_format("channels_first")\n' in rewritten(source.replace("\n    ", "\n"), UNSAFE)


def test_it_is_not_safe() -> None:
    assert "set_image_data_format" not in rewritten(OLD.replace("\n    ", "\n"), SAFE)


def test_a_line_that_goes_on_behind_the_imports_is_left() -> None:
    source = OLD.replace("\n    ", "\n").replace("import Model\n", "import Model; side = 3\n")
    assert "set_image_data_format" not in rewritten(source, UNSAFE)
