"""What an older version left: doctrees, an environment and records, which a newer one reads without harm."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from docutils import nodes
from sphinx.testing.util import SphinxTestApp

from sphinx_paramdoc.machine import installed
from sphinx_paramdoc.records.reading import SCHEMA

pytestmark = pytest.mark.slow

TREES = Path(__file__).parents[2] / "data"


def records(doctrees: Path) -> dict[str, dict[str, object]]:
    return {path.name: json.loads(path.read_text("utf-8")) for path in sorted((doctrees / "paramdoc").glob("*.json"))}


OLDER = "the record of this block was written by an older sphinx-paramdoc: build once with the framework"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The tree of an older version, whose records are of the versions that are installed here."""
    shutil.copytree(TREES / "built-at-d8e3b42", tmp_path, dirs_exist_ok=True)
    for path in (tmp_path / "doctrees" / "paramdoc").glob("*.json"):
        record = json.loads(path.read_text("utf-8"))
        record["model"]["frameworks"] = {name: installed.version(name) for name in record["model"]["frameworks"]}
        path.write_text(json.dumps(record), encoding="utf-8")
    return tmp_path


def built(make_app: Callable[..., SphinxTestApp], tree: Path, mode: str) -> tuple[SphinxTestApp, set[str]]:
    """Build, and tell which documents were read."""
    app = make_app(
        "html", srcdir=tree / "docs", builddir=tree, confoverrides={"paramdoc_execute": mode}, freshenv=False
    )
    read: set[str] = set()
    app.connect("source-read", lambda _app, name, _source: read.add(name))
    app.build()
    return app, read


def test_an_older_tree_is_read_again_without_a_warning(make_app: Callable[..., SphinxTestApp], tree: Path) -> None:
    """Its records are not believed: the blocks run again, and are recorded under names of their own."""
    before = records(tree / "doctrees")
    app, read = built(make_app, tree, "auto")
    assert app.warning.getvalue() == ""
    assert read == {"index", "other"}
    after = records(tree / "doctrees")
    assert {name: after[name] for name in before} == before
    assert {after[name]["paramdoc"] for name in set(after) - set(before)} == {SCHEMA}
    page = app.env.get_and_resolve_doctree("other", app.builder)
    assert "The small one has 8: 3 × 4 + 4 = 16." in page.astext()
    [table] = app.env.get_doctree("index").findall(nodes.table)
    assert "4 × 4 = 16" in table.astext()
    assert "8 non-trainable: moving mean and moving variance are tracked, not learned" in table.astext()


def test_where_nothing_may_run_an_older_record_is_told_as_that(
    make_app: Callable[..., SphinxTestApp], tree: Path
) -> None:
    app, read = built(make_app, tree, "cache")
    assert read == {"index", "other"}
    warnings = re.sub(r"\x1b\[[0-9;]*m", "", app.warning.getvalue()).splitlines()
    assert len(warnings) == 2
    assert all(line.endswith(f"{OLDER}, and paramdoc_execute is 'cache' [paramdoc.stale]") for line in warnings)
