"""The weights of one model at several settings → families: weights that are alike, how many, and of what shapes.

Weights are matched by what they are, and in the order in which the model holds them: a setting with more layers is
read as the model itself, in which the reader goes back now and then, as a loop does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from sphinx_paramdoc import facts
from sphinx_paramdoc.sameness import without_numbers

Shape: TypeAlias = tuple[int, ...]

_SHAPE = 1 << 20
"""What it costs to take a weight for one of another shape."""

_JUMP = 4 * _SHAPE
"""What it costs to go on elsewhere in the model."""

_KNOWN = 5 * _SHAPE
"""What it costs to take a weight for one of another shape where the model has one of its own: less than to go there and
back, as sizes may be equal by chance, and more than one of these ways.
"""

_LONE = 1
"""What it costs to take a weight for one that is unlike most of its shape: it decides where all else is the same."""


class Kind(NamedTuple):
    """What a weight is, whatever its shape: weights of two settings that differ in it are never the same."""

    classes: tuple[str, ...]
    """The class of the layer that owns it, behind those of the layers around that."""
    name: str
    """Its name, without numbers."""
    axes: int
    dtype: str
    trainable: bool


class Token(NamedTuple):
    """One weight."""

    kind: Kind
    shape: Shape


class Seen(NamedTuple):
    """A family at another setting."""

    number: int
    shapes: frozenset[Shape]
    """Their shapes: one, or none where there is none of it; with more, what was added is not like the others."""


class Family(NamedTuple):
    """Weights of a model that are alike, at each setting."""

    kind: Kind
    shape: Shape
    positions: frozenset[int]
    """Where they stand in `facts.Model.weights`."""
    seen: tuple[Seen, ...]
    """What became of them, for each of the other settings."""


def tokens(model: facts.Model) -> list[Token]:
    """Return each weight of a model, in the order of `facts.Model.weights`."""
    found: dict[int, tuple[str, ...]] = {}
    for position, classes in _owners(model.layers, ()):
        found.setdefault(position, classes)
    return [
        Token(
            Kind(found.get(number, ()), without_numbers(it.name), len(it.shape), it.dtype, it.trainable),
            tuple(it.shape),
        )
        for number, it in enumerate(model.weights)
    ]


def _owners(layers: Sequence[facts.Layer], around: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the position of each weight with the classes of the layers that hold it, in the order of a walk."""
    stack = [(layer, around) for layer in reversed(layers)]
    while stack:
        layer, outside = stack.pop()
        classes = (*outside, layer.class_name)
        for position in layer.weights:
            yield position, classes
        stack.extend((inside, classes) for inside in reversed(layer.children))


def owners(model: facts.Model) -> tuple[int, ...]:
    """Return the number of the outermost layer that counts a weight, for each weight of a model; -1 for none."""
    found = [-1] * len(model.weights)
    for number, layer in enumerate(model.layers):
        for position, _ in _owners([layer], ()):
            found[position] = number if found[position] < 0 else found[position]
    return tuple(found)


def counted(weights: Sequence[Token]) -> Counter[Token]:
    """Return how often each weight is there: what two settings are compared by."""
    return Counter(weights)


def unlike(centre: Sequence[Token], others: Iterable[Sequence[Token]]) -> frozenset[int]:
    """Return where weights of a model stand that most of their kind and shape are unlike, as other settings tell.

    :param others: the weights at other settings; those that have other numbers of them tell nothing.
    """
    told = [weights for weights in others if is_as_long(weights, centre)]
    groups: dict[Token, dict[tuple[Token, ...], list[int]]] = {}
    for place, one in enumerate(centre):
        groups.setdefault(one, {}).setdefault(tuple(weights[place] for weights in told), []).append(place)
    found = frozenset[int]()
    for parts in groups.values():
        *few, _ = sorted(parts.values(), key=len)
        found |= {place for part in few for place in part}
    return found


