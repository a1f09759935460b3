"""Why several layers that are one row of a table have as many parameters as they have, together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from sphinx_paramdoc.explanation.sentence import ByParts, Cause, Explanation, NonTrainable, Part
from sphinx_paramdoc.table.grouping import Group
from sphinx_paramdoc.table.rows import Row
from sphinx_paramdoc.table.view import Kind

_FEW_PARTS = 4
"""So many parts are named whatever they add."""

_MOST_PARTS = 6
"""Of more parts than this, the lightest are only counted."""

_LIGHT = 50
"""What is less than one in so many is not named."""


def together(group: Group) -> Explanation:
    """Return the explanation of layers that stand side by side: that of one block, where they repeat."""
    rows = [layer.row for layer in group.layers]
    text = group.texts[0] if group.texts else ""
    having = [row for row in rows if row.params]
    parts = [Part(tuple(without_stem(name, text) for name in row.names), row.params) for row in having]
    is_one = len(having) == 1 and having[0].repeat == 1
    return Explanation(
        having[0].proof if is_one else "weights",
        having[0].explained.main if is_one else ByParts(_heaviest(parts)),
        sum(row.all_params for row in rows),
        non_trainable=_non_trainable(rows, text),
        overwritten=sum(row.explained.overwritten * row.repeat for row in rows),
        shared=_shared(rows),
        repeat=len(group.blocks),
    )


def by_groups(explained: Explanation, inside: Sequence[Group]) -> Explanation:
    """Return the explanation of a layer by what opens below it, where it is explained by the layers inside it."""
    if not isinstance(explained.main, ByParts) or all(group.kind is Kind.LAYER for group in inside):
        return explained
    own = [part for part in explained.main.parts if part.is_own]
    return replace(explained, main=ByParts(_heaviest([*own, *(part for group in inside for part in _parts(group))])))


def _heaviest(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the parts that make up nearly all, in their order, and the others as one: below it all have rows."""
    if len(parts) <= _FEW_PARTS:
        return tuple(parts)
    left = sum(part.count for part in parts)
    light = left // _LIGHT
    heavy: set[int] = set()
    for place in sorted(range(len(parts)), key=lambda place: -parts[place].count)[:_MOST_PARTS]:
        if left <= light:
            break
        heavy.add(place)
        left -= parts[place].count
    rest = len(parts) - len(heavy)
    if rest < 2:
        return tuple(parts)
    return (*(parts[place] for place in sorted(heavy)), Part((f"{rest:,} more",), left))


def _parts(group: Group) -> Iterator[Part]:
    params = sum(layer.row.all_params for layer in group.layers)
    if not params:
        return
    match group.kind:
        case Kind.LAYER:
            [layer] = group.layers
            yield Part(tuple(layer.row.names), layer.row.params)
        case Kind.STEM:
            yield Part(tuple(group.texts), params)
        case _:
            first, last = group.layers[0].row.name, group.layers[-1].row.name
            yield Part((f"{len(group.blocks):,} × [{first} to {last}]",), params * len(group.blocks))


def without_stem(name: str, text: str) -> str:
    """Return a name without the stem that it shares with its neighbours: ``1_conv``."""
    return (name.removeprefix(text).lstrip("_.-: ") or name) if name.startswith(text) else name


def _non_trainable(rows: Sequence[Row], text: str) -> NonTrainable | None:
    """Return what of the rows is not trainable, each reason once."""
    having = [(row, what) for row in rows if (what := row.explained.non_trainable)]
    if not having:
        return None
    causes: dict[tuple[str, str], Cause] = {}
    for row, what in having:
        for cause in what.causes:
            each = _of_row(cause, row, text)
            known = causes.get((each.reason, each.frozen_by))
            is_frozen = each.reason == "frozen_layer"
            causes[each.reason, each.frozen_by] = replace(
                each,
                names=tuple(dict.fromkeys([*(known.names if known else ()), *each.names])),
                count=cause.count * row.repeat + (known.count if known else 0),
                is_of_each=not is_frozen and len(cause.names) == 1 and (cause.is_of_each or known is not None),
            )
    is_all = all(not row.trainable for row in rows)
    lasting = sorted(causes.values(), key=lambda cause: cause.reason == "frozen_layer")
    return NonTrainable(sum(what.count * row.repeat for row, what in having), tuple(lasting), is_all=is_all)


def _of_row(cause: Cause, row: Row, text: str) -> Cause:
    """Return a cause of one row as one of several: a layer that is frozen itself is now one inside."""
    if cause.frozen_by == row.path:
        names = tuple(without_stem(name, text) for name in row.names)
        return Cause("frozen_layer", names, cause.count)
    if cause.frozen_by:
        return cause
    if cause.reason == "frozen_layer":
        return replace(cause, names=tuple(f"{without_stem(row.name, text)}/{name}" for name in cause.names))
    if _is_chosen(cause):
        return replace(cause, names=tuple(f"{row.name}/{name}" for name in cause.names))
    return cause


def _is_chosen(cause: Cause) -> bool:
    """Tell whether weights are named by their paths: somebody has chosen them, and not their kind."""
    return cause.reason in {"frozen_variable", "lora_base_frozen"}


def _shared(rows: Iterable[Row]) -> tuple[tuple[str, int], ...]:
    owners: dict[str, int] = {}
    for row in rows:
        for owner, count in row.explained.shared:
            owners[owner] = owners.get(owner, 0) + count * row.repeat
    return tuple(owners.items())
