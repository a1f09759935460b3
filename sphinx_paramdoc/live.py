"""The table of a model that is alive in this process: the face for Python and its prompt."""

from __future__ import annotations

import inspect
import warnings
from typing import TYPE_CHECKING, Any

from sphinx_paramdoc import inspection, table
from sphinx_paramdoc.execution import explainers
from sphinx_paramdoc.explanation import proof
from sphinx_paramdoc.machine import terminal
from sphinx_paramdoc.notation.values import one_of, words
from sphinx_paramdoc.rendering import formats
from sphinx_paramdoc.shown import Shown
from sphinx_paramdoc.table.columns import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sphinx_paramdoc import facts
    from sphinx_paramdoc.law import Law, Result

_known = one_of(*COLUMNS)
"""Reads the name of a column."""


class ParameterTable(Shown):
    """The parameter table of a live model; it prints as text, and a notebook shows it as HTML."""

    def __init__(
        self,
        contents: table.Table,
        *,
        depth: int = 0,
        unfold: bool = False,
        columns: Sequence[str] = (),
        width: int | None = None,
    ) -> None:
        """Show `contents` as `explain` is asked to."""
        self._table = contents
        self._depth = depth
        self._unfold = unfold
        self._columns = tuple(columns)
        self._width = width

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
        """Return the table as JSON, in the form that the manual describes: every depth, whatever a table shows."""
        return self._written("json")

    def to_markdown(self) -> str:
        """Return the table as Markdown."""
        return self._written("markdown")

    def to_rst(self) -> str:
        """Return the table as reStructuredText."""
        return self._written("rst")

    def to_html(self) -> str:
        """Return the table as HTML that stands by itself."""
        return self._written("html")

    def to_text(self, width: int | None = None) -> str:
        """Return the table as text.

        :param width: how many columns it may take, 0 being no limit; ``None``: what `explain` was told, or else the
            columns of the terminal, and 100 where there is none.
        """
        return self._written("text", terminal.width(self._width if width is None else width))

    def _written(self, form: str, width: int | None = None) -> str:
        return formats.write(
            self._table, form, depth=self._depth, unfold=self._unfold, columns=self._columns, width=width
        )


def explain(
    model: Any,
    *,
    depth: int = 0,
    unfold: bool = False,
    columns: str | Sequence[str] | None = None,
    width: int | None = None,
    vary: str | Sequence[str] | None = None,
) -> ParameterTable:
    """Return the table of a live model or layer.

    :param model: a built model or layer of Keras 3 or of ``tf_keras``, or a ``tf.Module``; with `vary`, what builds
        one: a function, a class, or a ``functools.partial`` of it.
    :param depth: how deep rows open that stand for several layers, or for one that is made of others.
    :param unfold: whether each layer has a row of its own: nothing folds, groups or merges.
    :param columns: the names of the columns, as in the directive: a list, or words that blanks or commas part.
    :param width: how many columns of a terminal it takes where it prints as text, 0 being no limit; ``None``: those
        that there are.
    :param vary: the arguments of the builder in which the count is to be a formula, as in the directive; an empty list:
        all of its whole numbers. It is called with others in this process, with weights that take no memory.
    :raises TypeError: where `model` is none of them.
    :raises ValueError: where there is no such column, or a depth or width is below zero.
    :raises sphinx_paramdoc.inspection.NotBuiltError: where it has no weights yet.
    """
    build: Callable[..., Any] | None = None
    if vary is not None:
        if inspection.is_model(model) or not callable(model):
            raise TypeError(
                "explain(): with vary it takes what builds a model: a function, a class, a functools.partial"
            )
        build = model
        with inspection.abstract():
            model = build()
    if not inspection.is_model(model):
        what = (
            f"the class {model.__qualname__}: call it first"
            if isinstance(model, type)
            else f"a {type(model).__qualname__}"
        )
        raise TypeError(f"explain() takes {inspection.models()}, not {what}")
    for name, number in (("depth", depth), ("width", width or 0)):
        if isinstance(number, bool) or not isinstance(number, int) or number < 0:
            raise ValueError(f"explain(): {name} is {number!r}, which is no number from 0 on")
    shown = _columns(columns)
    read = explainers.ask(inspection.inspect(model), {})
    for complaint in proof.unproven_explainers(read):
        warnings.warn(complaint, stacklevel=2)
    law = _law(build, read, vary or ()) if build else None
    contents = table.build(read, unfold=unfold, law=law)
    return ParameterTable(contents, depth=depth, unfold=unfold, columns=shown, width=width)


def _law(build: Callable[..., Any], read: facts.Model, vary: str | Sequence[str]) -> Law | None:
    """Return the count of a builder in its arguments, or why there is none.

    :raises ValueError: where an argument is to be varied that is no whole number.
    """
    from sphinx_paramdoc import law
    from sphinx_paramdoc.notation.varying import varied

    names = tuple(word for text in ((vary,) if isinstance(vary, str) else vary) for word in words(text))
    defaults = {name: each.default for name, each in inspect.signature(build).parameters.items()}
    known = {name: value for name, value in defaults.items() if type(value) is int}
    wanted = varied(names, known)
    if wanted.complaint:
        raise ValueError(f"explain(): vary: {wanted.complaint}")

    def run(settings: Sequence[Mapping[str, int]]) -> list[law.Result]:
        return [_result(build, setting) for setting in settings]

    return law.find(wanted.arguments, read, run, wanted.fixed, may_leave_out=not names, order=tuple(known))


def _result(build: Callable[..., Any], setting: Mapping[str, int]) -> Result:
    from sphinx_paramdoc import law
    from sphinx_paramdoc.notation import varying

    try:
        with inspection.abstract():
            return law.Result(dict(setting), inspection.inspect(build(**setting)))
    except Exception as error:  # a builder may raise anything where it does not take a value
        return varying.raised(setting, f"{type(error).__name__}: {error}")


def _columns(columns: str | Sequence[str] | None) -> tuple[str, ...]:
    texts = (columns,) if isinstance(columns, str) else columns or ()
    try:
        return tuple(_known(word) for text in texts for word in words(text))
    except ValueError as error:
        raise ValueError(f"explain(): columns: {error}") from None
