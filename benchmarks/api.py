"""What tables add to the API reference of a library that others wrote: the backbones of keras-hub."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

from benchmarks.backbones import BACKBONES, expressions
from benchmarks.measure import BenchmarkError, Build, Subject, Verdicts, environment, interleaved, run, table
from benchmarks.processes import Watch, measurable, watching

_CONFIGURATION = """\
project = "Backbones"
html_theme = "alabaster"
extensions = ["sphinx.ext.autodoc", "sphinx.ext.autosummary", "sphinx.ext.napoleon", "sphinx_paramdoc"]
templates_path = ["templates"]
# The docstrings are not ours, and written in Markdown; what is wrong with a table still counts.
suppress_warnings = ["docutils"]
paramdoc_preamble = "import keras, keras_hub"
"""
_TEMPLATE = """\
{{ objname | escape | underline }}

.. currentmodule:: {{ module }}

.. autoclass:: {{ objname }}
"""
_FEWEST = 40
"""So many classes there must be."""

_INTERVAL = 0.05
"""How long to wait between two looks at the memory, in seconds."""

_MEGABYTE = 1_000_000

_FIRST_COUNT = re.compile(r"[\d,]+")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark."""
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="runs of each build (default: 3)")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="sphinx-build -j (default: 1)")


def main(options: argparse.Namespace, folder: Path) -> int:
    """Measure, print, and give the exit status.

    :param folder: an empty folder to work in.
    """
    settings = environment(folder / "home")
    print("counting without Sphinx", file=sys.stderr, flush=True)
    counts, script_seconds = _counts(folder, settings)
    builds = {
        name: _project(folder / name, settings, counts, options.jobs, with_tables=name != "without")
        for name in ("without", "with", "records")
    }
    print("warming up", file=sys.stderr, flush=True)
    for build in builds.values():
        build.clean()
        build.run()

    def cold(build: Build, watches: list[Watch] | None = None) -> float:
        build.clean()
        return build.run(watch=watching(watches, _INTERVAL) if watches is not None else None)

    def again(build: Build, watches: list[Watch] | None = None) -> float:
        return build.run("-E", watch=watching(watches, _INTERVAL) if watches is not None else None)

    measures = {"without": cold, "with": cold, "records": again}

    def subject(name: str) -> Subject:
        return Subject(name, "", lambda: measures[name](builds[name]))

    timings = interleaved([subject(name) for name in builds], options.runs)
    peaks: dict[str, tuple[float, float]] = dict.fromkeys(builds, (0.0, 0.0))
    if measurable():
        for name, build in builds.items():
            print(f"  watched: {name}", file=sys.stderr, flush=True)
            seen: list[Watch] = []
            measures[name](build, seen)
            peaks[name] = _peak(seen[0])
    print(f"{len(counts)} classes on pages that autosummary makes, {options.runs} runs, -j {options.jobs}\n")
    table(
        ("tables", "min s", "median s", "÷ without", "all processes, MB", "largest process, MB"),
        [
            (
                name,
                f"{timings.least(name):.2f}",
                f"{timings.median(name):.2f}",
                f"{timings.least(name) / timings.least('without'):.2f}",
                *(f"{size / _MEGABYTE:.0f}" for size in peaks[name]),
            )
            for name in builds
        ],
    )
    print()
    verdicts = Verdicts()
    verdicts.hold(f"at least {_FEWEST} classes, and each has a table that adds up", str(len(counts)), len(counts) >= 40)
    more = timings.least("with") - timings.least("without")
    print(f"      a Python script that builds all models, one after the other, takes {script_seconds:.2f} s")
    print(f"      a table adds {more / len(counts) * 1000:.0f} ms")
    return verdicts.status()


def _counts(folder: Path, settings: Mapping[str, str]) -> tuple[dict[str, int], float]:
    """Count the parameters of each model as Keras counts them, in a process of its own; give the seconds as well."""
    calls = {name: expression.replace("{name}", f"keras_hub.models.{name}") for name, expression in _calls().items()}
    lines = [
        "import keras, keras_hub",
        "with keras.StatelessScope(initialize_variables=False):",
        *(f"    print('count', {name!r}, ({call}).count_params())" for name, call in calls.items()),
    ]
    script = folder / "counts.py"
    script.write_text("\n".join(lines), encoding="utf-8")
    done = run([sys.executable, str(script)], settings, folder / "counts.log")
    counts = re.findall(r"^count (\w+) (\d+)$", done.output, re.MULTILINE)
    return {name: int(count) for name, count in counts}, done.seconds


def _calls() -> dict[str, str]:
    return {pattern.rpartition(".")[2]: expression for pattern, expression in expressions().items()}


def _project(
    folder: Path, settings: Mapping[str, str], counts: Mapping[str, int], jobs: int, with_tables: bool
) -> Build:
    source = folder / "source"
    template = source / "templates" / "autosummary" / "class.rst"
    template.parent.mkdir(parents=True)
    template.write_text(_TEMPLATE, encoding="utf-8")
    says = f"paramdoc_autodoc = {expressions()!r}\n" if with_tables else ""
    (source / "conf.py").write_text(_CONFIGURATION + says, encoding="utf-8")
    names = "".join(f"   keras_hub.models.{name}\n" for name in BACKBONES)
    index = f"Backbones\n=========\n\n.. autosummary::\n   :toctree: generated\n\n{names}"
    (source / "index.rst").write_text(index, encoding="utf-8")

    def check(pages: Path) -> None:
        for name, count in counts.items():
            text = (pages / "generated" / f"keras_hub.models.{name}.html").read_text(encoding="utf-8")
            if f"keras_hub.models.{name}" not in text:
                raise BenchmarkError(f"{name} is not documented")
            if with_tables:
                _check_table(name, text, count)

    return Build(source, folder / "built", settings, check, jobs)


class _Rows(HTMLParser):
    """The rows of the tables in a page, without those that open inside others."""

    def __init__(self) -> None:
        """Have read nothing."""
        super().__init__()
        self.rows: list[list[str]] = []
        """The text of each cell."""
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go into a table, or begin a row or a cell."""
        del attrs
        self._depth += tag == "table"
        if self._depth == 1 and tag == "tr":
            self.rows.append([])
        elif self._depth == 1 and tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        """Come out of a table."""
        self._depth -= tag == "table"

    def handle_data(self, data: str) -> None:
        """Take text."""
        if self._depth == 1 and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def _check_table(name: str, text: str, count: int) -> None:
    """Demand a table whose total is the count, whose rows add up to it, and whose every row says why."""
    page = _Rows()
    page.feed(text)
    rows = [[cell.strip() for cell in row] for row in page.rows if len(row) == 4][1:]
    counts = [int(found[0].replace(",", "")) for row in rows if (found := _FIRST_COUNT.match(row[2]))]
    if not rows or rows[-1][0] != "Total" or counts[-1:] != [count]:
        raise BenchmarkError(f"{name} shows no table with the total {count:,}")
    if sum(counts[:-1]) != count:
        raise BenchmarkError(f"the rows of {name} do not add up to {count:,}")
    if not all(row[3] for row in rows):
        raise BenchmarkError(f"a row of {name} has no explanation")


def _peak(watch: Watch) -> tuple[float, float]:
    """Return the most memory of all processes together, where what they share counts once, and of the largest one."""
    together = max(sum(memory.share for memory in moment.memory.values()) for moment in watch.moments)
    return together, max(memory.peak for moment in watch.moments for memory in moment.memory.values())
