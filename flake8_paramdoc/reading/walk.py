"""One walk through a tree: it collects what may be outdated, and tells each scope what may bind names in it.

There is no recursion: a sum of ten thousand terms is as deep as its tree, deeper than Python's stack. The walk goes in
the order of the source, so that a star import is known before what follows it.

It is most of what linting costs, so that nothing is found out here which may not be asked for: the scopes find out what
their names stand for, and the guards which branches are for one version of Keras, when the first question comes.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from flake8_paramdoc.changes import brings
from flake8_paramdoc.reading.binding import bind_assigned
from flake8_paramdoc.reading.collected import Reading
from flake8_paramdoc.reading.keras_packages import is_keras
from flake8_paramdoc.reading.nodes import HANDLERS, note_package, parts
from flake8_paramdoc.reading.scopes import Names

if TYPE_CHECKING:
    from collections.abc import Container

    from flake8_paramdoc.reading.nodes import Stack


def read(tree: ast.AST, module: Names, watched: Container[str] = ()) -> Reading:
    """Walk through a tree once, and record in ``module`` what its names stand for."""
    reading = Reading(tree, watched, goes_on=module.outer is not None)
    calls, attributes = reading.calls.append, reading.attributes.append
    aliases, made, texts = reading.aliases.add, reading.made.add, reading.texts_bound.add
    scope = module
    module.node = tree
    stack: Stack = [tree]
    pop, push = stack.pop, stack.append
    while stack:
        node: Any = pop()
        kind = type(node)
        # The most frequent come first, and without a call of a function: they are nine of ten.
        if kind is ast.Constant:
            continue
        if kind is ast.Name:
            if reading.has_stars and node.id in watched and type(node.ctx) is ast.Load:
                reading.names.append((node, scope))
        elif kind is ast.Attribute:
            if node.attr in watched:
                attributes((node, scope))
            value = node.value
            if type(value) is not ast.Name or reading.has_stars:
                push(value)
        elif kind is ast.Call:
            calls((node, scope))
            if node.keywords:
                for keyword in reversed(node.keywords):
                    push(keyword.value)
            if node.args:
                stack += reversed(node.args)
            push(node.func)
        elif kind is ast.Assign:
            scope.later(bind_assigned, node)
            value = node.value
            kind = type(value)
            for target in node.targets:
                if type(target) is not ast.Name:
                    push(target)
                    if type(target) is ast.Tuple:
                        reading.iterated.append((value, scope))
                elif kind is ast.Call:
                    made(target.id)
                    if type(value.func) is ast.Name and value.func.id == "getattr":
                        aliases(target.id)
                elif kind is ast.Name or kind is ast.Attribute:
                    aliases(target.id)
                elif kind is ast.JoinedStr or kind is ast.BinOp or kind is ast.Constant:
                    texts(target.id)
            push(value)
        elif kind is Names:
            scope = node
        elif (handler := HANDLERS.get(kind)) is not None:
            handler(node, scope, reading, stack)
        else:
            stack += parts(node)
    if module.outer is not None:
        _note_given(reading, module)
    return reading


def _note_given(reading: Reading, module: Names) -> None:
    """Record the packages of Keras that calls use which were imported before the first line."""
    roots: set[str] = set()
    for call, _ in reading.calls:
        func: ast.expr = call.func
        while type(func) is ast.Attribute:
            func = func.value
        if type(func) is ast.Name:
            roots.add(func.id)
    for name in roots - module.bindings.keys():
        for meaning in module.resolve(ast.Name(name), brings):
            if is_keras(meaning.dotted):
                note_package(meaning.dotted, reading)
