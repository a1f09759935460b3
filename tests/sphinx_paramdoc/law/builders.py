"""Builders of models that exist as facts alone, and what executes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

import msgspec

from sphinx_paramdoc import facts
from sphinx_paramdoc.law import Law, Result, find

Weights: TypeAlias = Iterator[tuple[str, str, tuple[int, ...]]]
"""The class of the layer that owns a weight, the name of the weight, and its shape."""


class Executor:
    """Executes the settings of a builder, and remembers them."""

    def __init__(self, build: Callable[..., Weights], fixed: Mapping[str, int] = {}) -> None:
        self._build = build
        self._fixed = dict(fixed)
        self.executed: list[dict[str, int]] = []

    def model(self, arguments: Mapping[str, int]) -> facts.Model:
        return model(self._build(**{**self._fixed, **arguments}))

    def __call__(self, settings: Sequence[dict[str, int]]) -> list[Result]:
        return [self._result(setting) for setting in settings]

    def _result(self, setting: dict[str, int]) -> Result:
        self.executed.append(setting)
        try:
            return Result(setting, self.model(setting))
        except ValueError as error:
            return Result(setting, None, f"ValueError: {error}")
        except TimeoutError as error:
            return Result(setting, None, str(error), is_open=True)


def model(weights: Weights) -> facts.Model:
    """Make a model of a layer for each weight; ``encoder/Dense`` is one inside a layer of that name."""
    held: list[facts.Weight] = []
    layers: list[facts.Layer] = []
    for number, (where, name, shape) in enumerate(weights):
        outside, _, kind = where.rpartition("/")
        held.append(facts.Weight(f"layer_{number}/{name}", name, list(shape), "float32", trainable=True))
        inside = facts.Layer(f"layer_{number}", f"layer_{number}", f"mine.{kind}", weights=[number])
        if not outside:
            layers.append(inside)
            continue
        if not layers or layers[-1].path != outside:
            layers.append(facts.Layer(outside, outside, "mine.Stack"))
        inside = msgspec.structs.replace(inside, path=f"{outside}/layer_{number}")
        layers[-1] = msgspec.structs.replace(layers[-1], children=[*layers[-1].children, inside])
    return facts.Model(
        name="m", class_name="mine.Net", layers=layers, weights=held, variables="abstract", frameworks={}
    )


def law_of(build: Callable[..., Weights], fixed: Mapping[str, int] = {}, /, **arguments: int) -> tuple[Law, Executor]:
    """Return the formula of a builder in some of its arguments, and what executed it."""
    run = Executor(build, fixed)
    return find(arguments, run.model(arguments), run, fixed), run


def transformer(
    vocab: int = 50257, layers: int = 12, width: int = 768, heads: int = 12, d_ff: int = 3072, length: int = 1024
) -> Weights:
    """Yield the weights of GPT-2."""
    if width % heads:
        raise ValueError(f"{heads} heads do not divide a width of {width}")
    yield "Embedding", "embeddings", (vocab, width)
    yield "Position", "embeddings", (length, width)
    for _ in range(layers):
        yield from norm(width)
        for name in ("query", "key", "value"):
            yield "Projection", name, (width, heads, width // heads)
            yield "Projection", "bias", (heads, width // heads)
        yield from dense(width, width)
        yield from norm(width)
        yield from dense(width, d_ff)
        yield from dense(d_ff, width)
    yield from norm(width)


def norm(width: int) -> Weights:
    """Yield the weights of a layer normalization."""
    yield "LayerNormalization", "gamma", (width,)
    yield "LayerNormalization", "beta", (width,)


def dense(inputs: int, units: int) -> Weights:
    """Yield the weights of a dense layer."""
    yield "Dense", "kernel", (inputs, units)
    yield "Dense", "bias", (units,)
