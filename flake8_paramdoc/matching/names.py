"""Names that have changed, where they are spelled: in an import, as an attribute, or behind a star import."""

from __future__ import annotations

import ast
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from flake8_paramdoc.changes import CALLED, MODULES, NAMES, OLD_NAMES, is_old_pair, moved, public
from flake8_paramdoc.changes.keras_names import ALIASES
from flake8_paramdoc.changes.shapes import NameChange
from flake8_paramdoc.matching.finding import Match, Site
from flake8_paramdoc.matching.mentions import Mentions
from flake8_paramdoc.matching.namespaces import in_namespace
from flake8_paramdoc.matching.stores import Stores
from flake8_paramdoc.reading.keras_packages import origin
from flake8_paramdoc.reading.origins import imported
from flake8_paramdoc.reading.scopes import asked_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flake8_paramdoc.matching.target import Target
    from flake8_paramdoc.reading.collected import Reading
    from flake8_paramdoc.reading.keras_packages import KerasPackage, Origin
    from flake8_paramdoc.reading.scopes import Names


class _Old(NamedTuple):
    """An old name, and what is said of it."""

    change: NameChange
    message: str
    name: str
    """The name within the change's module."""
    package: KerasPackage

    def match(self, node: ast.AST, scope: Names, *, module: bool = False) -> Match:
        """Return the match of a node that spells the name."""
        return Match(node, self.change, self.message, module=module, site=Site(scope, self.package, self.name))


_TODAY = frozenset(new for old, new in ALIASES.items() if old.startswith("keras.engine."))
"""Where what stood in ``keras.engine`` is found today, which is no one module."""


def match_names(reading: Reading, target: Target) -> Iterator[Match]:
    """Yield the names of an old form."""
    mentions = Mentions(reading.tree)
    for match in _spelled(reading, target):
        still_there = isinstance(match.change, NameChange) and match.change.still_there
        if not (still_there and mentions.only_asked(match.node)) and not reading.guards.cover(match.node):
            yield match


def _spelled(reading: Reading, target: Target) -> Iterator[Match]:
    calls = _Calls(reading)
    stores = Stores(reading)
    for node, scope in reading.imports:
        if isinstance(node, ast.Import):
            yield from _match_import(node, scope, target)
        else:
            yield from _match_import_from(node, scope, reading, target)
    inner: set[int] = set()
    for attribute, scope in reading.attributes:
        if attribute.attr not in OLD_NAMES or id(attribute) in inner or not _leads(attribute, scope, reading):
            continue
        if stores.define(attribute, scope):
            continue
        for match in _match_use(attribute, scope, target, called=calls.call(attribute)):
            if match.change.code.startswith("KER9") and _is_in_old_module(attribute, scope):
                continue  # it still works, but not from there
            part: ast.expr = attribute
            while isinstance(part, ast.Attribute):
                part = part.value
                inner.add(id(part))
            yield match
    if "getattr" in reading.called:
        yield from _asked_for(reading, target)
    for name, scope in reading.names:
        # Bound by name, it was spelled there.
        if not _is_bound(name.id, scope):
            yield from _match_use(name, scope, target, called=calls.call(name))


def _asked_for(reading: Reading, target: Target) -> Iterator[Match]:
    """Yield old names that ``getattr`` is asked for, without a default."""
    for call, scope in reading.calls:
        if asked_for(call, scope) in OLD_NAMES:
            for match in _match_use(call, scope, target, called=False):
                # The text is the old name; nothing is written for it.
                yield match._replace(node=call.args[1], site=None)


