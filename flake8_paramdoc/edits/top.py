"""Findings that a statement behind the imports answers: a setting of the whole program."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.changes.shapes import Place
from flake8_paramdoc.edits.rewrite import Context, Rewrite
from flake8_paramdoc.edits.source import Edit

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
    return Rewrite(
        (Edit(place, place, f"{newline}{newline}{fix.template.write({}, texts)}"),), operations, fix.safety, fix.holds
    )


def _last_import(source: Source) -> ast.stmt | None:
    """Return the last import before the first statement that is none; ``None`` where a line goes on behind it."""
    last: ast.stmt | None = None
    for statement in source.tree.body:
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            last = statement
        elif last is not None and isinstance(statement, (ast.FunctionDef, ast.ClassDef, ast.For, ast.With)):
            break
        elif last is not None and statement.lineno == last.end_lineno:
            return None
    return last
