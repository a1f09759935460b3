"""What prose can say of a table: the counts and formulas of a model and of its layers, found by their names."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from sphinx_paramdoc.dtypes import bits
from sphinx_paramdoc.explanation.naming import span
from sphinx_paramdoc.said import ENGLISH, Words, counted, run_on
from sphinx_paramdoc.table.rows import Row, Table
from sphinx_paramdoc.table.sizes import size

if TYPE_CHECKING:
    from sphinx_paramdoc.table.models import ModelRow

_MOST_PARTS = 8
"""A sum of more parts than this is no sentence."""


class Quantity(StrEnum):
    """What is quoted of a model or layer; the values are the words for it."""

    PARAMS = ""
    TRAINABLE = "trainable"
    NON_TRAINABLE = "non-trainable"
    SIZE = "size"
    IN_ARGUMENTS = "in-arguments"
    """How many there are in the arguments of the model's builder: a formula, and no count."""


class Quotable(msgspec.Struct, frozen=True):
    """What can be quoted of one model or layer."""

    counts: dict[Quantity, str]
    formulas: dict[Quantity, str]
    """How each of them comes about."""
    is_of_list: bool = False
    """Whether it is a row of a table of several models."""

    def in_words(self, words: Words) -> Quotable:
        """Return it in the words of a language."""
        formulas = {quantity: words(text) for quantity, text in self.formulas.items()}
        return Quotable(self.counts, formulas, self.is_of_list)


Quotables = dict[str, Quotable]
"""The path of each layer of a model → what can be quoted of it; the model itself has the empty one."""

Tables = Mapping[str, Quotables | None]
"""The label of each table → what can be quoted of it, ``None`` where it is not there."""


class Reference(msgspec.Struct, frozen=True):
    """What a text refers to."""

    label: str
    quantity: Quantity = Quantity.PARAMS
    quotable: Quotable | None = None
    """``None`` where the table is not there, as its code failed or was not run."""
    path: str = ""
    """That of the layer; the model itself has the empty one."""


class NotFoundError(Exception):
    """A text refers to nothing that a table holds."""


# What there is


def quotables(folded: Table, unfolded: Table, words: Words = ENGLISH) -> Quotables:
    """Return all that can be quoted of a model.

    :param folded: its table, for the sum of its rows.
    :param unfolded: the same with a row for each layer.
    :param words: those of the prose that quotes it.
    """
    tops = list(_nest(unfolded.rows))
    law = None if unfolded.law is msgspec.UNSET else unfolded.law
    found = {"": _of_model(folded, tops)}
    if law and law.law.formula:
        found[""].formulas[Quantity.IN_ARGUMENTS] = law.law.formula
    for layer in tops:
        for each in layer.walk():
            quotable = found.setdefault(each.row.path, each.quotable())
            text = law.text_of_row(each.row) if law else None
            if text is not None:
                quotable.formulas[Quantity.IN_ARGUMENTS] = text
    return {path: quotable.in_words(words) for path, quotable in found.items()}


def of_models(rows: Iterable[ModelRow], words: Words = ENGLISH) -> Quotables:
    """Return all that can be quoted of a table of models, by their names; of one that is missing, nothing.

    :param words: those of the prose that quotes it.
    """
    found: Quotables = {}
    for row in rows:
        if row.table is None:
            found.setdefault(row.name, Quotable({}, {}, is_of_list=True))
            continue
        quotable = _of_model(row.table, [*_nest(row.table.rows)])
        law = None if row.table.law is msgspec.UNSET else row.table.law.law
        if law and law.formula:
            quotable.formulas[Quantity.IN_ARGUMENTS] = law.formula
        found[row.name] = msgspec.structs.replace(quotable.in_words(words), is_of_list=True)
    return found


