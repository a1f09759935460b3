"""How layers nest what they take and give: as a list, by names, or one in the other."""

from __future__ import annotations

from typing import Any

import pytest

from sphinx_paramdoc import table

pytestmark = pytest.mark.slow


def test_shapes_keep_their_nesting(keras: Any, inspection: Any) -> None:
    class Mix(keras.layers.Layer):  # type: ignore[misc]
        def call(self, inputs: Any) -> Any:
            return {"sum": inputs["b"] + inputs["a"], "both": [inputs["a"], inputs["b"]]}

    a, b = keras.Input((4,), name="a"), keras.Input((1,), name="b")
    mixed = Mix(name="mix")({"b": b, "a": a})
    attended = keras.layers.Attention(name="look")([mixed["sum"][:, None], a[:, None]])
    states = keras.layers.LSTM(3, return_state=True, name="lstm")(attended)
    rows = {row.path: row for row in table.build(inspection.inspect(keras.Model({"a": a, "b": b}, states))).rows}
    assert rows["mix"].input_shape == {"b": [None, 1], "a": [None, 4]}
    assert rows["mix"].output_shape == {"sum": [None, 4], "both": [[None, 4], [None, 1]]}
    assert rows["look"].input_shape == [[None, 1, 4], [None, 1, 4]]
    assert rows["lstm"].output_shape == [[None, 3], [None, 3], [None, 3]]
    assert rows["a"].input_shape == rows["a"].output_shape == [None, 4]


@pytest.mark.parametrize(("package", "called"), [("keras_hub", ["one", "three"]), ("mine", None)])
def test_layers_of_libraries_that_are_alike_are_called_once_more_to_learn_how_they_nest(
    package: str, called: list[str] | None, keras: Any, inspection: Any
) -> None:
    calls: list[str] = []

    class Pair(keras.layers.Layer):  # type: ignore[misc]
        __module__ = f"{package}.layers"

        def __init__(self, first: str, **given: Any) -> None:
            super().__init__(**given)
            self.first = first

        def call(self, inputs: Any) -> Any:
            calls.append(self.name)
            return {self.first: inputs, "z": [inputs]}

        def get_config(self) -> dict[str, Any]:
            return {**super().get_config(), **({"first": self.first} if called else {})}

    x = inputs = keras.Input((4,))
    for name, first in (("one", "a"), ("two", "a"), ("three", "b"), ("four", "a")):
        x = Pair(first, name=name)(x)[first]
    made = calls.copy()
    rows = {row.path: row for row in table.build(inspection.inspect(keras.Model(inputs, x))).rows}
    assert rows["one"].output_shape == rows["two"].output_shape == {"a": [None, 4], "z": [[None, 4]]}
    assert rows["three"].output_shape == {"b": [None, 4], "z": [[None, 4]]}
    assert calls[len(made) :] == (called or ["one", "two", "three", "four"])


def test_a_layer_that_cannot_say_what_it_is_made_with_keeps_its_nesting(keras: Any, inspection: Any) -> None:
    class Moments(keras.layers.Layer):  # type: ignore[misc]
        def __init__(self, by: Any) -> None:
            super().__init__(name="moments")
            self.by = by

        def call(self, inputs: Any) -> Any:
            return {"mean": self.by(inputs), "var": self.by(inputs)}

    x = keras.Input((3,))
    model = keras.Model(x, Moments(lambda value: value + 1)(x)["mean"])
    assert inspection.inspect(model).layers[1].output_shape == {"mean": [None, 3], "var": [None, 3]}


def test_a_nesting_that_cannot_be_told_is_left_flat(keras: Any, inspection: Any) -> None:
    class Odd(keras.layers.Layer):  # type: ignore[misc]
        made = 0

        def compute_output_spec(self, inputs: Any) -> Any:
            Odd.made += 1
            if Odd.made > 1 and self.name == "raises":
                raise LookupError
            axis = 4 if Odd.made == 1 else 9
            return {"a": keras.KerasTensor((None, axis)), "b": keras.KerasTensor((None, axis))}

        def call(self, inputs: Any) -> Any:
            return {"a": inputs, "b": inputs}

    for name in ("differs", "raises"):
        Odd.made = 0
        inputs = keras.Input((4,))
        given = Odd(name=name)(inputs)
        rows = table.build(inspection.inspect(keras.Model(inputs, given["a"]))).rows
        assert rows[1].output_shape == [[None, 4], [None, 4]]
