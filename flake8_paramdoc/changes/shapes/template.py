"""Templates: from the parameters of an old form to the code of today, with what was passed put in by its name.

``Template("x, axis=-1", "keras.ops.argmax(x, axis=axis)")`` says of a call that its arguments are bound to ``x`` and
``axis`` first, wherever they stood, and written anew then. The default of a parameter is what the old form did when it
was not passed, and is written out; ``...`` as a default says that today's form does the same, so that it is left out.
An annotation is a condition: of ``mode: "max"``, the template is for calls that pass ``"max"`` there, or leave it out
where it has a default; of ``padding: ("valid", "same")``, for both; of ``x: never_negative``, for what is so by the
code. What must be passed, and stands behind what need not, has the default ``required``.
"""

from __future__ import annotations

import ast
import builtins
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from flake8_paramdoc.changes.record import dataclass
from flake8_paramdoc.changes.shapes.signs import ValueOf, is_never_negative

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PACKAGES = frozenset({"keras", "numpy", "scipy", "inspect", "h5py", "tensorflow"})
"""Where the code of today may take names from."""

_CLOSED = (ast.Name, ast.Attribute, ast.Call, ast.Subscript, ast.Constant, ast.Tuple, ast.List, ast.Dict, ast.Set)
"""Code that needs no parentheses, whatever is written around it."""


class _Parameter(NamedTuple):
    name: str
    default: str | None
    """As code; ``...``: today's form has the same; ``None``: it must be passed."""
    values: tuple[object, ...] | None
    """What must be passed for it, as literals; ``None``: anything."""
    is_never_negative: bool
    """Whether what is passed for it must be so."""
    only_named: bool

    def takes(self, value: ast.expr, value_of: ValueOf) -> bool:
        """Tell whether something may be passed for it."""
        if self.is_never_negative:
            return is_never_negative(value, value_of)
        return self.values is None or _is_one_of(value, self.values)


class Entry(NamedTuple):
    """An argument of a call of today."""

    name: str | None
    """What it is passed by; ``None``: by its place."""
    text: str
    holes: tuple[str, ...]
    """The parameters of the old form that are in it, of those that are passed."""


@dataclass(frozen=True)
class Template:
    """The code of today for an old form."""

    old: str
    """The parameters of the old form, as a definition lists them."""
    new: str
    """The code of today, with the names of those parameters in it: an expression, or arguments of a call."""
    is_arguments: bool = False
    """Whether ``new`` stands between the parentheses of a call."""

    @cached_property
    def parameters(self) -> tuple[_Parameter, ...]:
        """The parameters of the old form."""
        [definition] = ast.parse(f"def f({self.old}): ...").body
        assert isinstance(definition, ast.FunctionDef)
        arguments = definition.args
        placed = [*arguments.posonlyargs, *arguments.args]
        missing: list[ast.expr | None] = [None] * (len(placed) - len(arguments.defaults))
        defaults = [*missing, *arguments.defaults, *arguments.kw_defaults]
        return tuple(
            _Parameter(
                argument.arg,
                _default(default),
                None if _is_sign(argument.annotation) else _values(argument.annotation),
                _is_sign(argument.annotation),
                argument in arguments.kwonlyargs,
            )
            for argument, default in zip([*placed, *arguments.kwonlyargs], defaults, strict=True)
        )

    @cached_property
    def tree(self) -> ast.expr:
        """The code of today, as Python reads it."""
        return ast.parse(self._text, mode="eval").body

    @property
    def _text(self) -> str:
        return f"_({self.new})" if self.is_arguments else self.new

    @cached_property
    def names(self) -> frozenset[str]:
        """The full names that the code takes from packages: what has to be imported, in one form or another."""
        return frozenset(name for name in _dotted(self.tree) if name.partition(".")[0] in _PACKAGES)

    @cached_property
    def unbound(self) -> frozenset[str]:
        """The names that neither the old form nor a package gives: where there are some, a person must fill them in."""
        known = {parameter.name for parameter in self.parameters} | _PACKAGES | {"_"} | set(dir(builtins))
        made = {node.id for node in ast.walk(self.tree) if isinstance(node, ast.Name) and type(node.ctx) is ast.Store}
        used = {node.id for node in ast.walk(self.tree) if isinstance(node, ast.Name)}
        return frozenset(used - known - made)

    def bind(self, call: ast.Call, value_of: ValueOf = lambda _: None) -> Mapping[str, ast.expr] | None:
        """Return what a call passes, by the names of the old form; ``None`` where the template is not for the call.

        :param value_of: gives what a name was assigned, where that is known.
        """
        if any(isinstance(arg, ast.Starred) for arg in call.args) or any(word.arg is None for word in call.keywords):
            return None
        placed = [parameter for parameter in self.parameters if not parameter.only_named]
        if len(call.args) > len(placed):
            return None
        bound = {parameter.name: arg for parameter, arg in zip(placed, call.args, strict=False)}
        known = {parameter.name for parameter in self.parameters}
        for word in call.keywords:
            if word.arg is None or word.arg not in known or word.arg in bound:
                return None
            bound[word.arg] = word.value
        for parameter in self.parameters:
            value = bound.get(parameter.name)
            if parameter.default is None if value is None else not parameter.takes(value, value_of):
                return None
        return bound

    def write(self, passed: Mapping[str, str], spelled: Mapping[str, str] | None = None) -> str:
        """Return the code of today.

        :param passed: what is passed for the parameters, as it is written; what is not passed is not in it.
        :param spelled: how a file spells the `names`, where that is not their full form.
        """
        text = self._writer(passed, spelled).write(self.tree)
        return text[2:-1] if self.is_arguments else text

    def entries(self, passed: Mapping[str, str], spelled: Mapping[str, str] | None = None) -> Iterator[Entry]:
        """Yield the arguments of the call that the code of today is, or stands in, one by one."""
        assert isinstance(self.tree, ast.Call)
        writer = self._writer(passed, spelled)
        for name, value in (
            *((None, value) for value in self.tree.args),
            *((keyword.arg, keyword.value) for keyword in self.tree.keywords),
        ):
            if not writer.is_left_out(value):
                parts = tuple(part.id for part in ast.walk(value) if isinstance(part, ast.Name))
                yield Entry(name, writer.write(value), tuple(part for part in parts if part in passed))

    def _writer(self, passed: Mapping[str, str], spelled: Mapping[str, str] | None) -> _Writer:
        holes = {
            parameter.name: passed.get(parameter.name, parameter.default)
            for parameter in self.parameters
            if parameter.name in passed or parameter.default is not None
        }
        return _Writer(self._text, holes, spelled or {})

    @property
    def is_conditional(self) -> bool:
        """Whether it is for certain values alone."""
        return any(parameter.values is not None or parameter.is_never_negative for parameter in self.parameters)

    @cached_property
    def said(self) -> str:
        """The code of today as a message says it: with what was the default where today it must be written out."""
        return self.write(
            {parameter.name: parameter.name for parameter in self.parameters if parameter.default is None}
        )


