"""Files of Python, and notebooks, as texts: where what documents an object is written, found without importing it."""

from __future__ import annotations

import ast
import inspect
import re
import warnings
from bisect import bisect, bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path

import msgspec

from flake8_paramdoc.texts import markdown, notebook, rst
from flake8_paramdoc.texts.directives import written
from flake8_paramdoc.texts.snippets import RUN_BY_US

_BEGIN = re.compile(r"""^(#:|[A-Za-z]{0,2}(\"{3}|'{3}|"|'))\s*""")
_END = re.compile(r"""\s*(\"{3}|'{3}|"|')$""")


class Region(msgspec.Struct, frozen=True):
    """Lines of a file, the first is 1, the last included."""

    line: int
    last: int


class SourceFile:
    """A file of Python, or a notebook."""

    def __init__(self, text: str) -> None:
        """Take its text."""
        self._text = text
        self.lines = text.split("\n")  # as Python counts them: a form feed ends none
        self._found: dict[re.Pattern[str], list[int]] = {}

    @cached_property
    def _bare(self) -> list[str]:
        return [_bare(line) for line in self.lines]

    def below(self, line: int, content: Sequence[str]) -> int | None:
        """Return the line that the content of a directive begins on.

        :param line: the one that the directive begins on.
        """
        wanted = [_bare(text) for text in content]
        for number in range(line, len(self.lines)):
            there = self._bare[number : number + len(wanted)]
            if there[0] == wanted[0] and sum(a == b for a, b in zip(wanted, there, strict=False)) * 2 > len(wanted):
                return number + 1
        return None

    def find(self, text: str, region: Region | None = None) -> tuple[int, list[int]]:
        """Return the lines in a region that most of a text begins on, whatever its indentation, and how much it is.

        The first line of the text must be there. A backslash may be written twice, so that others differ.
        """
        region = region or Region(1, len(self.lines))
        wanted = [_bare(line) for line in text.rstrip().split("\n")]
        best = 0
        lines: list[int] = []
        for line in range(region.line, min(region.last, len(self.lines)) + 1):
            if wanted[0] and self._bare[line - 1] == wanted[0]:
                there = self._bare[line - 1 : line - 1 + len(wanted)]
                score = sum(a == b for a, b in zip(wanted, there, strict=False))
                if score > best:
                    best, lines = score, []
                if score == best:
                    lines.append(line)
        return best, lines

    def search(self, pattern: re.Pattern[str], region: Region) -> list[int]:
        """Return the lines in a region that what fits a pattern begins on, once for each."""
        if pattern not in self._found:
            self._found[pattern] = [bisect(self._ends, match.start()) + 1 for match in pattern.finditer(self._text)]
        lines = self._found[pattern]
        return lines[bisect_left(lines, region.line) : bisect(lines, region.last)]

    @cached_property
    def _ends(self) -> list[int]:
        """Where the lines after the first begin."""
        return [match.end() for match in re.finditer("\n", self._text)]

    @cached_property
    def _tree(self) -> ast.Module:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ast.parse(self._text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return ast.Module([], [])

    @cached_property
    def regions(self) -> dict[str, list[Region]]:
        """Where the documentation of each object is written; the last of them is all of the object."""
        regions = {"": [*_docstring(self._tree), Region(1, len(self.lines))]}
        _collect(self._tree.body, "", 0, regions)
        return regions

    def definition(self, line: int) -> Region | None:
        """Return the lines of the function that begins on a line, with its decorators; ``None`` where none does."""
        for node in ast.walk(self._tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
                decorators = [] if isinstance(node, ast.Lambda) else node.decorator_list
                if line == min(each.lineno for each in (node, *decorators)):
                    return Region(line, node.end_lineno or line)
        return None

    def documentation(self, path: str) -> str:
        """Return the lines that hold the documentation of an object, as they are written."""
        *documentation, _ = self.regions.get(path, (None,))
        return "\n".join(
            line for region in documentation if region for line in self.lines[region.line - 1 : region.last]
        )

    @cached_property
    def docstrings(self) -> dict[str, str]:
        """The objects of the file, in its order → what documents each, as Python gives it; the file itself is ''."""
        return {"": ast.get_docstring(self._tree) or "", **dict(_docstrings(self._tree.body, ""))}

    @cached_property
    def names(self) -> list[str] | None:
        """What the file says in ``__all__``; ``None`` where it says nothing that can be read."""
        for node in self._tree.body:
            if isinstance(node, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets
            ):
                try:
                    return [str(name) for name in ast.literal_eval(node.value)]
                except (ValueError, TypeError):
                    return None
        return None

    def says(self, text: str) -> bool:
        """Tell whether a text stands anywhere in the file."""
        return text in self._text

    @cached_property
    def imports(self) -> dict[str, tuple[int, str, str]]:
        """What the file takes from other modules: a name → the dots before the module, the module, the name there."""
        return {
            alias.asname or alias.name: (node.level, node.module or "", alias.name)
            for node in ast.walk(self._tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }

    @cached_property
    def bases(self) -> dict[str, list[str]]:
        """A class at the top of the file → the names of its base classes."""
        return {
            node.name: [base.id for base in node.bases if isinstance(base, ast.Name)]
            for node in self._tree.body
            if isinstance(node, ast.ClassDef)
        }


def _bare(line: str) -> str:
    """Take off what begins and ends a docstring or a comment, and what Markdown and reStructuredText write each."""
    bare = _END.sub("", _BEGIN.sub("", line.strip()))
    if not any(name in bare for name in RUN_BY_US):
        return bare
    fence = markdown.fence([bare], 0)
    directive = markdown.directive([bare], fence) if fence else rst.directive([bare], 0)
    is_ours = directive is not None and directive.name in RUN_BY_US
    return f"{directive.name} {written(directive.argument)}" if directive and is_ours else bare


def _collect(body: Sequence[ast.stmt], prefix: str, before: int, regions: dict[str, list[Region]]) -> None:
    """Note the objects that statements define.

    :param before: the last line of what stands before them.
    """
    for number, node in enumerate(body):
        last = node.end_lineno or node.lineno
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            path = f"{prefix}{node.name}"
            inner: dict[str, list[Region]] = {}
            if isinstance(node, ast.ClassDef):
                _collect(node.body, f"{path}.", node.lineno, inner)
            makers = (inner.get(f"{path}.{name}", [])[:-1] for name in ("__init__", "__new__"))
            whole = Region(node.lineno, last)
            regions.update(inner)
            regions[path] = [*_docstring(node), *(region for found in makers for region in found), whole]
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            following = body[number + 1] if number + 1 < len(body) else None
            documented = following.end_lineno if following and _is_text(following) else last
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Name):
                    regions[f"{prefix}{target.id}"] = [
                        Region(before + 1, documented or last),
                        Region(node.lineno, documented or last),
                    ]
        else:
            for field in ("body", "orelse", "finalbody"):
                inside = getattr(node, field, ())
                _collect(inside if isinstance(inside, list) else (), prefix, node.lineno, regions)
            for handler in getattr(node, "handlers", ()):
                _collect(handler.body, prefix, handler.lineno, regions)
        before = last


def _docstring(node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> list[Region]:
    first = node.body[0] if node.body else None
    return [Region(first.lineno, first.end_lineno or first.lineno)] if first and _is_text(first) else []


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _docstrings(body: Sequence[ast.stmt], prefix: str) -> Iterator[tuple[str, str]]:
    """Yield the objects that statements define, with what documents each, '' where nothing does."""
    for node, following in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield f"{prefix}{node.name}", ast.get_docstring(node) or ""
            if isinstance(node, ast.ClassDef):
                yield from _docstrings(node.body, f"{prefix}{node.name}.")
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            said = ""
            if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
                said = inspect.cleandoc(following.value.value) if isinstance(following.value.value, str) else ""
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name):
                    yield f"{prefix}{target.id}", said


def source_file(file: str) -> SourceFile:
    """Read a file; what cannot be read is empty."""
    try:
        return _read(file, Path(file).stat().st_mtime_ns)
    except (OSError, UnicodeDecodeError):
        return SourceFile("")


@cache
def _read(file: str, _modified: int) -> SourceFile:
    text = Path(file).read_text(encoding="utf-8-sig")
    return SourceFile("\n".join(notebook.lines_of_cells(text)) if file.endswith(".ipynb") else text)
