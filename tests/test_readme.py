"""The picture that README opens with: that it is there, and that who does not see it misses nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.notation import declaration
from sphinx_paramdoc.notation.settings import Options


@pytest.fixture
def picture(repository: Path) -> str:
    readme = (repository / "README.md").read_text(encoding="utf-8")
    assert readme.startswith("# sphinx-paramdoc\n\n<picture>\n")
    return readme.partition("<picture>")[2].partition("</picture>")[0]


def test_each_colour_scheme_has_a_picture(picture: str, repository: Path) -> None:
    assert 'media="(prefers-color-scheme: dark)" srcset="docs/_static/readme-dark.png"' in picture
    assert '<img src="docs/_static/readme-light.png"' in picture
    for scheme in ("light", "dark"):
        content = (repository / "docs" / "_static" / f"readme-{scheme}.png").read_bytes()
        assert content.startswith(b"\x89PNG\r\n")
        assert len(content) < 80_000


def test_the_alternative_text_says_what_the_table_says(picture: str, seed: facts.Model) -> None:
    found = re.search(r'alt="([^"]+)"', picture)
    assert found is not None
    built = table.build(seed)
    assert [row.path for row in built.rows if f"{row.path} (" not in found[1]] == []
    assert [row.explanation for row in built.rows if row.explanation not in found[1]] == []
    assert f"Total {built.total:,}: {built.trainable:,} trainable + {built.non_trainable:,} non-trainable" in found[1]


def test_the_options_that_it_names_are_there(repository: Path) -> None:
    readme = (repository / "README.md").read_text(encoding="utf-8")
    table_of_options = readme.partition("| option | does |")[2].partition("\n\n")[0]
    named = re.findall(r"`:([a-z-]+):", table_of_options)
    assert len(named) > 10
    assert {*named} <= {*declaration.options(Options)}
