"""Libraries whose every finding was judged by hand: there are no false ones, and no new ones."""

from __future__ import annotations

import ast
import os
import re
import sysconfig
import tokenize
import tomllib
import warnings
from collections import Counter
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from flake8_paramdoc.changes import CHANGES
from flake8_paramdoc.matching import Finding, find

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

LIBRARIES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parents[1] / "judged.toml").read_text())["library"]
JUDGED = re.compile(r"(?P<at>\S.*:\d+) (?P<code>KER\d{3}) (?P<verdict>true|false): .+")
FOLDERS = {"keras": "keras", "keras-hub": "keras_hub", "tf_keras": "tf_keras"}

NOT_READ = {"test", "tests", "idle_test", "site-packages", "lib2to3"}
"""Of the standard library, what no user runs: it tests Python itself, at great length."""


EVERY = 1 if "PARAMDOC_EVERY_FILE" in os.environ else 5
"""The suite reads each fifth file, and those with a known finding; with this variable set, all."""


def read_all(root: Path, known: Container[str] = ()) -> Iterator[tuple[Path, Finding]]:
    """Yield what is found in the files that Python parses."""
    read = 0
    for number, path in enumerate(sorted(root.rglob("*.py"))):
        inside = path.relative_to(root)
        if root == STANDARD and not NOT_READ.isdisjoint(inside.parts):
            continue
        if number % EVERY and inside.as_posix() not in known:
            continue
        try:
            with warnings.catch_warnings(), tokenize.open(path) as file:
                warnings.simplefilter("ignore")
                lines = file.readlines()
                tree = ast.parse("".join(lines))
        except (SyntaxError, ValueError, LookupError):
            continue
        read += 1
        # Every file, also the many that a look at the text would pass over.
        for finding in find(tree, [*lines, "import keras\n"]):
            yield inside, finding
    assert read > 100 // EVERY


STANDARD = Path(sysconfig.get_path("stdlib"))


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library["name"])
def test_no_verdict_is_false(library: dict[str, Any]) -> None:
    judged = [JUDGED.fullmatch(line) for line in library["findings"]]
    assert all(judged)
    assert {match["verdict"] for match in judged if match} <= {"true"}
    assert {match["code"] for match in judged if match} <= {change.code for change in CHANGES} - {"KER901", "KER902"}
    assert library["files"] > 0


@pytest.mark.slow
@pytest.mark.parametrize("name", FOLDERS)
def test_findings_are_those_that_were_judged(name: str) -> None:
    library = next(library for library in LIBRARIES if library["name"] == name)
    if metadata.version(name) != library["version"]:
        pytest.skip(f"{name} {library['version']} was judged, {metadata.version(name)} is installed")
    root = Path(sysconfig.get_path("purelib")) / FOLDERS[name]
    known = {line.partition(":")[0] for line in library["findings"]}
    found = Counter(f"{path.as_posix()}:{finding.line} {finding.code}" for path, finding in read_all(root, known))
    assert found == Counter(line.partition(" true: ")[0] for line in library["findings"])


@pytest.mark.slow
def test_the_standard_library_has_nothing_to_find() -> None:
    assert list(read_all(STANDARD)) == []
