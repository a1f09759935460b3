"""Changes → the lines that people read: what happened alike in many layers is one line, and equal layers are one."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

from sphinx_paramdoc.difference import reasons
from sphinx_paramdoc.difference.changes import About, Change, Difference, Kind
from sphinx_paramdoc.difference.parts import Layer
from sphinx_paramdoc.said import counted, listed, run_on, said

_MOST_NAMES = 3
"""So many layers are named one by one."""


class Line(NamedTuple):
    """One line."""

    kind: Kind
    named: tuple[str, ...]
    """What the layers are called that it is about, of many the first and the last."""
    between: str
    """What stands between their names."""
    params: tuple[int, int]
    trainable: tuple[int, int]
    why: str
    """What happened, and why."""
    inside: tuple[Line, ...] = ()
    """What happened inside one of them."""
    about: About = ""

    @property
    def name(self) -> str:
        """Their names."""
        return self.between.join(self.named)

    @property
    def delta(self) -> int:
        """By how much the count grew."""
        return self.params[1] - self.params[0]

    @property
    def is_quiet(self) -> bool:
        """Tell whether it is of less interest: a name, a shape, or a layer without weights."""
        is_mere = self.kind in {"added", "removed", "renamed"} or (self.kind == "changed" and self.about != "inputs")
        return is_mere and not self.delta


class Totals(NamedTuple):
    """One of the numbers of both models."""

    before: int
    after: int

    @property
    def delta(self) -> int:
        """By how much it grew."""
        return self.after - self.before

    @property
    def share(self) -> str:
        """By how many per cent it grew; '' where that is none, or of nothing."""
        if not self.before or not self.delta:
            return ""
        percent = 100 * self.delta / self.before
        text = f"{percent:+,.1f}" if abs(percent) >= 0.1 else f"{percent:+.1g}"
        return f"{signed(text)} %"


def change(number: int) -> str:
    """Return by how much a count grew, with its sign: ``+147,584``, ``−2,048``, ``±0``."""
    return signed(f"{number:+,}") if number else "±0"


def signed(text: str) -> str:
    """Return a number with a minus that is as wide as a plus."""
    return text.replace("-", "−")


def lines(changes: Sequence[Change]) -> tuple[Line, ...]:
    """Return the lines of changes: first what the counts differ by, in the order of the layers, then the rest."""
    groups: dict[Hashable, list[Change]] = {}
    for number, each in enumerate(changes):
        groups.setdefault(_alike(each) or number, []).append(each)
    return tuple(map(_line, sorted(groups.values(), key=lambda group: not any(each.delta for each in group))))


def down_to(lines: Sequence[Line], deepest: int, depth: int = 0) -> Iterator[tuple[int, Line]]:
    """Yield lines and those inside them, each with how deep it lies.

    :param deepest: how deep layers open in which something changed.
    """
    for line in lines:
        yield depth, line
        if depth < deepest:
            yield from down_to(line.inside, deepest, depth + 1)


def _line(group: Sequence[Change]) -> Line:
    params, trainable = (
        (sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs))
        for pairs in ([each.params for each in group], [each.trainable for each in group])
    )
    layers = [layer for each in group for layer in each.layers]
    inside = lines(group[0].inside)
    return Line(
        group[0].kind,
        *reasons.first_and_last(layers),
        params,
        trainable,
        _why(group, trainable),
        inside,
        group[0].about,
    )


def _alike(change: Change) -> Hashable:
    """Return what is the same for changes that one line tells of; ``None`` where a change has its own."""
    if change.delta:
        sizes = (change.delta, len(change.before), len(change.after))
        return (change.kind, change.because, sizes) if change.kind == "changed" and not change.inside else None
    if change.kind == "renamed" or change.about:
        return (change.kind, change.about)
    if change.kind == "changed":
        return (change.kind, change.because, len(change.before) == len(change.after)) if not change.inside else None
    return (change.kind, change.because)


def _why(group: Sequence[Change], trainable: tuple[int, int]) -> str:
    first = group[0]
    layers = [layer for each in group for layer in each.layers]
    lost = trainable[0] - trainable[1]
    why = listed(first.because) if first.because else ""
    match first.kind:
        case "added":
            return _of_one_side(group, said("added ({name})", name=_kinds(layers)))
        case "removed":
            return _of_one_side(group, said("removed ({name})", name=_kinds(layers)))
        case "renamed":
            before = [layer for each in group for layer in each.before]
            return said("renamed, was {name}", name=reasons.names(before))
        case "frozen":
            return said("frozen, {number:,} no longer trained: {reason}", number=max(lost, 0), reason=why)
        case "unfrozen":
            return said("unfrozen, {number:,} trained now; before: {reason}", number=max(-lost, 0), reason=why)
        case "dtype":
            return said("type {reason}", reason=why)
    more = sum(len(each.layers) for each in group if each.because != first.because)
    if not more:
        return why
    if first.about == "inputs":
        also = counted(more, "{number:,} more has other inputs", "{number:,} more have other inputs")
    else:
        also = counted(more, "{number:,} more has another output", "{number:,} more have another output")
    return run_on(why, "; ", also)


def _of_one_side(group: Sequence[Change], what: str) -> str:
    """Return that layers were added, or are gone, and what the count of each is made of."""
    first = group[0]
    if len(group) > 1 or not first.because:
        return what
    number = len(first.layers)
    if first.period or number == 1 or not first.delta:
        return said("{first}, {next}", first=what, next=listed(first.because))
    return said("{first}, {next}", first=what, next=run_on(f"{number} × ", listed(first.because)))


def _kinds(layers: Sequence[Layer]) -> str:
    """Return the classes of layers."""
    found = list(dict.fromkeys(layer.part.short_class for layer in layers))
    if len(found) > _MOST_NAMES:
        return counted(len(layers), "{number:,} layer", "{number:,} layers")
    return ", ".join(found)


def heading(difference: Difference) -> str:
    """Return what is compared with what."""
    before, after = difference.before, difference.after
    return after.name if before.name == after.name else f"{before.name} → {after.name}"


def total(difference: Difference) -> Totals:
    """Return the totals."""
    return Totals(difference.before.total, difference.after.total)


def beside_total(difference: Difference) -> str:
    """Return by how much what is trainable, and what is not, grew, and the sizes where types differ; '' for nothing."""
    before, after = difference.before, difference.after
    parts = []
    if before.non_trainable or after.non_trainable:
        for pattern, one, other in (
            (said("trainable"), before.trainable, after.trainable),
            (said("non-trainable"), before.non_trainable, after.non_trainable),
        ):
            if one != other:
                parts.append(run_on(pattern, f" {one:,} → {other:,}"))
    if any(each.kind == "dtype" for each in difference.changes):
        from sphinx_paramdoc.table.sizes import size  # loaded where types differ: the count does not say that

        parts.append(run_on(said("size"), f" {size(before.size_bytes())} → {size(after.size_bytes())}"))
    return listed(parts) if parts else ""


def elsewhere(difference: Difference) -> str:
    """Return which layers stand elsewhere; '' where none does."""
    return reasons.elsewhere(difference.moved)


def equal(difference: Difference) -> str:
    """Return how much is as it was; '' where that is nothing."""
    number = len(difference.equal)
    if not number:
        return ""
    params = sum(layer.part.params for layer in difference.equal)
    if not params:
        return counted(
            number,
            "{number:,} layer without weights is as it was",
            "{number:,} layers without weights are as they were",
        )
    return counted(
        number,
        "{number:,} layer is as it was: {params:,} parameters",
        "{number:,} layers are as they were: {params:,} parameters",
        params=params,
    )
