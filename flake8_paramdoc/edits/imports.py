"""What imports bring: names that are added, renamed, moved to another module, or go with their last use."""

from __future__ import annotations

import ast
import tokenize
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from flake8_paramdoc.edits.slots import Slots
from flake8_paramdoc.edits.source import Edit, Source


class Added(NamedTuple):
    """A name that has to be imported, beside or behind an import that is there."""

    statement: int
    """Its number among the imports of the file; the first is 0."""
    module: str
    """Where the name comes from; empty: it is a module itself, and may have ``as`` behind it."""
    name: str


class Changed(NamedTuple):
    """An imported name that is imported from another place, or under another name."""

    statement: int
    alias: int
    """Its number among the names of the statement; the first is 0."""
    module: str
    name: str
    bound: str
    """What it is called in the file."""


class Removed(NamedTuple):
    """An imported name that nothing uses any more."""

    statement: int
    alias: int


Operation: TypeAlias = "Added | Changed | Removed"


def edits(source: Source, operations: Iterable[Operation]) -> Iterator[Edit]:
    """Yield the edits that make changes of imports."""
    by_statement: dict[int, list[Operation]] = {}
    for operation in _once(source, dict.fromkeys(operations)):
        by_statement.setdefault(operation.statement, []).append(operation)
    for number, several in by_statement.items():
        yield from _Statement(source, source.imports[number], several).edits()


def _once(source: Source, operations: Iterable[Operation]) -> Iterator[Operation]:
    """Yield the operations; a name that is imported already, as it is from now on, is not imported once more."""
    given = list(operations)
    if not any(isinstance(one, Changed) for one in given):
        yield from given
        return
    touched = {(one.statement, one.alias) for one in given if not isinstance(one, Added)}
    changed = {(one.statement, one.alias): one for one in given if isinstance(one, Changed)}
    brought: set[tuple[str, str, str]] = set()
    for number, statement in enumerate(source.imports):
        if not isinstance(statement, ast.ImportFrom) or not _is_of_module(source, statement):
            continue
        for place, alias in enumerate(statement.names):
            operation = changed.get((number, place))
            if operation is not None:
                brings = operation.module, operation.name, operation.bound
                if brings in brought and operation.name != "*":
                    given[given.index(operation)] = Removed(number, place)
            elif (number, place) not in touched:
                brings = statement.module or "", alias.name, alias.asname or alias.name
            else:
                continue
            brought.add(brings)
    for one in given:
        if not isinstance(one, Added) or (one.module, one.name, one.name) not in brought:
            yield one


def _is_of_module(source: Source, statement: ast.ImportFrom) -> bool:
    return not statement.level and isinstance(source.parents.get(id(statement)), ast.Module)


def _written(name: str, bound: str) -> str:
    return name if name.partition(" as ")[0] == bound or not bound else f"{name} as {bound}"


class _Statement:
    """An import and what is to become of it."""

    def __init__(self, source: Source, node: ast.Import | ast.ImportFrom, operations: list[Operation]) -> None:
        self._source = source
        self._node = node
        self._module = "" if isinstance(node, ast.Import) else node.module or ""
        self._removed = {operation.alias for operation in operations if isinstance(operation, Removed)}
        self._changed = {operation.alias: operation for operation in operations if isinstance(operation, Changed)}
        self._added = [operation for operation in operations if isinstance(operation, Added)]
        self._slots = self._found()

    def _found(self) -> Slots:
        start, end = self._source.span(self._node)
        begin = start
        for token in self._source.between(start, end):
            if token.text == "import":
                begin = token.end
                break
        tokens = [token for token in self._source.between(begin, end) if not token.is_blank]
        if tokens and tokens[0].kind == tokenize.LPAR:
            begin, end = tokens[0].end, tokens[-1].start
        return Slots(self._source, self._node.names, begin, end)

    def edits(self) -> Iterator[Edit]:
        """Yield the edits."""
        here, elsewhere = self._sorted()
        if not here and len(elsewhere) == 1 and isinstance(self._node, ast.ImportFrom):
            # All that it brings moved to one module: its names, and the comments beside them, stay where they are.
            [(module, names)] = elsewhere.items()
            if module and set(names) <= set(range(len(self._node.names))):
                yield self._of_module(module)
                yield from self._of_names(dict(names), [])
                return
        if here or not elsewhere:
            yield from self._of_names(
                {number: text for number, text in here.items() if number >= 0},
                [text for number, text in here.items() if number < 0],
            )
        lines = [_line(module, names.values()) for module, names in elsewhere.items()]
        if not here and elsewhere:
            start, end = self._source.span(self._node)
            yield Edit(start, end, self._between_lines(start).join(lines))
        elif lines:
            yield self._below(lines)

    def _sorted(self) -> tuple[dict[int, str], dict[str, dict[int, str]]]:
        """Return what the statement brings, by the places of its names, and what others must; added ones below 0."""
        here: dict[int, str] = {}
        elsewhere: dict[str, dict[int, str]] = {}
        is_plain = isinstance(self._node, ast.Import)
        for number, alias in enumerate(self._node.names):
            if number in self._removed:
                continue
            if number not in self._changed:
                here[number] = self._source.segment(alias)
                continue
            _, _, module, name, bound = self._changed[number]
            if module == self._module:
                here[number] = _written(name, bound)
            else:
                elsewhere.setdefault(module, {})[number] = _written(name, bound)
        for number, (_, module, name) in enumerate(self._added, 1):
            if module == self._module and not is_plain and not any(alias.name == "*" for alias in self._node.names):
                if name not in here.values():
                    here[-number] = name
            else:
                elsewhere.setdefault(module, {})[-number] = name
        return here, elsewhere

    def _of_module(self, module: str) -> Edit:
        start, _ = self._source.span(self._node)
        tokens = [token for token in self._source.between(start, self._slots.begin) if not token.is_blank]
        places = [token for token in tokens if token.text not in ("from", "import", "(")]
        return Edit(places[0].start, places[-1].end, module)

    def _of_names(self, kept: dict[int, str], added: list[str]) -> Iterator[Edit]:
        """Yield the edits of the names, by their places; one that is added stands where another one went."""
        gone = [number for number in range(len(self._slots.slots)) if number not in kept]
        if not kept and not added:
            yield self._whole()
            return
        for number in list(gone):
            if added:
                kept[number] = added.pop(0)
                gone.remove(number)
        for number, text in kept.items():
            slot = self._slots.slots[number]
            if self._slots.text(slot) != text:
                yield Edit(slot.start, slot.end, text)
        yield from self._slots.dropped(gone)
        if added:
            yield self._slots.added(", ".join(added))

    def _whole(self) -> Edit:
        """Return the edit that drops the statement."""
        return without(self._source, self._node)

    def _between_lines(self, place: int) -> str:
        start = self._source.line_start(place)
        line = self._source.text[start:place]
        return f"{self._source.newline}{line}" if not line.strip() else "; "

    def _below(self, lines: list[str]) -> Edit:
        """Return the edit that writes further imports below the statement, or beside it where others follow it."""
        start, end = self._source.span(self._node)
        between = self._between_lines(start)
        rest = self._source.text[end : self._source.line_end(end)]
        if between == "; " or rest.lstrip().startswith(";"):
            return Edit(end, end, "".join(f"; {line}" for line in lines))
        behind = end + len(rest.rstrip("\r\n"))
        return Edit(behind, behind, "".join(f"{between}{line}" for line in lines))


