"""A model made without memory: its table, and what Keras itself counts."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice, takewhile
from typing import Any

from sphinx_paramdoc import table


@dataclass(frozen=True)
class Counted:
    """The table of a model, beside Keras' own figures."""

    table: table.Table
    total: int
    trainable: int
    layers: list[str]
    """The names of the outermost layers, and of the operations of a graph."""


def count(keras: Any, inspection: Any, make: Callable[[], Any]) -> Counted:
    """Make a model from abstract weights, and read it; only counts are kept."""
    keras.utils.clear_session(free_memory=False)
    with inspection.abstract():
        model = make()
        built = table.build(inspection.inspect(model))
        assert all(variable._value is None for variable in model.weights)
        trainable = sum(math.prod(variable.shape) for variable in model.trainable_weights)
        parts = getattr(model, "operations", model.layers)
        return Counted(built, model.count_params(), trainable, [part.name for part in parts])


def assert_adds_up(counted: Counted) -> None:
    """Hold a table against Keras, and each of its rows against those that open below it."""
    built = counted.table
    assert (built.total, built.trainable) == (counted.total, counted.trainable)
    assert built.trainable + built.non_trainable == built.total
    assert sum(row.params * row.repeat for row in built.outermost()) == built.total
    assert sum(row.trainable * row.repeat for row in built.outermost()) == built.trainable
    assert sum(row.size_bytes * row.repeat for row in built.outermost()) == built.size_bytes
    for row, inside in _opened(built.rows):
        own = sum(weight.count for weight in row.weights)
        assert own + sum(below.params * below.repeat for below in inside) == row.params, row.path
        own = sum(weight.count for weight in row.weights if weight.trainable)
        assert own + sum(below.trainable * below.repeat for below in inside) == row.trainable, row.path
        assert row.trainable + row.non_trainable == row.params, row.path


def _opened(rows: Sequence[table.Row]) -> Iterator[tuple[table.Row, list[table.Row]]]:
    """Give each row with those that open right below it."""
    for number, row in enumerate(rows, start=1):
        below = takewhile(partial(_is_below, row), islice(rows, number, None))
        yield row, [other for other in below if other.depth == row.depth + 1]


def _is_below(row: table.Row, other: table.Row) -> bool:
    return other.depth > row.depth
