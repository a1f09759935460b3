"""Several models in one table: what its cells say, what is said once, and what prose quotes of it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.law import Law, Result, find
from sphinx_paramdoc.table import models, quoting
from sphinx_paramdoc.table.models import ModelRow, ModelTable
from tests.sphinx_paramdoc.makers import Maker, layer, of


def chain(layers: int, width: int, inputs: int = 7) -> facts.Model:
    maker = Maker()
    blocks = [maker.dense(f"dense_{number}", width, width) for number in range(layers)]
    return of([maker.dense("first", inputs, width), *blocks], maker.weights)


def law(layers: int, width: int, inputs: int = 7) -> Law:
    def run(settings: Sequence[dict[str, int]]) -> list[Result]:
        return [Result(setting, chain(**setting, inputs=inputs)) for setting in settings]

    return find({"layers": layers, "width": width}, chain(layers, width, inputs), run)


def row(name: str, layers: int, width: int, inputs: int = 7, *, has_law: bool = False) -> ModelRow:
    model = chain(layers, width, inputs)
    contents = table.build(model, law=law(layers, width, inputs) if has_law else None)
    return models.row(name, f"layers={layers}", model, contents, key=f"key of {name}")


MISSING = ModelRow(name="lost", expression="oops()", missing=models.missing("TypeError: no\nmore", "page.rst", 7))


def cells(made: ModelTable) -> list[list[str]]:
    return [[column.text(each) for column in made.columns] for each in made.rows]


def test_what_the_columns_say() -> None:
    made = models.build([row("small", 2, 3), MISSING], ["model", *models.COLUMNS])
    headings = "Model, Model, Made by, Layers, Parameters, Trainable, Non-trainable, Size, In arguments, Table"
    assert ", ".join(column.heading for column in made.columns) == headings
    assert cells(made)[0][1:] == ["small", "layers=2", "3", "48", "48", "0", "192 B", "", ""]
    assert (MISSING.missing, made.below) == ("missing (page.rst, line 7): TypeError: no", [])


def test_weights_of_the_model_itself_are_no_layer() -> None:
    maker = Maker()
    own = layer("m", weights=[maker.weight("m", "scale", 3)], class_name="mine.Net")
    model = of([own, maker.dense("first")], maker.weights)
    assert models.row("one", "", model, table.build(model)).layers == 1


FORMULA = "layers × (width² + width) + 8 × width"


def test_a_formula_that_all_models_have_is_said_once() -> None:
    made = models.build([row("a", 2, 3, has_law=True), MISSING, row("b", 30, 3, has_law=True)], [*models.COLUMNS])
    assert models.IN_ARGUMENTS not in [column.name for column in made.columns]
    held = "Agrees with 5 further settings that were executed, weight by weight."
    assert made.below == [f"In arguments: {FORMULA}", held]


def test_formulas_that_differ_stand_in_their_rows() -> None:
    rows = [row("a", 2, 3, has_law=True), row("b", 2, 3, 9, has_law=True)]
    made = models.build(rows, ["model", models.IN_ARGUMENTS])
    assert cells(made) == [["a", FORMULA], ["b", "layers × (width² + width) + 10 × width"]]
    assert made.below == ["Agrees with 5 further settings that were executed, weight by weight."]
    without = models.build(rows, ["model"])
    assert without.below == [
        f"a: In arguments (layers = 2, width = 3): {FORMULA}",
        "b: In arguments (layers = 2, width = 3): layers × (width² + width) + 10 × width",
        "Agrees with 5 further settings that were executed, weight by weight.",
    ]


def test_one_model_keeps_its_formula() -> None:
    made = models.build([row("a", 2, 3, has_law=True)], ["model", models.IN_ARGUMENTS])
    assert cells(made) == [["a", FORMULA]]


def test_what_is_told_of_some_models_names_them() -> None:
    rows = [row("a", 2, 3), row("b", 3, 3), row("c", 4, 3)]
    made = models.build(rows, models.DEFAULT, [("a", "Changed."), ("b", "Other."), ("c", "Changed.")])
    assert made.below == ["a, c: Changed.", "b: Other."]
    assert models.build(rows[:1], models.DEFAULT, [("a", "Changed.")]).below == ["Changed."]


# What prose quotes


@pytest.fixture(scope="module")
def tables() -> quoting.Tables:
    rows = [row("Small", 2, 3, has_law=True), row("VGG 16/bn", 3, 3), MISSING, row("my size", 4, 3)]
    return {"zoo": quoting.of_models(rows), "failed": None}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("zoo/Small", "48"),
        ("zoo/Small trainable", "48"),
        ("Zoo/Small non-trainable", "0"),
        ("zoo/VGG 16/bn size", "240 B"),
        ("zoo/my size", "72"),
        ("zoo/my size size", "288 B"),
    ],
)
def test_a_row_is_quoted(tables: quoting.Tables, text: str, count: str) -> None:
    found = quoting.find(text, tables, {})
    assert found.quotable
    assert found.quotable.counts[found.quantity] == count


def test_a_formula_of_a_row_is_quoted(tables: quoting.Tables) -> None:
    found = quoting.find("zoo/Small in-arguments", tables, {})
    assert found.quotable
    assert found.quotable.formulas[found.quantity] == FORMULA


def test_a_model_that_is_missing_answers_with_nothing(tables: quoting.Tables) -> None:
    assert quoting.find("zoo/lost size", tables, {}).quotable is None
    assert quoting.find("failed/any", tables, {}).quotable is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "zoo",
            (
                "the table 'zoo' is of several models: name one, zoo/NAME; there are 'Small', 'VGG 16/bn', 'lost', "
                "'my size'"
            ),
        ),
        ("zoo/small", "the table 'zoo' has no model 'small'; did you mean 'Small'?"),
        (
            "zoo/Small weight",
            "'weight' is no quantity of 'zoo/Small': there are trainable, non-trainable, size, in-arguments",
        ),
    ],
)
def test_what_refers_to_no_model(tables: quoting.Tables, text: str, message: str) -> None:
    with pytest.raises(quoting.NotFoundError) as raised:
        quoting.find(text, tables, {})
    assert str(raised.value) == message
