"""The command's face: options, files one after the other or side by side, what is written where, exit status."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from flake8_paramdoc.command import configuration, files
from flake8_paramdoc.command.check import Checked, Settings, check
from flake8_paramdoc.command.configuration import ConfigurationError, words
from flake8_paramdoc.command.files import STDIN
from flake8_paramdoc.command.formats import FORMATS, statistics
from flake8_paramdoc.command.progress import Progress
from flake8_paramdoc.edits.patch import patch

_WRONG_USAGE = 2
_FEW = 64
"""So many files are read sooner by one process than others start."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Returns the exit status: 0 where nothing is left, 1 where something is found or could not be read, 2 for wrong
    usage.
    """
    parser = _parser()
    said = parser.parse_args(arguments)
    try:
        settings = _settings(said)
    except ConfigurationError as error:
        print(f"keras-modernize: {error}", file=sys.stderr)
        return _WRONG_USAGE
    if said.verify:
        from flake8_paramdoc.command import verify

        if trouble := verify.missing():
            parser.error(f"--verify: {trouble}")
    try:
        return _run(said, settings)
    except BrokenPipeError:  # nobody reads to the end
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="keras-modernize",
        description="Find Keras code that is written for an older Keras, in Python, reStructuredText, Markdown and"
        " notebooks, and write it in today's form.",
        epilog="It reads flake8's own configuration, and keeps to # noqa. Exit status: 0 where nothing is left, 1 where"
        " something is found or a file cannot be read, 2 for wrong usage.",
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or - for the standard input")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--fix", action="store_true", help="write what can be written anew into the files")
    how.add_argument("--diff", action="store_true", help="print a patch of it, which git apply takes")
    parser.add_argument(
        "--unsafe-fixes", action="store_true", help="with these: also what may change behaviour, each with its reason"
    )
    parser.add_argument(
        "--verify",
        action="store_true",
        help="EXECUTE the files before and after, in processes of their own, and compare the parameter tables",
    )
    parser.add_argument("--timeout", type=float, default=60, metavar="SECONDS", help="with --verify: for one file (60)")
    parser.add_argument("--select", metavar="CODES", help="report and fix these alone")
    parser.add_argument("--ignore", metavar="CODES", help="leave these out")
    parser.add_argument("--exclude", metavar="PATTERNS", help="pass over such files and folders")
    parser.add_argument("--keras-target", choices=("2", "3"), help="the Keras that the code is to run on (3)")
    parser.add_argument("--statistics", action="store_true", help="count what is found, by codes")
    parser.add_argument(
        "--output-format", choices=tuple(FORMATS), default="text", help="how findings are written (text)"
    )
    parser.add_argument(
        "--stdin-display-name", default="stdin", metavar="NAME", help="what - is called; tells its kind"
    )
    parser.add_argument(
        "-j", "--jobs", type=int, metavar="N", help="so many processes (as many as there are processors)"
    )
    return parser


def _settings(said: argparse.Namespace) -> Settings:
    known = configuration.read(Path.cwd())
    if said.select is not None:
        known = replace(known, select=words(said.select), extend_select=())
    if said.ignore is not None:
        known = replace(known, ignore=words(said.ignore))
    if said.exclude is not None:
        known = replace(known, exclude=configuration.patterns(said.exclude, str(Path.cwd())))
    target = int(said.keras_target or known.target or 3)
    return Settings(known, target, said.fix, said.diff, said.unsafe_fixes, said.stdin_display_name)


def _run(said: argparse.Namespace, settings: Settings) -> int:
    paths = list(files.found(said.paths, settings.configuration))
    jobs = said.jobs or (os.cpu_count() or 1 if len(paths) > _FEW else 1)
    checked = []
    with Progress(len(paths)) as progress:
        for one in _each(paths, settings, jobs):
            checked.append(_written(one, settings) if settings.fix else one)
            progress.step()
    status = _tell(checked, said, settings)
    if said.verify:
        from flake8_paramdoc.command import verify

        status = max(status, verify.verify(checked, said.timeout))
    return status


def _each(paths: Sequence[str], settings: Settings, jobs: int) -> Iterator[Checked]:
    """Yield what became of each file, in their order."""
    one = partial(check, settings=settings)
    if jobs < 2 or len(paths) < 2 or STDIN in paths:
        yield from map(one, paths)
        return
    with ProcessPoolExecutor(min(jobs, len(paths))) as pool:
        yield from pool.map(one, paths, chunksize=max(1, min(16, len(paths) // (4 * jobs))))


def _written(one: Checked, settings: Settings) -> Checked:
    """Write a file anew, and return what became of that."""
    if one.new is None:
        return one
    if one.path == settings.stdin_name and not Path(one.path).exists():
        return one  # it goes to the standard output
    try:
        files.write(one.path, one.new)
    except OSError as error:
        return replace(one, trouble=f"cannot be written: {error.strerror or error}", fixed=0)
    return one


def _tell(checked: Sequence[Checked], said: argparse.Namespace, settings: Settings) -> int:
    """Write what was found and done; return the exit status."""
    reads_stdin = STDIN in said.paths
    patched = False
    if settings.diff:
        for one in checked:
            if one.new is not None:
                patched = True
                _out(patch(_in_patch(one.path), one.raw, one.new))
    elif settings.fix and reads_stdin:
        for one in checked:
            if one.path == settings.stdin_name:
                _out(one.new if one.new is not None else one.raw)
    beside = sys.stderr if settings.diff or (settings.fix and reads_stdin) else sys.stdout
    for line in FORMATS[said.output_format](checked):
        print(line, file=beside)
    if said.statistics:
        for line in statistics(checked):
            print(line, file=beside)
    for one in checked:
        for reason, lines in one.reasons.items():
            print(f"{one.path}: unsafe: {_lines(lines)}: {reason}", file=sys.stderr)
        if one.passed:
            print(
                f"{one.path}: {_lines(one.passed)}: left as written, :upgrade: rewrites it when it runs",
                file=sys.stderr,
            )
        if one.trouble:
            print(f"{one.path}: {one.trouble}", file=sys.stderr)
    if said.output_format == "text":
        for line in _summary(checked, settings):
            print(line, file=sys.stderr)
    return int(patched or any(one.left or one.trouble for one in checked))


def _summary(checked: Sequence[Checked], settings: Settings) -> Iterator[str]:
    fixed = sum(one.fixed for one in checked)
    left = [left for one in checked for left in one.left]
    if settings.rewrites and fixed:
        number = sum(one.new is not None for one in checked)
        done = "Would fix" if settings.diff else "Fixed"
        yield f"{done} {_counted(fixed, 'finding')} in {_counted(number, 'file')}; {len(left)} left."
    elif left:
        yield f"Found {_counted(len(left), 'finding')}."
    safe = sum(one.fix == "safe" for one in left)
    unsafe = sum(one.fix == "unsafe" for one in left)
    if safe and not settings.rewrites:
        yield f"{_counted(safe, 'can', 'can')} be fixed with --fix."
    if unsafe and not settings.unsafe:
        yield f"{unsafe} {'more ' if safe else ''}can be fixed with --unsafe-fixes, which may change behaviour."


def _lines(numbers: Sequence[int]) -> str:
    return f"line{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"


def _counted(number: int, one: str, several: str | None = None) -> str:
    return f"{number} {one if number == 1 else several or f'{one}s'}"


def _out(raw: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(raw)
    sys.stdout.buffer.flush()


def _in_patch(path: str) -> str:
    """Return the name of a file in a patch: from the repository that the current folder is in."""
    here = Path.cwd()
    root = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
    full = Path(os.path.normpath(Path(path).absolute()))
    return (full.relative_to(root) if full.is_relative_to(root) else Path(path)).as_posix().lstrip("/")
