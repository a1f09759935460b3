"""What it takes to explain a model of 130 layers from its record, without Keras: milliseconds for each step."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks import projects
from benchmarks.llama import LLAMA, PREAMBLE
from benchmarks.measure import BenchmarkError, Build, Timings, Verdicts, environment, run, table

_STEPS = {
    "json": "the baseline: Python's json reads the record",
    "json, unpacked": "the same facts with nothing packed, read by Python's json",
    "decode": "the record's file is read and checked",
    "unpack": "copies of a layer become layers again",
    "explain": "every row gets its count, its formula and its proof",
    "arrange": "rows fold, group and merge, and what many say is said once",
}

_LAYERS = 130
_MOST_MILLISECONDS = 50.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark."""
    parser.add_argument("--runs", type=int, default=20, metavar="N", help="processes that read it (default: 20)")


def main(options: argparse.Namespace, folder: Path) -> int:
    """Measure, print, and give the exit status.

    :param folder: an empty folder to work in.
    """
    settings = environment(folder / "home")
    record = _record(folder, settings)
    command = [sys.executable, "-m", "benchmarks.reading", str(record)]
    timings, imported = Timings(), set[str]()
    for _ in range(options.runs + 1):  # the first one warms the disk up
        found = json.loads(run(command, settings, folder / "reading.log").output)
        if (found["total"], found["layers"]) != (LLAMA.count, _LAYERS):
            raise BenchmarkError(f"{found['layers']} layers with {found['total']:,} parameters are another model")
        imported.update(found["imported"])
        for name, seconds in found["seconds"].items():
            timings.seconds.setdefault(name, []).append(seconds)
    for seconds in timings.seconds.values():
        del seconds[0]
    print(f"Llama 3.1 405B, {_LAYERS} outermost layers, a record of {record.stat().st_size:,} bytes;")
    print(f"{options.runs} processes, each of which does everything once\n")
    table(
        ("step", "min ms", "median ms", "÷ json", "meaning"),
        [
            (
                name,
                f"{timings.least(name) * 1000:.2f}",
                f"{timings.median(name) * 1000:.2f}",
                f"{timings.least(name) / timings.least('json'):.1f}",
                meaning,
            )
            for name, meaning in _STEPS.items()
        ],
    )
    print()
    verdicts = Verdicts()
    least, median = (found("explain") * 1000 for found in (timings.least, timings.median))
    target = f"the explanation takes less than {_MOST_MILLISECONDS:.0f} ms"
    verdicts.hold(target, f"{least:.1f} ms (median: {median:.1f} ms)", least < _MOST_MILLISECONDS)
    verdicts.hold("no framework is imported", ", ".join(sorted(imported)) or "none", not imported)
    return verdicts.status()


def _record(folder: Path, settings: dict[str, str]) -> Path:
    """Build a page with the model, and give the record that the build leaves."""
    print("building the page that leaves the record", file=sys.stderr, flush=True)
    source = folder / "source"
    check = projects.write(source, projects.own(f'{PREAMBLE}paramdoc_records = "records"\n'), [[LLAMA]])
    build = Build(source, folder / "built", settings, check)
    build.clean()
    build.run()
    [record] = (source / "records").glob("*.json")
    return record
