"""Classes of which nothing can be made any more, but which code may still ask about."""

from __future__ import annotations

import pytest

from tests.flake8_paramdoc.linting import codes, findings

ATTRIBUTE = "import tensorflow as tf\nfrom typing import Union\n"
NAME = "from keras.optimizers.legacy import Adam\n"


@pytest.mark.parametrize(
    "use",
    [
        "isinstance(x, {})",
        "isinstance(x, (str, {}))",
        "issubclass(kind, {})",
        "type(x) == {}",
        "{} is kind",
        "Optimizer = Union[str, {}]",
        "def f(x: {}) -> None: pass",
        "def f(x) -> {}: pass",
        "async def f(*, x: Union[{}, str]): pass",
        "x: {} = make()",
    ],
)
def test_asking_goes_on_working(use: str) -> None:
    assert codes(ATTRIBUTE + use.format("tf.keras.optimizers.legacy.Adam")) == []
    assert codes(NAME + use.format("Adam")) == []


@pytest.mark.parametrize(
    "use",
    [
        "{}()",
        "make({})",
        "kinds = [{}]",
        "class Own({}): pass",
        "isinstance({}(), str)",
        "isinstance(x, kinds[{}()])",
        "{}().lr == 3",
        "kind = {}",
        "def f(x={}): pass",
    ],
)
def test_all_else_does_not(use: str) -> None:
    assert "KER205" in codes(ATTRIBUTE + use.format("tf.keras.optimizers.legacy.Adam"))
    assert codes(NAME + use.format("Adam"))[0] == "KER205"
    assert codes(f"{NAME}isinstance(x, Adam)\n{use.format('Adam')}")[0] == "KER205"


def test_an_import_that_nothing_uses() -> None:
    assert codes(NAME) == ["KER205"]


def test_a_name_that_is_gone_cannot_be_asked_about() -> None:
    assert codes(f"{ATTRIBUTE}isinstance(x, tf.keras.optimizers.legacy.Nadam)") == ["KER205"]
    assert codes(f"{ATTRIBUTE}isinstance(x, tf.keras.optimizers.experimental.Optimizer)") == ["KER205"]


def test_the_message_says_the_module_where_nothing_else_changed() -> None:
    source = "import keras\nkeras.optimizers.legacy.Adam()\nkeras.optimizers.adam()\n"
    assert [finding.message for finding in findings(source)] == [
        "keras.optimizers.legacy.Adam was renamed in Keras 3: write keras.optimizers.Adam",
        "keras.optimizers.adam was renamed in Keras 3: write keras.optimizers.Adam",
    ]
