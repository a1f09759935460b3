"""What a page needs to compute a table anew from its formula: plain data, which a script reads.

The script is `static/sliders.js`; it writes whatever it computes into the cells of the table that stands there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from sphinx_paramdoc.law import domain
from sphinx_paramdoc.said import Words, said
from sphinx_paramdoc.table.runs import Mark
from sphinx_paramdoc.table.view import View, ViewRow

if TYPE_CHECKING:
    from sphinx_paramdoc.law import Polynomial
    from sphinx_paramdoc.table.columns import Column
    from sphinx_paramdoc.table.in_arguments import InArguments

_WORDS = {
    "legend": said("Change the arguments"),
    "reset": said("Reset"),
    "formula": said("from the formula"),
    "executed": said("executed"),
    "settings": said("Executed settings"),
    "wrong": said("not a whole number"),
}
"""What the script says."""


def data(view: View, columns: Sequence[Column], words: Words) -> dict[str, Any] | None:
    """Return what the script needs; ``None`` where there is no formula, or only a part of the model has rows."""
    shown = view.table.law
    if shown is msgspec.UNSET or view.is_partial or (made := shown.law.polynomial) is None:
        return None
    law = shown.law
    ranges = {name: domain.values(law, name) for name in law.arguments}
    return {
        "arguments": {
            name: [value, ranges[name].start, ranges[name][-1], ranges[name].step]
            for name, value in law.arguments.items()
        },
        "repeating": list(law.repeating),
        "columns": [column.name for column in columns],
        "total": _sum(made),
        "whole": [
            [_sum(each), words(said("no model: {quotients} is not whole", quotients=law.text(each)))]
            for each in law.conditions()
        ],
        "executed": [[each.arguments[name] for name in law.arguments] for each in law.executed],
        "rows": [_row(row, shown) for row in view.walk()],
        "words": {name: words(text) for name, text in _WORDS.items()},
    }


def _row(row: ViewRow, shown: InArguments) -> dict[str, Any]:
    """Return the sum of a row and its text, where it has them; and its name without how often it is there."""
    made = shown.of_view(row)
    names = [run.text for run in row.names if run.mark is Mark.NAME]
    return {
        **({} if made is None else {"sum": _sum(made), "text": shown.law.text(made) if made else ""}),
        **({"name": f"{names[0]} …"} if row.repeat > 1 and names else {}),
    }


def _sum(made: Polynomial) -> list[list[Any]]:
    """Return a sum as numerators, denominators and powers of arguments."""
    return [
        [str(coefficient.numerator), str(coefficient.denominator), dict(powers)] for powers, coefficient in made.terms()
    ]
