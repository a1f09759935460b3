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
    known = sorted(
        (one.architecture, str(one.year), f"{one.repository}: {one.path.rpartition('/')[2]}") for one in old_models()
    )
    assert known == sorted((row[0], row[1], row[2]) for row in _rows(repository))


def test_what_differs_says_what_a_person_must_do(repository: Path) -> None:
    for row in _rows(repository):
        is_same = row[3] == row[4] != ""
        assert is_same == (row[5] == ""), row


@pytest.mark.parametrize("half", ["open", "closed"])
def test_the_figures_are_those_of_the_table(repository: Path, half: str) -> None:
    same = {(row[0], row[2], row[3]) for row in _rows(repository) if row[3] == row[4] != ""}
    of_half = list(old_models(half))
    built = [
        one
        for one in of_half
        if one.count is not None
        and (one.architecture, f"{one.repository}: {one.path.rpartition('/')[2]}", f"{one.count:,}") in same
    ]
    assert f"{len(built)} of the {len(of_half)}" in (repository / "docs" / "old-models.rst").read_text("utf-8")
