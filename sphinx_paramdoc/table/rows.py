"""The parameter table of one model: its rows, which add up, and its totals."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from math import prod
from typing import TYPE_CHECKING

import msgspec

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation import outside, totals, wording
from sphinx_paramdoc.explanation.sentence import Explanation, Proof

if TYPE_CHECKING:
    from sphinx_paramdoc.table.in_arguments import InArguments

SCHEMA = 1
"""The version of the JSON form of a table."""


class Term(msgspec.Struct, frozen=True):
    """One number of a formula, and what it is."""

    value: int
    label: str


class WeightEntry(msgspec.Struct, frozen=True):
    """One weight in the JSON form of a row."""

    path: str
    shape: list[int]
    dtype: str
    count: int
    trainable: bool
    reason: facts.Reason | None


class OutsideEntry(msgspec.Struct, frozen=True):
    """Numbers that the model computes with and that are no weights of it."""

    name: str
    class_name: str = msgspec.field(name="class")
    params: int
    why: str
    used_by: str | None
    """The path of the layer or operation that computes with them; ``None``: no layer but the model itself does."""
    only_held: bool = False
    """Whether that is only known to keep them."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One layer; the order of the fields is that of the JSON form."""

    path: str
    class_name: str = msgspec.field(name="class")
    depth: int
    """0 for the outermost rows, which add up to the total; the others open what their parent already counts."""
    input_shape: facts.Shape
    output_shape: facts.Shape
    params: int
    """The weights that no earlier row of this depth has counted; where the row is folded, those of one layer."""
    trainable: int
    non_trainable: int
    size_bytes: int
    repeat: int = 1
    """How many equal layers, which follow each other, the row stands for."""
    copies: list[str] = []
    """The paths of the others."""
    formula: str | None
    symbolic: str | None
    terms: list[Term]
    """One for each number of `formula`, in its order."""
    proof: Proof
    explained: Explanation
    weights: list[WeightEntry]
    """The layer's own weights that `params` counts; those of the layers inside it stand in their rows."""
    frozen_by: str | None
    shared_with: str | None
    connected_to: list[str]
    copies_connected_to: list[list[str]] = []
    """For each of `copies`, the paths of the layers whose outputs it reads."""

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def names(self) -> list[str]:
        """The last part of the path of every layer that the row stands for."""
        return [path.rpartition("/")[2] for path in (self.path, *self.copies)]

    @property
    def short_class(self) -> str:
        """The class without its module."""
        return self.class_name.rpartition(".")[2]

    @property
    def explanation(self) -> str:
        """Why the layers have as many parameters as they have, as text."""
        return wording.text(self.explained)

    @property
    def all_params(self) -> int:
        """What all the layers add that the row stands for."""
        return self.params * self.repeat


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """The parameter table of one model; the order of the fields is that of the JSON form."""

    schema: int = SCHEMA
    name: str
    class_name: str = msgspec.field(name="class")
    total: int
    trainable: int
    non_trainable: int
    size_bytes: int
    trainable_bytes: int
    """What of it is trainable."""
    variables: facts.Variables
    frameworks: dict[str, str]
    logical: int | msgspec.UnsetType = msgspec.UNSET
    """The total as it would be without quantisation; only there if something is quantised."""
    own_trainable: int | msgspec.UnsetType = msgspec.UNSET
    """How much the model's own list of trainable variables holds; only there if its layers say otherwise."""
    own_total: int | msgspec.UnsetType = msgspec.UNSET
    """How many numbers the framework's own summary counts; only there if it counts what is no weight."""
    outside: list[OutsideEntry] = []
    """What the model computes with that is no weight of it, in the order of those that use it; the total lacks it."""
    law: InArguments | msgspec.UnsetType = msgspec.UNSET
    """The count in the arguments of the model's builder; only there if that was asked for."""
    rows: list[Row]

    def outermost(self) -> list[Row]:
        """Return the rows that add up to `total`."""
        return self.down_to(0)

    def down_to(self, depth: int) -> list[Row]:
        """Return the rows that show where layers open as deep as `depth`."""
        return [row for row in self.rows if row.depth <= depth]

    @property
    def explanation(self) -> str:
        """How the total divides into what is trainable and what is not; and what it lacks."""
        logical = None if self.logical is msgspec.UNSET else self.logical
        not_built = sum(repeat for _, repeat in self._not_built())
        more = []
        if self.own_trainable is not msgspec.UNSET:
            more.append(totals.own_trainable(self.own_trainable))
        if self.own_total is not msgspec.UNSET:
            more.append(totals.own_total(self.own_total, self.total))
        return totals.total_text(self.trainable, self.non_trainable, logical, not_built, *more)

    @property
    def untracked(self) -> list[str]:
        """What the model computes with that its framework does not track, a sentence for each row that does so."""
        said = [
            outside.uses_text(row.path, row.explained.uses, number)
            for row, number in self._with_numbers()
            if row.explained.uses
        ]
        return [*self._said_of_model(), *said]

    def beyond(self, said: Collection[str]) -> list[str]:
        """Return what the model computes with besides its weights, in sentences, without what rows say.

        :param said: the paths of the layers that have rows which say it.
        """
        closed = [
            outside.uses_text(row.path, row.explained.uses, number)
            for row, number in self._with_numbers()
            if row.path not in said and row.explained.uses
        ]
        users: dict[tuple[str, str, int], dict[str, None]] = {}
        for each in self.outside:
            if each.why == "not_in_model":
                key = (each.name, each.class_name, each.params)
                users.setdefault(key, {})[each.used_by or self.name] = None
        values = [
            outside.plain_value_text(facts.Outside(*value, why="not_in_model"), list(paths))
            for value, paths in users.items()
        ]
        return [*self._said_of_model(), *closed, *values]

    def _said_of_model(self) -> list[str]:
        uses = [
            facts.Outside(each.name, each.class_name, each.params, "untracked", each.only_held)
            for each in self.outside
            if each.used_by is None and each.why == "untracked"
        ]
        return [outside.uses_text(self.name, uses)] if uses else []

    @property
    def not_built(self) -> list[str]:
        """The layers, at every depth, that have no weights yet, by their paths: the total lacks them."""
        return [row.path if n == 1 else f"{row.path} and {n - 1:,} like it" for row, n in self._not_built()]

    def _not_built(self) -> Iterator[tuple[Row, int]]:
        """Yield the rows of layers that have no weights yet, and how many layers each stands for."""
        inside = len(self.rows)  # deeper than this lies what a layer that is not built will be made of
        for row, number in self._with_numbers():
            if row.depth > inside:
                continue
            inside = row.depth if row.explained.is_not_built else len(self.rows)
            if row.explained.is_not_built:
                yield row, number

    def _with_numbers(self) -> Iterator[tuple[Row, int]]:
        """Yield the rows, and how many layers each stands for: those in the copies of the layers around it as well."""
        around: list[int] = []
        for row in self.rows:
            del around[row.depth :]
            around.append(row.repeat)
            yield row, prod(around)
