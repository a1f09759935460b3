"""Two models → what changed, layer by layer, and inside of layers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sphinx_paramdoc.difference import reasons, runs
from sphinx_paramdoc.difference.changes import About, Change, Difference, Kind
from sphinx_paramdoc.difference.matching import Pair, matched, moved
from sphinx_paramdoc.difference.parts import Layer, Part, Weight, Whole
from sphinx_paramdoc.difference.wiring import Wiring, wiring
from sphinx_paramdoc.said import said


def compare(before: Whole, after: Whole) -> Difference:
    """Return the difference of two models, whose parts one `Maker` has made."""
    comparer = _Comparer()
    pairs = list(matched(before.layers, after.layers))
    changes, equal = comparer.side_by_side(pairs)
    return Difference(before, after, changes, equal, tuple(moved(pairs, before.layers)))


class _Comparer:
    """Compares layers; what is inside two of them, once for all that are the same."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[Change, ...]] = {}

    def side_by_side(self, pairs: Sequence[Pair]) -> tuple[tuple[Change, ...], tuple[Layer, ...]]:
        """Return the changes of layers that stand side by side, and the layers that are as they were."""
        changes: list[Change] = []
        equal: list[Layer] = []
        wires = wiring(pairs)
        for run in runs.joined(pairs, wires.is_retied):
            one, other = run.before[:1], run.after[:1]
            if not one or not other:
                changes.append(_single(run, wires))
                continue
            found = self._changed(one[0].part, other[0].part)
            if len(run.before) != len(run.after):
                found = _grown(run, found)
            elif len(run.pairs) > 1:
                found = tuple(_of_all(change, run) for change in found)
            else:
                found = tuple(change._replace(before=run.before, after=run.after) for change in found)
            renamed = _renamed(run) if len(run.before) == len(run.after) else ()
            rewired = list(_rewired(run, wires))
            if not found:
                named = {layer.name for change in rewired for layer in change.after}
                alike = (pair.after for pair in run.pairs if pair.after and _is_called_alike(pair))
                equal += (layer for layer in alike if layer.name not in named)
            changes += [*found, *renamed, *rewired]
        return tuple(changes), tuple(equal)

    def _changed(self, before: Part, after: Part) -> tuple[Change, ...]:
        """Return what happened to one layer, apart from its name."""
        if before.full == after.full:
            return ()
        key = (before.full, after.full)
        if key not in self._known:
            self._known[key] = tuple(self._found(before, after))
        return self._known[key]

    def _found(self, before: Part, after: Part) -> Iterator[Change]:
        pairs = list(matched(before.inside, after.inside))
        inside, _ = self.side_by_side(pairs)
        elsewhere = reasons.elsewhere(list(moved(pairs, before.inside)))
        own = list(_in_both(before.own, after.own))
        kinds = dict(_kinds(before, after, own, inside))
        if elsewhere:
            kinds = {"changed": [*kinds.pop("changed", ()), elsewhere], **kinds}
        steps = {"frozen": -_flipped(own, inside, "frozen"), "unfrozen": _flipped(own, inside, "unfrozen")}
        params, trainable = before.params, before.trainable
        for number, (kind, because) in enumerate(kinds.items()):
            # What was frozen is told of weights that are there in both models; all else is that of the first change.
            now = trainable + steps[kind] if kind in steps else trainable
            if number == 0 and kind not in steps:
                now = after.trainable - sum(steps.values())
            opened = inside if number == 0 else ()
            about: About = "shape" if kind == "changed" and _is_mere_shape(before, after, inside, elsewhere) else ""
            yield Change(kind, (), (), (params, after.params), (trainable, now), tuple(because), opened, about=about)
            params, trainable = after.params, now


def _is_mere_shape(before: Part, after: Part, inside: Sequence[Change], elsewhere: str) -> bool:
    """Tell whether nothing but the shape of what a layer gives is another."""
    return before.form == after.form and before.shared_with == after.shared_with and not (inside or elsewhere)


