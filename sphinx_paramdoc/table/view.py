"""What a table shows, whatever form it takes: rows that open, what each says, and what many of them say once.

The rows of a `Table` are those of its layers. The rows of a `View` are those that a reader sees: layers that repeat as
a group are one, as are neighbours whose names begin alike, and neighbours without weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from sphinx_paramdoc.said import said
from sphinx_paramdoc.table.runs import Run

if TYPE_CHECKING:
    from sphinx_paramdoc import facts
    from sphinx_paramdoc.table.rows import Row, Table


class Kind(Enum):
    """What a row stands for."""

    LAYER = "layer"
    """One layer, or several equal ones that follow each other; it opens where the layer is made of others."""
    REPEAT = "repeat"
    """Layers that follow each other and repeat as a group, ``[norm, attention, add] × 12``; it opens to one of them."""
    STEM = "stem"
    """Layers that follow each other and whose names begin alike, ``conv2_block1``; it opens to them.

    Where equal ones follow each other, it stands for all and opens to the first.
    """
    QUIET = "quiet"
    """Layers without weights that follow each other; it does not open."""


class Note(NamedTuple):
    """A sentence that stands below the table, as many rows would say it."""

    number: int
    """What rows call it by."""
    text: str
    is_shown: bool
    """Whether a row that shows at once refers to it, and not closed rows alone; those that show come first."""


class ViewRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row that a reader sees; all counts are those of all that it stands for."""

    kind: Kind
    key: str
    """What an id of the row may be made of, unlike that of any other row: the path of its layer, or the stem."""
    depth: int
    """How many rows it is inside of."""
    is_open: bool
    """Whether the rows inside it show at once."""
    names: tuple[Run, ...]
    """What it is called; each name knows the path of its layer."""
    what: str
    """What that is: a class, or a number of layers."""
    layers: tuple[Row, ...]
    """The rows of the table that it stands for: one, or those of one block, of a stem, or that are merged."""
    repeat: int
    """How many equal layers, or blocks, which follow each other, it stands for."""
    copies: tuple[tuple[str, ...], ...]
    """For each of the others, the paths of its layers, in the order of `layers`."""
    others: tuple[Run, ...]
    """The names of the others, to stand below what opens; nothing where it is called by all of them already."""
    params: int
    trainable: int
    non_trainable: int
    size_bytes: int
    dtypes: tuple[str, ...]
    """The types of its weights, and of those of the layers inside it."""
    input_shape: facts.Shape
    output_shape: facts.Shape
    connected_to: tuple[str, ...]
    """The paths of the layers outside it whose outputs it reads."""
    explanation: tuple[Run, ...]
    """Why it has as many parameters as it has; what many rows say is the number of a note.

    What the numbers of its formula are stands behind that, ``inputs × units + units``, unless the row with a formula
    above, which shows wherever this one does, says the same.
    """
    rows: tuple[ViewRow, ...]
    """The rows inside it, which add up to it: to one of the blocks that it stands for, where there are several."""

    @property
    def is_quiet(self) -> bool:
        """Whether it adds nothing."""
        return not self.params

    @property
    def opens(self) -> bool:
        """Whether there is something inside it to show."""
        return bool(self.rows or self.others)

    def walk(self) -> Iterator[ViewRow]:
        """Yield the row and all inside it, in their order."""
        yield self
        for row in self.rows:
            yield from row.walk()

    def shown(self) -> Iterator[ViewRow]:
        """Yield the row, and those inside it that show at once."""
        yield self
        if self.is_open:
            for row in self.rows:
                yield from row.shown()


class View(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader sees of a table."""

    table: Table
    rows: tuple[ViewRow, ...]
    """The outermost rows, which add up to the total, or to `params` where only some layers are wanted."""
    notes: tuple[Note, ...]
    is_partial: bool = False
    """Whether only some of the layers are wanted."""
    standing: Mapping[str, ViewRow] = {}
    """The path of each layer that has a row → the row; `standing_for` finds others too."""

    def walk(self) -> Iterator[ViewRow]:
        """Yield the rows of every depth, in their order."""
        for row in self.rows:
            yield from row.walk()

    def shown(self) -> Iterator[ViewRow]:
        """Yield the rows that show at once, in their order."""
        for row in self.rows:
            yield from row.shown()

    def standing_for(self, path: str) -> ViewRow | None:
        """Return the row that stands for the layer at `path`: its own, or that of the first of those that equal it.

        ``None`` where no row does, as there is no such layer, or it is none of those that are wanted.
        """
        around, inside = path, ""
        while around not in self.standing:  # only the first of equal layers has rows inside it
            around, slash, last = around.rpartition("/")
            if not slash:
                return None
            inside = f"/{last}{inside}"
        row = self.standing[around]
        first = row.layers[0].path
        if not inside or first == around:
            return row
        return self.standing_for(f"{first}{inside}") or row  # inside the first, equal ones may have a row together too

    def below(self) -> list[str]:
        """Return in sentences what stands below the total: the formula in the arguments of the model's builder."""
        return [] if self.table.law is msgspec.UNSET else self.table.law.sentences()

    def beyond(self) -> list[str]:
        """Return in sentences what the model computes with besides its weights, and no row that shows says."""
        return self.table.beyond({row.layers[0].path for row in self.shown() if row.kind is Kind.LAYER})

    @property
    def params(self) -> int:
        """What the outermost rows add up to."""
        return sum(row.params for row in self.rows)

    @property
    def trainable(self) -> int:
        """How much of it is trainable."""
        return sum(row.trainable for row in self.rows)

    @property
    def non_trainable(self) -> int:
        """How much of it is not."""
        return sum(row.non_trainable for row in self.rows)

    @property
    def size_bytes(self) -> int:
        """How many bytes it takes."""
        return sum(row.size_bytes for row in self.rows)

    @property
    def explanation(self) -> str:
        """How the total divides; and of what it is a part, where only some layers are wanted."""
        if not self.is_partial:
            return self.table.explanation
        return said("only some layers: {count:,} of {total:,}", count=self.params, total=self.table.total)
