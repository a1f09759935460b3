"""Every word on what is trainable and what is not: causes → pieces of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation.pieces import MOST_NAMES, Piece, first, is_plural, joined
from sphinx_paramdoc.explanation.sentence import Cause, NonTrainable, Unheeded

_REASONS: dict[facts.Reason, tuple[str, str]] = {
    "moving_statistics": ("tracked, not learned", "tracked, not learned"),
    "adapted": ("set by adapt() or loaded, not learned", "set by adapt() or loaded, not learned"),
    "frozen_layer": ("frozen", "frozen"),
    "frozen_variable": ("frozen by itself", "frozen by themselves"),
    "lora_base_frozen": ("the base that LoRA freezes", "bases that LoRA freezes"),
    "quantised_storage": ("stored as integers", "stored as integers"),
    "quantisation_bookkeeping": ("computed by quantisation", "computed by quantisation"),
    "power_iteration": ("estimated by power iteration", "estimated by power iteration"),
    "declared": ("declared non-trainable by its layer", "declared non-trainable by their layer"),
}
"""What one weight is, and several are."""

_WORDS = {
    "moving_mean": "moving mean",
    "moving_variance": "moving variance",
    "moving_stddev": "moving standard deviation",
    "renorm_mean": "renorm mean",
    "renorm_stddev": "renorm standard deviation",
}
"""Tracked weights that formulas speak of in words. All other names stay as they are, so that they can be looked up."""


_MOST_KINDS = 6
"""So many names of kinds of weights are all told: a layer has few, unlike weights that are chosen by their paths."""


def reasons(what: NonTrainable, path: str, *, are_listed: bool = False) -> Iterator[Piece]:
    """Yield why some numbers are not trainable; several reasons have a count each.

    :param path: the path of the layer that is explained.
    :param are_listed: whether the weights stand before it by their names, which are the same here then.
    """
    if len(what.causes) == 1:
        yield Piece(_alone(what.causes[0], path, are_listed), lead=": ")
        return
    for number, cause in enumerate(what.causes):
        yield Piece(f"{'; ' if number else ': '}{cause.count:,}")
        yield Piece(_among_others(cause, path, are_listed), lead=" ")


def _alone(cause: Cause, path: str, are_listed: bool) -> str:
    """Write a reason as a sentence: ``moving mean and moving variance are tracked, not learned``."""
    if cause.frozen_by:
        frozen = "the layer is frozen" if cause.frozen_by == path else f"frozen by {cause.frozen_by}"
        return frozen + _unless_all(cause)
    names = _names(cause, are_listed)
    several = len(names) > 1 or (is_plural(names[0]) if cause.reason != "frozen_layer" else len(cause.names) > 1)
    verb = "are" if several and not names[0].startswith("each ") else "is"
    what = _REASONS[cause.reason]
    said = what[len(names) > 1 if cause.reason == "lora_base_frozen" else several]
    return f"{joined(names)} {verb} {said}{_unless_all(cause)}"


def _among_others(cause: Cause, path: str, are_listed: bool) -> str:
    """Write a reason behind its count: ``tracked, not learned (moving mean and moving variance)``."""
    if cause.frozen_by:
        frozen = "frozen with the layer" if cause.frozen_by == path else f"frozen by {cause.frozen_by}"
        return frozen + _unless_all(cause)
    names = _names(cause, are_listed)
    return f"{_REASONS[cause.reason][len(names) > 1]} ({joined(names)}{_unless_all(cause)})"


def _unless_all(cause: Cause) -> str:
    if not cause.is_partly:
        return ""
    return f", though not all that is in {'it' if len(cause.names) < 2 else 'them'}"


def _names(cause: Cause, are_listed: bool) -> list[str]:
    if cause.reason == "frozen_layer":
        is_all = cause.is_of_each and len(cause.names) > MOST_NAMES
        return ["all layers inside"] if is_all else first(cause.names, "more layers")
    if cause.reason == "moving_statistics" and not are_listed:
        names = [_WORDS.get(name, name) for name in cause.names]
    else:
        names = list(cause.names)
    if cause.is_of_each:
        return [f"{'all' if is_plural(names[0]) else 'each'} {names[0]}"]
    are_few = len(names) <= _MOST_KINDS and not any("/" in name or "." in name for name in names)
    return names if are_few else first(names, "more")


def unheeded(what: Unheeded) -> Piece:
    """Return what is trained although a layer says that it is not."""
    if what.weights:
        names = first(what.weights, "more")
        is_one = len(names) == 1 and not is_plural(names[0])
        verb = "is" if is_one else "are"
        return Piece(f"{joined(names)} {verb} trained although the layer says trainable=False", lead="; ")
    if not what.layers:
        return Piece("says trainable=False, but layers inside are trained", lead="; ")
    names = first(what.layers, "more layers")
    inside = "the layers inside it" if len(what.layers) == 1 else "the layers inside them"
    return Piece(f"trainable=False of {joined(names)} does not hold for {inside}: {what.count:,} are trained")


def trained_bases(paths: Sequence[str]) -> Piece:
    """Return which matrices are trained although LoRA trains two factors in their place."""
    names = first(paths, "more")
    if len(names) == 1 and not is_plural(names[0]):
        return Piece(f"{names[0]}, the base of LoRA, is trained as well", lead="; ")
    what = "the base" if len(names) == 1 else "bases"
    return Piece(f"{joined(names)}, {what} of LoRA, are trained as well", lead="; ")
