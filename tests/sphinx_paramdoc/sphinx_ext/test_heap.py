"""What is spared of the memory of a build, and what the end of its process still does."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sphinx_paramdoc.sphinx_ext.heap import Heap

_PAGE = """\
Title
=====

.. paramsummary::

   keras.Sequential([keras.Input((8,)), keras.layers.Dense(3)])
"""

_CONFIGURATION = """\
import atexit
import gc
import os

extensions = ["sphinx_paramdoc"]
paramdoc_execute = "off"


class Slow:
    def __del__(self, write=os.write):
        write(1, b"finalized")


def at_the_end():
    print("frozen", gc.get_freeze_count() > 0, flush=True)


atexit.register(at_the_end)


def setup(app):
    def finish(app, exception):
        print("after", gc.get_freeze_count(), gc.callbacks, flush=True)

    app.connect("build-finished", finish, priority=900)
"""


@pytest.fixture
def heap() -> Iterator[Heap]:
    heap = Heap()
    yield heap
    heap.end()


def test_nothing_happens_before_there_is_a_table(heap: Heap) -> None:
    assert gc.get_freeze_count() == 0
    heap.end()
    assert gc.get_freeze_count() == 0


def test_what_is_there_is_spared_until_the_end(heap: Heap) -> None:
    callbacks = list(gc.callbacks)
    heap.spare()
    spared = gc.get_freeze_count()
    assert spared > 0
    kept = [[number] for number in range(1000)]
    gc.collect()
    assert gc.get_freeze_count() >= spared + len(kept)
    heap.spare()
    heap.end()
    assert gc.get_freeze_count() == 0
    assert gc.callbacks == callbacks


def test_what_another_spares_stays_spared() -> None:
    gc.freeze()
    try:
        heap = Heap()
        heap.spare()
        heap.end()
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()


def _built(folder: Path, configuration: str) -> str:
    (folder / "conf.py").write_text(configuration, encoding="utf-8")
    (folder / "index.rst").write_text(_PAGE, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", ".", "built"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=120).stdout


@pytest.mark.slow
def test_the_end_takes_nothing_apart(tmp_path: Path) -> None:
    said = _built(tmp_path, _CONFIGURATION)
    assert "after 0 []" in said
    assert "frozen True" in said


@pytest.mark.slow
def test_what_was_written_is_there_when_a_build_has_ended(tmp_path: Path) -> None:
    writes = """
    app.kept = open("app.txt", "w")
    app.kept.write("app")

log = open("conf.txt", "w")
log.write("conf")
"""
    said = _built(tmp_path, _CONFIGURATION + writes)
    assert "frozen False" in said
    assert (tmp_path / "conf.txt").read_text(encoding="utf-8") == "conf"
    assert (tmp_path / "app.txt").read_text(encoding="utf-8") == "app"


@pytest.mark.slow
@pytest.mark.parametrize("event", ["builder-inited", "env-updated", "build-finished"])
def test_what_has_a_finalizer_is_finalized(tmp_path: Path, event: str) -> None:
    keeps = f"""
    def keep(app, *_):
        app.slow = Slow()
        app.slow.itself = app.slow

    app.connect({event!r}, keep)
"""
    said = _built(tmp_path, _CONFIGURATION + keeps)
    assert "frozen False" in said
    assert "finalized" in said
