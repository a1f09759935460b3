"""How a file spells a name of today: by what it imports already, or by an import that it is given."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from flake8_paramdoc.changes import brings
from flake8_paramdoc.edits.imports import Added
from flake8_paramdoc.matching.namespaces import full_name
from flake8_paramdoc.reading.keras_packages import is_keras

if TYPE_CHECKING:
    from flake8_paramdoc.edits.source import Source
    from flake8_paramdoc.edits.uses import Uses
    from flake8_paramdoc.matching.finding import Site
    from flake8_paramdoc.reading.collected import Reading

_AS_MODULES = frozenset({"activations", "initializers", "layers", "losses", "metrics", "optimizers", "regularizers"})
"""Modules whose functions are called with the module's name before them: ``layers.add``."""
_USUAL = {"numpy": "np", "tensorflow": "tf"}
"""What the modules of other packages are called."""


class Spelled(NamedTuple):
    """A name as it is written in a file, and what must be imported for it."""

    text: str
    added: Added | None = None


def meaning(statement: ast.Import | ast.ImportFrom, alias: ast.alias) -> tuple[str, str]:
    """Return the name that an import binds, and the full name of what it stands for."""
    if isinstance(statement, ast.ImportFrom):
        module = f"{'.' * statement.level}{statement.module or ''}"
        return alias.asname or alias.name, f"{module}.{alias.name}"
    first = alias.name.partition(".")[0]
    return (alias.asname, alias.name) if alias.asname else (first, first)


