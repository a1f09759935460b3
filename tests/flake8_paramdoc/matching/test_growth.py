"""Work grows as a file does: counted in steps, which no other program on the machine changes."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from flake8_paramdoc.plugin import KerasChecker

OLD = "keras.layers.Convolution2D(64, 3, 3)"


def chain(size: int) -> str:
    classes = "".join(
        f"class C{n}(C{n - 1}):\n    def call(self, x):\n        return keras.layers.Convolution2D(3, 3, 3)(x)\n"
        for n in range(1, size)
    )
    return f"import keras\nclass C0(keras.layers.Layer): pass\n{classes}"


def code_blocks(size: int) -> str:
    blocks = "".join(
        f".. code-block:: python\n\n   import keras\n   m{n} = keras.layers.Convolution2D(64, 3, 3)\n\n"
        for n in range(size)
    )
    return f'"""Doc.\n\n{blocks}"""\n'


def directives(size: int) -> str:
    blocks = "".join(f".. paramsummary::\n\n   m{n} = {OLD}\n\n" for n in range(size))
    return f'"""Doc.\n\n{blocks}"""\n'


def names_of_before(size: int) -> str:
    blocks = "".join(
        f".. paramsummary::\n\n   L{n} = L{n - 1}\n   L{n}.Convolution2D(64, 3, 3)\n\n" for n in range(1, size)
    )
    return f'"""Doc.\n\n.. paramsummary::\n\n   L0 = keras.layers\n\n{blocks}"""\n'


def steps(source: str) -> tuple[int, int]:
    """Return how many lines are executed to lint a file, and how much is found."""
    tree, lines = ast.parse(source), source.splitlines(keepends=True)
    count = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        found = list(KerasChecker(tree, lines).run())
    finally:
        sys.settrace(before)
    return count, len(found)


@pytest.mark.parametrize("family", [chain, code_blocks, directives])
def test_twice_as_much_takes_twice_as_long(family: Callable[[int], str]) -> None:
    steps(family(2))  # what is done only once
    (small, few), (large, many) = steps(family(150)), steps(family(300))
    assert many > 1.9 * few > 0
    assert large < 2.3 * small


def test_names_go_on_from_block_to_block() -> None:
    _, found = steps(names_of_before(40))
    assert found >= 39
    rebound = (
        '"""Doc.\n\n.. paramsummary::\n\n   import torch.nn as L\n\n'
        ".. paramsummary::\n\n   L.Convolution2D(64, 3, 3)\n\n"
        ".. paramsummary::\n\n   from keras import layers as L\n\n.. paramsummary::\n\n   L.Convolution2D(64, 3, 3)\n"
        '"""\n'
    )
    lines = [finding[0] for finding in KerasChecker(ast.parse(rebound), rebound.splitlines(keepends=True)).run()]
    assert set(lines) == {17}
