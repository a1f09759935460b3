"""Every common change that breaks code, or silently changes it: the old form is found, the new one is silent."""

from __future__ import annotations

import ast

import pytest

from flake8_paramdoc.matching import find
from tests.flake8_paramdoc.rows import DEVIATIONS, MARK, ROWS, Row, sources, through_tensorflow

KINDS = sorted({(row.step, row.kind) for row in ROWS})


def of_kind(kind: tuple[str, str]) -> list[Row]:
    found = [row for row in ROWS if (row.step, row.kind) == kind]
    assert found
    return found


def is_deviation(row: Row) -> bool:
    return (row.qualname, row.kind, row.old) in DEVIATIONS


def found_lines(source: str) -> set[int]:
    return {finding.line for finding in find(ast.parse(source), source.split("\n"))}


def test_there_are_all_rows() -> None:
    assert len(ROWS) == 1227
    assert {(row.qualname, row.kind, row.old) for row in ROWS} > set(DEVIATIONS)


@pytest.mark.parametrize("kind", KINDS, ids=" ".join)
def test_the_old_form_is_found(kind: tuple[str, str]) -> None:
    missed = []
    for row in of_kind(kind):
        old, _ = sources(row)
        marked = {number for number, line in enumerate(old.split("\n"), 1) if line.endswith(MARK)}
        assert marked, row
        if not is_deviation(row) and not marked <= found_lines(old):
            missed.append(str(row))
    assert missed == []


@pytest.mark.parametrize("kind", KINDS, ids=" ".join)
def test_the_new_form_is_silent(kind: tuple[str, str]) -> None:
    rows = [(row, sources(row)[1]) for row in of_kind(kind)]
    # What a file for an older Keras leaves to a default is no affair of what is written today.
    today = "\nimport keras\nkeras.ops"
    assert [str(row) for row, new in rows if new is not None and found_lines(new + today)] == []


def test_deviations_are_silent() -> None:
    deviating = [row for row in ROWS if is_deviation(row)]
    assert len(deviating) >= len(DEVIATIONS)
    assert [str(row) for row in deviating if found_lines(sources(row)[0])] == []


def test_what_tensorflow_keeps_is_silent_there() -> None:
    kept = [(row, source) for row in ROWS if (source := through_tensorflow(row)) is not None]
    assert len(kept) > 150
    assert [str(row) for row, source in kept if found_lines(source)] == []


@pytest.mark.parametrize(
    "source",
    [
        "from keras.layers import Dense\nDense(8, kernel_initializer='normal')",
        "from keras.layers import Dense\nDense(8, kernel_initializer='uniform', bias_initializer='zero')",
        "from keras.layers import Embedding\nEmbedding(8, 8, embeddings_initializer='one')",
        "import keras\nkeras.Sequential().compile('sgd', 'mse', metrics=['precision', 'recall'])",
        "from keras.layers import Dense\nDense(8, kernel_regularizer='l1l2')",
        "from keras.layers import Convolution1D\nConvolution1D(32, 3)",
        "from keras.models import Model\nmodel = Model(x, y)\nprint(model.input_shape, model.output_shape)",
        "from keras.layers import Convolution2D\nConvolution2D(32, (3, 3))",
        "from keras.layers import Dense\nDense(8, input_shape=(4,))",
        "from keras.layers import Dense\nDense(8, input_dim=4)",
        "from keras.layers import Embedding\nEmbedding(8, 8, input_length=4)",
        "from keras.optimizers import SGD\nSGD(0.1, decay=1e-6)",
        "import keras\nkeras.Sequential().save('model.h5')",
        "from keras.layers import Conv2D\nConv2D(64, 3, 2)",
        "from keras.layers import Conv2D\nConv2D(768, 16, 16)",
    ],
)
def test_never_a_finding(source: str) -> None:
    assert found_lines(source) == set()
