"""Every word of an explanation: a sentence → pieces of text, in which each number of a formula stands alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation.sentence import (
    ByAnother,
    ByFormula,
    ByParts,
    ByWeights,
    Cause,
    Difference,
    Explanation,
    Main,
    NonTrainable,
    Part,
    Sized,
    WithoutWeights,
)
from sphinx_paramdoc.expression import Number

_MOST_PARTS = 8
"""Of more layers than this, the last are only counted."""

_MOST_NAMES = 4
"""Of more names than this, the last are only counted."""

_REASONS: dict[facts.Reason, tuple[str, str]] = {
    "moving_statistics": ("is tracked, not learned", "are tracked, not learned"),
    "adapted": ("is set by adapt(), not learned", "are set by adapt(), not learned"),
    "frozen_layer": ("is in a frozen layer", "are in a frozen layer"),
    "frozen_variable": ("is frozen by itself", "are frozen by themselves"),
    "lora_base_frozen": ("is the base that LoRA freezes", "are bases that LoRA freezes"),
    "quantised_storage": ("is stored as integers", "are stored as integers"),
    "quantisation_bookkeeping": ("is computed by quantisation", "are computed by quantisation"),
    "power_iteration": ("is estimated by power iteration", "are estimated by power iteration"),
    "declared": ("is declared non-trainable by its layer", "are declared non-trainable by their layer"),
}
"""What is said of one weight, and of several."""

_WITHOUT_WEIGHTS = {
    "not_built": "not built: it has no weights yet",
    "kind": "no weights: {phrase}",
    "layers": "no weights: none of its layers has any",
    "creates_none": "no weights: it creates none",
}


class Piece(NamedTuple):
    """A run of text."""

    text: str
    label: str | None = None
    """What it is, if it is a number of a formula."""
    lead: str = ""
    """What joins it to the text before it, ``": "``; only there if it is a sentence that many layers may share."""


def text(explained: Explanation) -> str:
    """Write an explanation."""
    return "".join(f"{piece.lead}{piece.text}" for piece in pieces(explained))


def pieces(explained: Explanation) -> Iterator[Piece]:
    """Yield the text of an explanation, its formula number by number."""
    is_said = explained.proof != "none" or not explained.shared
    if explained.repeat > 1:
        yield Piece(_of_several(explained, is_said))
    if isinstance(explained.main, ByFormula):
        yield from _formula(explained.main)
    elif isinstance(explained.main, WithoutWeights) and is_said:
        yield from _without_weights(explained.main)
    elif is_said:
        yield Piece(main_text(explained.main))
    for number, (clause, *sentences) in enumerate(_remarks(explained)):
        yield Piece(f"; {clause.text}" if is_said or number else clause.text)
        yield from sentences


def _without_weights(main: WithoutWeights) -> Iterator[Piece]:
    said, colon, sentence = _WITHOUT_WEIGHTS[main.why].format(phrase=main.phrase).partition(": ")
    yield Piece(said)
    yield Piece(sentence, lead=colon)


def _of_several(explained: Explanation, is_said: bool) -> str:
    """Write what stands before the explanation of one layer where it is that of several equal ones."""
    if explained.proof != "none":
        return f"{explained.repeat:,} × {explained.count:,} = {explained.repeat * explained.count:,}; each "
    has = "with " if is_said and not explained.is_not_built else ""
    return f"{explained.repeat:,} layers, each {has}"


def _formula(main: ByFormula) -> Iterator[Piece]:
    formula = main.formula
    for piece in formula.count.pieces():
        yield Piece(piece) if isinstance(piece, str) else Piece(str(piece.value), piece.label)
    yield Piece(f": {formula.count.label}" if isinstance(formula.count, Number) else f" = {main.count:,}")
    if formula.note:
        yield Piece(formula.note, lead="; ")
    if formula.logical:
        yield Piece(f"; without quantisation {formula.logical.text()} = {formula.logical.evaluate():,}")


def main_text(main: Main) -> str:
    """Write what a count comes about by."""
    match main:
        case ByFormula():
            return "".join(f"{piece.lead}{piece.text}" for piece in _formula(main))
        case ByWeights(weights):
            return "; ".join(map(_sized, weights))
        case ByParts(parts):
            return _sum(parts)
        case ByAnother(name, base, differences, count):
            apart = ", ".join(map(_difference, differences))
            return f"as {name} {apart}: {base:,}{''.join(map(_step, differences))} = {count:,}"
        case WithoutWeights():
            return "".join(f"{piece.lead}{piece.text}" for piece in _without_weights(main))


def _sized(weight: Sized) -> str:
    return f"{weight.name} {_size(weight)}"


def _size(weight: Sized) -> str:
    if len(weight.shape) < 2:
        return f"{weight.count:,}"
    return f"{' × '.join(map(str, weight.shape))} = {weight.count:,}"


def _sum(parts: Sequence[Part]) -> str:
    """Write a composite layer part by part: ``encoder 1,024 + decoder 2,048 = 3,072``."""
    if len(parts) == 1:
        [part] = parts
        steps = f": {len(part.names):,} × {part.each:,} =" if len(part.names) > 1 else ""
        return f"{_name(part)}{steps} {part.count:,}"
    named = parts if len(parts) <= _MOST_PARTS else parts[: _MOST_PARTS - 1]
    terms = [f"{_name(part)} {part.count:,}" for part in named]
    if rest := parts[len(named) :]:
        terms.append(f"{len(rest):,} more layers {sum(part.count for part in rest):,}")
    return f"{' + '.join(terms)} = {sum(part.count for part in parts):,}"


def _name(part: Part) -> str:
    if part.is_own:
        return f"own {part.names[0]}" if part.names else "own weights"
    return span(part.names)


def _difference(difference: Difference) -> str:
    match difference:
        case Difference(None, Sized() | Part() as there):
            return f"without {_one(there)}"
        case Difference(Sized() as here, Sized() as there):
            return f"with {_one(here)} instead of {_size(there)}"
        case Difference(Sized() | Part() as here, _):
            return f"plus {_one(here)}"
    raise TypeError(f"{difference!r} sets nothing apart")


def _one(what: Sized | Part) -> str:
    return _sized(what) if isinstance(what, Sized) else f"{_name(what)} {what.count:,}"


def _step(difference: Difference) -> str:
    taken = f" − {difference.there.count:,}" if difference.there else ""
    return taken + (f" + {difference.here.count:,}" if difference.here else "")


def _remarks(explained: Explanation) -> Iterator[list[Piece]]:
    """Yield each clause behind the main one, followed by the sentences that say why."""
    if explained.logical is not None:
        yield [Piece(f"without quantisation {explained.logical:,}")]
    if explained.non_trainable:
        first, *reasons = _non_trainable(explained.non_trainable, explained.path)
        yield [Piece(f"{'in each ' if explained.repeat > 1 else ''}{first.text}"), *reasons]
    if explained.overwritten:
        what = "scales and maxima that float8 training overwrites, not learned"
        yield [Piece(f"{explained.overwritten:,} of the trainable"), Piece(what, lead=": ")]
    if explained.calls > 1:
        yield [Piece(f"called {explained.calls:,} times, counted once")]
    if explained.shared:
        yield [Piece(_shared(explained.shared, alone=explained.proof == "none"))]


def non_trainable_text(what: NonTrainable, path: str) -> str:
    """Write how many numbers are not trainable, and why.

    :param path: the path of the layer that is explained.
    """
    return "".join(f"{piece.lead}{piece.text}" for piece in _non_trainable(what, path))


def _non_trainable(what: NonTrainable, path: str) -> Iterator[Piece]:
    yield Piece(f"{what.count:,} non-trainable")
    lead = ": "
    for cause in what.causes:
        yield Piece(_cause(cause, path, what.is_all), lead=lead)
        lead = "; "
    if what.frozen_inside:
        names = _first(what.frozen_inside, "more layers")
        yield Piece(f"{_enumerate(names)} {'is' if len(names) == 1 else 'are'} frozen", lead=lead)


def _cause(cause: Cause, path: str, is_all: bool) -> str:
    if cause.frozen_by:
        frozen = "the layer is frozen" if cause.frozen_by == path else f"frozen by {cause.frozen_by}"
        return frozen if is_all else f"{frozen}, though not all that is in it"
    one, several = _REASONS[cause.reason]
    names = [name if "/" in name else name.replace("_", " ") for name in cause.names]
    if cause.reason in {"frozen_variable", "lora_base_frozen"}:
        names = _first(names, "more")
    return f"{'each ' if cause.is_of_each else ''}{_enumerate(names)} {several if len(names) > 1 else one}"


def _enumerate(words: Sequence[str]) -> str:
    """Join words as prose does: ``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _first(names: Sequence[str], rest: str) -> list[str]:
    """Keep as many names as can be read, and count the others."""
    if len(names) <= _MOST_NAMES:
        return list(names)
    return [*names[: _MOST_NAMES - 1], f"{len(names) - _MOST_NAMES + 1:,} {rest}"]


