"""Where the names of a file are bound, and where each of them is used, scope by scope.

Source: the language reference, section "Naming and binding".
"""

from __future__ import annotations

import ast
from typing import Any, NamedTuple, TypeAlias

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Scope:
    """A module, class, function or comprehension, and what is bound in it."""

    def __init__(self, node: ast.AST, outer: Scope | None) -> None:
        """Begin with nothing bound."""
        self.node = node
        self.outer = outer
        self.bound: dict[str, list[ast.AST]] = {}
        self.elsewhere: dict[str, bool] = {}
        """The names that are declared to be of another scope; true: of the module."""

    def bind(self, name: str, node: ast.AST) -> None:
        """Record what binds a name."""
        scope = self
        if name in self.elsewhere:
            while scope.outer is not None and (self.elsewhere[name] or scope is self):
                scope = scope.outer
        scope.bound.setdefault(name, []).append(node)

    def holder(self, name: str) -> Scope | None:
        """Return the scope whose name is meant by one that is used in this one; ``None``: nothing of the file."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.bound and (scope is self or not isinstance(scope.node, ast.ClassDef)):
                return scope
            scope = scope.outer
        return None


_Pending: TypeAlias = "tuple[ast.AST, Scope]"


class Reference(NamedTuple):
    """A use of a name."""

    node: ast.Name
    scope: Scope


class Uses:
    """What the names of a tree stand for, as far as that is a matter of scopes."""

    def __init__(self, tree: ast.Module) -> None:
        """Read a tree."""
        self.module = Scope(tree, None)
        self.scopes: dict[int, Scope] = {}
        """The scope of each expression and each import, by its identity."""
        self.taken: set[str] = set()
        """All names that stand anywhere, whatever they are."""
        self.exported: frozenset[str] = frozenset()
        """What ``__all__`` lists."""
        references: list[Reference] = []
        pending: list[_Pending] = [(tree, self.module)]
        while pending:
            self._visit(*pending.pop(), pending, references)
        self._references: dict[tuple[int, str], list[ast.Name]] = {}
        for node, scope in references:
            holder = scope.holder(node.id)
            if holder is not None:
                self._references.setdefault((id(holder), node.id), []).append(node)

    def _visit(self, node: Any, scope: Scope, pending: list[_Pending], references: list[Reference]) -> None:
        self.scopes[id(node)] = scope
        children = list(ast.iter_child_nodes(node))
        if isinstance(node, ast.Name):
            self.taken.add(node.id)
            if not isinstance(node.ctx, ast.Load):
                scope.bind(node.id, node)
            references.append(Reference(node, scope))
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                name = alias.asname or (alias.name.partition(".")[0] if isinstance(node, ast.Import) else alias.name)
                self.taken.add(name)
                self.scopes[id(alias)] = scope
                scope.bind(name, alias)
            children = []
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            for name in node.names:
                scope.elsewhere[name] = isinstance(node, ast.Global)
        elif isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            if not isinstance(node, ast.Lambda):
                self.taken.add(node.name)
                scope.bind(node.name, node)
            inside = Scope(node, scope)
            body = node.body if isinstance(node.body, list) else [node.body]
            within = {id(part) for part in body}
            # Declarations first: what follows binds elsewhere.
            pending += [(part, inside) for part in reversed(body)]
            if isinstance(node, _FUNCTIONS):
                self._parameters(node.args, inside)
            children = [child for child in children if id(child) not in within]
        elif isinstance(node, _COMPREHENSIONS):
            inside = Scope(node, scope)
            pending += [(child, inside) for child in reversed(children)]
            children = []
        elif (isinstance(node, ast.ExceptHandler) and node.name) or (
            isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name
        ):
            self.taken.add(node.name)
            scope.bind(node.name, node)
        elif isinstance(node, ast.MatchMapping) and node.rest:
            self.taken.add(node.rest)
            scope.bind(node.rest, node)
        elif isinstance(node, (ast.Assign, ast.AugAssign)) and _is_all(node):
            self.exported |= {
                part.value
                for part in ast.walk(node.value)
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            }
        pending += [(child, scope) for child in reversed(children)]

    def _parameters(self, args: ast.arguments, inside: Scope) -> None:
        found = [*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg]
        for argument in found:
            if argument is not None:
                self.taken.add(argument.arg)
                inside.bind(argument.arg, argument)

    def of(self, node: ast.AST, name: str) -> list[ast.Name]:
        """Return the uses of the name that an import binds, given what binds it."""
        holder = self.scopes[id(node)].holder(name)
        return self._references.get((id(holder), name), []) if holder is not None else []

    def binders(self, node: ast.AST, name: str) -> list[ast.AST]:
        """Return all that binds a name where a node stands."""
        holder = self.scopes[id(node)].holder(name) if id(node) in self.scopes else None
        return holder.bound[name] if holder is not None else []


def _is_all(node: ast.Assign | ast.AugAssign) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets)
