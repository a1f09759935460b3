"""Where a file's Keras tensors go: from ``Input()`` and layers through names, operators, lists and functions.

A name stands for what was bound before it: ``x`` of ``x = Dense(3)(x)`` is what stood before. A parameter of a function
is a Keras tensor where the file passes one, or where the function makes a layer with weights and calls it on that
parameter: nobody makes such layers anew for each batch of numbers.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from flake8_paramdoc.changes.keras_names import LAYER, kinds
from flake8_paramdoc.matching.callees import layer_call
from flake8_paramdoc.matching.own_functions import called_self, is_in_derived, passed_for
from flake8_paramdoc.matching.tensor_kinds import (
    AT_NODES,
    LISTING,
    LIVE,
    NO_TENSORS,
    OF_TENSORS,
    PASS_ON,
    SAME,
    WEIGHTED,
)
from flake8_paramdoc.reading.binding import bind_comprehension
from flake8_paramdoc.reading.bound_before import bound_before, frame_of
from flake8_paramdoc.reading.keras_packages import origin
from flake8_paramdoc.reading.object_types import Instance, Local
from flake8_paramdoc.reading.origins import defined, imported
from flake8_paramdoc.reading.scopes import Definition, Element, Item, Names, Parameter, ScopeKind, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flake8_paramdoc.reading.collected import Reading
    from flake8_paramdoc.reading.object_types import Values
    from flake8_paramdoc.reading.scopes import Binding

_MOST_STEPS = 40
"""How deep expressions are followed; what was found before costs no step."""

_MOST_TIMES = 3
"""How often an expression is followed that leads back to one that is just followed."""

_Source: TypeAlias = "tuple[int, str]"
_Flow: TypeAlias = "frozenset[_Source]"

_SURE: _Source = (0, "")
_MADE: _Source = (0, "?")
"""What a function of which nothing is known made of a Keras tensor: a tensor, where a layer with weights takes it."""
_NOTHING: _Flow = frozenset()
_TENSOR: _Flow = frozenset({_SURE})


class Tensors:
    """The Keras tensors of one file."""

    def __init__(self, reading: Reading, values: Values) -> None:
        """Start with nothing known."""
        self._reading = reading
        self._values = values
        self._found: dict[int, _Flow] = {}
        self._open: dict[int, int] = {}
        self._lowest = _MOST_STEPS
        self._asked: dict[int, int] = {}
        self._frames: set[int] = set()
        self._functions: dict[int, Names] = {}
        self._fed: set[_Source] = set()
        self._passed: dict[_Source, _Flow] = {}
        self._depth = 0

    def has(self, node: ast.expr, scope: Names) -> bool:
        """Tell whether an expression gives a Keras tensor, or a list with one in it."""
        frame = frame_of(scope)
        self._prepare(frame)
        flow = self._of(node, scope)
        if _SURE in flow:
            return True
        for function, _ in flow - {_MADE}:
            self._prepare(self._functions[function])
        # What was found while callers were still looked at may have come too early for them.
        return not self._fed.isdisjoint(flow) or any(_SURE in self._passed.get(source, _NOTHING) for source in flow)

    def _prepare(self, frame: Names) -> None:
        """Follow all calls of a function, or of the module, in the order of the source: then no way is long."""
        if id(frame) in self._frames:
            return
        self._frames.add(id(frame))
        for call, scope in self._calls.get(id(frame), ()):
            self._of(call, scope)

    @cached_property
    def _calls(self) -> dict[int, list[tuple[ast.Call, Names]]]:
        found: dict[int, list[tuple[ast.Call, Names]]] = defaultdict(list)
        for call, scope in self._reading.calls:
            found[id(frame_of(scope))].append((call, scope))
        return found

    def _of(self, node: ast.expr, scope: Names) -> _Flow:
        key = id(node)
        found = self._found.get(key)
        if found is not None:
            return found
        if key in self._open:
            self._lowest = min(self._lowest, self._open[key])
            return _NOTHING
        if self._depth > _MOST_STEPS:
            return _NOTHING
        above, self._lowest = self._lowest, _MOST_STEPS
        depth = self._open[key] = self._depth
        self._depth += 1
        try:
            found = self._follow(node, scope)
        finally:
            self._depth -= 1
            del self._open[key]
        # What was found of a node that is still looked for is not all, so that it is asked again.
        asked = self._asked[key] = self._asked.get(key, 0) + 1
        if self._lowest >= depth or asked > _MOST_TIMES:
            self._found[key] = found
        self._lowest = min(above, self._lowest) if self._lowest < depth else above
        return found

    def _follow(self, node: ast.expr, scope: Names) -> _Flow:
        match node:
            case ast.Name():
                return self._of_name(node, scope)
            case ast.Call():
                return self._of_call(node, scope)
            case ast.Attribute():
                return self._of_attribute(node, scope)
            case ast.Subscript() | ast.Starred() | ast.NamedExpr():
                return self._of(node.value, scope)
            case ast.BinOp():
                return self._of(node.left, scope) | self._of(node.right, scope)
            case ast.UnaryOp():
                return _NOTHING if isinstance(node.op, ast.Not) else self._of(node.operand, scope)
            case ast.IfExp():
                return self._of(node.body, scope) | self._of(node.orelse, scope)
            case ast.Compare():
                return self._of_comparison(node, scope)
            case ast.List() | ast.Tuple() | ast.Set():
                return self._of_all(node.elts, scope)
            case ast.ListComp() | ast.GeneratorExp():
                inside = Names(scope, ScopeKind.COMPREHENSION)
                inside.later(bind_comprehension, node)
                return self._of(node.elt, inside)
        return _NOTHING

    def _of_all(self, nodes: Iterable[ast.expr], scope: Names) -> _Flow:
        return frozenset().union(*(self._of(node, scope) for node in nodes))

    def _of_comparison(self, node: ast.Compare, scope: Names) -> _Flow:
        if any(isinstance(op, (ast.Is, ast.IsNot, ast.In, ast.NotIn)) for op in node.ops):
            return _NOTHING
        return self._of_all((node.left, *node.comparators), scope)

    def _of_attribute(self, node: ast.Attribute, scope: Names) -> _Flow:
        if isinstance(node.value, ast.Name) and node.value.id == called_self(scope):
            kept = self._kept_on_object(node.attr, scope)
            if kept is not None:
                return kept
        if node.attr not in AT_NODES:
            return self._of(node.value, scope) if node.attr == "T" else _NOTHING
        owner = node.value
        if isinstance(owner, ast.Call) and isinstance(owner.func, ast.Attribute) and owner.func.attr == "get_layer":
            owner = owner.func.value
        found = self._values.of(owner, scope)
        is_layer = isinstance(found, Instance) and found.package in LIVE and LAYER in kinds(found.name)
        return _TENSOR if is_layer else _NOTHING

    def _kept_on_object(self, name: str, scope: Names) -> _Flow | None:
        """Return what a class that derives from none keeps in an attribute; ``None``: it does not keep it."""
        owner: Names | None = scope
        while owner is not None and owner.kind is not ScopeKind.CLASS:
            owner = owner.outer
        kept = owner.attributes.get(name) if owner is not None else None
        if not kept or owner is None or is_in_derived(owner):
            return None
        flows = [self._of(value.node, value.scope) & _TENSOR for value in kept]
        return _TENSOR if all(flows) else _NOTHING

    def _of_name(self, node: ast.Name, scope: Names) -> _Flow:
        bindings, holder = bound_before(node, scope)
        if holder is None:
            return _NOTHING
        # Whichever branches ran, and of what is called later, any of them may count.
        found = _NOTHING
        for binding in bindings:
            flow, leads_back = self._of_one(binding, node.id, holder)
            if not flow and not leads_back:
                return _NOTHING
            found |= flow
        return found

    def _of_one(self, binding: Binding, name: str, holder: Names) -> tuple[_Flow, bool]:
        """Return what one binding gives, and whether it leads back to what is just followed: that says nothing."""
        above, self._lowest = self._lowest, _MOST_STEPS
        flow = self._of_binding(binding, name, holder)
        leads_back = self._lowest < _MOST_STEPS
        self._lowest = min(above, self._lowest)
        return flow, leads_back

    def _of_binding(self, binding: Binding, name: str, holder: Names) -> _Flow:
        match binding:
            case Value():
                return self._of_value(binding, name, holder)
            case Item(node=ast.Tuple(elts=items)):
                return self._of(items[binding.place], binding.scope) if binding.place < len(items) else _NOTHING
            case Item() | Element():
                place = binding.place if isinstance(binding, Item) else None
                if isinstance(binding.node, ast.Call) and place is not None:
                    return self._of_call(binding.node, binding.scope, place)
                return self._of(binding.node, binding.scope)
            case Parameter():
                return self._of_parameter(name, binding, holder)
        return _NOTHING

    def _of_value(self, binding: Value, name: str, holder: Names) -> _Flow:
        node = binding.node
        flow = self._of(node, binding.scope)
        if isinstance(node, ast.List) or (isinstance(node, ast.Call) and _name(node.func) == "list"):
            for call, scope in self._listed.get(name, ()):
                if frame_of(scope) is holder:
                    flow |= self._of_all(call.args, scope)
        if not isinstance(node, ast.Call) or any(not source[1].startswith("?") for source in flow):
            return flow
        # x = f(x): a function of which nothing is known goes on with what it is given.
        same = [arg for arg in node.args if isinstance(arg, ast.Name) and arg.id == name]
        return self._of(same[0], binding.scope) if same and self._is_unknown(node.func, binding.scope) else flow

    @cached_property
    def _listed(self) -> dict[str, list[tuple[ast.Call, Names]]]:
        """By the name of a list, the calls that put something into it."""
        found: dict[str, list[tuple[ast.Call, Names]]] = defaultdict(list)
        for call, scope in self._reading.calls:
            func = call.func
            if isinstance(func, ast.Attribute) and func.attr in LISTING and isinstance(func.value, ast.Name):
                found[func.value.id].append((call, scope))
        return found

    def _is_unknown(self, func: ast.expr, scope: Names) -> bool:
        """Tell whether the file does not say what a function is: imported from elsewhere, a parameter or a method."""
        meanings = imported(func, scope)
        if meanings:
            return all(
                origin(meaning.dotted) is None and not meaning.dotted.startswith(("tensorflow", "numpy"))
                for meaning in meanings
            )
        if isinstance(func, ast.Name):
            bindings, holder = bound_before(func, scope)
            return holder is not None and bool(bindings) and all(isinstance(one, Parameter) for one in bindings)
        root = func
        while isinstance(root, ast.Attribute):
            root = root.value
        return _name(root) == called_self(scope) and self._method(func, scope) is None

    def _of_call(self, call: ast.Call, scope: Names, place: int | None = None) -> _Flow:
        func = call.func
        for meaning in imported(func, scope):
            return self._of_imported(meaning.dotted, call, scope)
        layer = layer_call(func, scope, self._values)
        if layer is not None:
            return self._of_layer(layer.name.rpartition(".")[0], call, scope) if layer.package in LIVE else _NOTHING
        definition = self._definition(func, scope)
        if definition is not None:
            return self._of_function(definition, call, scope, place)
        if isinstance(func, ast.Call):
            # Something(…)(x) is how layers are called.
            return self._of_all(call.args, scope) & _TENSOR
        if self._is_unknown(func, scope):
            return _made_of(self._of_all(call.args, scope))
        return self._of_all(call.args, scope) if _name(func) in PASS_ON else _NOTHING

    def _of_imported(self, dotted: str, call: ast.Call, scope: Names) -> _Flow:
        last = dotted.rpartition(".")[2]
        where = origin(dotted)
        if where is not None:
            if where.package not in LIVE:
                return _NOTHING
            if last == "Input":
                return _TENSOR
            if not where.name.startswith(OF_TENSORS):
                return _NOTHING
        elif not dotted.startswith("tensorflow."):
            return _made_of(self._of_all(call.args, scope)) if self._is_unknown(call.func, scope) else _NOTHING
        if last[:1].isupper() or last in NO_TENSORS:
            return _NOTHING
        return self._of_arguments(call, scope)

    def _of_arguments(self, call: ast.Call, scope: Names) -> _Flow:
        return self._of_all([*call.args, *(keyword.value for keyword in call.keywords)], scope)

    def _of_layer(self, name: str, call: ast.Call, scope: Names) -> _Flow:
        flow = self._of_arguments(call, scope)
        if _SURE in flow:
            return _TENSOR
        if not (flow and name in WEIGHTED and isinstance(call.func, ast.Call)):
            return flow
        passed = {source for source in flow if not source[1].startswith("?")}
        self._fed |= passed
        return _TENSOR if passed or _MADE in flow else frozenset((function, of[1:]) for function, of in flow)

    def _definition(self, func: ast.expr, scope: Names) -> Definition | None:
        found = defined(func, scope) if isinstance(func, ast.Name) else self._method(func, scope)
        if found is None and "__call__" in self._reading.functions and not isinstance(func, ast.Attribute):
            found = self._values.method(self._values.of(func, scope), "__call__")
        return found if found is not None and not isinstance(found.node, ast.ClassDef) else None

    def _method(self, func: ast.expr, scope: Names) -> Definition | None:
        if not isinstance(func, ast.Attribute) or func.attr not in self._reading.functions:
            return None
        owner = defined(func.value, scope)
        if owner is not None and isinstance(owner.node, ast.ClassDef):
            return self._values.method(Local(owner), func.attr)
        return self._values.method(self._values.of(func.value, scope), func.attr)

    def _of_function(self, definition: Definition, call: ast.Call, scope: Names, place: int | None) -> _Flow:
        """Return what a function of the file gives, with what is passed for its parameters."""
        inside = definition.inside
        self._prepare(inside)
        flow: _Flow = _NOTHING
        for value in inside.returns:
            if place is not None and isinstance(value, ast.Tuple) and place < len(value.elts):
                value = value.elts[place]
            flow |= self._of(value, inside)
        if not self._fed.isdisjoint(flow):
            flow |= _TENSOR
        passed = _NOTHING
        for source in flow:
            if source[0] == id(inside):
                argument = passed_for(definition, call, source[1].lstrip("?"))
                given = self._of(argument, scope) if argument is not None else _NOTHING
                passed |= _made_of(given) if source[1].startswith("?") else given
        return passed | frozenset(source for source in flow if source[0] != id(inside))

    def _of_parameter(self, name: str, parameter: Parameter, holder: Names) -> _Flow:
        node = holder.node
        if parameter.owner is not None or not isinstance(node, ast.FunctionDef):
            return _NOTHING
        source = (id(holder), name)
        if source not in self._passed:
            self._functions[id(holder)] = holder
            calls = self._followed_callers(node, holder)
            self._passed[source] = _NOTHING if calls is None else frozenset({source})
            for definition, call, scope in calls or ():
                argument = passed_for(definition, call, name)
                if argument is not None:
                    self._passed[source] |= self._of(argument, scope) & {_SURE, _MADE}
        return self._passed[source]

    def _followed_callers(
        self, node: ast.FunctionDef, holder: Names
    ) -> list[tuple[Definition, ast.Call, Names]] | None:
        """Return the calls of a function; ``None`` where numbers may come there as well."""
        if not all(_name(decorator) in SAME for decorator in node.decorator_list) or node.name in self._handed_on:
            return None
        calls = list(self._callers(node))
        if any(is_in_derived(scope) for _, _, scope in calls) or is_in_derived(holder):
            return None
        return calls

    def _callers(self, node: ast.FunctionDef) -> Iterator[tuple[Definition, ast.Call, Names]]:
        for call, scope in self._by_name.get(node.name, ()):
            definition = self._definition(call.func, scope)
            if definition is not None and definition.node is node:
                yield definition, call, scope

    @cached_property
    def _by_name(self) -> dict[str, list[tuple[ast.Call, Names]]]:
        found: dict[str, list[tuple[ast.Call, Names]]] = defaultdict(list)
        for call, scope in self._reading.calls:
            name = call.func.attr if isinstance(call.func, ast.Attribute) else _name(call.func)
            if name in self._reading.functions:
                found[name].append((call, scope))
            elif "__call__" in self._reading.functions:
                found["__call__"].append((call, scope))
        return found

    @cached_property
    def _handed_on(self) -> frozenset[str]:
        """The names of functions that are passed to something, which may call them on anything."""
        arguments = [arg for call, _ in self._reading.calls for arg in (*call.args, *(k.value for k in call.keywords))]
        return frozenset(
            arg.attr if isinstance(arg, ast.Attribute) else arg.id
            for arg in arguments
            if isinstance(arg, (ast.Name, ast.Attribute))
        ) & frozenset(self._reading.functions)


def _made_of(flow: _Flow) -> _Flow:
    """Return what a function of which nothing is known makes of something."""
    return frozenset((function, f"?{name.lstrip('?')}") for function, name in flow)


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else ""
