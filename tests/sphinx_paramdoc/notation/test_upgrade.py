"""Blocks for an older Keras, brought into today's form before they run."""

from __future__ import annotations

from typing import Any

import pytest
from babel.messages.pofile import read_po

from sphinx_paramdoc.execution import Failure, Listing, Source
from sphinx_paramdoc.execution.request import Frame
from sphinx_paramdoc.notation import lint
from sphinx_paramdoc.notation.upgrade import Upgraded, UpgradeError, can_be, upgraded
from sphinx_paramdoc.said import Said
from tools.catalogues import PACKAGE


def source(text: str, line: int = 1) -> Source:
    return Source(text, "index.rst", line)


def made(**parts: Any) -> Upgraded:
    sources: dict[str, Any] = {part: source(text, 10) for part, text in parts.items()}
    return upgraded(Listing(**sources))


def test_the_two_words_of_the_first_question() -> None:
    code = "x = keras.Input((3,))\nm = keras.models.Model(input = [x], output = [x])"
    found = made(code=code)
    assert found.listing.code == Source(
        "x = keras.Input((3,))\nm = keras.models.Model(inputs = [x], outputs = [x])", "index.rst", 10, (10, 11)
    )
    assert found.said == "Written for an older Keras, and changed: input → inputs, output → outputs."
    assert found.listing.request().code == found.listing.code.text


def test_what_changed_is_said_in_the_language_of_a_page() -> None:
    code = (
        "a = keras.layers.Dense(2, init='zero', bias=True, W_constraint=a, b_constraint=a, W_regularizer=a)\n"
        "b = keras.layers.Convolution1D(2, filter_length=2, border_mode='same', b_regularizer=a)\n"
        "c = keras.layers.BatchNormalization(mode=0)\nd = keras.Model(input=a, output=b)"
    )
    few, several = made(code=code.splitlines()[2]).said, made(code=code).said
    file = PACKAGE / "locale" / "de" / "LC_MESSAGES" / "sphinx_paramdoc.po"
    with file.open("rb") as held:
        catalogue = read_po(held, "de")

    class German:
        def gettext(self, message: str) -> str:
            found = catalogue.get(message)
            assert found and isinstance(found.string, str) and found.string
            return found.string

        def ngettext(self, singular: str, plural: str, number: int) -> str:
            found = catalogue.get(singular)
            assert found and isinstance(found.string, tuple) and plural
            return found.string[number != 1]

    assert isinstance(several, Said)
    assert isinstance(few, Said)
    assert few.again(German()) == "Für ein älteres Keras geschrieben und geändert: ohne mode=0."
    assert isinstance(several, Said)
    assert several.again(German()).startswith(
        "Für ein älteres Keras geschrieben und geändert: init → kernel_initializer,"
    )
    assert several.again(German()).endswith(", border_mode → padding, und 4 weitere Stellen.")


def test_code_of_today_stays() -> None:
    found = made(code="m = keras.Model(inputs=x, outputs=y)")
    assert found.listing == Listing(code=source("m = keras.Model(inputs=x, outputs=y)", 10))
    assert found.said == ""


def test_the_argument_knows_the_names_of_the_code() -> None:
    found = made(code="from keras.layers import Dense as D", expression="D(output_dim=3)", model="D(output_dim=4)")
    assert (found.listing.code, found.listing.expression, found.listing.model) == (
        source("from keras.layers import Dense as D", 10),
        Source("D(units=3)", "index.rst", 10, (10,)),
        Source("D(units=4)", "index.rst", 10, (10,)),
    )


def test_a_colon_stays_a_colon() -> None:
    found = made(expression="keras.layers:Dense(output_dim=3)")
    assert found.listing.expression is not None
    assert found.listing.expression.text == "keras.layers:Dense(units=3)"


def test_a_name_of_today_needs_no_import_where_keras_is_there() -> None:
    found = made(code="K = keras.backend\ny = K.argmax(x)")
    assert found.listing.code is not None
    assert found.listing.code.text == "K = keras.backend\ny = keras.ops.argmax(x, axis=-1)"


def test_lines_stay_true_where_an_import_goes_or_comes() -> None:
    code = (
        "from keras.utils.visualize_util import plot\nfrom keras import backend as K\n\ny = K.argmax(x)\nz = K.rnn(x)"
    )
    found = made(code=code)
    assert found.listing.code is not None
    new = found.listing.code.text.split("\n")
    assert [found.listing.code.at(number) for number, line in enumerate(new, 1) if "= " in line] == [13, 14]
    assert [finding.line for finding in lint.outdated(found.listing)] == [14]
    failure = Failure(kind="execution", message="", frames=[Frame(file="<code>", line=new.index("z = K.rnn(x)") + 1)])
    assert found.listing.location(failure) == ("index.rst", 14)


def test_what_does_not_parse_is_told_at_its_line() -> None:
    with pytest.raises(UpgradeError, match=":upgrade: the code does not parse") as raised:
        made(code="x = 1\nprint 'x'")
    assert raised.value.line == 11


def test_what_is_there_without_an_import_says_for_which_keras_it_is() -> None:
    code = made(code="m = keras.layers.GRU(4, init='zero')").listing.code
    assert code is not None
    assert code.text == "m = keras.layers.GRU(4, kernel_initializer='zero', reset_after=False)"


def test_no_model_is_shown_whose_channels_stand_elsewhere_now() -> None:
    code = "x = 1\nm = keras.layers.Convolution2D(8, 3, 3, input_shape=(3, 64, 64))"
    with pytest.raises(UpgradeError) as raised:
        made(code=code)
    assert raised.value.line == 11
    assert str(raised.value) == (
        ":upgrade: leaves this to you: a shape that begins with the channels ends with them, 8 filters have"
        ' 4,616 parameters and not 224, since Keras 3: turn it, or call set_image_data_format("channels_first")'
    )
    decided = f"keras.backend.set_image_data_format('channels_first')\n{code}"
    assert "Conv2D(8, (3, 3), " in str(made(code=decided).listing.code)


def test_many_changes_are_not_all_told() -> None:
    layers = "\n".join(f"keras.layers.Dense(output_dim={n}, init='a{n}')" for n in range(2))
    found = made(
        code=f"{layers}\nkeras.layers.LSTM(1, inner_init='a', inner_activation='b', dropout_W=1, dropout_U=2, "
        "W_regularizer=None, U_regularizer=None, b_regularizer=None)"
    )
    assert found.said.endswith(", and 1 more.")


def test_what_is_outdated_in_an_imported_file(tmp_path: Any) -> None:
    (tmp_path / "net.py").write_text("import keras\ndef f(x):\n    return keras.Model(input=x,\n        output=x)\n")
    failure = Failure(kind="execution", message="", frames=[Frame(file="<code>", line=1), Frame(file="net.py", line=4)])
    assert lint.imported_cause(failure, [str(tmp_path)]) == (
        "net.py:3: KER101 Model(input=...) was renamed in Keras 2: write inputs=..."
        " (keras-modernize --fix net.py writes what it can)"
    )
    assert lint.imported_cause(failure, [str(tmp_path / "no")]) == ""


def test_what_could_be_fixed_is_known() -> None:
    assert can_be(Listing(code=source("m = keras.Model(input=x, output=y)")))
    assert not can_be(Listing(code=source("m = keras.Model(inputs=x, outputs=y)")))
    assert not can_be(Listing(code=source("print 'x'")))
