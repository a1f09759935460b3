"""What a view promises whatever the layers are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.table.arranging import arrange
from sphinx_paramdoc.table.runs import written
from sphinx_paramdoc.table.view import Kind, View, ViewRow
from tests.sphinx_paramdoc.makers import Maker, layer
from tests.sphinx_paramdoc.table.networks import gpt, resnet50


class Sort(NamedTuple):
    """How a layer is made."""

    stem: str
    inside: tuple[Sort, ...]
    units: int


SORTS = st.recursive(
    st.builds(Sort, st.sampled_from(["", "", "a_", "a_b_", "c_1_"]), st.just(()), st.integers(0, 3)),
    lambda sorts: st.builds(Sort, st.just(""), st.lists(sorts, min_size=1, max_size=6).map(tuple), st.integers(0, 1)),
    max_leaves=12,
)
NETWORKS = st.lists(SORTS, max_size=8).flatmap(
    lambda block: st.tuples(st.just(block), st.integers(1, 5), st.lists(SORTS, max_size=4))
)


fewer = settings(max_examples=settings().max_examples * 3 // 5)


def network(make: Maker, sorts: Sequence[Sort], around: str = "") -> Iterator[facts.Layer]:
    for number, (stem, inside, units) in enumerate(sorts):
        path = f"{around}{stem}{'xyz'[number % 3]}{number}"
        own = [make.weight(path, "w", 2, units)] if units else []
        yield layer(path, *network(make, inside, f"{path}/"), weights=own, class_name=f"mine.L{units}")


def made(drawn: tuple[Sequence[Sort], int, Sequence[Sort]], *, unfold: bool = False) -> table.Table:
    block, repeat, rest = drawn
    make = Maker()
    return make.table(*network(make, [*list(block) * repeat, *rest]), unfold=unfold)


def assert_adds_up(view: View) -> None:
    assert view.params == view.table.total
    assert (view.trainable, view.non_trainable) == (view.table.trainable, view.table.non_trainable)
    assert view.size_bytes == view.table.size_bytes
    for row in view.walk():
        below = sum(each.params for each in row.rows)
        if row.kind is Kind.LAYER and row.rows:
            below += sum(weight.count for weight in row.layers[0].weights)
        if row.rows:
            assert row.params == row.repeat * below
        assert row.params == row.trainable + row.non_trainable


def paths(row: ViewRow) -> Iterator[str]:
    for each in row.layers:
        yield from (each.path, *each.copies)
    for copy in row.copies if row.kind is not Kind.LAYER else ():
        yield from copy


@fewer
@given(NETWORKS)
def test_rows_add_up_at_every_depth(drawn: tuple[Sequence[Sort], int, Sequence[Sort]]) -> None:
    assert_adds_up(arrange(made(drawn)))
    assert_adds_up(arrange(made(drawn, unfold=True), unfold=True))


@fewer
@given(NETWORKS)
def test_every_layer_is_in_one_of_the_outermost_rows(drawn: tuple[Sequence[Sort], int, Sequence[Sort]]) -> None:
    contents = made(drawn)
    view = arrange(contents)
    inside = [path for row in view.rows for path in paths(row)]
    assert len(inside) == len(set(inside))
    assert {row.path for row in contents.outermost()} <= set(inside)
    assert set(inside) <= {path for row in contents.outermost() for path in (row.path, *row.copies)}


@fewer
@given(NETWORKS)
def test_one_row_stands_for_each_layer_also_inside_of_what_is_folded(
    drawn: tuple[Sequence[Sort], int, Sequence[Sort]],
) -> None:
    view = arrange(made(drawn))
    single = {row.path: row for row in made(drawn, unfold=True).rows}
    for path, row in single.items():
        standing = view.standing_for(path)
        assert standing is not None
        if standing.kind is Kind.LAYER:
            assert standing.layers[0].params == row.params
            assert standing.layers[0].short_class == row.short_class
        else:
            assert standing.kind is Kind.QUIET


def test_equal_layers_in_the_copies_of_others_have_the_row_of_the_first() -> None:
    quiet = Sort("", (Sort("", (Sort("", (), 0),), 0),), 0)
    view = arrange(made(([Sort("", (Sort("a_", (), 2), quiet, quiet), 0)], 3, [])))
    for path in ("x0/y1/x0/x0", "x0/z2/x0/x0", "y1/z2/x0/x0", "z2/z2/x0/x0"):
        standing = view.standing_for(path)
        assert standing is not None
        assert (path, standing.params) == (path, 0)
        assert standing.layers[0].path.startswith("x0/y1")


@fewer
@given(NETWORKS)
def test_no_two_rows_have_one_key(drawn: tuple[Sequence[Sort], int, Sequence[Sort]]) -> None:
    keys = [row.key for row in arrange(made(drawn)).walk()]
    assert len(keys) == len(set(keys))


@given(NETWORKS, st.integers(0, 3))
def test_what_shows_is_open_down_to_the_depth(drawn: tuple[Sequence[Sort], int, Sequence[Sort]], depth: int) -> None:
    view = arrange(made(drawn), depth=depth)
    shown = list(view.shown())
    assert shown == [row for row in view.walk() if row.depth <= depth]
    assert [row.is_open for row in shown] == [row.depth < depth for row in shown]


def test_a_layer_of_a_copy_stands_where_that_of_the_first_block_does() -> None:
    view = arrange(table.build(resnet50()))
    for path in ("conv2_block3_2_conv", "conv2_block2_2_conv"):
        row = view.standing_for(path)
        assert row is not None
        assert (row.key, row.depth) == ("conv2_block2_2_conv", 1)
    merged = view.standing_for("pool1_pool")
    assert merged is not None
    assert merged.kind is Kind.QUIET
    assert view.standing_for("nothing") is None


def test_a_layer_inside_of_a_folded_layer_stands_where_that_of_the_first_does(make: Maker) -> None:
    view = arrange(make.table(*(make.block(f"b{n}", first=0) for n in range(3)), make.block("odd", first=5)))
    row = view.standing_for("b2/dense_1")
    assert row is not None
    assert row.key == "b0/dense_1"
    folded = view.standing_for("b2/renamed")
    assert folded is not None
    assert folded.key == "b0"


def test_a_folded_row_names_all_that_it_stands_for(make: Maker) -> None:
    [row] = arrange(make.table(*(make.dense(name) for name in "abcdefgh"))).rows
    assert written(row.names) == "a, b, c and 5 more"
    assert (row.opens, row.rows) == (True, ())
    assert written(row.others) == "7 equal ones: b, c, d, e, f, g, h"
    [row] = arrange(make.table(*(make.dense(f"d_{n}") for n in range(5)))).rows
    assert (written(row.others), row.opens) == ("4 equal ones: d_1, d_2, d_3, d_4", True)
    many = arrange(table.build(gpt(blocks=30))).rows[4]
    assert written(many.others).startswith("29 equal ones: layer_normalization_2 to add_4, layer_normalization_4 to ")
    assert written(many.others).endswith(" … layer_normalization_58 to add_60")


def test_a_group_has_another_key_than_the_layer_that_is_called_as_its_stem(make: Maker) -> None:
    names = ("conv", "conv_bn", "conv_out", "head", "tail")
    view = arrange(make.table(*(make.dense(name, 2, n + 2) for n, name in enumerate(names))))
    assert [row.key for row in view.rows] == ["conv and others", "head", "tail"]
    assert [row.key for row in view.rows[0].rows] == ["conv", "conv_bn", "conv_out"]
