"""Whether files build the same models before and after: each is executed, and its parameter tables are compared.

The work is done by ``python -m sphinx_paramdoc``, as another process, in a copy of the file's folder; nothing of it is
imported here.
"""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flake8_paramdoc.command.check import Checked
from flake8_paramdoc.command.files import UnreadableError, decoded
from flake8_paramdoc.edits.documents import Kind
from flake8_paramdoc.edits.source import Edit, Source, applied

_WORKER = "sphinx_paramdoc"
_SLACK = 120.0
"""Seconds for the import of a framework, which are not those of a file."""
_MOST_FILES = 2000
"""Of a folder with more files than that, only the file itself is copied."""


def missing() -> str:
    """Return why nothing can be executed; '' where it can."""
    if importlib.util.find_spec(_WORKER) is None:
        return "sphinx_paramdoc, which executes the files, is not installed"
    return ""


@dataclass(frozen=True)
class Table:
    """What a file builds, or why it shows no table."""

    total: int | None
    rows: tuple[tuple[str, int], ...] = ()
    why: str = ""


def verify(checked: Sequence[Checked], timeout: float) -> int:
    """Execute each file of Python that is written anew, before and after, and say what came out.

    Returns 1 where a model differs.
    """
    files = [one for one in checked if one.new is not None and Kind.of(one.path) is Kind.PYTHON]
    if not files:
        print("--verify: no file of Python is written anew, so that there is nothing to execute", file=sys.stderr)
        return 0
    print(f"--verify: this EXECUTES {len(files)} of the named files, before and after", file=sys.stderr)
    status = 0
    for one in files:
        assert one.new is not None
        before = _table(one.path, one.raw, timeout, old=True)
        after = _table(one.path, one.new, timeout, old=False)
        said, differs = compared(before, after)
        print(f"{one.path}: {said}", file=sys.stderr)
        status = max(status, int(differs))
    return status


def compared(before: Table, after: Table) -> tuple[str, bool]:
    """Say how two tables compare, and whether they differ."""
    if after.total is None:
        return f"not provable: {after.why}", False
    if before.total is None:
        return f"after only: {after.total:,} parameters (before: {before.why})", False
    if len(before.rows) == len(after.rows):
        for (name, old), (_, new) in zip(before.rows, after.rows, strict=True):
            if old != new:
                return f"DIFFERS in {name}: {old:,} before, {new:,} after", True
    elif before.total == after.total:
        layers = f"{len(before.rows)} before, {len(after.rows)} after"
        return f"DIFFERS in its layers: {layers}, {after.total:,} parameters in both", True
    if before.total != after.total:
        return f"DIFFERS: {before.total:,} parameters before, {after.total:,} after", True
    return f"equal: {after.total:,} parameters in {len(after.rows)} layers", False


def _table(path: str, code: bytes, timeout: float, *, old: bool) -> Table:
    """Execute a file in a copy of its folder, and return the table of its model."""
    if old and importlib.util.find_spec("tf_keras") is None:
        return Table(None, why="tf_keras is not installed")
    with tempfile.TemporaryDirectory(prefix="keras-modernize-") as made:
        folder = Path(made) / "copy"
        _copy(Path(path).absolute().parent, folder)
        name = Path(path).name
        (folder / name).write_bytes(code)
        environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}
        if old:
            _keras_2(folder)
            environment["TF_USE_LEGACY_KERAS"] = "1"  # then TensorFlow's own copy is that of Keras 2, too
        command = [sys.executable, "-m", _WORKER, "--code", name, "--format", "json", "--unfold"]
        try:
            done = subprocess.run(
                [*command, "--timeout", str(timeout), "--keep-server", "0"],
                cwd=folder,
                env=environment,
                capture_output=True,
                timeout=timeout + _SLACK,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Table(None, why=f"it took more than {timeout:g} seconds")
    try:
        return _read(json.loads(done.stdout))
    except (ValueError, LookupError, TypeError):
        return Table(None, why=_reason(done.stderr.decode(errors="replace"), folder))


def _keras_2(folder: Path) -> None:
    """Let the files of a copied folder import ``tf_keras`` where they import ``keras``."""
    for file in folder.rglob("*.py"):
        try:
            raw = file.read_bytes()
            if b"keras" in raw:
                opened = decoded(raw, str(file))
                file.write_bytes(opened.encoded(importing_keras_2(opened.text)))
        except (OSError, SyntaxError, UnreadableError):
            continue  # it fails by itself, where it is imported


def importing_keras_2(text: str) -> str:
    """Return a source in which ``keras`` stands for ``tf_keras``, line by line.

    :raises SyntaxError: where it is no Python.
    """
    source = Source(text)
    edits = []
    for statement in source.imports:
        start, end = source.span(statement)
        if isinstance(statement, ast.ImportFrom):
            if not statement.level and _is_keras(statement.module or ""):
                module = next(token for token in source.between(start, end) if token.text == "keras")
                edits.append(Edit(module.start, module.end, "tf_keras"))
            continue
        for alias in statement.names:
            if _is_keras(alias.name):
                new = f"tf_{source.segment(alias)}"
                if not alias.asname:
                    new = "tf_keras as keras" if alias.name == "keras" else f"{new}, tf_keras as keras"
                edits.append(Edit(*source.span(alias), new))
    return applied(text, edits)


def _is_keras(module: str) -> bool:
    return module == "keras" or module.startswith("keras.")


def _copy(folder: Path, copy: Path) -> None:
    few = sum(len(files) for _, _, files in os.walk(folder)) <= _MOST_FILES
    if few:
        shutil.copytree(folder, copy, symlinks=True, ignore=shutil.ignore_patterns(".git", "__pycache__", ".venv"))
    else:
        copy.mkdir()


def _read(table: dict[str, Any]) -> Table:
    rows = tuple((row["path"], row["params"]) for row in table["rows"] if row["depth"] == 0)
    return Table(table["total"], rows)


def _reason(said: str, folder: Path) -> str:
    said = said.replace(f"{folder}{os.sep}", "")
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    told = [line for line in lines if line.startswith("paramsummary:")]
    return (told or lines or ["it says nothing"])[0].removeprefix("paramsummary: ")
