"""What a layer computes with that its framework does not track: the search for it.

Keras counts, trains and saves what a layer keeps in its own attributes. What a function takes from around it, what a
plain object keeps, a variable of TensorFlow in an attribute: with all that a layer computes as well, and nobody counts
it. The search goes through what a layer keeps and what its code refers to, as far as its user wrote it, and calls
nothing of that. It is bounded in depth and in number; where it gave up it says so.
"""

from __future__ import annotations

import functools
import itertools
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MethodType
from typing import Any, NamedTuple

from sphinx_paramdoc import facts
from sphinx_paramdoc.inspection.adapter import Adapter
from sphinx_paramdoc.inspection.bookkeeping import COUNTED, PASSED_OVER
from sphinx_paramdoc.inspection.naming import is_anonymous
from sphinx_paramdoc.inspection.surroundings import Surroundings, around
from sphinx_paramdoc.inspection.tracked import Tracked
from sphinx_paramdoc.inspection.values import (
    MISSING,
    Kind,
    Method,
    attribute_of,
    attributes_of,
    calls_what_it_keeps,
    class_name,
    defaults,
    function_below,
    functions_given_to,
    is_foreign,
    kept_attribute,
    kind_of,
    own_classes,
    size,
    taken_around,
)

_MOST = 2_000
"""So many things are looked at for one layer."""

_DEEPEST = 8
"""So many steps from a layer, things are looked at."""

_OF_MODEL = PASSED_OVER | COUNTED
"""The attributes that are not searched of a layer of the model."""

_WHOLE = frozenset(
    {
        "__call__",
        "call",
        "weights",
        "variables",
        "trainable_weights",
        "trainable_variables",
        "predict",
        "predict_on_batch",
    }
)
"""The attributes of a layer by which all of it is used."""

_IDLE = frozenset({Kind.NOTHING, Kind.CLASS, Kind.MODULE, Kind.FUNCTION})
"""What an object only keeps that says nothing: what it calls, its code tells."""

_NO_VALUE = frozenset({"shape", "dtype", "name", "ndim", "trainable", "path", "regularizer", "constraint"})
"""The attributes of a variable that say nothing of its numbers."""


class _Step(NamedTuple):
    value: Any
    way: str
    """How the code reaches it: ``tower.dense``, ``scales.0``."""
    depth: int
    is_used: bool
    """Whether code was seen that computes with it; if not, it is only kept."""


class Searched(NamedTuple):
    """What the search found of one layer."""

    outside: list[facts.Outside]
    is_searched: bool
    """Whether it looked at everything."""
    borrows: Sequence[str] = ()
    """The paths of the model's layers whose weights it computes with, and does not hold."""
    copied: Sequence[str] = ()
    """The paths of the weights whose values it takes as plain values."""


NOTHING = Searched([], is_searched=True)
"""What is found of nearly all layers."""


def search(
    layer: Any,
    given: Sequence[Any],
    tracked: Tracked,
    framework_of: Callable[[object], Adapter | None],
    plain_results: Callable[[object], Sequence[Any]],
    surroundings: Surroundings,
    place: str = "",
) -> Searched:
    """Look for what a layer, or an operation of a graph, computes with and the model does not hold.

    :param given: what the calls of the layer take in the graph around it besides tensors of the graph.
    :param tracked: what the model holds.
    :param framework_of: gives what knows a layer or module.
    :param plain_results: gives the layers that a tensor is a result of, as far as that is known.
    :param surroundings: looks up what does not depend on the layer.
    :param place: the path below which the layers inside it lie.
    """
    kind: Any = type(layer)
    if not own_classes(kind) and not given and next(functions_given_to(layer), None) is None:
        return NOTHING  # as of nearly all layers
    looking = _Search(layer, place, tracked, framework_of, plain_results, surroundings)
    try:
        looking.look(given)
    except Exception:  # objects of anybody's, which may raise anything: what they keep is not known
        looking.is_complete = False
    return Searched(looking.found, looking.is_complete, list(looking.borrows), list(looking.copied))