class Spelling:
    """What one file imports, and the names that it has free."""

    def __init__(self, source: Source, uses: Uses, reading: Reading, *, has_keras: bool = False) -> None:
        """Take a file that was read."""
        self._source = source
        self._uses = uses
        self._reading = reading
        self._has_keras = has_keras

    def spelled(self, name: str, site: Site, near: ast.AST, *, bare: bool = False) -> Spelled | None:
        """Return how a name is written beside a node; ``None`` where no way is sure.

        :param name: the full name, under ``keras`` for what is in Keras.
        :param bare: whether it stands for one that was imported by its own name.
        """
        dotted = full_name(name, site.package)
        root = _root(near)
        if root is not None and not bare:
            meanings = {meaning.dotted for meaning in site.scope.resolve(root, brings)}
            if len(meanings) == 1 and (rest := _behind(dotted, meanings.pop())) is not None:
                return Spelled(f"{root.id}{rest}")
        known = dict(self._known(near))
        for bound, full in known.items():
            if full == dotted:
                return Spelled(bound)
        package = _package(dotted)
        if (
            self._has_keras
            and package
            and {meaning.dotted for meaning in site.scope.resolve(ast.Name("keras"), brings)} == {package}
        ):
            known.setdefault("keras", package)  # it may be there before the first line
        new = self._new(dotted, near, bare=bare)
        through = self._through(dotted, known)
        return (new or through) if bare else (through or new)

    def bound_to(self, full: str, near: ast.AST) -> str:
        """Return the name that stands for something by an import, given by its full name; '' where none does."""
        return next((bound for bound, meant in self._known(near) if meant == full), "")

    def _through(self, dotted: str, known: dict[str, str]) -> Spelled | None:
        longest = sorted(known.items(), key=lambda item: -len(item[1]))
        for bound, full in longest:
            rest = _behind(dotted, full)
            if rest is not None:
                return Spelled(f"{bound}{rest}")
        return None

    def _known(self, near: ast.AST) -> Iterator[tuple[str, str]]:
        """Yield what imports bind for sure where a node stands, and what that is."""
        for statement in self._source.imports:
            if self._reading.guards.cover(statement) or not self._is_plain(statement):
                continue
            for alias in statement.names:
                if alias.name == "*":
                    continue
                bound, full = meaning(statement, alias)
                if all(_means(binder, alias, full, self._source) for binder in self._uses.binders(near, bound)):
                    yield bound, full

    def _is_plain(self, statement: ast.stmt) -> bool:
        """Tell whether a statement runs whenever its module or function does."""
        parent = self._source.parents.get(id(statement))
        return isinstance(parent, (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef))

    def anchor(self, near: ast.AST) -> int | None:
        """Return the number of the import beside which another one can be written for a node."""
        root = _root(near)
        if root is not None:
            binders = self._uses.binders(root, root.id)
            numbers = [
                number
                for number, statement in enumerate(self._source.imports)
                if any(alias is binder for alias in statement.names for binder in binders)
            ]
            if numbers:
                # Where several bring it, the last one before it.
                before = [number for number in numbers if self._source.imports[number].lineno <= root.lineno]
                return (before or numbers)[-1]
        numbers = [
            number
            for number, statement in enumerate(self._source.imports)
            if isinstance(self._source.parents.get(id(statement)), ast.Module)
            and not self._reading.guards.cover(statement)
            and any(is_keras(full) for full in _modules(statement))
        ]
        return numbers[-1] if numbers else None

    def _new(self, dotted: str, near: ast.AST, *, bare: bool) -> Spelled | None:
        module, _, last = dotted.rpartition(".")
        parent, _, name = module.rpartition(".")
        ways = [(module, last, last), (parent, name, f"{name}.{last}")]
        if not bare and name in _AS_MODULES:
            ways.reverse()
        above, inside, rest = dotted.partition(".ops.")
        if not bare and hasattr(builtins, last):
            ways.remove((module, last, last))  # it would stand for what is there without an import
        if inside:
            home, _, imported = above.rpartition(".")
            if not bare:
                ways.insert(0, (home, imported, f"{imported}.ops.{rest}"))
            ways.insert(0, (above, "ops", f"ops.{rest}"))
        elif (package := _package(dotted)) and not bare and name not in _AS_MODULES:
            home, _, imported = package.rpartition(".")
            ways.insert(0, (home, imported, f"{imported}{dotted[len(package) :]}"))
        for home, imported, text in ways:
            if (home or imported == module.partition(".")[0]) and imported not in self._uses.taken:
                where = self._place(home, near) if home else self.anchor(near)
                if where is not None:
                    return Spelled(text, Added(where, home, imported))
        top, _, behind = dotted.partition(".")
        usual = _USUAL.get(top, top)
        where = self.anchor(near)
        if where is None or usual in self._uses.taken:
            return None
        return Spelled(f"{usual}.{behind}", Added(where, "", top if usual == top else f"{top} as {usual}"))

    def _place(self, module: str, near: ast.AST) -> int | None:
        """Return the number of the import that brings names of a module, or beside which one can."""
        for number, statement in enumerate(self._source.imports):
            if (
                isinstance(statement, ast.ImportFrom)
                and statement.module == module
                and not statement.level
                and isinstance(self._source.parents.get(id(statement)), ast.Module)
                and not any(alias.name == "*" for alias in statement.names)
                and not self._reading.guards.cover(statement)
            ):
                return number
        return self.anchor(near)


def _modules(statement: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(statement, ast.ImportFrom):
        module = f"{'.' * statement.level}{statement.module or ''}"
        return [module, *(f"{module}.{alias.name}" for alias in statement.names)]
    return [alias.name for alias in statement.names]


def _package(dotted: str) -> str:
    """Return the package of Keras that a name is in; '' for any other."""
    return next((root for root in ("keras", "tensorflow.keras", "tf_keras") if dotted.startswith(f"{root}.")), "")


def _behind(dotted: str, full: str) -> str | None:
    """Return what stands behind a name in a longer one, with its dot, or '' for the name itself."""
    return dotted[len(full) :] if dotted == full or dotted.startswith(f"{full}.") else None


def _root(node: ast.AST) -> ast.Name | None:
    while isinstance(node, (ast.Attribute, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node if isinstance(node, ast.Name) else None


def _means(binder: ast.AST, alias: ast.alias, full: str, source: Source) -> bool:
    if binder is alias:
        return True
    statement = source.parents.get(id(binder))
    return (
        isinstance(binder, ast.alias)
        and isinstance(statement, (ast.Import, ast.ImportFrom))
        and meaning(statement, binder)[1] == full
    )
