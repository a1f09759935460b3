"""A live model → facts: the only room that knows the objects of a framework, one file for each framework."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Protocol

from sphinx_paramdoc import facts


class NotBuiltError(Exception):
    """The model has no weights yet, as it does not know the shape of its input."""


class Framework(Protocol):
    """What each file of this package offers."""

    BLOCK_MODULE: str
    """The name of the module that a block runs as, which is no part of a class' name to show."""

    def is_model(self, value: object) -> bool:
        """Tell whether `value` is something a table can be made of: a layer, and so any model."""

    def abstract(self) -> AbstractContextManager[None]:
        """Let the variables that are made inside have a shape and a type but no memory."""

    def inspect(self, model: Any) -> facts.Model:
        """Read the facts of a model or a single layer.

        A model with abstract variables is read inside `abstract`, where it was made.

        :raises NotBuiltError: where the model has no weights yet.
        """
