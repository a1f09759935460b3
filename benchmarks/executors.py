"""The same pages, each with one small model: built by our extension, by its peers, and with tables written by hand."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks import projects
from benchmarks.measure import BenchmarkError, Build, Subject, Timings, Verdicts, environment, interleaved, run, table
from benchmarks.projects import Block, Kind

_BARE = "bare-script"
_STATIC, _STATIC_AGAIN, _STATIC_PLAIN = "static", "static-again", "static-plain"
_OWN, _OWN_PARALLEL, _OWN_RECORDS = "own", "own-j2", "own-records"
_JUPYTER = "jupyter-sphinx"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark."""
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="runs of each subject (default: 3)")
    parser.add_argument("--pages", type=int, default=20, metavar="N", help="pages of each project (default: 20)")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="measure only these subjects, named as in the table")


def main(options: argparse.Namespace, folder: Path) -> int:
    """Measure, print, and give the exit status.

    :param folder: an empty folder to work in.
    """
    blocks = [projects.model(number) for number in range(options.pages)]
    settings = environment(folder / "home")
    # The first run of each reads its code from the disk and fills caches of its own, such as matplotlib's of fonts.
    print("warming up, one page each", file=sys.stderr, flush=True)
    interleaved(_chosen(_subjects(folder / "warm", blocks[:1], settings), options.only), 1)
    subjects = _chosen(_subjects(folder / "timed", blocks, settings), options.only)
    timings = interleaved(subjects, options.runs)
    print(f"{options.pages} pages with one model each, {options.runs} runs; ratios are of the fastest runs\n")
    table(
        ("subject", "min s", "median s", f"÷ {_STATIC}", f"÷ {_OWN}", "what is measured"),
        [_row(timings, subject) for subject in subjects],
    )
    print()
    verdicts = Verdicts()
    if _STATIC in timings and _OWN in timings:
        _compare_text(folder / "timed")
    _hold_times(timings, verdicts)
    if _OWN_RECORDS in timings:
        _hold_processes(folder / "audited", blocks, settings, verdicts)
    return verdicts.status()


def _row(timings: Timings, subject: Subject) -> tuple[str, ...]:
    def ratio(base: str) -> str:
        return f"{timings.least(subject.name) / timings.least(base):.2f}" if base in timings else ""

    least, median = timings.least(subject.name), timings.median(subject.name)
    return (subject.name, f"{least:.2f}", f"{median:.2f}", ratio(_STATIC), ratio(_OWN), subject.meaning)


def _chosen(subjects: Sequence[Subject], names: Sequence[str] | None) -> Sequence[Subject]:
    if names is None:
        return subjects
    if unknown := set(names) - {subject.name for subject in subjects}:
        known = ", ".join(subject.name for subject in subjects)
        raise BenchmarkError(f"there is no subject {', '.join(sorted(unknown))}; there are {known}")
    return [subject for subject in subjects if subject.name in names]


def _subjects(folder: Path, blocks: Sequence[Block], settings: Mapping[str, str]) -> list[Subject]:
    """Write all projects into `folder`, and give what is measured."""
    folder.mkdir()
    script = folder / "bare.py"
    script.write_text(projects.script(blocks), encoding="utf-8")

    def bare() -> float:
        process = run([sys.executable, str(script)], settings, folder / "bare.log")
        projects.check_output(process.output, blocks)
        return process.seconds

    tables = list(zip(blocks, _explained(folder, blocks, settings), strict=True))

    def build(name: str, kind: Kind, jobs: int = 1) -> Build:
        check = projects.write(folder / name / "source", kind, [[block] for block in blocks])
        return Build(folder / name / "source", folder / name / "built", settings, check, jobs)

    def static(tooltips: bool) -> Kind:
        return projects.static({block.count: projects.static_table(table, tooltips) for block, table in tables})

    written, own = build(_STATIC, static(tooltips=True)), build(_OWN, projects.own())
    cached = build("myst-nb-cache", projects.PEERS["myst-nb-cache"])
    peers = {name: build(name, projects.PEERS[name]) for name in (_JUPYTER, "myst-nb", "exec-code", "plot")}
    return [
        Subject(_BARE, "a Python script that imports Keras once and builds the models", bare),
        Subject(_STATIC, "tables written into the pages, with tooltips as ours; no extension", _cold(written)),
        Subject(_STATIC_AGAIN, "the same, every page read again (-E)", _again(written)),
        Subject(_STATIC_PLAIN, "tables without tooltips", _cold(build(_STATIC_PLAIN, static(tooltips=False)))),
        Subject(_OWN, "our directive, nothing built before", _cold(own)),
        Subject(_OWN_PARALLEL, "the same with -j 2", _cold(build(_OWN_PARALLEL, projects.own(), jobs=2))),
        Subject(_OWN_RECORDS, "every page read again (-E), with records of every block", _again(own)),
        Subject(_JUPYTER, "jupyter-execute: a kernel for each page", _cold(peers[_JUPYTER])),
        Subject("myst-nb", "code-cell, mode force: a kernel for each page", _cold(peers["myst-nb"])),
        Subject("myst-nb-cache", "code-cell, mode cache, nothing in the cache", _cold(cached)),
        Subject("myst-nb-cached", "every page read again (-E), with all in the cache", _again(cached)),
        Subject("exec-code", "sphinx-exec-code: a process for each block", _cold(peers["exec-code"])),
        Subject(
            "plot", "matplotlib's plot directive: all in Sphinx's own process, with a figure", _cold(peers["plot"])
        ),
    ]