def span(names: Sequence[str]) -> str:
    """Write the names of layers that follow each other: ``block_0 to block_11``, or all that do not count up."""
    return "".join(text for text, _ in name_runs(names))


def name_runs(names: Sequence[str]) -> list[tuple[str, bool]]:
    """Return the runs of text that `span` writes, and whether each is a name."""
    if len(names) < 3 or not _count_up(names):
        named = list(names) if len(names) <= _MOST_NAMES else [*names[: _MOST_NAMES - 1]]
        rest = len(names) - len(named)
        found = [piece for name in named for piece in ((name, True), (", ", False))][:-1]
        if rest:
            return [*found, (f" and {rest:,} more", False)]
        return [(" and ", False) if number == len(found) - 2 else piece for number, piece in enumerate(found)]
    return [(names[0], True), (" to ", False), (names[-1], True)]


_ENDING = re.compile(r"(.*?)_?(\d*)", re.DOTALL)


def _count_up(names: Sequence[str]) -> bool:
    """Tell whether names are numbered one after the other; the first that Keras gives has no number."""
    stems, numbers = zip(*(_ENDING.fullmatch(name).groups() for name in names), strict=True)  # type: ignore[union-attr]
    counted = [int(number or 0) for number in numbers]
    return len(set(stems)) == 1 and counted == list(range(counted[0], counted[0] + len(counted)))


def _shared(owners: Sequence[tuple[str, int]], *, alone: bool) -> str:
    """Write what is shared with which layer; of many layers the last are only counted."""
    if alone and len(owners) == 1:
        return f"shared with {owners[0][0]}"
    named = owners if len(owners) <= _MOST_NAMES else owners[: _MOST_NAMES - 1]
    phrases = [f"{count:,} shared with {owner}" for owner, count in named]
    if rest := owners[len(named) :]:
        phrases.append(f"{sum(count for _, count in rest):,} shared with {len(rest):,} more layers")
    return ", ".join(phrases)


def total_text(trainable: int, non_trainable: int, logical: int | None, not_built: int) -> str:
    """Write how a total divides into what is trainable and what is not; and what it lacks."""
    if not trainable and not non_trainable:
        said = "no weights"
    elif not non_trainable:
        said = "all trainable"
    elif not trainable:
        said = "all non-trainable"
    else:
        said = f"{trainable:,} trainable + {non_trainable:,} non-trainable"
    if logical is not None:
        said += f"; without quantisation {logical:,}"
    if not_built:
        said += f"; without {not_built:,} {'layer that is' if not_built == 1 else 'layers that are'} not built"
    return said
