"""The command that makes the records of a documentation without its pages, and tells where one is missing."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import SphinxError
from sphinx.util.console import color_terminal, nocolor
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sphinx_paramdoc import execution
from sphinx_paramdoc.machine import streams
from sphinx_paramdoc.records.elsewhere import Elsewhere
from sphinx_paramdoc.records.shards import Shard
from sphinx_paramdoc.sphinx_ext import config as settings
from sphinx_paramdoc.sphinx_ext import present, unimported
from sphinx_paramdoc.sphinx_ext.knowledge import Knowledge
from sphinx_paramdoc.sphinx_ext.recording import Distributed, Recording
from sphinx_paramdoc.sphinx_ext.state import Outcome
from sphinx_paramdoc.sphinx_ext.warnings import first_line, tell_once

_INTERRUPTED = 128 + signal.SIGINT
"""The exit status of a process that Ctrl-C has ended, as shells have it."""


class _UsageError(SphinxError):
    """The command is not called as it should be."""

    category = "usage"


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the records of a documentation's blocks, or look at them.

    Return the exit status: 0; 1 where a block failed, or a record that is looked at is missing or stale; 2 for wrong
    usage, with which `argparse` exits by itself.
    """
    streams.restore()
    parser = _parser()
    options = parser.parse_args(arguments)
    if not color_terminal():
        nocolor()
    if options.check and (options.executor or options.jobs):
        parser.error("--check runs nothing: leave out --executor and --jobs")
    if not (Path(options.configuration or options.docs) / "conf.py").is_file():
        parser.error(f"there is no conf.py in {options.configuration or options.docs}; -c names the folder that has it")
    try:
        with _Ends() as ends, tempfile.TemporaryDirectory(prefix="paramdoc-records-") as folder:
            return _run(options, Path(folder), ends)
    except _UsageError as error:
        parser.error(str(error))
    except KeyboardInterrupt:
        print("interrupted: the records that were made until now are kept", file=sys.stderr)
        return _INTERRUPTED
    except Exception as error:  # whatever conf.py, an extension or a page does
        print(f"{parser.prog}: error: {_told(error)}", file=sys.stderr)
        return 2


def _told(error: Exception) -> str:
    return str(error) if isinstance(error, SphinxError) else first_line(error)


# What is asked for


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sphinx_paramdoc.records",
        description="Make the records of all blocks of a documentation that have no fresh one, and no pages.",
        epilog="Records merge by copying. Exit status: 0; 1 where a block failed, or --check found a record missing or "
        "stale; 2 for wrong usage.",
    )
    parser.add_argument("docs", metavar="DOCS", help="the folder of the documentation's sources")
    parser.add_argument(
        "--records", metavar="FOLDER", help="where the records are (default: what paramdoc_records says in conf.py)"
    )
    parser.add_argument(
        "--shard", type=_shard, default=Shard(), metavar="I/N", help="make only part I of N of them, counted from 1"
    )
    parser.add_argument(
        "--executor",
        type=_executor,
        metavar="MODULE:CALLABLE",
        help="run the blocks through what CALLABLE gives, a concurrent.futures.Executor",
    )
    parser.add_argument(
        "--jobs",
        type=_jobs,
        metavar="N",
        help="how many blocks run at a time (default: as many as there are cores; in each worker of an executor: 1)",
    )
    parser.add_argument("--check", action="store_true", help="run nothing: tell which records are missing or stale")
    parser.add_argument("-c", dest="configuration", metavar="PATH", help="as of sphinx-build: the folder of conf.py")
    parser.add_argument(
        "-D",
        dest="settings",
        type=_setting,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="as of sphinx-build: a setting in place of that in conf.py",
    )
    parser.add_argument("-t", dest="tags", action="append", default=[], metavar="TAG", help="as of sphinx-build")
    return parser


