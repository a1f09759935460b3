"""What each row of a table is in the arguments of the model's builder, in every form."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

import pytest

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.law import Law, Result, find
from sphinx_paramdoc.rendering import formats
from sphinx_paramdoc.table.arranging import arrange
from sphinx_paramdoc.table.columns import COLUMNS, DEFAULT, with_formula
from tests.sphinx_paramdoc.makers import Maker, layer, of


def model(layers: int, width: int) -> facts.Model:
    """Make a model of an embedding, equal blocks of two dense layers, and a dense layer as wide as they are."""
    maker = Maker()
    blocks = []
    for number in range(layers):
        path = f"block_{number}"
        inside = [maker.dense(f"{path}/up", width, 4 * width), maker.dense(f"{path}/down", 4 * width, width)]
        blocks.append(layer(path, *inside))
    return of([maker.dense("first", 7, width), *blocks, maker.dense("last", width, width)], maker.weights)


def run(settings: Sequence[dict[str, int]]) -> list[Result]:
    return [Result(setting, model(**setting)) for setting in settings]


@pytest.fixture(scope="module")
def law() -> Law:
    return find({"layers": 4, "width": 8}, model(4, 8), run)


FORMULA = "layers × (8 × width² + 5 × width) + width² + 8 × width + width"


def test_each_row_that_a_reader_sees_has_its_formula(law: Law) -> None:
    view = arrange(table.build(model(4, 8), law=law), depth=1)
    cells = {row.names[0].text: COLUMNS["in-arguments"].text(row, view) for row in view.shown()}
    assert cells == {
        "first": "8 × width",
        "block_0": "layers × (8 × width² + 5 × width)",
        "up": "4 × width² + 4 × width",
        "down": "4 × width² + width",
        "last": "width² + width",
    }
    assert view.below()[0] == f"In arguments (layers = 4, width = 8): {FORMULA}"


def test_the_column_stands_behind_the_counts_unless_others_are_chosen(law: Law) -> None:
    built = table.build(model(4, 8), law=law)
    assert with_formula((), built) == ("layer", "output-shape", "params", "in-arguments", "explanation")
    assert with_formula(("layer", "params"), built) == ("layer", "params")
    assert with_formula((), table.build(model(4, 8))) == ()
    refused = find({"layers": 4}, model(4, 8), lambda settings: [Result(each, None, "it fails") for each in settings])
    assert with_formula((), table.build(model(4, 8), law=refused)) == ()
    assert "in-arguments" not in DEFAULT


@pytest.mark.parametrize("form", ["text", "markdown", "rst", "html"])
def test_every_form_says_the_formula_of_the_total_and_of_rows(law: Law, form: str) -> None:
    written = formats.write(table.build(model(4, 8), law=law), form)
    for special in (("&#215;", "×"), ("&#178;", "²")):
        written = written.replace(*special)
    if form == "html":
        assert (
            '<span class="product whole">layers × (8 × width²</span> <span class="product whole">+ 5 × width)</span>'
            in written
        )
        written = re.sub(r"</?span[^>]*>", "", written)
    assert f"In arguments (layers = 4, width = 8): {FORMULA}" in written
    assert "layers × (8 × width² + 5 × width)" in written
    assert "Agrees with 5 further settings that were executed, weight by weight." in written


def test_json_has_the_formula_as_data(law: Law) -> None:
    plain = json.loads(formats.write(table.build(model(4, 8), law=law), "json"))
    assert plain["law"]["formula"] == FORMULA
    assert plain["law"]["arguments"] == {"layers": 4, "width": 8}
    assert plain["law"]["monomials"] == [
        {"coefficient": "8", "powers": {"layers": 1, "width": 2}},
        {"coefficient": "5", "powers": {"layers": 1, "width": 1}},
        {"coefficient": "1", "powers": {"width": 2}},
        {"coefficient": "9", "powers": {"width": 1}},
    ]
    assert plain["law"]["executed"] == len(law.executed) == len(plain["law"]["settings"])
    assert len(plain["law"]["agrees_at"]) == 5
    assert plain["law"]["refused"] == {}
    assert {row["path"]: row["law"] for row in plain["rows"]} == {
        "first": "8 × width",
        "block_0": "layers × (8 × width² + 5 × width)",
        "block_0/up": "4 × width² + 4 × width",
        "block_0/down": "4 × width² + width",
        "last": "width² + width",
    }
    assert "law" not in json.loads(formats.write(table.build(model(4, 8)), "json"))


def test_json_of_a_refused_formula_says_why(law: Law) -> None:
    refused = find({"layers": 4}, model(4, 8), lambda settings: [Result(each, None, "it fails") for each in settings])
    plain = json.loads(formats.write(table.build(model(4, 8), law=refused), "json"))["law"]
    assert plain["formula"] is None
    assert plain["monomials"] == []
    assert plain["refused"] == {"layers": "no other value of it could be executed; with 5: it fails"}
    assert plain["executed"] == 1


def test_a_deep_group_has_its_formula_though_a_layer_behind_it_is_numbered_like_those_inside() -> None:
    def deep(layers: int, width: int) -> facts.Model:
        maker = Maker()
        made = []
        for number in range(layers):
            made += [maker.dense(f"same_{number}", width, width), maker.dense(f"up_{number}", width, 4 * width)]
        return of([*made, maker.dense(f"same_{layers}", width, width)], maker.weights)

    for layers in (5, 7, 12, 30):
        law = find(
            {"layers": layers, "width": 8}, deep(layers, 8), lambda settings: [Result(x, deep(**x)) for x in settings]
        )
        view = arrange(table.build(deep(layers, 8), law=law), depth=0)
        cells = [COLUMNS["in-arguments"].text(row, view) for row in view.rows]
        assert cells[-1] == "width² + width"
        assert cells[0] == "layers × (5 × width² + 5 × width)"


def test_a_group_whose_blocks_hold_equal_neighbours_has_its_formula() -> None:
    def mixed(layers: int, experts: int, width: int) -> facts.Model:
        maker = Maker()
        made = []
        for block in range(layers):
            made.append(maker.dense(f"norm_{block}", 1, width))
            made += [maker.dense(f"up_{block * experts + number}", width, 3 * width) for number in range(experts)]
        return of([*made, maker.dense("head", width, 9)], maker.weights)

    law = find(
        {"layers": 4, "experts": 6, "width": 8},
        mixed(4, 6, 8),
        lambda settings: [Result(each, mixed(**each)) for each in settings],
    )
    view = arrange(table.build(mixed(4, 6, 8), law=law), depth=0)
    group = view.rows[0]
    assert (group.repeat, [row.repeat for row in group.layers]) == (4, [1, 6])
    assert COLUMNS["in-arguments"].text(group, view) == "layers × (experts × (3 × width² + 3 × width) + 2 × width)"
    assert law.formula == "layers × (experts × (3 × width² + 3 × width) + 2 × width) + 9 × width + 9"


def test_lines_of_a_formula_break_before_what_it_adds() -> None:
    def build(first_argument: int, second_argument: int) -> facts.Model:
        maker = Maker()
        made = [maker.dense("a", first_argument, second_argument), maker.dense("b", second_argument, first_argument)]
        return of([*made, maker.dense("c", 5, second_argument)], maker.weights)

    arguments = {"first_argument": 3, "second_argument": 8}
    law = find(arguments, build(**arguments), lambda settings: [Result(each, build(**each)) for each in settings])
    built = table.build(build(**arguments), law=law)
    for width in (40, 60, 80, 100):
        text = formats.write(built, "text", width=width)
        below = text[text.index("In arguments (") :].splitlines()
        assert max(map(len, text.splitlines())) <= width
        formula = " ".join(below).partition(": ")[2].partition(" Agrees")[0]
        assert formula == law.formula
        assert not [line for line in below if line.endswith((" ×", " +")) or line.startswith("×")]
    narrow = formats.write(built, "text", width=30)  # a product is longer than a line
    assert "2\n× first_argument\n× second_argument\n+ first_argument\n" in narrow


def test_names_of_arguments_are_code_in_what_is_said() -> None:
    def build(depth: int, width: int) -> facts.Model:
        maker = Maker()
        return of([maker.dense(f"d_{n}", width, 2 ** (n + 1) * width) for n in range(depth)], maker.weights)

    arguments = {"depth": 3, "width": 2}
    law = find(arguments, build(**arguments), lambda settings: [Result(each, build(**each)) for each in settings])
    built = table.build(build(**arguments), law=law)
    assert "The argument `depth` has no formula" in formats.write(built, "markdown")
    assert "The argument ``depth`` has no formula" in formats.write(built, "rst")
    assert "The argument <code>depth</code> has no formula" in formats.write(built, "html")
    text = " ".join(formats.write(built, "text").split())
    assert "The argument depth has no formula" in text
    assert "Executed counts: depth = 3: " in text
    assert (
        "With depth = 3 as here, in the other arguments (width = 2): 14 × width² + 2 × width + 4 × width + 8 × width"
        in text
    )