class _Calls:
    """What a file calls. Few files have something for which that counts, so that it is gathered when asked."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    @cached_property
    def _called(self) -> frozenset[int]:
        return frozenset(id(call.func) for call, _ in self._reading.calls)

    def call(self, node: ast.expr) -> bool:
        return id(node) in self._called


def _leads(attribute: ast.Attribute, scope: Names, reading: Reading) -> bool:
    """Tell whether an attribute may be an old name, by what stands before it."""
    value = attribute.value
    if type(value) is ast.Attribute:
        return is_old_pair(value.attr, attribute.attr)
    if type(value) is not ast.Name:
        return False
    anywhere = reading.stands_for(value.id)
    if anywhere is not None and not any(_is_old(f"{dotted}.{attribute.attr}") for dotted in anywhere):
        return False  # said without asking each scope
    return any(_is_old(f"{meaning.dotted}.{attribute.attr}") for meaning in imported(value, scope))


@lru_cache(maxsize=4096)
def _is_old(dotted: str) -> bool:
    where = origin(dotted)
    if where is None:
        return False
    names = (where.name, moved(where.name))
    return any(name in NAMES or name in MODULES or name in CALLED for name in names)


def _match_import(node: ast.Import, scope: Names, target: Target) -> Iterator[Match]:
    for alias in node.names:
        where = origin(alias.name)
        found = _module(where, target) if where is not None else None
        if found is not None:
            yield found.match(alias, scope)


def _match_import_from(node: ast.ImportFrom, scope: Names, reading: Reading, target: Target) -> Iterator[Match]:
    if node.level or not node.module:
        return
    where = origin(node.module)
    of_module = _module(where, target) if where is not None else None
    module_is_old = False
    for alias in node.names:
        member = origin(f"{node.module}.{alias.name}")
        found = _member(member, target) if member is not None and alias.name != "*" else None
        if found is not None and of_module is not None and found.change.code.startswith("KER9"):
            found = None  # it still works, but not from here
        if found is not None and member is not None and moved(member.name) in CALLED:
            found = _called_or_module(alias, member, found, reading, target)
        if found is not None:
            yield found.match(alias, scope)
        else:
            module_is_old = True
    if module_is_old and of_module is not None:
        message = of_module.message
        names = [public(f"{where.name}.{alias.name}") for alias in node.names] if where is not None else []
        if where is not None and names and all(name in _TODAY for name in names):
            # The new place of each name says more than that of the module.
            told = " and ".join(dict.fromkeys(names))
            message = in_namespace(f"{message.partition(': ')[0]}: use {told}", where.package)
        yield of_module._replace(message=message).match(node, scope, module=True)


def _called_or_module(alias: ast.alias, member: Origin, found: _Old, reading: Reading, target: Target) -> _Old | None:
    """Tell the function ``merge`` of Keras 1 from the module of Keras 2, whose members the file uses."""
    if member.name not in MODULES:
        return found
    name = alias.asname or alias.name
    members = (node.value for node in ast.walk(reading.tree) if isinstance(node, ast.Attribute))
    if not any(isinstance(value, ast.Name) and value.id == name for value in members):
        return found
    return _change(member, MODULES[member.name], member.name, target)


def _match_use(node: ast.expr, scope: Names, target: Target, *, called: bool) -> Iterator[Match]:
    found: _Old | None = None
    for meaning in imported(node, scope):
        where = origin(meaning.dotted)
        one = _used(where, target, called=called) if where is not None else None
        if one is None or meaning.guarded or (found is not None and found[:2] != one[:2]):
            return
        found = one
    if found is not None:
        yield found.match(node, scope)


def _is_in_old_module(node: ast.Attribute, scope: Names) -> bool:
    places = [origin(meaning.dotted) for meaning in imported(node, scope)]
    return any(where is not None and moved(where.name) != where.name for where in places)


def _used(where: Origin, target: Target, *, called: bool) -> _Old | None:
    name = moved(where.name)
    if name in CALLED and (called or where.name in MODULES):
        # A call is told by its arguments.
        return None if called else _change(where, MODULES[where.name], where.name, target)
    return _member(where, target)


def _member(where: Origin, target: Target) -> _Old | None:
    for name in (where.name, moved(where.name)):
        # Of what moved, the module is told first.
        if name in NAMES and (name == where.name or not NAMES[name].only_in_tensorflow):
            return _change(where, NAMES[name], name, target)
    return _change(where, MODULES[where.name], where.name, target) if where.name in MODULES else None


def _module(where: Origin, target: Target) -> _Old | None:
    """Return the change of a module, or of one that it is in."""
    name = where.name
    while name:
        for table in (MODULES, NAMES):
            if name in table:
                return _change(where, table[name], name, target)
        name = name.rpartition(".")[0]
    return None


def _change(where: Origin, change: NameChange, name: str, target: Target) -> _Old | None:
    if not target.applies(change, where.package):
        return None
    told = name[len(change.module) + 1 :]
    return _Old(change, in_namespace(change.message(told), where.package), told, where.package)


def _is_bound(name: str, scope: Names) -> bool:
    around: Names | None = scope
    while around is not None:
        if name in around.bindings:
            return True
        around = around.outer
    return False