def without(source: Source, statement: ast.stmt) -> Edit:
    """Return the edit that drops a statement, with its line where it stands there alone; a body is never empty."""
    start, end = source.span(statement)
    parent = source.parents.get(id(statement))
    bodies = [body for _, body in ast.iter_fields(parent) if isinstance(body, list)] if parent is not None else []
    if any(body == [statement] for body in bodies) and not isinstance(parent, ast.Module):
        if isinstance(parent, ast.If) and _goes_with_its_body(source, parent, statement):
            return without(source, parent)
        return Edit(start, end, "pass")
    line_start, line_end = source.line_start(start), source.line_end(end)
    before, after = source.text[line_start:start], source.text[end:line_end]
    if before.strip():  # behind a semicolon, or in the line of a header
        is_behind = before.rstrip().endswith(";")
        return Edit(line_start + len(before.rstrip(" \t;")), end, "") if is_behind else Edit(start, end, "pass")
    rest = after.strip()
    if not rest or rest.lower().startswith(("# noqa", "# pylint", "# type:", "# isort")):
        is_first = any(body[0] is statement for body in bodies if body)
        return Edit(line_start, _behind_blank_lines(source, line_start, line_end, is_first=is_first), "")
    if rest.startswith(";"):
        return Edit(start, end + len(after) - len(after.lstrip(" \t;")), "")
    return Edit(start, end + len(after) - len(after.lstrip()), "")


def _behind_blank_lines(source: Source, start: int, end: int, *, is_first: bool) -> int:
    """Return where lines end that are dropped, with the blank ones behind them that would be too many.

    :param is_first: whether they are the first of a body, above which nothing or its header stands.
    """
    lines = source.lines
    first, last = source.line_of(start) - 1, source.line_of(end - 1)
    above = first
    while above and not lines[above - 1].strip():
        above -= 1
    below = last
    while below < len(lines) and not lines[below].strip():
        below += 1
    if below == len(lines):
        return end
    too_many = below - last if is_first and above == first else min(first - above, below - last)
    return source.start_of(last + too_many + 1) if too_many else end


def _goes_with_its_body(source: Source, node: ast.If, body: ast.stmt) -> bool:
    """Tell whether a condition only asks for the backend, and nothing is left to be done where it is so."""
    test = node.test
    if node.body != [body] or node.orelse or source.comments(*source.span(node)):
        return False
    start, _ = source.span(node)
    if source.text.startswith("elif", start):
        return False
    if not isinstance(test, ast.Compare) or not all(isinstance(one, ast.Constant) for one in test.comparators):
        return False
    call = test.left
    name = call.func if isinstance(call, ast.Call) and not call.args and not call.keywords else None
    return getattr(name, "attr", getattr(name, "id", "")) == "backend"


def _line(module: str, names: Iterable[str]) -> str:
    told = ", ".join(dict.fromkeys(names))
    return f"from {module} import {told}" if module else f"import {told}"
