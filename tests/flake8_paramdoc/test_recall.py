"""The repositories that the linter's silences were measured on."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

RECALL = Path(__file__).parents[1] / "recall.toml"
CORPUS = Path(__file__).parents[1] / "corpus.toml"


def repositories(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["repository"]
    return found


def test_the_list_is_well_formed() -> None:
    listed = repositories(RECALL)
    names = {repository["name"] for repository in listed}
    assert len(names) == len(listed) == 54
    assert not names & {repository["name"] for repository in repositories(CORPUS)}
    assert [repository["half"] for repository in listed] == ["open"] * 27 + ["closed"] * 27
    assert sum(repository["lines"] for repository in listed) > 160_000
    for repository in listed:
        assert len(bytes.fromhex(repository["commit"])) == 20
