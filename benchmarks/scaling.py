"""How time and memory grow with the number of models: one project, on one core, with nothing built before."""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import projects
from benchmarks.measure import Build, Subject, Timings, Verdicts, environment, interleaved, last_core, table
from benchmarks.processes import Watch, measurable, watching

_SETTLED = 50
"""After so many models the server has done everything that it does only once."""

_INTERVAL = 0.1
"""How long to wait between two looks at the memory, in seconds."""

_MOST_MILLISECONDS = 60.0
_MOST_GROWTH = 1.02

_PROGRESS = f'''
import time
from pathlib import Path


def _write(app, doctree):
    if app.env.docname.startswith("{projects.PAGE}"):
        with (Path(app.doctreedir).parent / "progress").open("a") as file:
            file.write(f"{{time.monotonic()}}\\n")


def setup(app):
    app.connect("doctree-read", _write)
'''
"""What a ``conf.py`` holds in order to write down when each page has been read."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark."""
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="runs of each size (default: 3)")
    parser.add_argument(
        "--models",
        type=int,
        nargs="+",
        default=[100, 250, 500],
        metavar="N",
        help="how many models, the sizes in rising order (default: 100 250 500)",
    )
    parser.add_argument("--per-page", type=int, default=10, metavar="N", help="models of each page (default: 10)")


def main(options: argparse.Namespace, folder: Path) -> int:
    """Measure, print, and give the exit status.

    :param folder: an empty folder to work in.
    """
    settings = environment(folder / "home")
    core = last_core()

    def build(name: str, models: int, configuration: str = "") -> Build:
        blocks = [projects.model(number) for number in range(models)]
        pages = [blocks[first : first + options.per_page] for first in range(0, models, options.per_page)]
        check = projects.write(folder / name / "source", projects.own(configuration), pages)
        return Build(folder / name / "source", folder / name / "built", settings, check, core=core)

    def subject(models: int) -> Subject:
        timed = build(f"models-{models}", models)
        return Subject(str(models), "", lambda: _cold(timed))

    print("warming up, one page", file=sys.stderr, flush=True)
    _cold(build("warm", 1))
    subjects = [subject(models) for models in options.models]
    timings = interleaved(subjects, options.runs)
    where = "any core" if core is None else "one core"
    print(f"{options.per_page} models a page, all different; built without -j on {where}, {options.runs} runs\n")
    verdicts = Verdicts()
    _show_times(timings, options.models, verdicts)
    if measurable():
        watched = build("watched", options.models[-1], _PROGRESS)
        _show_memory(watched, options.models[-1], options.per_page, verdicts)
    else:
        print("memory is measured on Linux only")
    return verdicts.status()


def _cold(build: Build) -> float:
    build.clean()
    return build.run()


def _show_times(timings: Timings, sizes: Sequence[int], verdicts: Verdicts) -> None:
    """Print how long each size took, and what each further model added."""
    slopes = {
        larger: (timings.least(str(larger)) - timings.least(str(smaller))) / (larger - smaller) * 1000
        for smaller, larger in itertools.pairwise(sizes)
    }
    table(
        ("models", "min s", "median s", "ms per further model"),
        [
            (
                str(size),
                f"{timings.least(str(size)):.2f}",
                f"{timings.median(str(size)):.2f}",
                f"{slopes[size]:.1f}" if size in slopes else "",
            )
            for size in sizes
        ],
    )
    print()
    if len(sizes) < 2:
        return
    first, last = sizes[0], sizes[-1]
    whole = (timings.least(str(last)) - timings.least(str(first))) / (last - first) * 1000
    target = f"a further model takes at most {_MOST_MILLISECONDS:.0f} ms"
    verdicts.hold(target, f"{whole:.1f} ms (from {first} to {last})", whole <= _MOST_MILLISECONDS)
    if len(sizes) > 2:
        print(f"      linear is 1: the last slope ÷ the first one = {slopes[last] / slopes[sizes[1]]:.2f}")


@dataclass(frozen=True)
class _Growth:
    """The resident memory of one process, in bytes."""

    settled: int
    """When the first models were done."""
    end: int
    """When the last one was done."""
    peak: int
    """The most until then."""


def _show_memory(build: Build, models: int, per_page: int, verdicts: Verdicts) -> None:
    """Build once more, watched and not timed, and compare the memory of the processes that stay."""
    settled = min(_SETTLED, models // 2)
    seen: list[Watch] = []
    build.clean()
    build.run(watch=watching(seen, _INTERVAL))
    read = [float(line) for line in (build.target / "progress").read_text(encoding="utf-8").splitlines()]
    begin, end = read[-(-settled // per_page) - 1], read[-1]
    growth = {number: found for number in _numbers(seen[0]) if (found := _growth(seen[0], number, begin, end))}
    sphinx = growth.pop(seen[0].root, None)
    server = max(growth.values(), key=lambda found: found.peak, default=None)
    rows = [
        (name, *(f"{value / 1_000_000:.1f}" for value in (found.settled, found.end, found.peak)))
        for name, found in (("Sphinx", sphinx), ("server", server))
        if found
    ]
    print()
    table(("process", f"MB after {settled}", f"MB after {models}", "peak MB"), rows)
    print()
    if server is None:
        print("no process besides Sphinx's own stayed from the first models to the last")
        return
    ratio = server.end / server.settled
    target = f"the server does not grow (≤ {_MOST_GROWTH - 1:.0%}) from {settled} models to {models}"
    verdicts.hold(target, f"{ratio - 1:+.1%}", ratio <= _MOST_GROWTH)


def _numbers(seen: Watch) -> set[int]:
    return {number for moment in seen.moments for number in moment.memory}


def _growth(seen: Watch, number: int, begin: float, end: float) -> _Growth | None:
    """Return what a process took between two times; `None` where it was not there at both."""
    before = [moment for moment in seen.moments if moment.time <= end]
    after = [moment for moment in seen.moments if moment.time >= begin]
    if not before or not after or number not in before[-1].memory or number not in after[0].memory:
        return None
    last = before[-1].memory[number]
    return _Growth(settled=after[0].memory[number].resident, end=last.resident, peak=last.peak)
