"""The table of a model that is alive in this process: the face for Python and its prompt."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from sphinx_paramdoc import inspection, table
from sphinx_paramdoc.execution import explainers
from sphinx_paramdoc.explanation import proof
from sphinx_paramdoc.rendering import formats

if TYPE_CHECKING:
    from collections.abc import Sequence


class ParameterTable:
    """The parameter table of a live model; it prints as text."""

    def __init__(self, contents: table.Table, *, unfold: bool = False) -> None:
        """Show `contents`, each layer in a row of its own where they were built so."""
        self._table = contents
        self._unfold = unfold

    @property
    def total(self) -> int:
        """How many parameters the model has."""
        return self._table.total

    @property
    def trainable(self) -> int:
        """How many of them are trainable."""
        return self._table.trainable

    @property
    def non_trainable(self) -> int:
        """How many of them are not."""
        return self._table.non_trainable

    @property
    def rows(self) -> Sequence[table.Row]:
        """The rows of every depth; those of depth 0, each times its `repeat`, add up to `total`."""
        return tuple(self._table.rows)

    def to_json(self) -> str:
        """Return the table as JSON, in the form that the manual describes."""
        return formats.write(self._table, "json", unfold=self._unfold)

    def __str__(self) -> str:
        """Return the table as text."""
        return formats.write(self._table, "text", unfold=self._unfold)

    def __repr__(self) -> str:
        """Return the table as text, so that a prompt shows it."""
        return str(self)


def explain(model: Any, unfold: bool = False) -> ParameterTable:
    """Return the table of a live model or layer.

    :param model: a built model or layer of Keras 3 or of ``tf_keras``, or a ``tf.Module``.
    :param unfold: whether each layer has a row of its own: nothing folds, groups or merges.
    :raises TypeError: where `model` is none of them.
    :raises sphinx_paramdoc.inspection.NotBuiltError: where it has no weights yet.
    """
    if not inspection.is_model(model):
        what = (
            f"the class {model.__qualname__}: call it first"
            if isinstance(model, type)
            else f"a {type(model).__qualname__}"
        )
        raise TypeError(f"explain() takes {inspection.models()}, not {what}")
    read = explainers.ask(inspection.inspect(model), {})
    for complaint in proof.unproven_explainers(read):
        warnings.warn(complaint, stacklevel=2)
    return ParameterTable(table.build(read, unfold=unfold), unfold=unfold)