class _Layer(msgspec.Struct):
    """A row with those that open below it."""

    row: Row
    inside: list[_Layer] = []

    def walk(self) -> Iterator[_Layer]:
        yield self
        for layer in self.inside:
            yield from layer.walk()

    def dtypes(self) -> Counter[str]:
        """Count the numbers of each type that it holds, those of the layers inside it too."""
        found = Counter[str]()
        for layer in self.walk():
            for weight in layer.row.weights:
                found[weight.dtype] += weight.count
        return found

    def quotable(self) -> Quotable:
        row = self.row
        main: str = f"{row.formula} = {row.params:,}" if row.proof == "formula" and row.formula else row.explanation
        return Quotable(
            _counts(row),
            {
                Quantity.PARAMS: main,
                Quantity.TRAINABLE: _sum(self._parts(trainable=True), row.trainable),
                Quantity.NON_TRAINABLE: _sum(self._parts(trainable=False), row.non_trainable),
                Quantity.SIZE: _bytes(self.dtypes(), row.size_bytes),
            },
        )

    def _parts(self, *, trainable: bool) -> Iterator[tuple[str | Row, int]]:
        for weight in self.row.weights:
            if weight.trainable == trainable:
                yield weight.path.rpartition("/")[2], weight.count
        for layer in self.inside:
            yield layer.row, layer.row.trainable if trainable else layer.row.non_trainable


def _nest(rows: Sequence[Row]) -> Iterator[_Layer]:
    """Yield the outermost layers of rows that are in the order of a table."""
    around: list[_Layer] = []
    for row in rows:
        layer = _Layer(row)
        del around[row.depth :]
        if around:
            around[-1].inside.append(layer)
        else:
            yield layer
        around.append(layer)


def _of_model(table: Table, layers: Sequence[_Layer]) -> Quotable:
    rows = [row for row in table.outermost() if row.params]
    dtypes = sum((layer.dtypes() for layer in layers), Counter[str]())
    return Quotable(
        _counts(table),
        {
            Quantity.PARAMS: _total(table, rows),
            Quantity.TRAINABLE: _sum(((row, row.trainable) for row in rows), table.trainable),
            Quantity.NON_TRAINABLE: _sum(((row, row.non_trainable) for row in rows), table.non_trainable),
            Quantity.SIZE: _bytes(dtypes, table.size_bytes),
        },
    )


def _counts(counted: Row | Table) -> dict[Quantity, str]:
    params = counted.params if isinstance(counted, Row) else counted.total
    return {
        Quantity.PARAMS: f"{params:,}",
        Quantity.TRAINABLE: f"{counted.trainable:,}",
        Quantity.NON_TRAINABLE: f"{counted.non_trainable:,}",
        Quantity.SIZE: size(counted.size_bytes),
    }


def _total(table: Table, rows: Sequence[Row]) -> str:
    """Write the total as the sum of its rows, or by what is trainable where that would be no sentence."""
    if 1 < len(rows) <= _MOST_PARTS or (len(rows) == 1 and rows[0].repeat > 1):
        parts = (f"{row.repeat:,} × {row.params:,}" if row.repeat > 1 else f"{row.params:,}" for row in rows)
        return f"{' + '.join(parts)} = {table.total:,}"
    if len(rows) == 1 and rows[0].formula:
        return f"{rows[0].formula} = {table.total:,}"
    if table.trainable and table.non_trainable:
        return run_on(table.explanation, f" = {table.total:,}")
    return f"{table.total:,}"


def _sum(parts: Iterable[tuple[str | Row, int]], total: int) -> str:
    """Write a sum by its parts; or only what it gives, where there is one or are too many."""
    counting = [_part(part, count) for part, count in parts if count]
    if 1 < len(counting) <= _MOST_PARTS:
        return run_on(_sum_of(counting), f" = {total:,}")
    return f"{total:,}"


def _sum_of(parts: Iterable[str]) -> str:
    return run_on(*(text for number, part in enumerate(parts) for text in ((" + ", part) if number else (part,))))


def _part(part: str | Row, count: int) -> str:
    """Write one part of a sum: a weight, or a row that may stand for several layers of this count."""
    if isinstance(part, str):
        return f"{part} {count:,}"
    name = span(part.names)
    return run_on(name, f" {part.repeat:,} × {count:,}" if part.repeat > 1 else f" {count:,}")


