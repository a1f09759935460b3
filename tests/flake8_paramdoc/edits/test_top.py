"""The order of channels is set behind the imports of a file that has them first, and nowhere else."""

from __future__ import annotations

import pytest

from flake8_paramdoc.edits.rounds import Wanted, fixed
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


def _is_left(source: str, wanted: Wanted) -> bool:
    """Tell whether a source stays as it is, with a word on why."""
    outcome = fixed(source, wanted)
    return outcome.text == source and "nobody would be told, on line " in outcome.trouble


def test_it_is_not_safe() -> None:
    assert _is_left(OLD.replace("\n    ", "\n"), SAFE)


def test_a_line_that_goes_on_behind_the_imports_is_left() -> None:
    source = OLD.replace("\n    ", "\n").replace("import Model\n", "import Model; side = 3\n")
    assert _is_left(source, UNSAFE)


@pytest.mark.parametrize(
    "between",
    ["model = Sequential([Convolution2D(3, 3, 3)])\n", "if deep:\n    model = Sequential()\n", "n = 3\n"],
)
def test_it_is_set_before_anything_else_runs(between: str) -> None:
    source = OLD.replace("\n    ", "\n").replace("from keras.models import Model\n", f"{between}import os\n")
    written = rewritten("from keras.models import Model" + source, UNSAFE)
    assert written.index("set_image_data_format") < written.index(between)


def test_imports_in_branches_are_imports() -> None:
    branches = "try:\n    import os\nexcept ImportError:\n    os = None\n"
    source = OLD.replace("\n    ", "\n").replace("from keras.models", f"{branches}from keras.models")
    written = rewritten(source, UNSAFE)
    assert written.index("set_image_data_format") < written.index(branches)
    written = rewritten(source.replace("os = None", "pass"), UNSAFE)
    assert written.index("set_image_data_format") > written.index("import Model")


def test_what_may_tell_keras_something_as_it_is_imported_is_left_before_it() -> None:
    source = "import sys\nsys.path.insert(0, 'mine')\n" + OLD.replace("\n    ", "\n")
    assert _is_left(source, UNSAFE)


def test_variables_of_the_environment_are_set_among_the_imports() -> None:
    source = "import os\nos.environ['KERAS_BACKEND'] = 'theano'\n" + OLD.replace("\n    ", "\n")
    written = rewritten(source, UNSAFE)
    assert written.index("set_image_data_format") > written.index("import Model")
