"""Models that are frozen or thawed when Keras 3 heeds it, and Keras 2 did not, or the other way round."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.changes import BEHAVIOURS
from flake8_paramdoc.changes.keras_names import LAYER, kinds
from flake8_paramdoc.matching.finding import Match
from flake8_paramdoc.matching.model_events import Act, Event, Events, Held
from flake8_paramdoc.reading.object_types import Local
from flake8_paramdoc.reading.scopes import ScopeKind, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flake8_paramdoc.changes.shapes import Behaviour
    from flake8_paramdoc.matching.target import Target
    from flake8_paramdoc.reading.collected import Reading
    from flake8_paramdoc.reading.keras_packages import KerasPackage
    from flake8_paramdoc.reading.object_types import Values
    from flake8_paramdoc.reading.scopes import Definition

_FREEZING = frozenset({Act.FROZEN, Act.PART_FROZEN})
_THAWING = frozenset({Act.THAWED, Act.PART_THAWED})
_SETTING = _FREEZING | _THAWING

_BUILT_WHEN_CALLED = frozenset({"keras.layers.MultiHeadAttention", "keras.layers.GroupQueryAttention"})
"""Layers that make the layers inside them when they are called first."""


def match_training(reading: Reading, values: Values, target: Target) -> Iterator[Match]:
    """Yield where a model or layer is frozen or thawed, and it has another effect today."""
    yield from _frozen_subclasses(reading, values, target)
    if not any(node.attr == "trainable" and isinstance(node.ctx, ast.Store) for node, _ in reading.attributes):
        return
    events = Events(reading, values)
    for held, of_one in events.of.items():
        for key, event in _told(held, of_one, events):
            change = BEHAVIOURS[key]
            if _applies(change, event, values.package, target) and not reading.guards.cover(event.node):
                message = change.message(it=ast.unparse(event.written))
                yield Match(event.node, change, message, fixes=change.fixes())


def _applies(change: Behaviour, event: Event, package: KerasPackage, target: Target) -> bool:
    return target.applies(change, package) and event.node is not None


def _told(held: Held, events: Sequence[Event], all_events: Events) -> Iterator[tuple[str, Event]]:
    """Yield what is told of one model, each with where."""
    elsewhere = _frozen_elsewhere(held, events)
    frozen = _set_behind_compile(events, _FREEZING) or elsewhere
    if frozen is not None:
        called = elsewhere is not None or any(event.act is Act.CALLED for event in events)
        yield ("frozen_in_another" if called else "frozen_behind_compile"), frozen
    thawed = _set_behind_compile(events, _THAWING)
    if thawed is not None and _is_frozen_before(events, thawed):
        yield "thawed_behind_compile", thawed
    yield from _inside(held, all_events)
    yield from _before_its_call(events, all_events)
    nested = any(event.act is Act.CALLED for event in events)
    for before, event in _pairs(events):
        later = [one.act for one in events if one.place > event.place and one.frame is event.frame]
        is_last = Act.THAWED not in later and Act.FROZEN not in later
        if event.act is Act.PART_THAWED and before.act is Act.FROZEN and nested and is_last:
            yield "thawed_inside", event
        if event.act is Act.THAWED and before.act is Act.PART_FROZEN:
            yield "thawed_again", event
        if event.act is Act.FROZEN and before.act is Act.PART_THAWED and _was_frozen(events, before):
            yield "frozen_again", event
        if event.act is Act.GROWN and before.act is Act.FROZEN and nested:
            yield "grown", event


def _pairs(events: Sequence[Event]) -> Iterator[tuple[Event, Event]]:
    """Yield each act with the last before it, in the same function, that set what is trainable."""
    for place, event in enumerate(events):
        before = [other for other in events[:place] if other.act in _SETTING and other.frame is event.frame]
        if before:
            yield before[-1], event


def _set_behind_compile(events: Sequence[Event], acts: frozenset[Act]) -> Event | None:
    """Return the first of ``acts`` behind ``compile`` that a training heeds which comes later.

    Keras 2 took what was trainable when it compiled; Keras 3 takes it when it is trained first.
    """
    compiled: Event | None = None
    found: Event | None = None
    for event in events:
        if event.act is Act.COMPILED:
            compiled, found = event, None
        elif event.act is Act.TRAINED and compiled is not None and event.frame is compiled.frame and found is None:
            compiled = None  # what is trained once keeps what it took
        elif event.act in acts and compiled is not None and event.frame is compiled.frame:
            found = found or event
    if found is None:
        return None
    others = _SETTING - acts
    if any(event.act in others and event.place > found.place for event in events):
        return None  # it is set anew for each training
    trained = [event for event in events if event.act is Act.TRAINED]
    if any(event.frame is found.frame and event.place > found.place for event in trained):
        return found
    # In another function: it runs later, where it is not this one that calls it before.
    return found if any(event.frame is not found.frame for event in trained) else None


def _frozen_elsewhere(held: Held, events: Sequence[Event]) -> Event | None:
    """Return where a model is frozen by another function than that which makes and compiles it."""
    compiled = [event for event in events if event.act is Act.COMPILED]
    frozen = [event for event in events if event.act is Act.FROZEN]
    if len(compiled) != 1 or not frozen or any(event.act in _THAWING for event in events):
        return None
    makes = id(compiled[0].frame.bindings) == held[0] and compiled[0].frame.kind is ScopeKind.FUNCTION
    is_trained = any(event.act is Act.TRAINED and event.frame is not compiled[0].frame for event in events)
    return frozen[0] if makes and is_trained and frozen[0].frame is not compiled[0].frame else None


def _is_frozen_before(events: Sequence[Event], thawed: Event) -> bool:
    compiled = [event.place for event in events if event.act is Act.COMPILED and event.place < thawed.place]
    return bool(compiled) and any(
        event.act in _FREEZING and event.frame is thawed.frame and event.place < compiled[-1] for event in events
    )


def _before_its_call(events: Sequence[Event], all_events: Events) -> Iterator[tuple[str, Event]]:
    """Yield where a layer is frozen before its call makes the layers inside it."""
    first = next((event for event in events if event.act in (Act.CALLED, Act.FROZEN, Act.THAWED)), None)
    if first is None or first.act is not Act.FROZEN:
        return
    made = all_events.keras_class(first.written, first.frame)
    if made is not None and made.name in _BUILT_WHEN_CALLED:
        others = [event for event in events if event is not first]
        called = any(event.act is Act.CALLED and event.frame is first.frame for event in others)
        if called and not any(event.act in (Act.FROZEN, Act.THAWED) for event in others):
            yield "frozen_before_call", first


def _was_frozen(events: Sequence[Event], before: Event) -> bool:
    return any(
        event.act is Act.FROZEN and event.frame is before.frame and event.place < before.place for event in events
    )


def _inside(held: Held, all_events: Events) -> Iterator[tuple[str, Event]]:
    """Yield where a part of a compiled model is frozen or thawed, before that is trained."""
    events = all_events.of[held]
    compiled = [event for event in events if event.act is Act.COMPILED]
    trained = [event for event in events if event.act is Act.TRAINED]
    if len(compiled) != 1 or not trained:
        return
    [compilation] = compiled
    training = [event for event in trained if event.frame is compilation.frame and event.place > compilation.place]
    if not training:
        return
    parts: set[Held] | None = None
    for other, acts in all_events.of.items():
        if other == held:
            continue
        event = _set_between(acts, compilation, training[0])
        if event is not None:
            parts = _parts(compilation, all_events) if parts is None else parts
            if other in parts:
                yield ("frozen_behind_compile" if event.act in _FREEZING else "thawed_behind_compile"), event


def _set_between(acts: Sequence[Event], compilation: Event, training: Event) -> Event | None:
    """Return where something is frozen or thawed between two acts, and was not so before, nor is set anew later."""
    here = [event for event in acts if event.act in _SETTING and event.frame is compilation.frame]
    before = [event for event in here if event.place < compilation.place]
    after = [event for event in here if event.place > compilation.place]
    if not after or after[0].place > training.place:
        return None
    is_frozen = bool(before) and before[-1].act in _FREEZING
    kinds_after = {event.act in _FREEZING for event in after}
    changes = kinds_after == {not is_frozen}
    return after[-1] if changes and after[-1].place < training.place else None


def _parts(compilation: Event, all_events: Events) -> set[Held]:
    """Return what a model is made of, as far as names in its function lead there."""
    frame = compilation.frame
    found: set[Held] = set()
    pending: list[ast.AST] = [compilation.written]
    seen: set[str] = set()
    while pending:
        for part in ast.walk(pending.pop()):
            if not isinstance(part, ast.Name) or part.id in seen:
                continue
            seen.add(part.id)
            held = all_events.identity(part, frame)
            if held is not None:
                found.add(held)
            pending += [binding.node for binding in frame.bindings.get(part.id, ()) if isinstance(binding, Value)]
    return found


def _frozen_subclasses(reading: Reading, values: Values, target: Target) -> Iterator[Match]:
    """Yield layers of the file's own classes that hold layers, and are made with ``trainable=False``."""
    if reading.defined.isdisjoint(reading.called):
        return
    change = BEHAVIOURS["frozen_subclass"]
    for call, scope in reading.calls:
        word = next((word for word in call.keywords if word.arg == "trainable"), None) if call.keywords else None
        if word is None or not (isinstance(word.value, ast.Constant) and word.value.value is False):
            continue
        made = values.of(call, scope)
        base = values.keras_class(made)
        if not isinstance(made, Local) or base is None or LAYER not in kinds(base.name):
            continue
        if (
            _holds_layers(made.definition, values)
            and target.applies(change, base.package)
            and not reading.guards.cover(call)
        ):
            yield Match(word, change, change.message(it=ast.unparse(call.func)), fixes=change.fixes())


def _holds_layers(definition: Definition, values: Values) -> bool:
    """Tell whether a class passes ``trainable`` on to Keras, and keeps layers in its attributes."""
    inside = definition.inside
    for binding in inside.bindings.get("__init__", ()):
        node = getattr(binding, "node", None)
        if isinstance(node, ast.FunctionDef) and node.args.kwarg is None:
            return False
    for assigned in inside.attributes.values():
        for value in assigned:
            found = values.keras_class(values.of(value.node, value.scope))
            if found is not None and LAYER in kinds(found.name):
                return True
    return False
