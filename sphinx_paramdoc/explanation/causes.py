"""Every word on what is trainable and what is not: causes → pieces of text."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation.pieces import COLON, MOST_NAMES, SEMICOLON, Piece, first, is_plural
from sphinx_paramdoc.explanation.sentence import Cause, NonTrainable, Unheeded
from sphinx_paramdoc.said import Said, joined, pattern, run_on, said


class _Patterns(NamedTuple):
    """How a reason is told of weights, or of layers, by their names."""

    of_one: str
    """As a sentence."""
    of_several: str
    behind_one: str
    """As what stands behind a count."""
    behind_several: str


_REASONS: dict[facts.Reason, _Patterns] = {
    "moving_statistics": _Patterns(
        pattern("{names} is tracked, not learned"),
        pattern("{names} are tracked, not learned"),
        pattern("tracked, not learned ({names})"),
        pattern("tracked, not learned ({names})"),
    ),
    "adapted": _Patterns(
        pattern("{names} is set by adapt() or loaded, not learned"),
        pattern("{names} are set by adapt() or loaded, not learned"),
        pattern("set by adapt() or loaded, not learned ({names})"),
        pattern("set by adapt() or loaded, not learned ({names})"),
    ),
    "frozen_layer": _Patterns(
        pattern("{names} is frozen"),
        pattern("{names} are frozen"),
        pattern("frozen ({names})"),
        pattern("frozen ({names})"),
    ),
    "frozen_variable": _Patterns(
        pattern("{names} is frozen by itself"),
        pattern("{names} are frozen by themselves"),
        pattern("frozen by itself ({names})"),
        pattern("frozen by themselves ({names})"),
    ),
    "lora_base_frozen": _Patterns(
        pattern("{names} is the base that LoRA freezes"),
        pattern("{names} are bases that LoRA freezes"),
        pattern("the base that LoRA freezes ({names})"),
        pattern("bases that LoRA freezes ({names})"),
    ),
    "quantised_storage": _Patterns(
        pattern("{names} is stored as integers"),
        pattern("{names} are stored as integers"),
        pattern("stored as integers ({names})"),
        pattern("stored as integers ({names})"),
    ),
    "quantisation_bookkeeping": _Patterns(
        pattern("{names} is computed by quantisation"),
        pattern("{names} are computed by quantisation"),
        pattern("computed by quantisation ({names})"),
        pattern("computed by quantisation ({names})"),
    ),
    "power_iteration": _Patterns(
        pattern("{names} is estimated by power iteration"),
        pattern("{names} are estimated by power iteration"),
        pattern("estimated by power iteration ({names})"),
        pattern("estimated by power iteration ({names})"),
    ),
    "declared": _Patterns(
        pattern("{names} is declared non-trainable by its layer"),
        pattern("{names} are declared non-trainable by their layer"),
        pattern("declared non-trainable by its layer ({names})"),
        pattern("declared non-trainable by their layer ({names})"),
    ),
}

_WORDS = {
    "moving_mean": said("moving mean"),
    "moving_variance": said("moving variance"),
    "moving_stddev": said("moving standard deviation"),
    "renorm_mean": said("renorm mean"),
    "renorm_stddev": said("renorm standard deviation"),
}
"""Tracked weights that formulas speak of in words. All other names stay as they are, so that they can be looked up."""


_BEHIND_COUNT = said(" ")
"""What joins a reason to its count; where the reason is a note, neither stands there."""

_MOST_KINDS = 6
"""So many names of kinds of weights are all told: a layer has few, unlike weights that are chosen by their paths."""


def reasons(what: NonTrainable, path: str, *, are_listed: bool = False) -> Iterator[Piece]:
    """Yield why some numbers are not trainable; several reasons have a count each.

    :param path: the path of the layer that is explained.
    :param are_listed: whether the weights stand before it by their names, which are the same here then.
    """
    if len(what.causes) == 1:
        yield Piece(_alone(what.causes[0], path, are_listed), lead=COLON)
        return
    for number, cause in enumerate(what.causes):
        yield Piece(run_on(SEMICOLON if number else COLON, said("{count:,}", count=cause.count)))
        yield Piece(_among_others(cause, path, are_listed), lead=_BEHIND_COUNT)


def _alone(cause: Cause, path: str, are_listed: bool) -> Said:
    """Say a reason as a sentence: ``moving mean and moving variance are tracked, not learned``."""
    if cause.frozen_by == path and path:
        if cause.is_partly:
            return said("the layer is frozen, though not all that is in it")
        return said("the layer is frozen")
    if cause.frozen_by:
        return _frozen_by(cause)
    names = _names(cause, are_listed)
    several = len(names) > 1 or (is_plural(names[0]) if cause.reason != "frozen_layer" else len(cause.names) > 1)
    if cause.is_partly and len(cause.names) < 2:
        return said("{names} is frozen, though not all that is in it", names=names[0])
    if cause.is_partly:
        return said("{names} are frozen, though not all that is in them", names=joined(names))
    return _sentence(cause.reason, tuple(names), several)


@functools.lru_cache(maxsize=1024)
def _sentence(reason: facts.Reason, names: tuple[str, ...], several: bool) -> Said:
    """Say that names are of a reason, which layers of one kind all do."""
    if several and len(names) == 1 and reason == "lora_base_frozen":
        return said("{names} are the base that LoRA freezes", names=names[0])
    patterns = _REASONS[reason]
    return said(patterns.of_several if several else patterns.of_one, names=joined(names))


def _among_others(cause: Cause, path: str, are_listed: bool) -> Said:
    """Say a reason behind its count: ``tracked, not learned (moving mean and moving variance)``."""
    if cause.frozen_by == path and path:
        if cause.is_partly:
            return said("frozen with the layer, though not all that is in it")
        return said("frozen with the layer")
    if cause.frozen_by:
        return _frozen_by(cause)
    names = _names(cause, are_listed)
    if cause.is_partly and len(cause.names) < 2:
        return said("frozen ({names}, though not all that is in it)", names=names[0])
    if cause.is_partly:
        return said("frozen ({names}, though not all that is in them)", names=joined(names))
    patterns = _REASONS[cause.reason]
    return said(patterns.behind_several if len(names) > 1 else patterns.behind_one, names=joined(names))


def _frozen_by(cause: Cause) -> Said:
    if cause.is_partly:
        return said("frozen by {layer}, though not all that is in it", layer=cause.frozen_by)
    return said("frozen by {layer}", layer=cause.frozen_by)


def _names(cause: Cause, are_listed: bool) -> list[str]:
    if cause.reason == "frozen_layer":
        is_all = cause.is_of_each and len(cause.names) > MOST_NAMES
        return [said("all layers inside")] if is_all else first(cause.names, are_layers=True)
    if cause.reason == "moving_statistics" and not are_listed:
        names = [_WORDS.get(name, name) for name in cause.names]
    else:
        names = list(cause.names)
    if cause.is_of_each:
        several = is_plural(names[0])
        return [said("all {names}", names=names[0]) if several else said("each {name}", name=names[0])]
    are_few = len(names) <= _MOST_KINDS and not any("/" in name or "." in name for name in names)
    return names if are_few else first(names)


def unheeded(what: Unheeded) -> Piece:
    """Return what is trained although a layer says that it is not."""
    if what.weights:
        names = first(what.weights)
        if len(names) == 1 and not is_plural(names[0]):
            sentence = said("{names} is trained although the layer says trainable=False", names=names[0])
        else:
            sentence = said("{names} are trained although the layer says trainable=False", names=joined(names))
        return Piece(sentence, lead=SEMICOLON)
    if not what.layers:
        return Piece(said("says trainable=False, but layers inside are trained"), lead=SEMICOLON)
    names = first(what.layers, are_layers=True)
    if len(what.layers) == 1:
        told = pattern("trainable=False of {layers} does not hold for the layers inside it: {count:,} are trained")
    else:
        told = pattern("trainable=False of {layers} does not hold for the layers inside them: {count:,} are trained")
    return Piece(said(told, layers=joined(names), count=what.count))


def trained_bases(paths: Sequence[str]) -> Piece:
    """Return which matrices are trained although LoRA trains two factors in their place."""
    names = first(paths)
    if len(names) > 1:
        return Piece(said("{names}, bases of LoRA, are trained as well", names=joined(names)), lead=SEMICOLON)
    if is_plural(names[0]):
        return Piece(said("{names}, the base of LoRA, are trained as well", names=names[0]), lead=SEMICOLON)
    return Piece(said("{names}, the base of LoRA, is trained as well", names=names[0]), lead=SEMICOLON)
