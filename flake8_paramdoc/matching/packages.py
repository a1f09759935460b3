"""Packages and modules beside Keras that are gone, where they are imported or read as attributes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.changes import PACKAGES
from flake8_paramdoc.matching.finding import Match
from flake8_paramdoc.reading.keras_packages import KerasPackage
from flake8_paramdoc.reading.origins import imported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flake8_paramdoc.changes.shapes import PackagesRemoved
    from flake8_paramdoc.matching.target import Target
    from flake8_paramdoc.reading.collected import Reading

_CONTRIB = "tensorflow.contrib"

WATCHED = frozenset(
    {"contrib", *(name.rpartition(".")[2] for name in PACKAGES if name.startswith("tensorflow.compat.v1.layers."))}
)
"""The attributes that may be such a module, or something of one."""

_ROOTS = frozenset(name.partition(".")[0] for name in PACKAGES)


def match_packages(reading: Reading, target: Target) -> Iterator[Match]:
    """Yield the imports and attributes of what is gone."""
    for node, _ in reading.imports:
        yield from (match for match in _imported(node, target) if not reading.guards.cover(node))
    for attribute, scope in reading.attributes:
        if attribute.attr not in WATCHED:
            continue
        for meaning in imported(attribute, scope):
            found: ast.AST | None = attribute
            name = meaning.dotted
            if name == _CONTRIB:
                name, found = f"{_CONTRIB}.keras", _keras_of(attribute, reading.tree)
            change = PACKAGES.get(name)
            applies = change is not None and not change.only_imports and target.applies(change, KerasPackage.KERAS)
            if change is not None and applies and found is not None and not reading.guards.cover(attribute):
                yield Match(found, change, change.message(name))


def _imported(node: ast.Import | ast.ImportFrom, target: Target) -> Iterator[Match]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield from _named(alias.name, alias, target)
    elif node.module and not node.level and node.module.partition(".")[0] in _ROOTS:
        of_module = list(_named(node.module, node, target, module=True))
        yield from of_module
        if not of_module:
            for alias in node.names:
                yield from _named(f"{node.module}.{alias.name}", alias, target, whole=True)


def _named(name: str, node: ast.AST, target: Target, *, module: bool = False, whole: bool = False) -> Iterator[Match]:
    """Yield what is gone of the name of a module, or of a module that it is in.

    :param whole: whether it may be a name in a module, which importing alone does not find.
    """
    found = _change(name)
    if found is None:
        return
    package, change = found
    if target.applies(change, KerasPackage.KERAS) and not (whole and change.only_imports):
        yield Match(node, change, change.message(package), module=module)


def _change(name: str) -> tuple[str, PackagesRemoved] | None:
    while name:
        if name in PACKAGES:
            return name, PACKAGES[name]
        name = name.rpartition(".")[0]
    return None


def _keras_of(contrib: ast.Attribute, tree: ast.AST) -> ast.AST | None:
    """Return the attribute ``keras`` of an expression ``tf.contrib``; few files have one, so that it is looked for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.value is contrib and node.attr == "keras":
            return node
    return None
