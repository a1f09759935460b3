"""What an older version left: doctrees, an environment and records, which a newer one takes over without a word."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from docutils import nodes
from sphinx.testing.util import SphinxTestApp

from sphinx_paramdoc.machine import installed

pytestmark = pytest.mark.slow

TREES = Path(__file__).parents[2] / "data"


def records(doctrees: Path) -> dict[str, dict[str, object]]:
    return {path.name: json.loads(path.read_text("utf-8")) for path in sorted((doctrees / "paramdoc").glob("*.json"))}


@pytest.mark.parametrize("tree", ["built-at-d8e3b42"])
def test_an_older_tree_is_read_again_without_a_warning(
    make_app: Callable[..., SphinxTestApp], tmp_path: Path, tree: str
) -> None:
    shutil.copytree(TREES / tree, tmp_path, dirs_exist_ok=True)
    # The records are of the versions that are installed here, so that they are as fresh as they were.
    for path in (tmp_path / "doctrees" / "paramdoc").glob("*.json"):
        record = json.loads(path.read_text("utf-8"))
        record["model"]["frameworks"] = {name: installed.version(name) for name in record["model"]["frameworks"]}
        path.write_text(json.dumps(record), encoding="utf-8")
    before = records(tmp_path / "doctrees")
    app = make_app(
        "html", srcdir=tmp_path / "docs", builddir=tmp_path, confoverrides={"paramdoc_execute": "cache"}, freshenv=False
    )
    read: set[str] = set()
    app.connect("source-read", lambda _app, name, _source: read.add(name))
    app.build()
    assert app.warning.getvalue() == ""
    assert read == {"index", "other"}
    assert records(tmp_path / "doctrees") == before
    page = app.env.get_and_resolve_doctree("other", app.builder)
    assert "The small one has 8: 3 × 4 + 4 = 16." in page.astext()
    [table] = app.env.get_doctree("index").findall(nodes.table)
    assert "4 × 4 = 16; 8 non-trainable: moving mean and moving variance are tracked, not learned" in table.astext()
