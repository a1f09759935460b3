"""Records of many small models: by one process, by all cores of this machine, and by two workers of Dask."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks import projects
from benchmarks.measure import (
    BenchmarkError,
    Build,
    Subject,
    Timings,
    Verdicts,
    environment,
    interleaved,
    last_core,
    python,
    run,
    table,
)

_CLUSTER = """
def two():
    from distributed import LocalCluster

    cluster = LocalCluster(processes=True, n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None)
    return cluster.get_client().get_executor()
"""

_LEAST_TIMES = 1.6

_CORE, _ONE, _HERE, _DASK, _START, _READ = "one-core", "one-job", "all-cores", "dask", "dask-two", "reading"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark."""
    parser.add_argument("--runs", type=int, default=2, metavar="N", help="runs of each subject (default: 2)")
    parser.add_argument("--models", type=int, default=2000, metavar="N", help="how many models (default: 2000)")
    parser.add_argument("--per-page", type=int, default=10, metavar="N", help="models of each page (default: 10)")


def main(options: argparse.Namespace, folder: Path) -> int:
    """Measure, print, and give the exit status.

    :param folder: an empty folder to work in.
    """
    settings = environment(folder / "home")
    (folder / "cluster.py").write_text(_CLUSTER, encoding="utf-8")
    blocks = [projects.model(number) for number in range(options.models)]
    pages = [blocks[first : first + options.per_page] for first in range(0, len(blocks), options.per_page)]
    check = projects.write(folder / "source", projects.own(), pages)
    projects.write(folder / "two", projects.own(), [blocks[:2]])
    (folder / "records").mkdir()
    expected: dict[str, bytes] = {}

    def recording(name: str, source: str, *words: str, core: int | None = None) -> Callable[[], float]:
        records = folder / "records" / name

        def once() -> float:
            for file in records.glob("*"):
                file.unlink()
            done = _command(folder, settings, name, [source, "--records", str(records), *words], core)
            made = {file.name: file.read_bytes() for file in records.glob("*")}
            if source == "source" and (len(made) != len(blocks) or made != (expected or made)):
                raise BenchmarkError(f"{name} made {len(made)} records, or others than those before")
            expected.update(made if source == "source" else {})
            return done

        return once

    def reading() -> float:
        return _command(folder, settings, _READ, ["source", "--records", str(folder / "records" / _CORE), "--check"])

    dask = ("--executor", "cluster:two")
    subjects = [
        Subject(
            _CORE, "one job at a time, all on one core", recording(_CORE, "source", "--jobs", "1", core=last_core())
        ),
        Subject(_ONE, "one job at a time, pages read on another core", recording(_ONE, "source", "--jobs", "1")),
        Subject(_HERE, "as many jobs at a time as there are cores", recording(_HERE, "source")),
        Subject(_DASK, "two workers of Dask, a job at a time each", recording(_DASK, "source", *dask)),
        Subject(_START, "the same for two models: what is paid once", recording(_START, "two", *dask)),
        Subject(_READ, "--check, with all records: what it takes to read the pages", reading),
    ]
    timings = interleaved(subjects, options.runs)
    print(f"{options.models} models, {options.per_page} a page, {options.runs} runs; ratios are of the fastest runs\n")
    table(
        ("subject", "min s", "median s", f"{_CORE} ÷", "what is measured"), [_row(timings, each) for each in subjects]
    )
    print()
    verdicts = Verdicts()
    ratio = timings.least(_CORE) / timings.least(_DASK)
    target = f"two workers are at least {_LEAST_TIMES:g} times as fast as one process on one core"
    verdicts.hold(target, f"{ratio:.2f}", ratio >= _LEAST_TIMES)
    with (folder / "source" / "conf.py").open("a", encoding="utf-8") as configuration:
        configuration.write(projects.AUDIT)  # which would cost time above
    build = Build(folder / "source", folder / "built", settings, check)
    build.clean()
    build.run("-D", "paramdoc_execute=cache", "-D", f"paramdoc_records={folder / 'records' / _DASK}")
    heard = (build.target / "audit").read_text(encoding="utf-8").splitlines()
    target = "the build of the pages starts no process, and imports no framework"
    verdicts.hold(target, f"{len(heard)} times", not heard)
    return verdicts.status()


def _command(
    folder: Path, settings: Mapping[str, str], name: str, words: Sequence[str], core: int | None = None
) -> float:
    """Call the command that makes records, and return how many seconds it took."""
    command = [*python(core), "-m", "sphinx_paramdoc.records", *words]
    return run(command, settings, folder / f"{name}.log").seconds


def _row(timings: Timings, subject: Subject) -> tuple[str, ...]:
    least = timings.least(subject.name)
    ratio = f"{timings.least(_CORE) / least:.2f}"
    return (subject.name, f"{least:.2f}", f"{timings.median(subject.name):.2f}", ratio, subject.meaning)
