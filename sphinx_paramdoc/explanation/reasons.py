"""Why weights are not trainable, in words: one phrase for each identifier of the closed list `facts.Reason`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sphinx_paramdoc import facts

_PHRASES: dict[facts.Reason, tuple[str, str]] = {
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


_MOST_NAMES = 4
"""Of more frozen layers than this, the last are only counted."""


def non_trainable(weights: Iterable[facts.Weight], path: str) -> str | None:
    """Say how many numbers of `weights` are not trainable, and why; ``None`` where all are.

    :param path: the path of the layer that the phrase is about.
    """
    weights = list(weights)
    groups: dict[tuple[facts.Reason, str | None], list[facts.Weight]] = {}
    for weight in weights:
        if weight.reason is not None:
            frozen_by = weight.frozen_by if weight.reason == "frozen_layer" else None
            groups.setdefault((weight.reason, frozen_by), []).append(weight)
    if not groups:
        return None
    count = sum(weight.count for group in groups.values() for weight in group)
    frozen_inside = [by for _, by in groups if by is not None and by.startswith(f"{path}/")]
    is_whole = not any(weight.trainable for weight in weights)
    phrases = [
        _frozen(by, path, is_whole) if by is not None else _phrase(reason, group, path)
        for (reason, by), group in groups.items()
        if by not in frozen_inside
    ]
    if frozen_inside:
        names = _first([by.removeprefix(f"{path}/") for by in frozen_inside], "more layers")
        phrases.append(f"{_enumerate(names)} {'is' if len(names) == 1 else 'are'} frozen")
    return f"{count:,} non-trainable: " + "; ".join(phrases)


def overwritten(weights: Iterable[facts.Weight]) -> str | None:
    """Say how many numbers count as trainable although no gradient changes them; ``None`` where there are none."""
    count = sum(weight.count for weight in weights if weight.trainable and weight.overwritten)
    if not count:
        return None
    return f"{count:,} of the trainable: scales and maxima that float8 training overwrites, not learned"


def _frozen(by: str, path: str, is_whole: bool) -> str:
    frozen = "the layer is frozen" if by == path else f"frozen by {by}"
    return frozen if is_whole else f"{frozen}, though not all that is in it"


def _phrase(reason: facts.Reason, weights: Sequence[facts.Weight], path: str) -> str:
    """Name the weights; those that somebody chose one by one by their whole paths, as others are called the same."""
    one, several = _PHRASES[reason]
    if reason in _CHOSEN:
        names = list(dict.fromkeys(weight.path.removeprefix(f"{path}/") for weight in weights))
        names = _first([name if "/" in name else name.replace("_", " ") for name in names], "more")
        return f"{_enumerate(names)} {several if len(names) > 1 else one}"
    names = list(dict.fromkeys(weight.name.partition("#")[0].replace("_", " ") for weight in weights))
    each = "each " if len(names) == 1 and len(weights) > 1 else ""
    return f"{each}{_enumerate(names)} {several if len(names) > 1 else one}"


_CHOSEN = frozenset({"frozen_variable", "lora_base_frozen"})
"""Why weights are frozen that their kind would train."""


def _first(names: list[str], rest: str) -> list[str]:
    """Keep as many names as can be read, and count the others."""
    if len(names) <= _MOST_NAMES:
        return names
    return [*names[: _MOST_NAMES - 1], f"{len(names) - _MOST_NAMES + 1:,} {rest}"]


def _enumerate(words: Sequence[str]) -> str:
    """Join words as prose does: ``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
