"""Methods and attributes that have changed, of objects whose kind is known, and in classes that derive from Keras'."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.changes import MEMBERS, OLD_MEMBERS
from flake8_paramdoc.changes.keras_names import LAYER, RNN, kinds
from flake8_paramdoc.changes.shapes import Use
from flake8_paramdoc.matching.finding import Match, Site
from flake8_paramdoc.matching.namespaces import in_namespace
from flake8_paramdoc.reading.object_types import Instance, Local
from flake8_paramdoc.reading.scopes import Parameter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flake8_paramdoc.changes.shapes import MemberChange
    from flake8_paramdoc.matching.target import Target
    from flake8_paramdoc.reading.collected import Reading
    from flake8_paramdoc.reading.object_types import Values
    from flake8_paramdoc.reading.scopes import Names


def match_members(reading: Reading, values: Values, target: Target) -> Iterator[Match]:
    """Yield the members of an old form."""
    for node, scope in reading.attributes:
        if node.attr not in OLD_MEMBERS:
            continue
        owner = values.of(node.value, scope)
        base = values.keras_class(owner)
        if base is None or (values.has_own(owner, node.attr) and not isinstance(node.ctx, ast.Store)):
            continue
        use = Use.WRITTEN if isinstance(node.ctx, ast.Store) else Use.READ
        # Of an element of model.layers, nothing more is known than that it is a layer.
        any_layer = isinstance(owner, Instance) and owner.name == LAYER
        for change, kind in _changes(base, node.attr, use, target):
            if any_layer and RNN in change.but:
                continue
            if not (change.not_in_classes and _is_self(node.value, scope)) and not reading.guards.cover(node):
                listed = _listed(change, node.attr)
                message = change.message(kind, listed)
                site = Site(scope, base.package, listed)
                yield Match(node, change, in_namespace(message, base.package), site=site)
    for definition in reading.classes:
        methods = [statement for statement in definition.node.body if isinstance(statement, ast.FunctionDef)]
        defined = {method.name for method in methods}
        base = None if OLD_MEMBERS.isdisjoint(defined) else values.keras_class(Local(definition))
        if base is None:
            continue
        for method in methods:
            for change, kind in _changes(base, method.name, Use.DEFINED, target):
                # A class that defines both serves both.
                served = change.members[_listed(change, method.name)] in defined
                if not served and not reading.guards.cover(definition.node):
                    listed = _listed(change, method.name)
                    message = change.message(kind, listed)
                    site = Site(definition.scope, base.package, listed)
                    yield Match(method, change, in_namespace(message, base.package), site=site)


def _changes(base: Instance, member: str, use: Use, target: Target) -> Iterator[tuple[MemberChange, str]]:
    above = kinds(base.name)
    for kind in above:
        for change in MEMBERS.get((kind, member), ()):
            if use in change.uses and target.applies(change, base.package) and not set(change.but) & set(above):
                yield change, kind


def _listed(change: MemberChange, member: str) -> str:
    """Return a member as the change lists it: a method with its parentheses."""
    return member if member in change.members else f"{member}()"


def _is_self(node: ast.expr, scope: Names) -> bool:
    return isinstance(node, ast.Name) and any(
        isinstance(binding, Parameter) and binding.owner is not None
        for binding in scope.lookup(node.id, lambda _: False)
    )
