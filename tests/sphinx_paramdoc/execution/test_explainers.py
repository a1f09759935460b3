"""Functions that explain layers: asked in the process of the block, and proven as any formula is."""

from __future__ import annotations

import functools
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.execution import explainers
from sphinx_paramdoc.explanation import proof
from sphinx_paramdoc.explanation.explaining import explain
from sphinx_paramdoc.expression import Dimension, Expression, Number, Quotient, from_plain, to_plain
from sphinx_paramdoc.records import packing


def gated(layer: facts.Layer) -> Expression:
    inputs = Dimension(layer.input_shape[-1], "inputs")  # type: ignore[index]
    return Number(2, "value and gate") * inputs * Dimension(layer.arguments["units"], "units")  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def module(monkeypatch: pytest.MonkeyPatch) -> Iterator[types.ModuleType]:
    module = types.ModuleType("explaining")
    module.__dict__.update(
        gated=gated,
        nothing=lambda _: None,
        wrong=lambda _: Number(3, "of them") * Number(5, "of those"),
        text=lambda _: "2 × 4 × 8",
        odd=lambda _: Number("x", "no number"),  # type: ignore[arg-type]
        true=lambda _: Number(True, "on") * Number(64, "x"),
        negative=lambda _: Number(-4, "x") * Number(-16, "y"),
        unnamed=lambda _: Number(64, "two\nlines"),
        deep=lambda _: functools.reduce(lambda inner, _: Quotient(inner, Number(1, "x")), range(99), Number(64, "x")),
        changes=lambda layer: [layer.arguments.clear(), layer.weights.clear(), layer.input_shape.pop(), None][-1],
        ends=lambda _: sys.exit(3),
        fails=lambda layer: layer.arguments["nix"],
    )
    monkeypatch.setitem(sys.modules, "explaining", module)
    monkeypatch.setattr(explainers, "installed", dict)
    yield module


def model(**given: Any) -> facts.Model:
    layer = facts.Layer(
        "gate", "gate", "mine.Gated", ["mine.Base"], True, [None, 4], arguments={"units": 8}, weights=[0], **given
    )
    weight = facts.Weight("gate/kernel", "kernel", [4, 16], "float32", trainable=True)
    return facts.Model(
        name="m", class_name="mine.Net", layers=[layer], weights=[weight], variables="abstract", frameworks={}
    )


def explained(explainer: str, kind: str = "mine.Gated") -> tuple[table.Row, list[str]]:
    asked = explainers.ask(model(), {kind: f"explaining:{explainer}"})
    assert packing.unpack(msgspec.json.decode(msgspec.json.encode(packing.pack(asked)))) == asked
    return table.build(asked).rows[0], list(proof.unproven_explainers(asked))


@pytest.mark.parametrize("kind", ["mine.Gated", "mine.Base"])
def test_a_formula_of_ones_own(kind: str) -> None:
    row, complaints = explained("gated", kind)
    assert (row.proof, row.explanation, row.symbolic) == ("formula", "2 × 4 × 8 = 64", "2 × inputs × units")
    assert not complaints


def test_the_facts_stay_as_they_are() -> None:
    asked = explainers.ask(model(), {"mine.Gated": "explaining:changes"})
    assert msgspec.structs.replace(asked.layers[0], offer=None) == model().layers[0]


def test_a_layer_of_which_others_count_some_weights() -> None:
    one = model()
    around = facts.Layer("first", "first", "mine.Owner", weights=[0])
    shared = msgspec.structs.replace(one, layers=[around, *one.layers])
    asked = explainers.ask(shared, {"mine.Gated": "explaining:gated"})
    assert table.build(asked).rows[1].explanation == "shared with gate"
    assert not list(proof.unproven_explainers(asked))


def test_none_leaves_the_layer_to_what_is_known_of_it() -> None:
    row, complaints = explained("nothing")
    assert (row.proof, row.explanation) == ("weights", "kernel 4 × 16 = 64")
    assert not complaints


@pytest.mark.parametrize(
    ("explainer", "complaint"),
    [
        ("wrong", "it gives 3 × 5 = 15, but the layer has 64 parameters"),
        ("text", "it gave '2 × 4 × 8' (str), not what Dimension and Number make"),
        ("odd", "ValueError: 'x' is no whole number that counts something"),
        ("true", "ValueError: True is no whole number that counts something"),
        ("negative", "ValueError: -4 is no whole number that counts something"),
        ("unnamed", "ValueError: 'two\\nlines' is no name for a number"),
        ("deep", "ValueError: it is nested too deeply"),
        ("ends", "SystemExit: 3 (test_explainers.py, line"),
        ("fails", "KeyError: 'nix' (test_explainers.py, line"),
        ("missing", "AttributeError: module 'explaining' has no attribute 'missing'"),
    ],
)
def test_a_bad_explainer_gets_a_warning_and_the_weights_one_by_one(explainer: str, complaint: str) -> None:
    row, complaints = explained(explainer)
    assert (row.proof, row.explanation) == ("weights", "kernel 4 × 16 = 64")
    [given] = complaints
    assert given.startswith(f"explaining:{explainer} does not explain gate (mine.Gated): {complaint}")


def test_a_bad_explainer_hides_the_formula_of_the_base() -> None:
    dense = facts.Layer(
        "d",
        "d",
        "mine.Own",
        ["keras.layers.Dense"],
        input_shape=[None, 4],
        arguments={"units": 3, "use_bias": False},
        weights=[0],
    )
    weights = [facts.Weight("d/kernel", "kernel", [4, 3], "float32", trainable=True)]
    assert explain(dense, weights).proof == "formula"
    spoilt = msgspec.structs.replace(dense, offer=facts.Offer("explaining:wrong", {"sum": []}))
    assert explain(spoilt, weights).proof == "weights"


def test_one_complaint_for_many_layers() -> None:
    one = model()
    layers = [*one.layers, msgspec.structs.replace(one.layers[0], path="gate_1", name="gate_1")]
    asked = explainers.ask(msgspec.structs.replace(one, layers=layers), {"mine.Gated": "explaining:wrong"})
    assert len(list(proof.unproven_explainers(asked))) == 1


def test_an_installed_library_explains_its_layers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "lib-1.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: lib\nVersion: 1\n")
    (folder / "entry_points.txt").write_text("[sphinx_paramdoc.explainers]\nmine.Gated = explaining:gated\n")
    monkeypatch.undo()
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setitem(sys.modules, "explaining", types.SimpleNamespace(gated=gated))
    explainers.installed.cache_clear()
    try:
        assert table.build(explainers.ask(model(), {})).rows[0].proof == "formula"
    finally:
        explainers.installed.cache_clear()


def test_expressions_keep_their_form() -> None:
    inputs = Dimension(17, "inputs")
    units = Dimension(3, "units, with a scale each", "units")
    whole = inputs * Quotient(inputs + Number(1, "bias"), Number(2, "in a byte")) + units
    again = from_plain(msgspec.json.decode(msgspec.json.encode(to_plain(whole))))
    assert again == whole
    assert (again.text(), again.symbolic(), again.evaluate()) == (
        *("17 × ⌈(17 + 1) / 2⌉ + 3", "inputs × ⌈(inputs + 1) / 2⌉ + units"),
        156,
    )
