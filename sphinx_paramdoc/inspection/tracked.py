"""What a model holds: its weights, its other variables and its layers, each by identity."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sphinx_paramdoc import facts

_MOST_NUMBERS = 50_000_000
"""Weights of more numbers than this are not searched for the values of a plain tensor."""

_SAMPLE = 200
"""So many numbers of a plain tensor are looked for among those of a weight."""


class Tracked:
    """What a model holds, by the identities."""

    def __init__(
        self,
        numbers: Mapping[int, int],
        weights: Sequence[facts.Weight],
        variables: Callable[[], Iterable[Any]],
        layers: Mapping[int, Sequence[str]],
    ) -> None:
        """Take down what is known of a model.

        :param numbers: the position of each weight among `weights`.
        :param variables: gives all the variables that it holds; asked for only where something is found.
        :param layers: the paths of each layer.
        """
        self._numbers = numbers
        self._weights = weights
        self._variables = variables
        self.layers = layers

    def holds(self, variable: Any) -> bool:
        """Tell whether the model holds a variable, or the one that a variable of Keras wraps."""
        inner = getattr(variable, "_value", None)
        return any(
            id(each) in self._numbers or id(each) in self._held for each in (variable, inner) if each is not None
        )

    def owner(self, variable: Any) -> str:
        """Return the path of the layer that a weight of the model belongs to; '' of what is none."""
        return self.path(variable).rpartition("/")[0]

    def path(self, variable: Any) -> str:
        """Return the path of a weight of the model; '' of what is none."""
        number = self._numbers.get(id(variable))
        return "" if number is None else self._weights[number].path

    @functools.cached_property
    def _held(self) -> set[int]:
        both = ((variable, getattr(variable, "_value", None)) for variable in self._variables())
        return {id(each) for pair in both for each in pair if each is not None}

    def copied_in(self, tensor: Any) -> str:
        """Return the path of the weight whose values a plain tensor holds, all or a part of them, or ''.

        ``ops.transpose(embedding.embeddings)`` outside of a layer is such a tensor: a graph keeps its values as they
        were. Numbers that anybody might write down, such as whole ones, say nothing.
        """
        with contextlib.suppress(Exception):  # not all that is called a tensor has values
            wanted = _numbers_of(tensor)
            sample = wanted.ravel()[:_SAMPLE]
            if wanted.dtype.kind != "f" or len(set(sample.tolist())) < 2 or (sample == sample.round()).all():
                return ""
            for variable in self._variables():
                number = self._numbers.get(id(variable))
                if number is not None and wanted.size <= self._weights[number].count <= _MOST_NUMBERS:
                    held = _numbers_of(getattr(variable, "_value", variable))
                    if held.dtype == wanted.dtype and _is_among(sample, held):
                        return self._weights[number].path
        return ""


def _numbers_of(tensor: Any) -> Any:
    """Return the numbers of a tensor of whichever framework."""
    import numpy as np  # every framework brings it

    if hasattr(tensor, "detach"):  # one of PyTorch that knows how it came about
        tensor = tensor.detach()
    return np.asarray(tensor)


def _is_among(sample: Any, held: Any) -> bool:
    """Tell whether all numbers of one array are in another."""
    import numpy as np

    return bool(np.isin(sample[:1], held).all() and np.isin(sample, held).all())