def is_as_long(weights: Sequence[Token], centre: Sequence[Token]) -> bool:
    """Tell whether a setting has the same kinds of weights as often, in the same order."""
    return [one.kind for one in weights] == [one.kind for one in centre]


def aligned(
    weights: Sequence[Token], centre: Sequence[Token], unlikely: Collection[int] = frozenset()
) -> list[int] | None:
    """Return for each weight of another setting which of the model's it is; ``None`` where one is of no known kind.

    It is the way through the model with the fewest jumps; where shapes help, they decide. Where the model has each
    shape of the other setting, only numbers of layers have changed, and a weight is none of another shape.

    :param unlikely: where weights stand that are unlike most of their shape.
    """
    if is_as_long(weights, centre):
        return list(range(len(centre)))
    known = set(centre)
    are_shapes_kept = known.issuperset(weights)
    places: dict[Token | Kind, list[int]] = {}
    for place, one in enumerate(centre):
        places.setdefault(one if are_shapes_kept else one.kind, []).append(place)
    costs: dict[int, int] = {-1: 0}
    back: list[dict[int, int]] = []
    for one in weights:
        cheapest = min(costs, key=lambda place: (costs[place], -place))
        other = _KNOWN if one in known else _SHAPE
        now: dict[int, int] = {}
        came: dict[int, int] = {}
        for place in places.get(one if are_shapes_kept else one.kind, ()):
            jump, straight = costs[cheapest] + _JUMP, costs.get(place - 1)
            before = place - 1 if straight is not None and straight <= jump else cheapest
            now[place] = (jump if before == cheapest and before != place - 1 else costs[before]) + (
                other * (one.shape != centre[place].shape) + _LONE * (place in unlikely)
            )
            came[place] = before
        if not now:
            return None
        back.append(came)
        costs = now
    last = len(centre) - 1
    if not back:
        return []
    place = min(costs, key=lambda each: (costs[each] + _JUMP * (each != last), -each))
    way = [place]
    for came in reversed(back[1:]):
        place = came[place]
        way.append(place)
    return way[::-1]


def families(centre: Sequence[Token], others: Sequence[tuple[Sequence[Token], Sequence[int]]]) -> list[Family]:
    """Return the families of a model.

    :param others: the weights at each other setting, with what `aligned` gives for them.
    """
    shapes: list[list[tuple[Shape, ...]]] = [[() for _ in centre] for _ in others]
    for number, (weights, way) in enumerate(others):
        for one, place in zip(weights, way, strict=True):
            shapes[number][place] = (*shapes[number][place], one.shape)
    straight = [list(way) == list(range(len(centre))) for _, way in others]
    groups: dict[tuple[object, ...], list[int]] = {}
    for place, one in enumerate(centre):
        key = (one, *(shapes[number][place] for number in range(len(others)) if straight[number]))
        groups.setdefault(key, []).append(place)
    parts = list(groups.values())
    for number in range(len(others)):
        if not straight[number]:
            parts = [part for group in parts for part in _parted(group, shapes[number])]
    return [_family(part, centre, shapes) for part in parts]


def _parted(group: Sequence[int], shapes: Sequence[tuple[Shape, ...]]) -> Iterator[list[int]]:
    """Part weights that have different shapes at a setting; those that are not there go with the most."""
    found: dict[Shape, list[int]] = {}
    for place in group:
        for shape in shapes[place][:1]:
            found.setdefault(shape, []).append(place)
    if len(found) < 2:
        yield list(group)
        return
    most, *others = sorted(found.values(), key=len, reverse=True)
    gone = [place for place in group if not shapes[place]]
    yield sorted([*most, *gone])
    yield from others


def _family(part: Sequence[int], centre: Sequence[Token], shapes: Sequence[Sequence[tuple[Shape, ...]]]) -> Family:
    seen = []
    for at in shapes:
        met = [shape for place in part for shape in at[place]]
        seen.append(Seen(len(met), frozenset(met)))
    first = centre[part[0]]
    return Family(first.kind, first.shape, frozenset(part), tuple(seen))