class _Writer:
    """Writes a template: the text as it stands, but for the parameters in it."""

    def __init__(self, text: str, holes: Mapping[str, str | None], spelled: Mapping[str, str]) -> None:
        self._text = text
        self._holes = holes
        self._spelled = spelled

    def write(self, node: ast.AST, *, apart: bool = True) -> str:
        """Return the text of a node.

        :param apart: whether what is put in for it needs no parentheses, as between two commas.
        """
        if isinstance(node, ast.Name) and self._holes.get(node.id) is not None:
            value = str(self._holes[node.id])
            return value if apart or _is_closed(value) else f"({value})"
        if isinstance(node, ast.Attribute) and (name := ast.unparse(node)) in self._spelled:
            return self._spelled[name]
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, ast.Starred):
            value = self.write(node.value, apart=False)
            # Items that are written out need no tuple around them.
            return value[1:-1].removesuffix(",") if _is_tuple(value) else f"*{value}"
        assert isinstance(node, (ast.expr, ast.keyword, ast.comprehension))
        between = isinstance(node, (ast.Tuple, ast.List, ast.keyword))
        return self._around(node, between)

    def _call(self, node: ast.Call) -> str:
        given = [self.write(arg) for arg in node.args if not self.is_left_out(arg)]
        given += [f"{word.arg}={self.write(word.value)}" for word in node.keywords if not self.is_left_out(word.value)]
        return f"{self.write(node.func, apart=False)}({', '.join(given)})"

    def is_left_out(self, node: ast.expr) -> bool:
        """Tell whether an argument is not written, as today's form does the same without it."""
        return isinstance(node, ast.Name) and self._holes.get(node.id) == "..."

    def _around(self, node: ast.AST, between: bool) -> str:
        begin, end = _span(node)
        text, here = "", begin
        for child in sorted(_children(node), key=_span):
            start, stop = _span(child)
            text += self._text[here:start] + self.write(child, apart=between)
            here = stop
        return text + self._text[here:end]


def _span(node: ast.AST) -> tuple[int, int]:
    # Templates are one line of ASCII.
    if isinstance(node, ast.comprehension):
        return node.target.col_offset, _span(node.iter)[1]
    return node.col_offset, node.end_col_offset  # type: ignore[attr-defined]


def _children(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.expr, ast.keyword, ast.comprehension)):
            yield child


def _dotted(tree: ast.AST) -> Iterator[str]:
    pending = [tree]
    while pending:
        node = pending.pop()
        parts: list[str] = []
        inner = node
        while isinstance(inner, ast.Attribute):
            parts.append(inner.attr)
            inner = inner.value
        if isinstance(inner, ast.Name) and parts:
            yield ".".join((inner.id, *reversed(parts)))
        else:
            pending += ast.iter_child_nodes(node)


def _default(node: ast.expr | None) -> str | None:
    # Behind one with a default, what must be passed cannot stand without one in a definition.
    is_required = node is None or (isinstance(node, ast.Name) and node.id == "required")
    return None if node is None or is_required else ast.unparse(node)


def _values(annotation: ast.expr | None) -> tuple[object, ...] | None:
    if annotation is None:
        return None
    value = ast.literal_eval(annotation)
    return value if isinstance(value, tuple) else (value,)


def _is_sign(annotation: ast.expr | None) -> bool:
    return isinstance(annotation, ast.Name) and annotation.id == "never_negative"


def _is_one_of(node: ast.expr, values: tuple[object, ...]) -> bool:
    return isinstance(node, ast.Constant) and any(
        node.value == value and type(node.value) is type(value) for value in values
    )


def _is_tuple(text: str) -> bool:
    return text.startswith("(") and _is_closed(text) and isinstance(ast.parse(text, mode="eval").body, ast.Tuple)


def _is_closed(text: str) -> bool:
    try:
        return isinstance(ast.parse(text, mode="eval").body, _CLOSED) and (
            not text.lstrip().startswith("-") and not text.strip()[:1].isdigit()
        )
    except SyntaxError:
        return False
