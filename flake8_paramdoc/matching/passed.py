"""Texts that a file passes for parameters of its own functions, where these hand them on: ``conv(x, name="a/b")``.

An argument that Keras refuses is most often not written where it is refused: a function takes it, and gives it to a
layer. It is reported there, at the layer, for that is the line that fails.
"""

from __future__ import annotations

import ast
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING

from flake8_paramdoc.changes.argument_forms import called_as
from flake8_paramdoc.reading.origins import defined
from flake8_paramdoc.reading.scopes import Parameter, Value
from flake8_paramdoc.reading.written import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flake8_paramdoc.reading.collected import Reading
    from flake8_paramdoc.reading.object_types import Values
    from flake8_paramdoc.reading.scopes import Definition, Names

_MOST_ROUNDS = 4
"""Through how many functions a text is followed."""
_MOST = 12
"""How many texts are kept of one parameter."""
_MOST_PARTS = 24
"""How many nodes a text has that is followed: what is longer is no name and no path."""


class Passed:
    """What the functions of one file are given."""

    def __init__(self, reading: Reading, values: Values) -> None:
        """Look at nothing until it is asked for."""
        self._reading = reading
        self._values = values
        self._written: dict[int, tuple[ast.expr, ast.expr]] = {}

    def written(self, node: ast.expr, scope: Names) -> ast.expr:
        """Return what an expression is written as, as `written` does, and keep it: several changes ask for it."""
        found = self._written.get(id(node))
        if found is None:
            found = self._written[id(node)] = node, written(node, scope)
        return found[1]

    @property
    def parameters(self) -> frozenset[str]:
        """The names of parameters that are given a text somewhere."""
        return self._names

    def may_be_in(self, value: ast.expr) -> bool:
        """Tell whether a text is put together of such a parameter, or of a name that may stand for it."""
        return not self.parameters.isdisjoint(_named(value))

    def texts(self, value: ast.expr, scope: Names) -> Iterator[ast.expr]:
        """Yield an expression with each text that is passed for a parameter in it, in place of the parameter."""
        if not self.parameters or isinstance(value, ast.Constant):
            return
        value = written(value, scope, defaults=False)
        for name in sorted(_named(value)):
            for text in self._of_parameter(name, scope):
                yield _Put(name, text).visit(_copied(value))

    def _of_parameter(self, name: str, scope: Names) -> list[ast.expr]:
        holder: Names | None = scope
        while holder is not None and name not in holder.bindings:
            holder = holder.outer
        if holder is None or holder.node is None or name in holder.compared:
            return []
        bindings = holder.bindings[name]
        if not any(isinstance(binding, Parameter) for binding in bindings):
            return []
        if not all(isinstance(binding, Parameter) or _is_default(binding) for binding in bindings):
            return []  # it is made another text on the way
        return self._passed.get((id(holder.node), name), [])

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(name for _, name in self._passed)

    @cached_property
    def _passed(self) -> dict[tuple[int, str], list[ast.expr]]:
        found: dict[tuple[int, str], list[ast.expr]] = {}
        if not self._has_texts():
            return found
        handed = list(self._handed())
        for _ in range(_MOST_ROUNDS):
            before = sum(map(len, found.values()))
            self.__dict__["_passed"], self.__dict__["_names"] = found, frozenset(name for _, name in found)
            for key, argument, scope in handed:
                texts = found.setdefault(key, [])
                known = {ast.dump(text) for text in texts}
                for text in (written(argument, scope), *self.texts(argument, scope)):
                    if len(texts) < _MOST and _is_text(text) and ast.dump(text) not in known:
                        texts.append(text)
                        known.add(ast.dump(text))
            if before == sum(map(len, found.values())):
                break
        return {key: texts for key, texts in found.items() if texts}

    def _has_texts(self) -> bool:
        """Tell whether a text that Keras may refuse, a name with "/" or a path, is passed to a function of the file."""
        functions = self._reading.functions
        return any(
            _is_refused(argument)
            for call, _ in self._reading.calls
            if called_as(call.func) in functions
            for argument in (*call.args, *(word.value for word in call.keywords))
        )

    def _handed(self) -> Iterator[tuple[tuple[int, str], ast.expr, Names]]:
        """Yield what is passed for each parameter of a function of the file."""
        functions = self._reading.functions
        for call, scope in self._reading.calls:
            if called_as(call.func) not in functions or not (call.args or call.keywords):
                continue
            definition = self._definition(call.func, scope)
            if definition is None or isinstance(definition.node, ast.ClassDef):
                continue
            args = definition.node.args
            names = [arg.arg for arg in (*args.posonlyargs, *args.args)]
            if isinstance(call.func, ast.Attribute) and names and definition.inside.first == names[0]:
                del names[0]
            node = id(definition.node)
            for name, argument in zip(names, call.args, strict=False):
                if isinstance(argument, ast.Starred):
                    break
                yield (node, name), argument, scope
            for word in call.keywords:
                if word.arg is not None:
                    yield (node, word.arg), word.value, scope

    def _definition(self, func: ast.expr, scope: Names) -> Definition | None:
        if isinstance(func, ast.Attribute):
            return self._values.method(self._values.of(func.value, scope), func.attr)
        return defined(func, scope)


class _Put(ast.NodeTransformer):
    """Put a text in place of a name."""

    def __init__(self, name: str, text: ast.expr) -> None:
        self._name = name
        self._text = text

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self._text if node.id == self._name else node

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.expr:
        inside = self.visit(node.value)
        return inside if isinstance(inside, ast.Constant) else ast.FormattedValue(inside, node.conversion)


def _copied(node: ast.expr) -> ast.expr:
    """Copy a text's nodes, as what is put into it must not change the tree."""
    found = copy(node)
    for field, part in ast.iter_fields(node):
        if isinstance(part, ast.expr):
            setattr(found, field, _copied(part))
        elif isinstance(part, list):
            setattr(found, field, [_copied(item) if isinstance(item, ast.expr) else item for item in part])
    return found


def _is_text(node: ast.expr) -> bool:
    """Tell whether an expression makes a text, by how it is written."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str)
    if isinstance(node, ast.JoinedStr):
        return True
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Mod)):
        return _is_text(node.left) or (isinstance(node.op, ast.Add) and _is_text(node.right))
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("format", "join")


def _is_refused(node: ast.expr) -> bool:
    """Tell whether an expression may make a name with "/" or a path, by the texts that are written in it."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and ("/" in node.value or "." in node.value)
    return not isinstance(node, (ast.Name, ast.Attribute)) and _is_text(node)


def _named(node: ast.expr) -> set[str]:
    """Return the names that go into a text as they are; none of a text that is very long."""
    found: set[str] = set()
    pending, steps = [node], 0
    while pending:
        part = pending.pop()
        steps += 1
        if steps > _MOST_PARTS:
            return set()
        if isinstance(part, ast.Name):
            found.add(part.id)
        elif isinstance(part, ast.BinOp) and isinstance(part.op, (ast.Add, ast.Mod)):
            pending += (part.left, part.right)
        elif isinstance(part, (ast.Tuple, ast.List)):
            pending += part.elts
        elif isinstance(part, ast.JoinedStr):
            pending += [value.value for value in part.values if isinstance(value, ast.FormattedValue)]
        elif isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            if part.func.attr in ("format", "join"):
                pending += part.args
        elif isinstance(part, ast.IfExp):
            pending += (part.body, part.orelse)
    return found


def _is_default(binding: object) -> bool:
    """Tell whether a name is bound to a text that is written out, as where nothing was passed."""
    return isinstance(binding, Value) and isinstance(binding.node, (ast.Constant, ast.JoinedStr))
