"""Who may import whom in the linter: the standard library alone, from the tables upwards."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.imports import arrows, circle, imported, sources

ROOMS: dict[str, set[str]] = {
    "texts": set(),
    "changes": set(),
    "reading": {"texts", "changes"},
    "matching": {"texts", "changes", "reading"},
    "plugin": {"matching", "reading"},
    "edits": {"texts", "changes", "reading", "matching"},
    "command": {"edits", "matching", "reading"},
    "__main__": {"command"},
}
"""Each room, or file that is none → those that it may import."""


def test_every_room_imports_only_what_it_may(repository: Path) -> None:
    for module, path in sources(repository, "flake8_paramdoc").items():
        _, *inside = module.split(".")
        for name in imported(path):
            package, *parts = name.split(".")
            assert package in {*sys.stdlib_module_names, "flake8", "flake8_paramdoc"}, path
            if package == "flake8_paramdoc":
                assert parts[0] == inside[0] or parts[0] in ROOMS[inside[0]], path
            assert package != "flake8" or inside == ["plugin"], path


def test_no_files_import_each_other_in_a_circle(repository: Path) -> None:
    assert circle(arrows(sources(repository, "flake8_paramdoc"))) == []


@pytest.mark.parametrize("is_on", [True, False])
def test_garbage_is_looked_for_as_before_once_the_tables_are_there(is_on: bool) -> None:
    before = "" if is_on else "gc.disable(); "
    code = f"import gc; {before}import flake8_paramdoc.changes; print(gc.isenabled(), gc.get_freeze_count())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == f"{is_on} 0\n"
