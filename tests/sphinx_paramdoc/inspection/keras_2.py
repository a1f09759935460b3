"""Models of Keras 2, held against its own counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy

from sphinx_paramdoc import facts, table


def checked(model: Any, read: Callable[[Any], facts.Model]) -> table.Table:
    """Give the table of a model, whose counts are those of Keras 2."""
    built = table.build(read(model))
    assert built.variables == "real"
    assert built.total == sum(row.params for row in built.outermost()) == model.count_params()
    assert built.trainable == sum(int(numpy.prod(variable.shape)) for variable in model.trainable_weights)
    return built


def reasons(built: table.Table) -> dict[str, str]:
    return {weight.path: weight.reason for row in built.rows for weight in row.weights if weight.reason}
