"""The present build of each environment, which is made when a page asks for it first."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

if TYPE_CHECKING:
    from sphinx_paramdoc.sphinx_ext.build import Build

BEGINS, RUNS_AHEAD = 300, 400
"""When a build begins, of all that is done once there is a builder, and when the first blocks may start.

Both ahead of autosummary, which writes its pages at 500 and imports what they are about; between them another build may
be put in its place.
"""


class _Present:
    """What has been told of a build, and that build, once there is something for it to do."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.documents: list[str] = []
        """Those that are read."""
        self.build: Build | None = None


_PRESENT: WeakKeyDictionary[BuildEnvironment, _Present] = WeakKeyDictionary()
"""It is no part of the state that is kept from build to build."""


def begin(env: BuildEnvironment, builder: Builder) -> None:
    """Begin a build."""
    _PRESENT[env] = _Present(builder)


def use(env: BuildEnvironment, build: Build) -> None:
    """Let the present build be another one than that which makes pages."""
    _PRESENT[env].build = build


def read(env: BuildEnvironment, documents: list[str]) -> None:
    """Take note of what is going to be read."""
    present = _PRESENT[env]
    present.documents = documents
    if present.build:
        present.build.begin(documents)


def builder(env: BuildEnvironment) -> Builder:
    """Return what the present build makes."""
    return _PRESENT[env].builder


def made(env: BuildEnvironment) -> Build | None:
    """Return the present build if something has asked for it."""
    return _PRESENT[env].build


def of(env: BuildEnvironment) -> Build:
    """Return the present build."""
    present = _PRESENT[env]
    if present.build is None:
        from sphinx_paramdoc.sphinx_ext import build, knowledge

        present.build = build.Build(env, knowledge.Knowledge(env, present.builder))
        present.build.begin(present.documents)
    return present.build
