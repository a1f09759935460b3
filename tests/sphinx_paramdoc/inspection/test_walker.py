"""The walk that all frameworks share, seen in one of a few lines that is known nowhere else."""

from __future__ import annotations

import sys
from typing import Any

import pytest

import sphinx_paramdoc
from sphinx_paramdoc import facts, inspection
from sphinx_paramdoc.execution import Job, Request, Success
from sphinx_paramdoc.execution.block import BlockRun
from sphinx_paramdoc.execution.uses import Uses
from sphinx_paramdoc.inspection import BuiltError, NotBuiltError
from sphinx_paramdoc.inspection.adapter import Adapter, Form, Named
from sphinx_paramdoc.inspection.registry import FRAMEWORKS, Framework
from sphinx_paramdoc.machine import FirstParty
from sphinx_paramdoc.successors import SUCCESSORS


class Variable:
    def __init__(self, *shape: int) -> None:
        self.shape, self.dtype = shape, "float32"


class Toy:
    def __init__(self, name: str, *inside: Toy, **weights: Variable) -> None:
        self.name, self.inside, self.weights, self.is_frozen = name, list(inside), weights, False


class Toys(Adapter):
    base = Toy
    base_name = "toys.Toy"
    packages = ("toys",)

    def held(self, layer: Toy) -> tuple[list[Named], list[Named]]:
        return list(layer.weights.items()), [(child.name, child) for child in layer.inside]


class ToysThatFreeze(Toys):
    def is_trainable(self, layer: Toy) -> bool:
        return not layer.is_frozen

    def form(self, variable: Variable) -> Form:
        return Form([*variable.shape], variable.dtype, is_trained=len(variable.shape) > 1)


class ToysThatThaw(ToysThatFreeze):
    may_thaw = True


TABLE = """\
net (toys.Toy)

Layer        Output shape  Parameters  Explanation
───────────  ────────────  ──────────  ────────────────────────────────────────────────────────────────────────
net (Toy)    ?                      5  own 5
dense (Toy)  ?                     15  kernel 4 × 3 = 12; bias 3
block (Toy)  ?                     30  dense 15 (kernel 4 × 3; bias 3) + dense#2 15 (kernel 4 × 3; bias 3) = 30
head (Toy)   ?                      0  shared with net
───────────  ────────────  ──────────  ────────────────────────────────────────────────────────────────────────
Total                              50  all trainable
                                200 B"""


@pytest.fixture(autouse=True)
def _fresh_names() -> None:
    """Leave Keras alone, which these models know nothing of."""


@pytest.fixture(autouse=True)
def toys(monkeypatch: pytest.MonkeyPatch) -> None:
    register(monkeypatch, Toys)


def register(monkeypatch: pytest.MonkeyPatch, adapter: type[Adapter]) -> None:
    """Let toys be one more framework, which this module stands for."""
    entry = Framework(module="toys", adapter=f"{__name__}:{adapter.__name__}", models="a toy")
    monkeypatch.setitem(FRAMEWORKS, "toys", entry)
    monkeypatch.setitem(sys.modules, "toys", sys.modules[__name__])


def dense(name: str = "dense") -> Toy:
    return Toy(name, kernel=Variable(4, 3), bias=Variable(3))


def read(model: Any) -> list[tuple[str, int, str | None]]:
    """Give the outermost layers and those inside them: the path, how many weights are new, and what froze it."""
    found = []
    met: set[int] = set()
    pending = list(inspection.inspect(model).layers)
    while pending:
        layer = pending.pop(0)
        found.append((layer.path, len(set(layer.weights) - met), layer.frozen_by))
        met |= set(layer.weights)
        pending[:0] = layer.children
    return found


def test_a_framework_of_a_few_lines_has_a_table() -> None:
    shared = Variable(5)
    model = Toy("net", dense(), Toy("block", dense(), dense()), Toy("head", scale=shared), own=shared)
    assert str(sphinx_paramdoc.explain(model, width=0)) == TABLE


def test_a_block_makes_a_model_of_it() -> None:
    request = Request(preamble=f"from {__name__} import dense", code="model = dense()")
    first_party = FirstParty("/nowhere")
    job = Job(request=request, path=[], directory="", first_party=first_party)
    response = BlockRun(job, inspection, Uses(first_party)).run()
    assert isinstance(response, Success), response
    assert facts.decode(facts.encode(response.model)) == response.model
    assert [weight.path for weight in response.model.weights] == ["dense/kernel", "dense/bias"]


def test_a_layer_may_keep_what_it_is_a_part_of() -> None:
    inner = dense()
    model = Toy("net", Toy("block", inner))
    inner.inside += [model, model.inside[0], inner]
    assert read(model) == [("block", 0, None), ("block/dense", 2, None)]


def test_a_layer_inside_a_frozen_one_is_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    register(monkeypatch, ToysThatFreeze)
    model = Toy("net", Toy("block", dense("a"), dense("b")))
    model.inside[0].is_frozen = model.inside[0].inside[1].is_frozen = True
    assert read(model) == [("block", 0, "block"), ("block/a", 2, "block"), ("block/b", 2, "block")]
    model.is_frozen = True
    assert {frozen_by for _, _, frozen_by in read(model)} == {"net"}
    told = {(weight.name, weight.trainable, weight.reason) for weight in inspection.inspect(model).weights}
    assert told == {("kernel", True, None), ("bias", False, "declared")}


def test_a_layer_may_thaw_inside_one_that_is_frozen_and_not_in_a_frozen_model(monkeypatch: pytest.MonkeyPatch) -> None:
    register(monkeypatch, ToysThatThaw)
    model = Toy("net", Toy("block", dense("a"), dense("b")))
    model.inside[0].is_frozen = model.inside[0].inside[1].is_frozen = True
    assert read(model) == [("block", 0, "block"), ("block/a", 2, None), ("block/b", 2, "block")]
    model.is_frozen = True
    assert {frozen_by for _, _, frozen_by in read(model)} == {"net"}


def test_what_has_no_weights_and_what_is_none_of_a_framework_is_told() -> None:
    with pytest.raises(NotBuiltError, match=r"^net \(Toy\) has no weights yet$"):
        inspection.inspect(Toy("net"))
    with pytest.raises(BuiltError, match=r"^dense knows the shape of its input$"):
        inspection.build(dense(), [None, 4])
    with pytest.raises(
        TypeError, match=r"^explain\(\) takes a Keras model or layer or a tf.Module or a toy, not a int$"
    ):
        sphinx_paramdoc.explain(3)
    with pytest.raises(TypeError, match=r"^int is none of what is read: a Keras .* or a toy, of what is imported$"):
        inspection.inspect(3)


def test_a_package_that_lives_on_in_another_is_a_framework_as_that_is() -> None:
    packages = {name.partition(".")[0] for name in (*SUCCESSORS, *SUCCESSORS.values())} - {"tf"}
    assert packages <= FRAMEWORKS.keys()
