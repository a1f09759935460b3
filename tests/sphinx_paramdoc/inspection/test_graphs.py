"""Operations between the layers of a Keras model, and layers that are called several times."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sphinx_paramdoc import table
from tests.versions import since

pytestmark = pytest.mark.slow


def test_operations_of_a_graph_have_rows(keras: Any, inspection: Any) -> None:
    inputs = keras.Input((4,), name="x")
    hidden = keras.layers.Dense(4, name="first")(inputs)
    both = keras.ops.concatenate([keras.ops.relu(hidden + inputs) * 2, inputs[:, :2]], axis=-1)
    model = keras.Model(inputs, keras.layers.Dense(2, name="last")(both))
    built = table.build(inspection.inspect(model))
    assert [(row.path, row.class_name, row.output_shape, row.connected_to) for row in built.rows] == [
        ("x", "keras.layers.InputLayer", [None, 4], []),
        ("first", "keras.layers.Dense", [None, 4], ["x"]),
        ("add", "keras.ops.add", [None, 4], ["first", "x"]),
        ("relu", "keras.ops.relu", [None, 4], ["add"]),
        ("multiply", "keras.ops.multiply", [None, 4], ["relu"]),
        ("get_item", "keras.ops.get_item", [None, 2], ["x"]),
        ("concatenate", "keras.ops.concatenate", [None, 6], ["multiply", "get_item"]),
        ("last", "keras.layers.Dense", [None, 2], ["concatenate"]),
    ]
    assert [row.path for row in built.rows] == [part.name for part in model.operations]
    [row] = [row for row in built.rows if row.path == "relu"]
    assert (row.params, row.proof, row.explanation) == (0, "none", "no weights: it is an operation, no layer")
    nested = table.build(inspection.inspect(keras.Model(inputs, model(inputs))))
    assert [row.path for row in nested.rows if "add" in row.connected_to[:1]] == []
    assert [row.connected_to for row in nested.rows if row.path.endswith("/relu")] == [[f"{model.name}/add"]]


def test_other_models_have_no_rows_for_operations(keras: Any, inspection: Any) -> None:
    class Doubling(keras.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.dense = keras.layers.Dense(2)

        def call(self, inputs: Any) -> Any:
            return keras.ops.relu(self.dense(inputs)) * 2

    model = Doubling()
    model(keras.Input((4,)))
    stack = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2), keras.layers.ReLU()])
    assert [row.short_class for row in table.build(inspection.inspect(model)).rows] == ["Dense"]
    assert [row.short_class for row in table.build(inspection.inspect(stack)).rows] == ["Dense", "ReLU"]


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda ops, x: abs(x), "keras.ops.absolute"),
        (lambda ops, x: -x, "keras.ops.negative"),
        pytest.param(
            *(lambda ops, x: ops.nn.rms_normalization(x), "keras.ops.rms_normalization"),
            marks=since("keras", "3.9", "rms_normalization"),
        ),
        (lambda ops, x: ops.image.rgb_to_grayscale(ops.reshape(x, (-1, 2, 2, 3))), "keras.ops.image.rgb_to_grayscale"),
    ],
)
def test_an_operation_is_called_as_people_call_it(
    keras: Any, inspection: Any, make: Callable[[Any, Any], Any], name: str
) -> None:
    inputs = keras.Input((12,))
    model = inspection.inspect(keras.Model(inputs, make(keras.ops, inputs)))
    assert model.layers[-1].class_name == name


def test_a_layer_that_is_called_several_times(keras: Any, inspection: Any) -> None:
    left, right = keras.Input((4,)), keras.Input((4,))
    tower = keras.Sequential([keras.Input((4,)), keras.layers.Dense(4), keras.layers.Dense(4)], name="tower")
    step, act = keras.layers.Dense(4, name="step"), keras.layers.ReLU(name="act")
    hidden = act(step(act(step(step(tower(left))))))
    outputs = keras.layers.Dot(-1)([hidden, tower(right)])
    rows = {row.path: row for row in table.build(inspection.inspect(keras.Model([left, right], outputs))).rows}
    assert rows["step"].explanation == "4 × 4 + 4 = 20; called 3 times, counted once"
    assert rows["tower"].explanation.endswith("; called 2 times, counted once")
    assert "called" not in rows["tower/dense"].explanation
    assert "called" not in rows["act"].explanation  # there is nothing to count
    assert sum(row.params for row in rows.values() if row.depth == 0) == 20 + 40
    # The calls of another model are none of this one's.
    alone = table.build(inspection.inspect(keras.Model(left, step(left))))
    assert alone.rows[-1].explanation == "4 × 4 + 4 = 20"
