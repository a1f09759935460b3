"""What a page computes a table from, without a browser: what it would show is what models of other arguments have."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.law import Law, Result, find
from sphinx_paramdoc.rendering import controls, sliders
from sphinx_paramdoc.said import ENGLISH
from sphinx_paramdoc.table.arranging import arrange
from sphinx_paramdoc.table.columns import COLUMNS, chosen
from sphinx_paramdoc.table.view import View
from tests.sphinx_paramdoc.makers import Maker, layer, of


class Part(NamedTuple):
    """Equal layers of a model that follow each other."""

    argument: str
    """The argument that numbers them; '' for one that is always there."""
    stem: str
    """What they are called before their numbers; '' where a framework calls them so."""
    inputs: int
    is_block: bool
    """Whether each is made of two layers."""


def build(parts: Sequence[Part], **arguments: int) -> facts.Model:
    """Make a model of a width that is an argument."""
    maker, layers, number = Maker(), [], 0
    for part in parts:
        for index in range(arguments[part.argument] if part.argument else 1):
            name = f"{part.stem}_{index}" if part.argument else part.stem
            if not part.stem:
                name, number = f"dense_{number}" if number else "dense", number + 1
            width, inputs = arguments["width"], part.inputs or arguments["width"]
            if part.is_block:
                layers.append(
                    layer(name, maker.dense(f"{name}/up", inputs, width), maker.dense(f"{name}/on", width, 3))
                )
            else:
                layers.append(maker.dense(name, inputs, width))
    return of(layers, maker.weights)


class Shown(NamedTuple):
    """A row that a page would show."""

    name: str
    params: int | None
    is_further: bool


class Page:
    """Does with the data of a page what the script does."""

    def __init__(self, model: facts.Model, law: Law, columns: str = "layer params explanation") -> None:
        self.view: View = arrange(table.build(model, law=law))
        self.data: dict[str, Any] = sliders.data(self.view, chosen(columns.split()), ENGLISH) or {}
        self.names = [row.names[0].text for row in self.view.walk()]
        self.depths = [row.depth for row in self.view.walk()]

    def value(self, made: list[list[Any]] | None, given: Sequence[int]) -> int | None:
        if made is None:
            return None
        below, *above = (int(number) * math.prod(given[i] for i in places) for number, *places in made)
        return sum(above) // below if below and sum(above) >= 0 and sum(above) % below == 0 else None

    def rows(self, arguments: Mapping[str, int]) -> Iterator[Shown]:
        """Yield the outermost rows."""
        given = [arguments[name] for name in self.data["names"]]
        for place, row in enumerate(self.data["rows"]):
            is_further = place > len(self.names)
            if place == len(self.names) or (not is_further and self.depths[place]):
                continue
            if is_further and self.depths[row["behind"]]:
                continue
            if "there" in row and not self.value(row["there"], given):
                continue
            called = row.get("called")
            name = "" if is_further else self.names[place]
            if called and called["repeat"] != str(self.value(row["there"], given)):
                name = called["several"]
            params = self.value(row["sums"]["params"], given) if "sums" in row else 0
            yield Shown(name, params, is_further)


def law_of(make: Callable[..., facts.Model], arguments: dict[str, int]) -> Law:
    def run(wanted: Sequence[dict[str, int]]) -> list[Result]:
        return [Result(setting, make(**setting)) for setting in wanted]

    return find(arguments, make(**arguments), run)


LISTED = [Part("", "first", 5, False), Part("layers", "hidden", 0, False), Part("", "last", 7, False)]
AUTOMATIC = [Part("layers", "", 0, False), Part("", "", 5, False)]
BLOCKS = [Part("layers", "block", 0, True), Part("", "between", 9, False), Part("layers", "rest", 2, False)]


@pytest.mark.parametrize("parts", [LISTED, AUTOMATIC, BLOCKS], ids=["listed", "automatic", "blocks"])
@pytest.mark.parametrize("layers", [1, 2, 3, 4, 7])
def test_rows_that_are_listed_one_by_one_add_up_and_are_there_when_layers_are(parts: list[Part], layers: int) -> None:
    def make(**arguments: int) -> facts.Model:
        return build(parts, **arguments)

    base = {"layers": layers, "width": 6}
    page = Page(make(**base), law_of(make, base))
    for number in range(9):
        for width in (6, 10):
            model = make(layers=number, width=width)
            rows = list(page.rows({"layers": number, "width": width}))
            assert sum(row.params or 0 for row in rows) == sum(weight.count for weight in model.weights)
            assert None not in [row.params for row in rows]
            paths = {each.path for each in model.layers}
            plain = {row.name for row in rows if not row.is_further and not row.name.startswith("<")}
            assert plain <= paths


def test_layers_without_a_row_are_counted_where_they_stand() -> None:
    def make(**arguments: int) -> facts.Model:
        return build(LISTED, **arguments)

    page = Page(make(layers=2, width=6), law_of(make, {"layers": 2, "width": 6}))
    [further] = page.data["rows"][len(page.names) + 1 :]
    assert page.names[further["behind"]] == "hidden_1"
    assert further["says"]["layer"] == "<p>further layers: {=}</p>"
    explained = re.sub("<.*?>", "", further["says"]["explanation"])
    assert explained == "({layers} − 2) × ({width}² + {width}) = {=params}"
    assert page.value(further["there"], [5, 6]) == 3
    assert page.value(further["there"], [2, 6]) == 0
    assert page.value(further["there"], [1, 6]) is None


def test_two_arguments_number_layers_each_for_itself() -> None:
    parts = [Part("layers", "a", 0, False), Part("", "between", 5, False), Part("depth", "b", 3, False)]

    def make(**arguments: int) -> facts.Model:
        return build(parts, **arguments)

    base = {"layers": 2, "depth": 3, "width": 6}
    page = Page(make(**base), law_of(make, base))
    rows = list(page.rows({"layers": 4, "depth": 1, "width": 6}))
    assert [row.name for row in rows] == ["a_0", "a_1", "between", "b_0", ""]
    assert rows[-1] == Shown("", 2 * (6 * 6 + 6), is_further=True)


def test_names_that_a_framework_gives_are_without_numbers_where_there_are_more_or_fewer() -> None:
    def make(**arguments: int) -> facts.Model:
        return build(AUTOMATIC, **arguments)

    page = Page(make(layers=2, width=6), law_of(make, {"layers": 2, "width": 6}))
    same = list(page.rows({"layers": 2, "width": 9}))
    assert [row.name for row in same] == ["dense", "dense_1", "dense_2"]
    fewer = list(page.rows({"layers": 1, "width": 9}))
    assert [row.name.count("dense</code> …") for row in fewer] == [1, 1]


def test_one_block_is_called_by_how_often_it_is_there() -> None:
    def make(**arguments: int) -> facts.Model:
        return build([Part("layers", "block", 0, True)], **arguments)

    page = Page(make(layers=1, width=6), law_of(make, {"layers": 1, "width": 6}))
    called = page.data["rows"][0]["called"]
    assert (called["repeat"], called["before"]) == ("1", "-1")
    assert called["several"].startswith('<p><code class="paramdoc-name">block_0</code> to <code')
    assert "block_{last}</code>" in called["several"]


def in_arguments(parts: Sequence[Part], base: dict[str, int]) -> dict[str, str]:
    def make(**arguments: int) -> facts.Model:
        return build(parts, **arguments)

    view = Page(make(**base), law_of(make, base)).view
    return {row.names[0].text: COLUMNS["in-arguments"].text(row, view) for row in view.rows}


def test_a_row_is_of_one_layer_or_of_all_and_no_mixture() -> None:
    """A bias has the shape of those of other layers, and a kernel none."""
    written = in_arguments(LISTED, {"layers": 1, "width": 6})
    assert written == {"first": "6 × width", "hidden_0": "layers × (width² + width)", "last": "8 × width"}


def test_layers_whose_names_others_may_have_taken_have_no_formula() -> None:
    parts = [Part("layers", "", 2, True), Part("", "side", 0, True), Part("depth", "", 2, True)]
    written = in_arguments(parts, {"layers": 7, "depth": 6, "width": 6})
    assert written == {"dense": "", "side": "width² + 4 × width + 3", "dense_7": ""}


@st.composite
def models(draw: st.DrawFn) -> tuple[list[Part], dict[str, int]]:
    """Draw what a model is made of."""
    stems = draw(st.permutations(["up", "down", "side", "head"]))
    parts = [
        Part(
            draw(st.sampled_from(["", "layers", "depth"])),
            draw(st.sampled_from(["", stem])),
            draw(st.sampled_from([0, 0, 2, 5])),
            draw(st.booleans()),
        )
        for stem in draw(st.lists(st.sampled_from(stems), min_size=1, max_size=3, unique=True))
    ]
    named = {part.argument for part in parts if part.argument}
    return parts, {"width": 6, **{name: draw(st.integers(1, 6)) for name in sorted(named)}}


@given(models(), st.lists(st.tuples(st.integers(1, 9), st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=6))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_rows_add_up_or_say_nothing(
    made: tuple[list[Part], dict[str, int]], others: list[tuple[int, int, int]]
) -> None:
    parts, base = made

    def make(**arguments: int) -> facts.Model:
        return build(parts, **arguments)

    law = law_of(make, base)
    if law.formula is None:
        return
    page = Page(make(**base), law)
    for width, layers, depth in others:
        drawn = {"width": width, "layers": layers, "depth": depth}
        least = dict(zip(page.data["names"], page.data["least"], strict=True))
        setting = {name: max(drawn[name], least[name]) for name in base}
        rows = list(page.rows(setting))
        counts = [row.params for row in rows if row.params is not None]
        actual = sum(weight.count for weight in make(**setting).weights)
        assert sum(counts) == actual if len(counts) == len(rows) else sum(counts) <= actual


def test_marks_stand_where_an_executed_value_stands_on_its_slider() -> None:
    def make(**arguments: int) -> facts.Model:
        return build(LISTED, **arguments)

    law = law_of(make, {"layers": 3, "width": 6})
    written = controls.controls(law, ENGLISH)
    assert r'<i style="--at: 0.1818" data-at="^\d+,6$" hidden></i>' in written  # 3 of 1 to 12
    values = [each.arguments["layers"] for each in law.executed if each.arguments["width"] == 6]
    assert written.count(r'data-at="^\d+,6$"') == len([value for value in values if value <= 12])
