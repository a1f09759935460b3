"""All models of `keras.applications`: their counts are Keras' own, and the rows say how they come about."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from sphinx_paramdoc import table
from tests.sphinx_paramdoc.models.applications import COUNTS
from tests.sphinx_paramdoc.models.counted import Counted, assert_adds_up, count

pytestmark = pytest.mark.slow

KNOWN = {"keras.layers.BatchNormalization", "keras.layers.Conv2D", "keras.layers.Dense"}
"""Classes that have a formula for whatever these models do with them."""

FAMILIES = [
    "ConvNeXtTiny",
    "DenseNet121",
    "EfficientNetB0",
    "EfficientNetV2B0",
    "InceptionV3",
    "MobileNet",
    "MobileNetV2",
    "MobileNetV3Small",
    "NASNetMobile",
    "ResNet50",
    "ResNet50V2",
    "VGG16",
    "Xception",
]
"""One of each kind; the others differ in size."""

NAMES = [name if name in FAMILIES else pytest.param(name, marks=pytest.mark.thorough) for name in COUNTS]


@pytest.fixture
def counted(keras: Any, inspection: Any) -> Callable[[str], Counted]:
    return functools.partial(_counted, keras, inspection)


@functools.cache
def _counted(keras: Any, inspection: Any, name: str) -> Counted:
    return count(keras, inspection, lambda: getattr(keras.applications, name)(weights=None))


def test_no_model_is_left_out(keras: Any) -> None:
    assert list(COUNTS) == [name for name in dir(keras.applications) if name[0].isupper()]


@pytest.mark.parametrize("name", NAMES)
def test_every_depth_adds_up(counted: Callable[[str], Counted], name: str) -> None:
    model = counted(name)
    assert_adds_up(model)
    assert COUNTS[name] in {None, model.table.total}
    assert sorted(_paths(model.table.outermost())) == sorted(model.layers)


@pytest.mark.parametrize("name", NAMES)
def test_known_layers_have_a_formula(counted: Callable[[str], Counted], name: str) -> None:
    rows = [row for row in counted(name).table.rows if row.class_name in KNOWN]
    assert rows
    assert {row.proof for row in rows} == {"formula"}


@pytest.mark.parametrize("name", NAMES)
def test_layers_without_weights_say_why(counted: Callable[[str], Counted], name: str) -> None:
    vague = {row.class_name for row in counted(name).table.rows if "it creates none" in row.explanation}
    assert not vague


def test_mobilenet_v2_divides_as_published(counted: Callable[[str], Counted]) -> None:
    built = counted("MobileNetV2").table
    assert (built.total, built.trainable, built.non_trainable) == (3_538_984, 3_504_872, 34_112)


@pytest.mark.thorough
def test_nearly_every_row_has_a_formula(counted: Callable[[str], Counted]) -> None:
    rows = [row for name in COUNTS for row in counted(name).table.outermost() if row.params]
    without = Counter[str]()
    for row in rows:
        if row.proof != "formula":
            without[row.class_name] += row.repeat
    share = 1 - without.total() / sum(row.repeat for row in rows)
    assert share >= 0.99, f"{share:.2%} of the rows with weights have a formula; without: {without.most_common()}"


def _paths(rows: Iterable[table.Row]) -> list[str]:
    return [path for row in rows for path in (row.path, *row.copies)]
