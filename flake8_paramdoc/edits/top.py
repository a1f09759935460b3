"""Findings that a statement behind the imports answers: a setting of the whole program."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.changes.shapes import Place
from flake8_paramdoc.edits.rewrite import Context, Rewrite
from flake8_paramdoc.edits.source import Edit
from flake8_paramdoc.reading.keras_packages import is_keras

if TYPE_CHECKING:
    from flake8_paramdoc.edits.source import Source
    from flake8_paramdoc.matching.finding import Match


def at_top(match: Match, context: Context) -> Rewrite | None:
    """Return the statement that is added behind the imports of a module, before anything else runs."""
    fix = next(fix for fix in match.fixes if fix.place is Place.TOP)
    last = _last_import(context.source)
    if match.site is None or fix.template is None or last is None:
        return None
    spelled = context.spelled(fix, match.site, last)
    if spelled is None:
        return None
    texts, operations = spelled
    _, end = context.source.span(last)
    end = context.source.line_end(end)
    text = context.source.text
    newline = context.source.newline
    place = end - len(text[:end]) + len(text[:end].rstrip("\r\n"))
    below = text[end : context.source.line_end(end)] if end < len(text) else ""
    behind = newline if below.strip() else ""
    written = f"{newline}{newline}{fix.template.write({}, texts)}{behind}"
    return Rewrite((Edit(place, place, written),), operations, fix.safety, fix.holds)


def _last_import(source: Source) -> ast.stmt | None:
    """Return the last import before the first statement that does something else.

    ``None`` where a line goes on behind it, and where Keras is imported behind that statement alone, which may tell
    Keras what it reads as it is imported.
    """
    last: ast.stmt | None = None
    has_keras = False
    for place, statement in enumerate(source.tree.body):
        if _imports_alone(statement):
            last = statement if isinstance(statement, (ast.Import, ast.ImportFrom)) else last
            has_keras = has_keras or any(map(_is_of_keras, ast.walk(statement)))
        elif not _sets_environment(statement) and (place or not _is_text(statement)):
            if last is not None and statement.lineno == last.end_lineno:
                return None
            break
    return last if has_keras else None


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _sets_environment(statement: ast.stmt) -> bool:
    """Tell whether a statement is ``os.environ["KERAS_BACKEND"] = "theano"``, which stands among the imports."""
    return (
        isinstance(statement, ast.Assign)
        and isinstance(statement.value, ast.Constant)
        and all(
            isinstance(target, ast.Subscript) and ast.unparse(target.value) == "os.environ"
            for target in statement.targets
        )
    )


def _imports_alone(statement: ast.stmt) -> bool:
    """Tell whether a statement imports, in whichever branch, and does nothing else."""
    if isinstance(statement, (ast.Import, ast.ImportFrom, ast.Pass)):
        return True
    if isinstance(statement, ast.If):
        return all(map(_imports_alone, (*statement.body, *statement.orelse)))
    if not isinstance(statement, ast.Try):
        return False
    handled = [one for handler in statement.handlers for one in handler.body]
    return all(map(_imports_alone, (*statement.body, *handled, *statement.orelse, *statement.finalbody)))


def _is_of_keras(node: ast.AST) -> bool:
    if isinstance(node, ast.Import):
        return any(is_keras(alias.name) for alias in node.names)
    return isinstance(node, ast.ImportFrom) and any(
        is_keras(node.module or "") or is_keras(f"{node.module}.{alias.name}") for alias in node.names
    )