def _shard(text: str) -> Shard:
    try:
        return Shard.read(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _jobs(text: str) -> int:
    if not (text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of blocks")
    return int(text)


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is no NAME=VALUE")
    return name, value


def _executor(text: str) -> Callable[[], Executor]:
    """Return what makes the executor; the module is imported now, and nothing called."""
    module, colon, name = text.partition(":")
    if not (module and colon and name):
        raise argparse.ArgumentTypeError(f"{text!r} is no MODULE:CALLABLE")
    try:
        found: Any = import_module(module)
        for part in name.split("."):
            found = getattr(found, part)
    except Exception as error:  # somebody's own module
        raise argparse.ArgumentTypeError(f"{text} cannot be imported ({first_line(error)})") from None
    if not callable(found):
        raise argparse.ArgumentTypeError(f"{text} cannot be called: it is of {type(found).__name__}")

    def make() -> Executor:
        try:
            made = found()
        except Exception as error:
            raise _UsageError(f"--executor: {text} gives no executor ({first_line(error)})") from error
        if not isinstance(made, Executor):
            kind = type(made).__name__
            raise _UsageError(f"--executor: {text} gives a {kind}, which is no concurrent.futures.Executor")
        return made

    return make


# What is done


def _run(options: argparse.Namespace, folder: Path, ends: _Ends) -> int:
    """Read all pages; return the exit status.

    :param folder: an empty one, for what Sphinx writes.
    :param ends: knows whether this process is to end.
    """
    overrides: dict[str, Any] = dict(options.settings)
    overrides |= {
        "paramdoc_execute": "cache" if options.check else "auto",
        "paramdoc_prune_records": False,
        "paramdoc_keep_server": 0,
    }
    if options.records:
        overrides["paramdoc_records"] = os.path.abspath(options.records)  # noqa: PTH100 - a link stays one
    with patch_docutils(options.configuration or options.docs), docutils_namespace():  # as in sphinx-build
        app = _Application(options, folder, overrides)
        app.connect("source-read", lambda *_: ends.check())
        try:
            _read(app)
            ends.check()
        except BaseException:
            app.end(at_once=True)
            raise
        app.end()
    print(_summary(app.build_of_records, options.check))
    return int(app.build_of_records.has_failed)


class _Application(Sphinx):
    """Sphinx, with a build that makes records in place of pages."""

    build_of_records: Recording

    def __init__(self, options: argparse.Namespace, folder: Path, overrides: dict[str, Any]) -> None:
        self._options = options
        self._folder = folder
        self._elsewhere: Elsewhere | None = None
        super().__init__(
            options.docs,
            options.configuration or options.docs,
            folder / "output",
            folder / "doctrees",
            "dummy",
            confoverrides=overrides,
            freshenv=True,
            tags=options.tags,
        )

    def preload_builder(self, name: str) -> None:
        """Look at what conf.py says, and arrange for the build; all extensions are loaded."""
        super().preload_builder(name)
        if "paramdoc_records" not in self.config:
            raise _UsageError(f"{self.confdir / 'conf.py'} does not have sphinx_paramdoc among its extensions")
        self.connect("config-inited", _check, priority=900)
        self.connect("builder-inited", self._use, priority=present.BEGINS + 1)

    def _use(self, _app: Sphinx) -> None:
        known = Knowledge(self.env, self.builder)
        if self._options.executor:
            setup = execution.ServerSetup(
                preamble=known.says.preamble,
                path=known.path,
                first_party=known.first_party,
                slots=self._options.jobs or 1,
            )
            lease = self._folder / "lease"
            self._elsewhere = Elsewhere(self._options.executor, known.records, setup, known.says.environment, lease)
            tell_once(of_all=True)  # pages may be read several times
            self.build_of_records = Distributed(self.env, known, self._options.shard, self._elsewhere)
        else:
            self.build_of_records = Recording(self.env, known, self._options.shard, self._options.jobs)
        if self._options.check:
            self.config.suppress_warnings = [
                each for each in self.config.suppress_warnings if each.partition(".")[0] != "paramdoc"
            ]
        else:
            _check_writable(known.records.folder)
        present.use(self.env, self.build_of_records)

    def end(self, at_once: bool = False) -> None:
        """End what runs blocks.

        :param at_once: without waiting for what runs.
        """
        if self._elsewhere:
            self._elsewhere.close(at_once)


def _check(_app: Sphinx, config: Config) -> None:
    if settings.of(config).records is None:
        raise _UsageError(
            "there is no folder for the records: name one by --records, or by paramdoc_records in conf.py"
        )


def _check_writable(folder: Path) -> None:
    """Refuse a folder that nothing can be written to, before anything runs."""
    nearest = next(place for place in (folder, *folder.parents) if place.exists())
    if not (nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)):
        raise _UsageError(f"records cannot be written to {folder}")


def _read(app: _Application) -> None:
    """Read all pages, and those again whose blocks others had to run first."""
    try:
        with unimported.listening(app.env) as heard:
            app.builder.read()
            while not app.build_of_records.is_complete():
                app.builder.read()
        app.build_of_records.warn_of_lost(heard.documents)
    except Exception as error:
        app.events.emit("build-finished", error)
        raise
    app.events.emit("build-finished", None)


def _summary(build: Recording, is_check: bool) -> str:
    """Return what became of the records, in one line."""
    counts: Counter[str] = Counter()
    words = _CHECKED if is_check else _MADE
    for outcome, count in build.outcomes().items():
        if outcome in words:
            counts[words[outcome]] += count
    told = ", ".join(f"{counts[word]:,} {word}" for word in dict.fromkeys(words.values()) if counts[word])
    if is_check and (left := len(build.unsettled)):
        told += f", and settings of {left:,} {'block' if left == 1 else 'blocks'} that are not known yet"
    return f"records in {build.known.records.folder}: {told or 'there is nothing to record'}"


_MADE = {
    Outcome.RUN: "made",
    Outcome.RECORD: "fresh",
    Outcome.EQUAL: "fresh",
    Outcome.FAILED: "failed",
    Outcome.LEFT: "of other shards",
}

_CHECKED = {
    Outcome.RECORD: "fresh",
    Outcome.STALE: "stale",
    Outcome.FAILED: "missing",
    Outcome.LEFT: "of other shards",
}


class _Ends:
    """Lets a signal that ends this process end it in good order, what it has started with it.

    autodoc takes whatever is raised while it imports a module for a fault of that, and goes on.
    """

    def __init__(self) -> None:
        """Know of no signal."""
        self._came = 0
        self._before: dict[int, Any] = {}

    def __enter__(self) -> _Ends:
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) in {signal.SIG_DFL, signal.default_int_handler}:
                self._before[number] = signal.signal(number, self._end)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _end(self, number: int, _frame: FrameType | None) -> None:
        self._came = number
        self.check()

    def check(self) -> None:
        """End, where a signal said so."""
        if self._came == signal.SIGINT:
            raise KeyboardInterrupt
        if self._came:
            sys.exit(128 + self._came)
