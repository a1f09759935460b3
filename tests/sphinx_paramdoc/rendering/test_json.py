from __future__ import annotations

import json as stdlib
from pathlib import Path
from typing import Any

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.rendering import formats
from tests.sphinx_paramdoc.makers import Maker, layer


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
        "trainable_bytes": 8558912,
        "variables": "abstract",
        "frameworks": dict(seed.frameworks),
        "outside": [],
        "groups": [],
    }
    assert list(given) == [
        "schema",
        "name",
        "class",
        "total",
        "trainable",
        "non_trainable",
        "size_bytes",
        "trainable_bytes",
        "variables",
        "frameworks",
        "outside",
        "groups",
    ]
    assert len(rows) == 5


def test_groups_are_told_beside_the_rows_of_all_layers(make: Maker) -> None:
    blocks = [
        layer
        for n in range(3)
        for layer in (make.dense(f"b{n}_up", 4, 8), make.dense(f"b{n}_down", 8, 4), make.dense(f"b{n}_out", 4, 4))
    ]
    built = make.table(*blocks, make.dense("head", 4, 2), make.dense("other", 2, 2))
    given = stdlib.loads(formats.write(built, "json"))
    assert [row["path"] for row in given["rows"]][-3:] == ["b2_out", "head", "other"]
    assert given["groups"] == [
        {"paths": [[f"b{n}_up", f"b{n}_down", f"b{n}_out"] for n in range(3)], "params": 3 * (40 + 36 + 20)}
    ]
    assert stdlib.loads(formats.write(built, "json", unfold=True))["groups"] == []


def test_a_row_of_several_layers_says_what_each_reads() -> None:
    def rows(*reads: list[str]) -> list[dict[str, Any]]:
        make = Maker()
        layers = [layer(f"d_{i}", make.dense(f"d_{i}/up"), connected_to=its) for i, its in enumerate(reads)]
        found: list[dict[str, Any]] = stdlib.loads(formats.write(make.table(*layers), "json"))["rows"]
        return [row for row in found if row["depth"] == 0]

    [row] = rows(["a"], ["d_0"], ["d_1", "a"])
    assert (row["connected_to"], row["copies_connected_to"]) == (["a"], [["d_0"], ["d_1", "a"]])
    assert all("copies_connected_to" not in row for row in (*rows(["a"]), *rows([], [])))


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