def _bytes(dtypes: Mapping[str, int], total: int) -> str:
    """Write a size by how many numbers of how many bytes it is made of."""
    parts = []
    for dtype, count in dtypes.items():
        each = bits(dtype)
        if each % 8 == 0:
            width = counted(each // 8, "{number} byte", "{number} bytes")
        else:
            width = counted(each, "{number} bit", "{number} bits")
        parts.append(run_on(f"{count:,} × ", width))
    return run_on(_sum_of(parts), f" = {size(total)}") if parts else size(total)


# What is meant


def find(
    text: str, tables: Tables, others: Mapping[str, object], doubled: Mapping[str, str] = MappingProxyType({})
) -> Reference:
    """Return the label, quantity and numbers that a text such as ``mlp/dense non-trainable`` refers to.

    The longest label counts. Its last word is a quantity unless the whole names a layer.

    :param others: the labels of what is no table, too.
    :param doubled: the labels that several tables of one page have → that page.
    :raises NotFoundError: where it refers to nothing.
    """
    whole = text.strip()
    readings = [(whole, Quantity.PARAMS)]
    *_, word = whole.split() or [""]
    if word in set(Quantity) and word != whole:
        readings.append((whole.removesuffix(word).rstrip(), Quantity(word)))
    for name, quantity in readings:
        for label, path in _splits(name):
            if label not in tables:
                continue
            table = tables[label]
            if table is None:
                return Reference(label, quantity)
            if path in table:
                found = table[path]
                return Reference(label, quantity, found if found.counts else None, path)
    raise NotFoundError(_complaint(whole, readings[-1][0], tables, others, doubled))


def normalized(label: str) -> str:
    """Write a label as Sphinx compares it."""
    return " ".join(label.lower().split())


def _splits(name: str) -> Iterator[tuple[str, str]]:
    """Yield each way to part a name into a label and the path of a layer, the longest label first."""
    yield normalized(name), ""
    for slash in reversed([match.start() for match in re.finditer("/", name)]):
        yield normalized(name[:slash]), name[slash + 1 :] or "/"  # no path is that of the model itself


_QUANTITIES = ", ".join(filter(None, Quantity))


def _complaint(whole: str, name: str, tables: Tables, others: Mapping[str, object], doubled: Mapping[str, str]) -> str:
    """Say why a text refers to nothing.

    :param name: the text without what may be a quantity.
    """
    if whole.startswith("!") or re.fullmatch(r".*<.*>", whole):
        return f"{whole!r} has a title or a mark, and takes none: a number is quoted as it is"
    start, _, word = whole.rpartition(" ")
    if any(path in (tables.get(label) or ()) for label, path in _splits(start.rstrip())):
        return f"{word!r} is no quantity of {start.rstrip()!r}: there are {_QUANTITIES}"
    for label, path in _splits(name):
        table = tables.get(label)
        if table is not None and any(each.is_of_list for each in table.values()):
            what = f"has no model {path!r}" if path else f"is of several models: name one, {label}/NAME"
            return f"the table {label!r} {what}{_like(path, table)}"
        if table is not None:
            return f"the table {label!r} has no layer {path!r}{_like(path.partition(' to ')[0], table)}"
        if label in doubled and label not in tables:
            return f"{label!r} is the label of several tables on the page {doubled[label]}: give each one of its own"
        if label in others and label not in tables:
            return f"{label!r} is the label of something that is no parameter table"
    label = normalized(name)
    return f"no parameter table has the label {label!r}{_like(label.partition('/')[0], tables)}"


def _like(name: str, known: Collection[str]) -> str:
    """Guess what was meant."""
    names = [each for each in known if each]
    close = [each for each in names if each == name or each.endswith(f"/{name}")]
    if close := close or difflib.get_close_matches(name, names, n=1):
        return f"; did you mean {close[0]!r}?"
    return f"; there are {', '.join(map(repr, names))}" if 0 < len(names) <= _MOST_PARTS else ""
