"""What Llama 3.1 405B costs beyond a tiny model: seconds and memory of a build with a single block."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks import projects
from benchmarks.measure import Build, Subject, Verdicts, environment, interleaved, table
from benchmarks.processes import Watch, measurable, watching
from benchmarks.projects import Block

LLAMA = Block(
    """\
keras_hub.models.Llama3Backbone(
    vocabulary_size=128256,
    num_layers=126,
    num_query_heads=128,
    hidden_dim=16384,
    intermediate_dim=53248,
    num_key_value_heads=8,
    rope_max_wavelength=500000,
)
""",
    405_853_388_800,
)
_TINY = Block("keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(411)])\n", 1_233)

PREAMBLE = 'paramdoc_preamble = "import keras, keras_hub"\n'
"""Both import the library of models, so that its import is in both."""

_INTERVAL = 0.02
"""How long to wait between two looks at the memory, in seconds."""

_MOST_SECONDS = 2.5
_MOST_MEGABYTES = 100.0
_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class _Peak:
    """The most memory of one build, in bytes."""

    together: int
    """Of all its processes at one moment; what they share counts once."""
    largest: int
    """Of the process that had most; what it shares counts whole."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark."""
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="runs of each model (default: 5)")


def main(options: argparse.Namespace, folder: Path) -> int:
    """Measure, print, and give the exit status.

    :param folder: an empty folder to work in.
    """
    settings = environment(folder / "home")

    def build(name: str, block: Block) -> Build:
        check = projects.write(folder / name / "source", projects.own(PREAMBLE), [[block]])
        return Build(folder / name / "source", folder / name / "built", settings, check)

    tiny, llama = build("tiny", _TINY), build("llama", LLAMA)
    print("warming up", file=sys.stderr, flush=True)
    _cold(tiny)
    subjects = [Subject("tiny", "", lambda: _cold(tiny)), Subject("llama", "", lambda: _cold(llama))]
    timings = interleaved(subjects, options.runs)
    verdicts = Verdicts()
    print(f"one page with one model each, {options.runs} runs, nothing built before\n")
    table(
        ("model", "parameters", "min s", "median s", "÷ tiny"),
        [
            (
                name,
                f"{block.count:,}",
                f"{timings.least(name):.2f}",
                f"{timings.median(name):.2f}",
                f"{timings.least(name) / timings.least('tiny'):.2f}",
            )
            for name, block in (("tiny", _TINY), ("llama", LLAMA))
        ],
    )
    print()
    more = timings.least("llama") - timings.least("tiny")
    medians = timings.median("llama") - timings.median("tiny")
    target = f"llama takes at most {_MOST_SECONDS} s more than tiny"
    verdicts.hold(target, f"{more:.2f} s (of the medians: {medians:.2f} s)", more <= _MOST_SECONDS)
    if measurable():
        _compare_memory(tiny, llama, options.runs, verdicts)
    else:
        print("memory is measured on Linux only")
    return verdicts.status()


def _compare_memory(tiny: Build, llama: Build, runs: int, verdicts: Verdicts) -> None:
    """Build both again, watched and not timed, and compare the least peak of each."""
    peaks: dict[str, list[_Peak]] = {"tiny": [], "llama": []}
    for _ in range(runs):
        for name, build in (("tiny", tiny), ("llama", llama)):
            peaks[name].append(_peak(build))
            print(f"  watched: {name}", file=sys.stderr, flush=True)
    together = {name: min(peak.together for peak in found) for name, found in peaks.items()}
    largest = {name: min(peak.largest for peak in found) for name, found in peaks.items()}
    print()
    table(
        ("model", "all processes, MB", "largest process, MB"),
        [(name, f"{together[name] / _MEGABYTE:.0f}", f"{largest[name] / _MEGABYTE:.0f}") for name in peaks],
    )
    print()
    for what, found in (("all processes together", together), ("the largest process", largest)):
        more = (found["llama"] - found["tiny"]) / _MEGABYTE
        target = f"the peak of {what} is at most {_MOST_MEGABYTES:.0f} MB higher"
        verdicts.hold(target, f"{more:.0f} MB", more <= _MOST_MEGABYTES)


def _peak(build: Build) -> _Peak:
    seen: list[Watch] = []
    _cold(build, seen)
    moments = seen[0].moments
    return _Peak(
        together=max(sum(memory.share for memory in moment.memory.values()) for moment in moments),
        largest=max(memory.peak for moment in moments for memory in moment.memory.values()),
    )


def _cold(build: Build, watches: list[Watch] | None = None) -> float:
    build.clean()
    return build.run(watch=watching(watches, _INTERVAL) if watches is not None else None)
