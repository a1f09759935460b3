"""What a page needs to compute a table anew from its formula: plain data, which a script reads.

The script is `static/sliders.js`; it writes whatever it computes into the cells of the table that stands there. A text
with numbers in it stands in the data with each in braces: ``{width}``, or ``{=params}`` for what it has computed. The
fields and sliders themselves are in `controls`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from html import escape
from typing import Any

import msgspec

from sphinx_paramdoc.explanation import totals
from sphinx_paramdoc.explanation.naming import TO
from sphinx_paramdoc.law import Polynomial, domain, wording
from sphinx_paramdoc.rendering.page import breakable
from sphinx_paramdoc.said import Formula, Words, said
from sphinx_paramdoc.table import following
from sphinx_paramdoc.table.columns import Column
from sphinx_paramdoc.table.in_arguments import InArguments
from sphinx_paramdoc.table.runs import Mark
from sphinx_paramdoc.table.view import Kind, View, ViewRow

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

_COMPUTED = ("params", "trainable", "non-trainable", "size", "share")
"""The columns whose cells are computed."""

_STAYING = ("layer", "class", "dtype", "in-arguments", "explanation")
"""Those whose cells are true for other arguments too, or say the formula with the values put in.

All others, such as shapes, are hidden meanwhile.
"""

_NUMBER = re.compile(r"\d")

_NAME = re.compile(r"(?:(?![⁰¹²³⁴⁵⁶⁷⁸⁹])\w)+")
"""A name, or a number, without the power that it is raised to."""


def data(view: View, columns: Sequence[Column], words: Words) -> dict[str, Any] | None:
    """Return what the script needs; ``None`` where there is no formula, or only a part of the model has rows."""
    shown = view.table.law
    if shown is msgspec.UNSET or view.is_partial or shown.law.polynomial is None:
        return None
    return _Data(view, shown, columns, words).plain()


class _Data:
    """Makes the data of one table."""

    def __init__(self, view: View, shown: InArguments, columns: Sequence[Column], words: Words) -> None:
        self._view, self._shown, self._law, self._words = view, shown, shown.law, words
        self._columns = {column.name: column for column in columns}
        self._says = "explanation" if "explanation" in self._columns else ""
        """The column that has the formula of a row with the values put in."""
        self._rows = list(view.walk())
        self._following = following.following(view.rows, shown)

    @cached_property
    def _total(self) -> Polynomial:
        return self._law.polynomial or Polynomial()

    def plain(self) -> dict[str, Any]:
        law, words = self._law, self._words
        setting = ", ".join(f"{name} = {{{name}}}" for name in law.arguments)
        formula = self._put(str(law.formula))
        return {
            "names": [*law.arguments],
            "base": [*map(str, law.arguments.values())],
            "least": [domain.least(law, name) for name in law.arguments],
            "columns": [*self._columns],
            "hides": [i for i, name in enumerate(self._columns) if name not in {*_COMPUTED, *_STAYING}],
            "text": words(said("With {setting}: {formula} = {count}", setting=setting, formula=formula, count="{=}")),
            "whole": [
                [
                    self._sum(each),
                    words(said("the formula does not hold: {division}", division=wording.no_division(law, each))),
                ]
                for each in law.conditions()
            ],
            "executed": [
                *([self._setting(each.arguments), str(each.total)] for each in law.executed),
                *(
                    [self._setting(arguments), "", words(said("no model: {trouble}", trouble=trouble))]
                    for arguments, trouble in law.raised
                ),
            ],
            "rows": [*map(self._row, self._rows), self._last(), *map(self._further, self._following.further)],
            "words": {
                **{name: words(text) for name, text in _WORDS.items()},
                "at": setting,
            },
        }

    def _setting(self, arguments: Mapping[str, int]) -> list[str]:
        return [str(arguments[name]) for name in self._law.arguments]

    # Rows

    def _row(self, row: ViewRow) -> dict[str, Any]:
        """Return what becomes of a row: its sums, what it says, and when it is there, or how often."""
        made = self._following.held[row.key]
        if made is None:
            return {"sums": dict.fromkeys(_COMPUTED[:-1]), "says": {self._says: ""} if self._says else {}}
        found: dict[str, Any] = {}
        if made:
            is_one = row.key in self._following.renamed and made != self._shown.of_view(row)
            trainable, size = self._shown.of_trainable(row, as_many=is_one), self._shown.of_bytes(row, as_many=is_one)
            found["sums"] = self._sums(made, trainable, size)
        if self._says and not made.is_constant:
            found["says"] = {self._says: self._formula(made)}
        if (number := self._number(row, made)) is not None:
            found |= {"there": self._sum(number), "called": self._called(row)}
        elif (coming := self._following.there.get(row.key)) and coming.number is not None:
            found["there"] = self._sum(coming.number - Polynomial.number(coming.place))
            if row.key in self._following.renamed:
                name = row.names[0].text.rstrip("0123456789").rstrip("_")
                text = f"<p>{_code(name)} …{self._classes(row)}</p>"
                found["called"] = {
                    "repeat": str(coming.now - coming.place),
                    "before": "0",
                    "several": text,
                    "one": text,
                }
        return found

    def _sums(self, made: Polynomial, trainable: Polynomial | None, size: Polynomial | None) -> dict[str, Any]:
        """Return the sums that the columns have, and the size, which stands below the total without a column too."""
        return {
            "params": self._sum(made),
            "trainable": self._sum(trainable),
            "non-trainable": self._sum(None if trainable is None else made - trainable),
            "size": self._sum(size),
        }

    def _formula(self, made: Polynomial, text: str = "") -> str:
        """Return the formula of a row with the arguments in braces, and the result behind it.

        :param text: how it is written, where that is not what it is by itself.
        """
        return f"{self._put(text or self._law.text(made))} = {{=params}}"

    def _last(self) -> dict[str, Any]:
        """Return what becomes of the total."""
        trainable, size = self._shown.of_all_trainable(), self._shown.of_all_bytes()
        says = {name: f"<p><strong>{{={name}}}</strong></p>" for name in _COMPUTED[:-1] if self._has(name)}
        if self._has("share"):  # without a total there is nothing to be all of
            says["share"] = f"<p><strong>{escape(self._columns['share'].total(self._view))}</strong></p>"
        if size is not None and not self._has("size"):
            below = '<span class="paramdoc-below">{=size}</span>'
            says["params"] = f"<p><strong>{{=params}}</strong> {below}</p>"
        told = self._view.explanation
        if _NUMBER.search(told):
            split = said(
                "{trainable} trainable + {non_trainable} non-trainable",
                trainable="{=trainable}",
                non_trainable="{=non-trainable}",
            )
            is_all = told == totals.total_text(self._view.trainable, self._view.non_trainable, None, 0)
            says["explanation"] = f"<p><strong>{escape(self._words(split))}</strong></p>" if is_all else ""
        return {"sums": self._sums(self._total, trainable, size), "says": says}

    def _further(self, further: following.Further) -> dict[str, Any]:
        """Return what stands for layers that have no row."""
        weights = self._shown.weights
        is_trainable = all(each.trainable for each in weights)
        sizes = {each.size_bytes // each.count if each.count else 0 for each in weights if each.size_bytes}
        size = Polynomial.number(sizes.pop()) * further.held if len(sizes) == 1 else None
        text = self._times(further.held)
        return {
            "behind": next(i for i, row in enumerate(self._rows) if row.key == further.behind),
            "there": self._sum(further.number),
            "sums": self._sums(further.held, further.held if is_trainable else None, size),
            "says": {
                **{name: "" for name in self._columns if name not in _COMPUTED},
                "layer": f"<p>{escape(self._words(said('further layers: {number}', number='{=}')))}</p>",
                "in-arguments": escape(text),
                **({self._says: self._formula(further.held, text)} if self._says else {}),
            },
        }

    def _times(self, held: Polynomial) -> str:
        """Write what layers hold that are more than the table has: ``(layers − 3) × (width² + width)``."""
        for name in self._law.repeating:
            now = self._law.arguments[name]
            one, more = held.put({name: now + 1}), Polynomial.monomial(1, {name: 1}) - Polynomial.number(now)
            if more * one == held:
                text = self._law.text(one)
                return f"({self._law.text(more)}) × {f'({text})' if ' + ' in text or ' − ' in text else text}"
        return self._law.text(held)

    # How often a row is there

    def _number(self, row: ViewRow, made: Polynomial) -> Polynomial | None:
        """Return how many layers or blocks a row stands for; ``None`` where nothing tells, or it is always as many."""
        coming = self._following.comings.of(row.layers[0].path)
        if coming and coming.number is not None and coming.now == row.repeat:
            now = {name: self._law.arguments[name] for name in coming.number.names()}
            if coming.number * made.put(now) == Polynomial.number(row.repeat) * made and (made or row.repeat > 1):
                return coming.number
        one = self._shown.of_one(row)
        if one is None:
            return None
        for name in sorted(made.names()):
            others = {other: value for other, value in self._law.arguments.items() if other != name}
            each, every = one.put(others), made.put(others)
            if each.is_constant and each:
                number = every * Polynomial.number(1 / each.evaluate({}))
                if not number.is_constant and number * one == made:
                    return number
        return None

    def _called(self, row: ViewRow) -> dict[str, Any]:
        """Return what a row is called by how often it is there, as HTML: several times, and once."""
        what = self._classes(row)
        names = [run.text for run in row.names if run.mark is Mark.NAME]
        # Inside of one that stands for all that are as it is, the rows stand for all as well.
        found = {"repeat": str(row.repeat), "before": "0", "opens": row.repeat > 1}
        if row.kind is Kind.REPEAT:
            listed = "".join(
                _code(run.text) if run.mark is Mark.NAME else _html(self._words(run.text)) for run in row.names[:-1]
            )
            text = f"<p>{listed}] × {{number}}{what}</p>"
            return {**found, "several": text, "one": text}
        first, *_, last = ["", *names] if len(names) < 2 else names
        first = first or last
        stem = last.rstrip("0123456789")
        # The number that a copy before the first would have: -1 where the first is none or 0.
        before = int(last[len(stem) :] or 0) - row.repeat
        one = f"<p>{_code(first)}{what}</p>"
        counts_up = first in {f"{stem}{before + 1}", stem.rstrip("_") * (before == -1)}
        if row.repeat == 1:
            coming = self._following.comings.of(row.layers[0].path)
            counts_up = coming is not None and self._following.comings.are_named(coming.like_it, before + 1, stem)
        if stem != last and counts_up:
            several = f"<p>{_code(first)}{escape(self._words(TO))}{_code(stem, '{last}')}{what}</p>"
            return {**found, "before": str(before), "several": several, "one": one}
        return {**found, "several": f"<p>{_code(first)} …{what}</p>", "one": one}

    def _classes(self, row: ViewRow) -> str:
        """Return what a row is, as HTML, where that stands behind its name."""
        runs = list(self._columns["layer"].cell(row, self._view)) if self._has("layer") else []
        classes = [_html(self._words(run.text)) for run in runs if run.mark is Mark.CLASS]
        return "".join(f' <span class="paramdoc-class">{each}</span>' for each in classes)

    # How it is written

    def _has(self, column: str) -> bool:
        return column in self._columns

    def _put(self, text: str) -> str:
        """Return a formula as HTML with its arguments in braces; its lines break before what it adds."""
        products = (
            _NAME.sub(lambda met: f"{{{met[0]}}}" if met[0] in self._law.arguments else met[0], escape(each))
            for each in Formula(text).products
        )
        return " ".join(f'<span class="paramdoc-product">{each}</span>' for each in products)

    def _sum(self, made: Polynomial | None) -> list[Any] | None:
        """Return what a sum is divided by, and its products: each a number and the arguments that it is times."""
        if made is None:
            return None
        places = {name: i for i, name in enumerate(self._law.arguments)}
        terms = [(dict(powers), coefficient) for powers, coefficient in made.terms()]
        number = math.lcm(*(coefficient.denominator for _, coefficient in terms))
        deepest = {name: max(-powers.get(name, 0) for powers, _ in terms) for name in sorted(made.names())}
        below = {name: most for name, most in deepest.items() if most > 0}
        above = [
            (times * number, {name: powers.get(name, 0) + below.get(name, 0) for name in sorted({*powers, *below})})
            for powers, times in terms
        ]
        return [_product(number, below, places), *(_product(times, powers, places) for times, powers in above)]


def _product(number: Any, powers: Mapping[str, int], places: Mapping[str, int]) -> list[Any]:
    return [str(number), *(places[name] for name, power in powers.items() for _ in range(power))]


def _html(text: str) -> str:
    """Return a text as HTML in which nothing stands in braces."""
    return breakable(text).replace("{", "&#123;")


def _code(name: str, number: str = "") -> str:
    return f'<code class="paramdoc-name">{_html(name)}{number}</code>'
