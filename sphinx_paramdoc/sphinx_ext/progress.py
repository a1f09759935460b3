"""What a person sees while blocks run: Sphinx's status line, and a summary."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from sphinx.util import logging

from sphinx_paramdoc.execution.environment import framework_title
from sphinx_paramdoc.sphinx_ext.state import Block, Outcome

_logger = logging.getLogger(__name__)

_LONG = 5.0
"""Seconds after which a log without a status line says that a block runs."""


def inform(sentence: str) -> None:
    """Say what a person may want to know, and nothing is wrong about."""
    _logger.info("paramsummary: %s", sentence)


class Status:
    """Tells what the build waits for."""

    def __init__(self, environment: Mapping[str, str] = {}) -> None:
        """Tell nothing yet.

        :param environment: the variables that are set for blocks.
        """
        self._environment = environment
        self._process = os.getpid()
        self._count = 0
        self._foreseen = 0
        self._settings = 0
        """How many settings of the block's arguments it has waited for."""
        self._told = ""

    def foresee(self, blocks: int) -> None:
        """Take note of how many blocks will most likely run."""
        self._foreseen = blocks

    def begin(self) -> None:
        """Take note that a block is asked for, whose settings are counted from 1."""
        self._settings = 0

    @contextlib.contextmanager
    def block(self, backend: str | None) -> Iterator[Callable[[bool], None]]:
        """Tell of one block; the result is to be called now and then, with whether the framework is imported."""
        self._count += 1
        of = f" of {self._foreseen}" if self._count <= self._foreseen else ""
        with self._waiting(f"block {self._count}{of}", backend) as waiting:
            yield waiting

    @contextlib.contextmanager
    def setting(self, backend: str | None) -> Iterator[Callable[[bool], None]]:
        """Tell of one setting that a formula is found by; nobody knows beforehand how many there will be."""
        self._settings += 1
        with self._waiting(f"setting {self._settings} of a formula", backend) as waiting:
            yield waiting

    @contextlib.contextmanager
    def _waiting(self, what: str, backend: str | None) -> Iterator[Callable[[bool], None]]:
        framework = framework_title(backend, self._environment)
        begin = time.monotonic()

        def waiting(started: bool) -> None:
            self._tell(what if started else f"starting {framework}", time.monotonic() - begin)

        yield waiting

    def summarise(self, blocks: Sequence[Block]) -> None:
        """Say how the blocks of a build came out."""
        counts = Counter(block.outcome for block in blocks)
        words = {
            Outcome.RUN: "run",
            Outcome.EQUAL: "equal to others",
            Outcome.RECORD: "from records",
            Outcome.STALE: "from stale records",
            Outcome.FAILED: "failed",
            Outcome.SKIPPED: "skipped",
            Outcome.LEFT: "left to other shards",
        }
        said = ", ".join(f"{counts[outcome]} {word}" for outcome, word in words.items() if counts[outcome])
        if said:
            seconds = sum(block.seconds for block in blocks)
            _logger.info("paramsummary blocks: %s (waited %.1f s)", said, seconds)

    def _tell(self, what: str, seconds: float) -> None:
        if os.getpid() != self._process:  # what readers say is shown when they are done
            return
        if sys.stdout.isatty():
            _logger.info("\x1b[2Kparamsummary... %s, %.0f s\r", what, seconds, nonl=True)
        elif what != self._told and (what.startswith("starting") or seconds > _LONG):
            self._told = what
            _logger.info("paramsummary... %s", what)
