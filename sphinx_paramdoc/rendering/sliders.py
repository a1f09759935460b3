"""What a page needs to compute a table anew from its formula: plain data, which a script reads, and fields and sliders.

The script is `static/sliders.js`; it writes whatever it computes into the cells of the table that stands there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import msgspec

from sphinx_paramdoc.explanation.naming import TO
from sphinx_paramdoc.law import domain, wording
from sphinx_paramdoc.said import Words, said
from sphinx_paramdoc.table.runs import Mark
from sphinx_paramdoc.table.view import View, ViewRow

if TYPE_CHECKING:
    from sphinx_paramdoc.law import Law, Polynomial
    from sphinx_paramdoc.table.columns import Column
    from sphinx_paramdoc.table.in_arguments import InArguments

_WORDS = {
    "formula": said("from the formula"),
    "executed": said("executed"),
    "says": said("{count} parameters, {how}", count="{count}", how="{how}"),
    "one": said("one of {number}", number="{number}"),
    "empty": said("nothing is entered"),
    "wrong": said("not a whole number"),
    "long": said("more than 40 digits"),
    "least": said("at least {number}", number="{number}"),
}
"""What the script says; it puts in what stands in braces."""


def data(view: View, columns: Sequence[Column], words: Words) -> dict[str, Any] | None:
    """Return what the script needs; ``None`` where there is no formula, or only a part of the model has rows."""
    shown = view.table.law
    if shown is msgspec.UNSET or view.is_partial or (made := shown.law.polynomial) is None:
        return None
    law = shown.law
    return {
        "base": law.arguments,
        "least": {name: domain.least(law, name) for name in law.arguments},
        "columns": [column.name for column in columns],
        "sum": _sum(made),
        "text": str(law.formula),
        "whole": [
            [_sum(each), words(said("the formula does not hold: {division}", division=wording.no_division(law, each)))]
            for each in law.conditions()
        ],
        "executed": [[*(each.arguments[name] for name in law.arguments), each.total] for each in law.executed],
        "rows": [_row(row, shown, words) for row in view.walk()],
        "words": {name: words(text) for name, text in _WORDS.items()},
    }


def controls(law: Law, words: Words) -> str:
    """Return the fields and sliders of the arguments as HTML, which a script fills with life."""
    settings = escape(words(said("Executed settings")))
    executed = (", ".join(f"{name} = {value}" for name, value in each.arguments.items()) for each in law.executed)
    options = "".join(f"<option>{escape(each)}</option>" for each in executed)
    return (
        f'<fieldset class="paramdoc-sliders"><legend>{escape(words(said("Change the arguments")))}</legend>'
        f"{''.join(_controls(law, name, words) for name in law.arguments)}"
        f'<div><button type="button">{escape(words(said("Reset")))}</button>'
        f'<select aria-label="{settings}"><option>{settings}</option>{options}</select>'
        "<output></output></div></fieldset>"
    )


def _controls(law: Law, name: str, words: Words) -> str:
    """Return the field and the slider of one argument."""
    values = domain.values(law, name)
    field = escape(words(said("{argument}, number", argument=name)))
    return (
        f'<div><label><code>{name}</code> <input inputmode="numeric" autocomplete="off" aria-label="{field}"></label>'
        f'<input type="range" autocomplete="off" min="{values.start}" max="{values[-1]}" step="{values.step}" '
        f'aria-label="{name}"></div>'
    )


def _row(row: ViewRow, shown: InArguments, words: Words) -> dict[str, Any]:
    """Return the sum of a row and its text, where it has them; and, where it repeats, its names and the sum of one."""
    made = shown.of_view(row)
    found: dict[str, Any] = (
        {} if made is None else {"sum": _sum(made), "text": str(shown.law.text(made)) if made else ""}
    )
    names = [run.text for run in row.names if run.mark is Mark.NAME]
    if row.repeat == 1 or not names:
        return found
    first, *_, last = [names[0], *names]
    stem = last.rstrip("0123456789")
    # The number that a copy before the first would have: -1 where the first is none or 0.
    before = int(last[len(stem) :] or 0) - row.repeat
    counts_up = len(names) > 1 and stem != last and first in {f"{stem}{before + 1}", stem.rstrip("_") * (before == -1)}
    found["of"] = [first, words(TO), stem if counts_up else "", before, row.repeat]
    one = shown.of_one(row)
    return found if one is None else {**found, "one": _sum(one)}


def _sum(made: Polynomial) -> list[Any]:
    """Return a sum as whole numbers, each with powers of arguments from 1 on; and what it is divided by, as another."""
    terms = [(dict(powers), coefficient) for powers, coefficient in made.terms()]
    number = math.lcm(*(coefficient.denominator for _, coefficient in terms))
    below = {
        name: most for name in sorted(made.names()) if (most := max(-powers.get(name, 0) for powers, _ in terms)) > 0
    }
    above = [
        [
            str(coefficient * number),
            {name: power for name in sorted({*powers, *below}) if (power := powers.get(name, 0) + below.get(name, 0))},
        ]
        for powers, coefficient in terms
    ]
    return [above, [str(number), below]]
