from __future__ import annotations

import json as stdlib
from pathlib import Path

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.rendering import formats


def test_the_object_of_a_model(seed: facts.Model) -> None:
    given = stdlib.loads(formats.write(table.build(seed), "json"))
    rows = given.pop("rows")
    assert given == {
        "schema": 1,
        "name": "functional",
        "class": "keras.models.Model",
        "total": 2140752,
        "trainable": 2139728,
        "non_trainable": 1024,
        "size_bytes": 8563008,
        "variables": "abstract",
        "frameworks": dict(seed.frameworks),
        "outside": [],
    }
    assert list(given) == [
        "schema",
        "name",
        "class",
        "total",
        "trainable",
        "non_trainable",
        "size_bytes",
        "variables",
        "frameworks",
        "outside",
    ]
    assert len(rows) == 5


def test_the_row_that_the_manual_shows(seed: facts.Model, repository: Path) -> None:
    shown = (repository / "docs" / "snippets" / "row.json").read_text(encoding="utf-8")
    row = stdlib.loads(formats.write(table.build(seed), "json"))["rows"][2]
    assert stdlib.dumps(row, indent=2, ensure_ascii=False) + "\n" == shown


def test_a_row_holds_what_the_contract_says(seed: facts.Model) -> None:
    row = stdlib.loads(formats.write(table.build(seed), "json"))["rows"][1]
    weights = row.pop("weights")
    assert row == {
        "path": "dense",
        "class": "keras.layers.Dense",
        "depth": 0,
        "input_shape": [None, 4096],
        "output_shape": [None, 512],
        "params": 2097664,
        "trainable": 2097664,
        "non_trainable": 0,
        "size_bytes": 8390656,
        "repeat": 1,
        "copies": [],
        "formula": "4096 × 512 + 512",
        "symbolic": "inputs × units + units",
        "terms": [
            {"value": 4096, "label": "inputs"},
            {"value": 512, "label": "units"},
            {"value": 512, "label": "units"},
        ],
        "proof": "formula",
        "explanation": "4096 × 512 + 512 = 2,097,664",
        "frozen_by": None,
        "shared_with": None,
        "connected_to": ["input_layer"],
    }
    assert weights[1] == {
        "path": "dense/bias",
        "shape": [512],
        "dtype": "float32",
        "count": 512,
        "trainable": True,
        "reason": None,
    }
