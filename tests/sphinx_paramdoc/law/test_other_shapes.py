"""Builders whose models are no stacks of equal blocks: what is found of them, with how many executions, and held to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pytest

from tests.sphinx_paramdoc.law.builders import Weights, dense, law_of, norm


def conv(side: int, inputs: int, filters: int) -> Weights:
    """Yield the weights of a convolution."""
    yield "Conv2D", "kernel", (side, side, inputs, filters)
    yield "Conv2D", "bias", (filters,)


def mixer(layers: int, width: int, side: int, patch: int, tokens: int, channels: int) -> Weights:
    """Yield the weights of an MLP mixer."""
    if side % patch:
        raise ValueError(f"{patch} does not divide {side}")
    places = (side // patch) ** 2
    yield from conv(patch, 3, width)
    for _ in range(layers):
        for inputs, units in ((places, tokens), (width, channels)):
            yield from norm(width)
            yield from dense(inputs, units)
            yield from dense(units, inputs)
    yield from norm(width)
    yield from dense(width, 10)


def lstms(layers: int, units: int, vocabulary: int, embedding: int) -> Weights:
    """Yield the weights of a stack of LSTMs in both directions."""
    yield "Embedding", "embeddings", (vocabulary, embedding)
    for number in range(layers):
        inputs = 2 * units if number else embedding
        for direction in ("Forward", "Backward"):
            yield f"Bidirectional/{direction}", "kernel", (inputs, 4 * units)
            yield f"Bidirectional/{direction}", "recurrent_kernel", (units, 4 * units)
            yield f"Bidirectional/{direction}", "bias", (4 * units,)
    yield from dense(2 * units, vocabulary)


def residual(blocks: int, filters: int, classes: int) -> Weights:
    """Yield the weights of a residual net of four stages, each twice as wide as the one before."""
    yield from conv(7, 3, filters)
    inputs = filters
    for stage in range(4):
        own = filters * 2**stage
        for number in range(blocks):
            yield from conv(3, inputs, own)
            yield from norm(own)
            yield from conv(3, own, own)
            yield from norm(own)
            if not number and stage:
                yield "Shortcut", "kernel", (1, 1, inputs, own)
            inputs = own
    yield from dense(inputs, classes)


def inception(modules: int, width: int, reduced: int) -> Weights:
    """Yield the weights of modules with branches of their own widths, whose outputs stand side by side."""
    inputs = 3
    for _ in range(modules):
        yield from conv(1, inputs, width)
        yield from conv(1, inputs, reduced)
        yield from conv(3, reduced, 2 * width)
        yield from conv(1, inputs, reduced)
        yield from conv(5, reduced, width)
        inputs = 4 * width
    yield from dense(inputs, 10)


def experts(layers: int, experts: int, shared: int, width: int, inner: int, heads: int, groups: int) -> Weights:
    """Yield the weights of a transformer with experts, some for all, and with fewer keys than queries."""
    for _ in range(layers):
        size = width // heads
        for name, number in (("query", heads), ("key", groups), ("value", groups)):
            yield "Projection", name, (width, number, size)
        yield "Router", "kernel", (width, experts)
        yield "Experts", "up", (experts, width, 2 * inner)
        yield "Experts", "down", (experts, inner, width)
        yield "Shared", "up", (width, shared * 2 * inner)
        yield "Shared", "down", (shared * inner, width)
        yield from norm(width)


def autoencoder(depth: int, width: int, latent: int) -> Weights:
    """Yield the weights of a way down and a way up that mirrors it."""
    for number in range(depth):
        yield from dense(width if number else 784, width)
    yield from dense(width, 2 * latent)
    yield from dense(latent, width)
    for number in range(depth):
        yield from dense(width, width if number < depth - 1 else 784)


class Case(NamedTuple):
    """A builder, and what is known of its formula."""

    build: Callable[..., Weights]
    arguments: dict[str, int]
    elsewhere: dict[str, int]
    """Arguments that nothing is executed with."""
    formula: str
    conditions: Sequence[str] = ()
    most: int = 12
    """So many settings are executed at most, the table's own among them."""


CASES = [
    Case(
        mixer,
        {"layers": 3, "width": 24, "side": 32, "patch": 4, "tokens": 10, "channels": 50},
        {"layers": 12, "width": 768, "side": 224, "patch": 16, "tokens": 384, "channels": 3072},
        "layers × (2 × (side / patch)² × tokens + 2 × width × channels + (side / patch)² + 5 × width + tokens "
        "+ channels) + 3 × patch² × width + width + 10 × width + 2 × width + 10",
        ["side / patch"],
        14,
    ),
    Case(
        lstms,
        {"layers": 2, "units": 12, "vocabulary": 100, "embedding": 9},
        {"layers": 4, "units": 512, "vocabulary": 20_000, "embedding": 300},
        "layers × (24 × units² + 8 × units) − 16 × units² + 2 × units × vocabulary + 8 × embedding × units "
        "+ vocabulary × embedding + vocabulary",
    ),
    Case(
        residual,
        {"blocks": 3, "filters": 8, "classes": 10},
        {"blocks": 2, "filters": 64, "classes": 1000},
        "blocks × (1530 × filters² + 90 × filters) − 336 × filters² + 8 × filters × classes + 147 × filters + filters "
        "+ classes",
    ),
    Case(
        inception,
        {"modules": 4, "width": 6, "reduced": 5},
        {"modules": 9, "width": 64, "reduced": 96},
        "modules × (4 × width² + 51 × reduced × width + 4 × width + 2 × reduced) − 4 × width² − 8 × reduced × width "
        "+ 3 × width + 40 × width + 6 × reduced + 10",
    ),
    Case(
        experts,
        {"layers": 3, "experts": 4, "shared": 2, "width": 16, "inner": 10, "heads": 4, "groups": 2},
        {"layers": 60, "experts": 160, "shared": 2, "width": 5120, "inner": 1536, "heads": 128, "groups": 8},
        "layers × (3 × experts × width × inner + 3 × width × shared × inner + 2 × width × groups × (width / heads) "
        "+ width × experts + width² + 2 × width)",
        ["width / heads"],
        16,
    ),
    Case(
        autoencoder,
        {"depth": 3, "width": 20, "latent": 4},
        {"depth": 5, "width": 400, "latent": 20},
        "depth × (2 × width² + 2 × width) − 2 × width² + 2 × width × latent + width × latent + 1568 × width "
        "+ 2 × latent + 784",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.build.__name__)
def test_the_formula_is_found_and_right_far_from_where_it_was_executed(case: Case) -> None:
    law, run = law_of(case.build, **case.arguments)
    assert law.refused == {}
    assert law.formula == case.formula
    assert [law.text(each) for each in law.conditions()] == list(case.conditions)
    assert law.polynomial is not None
    assert law.polynomial.evaluate(case.elsewhere) == sum(each.count for each in run.model(case.elsewhere).weights)
    assert 1 + len(run.executed) <= case.most
    assert len(law.agrees_at) == 5
    for setting in law.agrees_at:
        assert all(setting[name] != value for name, value in case.arguments.items())
