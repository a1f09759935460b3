"""Random models, and what random edits make of them: the changes add up, and lead from the one to the other."""

from __future__ import annotations

from typing import Any, NamedTuple

from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from sphinx_paramdoc import facts
from sphinx_paramdoc.difference.changes import Change, Difference
from sphinx_paramdoc.difference.parts import Layer, Whole
from sphinx_paramdoc.rendering.changes import json as as_json
from tests.sphinx_paramdoc.difference.comparing import difference, of_texts, record, table
from tests.sphinx_paramdoc.makers import Maker, layer, of


class Spec(NamedTuple):
    """What one outermost layer is made of."""

    name: str
    units: int = 4
    inside: int = 0
    """How many layers it holds; 0: it is one."""
    is_frozen: bool = False
    dtype: str = "float32"
    is_tied: bool = False
    """Whether it uses the weights of the layer before it."""
    reads: tuple[int, ...] = (1,)
    """How far before it the layers stand that it reads; what is inside it reads alike."""


NAMES = st.one_of(st.sampled_from(["fc", "head", "stem", "out"]), st.integers(0, 9).map(lambda n: f"dense_{n}"))
SPECS = st.builds(
    Spec,
    NAMES,
    st.integers(1, 4),
    st.integers(0, 2),
    st.booleans(),
    st.sampled_from(["float32", "bfloat16"]),
    st.booleans(),
    st.lists(st.integers(1, 3), max_size=2, unique=True).map(tuple),
)


def made(specs: list[Spec]) -> facts.Model:
    make = Maker()
    layers: list[facts.Layer] = []
    for spec in specs:
        if spec.is_tied and layers and not spec.inside and not layers[-1].children:
            layers.append(replace(layers[-1], path=spec.name, name=spec.name, connected_to=read(spec, layers)))
            continue
        first = len(make.weights)
        if spec.inside:
            children: list[facts.Layer] = []
            for i in range(spec.inside):
                steps = dict.fromkeys(min(it, i) for it in spec.reads or (1,)) if i else ()  # it is always known
                wires = read(spec._replace(reads=tuple(steps)), children)
                children.append(make.dense(f"{spec.name}/part_{i}", 2, spec.units + i // 2, connected_to=wires))
            one = layer(spec.name, *children)
        else:
            one = make.dense(spec.name, 3, spec.units)
        by = spec.name if spec.is_frozen else None
        for number in range(first, len(make.weights)):
            values: dict[str, Any] = {"trainable": False, "reason": "frozen_layer", "frozen_by": by} if by else {}
            make.weights[number] = replace(make.weights[number], dtype=spec.dtype, **values)
        layers.append(replace(one, frozen_by=by, connected_to=read(spec, layers)))
    return of(layers, make.weights)


def read(spec: Spec, layers: list[facts.Layer]) -> list[str]:
    """Return the paths of the layers that one reads which is to stand behind others."""
    return [layers[-steps].path for steps in spec.reads if steps <= len(layers)]


def unique(specs: list[Spec]) -> list[Spec]:
    return list({spec.name: spec for spec in specs}.values())


@st.composite
def edited(draw: st.DrawFn) -> tuple[list[Spec], list[Spec]]:
    """Draw the layers of a model, and what edits make of them."""
    before = unique(draw(st.lists(SPECS, max_size=8)))
    blocks = draw(st.integers(0, 4))
    block = draw(SPECS)
    before += [block._replace(name=f"block_{i}", is_tied=False) for i in range(blocks)]
    after = list(before)
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(after)))
        match draw(st.sampled_from(["add", "remove", "change", "swap", "grow"])):
            case "add":
                after.insert(place, draw(SPECS))
            case "remove":
                del after[place : place + 1]
            case "change" if place < len(after):
                field = draw(st.sampled_from(Spec._fields))
                after[place] = after[place]._replace(**{field: getattr(draw(SPECS), field)})
            case "swap":
                after[place : place + 2] = after[place : place + 2][::-1]
            case "grow":
                after += [block._replace(name=f"block_{blocks + i}", is_tied=False) for i in range(2)]
    return before, unique(after)


def rows(whole: Whole) -> dict[str, int]:
    """Return the outermost layers by their names, and which part each is."""
    return {each.name: each.part.full for each in whole.layers}


def applied(found: Difference) -> dict[str, int]:
    """Return what the changes make of the rows of the first model."""
    gone = {each.name for change in found.changes for each in change.before}
    come = {each.name: each.part.full for change in found.changes for each in change.after}
    return {name: part for name, part in rows(found.before).items() if name not in gone} | come


def rewired(found: Difference) -> dict[str, tuple[str, ...]]:
    """Return the layers of the second model that are said to read others, and what they read."""
    return {it.name: it.reads for change in found.changes if change.about == "inputs" for it in change.after}


def assert_adds_up(changes: tuple[Change, ...], before: tuple[int, int], after: tuple[int, int]) -> None:
    """Check the changes of layers that stand side by side, and those inside them.

    :param before: what the layers hold, and what of it is trainable.
    """
    assert sum(change.delta for change in changes) == after[0] - before[0]
    assert sum(change.trainable[1] - change.trainable[0] for change in changes) == after[1] - before[1]
    for change in changes:
        assert (change.trainable[0] > change.trainable[1]) or change.kind != "frozen"
        assert (change.trainable[0] < change.trainable[1]) or change.kind != "unfrozen"
        if change.inside:
            one, other = change.before[0].part, change.after[0].part
            assert_adds_up(change.inside, held(one.inside), held(other.inside))


def held(layers: tuple[Layer, ...]) -> tuple[int, int]:
    return sum(each.part.params for each in layers), sum(each.part.trainable for each in layers)


RETIED = (
    [Spec("head"), Spec("fc", is_tied=True), Spec("out", is_tied=True)],
    [Spec("fc", is_frozen=True), Spec("out", is_tied=True)],
)
"""A layer is tied to one that trains, and then to a frozen one; what it uses is counted there both times."""


@given(edited())
@example(RETIED)
def test_changes_add_up_and_lead_from_one_model_to_the_other(models: tuple[list[Spec], list[Spec]]) -> None:
    before, after = map(made, models)
    found = difference(before, after)
    assert held(found.before.layers) == (found.before.total, found.before.trainable)
    assert_adds_up(found.changes, held(found.before.layers), held(found.after.layers))
    assert applied(found) == rows(found.after)
    if all(len(it.before) == len(it.after) and it.kind != "renamed" for it in found.changes):  # all keep their names
        wires = [{it.name: it.reads for it in whole.layers if it.reads} for whole in (found.before, found.after)]
        known = wires[0].keys() & wires[1].keys()
        assert rewired(found) == {name: wires[1][name] for name in known if wires[0][name] != wires[1][name]}
    named = {each.name for change in found.changes for each in change.after}
    assert named.isdisjoint(each.name for each in found.equal)
    assert {*named, *(each.name for each in found.equal)} >= set(rows(found.after))


@given(edited())
def test_every_source_gives_the_same_changes(models: tuple[list[Spec], list[Spec]]) -> None:
    before, after = map(made, models)
    expected = as_json.render(difference(before, after))
    assert as_json.render(of_texts(table(before), table(after))) == expected
    assert as_json.render(of_texts(record(before), table(after))) == expected
    assert as_json.render(of_texts(record(before), record(after))) == expected
    assert as_json.render(of_texts(table(before, unfold=True), table(after))) == expected
