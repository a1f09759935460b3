"""What many rows would say is said once: sentences below the table, and the names of numbers where they are new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sphinx_paramdoc.explanation.pieces import Piece, clauses
from sphinx_paramdoc.explanation.sentence import Explanation
from sphinx_paramdoc.explanation.symbols import symbols
from sphinx_paramdoc.expression import Expression
from sphinx_paramdoc.said import run_on
from sphinx_paramdoc.table.runs import Mark, Run
from sphinx_paramdoc.table.view import Note

_LEAST_ROWS = 3
"""A sentence that so many rows would say stands below the table."""

_FAR = 10
"""The names of numbers are said again where so many rows lie between."""


class Saying(NamedTuple):
    """What a row would say."""

    pieces: Sequence[Piece]
    is_shown: bool
    """Whether the row shows at once."""


class Notes:
    """The sentences that stand below a table.

    A row that shows refers to what many rows which show would say; a closed one to that as well, and to what many
    closed rows would say. So where closed rows are left out, no note is there for one or two rows.
    """

    def __init__(self, rows: Sequence[Saying]) -> None:
        """Take what all rows would say, in their order."""
        shown = _often([row.pieces for row in rows if row.is_shown], ())
        closed = _often([row.pieces for row in rows if not row.is_shown], shown)
        self._all = [*shown, *closed]
        self._numbers = {text: number for number, text in enumerate(self._all, 1)}
        self._shown = set(shown)
        self._known: dict[tuple[int, bool], tuple[Sequence[Piece], tuple[Run, ...]]] = {}
        """What rows say, by the identity of its pieces, which stays its own as they are kept here."""

    def all(self) -> tuple[Note, ...]:
        """Return the notes, those first that rows which show refer to."""
        return tuple(Note(number, text, text in self._shown) for text, number in self._numbers.items())

    def runs(self, row: Saying) -> tuple[Run, ...]:
        """Return what a row says: what a note says is its number, behind the words that it belongs to.

        Rows with the same pieces get the same runs, so that whoever writes them may do so once.
        """
        key = (id(row.pieces), row.is_shown)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = (row.pieces, tuple(self._runs(row)))
        return known[1]

    def _runs(self, row: Saying) -> Iterator[Run]:
        for cluster in _clusters(row.pieces):
            if cluster[0].lead:
                known = self._shown if row.is_shown else self._numbers
                if all(piece.text in known for piece in cluster):
                    numbers = sorted(self._numbers[piece.text] for piece in cluster)
                    yield from (Run(str(number), Mark.NOTE) for number in numbers)
                else:
                    yield from (Run(run_on(piece.lead, piece.text)) for piece in cluster)
            else:
                [piece] = cluster
                yield Run(piece.text) if piece.label is None else Run(piece.text, Mark.TERM, piece.label)


def _clusters(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield each piece alone, but sentences together that follow each other: notes say all of them, or none."""
    cluster: list[Piece] = []
    for piece in pieces:
        if cluster and not piece.lead:
            yield cluster
            cluster = []
        cluster.append(piece)
        if not piece.lead:
            yield cluster
            cluster = []
    if cluster:
        yield cluster


def _often(rows: Sequence[Sequence[Piece]], known: Sequence[str]) -> list[str]:
    """Return the sentences that many rows would say by notes alone, without those that are known already."""
    found = (cluster for pieces in rows for cluster in _clusters(pieces) if cluster[0].lead)
    clusters = [[piece.text for piece in cluster] for cluster in found]
    sentences = dict.fromkeys(text for cluster in clusters for text in cluster)
    often = set(sentences)
    while True:
        counts = Counter(text for cluster in clusters if often.issuperset(cluster) for text in cluster)
        fewer = {text for text in often if counts[text] >= _LEAST_ROWS or text in known}
        if fewer == often:
            return [
                text
                for text in dict.fromkeys(text for cluster in clusters for text in cluster)
                if text in often - set(known)
            ]
        often = fewer


class Told:
    """The names of numbers that have been told, as far as the rows show wherever the next one does."""

    def __init__(self) -> None:
        self._place = 0
        self._names: dict[str, int] = {}
        self._written: dict[int, tuple[Expression, str | None]] = {}
        """What the numbers of a formula are, by its identity, which stays its own as it is kept here."""

    def inside(self) -> Told:
        """Return the same for the rows inside the one that was asked for last: they may be closed."""
        told = Told()
        told._place, told._names, told._written = self._place, dict(self._names), self._written
        return told

    def symbols(self, explained: Explanation) -> str | None:
        """Return what the numbers in a row's formulas are, unless that was told shortly before."""
        self._place += 1
        return clauses(filter(None, map(self._new, explained.formulas))) or None

    def _new(self, formula: Expression) -> str | None:
        named = self._symbols(formula)
        if named is None:
            return None
        before = self._names.get(named)
        if before is not None and self._place - before <= _FAR:
            return None
        self._names[named] = self._place
        return named

    def _symbols(self, formula: Expression) -> str | None:
        written = self._written.get(id(formula))
        if written is None:
            written = self._written[id(formula)] = (formula, symbols(formula))
        return written[1]
