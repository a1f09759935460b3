"""Why several layers that are one row of a table have as many parameters as they have, together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from sphinx_paramdoc.explanation.explaining import by_class
from sphinx_paramdoc.explanation.pieces import more_layers
from sphinx_paramdoc.explanation.sentence import ByClass, ByParts, Cause, Explanation, NonTrainable, Part
from sphinx_paramdoc.said import Said
from sphinx_paramdoc.table.grouping import Group
from sphinx_paramdoc.table.rows import Row

_FEW_PARTS = 4
"""So many parts are named whatever they add."""

_MOST_PARTS = 4
"""Of more parts than this, the lightest are only counted."""

_LIGHT = 12
"""When what is left is less than one in so many of all, it is not named."""


def together(group: Group) -> Explanation:
    """Return the explanation of layers that stand side by side: that of one block, where they repeat."""
    rows = [layer.row for layer in group.layers]
    text = group.texts[0] if group.texts else ""
    having = [row for row in rows if row.params]
    parts = [
        Part(tuple(without_stem(name, text) for name in row.names), row.params, kind=row.short_class) for row in having
    ]
    is_one = len(having) == 1 and having[0].repeat == 1
    return Explanation(
        having[0].proof if is_one else "weights",
        having[0].explained.main if is_one else _by_heaviest(parts),
        sum(row.all_params for row in rows),
        non_trainable=_non_trainable(rows, text),
        overwritten=sum(row.explained.overwritten * row.repeat for row in rows),
        shared=_shared(rows),
        repeat=len(group.blocks),
    )


def _by_heaviest(parts: Sequence[Part]) -> ByParts | ByClass:
    """Return what parts add: by those that make up nearly all, in their order, as below it all have rows.

    Where many add little each, those of one class are told together.
    """
    if len(parts) <= _FEW_PARTS:
        return ByParts(tuple(parts))
    total = left = sum(part.count for part in parts)
    heavy: set[int] = set()
    for place in sorted(range(len(parts)), key=lambda place: -parts[place].count)[:_MOST_PARTS]:
        if left <= total // _LIGHT:
            break
        heavy.add(place)
        left -= parts[place].count
    if len(parts) - len(heavy) < 2:
        return ByParts(tuple(parts))
    if left > total // 3:
        return ByClass(tuple(by_class(parts)))
    rest = sum(len(part.names) for place, part in enumerate(parts) if place not in heavy)
    return ByParts((*(parts[place] for place in sorted(heavy)), Part((more_layers(rest),), left)))


def without_stem(name: str, text: str) -> str:
    """Return a name without the stem that it shares with its neighbours: ``1_conv``."""
    if isinstance(name, Said):
        return name.with_first(lambda first: without_stem(first, text))
    return (name.removeprefix(text).lstrip("_.-: ") or name) if name.startswith(text) else name


def _non_trainable(rows: Sequence[Row], text: str) -> NonTrainable | None:
    """Return what of the rows is not trainable, each reason once."""
    having = [(row, what) for row in rows if (what := row.explained.non_trainable)]
    if not having:
        return None
    causes: dict[tuple[str, str], Cause] = {}
    for row, what in having:
        for cause in what.causes:
            mine = _of_group(cause, row, text)
            known = causes.get((mine.reason, mine.frozen_by))
            causes[mine.reason, mine.frozen_by] = mine if known is None else _both(known, mine)
    is_all = all(not row.trainable for row in rows)
    inside = causes.get(("frozen_layer", ""))
    if inside is not None:
        is_every = is_all and len(inside.names) > 1 and ("frozen_variable", "") not in causes
        causes["frozen_layer", ""] = replace(inside, is_of_each=is_every)
    lasting_first = sorted(causes.values(), key=lambda cause: cause.reason in {"frozen_layer", "frozen_variable"})
    return NonTrainable(sum(what.count * row.repeat for row, what in having), tuple(lasting_first), is_all=is_all)


def _of_group(cause: Cause, row: Row, text: str) -> Cause:
    """Return a cause as one of the group: what is frozen by itself is a layer of it, and paths begin there."""
    count = cause.count * row.repeat
    if cause.frozen_by == row.path:
        return Cause(cause.reason, tuple(without_stem(name, text) for name in row.names), count)
    if cause.reason == "frozen_layer" or _is_chosen(cause):
        names = tuple(f"{without_stem(row.name, text)}/{name}" for name in cause.names)
        return replace(cause, names=names, count=count, is_of_each=False)
    return replace(cause, count=count)


def _both(one: Cause, other: Cause) -> Cause:
    names = tuple(dict.fromkeys((*one.names, *other.names)))
    is_of_each = len(names) == 1 and one.reason != "frozen_layer"
    return replace(one, names=names, count=one.count + other.count, is_of_each=is_of_each)


def _is_chosen(cause: Cause) -> bool:
    """Tell whether weights are named by their paths: somebody has chosen them, and not their kind."""
    return cause.reason in {"frozen_variable", "lora_base_frozen"}


def _shared(rows: Iterable[Row]) -> tuple[tuple[str, int], ...]:
    owners: dict[str, int] = {}
    for row in rows:
        for owner, count in row.explained.shared:
            owners[owner] = owners.get(owner, 0) + count * row.repeat
    return tuple(owners.items())
