"""What a file does to its models and layers, in the order of the source: compile, freeze, call and train them.

A model is the same where the same name or attribute of ``self`` holds it, where a function of the file returns it, and
where the file passes it to a function under another name.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from flake8_paramdoc.changes.keras_names import LAYER, MODEL, kinds
from flake8_paramdoc.matching.tensor_kinds import LIVE
from flake8_paramdoc.reading.bound_before import bound_before, frame_of
from flake8_paramdoc.reading.object_types import holder
from flake8_paramdoc.reading.origins import defined
from flake8_paramdoc.reading.scopes import Element, Names, Parameter, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flake8_paramdoc.reading.collected import Reading
    from flake8_paramdoc.reading.object_types import Instance, Values
    from flake8_paramdoc.reading.scopes import Definition

_MOST_STEPS = 8
"""Through how many functions a model is followed."""

_TRAINING = frozenset({"fit", "fit_generator", "train_on_batch"})

Held: TypeAlias = "tuple[int, str]"
"""What identifies a model or layer: where it is held, and under which name."""


class Act(Enum):
    """What is done to a model or layer."""

    COMPILED = "compile"
    FROZEN = "trainable = False"
    THAWED = "trainable = True"
    PART_FROZEN = "layers[...].trainable = False"
    PART_THAWED = "layers[...].trainable = True"
    TRAINED = "fit"
    GROWN = "add"
    CALLED = "call"


class Event(NamedTuple):
    """One act."""

    act: Act
    node: ast.expr
    """Where it is written: the attribute or the call."""
    frame: Names
    """The function or module that it is written in."""
    written: ast.expr
    """What it is done to, as it is written."""

    @property
    def place(self) -> tuple[int, int]:
        """The line and the column, which tell the order."""
        return self.node.lineno, self.node.col_offset


class Events:
    """The acts of one file, by what they are done to."""

    def __init__(self, reading: Reading, values: Values) -> None:
        """Collect them."""
        self._reading = reading
        self._values = values
        self.of: dict[Held, list[Event]] = defaultdict(list)
        doubtful: list[tuple[Held, Event]] = []
        for held, event, is_known in (*self._stores(), *self._calls()):
            if is_known:
                self.of[held].append(event)
            else:
                doubtful.append((held, event))
        for held, event in doubtful:
            # What a function is given is known where it was made.
            if held in self.of:
                self.of[held].append(event)
        for events in self.of.values():
            events.sort(key=lambda event: event.place)

    def keras_class(self, node: ast.expr, scope: Names) -> Instance | None:
        """Return the class of a model or layer of Keras 3."""
        found = self._values.keras_class(self._values.of(node, scope))
        return found if found is not None and found.package in LIVE and LAYER in kinds(found.name) else None

    def _is_model(self, node: ast.expr, scope: Names) -> bool:
        found = self.keras_class(node, scope)
        return found is not None and MODEL in kinds(found.name)

    def _stores(self) -> Iterator[tuple[Held, Event, bool]]:
        for node, scope in self._reading.attributes:
            if node.attr != "trainable" or not isinstance(node.ctx, ast.Store):
                continue
            value = self._assigned.get(id(node))
            if not isinstance(value, ast.Constant) or not isinstance(value.value, bool):
                continue
            whole, owner, around = self._whole(node.value, scope)
            held = self.identity(owner, around)
            if held is None:
                continue
            acts = (Act.THAWED, Act.FROZEN) if whole else (Act.PART_THAWED, Act.PART_FROZEN)
            act = acts[value.value is False]
            yield held, Event(act, node, frame_of(scope), owner), self.keras_class(owner, around) is not None

    @cached_property
    def _assigned(self) -> dict[int, ast.expr]:
        """The values that are assigned to attributes, by the attribute."""
        return {
            id(target): node.value
            for node in ast.walk(self._reading.tree)
            if isinstance(node, ast.Assign)
            for target in node.targets
        }

    def _whole(self, node: ast.expr, scope: Names) -> tuple[bool, ast.expr, Names]:
        """Return whether something is a model itself, or a layer of one; and the model."""
        if isinstance(node, ast.Name):
            for binding in bound_before(node, scope)[0]:
                if isinstance(binding, Element):
                    layers = _listed(binding.node)
                    return (True, node, scope) if layers is None else (False, layers, binding.scope)
        layers = _listed(node)
        return (True, node, scope) if layers is None else (False, layers, scope)

    def _calls(self) -> Iterator[tuple[Held, Event, bool]]:
        for call, scope in self._reading.calls:
            func = call.func
            if isinstance(func, ast.Attribute):
                act = (
                    Act.COMPILED
                    if func.attr == "compile"
                    else Act.TRAINED
                    if func.attr in _TRAINING
                    else Act.GROWN
                    if func.attr == "add"
                    else None
                )
                if act is not None:
                    held = self.identity(func.value, scope)
                    if held is not None:
                        yield held, Event(act, func, frame_of(scope), func.value), self._is_model(func.value, scope)
                    continue
            if isinstance(func, (ast.Name, ast.Attribute)) and self.keras_class(func, scope) is not None:
                held = self.identity(func, scope)
                if held is not None:
                    yield held, Event(Act.CALLED, func, frame_of(scope), func), True

    def identity(self, node: ast.expr, scope: Names, steps: int = 0) -> Held | None:
        """Return what identifies the object that an expression gives; ``None`` for what no name holds."""
        if steps > _MOST_STEPS:
            return None
        if isinstance(node, ast.Name):
            bindings = list(scope.lookup(node.id, lambda _: False))
            if len(bindings) == 1:
                further = self._further(node.id, bindings[0], scope, steps)
                if further is not None:
                    return further
        return holder(node, scope)

    def _further(self, name: str, binding: object, scope: Names, steps: int) -> Held | None:
        """Return what identifies the same object under its first name."""
        if isinstance(binding, Value):
            if isinstance(binding.node, (ast.Name, ast.Attribute)):
                return self.identity(binding.node, binding.scope, steps + 1)
            if isinstance(binding.node, ast.Call):
                made = defined(binding.node.func, binding.scope)
                if made is not None and len(made.inside.returns) == 1:
                    [returned] = made.inside.returns
                    return self.identity(returned, made.inside, steps + 1) if isinstance(returned, ast.Name) else None
        if isinstance(binding, Parameter) and binding.owner is None:
            function = scope
            while function.outer is not None and name not in function.bindings:
                function = function.outer
            passed = {
                self.identity(argument, around, steps + 1) for argument, around in self._passed(name, function.node)
            }
            return passed.pop() if len(passed) == 1 else None
        return None

    def _passed(self, name: str, node: ast.AST | None) -> Iterator[tuple[ast.expr, Names]]:
        """Yield what the file passes for a parameter of one of its functions."""
        if not isinstance(node, ast.FunctionDef):
            return
        names = [arg.arg for arg in (*node.args.posonlyargs, *node.args.args)]
        for call, scope in self._by_name.get(node.name, ()):
            made: Definition | None = defined(call.func, scope)
            if made is None or made.node is not node:
                continue
            for keyword in call.keywords:
                if keyword.arg == name:
                    yield keyword.value, scope
            place = names.index(name) if name in names else len(call.args)
            if place < len(call.args) and not any(isinstance(arg, ast.Starred) for arg in call.args):
                yield call.args[place], scope

    @cached_property
    def _by_name(self) -> dict[str, list[tuple[ast.Call, Names]]]:
        found: dict[str, list[tuple[ast.Call, Names]]] = defaultdict(list)
        for call, scope in self._reading.calls:
            if isinstance(call.func, ast.Name) and call.func.id in self._reading.functions:
                found[call.func.id].append((call, scope))
        return found


def _listed(node: ast.expr) -> ast.expr | None:
    """Return the model of ``model.layers``, of a part of them, or of one of them; ``None`` for anything else."""
    while isinstance(node, ast.Subscript):
        node = node.value
    if isinstance(node, ast.Attribute) and node.attr == "layers":
        return node.value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get_layer":
        return node.func.value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "reversed" and node.args:
        return _listed(node.args[0])
    return None
