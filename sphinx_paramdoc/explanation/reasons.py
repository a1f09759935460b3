"""Why weights are not trainable: they are grouped by the identifiers of the closed list `facts.Reason`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation.sentence import Cause, NonTrainable

_CHOSEN = frozenset({"frozen_variable", "lora_base_frozen"})
"""Why weights are frozen that their kind would train: others are called the same, so their whole paths count."""


def non_trainable(weights: Iterable[facts.Weight], path: str) -> NonTrainable | None:
    """Return how many numbers of `weights` are not trainable, and why; ``None`` where all are trainable.

    :param path: the path of the layer that is explained.
    """
    weights = list(weights)
    groups: dict[tuple[facts.Reason, str | None], list[facts.Weight]] = {}
    for weight in weights:
        if weight.reason is not None:
            frozen_by = weight.frozen_by if weight.reason == "frozen_layer" else None
            groups.setdefault((weight.reason, frozen_by), []).append(weight)
    if not groups:
        return None
    inside = f"{path}/"
    return NonTrainable(
        sum(weight.count for group in groups.values() for weight in group),
        tuple(
            Cause(reason, (), frozen_by=by) if by is not None else _cause(reason, group, inside)
            for (reason, by), group in groups.items()
            if by is None or not by.startswith(inside)
        ),
        tuple(by.removeprefix(inside) for _, by in groups if by is not None and by.startswith(inside)),
        is_all=not any(weight.trainable for weight in weights),
    )


def _cause(reason: facts.Reason, weights: Sequence[facts.Weight], inside: str) -> Cause:
    if reason in _CHOSEN:
        return Cause(reason, tuple(dict.fromkeys(weight.path.removeprefix(inside) for weight in weights)))
    names = tuple(dict.fromkeys(weight.name.partition("#")[0] for weight in weights))
    return Cause(reason, names, is_of_each=len(names) == 1 and len(weights) > 1)


def overwritten(weights: Iterable[facts.Weight]) -> int:
    """Return how many numbers count as trainable although no gradient changes them."""
    return sum(weight.count for weight in weights if weight.trainable and weight.overwritten)
