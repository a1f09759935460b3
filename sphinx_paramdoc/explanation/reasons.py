"""Why weights are trainable or not: they are grouped by the identifiers of the closed list `facts.Reason`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation.sentence import Cause, NonTrainable, Unheeded

_CHOSEN = frozenset({"frozen_variable", "lora_base_frozen"})
"""Why weights are frozen that their kind would train: others are called the same, so their whole paths count."""

_ENDING = frozenset({"frozen_layer", "frozen_variable"})
"""The reasons that end when somebody unfreezes."""


def non_trainable(weights: Iterable[facts.Weight], path: str) -> NonTrainable | None:
    """Return how many numbers of `weights` are not trainable, and why; ``None`` where all are trainable.

    :param path: the path of the layer that is explained.
    """
    weights = list(weights)
    groups: dict[tuple[facts.Reason, str | None], list[facts.Weight]] = {}
    inside = f"{path}/"
    for weight in weights:
        if weight.reason is not None and weight.count:
            by = weight.frozen_by if weight.reason == "frozen_layer" else None
            around = "" if by is not None and by.startswith(inside) else by  # layers inside are told together
            groups.setdefault((weight.reason, around), []).append(weight)
    if not groups:
        return None
    is_all = not any(weight.trainable for weight in weights)
    causes = [_cause(reason, around, group, inside, weights) for (reason, around), group in groups.items()]
    return NonTrainable(
        sum(cause.count for cause in causes),
        tuple(sorted(causes, key=lambda cause: cause.reason in _ENDING)),
        is_all=is_all,
    )


def _cause(
    reason: facts.Reason,
    around: str | None,
    group: Sequence[facts.Weight],
    inside: str,
    weights: Collection[facts.Weight],
) -> Cause:
    count = sum(weight.count for weight in group)
    if around:
        return Cause(reason, (), count, frozen_by=around, is_partly=any(weight.trainable for weight in weights))
    if around is not None:
        layers = dict.fromkeys((weight.frozen_by or "").removeprefix(inside) for weight in group)
        is_every = not any(weight.trainable or weight.reason == "frozen_variable" for weight in weights)
        frozen = tuple(f"{inside}{name}/" for name in layers)
        is_partly = any(weight.trainable and weight.path.startswith(frozen) for weight in weights)
        return Cause(reason, tuple(layers), count, is_of_each=is_every and len(layers) > 1, is_partly=is_partly)
    if reason in _CHOSEN:
        return Cause(reason, tuple(dict.fromkeys(weight.path.removeprefix(inside) for weight in group)), count)
    others = {_kind(weight) for weight in weights if weight.reason != reason}
    names = dict.fromkeys(w.path.removeprefix(inside) if _kind(w) in others else _kind(w) for w in group)
    return Cause(reason, tuple(names), count, is_of_each=len(names) == 1 and len(group) > 1)


def _kind(weight: facts.Weight) -> str:
    """Return the name of a weight as others of its kind have it."""
    return weight.name.partition("#")[0]


def overwritten(weights: Iterable[facts.Weight]) -> int:
    """Return how many numbers count as trainable although no gradient changes them."""
    return sum(weight.count for weight in weights if weight.trainable and weight.overwritten)


def unheeded(weights: Sequence[facts.Weight], path: str) -> Iterator[Unheeded]:
    """Yield what of `weights` is trained although the layer at `path`, or one inside it, says that it is not.

    A layer that does freeze layers inside it is none of them: somebody has unfrozen the rest.
    """
    # Adapters of LoRA are made to be trained in a frozen layer.
    told = [weight for weight in weights if weight.unheeded is not None and not weight.name.startswith("lora_")]
    if not told:
        return
    froze = {w.frozen_by for w in weights if w.frozen_by is not None and w.frozen_by != w.path.rpartition("/")[0]}
    inside = f"{path}/"
    here = [weight for weight in told if weight.unheeded == path and path not in froze]
    own = [weight for weight in here if weight.path.rpartition("/")[0] == path]
    if own:
        yield Unheeded((), tuple(weight.name for weight in own), _count(own))
    if len(own) < len(here):
        yield Unheeded((), (), _count(here) - _count(own))
    below = [w for w in told if (w.unheeded or "").startswith(inside) and w.unheeded not in froze]
    if below:
        layers = dict.fromkeys((weight.unheeded or "").removeprefix(inside) for weight in below)
        yield Unheeded(tuple(layers), (), _count(below))


def trained_bases(weights: Sequence[facts.Weight], path: str) -> Iterator[str]:
    """Yield the paths, from the layer at `path`, of the matrices that LoRA adapts and that are trained as well."""
    adapted = {
        f"{weight.path.rpartition('/')[0]}/{weight.name.removeprefix('lora_').removesuffix('_a')}"
        for weight in weights
        if weight.name.startswith("lora_")
    }
    if adapted:
        for weight in weights:
            if weight.path in adapted and weight.trainable:
                yield weight.path.removeprefix(f"{path}/")


def _count(weights: Iterable[facts.Weight]) -> int:
    return sum(weight.count for weight in weights)
