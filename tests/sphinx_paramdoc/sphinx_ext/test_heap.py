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
        write(1, b"done")


class Asking(type):
    def __getattr__(cls, name):
        raise RuntimeError(name)


class Lazy(metaclass=Asking):
    pass


def held(write=os.write):
    try:
        yield
    finally:
        write(1, b"done")


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


_LEFT = {
    "a file": ("app.left = open('left.txt', 'w'); app.left.write('done')", "left.txt"),
    "a file that others inherit": (
        "app.left = open('left.txt', 'w'); os.set_inheritable(app.left.fileno(), True); app.left.write('done')",
        "left.txt",
    ),
    "a file in a list that holds itself": (
        "app.left = [open('left.txt', 'w')]; app.left.append(app.left); app.left[0].write('done')",
        "left.txt",
    ),
    "a pipe": ("app.left = os.fdopen(os.dup(1), 'w'); app.left.write('done')", ""),
    "a finalizer": ("app.left = Slow(); app.left.itself = app.left", ""),
    "a generator": ("app.left = held(); next(app.left)", ""),
    "a type that asks for everything": ("app.left = Lazy(); app.left.itself = app.left; print('done')", ""),
}
"""What may be left behind → code that leaves it, and the file that it writes to; else standard output."""


@pytest.mark.slow
@pytest.mark.parametrize("event", ["builder-inited", "build-finished"])
@pytest.mark.parametrize("left", _LEFT)
def test_what_is_left_behind_is_brought_to_its_end(tmp_path: Path, left: str, event: str) -> None:
    code, file = _LEFT[left]
    leaves = f"""
    def leave(app, *_):
        {code}

    app.connect({event!r}, leave)
"""
    said = _built(tmp_path, _CONFIGURATION + leaves)
    if left != "a type that asks for everything":
        assert "frozen False" in said
    assert "done" in ((tmp_path / file).read_text(encoding="utf-8") if file else said)


_AGAIN = """
import gc
import sys

from sphinx.application import Sphinx


def build():
    try:
        Sphinx(".", ".", "built", "doctrees", "html", status=None, freshenv=True, warning=sys.stdout).build()
    except Exception as error:
        print("raised", error)


build()
print("then", gc.get_freeze_count(), gc.callbacks)
build()
print("then", gc.get_freeze_count(), gc.callbacks)
"""


@pytest.mark.slow
@pytest.mark.parametrize(("event", "counts"), [("build-finished", [0, 0]), ("builder-inited", [0, 0])])
def test_a_build_that_fails_spares_nothing_for_good(tmp_path: Path, event: str, counts: list[int]) -> None:
    fails = f"""
    def fail(app, *_):
        raise ValueError("no")

    app.connect({event!r}, fail, priority=1)
"""
    (tmp_path / "conf.py").write_text(_CONFIGURATION + fails, encoding="utf-8")
    (tmp_path / "index.rst").write_text(_PAGE, encoding="utf-8")
    command = [sys.executable, "-c", _AGAIN]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=120).stdout
    assert said.count("raised") == 2
    assert [line for line in said.splitlines() if line.startswith("then")] == [f"then {count} []" for count in counts]
