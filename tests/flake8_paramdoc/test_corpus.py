"""Real code of others, held against what a human reader found in it; `corpus.toml` says how to bring it here."""

from __future__ import annotations

import ast
import os
import tomllib
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from code_texts import CODES

from flake8_paramdoc.matching import find

CORPUS = Path(__file__).parents[1] / "corpus.toml"
FOLDER = os.environ.get("PARAMDOC_CORPUS")
REPOSITORIES: list[dict[str, Any]] = tomllib.loads(CORPUS.read_text(encoding="utf-8"))["repository"]
FILES = [
    pytest.param(repository, file, id=f"{repository['name']}/{file['path']}")
    for repository in REPOSITORIES
    for file in repository["file"]
]


def label(text: str) -> tuple[int, str]:
    """Read a label: its line, and its code without telling renamed from removed."""
    line, code, *_ = text.split()
    return int(line), same(code)


def same(code: str) -> str:
    return f"{code[:-1]}5" if code in ("KER106", "KER206") else code


def test_the_corpus_is_well_formed() -> None:
    codes = {code.code for code in CODES}
    assert len({repository["name"] for repository in REPOSITORIES}) == len(REPOSITORIES) >= 30
    assert {repository["era"] for repository in REPOSITORIES} == {"keras1", "keras2", "today"}
    for repository in REPOSITORIES:
        assert len(bytes.fromhex(repository["commit"])) == 20
        for file in repository["file"]:
            labels = [*file["outdated"], *file.get("missed", []), *file.get("also", [])]
            assert {text.split()[1] for text in labels} <= codes
            assert set(file.get("missed", [])) <= set(file["outdated"])


def test_hardly_anything_is_missed() -> None:
    known = [text for repository in REPOSITORIES for file in repository["file"] for text in file["outdated"]]
    known = [text for text in known if "unknown" not in text.split()]
    missed = [text for repository in REPOSITORIES for file in repository["file"] for text in file.get("missed", [])]
    assert len(known) > 800
    assert len(missed) / len(known) < 0.01


@pytest.mark.skipif(FOLDER is None, reason="PARAMDOC_CORPUS names no folder with the corpus's files")
@pytest.mark.parametrize(("repository", "file"), FILES)
def test_a_file_of_the_corpus(repository: dict[str, Any], file: dict[str, Any]) -> None:
    path = Path(FOLDER or "") / repository["name"].replace("/", "+") / file["path"]
    if not path.exists():
        pytest.skip(f"{path} is not there")
    source = path.read_text(encoding="utf-8", errors="replace")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(source)
    found = Counter(
        (finding.line, same(finding.code))
        for finding in find(tree, source.split("\n"), deprecated=True)
        if finding.code != "KER902"
    )
    unknown = Counter(label(text) for text in file["outdated"] if "unknown" in text.split())
    expected = Counter(label(text) for text in file["outdated"]) - unknown
    expected -= Counter(map(label, file.get("missed", [])))
    expected += Counter(map(label, file.get("also", [])))
    assert found - expected - unknown == Counter()
    assert expected - found == Counter()