def _flipped(own: Sequence[tuple[Weight, Weight]], inside: Sequence[Change], kind: Kind) -> int:
    """Return how many numbers of weights that both models have are no longer trained, or are now."""
    if kind == "frozen":
        count = sum(other.params for one, other in own if one.trainable and not other.trainable)
    else:
        count = sum(other.params for one, other in own if other.trainable and not one.trainable)
    return count + sum(abs(each.trainable[1] - each.trainable[0]) for each in inside if each.kind == kind)


def _kinds(
    before: Part, after: Part, own: Sequence[tuple[Weight, Weight]], inside: Sequence[Change]
) -> Iterator[tuple[Kind, list[str]]]:
    """Yield what happened to a layer, and why.

    :param own: the weights that it has itself in both models.
    """
    yield from _of_count(before, after, inside)
    frozen = [other for one, other in own if one.trainable and not other.trainable]
    if frozen or _inside(inside, "frozen"):
        yield "frozen", reasons.few(_of_training(frozen, after, _inside(inside, "frozen")))
    unfrozen = [one for one, other in own if not one.trainable and other.trainable]
    if unfrozen or _inside(inside, "unfrozen"):
        yield "unfrozen", reasons.few(_of_training(unfrozen, before, _inside(inside, "unfrozen")))
    types = [f"{one.dtype} → {other.dtype}" for one, other in own if one.dtype != other.dtype]
    if types or _inside(inside, "dtype"):
        yield "dtype", reasons.few(list(dict.fromkeys([*types, *_inside(inside, "dtype")])))


def _in_both(before: Sequence[Weight], after: Sequence[Weight]) -> Iterator[tuple[Weight, Weight]]:
    """Yield the weights of a layer that it has in both models: by their places, or else by their names."""
    if [weight.shape for weight in before] == [weight.shape for weight in after]:
        yield from zip(before, after, strict=True)
        return
    others = reasons.by_name(after)
    yield from ((it, others[name]) for name, it in reasons.by_name(before).items() if name in others)


def _of_count(before: Part, after: Part, inside: Sequence[Change]) -> Iterator[tuple[Kind, list[str]]]:
    if bool(before.shared_with) != bool(after.shared_with):
        if after.shared_with:
            yield "tied", [reasons.shared(after.shared_with)]
        elif before.shared_with:
            yield "untied", [reasons.no_longer_shared(before.shared_with)]
    elif before.form != after.form:
        why = reasons.of_count(before, after, inside)
        if not why and before.output_shape != after.output_shape:
            why = _of_shape(before, after)
        yield from _of_own(before, after, why)
    elif any(change.kind in {"tied", "untied"} for change in inside):
        yield "changed", [reason for kind in ("tied", "untied") for reason in _inside(inside, kind)]
    elif before.output_shape != after.output_shape:
        yield "changed", _of_shape(before, after)
    elif any(change.kind in {"renamed", "changed", "added", "removed"} for change in inside):
        found = [reason for change in inside if change.kind != "renamed" for reason in change.because]
        yield "changed", reasons.few(list(dict.fromkeys(found)))


def _of_own(before: Part, after: Part, why: list[str]) -> Iterator[tuple[Kind, list[str]]]:
    """Yield that the weights of a layer are others: that it is tied to itself, or no longer, is said as such."""
    was_tied, is_tied = reasons.is_tied(before), reasons.is_tied(after)
    if before.class_name != after.class_name or was_tied == is_tied:
        yield "changed", why
    elif is_tied:
        yield "tied", [reasons.TIED_BACK, *why]
    else:
        yield "untied", [reasons.UNTIED_BACK, *why]


def _of_training(weights: Sequence[Weight], part: Part, inside: Sequence[str]) -> list[str]:
    """Return why weights of a layer, and of those inside it, are not trained in the model in which they are not.

    :param inside: why those inside are not.
    """
    found = reasons.of_training(weights, part)
    if part.frozen == "itself" and reasons.AROUND in inside:
        found = [reasons.FROZEN, *found]
        inside = [reason for reason in inside if reason != reasons.AROUND]
    return list(dict.fromkeys([*found, *inside]))


def _of_shape(before: Part, after: Part) -> list[str]:
    one, other = shape_text(before.output_shape), shape_text(after.output_shape)
    return [said("output {before} → {after}", before=one, after=other)]


