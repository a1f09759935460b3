"""What an argument begins with: a dotted name, whose modules are imported, and which a package may hide."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from types import ModuleType
from typing import Any, NamedTuple

from sphinx_paramdoc.execution.request import part_name

KNOWN = "the code or the preamble"
"""Where a name is looked for before it is taken for that of a module."""

_MODULE_AND_NAME = re.compile(r"\s*(?P<module>[^\W\d]\w*(?:\.[^\W\d]\w*)*)\s*:\s*(?P<rest>[^\W\d=].*)", re.DOTALL)
"""``pkg.mod:attr(…)``: what stands before the colon is a module."""

_HIDDEN = "__paramsummary_module__"


class NoArgumentError(Exception):
    """The argument is an expression of another form."""


class UnknownNameError(NameError):
    """A name is neither there for the block nor that of a module."""

    def __init__(self, name: str, known: str) -> None:
        """Take the name, and say where it was looked for."""
        super().__init__(
            f"{name} is not defined by {known}, and there is no module of that name on sys.path", name=name
        )


class Head(NamedTuple):
    """What an expression begins with, and the expression itself, ready to be evaluated."""

    text: str
    """The expression as Python writes it: without a module and a colon before it."""
    tree: ast.Expression
    names: dict[str, Any]
    """What it takes besides the names of the block: its first name, and a module that is hidden."""
    start: Any
    """The object that the dotted name begins with."""
    attributes: Sequence[str]
    """The attributes of that object, up to the first call or index."""


def head(expression: str, look_up: Callable[[str], Any]) -> Head:
    """Return what an expression begins with; the modules that its dotted name leads through are imported.

    :param look_up: gives what the first name stands for.
    :raises NoArgumentError: where it begins with anything else than a dotted name.
    """
    match = _MODULE_AND_NAME.fullmatch(expression)
    text = match["rest"] if match else expression
    tree = ast.parse(text, part_name("expression"), mode="eval")
    root, *attributes = _dotted_name(tree.body, text)
    if match:
        found = getattr(import_module(match["module"]), root)
        return Head(text, tree, {root: found}, found, attributes)
    found = look_up(root)
    hidden = _import_submodules(found, attributes)
    if hidden is None:
        return Head(text, tree, {root: found}, found, attributes)
    module, number = hidden
    tree = _Unhidden(".".join([root, *attributes[:number]]), attributes[number]).visit(tree)
    return Head(text, tree, {root: found, _HIDDEN: module}, module, attributes[number:])


def _dotted_name(node: ast.expr, text: str) -> list[str]:
    """Return the names that an expression begins with: ``keras.applications.VGG16()`` → keras, applications, VGG16."""
    attributes: list[str] = []
    while not isinstance(node, ast.Name):
        if isinstance(node, ast.Attribute):
            attributes.insert(0, node.attr)
            node = node.value
        elif isinstance(node, ast.Subscript):
            attributes.clear()
            node = node.value
        elif isinstance(node, ast.Call):
            attributes.clear()
            node = node.func
        else:
            raise NoArgumentError(
                f"{text.strip()} is no dotted name with calls, attributes or indices behind it, such as "
                "package.models.build(units=4)"
            )
    return [node.id, *attributes]


def import_module(name: str, known: str = KNOWN) -> ModuleType:
    """Import a module that an argument names.

    :param known: where its name was looked for before.
    :raises UnknownNameError: where there is none.
    """
    return _imported(name, lambda missing: UnknownNameError(missing, known))


def import_documented(name: str) -> ModuleType:
    """Import the module whose docstring a block stands in.

    :raises ModuleNotFoundError: where there is none.
    """
    said = f"{name} is documented here, and its names are there for the block, but there is no module {{}} on sys.path"
    return _imported(name, lambda missing: ModuleNotFoundError(said.format(missing), name=missing))


def _imported(name: str, unknown: Callable[[str], Exception]) -> ModuleType:
    """Import a module; what its own imports lack is raised as it is.

    :param unknown: makes what is raised where the module, or a package around it, does not exist; it takes that name.
    """
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{name}.".startswith(f"{error.name}."):
            raise
        raise unknown(error.name) from None


def _import_submodules(found: object, attributes: Sequence[str]) -> tuple[ModuleType, int] | None:
    """Import what ``import package`` leaves out: the modules inside it that `attributes` lead through.

    Where a package has a function ``net`` of its module ``net``, ``package.net`` is the function, and what only the
    module has is asked of the module. Return that module, and how many of the attributes lead to it; ``None`` where
    none is hidden.
    """
    hidden = None
    for number, attribute in enumerate(attributes):
        if not isinstance(found, ModuleType):
            return hidden
        name = f"{found.__name__}.{attribute}"
        if not hasattr(found, attribute):
            try:
                importlib.import_module(name)
            except ModuleNotFoundError as error:
                if error.name != name:
                    raise
                return hidden  # evaluating the expression says what is missing, in Python's own words
        is_package = hasattr(found, "__path__")
        found = getattr(found, attribute)
        following = attributes[number + 1 : number + 2]
        if is_package and following and not isinstance(found, ModuleType) and not _has(found, following[0]):
            if find_spec(name) is None:
                return hidden
            found = importlib.import_module(name)
            hidden = found, number + 1
    return hidden


def _has(value: object, attribute: str) -> bool:
    """Tell whether an object has an attribute, without running code for it."""
    try:
        inspect.getattr_static(value, attribute)
    except AttributeError:
        return False
    return True


class _Unhidden(ast.NodeTransformer):
    """Asks a hidden module for an attribute wherever an expression asks what hides it."""

    def __init__(self, hidden: str, attribute: str) -> None:
        self._hidden = hidden
        self._attribute = attribute

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if node.attr == self._attribute and ast.unparse(node.value) == self._hidden:
            node.value = ast.copy_location(ast.Name(_HIDDEN, ast.Load()), node.value)
        return node
