"""Only some of the layers."""

from __future__ import annotations

from sphinx_paramdoc import table
from sphinx_paramdoc.table.arranging import arrange
from sphinx_paramdoc.table.columns import chosen
from sphinx_paramdoc.table.runs import written
from sphinx_paramdoc.table.selection import unmatched
from sphinx_paramdoc.table.view import View
from tests.sphinx_paramdoc.makers import Maker, layer
from tests.sphinx_paramdoc.table.networks import resnet50


def called(view: View) -> list[str]:
    return [written(row.names) for row in view.rows]


def test_only_the_layers_that_fit_a_pattern_have_rows_and_the_total_says_so() -> None:
    view = arrange(table.build(resnet50()), layers=["conv5_*_conv", "predictions"])
    assert view.is_partial
    assert view.params == sum(row.params for row in view.rows) < view.table.total
    assert view.rows[-1].layers[0].path == "predictions"
    [total] = [column for column in chosen() if column.name == "explanation"]
    assert total.total(view) == f"only some layers: {view.params:,} of 25,636,712"
    assert {each.path.rpartition("_")[2] for row in view.rows for each in row.layers} == {"conv", "predictions"}


def test_all_of_a_layer_that_fits_is_there_and_of_others_what_fits_inside(make: Maker) -> None:
    contents = make.table(
        make.block("a"), layer("b", make.dense("b/x", 4, 4), make.dense("b/y", 2, 3)), make.dense("c")
    )
    whole = arrange(contents, layers=["a"])
    assert [row.key for row in whole.walk()] == ["a", "a/dense", "a/dense_1"]
    inside = arrange(contents, layers=["*/x", "c"])
    assert called(inside) == ["b/x", "c"]
    assert [row.depth for row in inside.rows] == [0, 0]
    assert inside.standing_for("b/y") is None


def test_layers_inside_copies_of_another_are_found(make: Maker) -> None:
    blocks = [make.block(f"b{n}") for n in range(4)]
    contents = make.table(*blocks, make.dense("head", 4, 2), unfold=True)
    assert called(arrange(contents, layers=["b[12]"])) == ["b1", "b2"]
    every = arrange(contents, layers=["*/dense"])
    assert (called(every), every.params) == ([f"b{n}/dense" for n in range(4)], 4 * 20)
    assert called(arrange(contents, layers=["b3/dense_1"])) == ["b3/dense_1"]


def test_patterns_that_nothing_fits_are_told(make: Maker) -> None:
    contents = make.table(*(make.block(f"b{n}") for n in range(2)), unfold=True)
    assert unmatched(contents, ["b1", "b1/*", "c*", "B0"]) == ["c*", "B0"]
