"""Why weights are not trainable, in words: one phrase for each identifier of the closed list `facts.Reason`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sphinx_paramdoc import facts

_PHRASES: dict[facts.Reason, tuple[str, str]] = {
    "moving_statistics": ("is tracked, not learned", "are tracked, not learned"),
    "adapted": ("is set by adapt(), not learned", "are set by adapt(), not learned"),
    "frozen_layer": ("is in a frozen layer", "are in a frozen layer"),
    "frozen_variable": ("is frozen by itself", "are frozen by themselves"),
    "lora_base_frozen": ("is the base that LoRA freezes", "are the base that LoRA freezes"),
    "quantised_storage": ("is stored as integers", "are stored as integers"),
    "quantisation_bookkeeping": ("is computed by quantisation", "are computed by quantisation"),
    "power_iteration": ("is estimated by power iteration", "are estimated by power iteration"),
    "declared": ("is declared non-trainable by its layer", "are declared non-trainable by their layer"),
}


_MOST_NAMES = 4
"""Of more frozen layers than this, the last are only counted."""


def non_trainable(weights: Iterable[facts.Weight], path: str) -> str | None:
    """Say how many numbers of `weights` are not trainable, and why; ``None`` where all are.

    :param path: the path of the layer that the phrase is about.
    """
    groups: dict[tuple[facts.Reason, str | None], list[facts.Weight]] = {}
    for weight in weights:
        if weight.reason is not None:
            frozen_by = weight.frozen_by if weight.reason == "frozen_layer" else None
            groups.setdefault((weight.reason, frozen_by), []).append(weight)
    if not groups:
        return None
    count = sum(weight.count for group in groups.values() for weight in group)
    frozen_inside = [by for _, by in groups if by is not None and by.startswith(f"{path}/")]
    phrases = [
        _frozen(by, path) if by is not None else _phrase(reason, group)
        for (reason, by), group in groups.items()
        if by not in frozen_inside
    ]
    if frozen_inside:
        names = [by.removeprefix(f"{path}/") for by in frozen_inside]
        if len(names) > _MOST_NAMES:
            names = [*names[: _MOST_NAMES - 1], f"{len(names) - _MOST_NAMES + 1:,} more layers"]
        phrases.append(f"{_enumerate(names)} {'is' if len(names) == 1 else 'are'} frozen")
    return f"{count:,} non-trainable: " + "; ".join(phrases)


def overwritten(weights: Iterable[facts.Weight]) -> str | None:
    """Say how many numbers count as trainable although no gradient changes them; ``None`` where there are none."""
    count = sum(weight.count for weight in weights if weight.trainable and weight.overwritten)
    if not count:
        return None
    return f"{count:,} of the trainable: scales and maxima that float8 training overwrites, not learned"


def _frozen(by: str, path: str) -> str:
    return "the layer is frozen" if by == path else f"frozen by {by}"


def _phrase(reason: facts.Reason, weights: Sequence[facts.Weight]) -> str:
    names = list(dict.fromkeys(weight.name.replace("_", " ") for weight in weights))
    return f"{_enumerate(names)} {_PHRASES[reason][len(names) > 1]}"


def _enumerate(words: Sequence[str]) -> str:
    """Join words as prose does: ``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
