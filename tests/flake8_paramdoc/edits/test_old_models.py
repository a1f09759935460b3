"""The manual's table of old models, and the figures beside it, are what the list of them says and what was measured."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tools.old_models import old_models


def _rows(repository: Path) -> list[list[str]]:
    text = (repository / "docs" / "snippets" / "old_models.csv").read_text("utf-8")
    return list(csv.reader(text.splitlines()))[1:]


def test_the_table_lists_each_model(repository: Path) -> None:
    known = sorted((one.architecture, str(one.year), one.repository) for one in old_models())
    assert known == sorted((row[0], row[1], row[2].replace(" / ", "/")) for row in _rows(repository))


def test_what_does_not_build_says_what_a_person_must_do(repository: Path) -> None:
    left = {(one.architecture, one.repository.replace("/", " / ")): one.left for one in old_models()}
    for architecture, _, name, before, after in _rows(repository):
        assert after in (before, left[architecture, name]), name
        assert after


@pytest.mark.parametrize("half", ["open", "closed"])
def test_the_figures_are_those_of_the_table(repository: Path, half: str) -> None:
    same = {(row[0], row[2].replace(" / ", "/"), row[3]) for row in _rows(repository) if row[3] == row[4]}
    of_half = list(old_models(half))
    built = [one for one in of_half if (one.architecture, one.repository, f"{one.count or 0:,}") in same]
    assert f"{len(built)} of the {len(of_half)}" in (repository / "docs" / "old-models.rst").read_text("utf-8")
