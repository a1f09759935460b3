"""``compare``: what it takes, what it gives, and what it loads."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from sphinx_paramdoc import comparison, facts
from sphinx_paramdoc.comparison import compare
from sphinx_paramdoc.records.reading import SCHEMA
from tests.sphinx_paramdoc.difference.comparing import model, record, table
from tests.sphinx_paramdoc.makers import Maker, layer


def net(units: int, name: str = "fc") -> facts.Model:
    def build(make: Maker) -> list[facts.Layer]:
        blocks = [layer(f"block_{i}", make.dense(f"block_{i}/up", 4, units)) for i in range(3)]
        return [make.dense(name, 3, units), *blocks]

    return model(build)


BEFORE, AFTER = record(net(4)), table(net(8, "f_*c"))


def test_text_says_each_change_in_a_line() -> None:
    found = compare(BEFORE, AFTER)
    assert str(found).splitlines() == [
        "m: 76 → 152 parameters (+76, +100.0 %)",
        "",
        "f_*c +16: units 4 → 8",
        "block_0, block_1, block_2 +60: units 4 → 8",
        "f_*c: renamed, was fc",
    ]
    assert found
    assert found.is_material
    assert max(map(len, found.to_text(30).splitlines())) <= 30
    assert not compare(BEFORE, BEFORE)
    assert "no layer, weight, shape or type differs" in str(compare(BEFORE, BEFORE))


def test_markdown_and_html_show_names_as_they_are() -> None:
    found = compare(BEFORE, AFTER)
    assert "| f\\_\\*c | +16<br><small>16 → 32</small> | units 4 → 8 |" in found.to_markdown()
    assert "&nbsp;&nbsp;&nbsp;&nbsp;up | +20" in found.to_markdown(depth=1)
    html = compare(record(net(4)), record(net(8, "<b>"))).to_html()
    assert "<b>&lt;b&gt;</b>" in html
    assert html.isascii()
    assert "<details><summary>1 change inside</summary>" in html
    assert "<details open><summary>" in compare(BEFORE, AFTER).to_html(depth=1)
    assert found._repr_html_() == found.to_html()
    assert found._repr_markdown_() == found.to_markdown()


def test_json_has_every_depth() -> None:
    plain = json.loads(compare(BEFORE, AFTER).to_json())
    assert list(plain) == ["schema", "before", "after", "changes"]
    [fc, blocks, renamed] = sorted(plain["changes"], key=lambda each: (each["kind"], each["path"] != "f_*c"))
    assert (fc["path"], fc["before_path"], fc["params"]) == ("f_*c", "fc", [16, 32])
    assert (renamed["kind"], renamed["params"], renamed["because"]) == ("renamed", [32, 32], ["was fc"])
    assert blocks["paths"] == blocks["before_paths"] == ["block_0", "block_1", "block_2"]
    assert blocks["params"] == [60, 120]
    assert [(each["path"], each["params"]) for each in blocks["inside"]] == [("block_0/up", [20, 40])]
    assert sum(after - before for before, after in (each["params"] for each in plain["changes"])) == 76


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nonsense", "compare(): before: it is no JSON (Expecting value: line 1 column 1 (char 0))"),
        ("[]", "compare(): before: it is neither a table of --format json nor a record"),
        ('{"rows": []}', "compare(): before: its schema is None: it was written by another sphinx-paramdoc"),
        ("[" * 200_000, "it is nested too deeply to be a table or a record"),
        (f"[{AFTER}]", "it is a list of tables: keep the one that is meant in a file of its own"),
        (compare(BEFORE, AFTER).to_json(), "it is a difference, and no model: keep the table, paramsummary EXPRESSION"),
        (AFTER.replace('"total": 152', '"total": "152"', 1), "its rows do not add up to its total, so it was edited"),
        ('{"schema": 1, "rows": [{"depth": 1}]}', "it is neither a table nor a record, or not whole"),
        (BEFORE.replace('"trainable":true', '"trainable":false', 1), "it does not fit its digest, so it was edited"),
        (
            BEFORE.replace(f'"paramdoc":{SCHEMA}', f'"paramdoc":{SCHEMA - 1}', 1),
            "was written by an older sphinx-paramdoc",
        ),
        (
            BEFORE.replace(f'"paramdoc":{SCHEMA}', f'"paramdoc":{SCHEMA + 1}', 1),
            "was written by a newer sphinx-paramdoc",
        ),
    ],
)
def test_what_is_no_model(text: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        compare(text, AFTER)
    assert message in str(caught.value)


def test_records_of_today_are_read() -> None:
    assert comparison._RECORD == SCHEMA


def test_a_record_that_only_another_writer_of_json_would_write_so_is_believed() -> None:
    odd = net(4, "\x7f")
    assert compare(record(odd), record(odd)).changes == ()


def test_weights_that_are_held_twice_come_from_a_record_as_well() -> None:
    def tied(make: Maker) -> list[facts.Layer]:
        first = make.dense("embedding", 4, 4)
        return [first, replace(first, path="head", name="head")]

    def untied(make: Maker) -> list[facts.Layer]:
        return [make.dense("embedding", 4, 4), make.dense("head", 4, 4)]

    found = compare(record(model(untied)), record(model(tied)))
    assert [(each.kind, each.because) for each in found.changes] == [("tied", ("shares the weights of embedding",))]


def test_blocks_inside_of_another_layer_come_from_a_record_as_well() -> None:
    def nested(number: int, units: int) -> facts.Model:
        def build(make: Maker) -> list[facts.Layer]:
            blocks = [
                layer(f"backbone/block_{i}", make.dense(f"backbone/block_{i}/up", 4, units)) for i in range(number)
            ]
            return [layer("backbone", *blocks)]

        return model(build)

    found = compare(record(nested(3, 4)), record(nested(5, 8)))
    assert str(compare(table(nested(3, 4)), table(nested(5, 8)))) == str(found)
    assert found.to_text(depth=2).splitlines()[2:] == [
        "backbone +140: layers 3 → 5, units 4 → 8",
        "  block_0 … block_4 +140: layers 3 → 5, units 4 → 8",
        "    up +20: units 4 → 8",
    ]


def loaded(code: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def in_halves(model: facts.Model) -> facts.Model:
    return replace(model, weights=[replace(weight, dtype="float16") for weight in model.weights])


@pytest.mark.slow
@pytest.mark.parametrize("after", [net(4, "head"), net(8), in_halves(net(4))], ids=["name", "units", "type"])
def test_two_records_are_compared_before_what_reads_models_is_loaded(tmp_path: Path, after: facts.Model) -> None:
    for name, each in (("before", net(4)), ("after", after)):
        (tmp_path / name).write_text(record(each), encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from sphinx_paramdoc import compare; "
        f"texts = [(Path({str(tmp_path)!r}) / name).read_text(encoding='utf-8') for name in ('before', 'after')]; "
        "assert compare(*texts); str(compare(*texts)); print(*sys.modules)"
    )
    assert not {"msgspec", "sphinx", "docutils", "numpy", "keras"} & loaded(code)


@pytest.mark.slow
@pytest.mark.on_numpy
def test_live_models_and_tables() -> None:
    import keras

    from sphinx_paramdoc import explain

    def build(units: int) -> Any:
        return keras.Sequential([keras.Input((3,)), keras.layers.Dense(units, name="fc")])

    before, after = build(2), build(5)
    found = compare(before, after).to_json()
    assert compare(explain(before), explain(after).to_json()).to_json() == found
    assert json.loads(found)["changes"][0]["because"] == ["units 2 → 5"]
    with pytest.raises(TypeError, match=r"^compare\(\) takes tables, JSON texts, .* not a int$"):
        compare(3, after)