def shape_text(shape: object) -> str:
    """Return the text of a shape, or of several: ``(None, 28, 28)``."""
    if isinstance(shape, dict):
        return ", ".join(f"{name}: {shape_text(each)}" for name, each in shape.items())
    if not isinstance(shape, list):
        return "?"
    if any(isinstance(each, (list, dict)) for each in shape):
        return ", ".join(map(shape_text, shape))
    return f"({', '.join(map(str, shape))}{',' * (len(shape) == 1)})"


def _inside(inside: Sequence[Change], kind: Kind) -> list[str]:
    """Return why the layers inside another were frozen, or got another type, each reason once."""
    return list(dict.fromkeys(reason for change in inside if change.kind == kind for reason in change.because))


def _single(run: runs.Run, wires: Wiring) -> Change:
    """Return the change of layers that only one of the models has."""
    layers = run.after or run.before
    params = sum(layer.part.params for layer in layers)
    trainable = sum(layer.part.trainable for layer in layers)
    why = runs.of_blocks(run) if run.period else reasons.of_single(layers[0].part)
    kind: Kind
    if run.after:
        kind, owner = "added", wires.untied.get(layers[0].name)
        if owner:
            kind, why = "untied", [reasons.no_longer_shared(owner)]
        return Change(kind, (), layers, (0, params), (0, trainable), tuple(why), period=run.period)
    kind, owner = "removed", wires.tied.get(layers[0].name)
    if owner:
        kind, why = "tied", [reasons.shared(owner)]
    return Change(kind, layers, (), (params, 0), (trainable, 0), tuple(why), period=run.period)


def _grown(run: runs.Run, found: Sequence[Change]) -> tuple[Change, ...]:
    """Return what happened to equal layers of which there are more now, or fewer: that it is so, and what besides."""
    first = found[0] if found and found[0].kind == "changed" else None
    rest = found[1:] if first else found
    number = said("layers {before} → {after}", before=str(len(run.before)), after=str(len(run.after)))
    params = (sum(it.part.params for it in run.before), sum(it.part.params for it in run.after))
    trained = (sum(it.part.trainable for it in run.before), sum(it.part.trainable for it in run.after))
    both = sum(1 for pair in run.pairs if pair.before and pair.after)
    steps = [(change.trainable[1] - change.trainable[0]) * both for change in rest]
    now = trained[1] - sum(steps)
    because = (number, *(first.because if first else ()))
    inside = found[0].inside if found else ()
    made = [Change("changed", run.before, run.after, params, (trained[0], now), because, inside, run.period)]
    for change, step in zip(rest, steps, strict=True):
        last = (params[1], params[1])
        made.append(Change(change.kind, run.before, run.after, last, (now, now + step), change.because))
        now += step
    return tuple(made)


def _of_all(change: Change, run: runs.Run) -> Change:
    """Return what happened to one layer as what happened to several."""
    number = len(run.pairs)
    return change._replace(
        before=run.before,
        after=run.after,
        params=(change.params[0] * number, change.params[1] * number),
        trainable=(change.trainable[0] * number, change.trainable[1] * number),
    )


def _is_called_alike(pair: Pair) -> bool:
    return bool(pair.before and pair.after and pair.before.name == pair.after.name)


def _renamed(run: runs.Run) -> tuple[Change, ...]:
    """Return that layers have other names."""
    pairs = [pair for pair in run.pairs if not _is_called_alike(pair)]
    before, after = tuple(p.before for p in pairs if p.before), tuple(p.after for p in pairs if p.after)
    if not pairs:
        return ()
    params = sum(layer.part.params for layer in after)
    trainable = sum(layer.part.trainable for layer in after)
    why = tuple(said("was {name}", name=layer.name) for layer in before) if len(before) == 1 else ()
    return (Change("renamed", before, after, (params, params), (trainable, trainable), why),)


def _rewired(run: runs.Run, wires: Wiring) -> Iterator[Change]:
    """Yield that layers which both models have read others."""
    for pair in run.pairs:
        if pair.before and pair.after and pair.after.name in wires.rewired:
            part, why = pair.after.part, wires.rewired[pair.after.name]
            kept = (part.params, part.params), (part.trainable, part.trainable)
            yield Change("changed", (pair.before,), (pair.after,), *kept, (why,), about="inputs")
