from __future__ import annotations

import pytest

from sphinx_paramdoc import options


@pytest.mark.parametrize(
    ("given", "values"),
    [
        ({"depth": "0"}, {"depth": 0}),
        ({"depth": "12", "unfold": ""}, {"depth": 12, "unfold": True}),
        ({}, {}),
    ],
)
def test_what_a_block_shows(given: dict[str, str], values: dict[str, object]) -> None:
    assert options.read(given, ["keras.x"], has_code=False) == values


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"depth": "-1"}, ":depth: '-1' is not a depth such as 0, 1, 2"),
        ({"depth": "all"}, ":depth: 'all' is not a depth such as 0, 1, 2"),
        ({"depth": ""}, ":depth: '' is not a depth such as 0, 1, 2"),
        ({"unfold": "yes"}, ":unfold: takes no value, but has 'yes'"),
    ],
)
def test_what_is_no_value_is_named(given: dict[str, str], message: str) -> None:
    with pytest.raises(options.MisuseError) as raised:
        options.read(given, ["keras.x"], has_code=False)
    assert (str(raised.value), [raised.value.option]) == (message, list(given))
