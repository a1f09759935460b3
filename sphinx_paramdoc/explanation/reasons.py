"""Why weights are not trainable, in words: one phrase for each identifier of the closed list `facts.Reason`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sphinx_paramdoc import facts

_PHRASES: dict[facts.Reason, tuple[str, str]] = {
    "moving_statistics": ("is tracked, not learned", "are tracked, not learned"),
    "adapted": ("is set by adapt(), not learned", "are set by adapt(), not learned"),
    "frozen_variable": ("is frozen by itself", "are frozen by themselves"),
    "lora_base_frozen": ("is the base that LoRA freezes", "are the base that LoRA freezes"),
    "quantised_storage": ("is stored as integers", "are stored as integers"),
    "quantisation_bookkeeping": ("is computed by quantisation", "are computed by quantisation"),
    "power_iteration": ("is estimated by power iteration", "are estimated by power iteration"),
    "declared": ("is declared non-trainable by its layer", "are declared non-trainable by their layer"),
}


def non_trainable(weights: Iterable[facts.Weight], path: str, frozen_by: str | None) -> str | None:
    """Say how many numbers of `weights` are not trainable, and why; ``None`` where all are.

    :param path: the path of the layer that the phrase is about.
    :param frozen_by: the path of the outermost frozen layer around it, itself included.
    """
    by_reason: dict[facts.Reason, list[facts.Weight]] = {}
    for weight in weights:
        if weight.reason is not None:
            by_reason.setdefault(weight.reason, []).append(weight)
    if not by_reason:
        return None
    count = sum(weight.count for group in by_reason.values() for weight in group)
    phrases = [_phrase(reason, group, path, frozen_by) for reason, group in by_reason.items()]
    return f"{count:,} non-trainable: " + ", ".join(phrases)


def _phrase(reason: facts.Reason, weights: Sequence[facts.Weight], path: str, frozen_by: str | None) -> str:
    if reason == "frozen_layer":
        return "the layer is frozen" if frozen_by in (None, path) else f"frozen by {frozen_by}"
    names = list(dict.fromkeys(weight.name.replace("_", " ") for weight in weights))
    return f"{enumerate_words(names)} {_PHRASES[reason][len(names) > 1]}"


def enumerate_words(words: Sequence[str]) -> str:
    """Join words as prose does: ``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
