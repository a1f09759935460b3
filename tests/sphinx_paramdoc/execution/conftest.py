"""Jobs for real processes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sphinx_paramdoc.execution import Job, Request, ServerSetup, Session
from sphinx_paramdoc.machine import FirstParty
from tests.sphinx_paramdoc.execution.leftovers import MARK, processes

MakeJob = Callable[..., Job]


@pytest.fixture(autouse=True)
def _nothing_is_left(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if request.node.get_closest_marker("slow"):  # the others start no process
        assert processes(MARK) == []


@pytest.fixture
def make_job(tmp_path: Path) -> MakeJob:
    def make(code: str, **given: Any) -> Job:
        parts = {name: given.pop(name) for name in ("preamble", "expression", "weights", "backend") if name in given}
        surroundings = {"path": sys.path, "directory": str(tmp_path), "first_party": FirstParty(str(tmp_path))}
        return Job(request=Request(code=code, **parts), **{**surroundings, **given})

    return make


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    """A session whose server the tests of a module share, as the blocks of a build do."""
    made = Session(ServerSetup(preamble="import keras", path=sys.path, first_party=FirstParty("/nowhere")), {})
    yield made
    made.close()


@pytest.fixture
def no_trace_in_this_process() -> Iterator[None]:
    modules = set(sys.modules)
    yield
    for name in set(sys.modules) - modules:
        del sys.modules[name]