class _Search:
    """One search; it holds what it has seen, so that no identity is given away meanwhile."""

    def __init__(
        self,
        layer: Any,
        place: str,
        tracked: Tracked,
        framework_of: Callable[[object], Adapter | None],
        plain_results: Callable[[object], Sequence[Any]],
        surroundings: Surroundings,
    ) -> None:
        self._layer = layer
        self._inside = f"{place}/" if place else ""
        self._tracked = tracked
        self._framework_of = framework_of
        self._plain_results = plain_results
        self._around = surroundings
        self._seen: dict[Any, Any] = {}
        self._steps: deque[_Step] = deque()
        self._kept: deque[_Step] = deque()
        """What no code was seen to compute with, so far; it comes last."""
        self._is_used = True
        self.found: list[facts.Outside] = []
        self.borrows: dict[str, None] = {}
        self.copied: dict[str, None] = {}
        self.is_complete = True

    def look(self, given: Iterable[Any]) -> None:
        """Look at all that the layer keeps and its code refers to, and at what it is given."""
        for value in given:
            self._add(value, "", 0)
        self._add_layer(self._layer, 0)
        while self._steps or self._kept:
            step = self._steps.popleft() if self._steps else self._kept.popleft()
            if self._is_new(step.value):
                self._is_used = step.is_used
                self._visit(step.value, step.way, step.depth)

    def _add(self, value: Any, way: str, depth: int, *, is_kept: bool = False) -> None:
        """Take down something to look at later.

        :param is_kept: whether all that is known of it is that something keeps it.
        """
        kind = kind_of(value)
        if kind is Kind.NOTHING or kind is Kind.CLASS or kind is Kind.MODULE:
            return
        if kind is Kind.CONTAINER and not value:
            return
        is_used = self._is_used and not is_kept
        if (kind is Kind.LAYER or kind is Kind.VARIABLE) and self._says_nothing(value, is_used=is_used):
            return
        steps = self._steps if is_used else self._kept
        if depth > _DEEPEST or len(steps) >= 10 * _MOST:
            self.is_complete = False
        else:
            steps.append(_Step(value, way, depth, is_used))

    def _says_nothing(self, value: Any, *, is_used: bool) -> bool:
        """Tell whether a layer or a weight is the model's, and no other part of it computes with it: as nearly all."""
        paths = self._tracked.layers.get(id(value)) or [path for path in [self._tracked.owner(value)] if path]
        return bool(paths) and (not is_used or self._is_inside(paths))

    def _is_new(self, value: Any) -> bool:
        """Tell whether something was not looked at before, and may be."""
        key = (id(value.function), id(value.owner)) if type(value) is Method else id(value)
        if key in self._seen:
            return False
        if len(self._seen) >= _MOST:
            self.is_complete = False
            return False
        self._seen[key] = value
        return True

    def _visit(self, value: Any, way: str, depth: int) -> None:
        match kind_of(value):
            case Kind.VARIABLE:
                self._variables([value], way)
            case Kind.TENSOR:
                origins = self._plain_results(value)
                for origin in origins:
                    if kind_of(origin) is not Kind.VARIABLE:
                        self._outer_layer(origin, "not_in_model")
                    elif path := self._tracked.path(origin):
                        self.copied[path] = None
                if not origins and (path := self._tracked.copied_in(value)):
                    self.copied[path] = None
            case Kind.LAYER:
                if id(value) in self._tracked.layers:
                    self._borrow(self._tracked.layers[id(value)])
                elif not self._is_around(value):
                    self._outer_layer(value, "untracked")
                    self._add_layer(value, depth + 1)
            case Kind.CONTAINER:
                self._add_parts(value, way, depth + 1)
            case Kind.FUNCTION:
                self._add_references(value, depth + 1)
            case Kind.OBJECT:
                self._add_object(value, way, depth + 1)

    # What is found

    def _variables(self, variables: Iterable[Any], way: str) -> None:
        for variable in variables:
            if path := self._tracked.owner(variable):
                self._borrow([path], variable)
            if self._tracked.holds(variable) or "string" in str(getattr(variable, "dtype", "")):
                continue
            name = str(getattr(variable, "name", "") or "").partition(":")[0].rpartition("/")[2]
            name = way or "variable" if is_anonymous(name) else name
            self._find(name, class_name(type(variable)), size(variable), "untracked")

    def _outer_layer(self, layer: Any, why: Any) -> None:
        """Take down a layer that the model does not hold, with those of its weights that no layer of the model has."""
        adapter = self._framework_of(layer)
        if id(layer) in self._tracked.layers:
            return
        weights = adapter.all_weights(layer) if adapter else list(getattr(layer, "parameters", list)())
        count = 0
        for weight in weights:
            if not self._tracked.holds(weight) and id(weight) not in self._seen:
                self._seen[id(weight)] = weight
                count += size(weight)
        name = adapter.name(layer) if adapter else type(layer).__name__
        kind = adapter.kind(type(layer)).name if adapter else class_name(type(layer))
        self._find(name, kind, count, why)

    def _find(self, name: str, class_name: str, params: int, why: Any) -> None:
        if params:
            self.found.append(facts.Outside(name, class_name, params, why, only_held=not self._is_used))

    def _borrow(self, paths: Sequence[str], variable: Any = None) -> None:
        """Take down that code computes with a layer of the model that is no part of the one that is looked at.

        :param paths: where the layer lies; it may lie at several places.
        :param variable: the one of its weights that is used, if it is one.
        """
        adapter = self._framework_of(self._layer)
        own = adapter.all_weights(self._layer) if adapter and variable is not None else ()
        if not any(weight is variable for weight in own):
            self.borrows[paths[0]] = None

    def _is_inside(self, paths: Iterable[str]) -> bool:
        """Tell whether one of the places where something lies is inside of the layer that is looked at."""
        return any(f"{path}/".startswith(self._inside) for path in paths)

    def _is_around(self, layer: Any) -> bool:
        """Tell whether a layer holds the one that is looked at: a part that knows its whole computes not with that."""
        adapter = self._framework_of(layer)
        if adapter is None:
            return False
        return layer is self._layer or any(inside is self._layer for inside in adapter.within(layer))

    # Where to look

    def _add_layer(self, layer: Any, depth: int) -> None:
        """Look at what a layer keeps; of a framework's own layer only at the functions that it was given."""
        kind: Any = type(layer)
        if calls_what_it_keeps(kind):
            for name, value in functions_given_to(layer):
                self._add(value, name, depth)
        passed = _OF_MODEL if layer is self._layer else PASSED_OVER
        for name, value in list(vars(layer).items()) if own_classes(kind) else ():
            if kind_of(value) not in _IDLE and name not in passed:
                self._add(value, name.lstrip("_"), depth, is_kept=True)
        for of_class in self._around.of_classes(kind):
            for name, value in of_class.kept:
                self._add(value, name, depth, is_kept=True)
            if of_class.call:
                self._add(Method(of_class.call, layer), "", depth)

    def _add_object(self, value: Any, way: str, depth: int) -> None:
        """Look at what an object keeps, and at what calling it would do."""
        for name, part in list(attributes_of(value).items()):
            if kind_of(part) not in _IDLE:
                self._add(part, f"{way}.{name}" if way else name, depth, is_kept=True)
        if function := function_below(self._around.member(type(value), "__call__")):
            self._add(Method(function, value), way, depth)

    def _add_parts(self, value: Any, way: str, depth: int) -> None:
        """Look at the parts of a list, a dictionary, or another such thing."""
        pairs: Iterable[tuple[Any, Any]] = value.items() if isinstance(value, Mapping) else enumerate(value)
        for number, (key, part) in enumerate(itertools.islice(pairs, 10 * _MOST + 1)):
            if number == 10 * _MOST:
                self.is_complete = False
            self._add(part, f"{way}.{key}" if way else str(key), depth)

    def _add_references(self, value: Any, depth: int) -> None:
        """Look at what a function refers to, at its defaults, and at what is bound to it."""
        owner: Any = MISSING
        if isinstance(value, functools.partial):
            self._add(value.func, "", depth)
            self._add_parts(value.args, "", depth)
            self._add_parts(value.keywords, "", depth)
            return
        if isinstance(value, (MethodType, Method)):
            owner = value.owner if isinstance(value, Method) else value.__self__
            if isinstance(value, MethodType) and kind_of(owner) is Kind.LAYER and value.__name__ in _WHOLE:
                self._add(owner, "", depth)
                return
            value = value.function if isinstance(value, Method) else value.__func__
        function = function_below(value)
        if function is None:
            for taken in taken_around(value):
                self._add(taken, "", depth)
            return
        for name, default in defaults(function):
            self._add(default, name, depth)
        for reference in self._around.references(function):
            is_self = reference.kind == "self"
            found = owner if is_self else around(function, reference)
            if found is not MISSING:
                self._follow(found, reference.name, reference.attributes, depth, is_self=is_self)

    def _follow(self, value: Any, way: str, attributes: Sequence[str], depth: int, *, is_self: bool) -> None:
        """Look at what attributes lead to, one after the other; without any, at the value itself."""
        for number, name in enumerate(attributes):
            match kind_of(value):
                case Kind.MODULE:
                    inner = MISSING if is_foreign(value.__name__) else vars(value).get(name, MISSING)
                case Kind.LAYER if not (is_self and number == 0) and not self._is_own(value):
                    is_tracked = id(value) in self._tracked.layers
                    if is_tracked and name in _WHOLE:
                        break
                    if is_tracked or self._is_around(value):
                        inner = kept_attribute(value, name)
                        if kind_of(inner) not in {Kind.LAYER, Kind.VARIABLE}:
                            return
                    elif name in _WHOLE:
                        break
                    elif name in {"layers", "get_layer"}:
                        self.is_complete = False  # which one is not known
                        return
                    else:
                        inner = kept_attribute(value, name)
                case Kind.VARIABLE | Kind.TENSOR:
                    if name in _NO_VALUE:
                        return
                    break
                case Kind.LAYER | Kind.OBJECT:
                    inner = attribute_of(value, name)
                    if inner is MISSING:
                        self._add_member(value, self._around.member(type(value), name), name, depth)
                        return
                case Kind.CLASS:
                    self._add_member(MISSING, self._around.member(value, name), name, depth)
                    return
                case Kind.CONTAINER:
                    break
                case _:
                    return
            if inner is MISSING:
                return
            way = name if is_self and number == 0 else f"{way}.{name}"
            value = inner
        self._add(value, way.lstrip("_"), depth)

    def _add_member(self, owner: Any, member: Any, name: str, depth: int) -> None:
        """Look at what an object has by its class: a method or property, as far as it is its user's, or a value."""
        if isinstance(member, (property, functools.cached_property)):
            member = member.fget if isinstance(member, property) else member.func
        elif isinstance(member, (staticmethod, classmethod)):
            member = member.__func__
        function = function_below(member)
        if function is not None:
            self._add(Method(function, owner), "", depth)
        elif kind_of(member) is not Kind.FUNCTION:
            self._add(member, name, depth)

    def _is_own(self, layer: Any) -> bool:
        return layer is self._layer
