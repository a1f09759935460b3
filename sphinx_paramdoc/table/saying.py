"""What many rows would say is said once: sentences below the table, and the names of numbers where they are new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from sphinx_paramdoc.explanation.pieces import CLAUSE, SEMICOLON, Piece, clauses
from sphinx_paramdoc.explanation.sentence import Explanation
from sphinx_paramdoc.explanation.symbols import symbols
from sphinx_paramdoc.expression import Expression
from sphinx_paramdoc.table.runs import Mark, Run
from sphinx_paramdoc.table.view import Note

_LEAST_ROWS = 3
"""A sentence that so many rows would say stands below the table."""

_FAR = 10
"""The names of numbers are said again so many rows below, if no other names stand between."""


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
                    for piece in cluster:
                        yield Run(piece.lead, Mark.CLAUSE if piece.lead == SEMICOLON else None)
                        yield Run(piece.text)
            else:
                [piece] = cluster
                mark = Mark.CLAUSE if piece is CLAUSE else None
                yield Run(piece.text, mark) if piece.label is None else Run(piece.text, Mark.TERM, piece.label)


def with_names(runs: Sequence[Run], names: str) -> tuple[Run, ...]:
    """Return what a row says with what the numbers in it are, directly behind the formula, before it says more."""
    formula = max((place for place, run in enumerate(runs, 1) if run.mark is Mark.TERM), default=len(runs))
    end = next((place for place in range(formula, len(runs)) if runs[place].mark is Mark.CLAUSE), len(runs))
    return (*runs[:end], Run(names, Mark.NAMES), *runs[end + 1 :])


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
    """The names of numbers that the row above has told, as far as that shows wherever the next one does."""

    def __init__(self) -> None:
        self._names: Set[str] = frozenset()
        """The names of the last row that has any, told there or above."""
        self._since = 0
        """How many rows ago the first of equal rows told them."""
        self._written: dict[int, tuple[Expression, str | None]] = {}
        """What the numbers of a formula are, by its identity, which stays its own as it is kept here."""

    def inside(self) -> Told:
        """Return the same for the rows inside the one that was asked for last: they may be closed."""
        told = Told()
        told._names, told._since, told._written = self._names, self._since, self._written
        return told

    def names(self, explained: Explanation) -> str | None:
        """Return what the numbers in a row's formulas are, unless the row with formulas above it says just that."""
        self._since += 1
        every = dict.fromkeys(named for named in map(self._symbols, explained.formulas) if named)
        if not every:
            return None
        known = self._names if self._since <= _FAR else frozenset()
        new = [named for named in every if named not in known]
        if new:
            self._names, self._since = every.keys(), 0
        return clauses(new) if new else None

    def _symbols(self, formula: Expression) -> str | None:
        written = self._written.get(id(formula))
        if written is None:
            written = self._written[id(formula)] = (formula, symbols(formula))
        return written[1]
