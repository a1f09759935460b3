from __future__ import annotations

import pytest

from sphinx_paramdoc import options


@pytest.mark.parametrize(
    ("text", "value"), [("", True), ("on", True), ("true", True), ("off", False), ("false", False)]
)
def test_a_switch_needs_no_value_and_takes_one(text: str, value: bool) -> None:
    assert options.read({"legend": text}, ["mynets.build"], has_code=False) == {"legend": value}


def test_a_switch_takes_no_other_value() -> None:
    with pytest.raises(options.MisuseError, match=r":legend: 'maybe' is neither on nor off") as raised:
        options.read({"legend": "maybe"}, ["mynets.build"], has_code=False)
    assert raised.value.option == "legend"
