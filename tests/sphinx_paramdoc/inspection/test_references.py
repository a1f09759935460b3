"""What functions refer to, told from their code alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest

from sphinx_paramdoc.inspection.references import Reference, references


def around(layer: Any, unused: Any) -> Callable[..., Any]:
    def inner(tensor: Any) -> Any:
        return [layer.dense(part) for part in tensor]

    del unused
    return inner


class Thing:
    dense: Any

    def call(self, x: Any) -> Any:
        def later() -> Any:
            return self.dense.kernel

        return self.tower.dense(x) + later()

    tower: Any


def plain(x: Any) -> Any:
    return os.path.join(x, str(x.shape))  # noqa: PTH118


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (around(1, 2), {Reference("free", "layer", ("dense",))}),
        (Thing.call, {Reference("self", "self", ("tower", "dense")), Reference("self", "self", ("dense", "kernel"))}),
        (
            plain,
            {
                Reference("global", "os", ("path", "join")),
                Reference("global", "str", ()),
                Reference("self", "x", ()),
                Reference("self", "x", ("shape",)),
            },
        ),
        (lambda: lambda: Thing.dense, {Reference("global", "Thing", ("dense",))}),
    ],
)
def test_names_come_with_the_attributes_that_are_taken_of_them(function: Any, expected: set[Reference]) -> None:
    assert expected <= set(references(function.__code__))
    others = set(references(function.__code__)) - expected
    assert {reference.name for reference in others} <= {"self", "x", "tensor"}  # arguments by themselves