def _explained(folder: Path, blocks: Sequence[Block], settings: Mapping[str, str]) -> list[Mapping[str, object]]:
    """Return the JSON of the table of each block, as our package explains it."""
    script = folder / "explain.py"
    script.write_text(projects.explaining_script(blocks), encoding="utf-8")
    output = run([sys.executable, str(script)], settings, folder / "explain.log").output
    tables = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    if [table["total"] for table in tables] != [block.count for block in blocks]:
        raise BenchmarkError("the models do not have the counts that they should have")
    return tables


def _cold(build: Build) -> Callable[[], float]:
    """Measure a build with nothing built before."""

    def measure() -> float:
        build.clean()
        return build.run()

    return measure


def _again(build: Build) -> Callable[[], float]:
    """Measure a build that reads every page again, and finds whatever the one before kept for itself."""

    def measure() -> float:
        if not build.target.exists():
            build.clean()
            build.run()
        return build.run("-E")

    return measure


def _compare_text(folder: Path) -> None:
    """Say so where the written tables are not what our directive shows: they would be another amount of work."""
    written, own = (projects.page_text(folder / name / "built" / "html") for name in (_STATIC, _OWN))
    if written.replace("’", "'") != own:
        print(f"The pages of {_STATIC} and {_OWN} differ in their text: bring `projects.static_table` up to date.\n")


def _hold_times(timings: Timings, verdicts: Verdicts) -> None:
    def hold(target: str, name: str, *bases: str, factor: float, slower: bool = False) -> None:
        if not all(needed in timings for needed in (name, *bases)):
            return
        ratio = timings.least(name) / sum(map(timings.least, bases))
        medians = timings.median(name) / sum(map(timings.median, bases))
        reached = ratio >= factor if slower else ratio <= factor
        verdicts.hold(target, f"{ratio:.2f} (of the medians: {medians:.2f})", reached)

    hold(f"{_OWN} ≤ 1.00 × ({_BARE} + {_STATIC})", _OWN, _BARE, _STATIC, factor=1.0)
    hold(f"{_OWN_PARALLEL} ≤ 1.00 × {_OWN}", _OWN_PARALLEL, _OWN, factor=1.0)
    hold(f"{_OWN_RECORDS} ≤ 1.10 × {_STATIC_AGAIN}", _OWN_RECORDS, _STATIC_AGAIN, factor=1.1)
    hold(f"{_JUPYTER} ≥ 10 × {_OWN}", _JUPYTER, _OWN, factor=10.0, slower=True)


def _hold_processes(folder: Path, blocks: Sequence[Block], settings: Mapping[str, str], verdicts: Verdicts) -> None:
    """Build with an ear in Sphinx's process for everything that starts another one; this build is not timed."""
    check = projects.write(folder / "source", projects.own(projects.AUDIT), [[block] for block in blocks])
    build = Build(folder / "source", folder / "built", settings, check)
    build.clean()
    build.run()
    heard = (build.target / "audit").read_text(encoding="utf-8").splitlines()
    if not heard:  # then nothing that is not heard from records would prove anything
        raise BenchmarkError("a build without records ran code, and no process was heard of")
    build.run("-E")
    again = (build.target / "audit").read_text(encoding="utf-8").splitlines()
    target = "no process is started, and no framework imported, where every block has a record"
    figure = f"{len(again)} times ({len(heard)} without records)"
    verdicts.hold(target, f"{figure}: {', '.join(sorted(set(again)))}" if again else figure, not again)
