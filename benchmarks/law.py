"""What the formula of a transformer in four of its arguments costs beside its table, each in a fresh terminal."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks.measure import BenchmarkError, Subject, Verdicts, environment, interleaved, run, table

_BUILDER = '''
import keras


def build(layers=12, width=768, heads=12, d_ff=3072, vocabulary=50257):
    """Build a transformer of GPT-2's size."""
    tokens = keras.Input((None,), dtype="int32")
    x = keras.layers.Embedding(vocabulary, width)(tokens)
    for _ in range(layers):
        y = keras.layers.LayerNormalization()(x)
        x = keras.layers.Add()([x, keras.layers.MultiHeadAttention(heads, width // heads)(y, y)])
        y = keras.layers.LayerNormalization()(x)
        y = keras.layers.Dense(width)(keras.layers.Dense(d_ff, activation="gelu")(y))
        x = keras.layers.Add()([x, y])
    return keras.Model(tokens, keras.layers.LayerNormalization()(x))
'''

_FORMULA = "layers × (4 × width² + 2 × width × d_ff + 9 × width + d_ff) + 50257 × width + 2 × width"
_MOST_EXECUTIONS = 12
_MOST_TIMES = 3.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark."""
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="how often each is measured (default: 5)")


def main(options: argparse.Namespace, folder: Path) -> int:
    """Measure, print, and give the exit status.

    :param folder: an empty folder to work in.
    """
    settings = environment(folder / "home")
    (folder / "nets.py").write_text(_BUILDER, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx_paramdoc", "nets:build()", "--format", "json"]
    vary = ["--vary", "layers", "width", "heads", "d_ff"]
    executed: list[int] = []

    def single() -> float:
        return run(command, settings, folder / "single.log").seconds

    def formula() -> float:
        done = run([*command, *vary], settings, folder / "formula.log")
        law = json.loads(done.output)["law"]
        if law["formula"] != _FORMULA:
            raise BenchmarkError(f"{law['formula']} is another formula")
        executed.append(law["executed"] + len(law["raised"]))
        return done.seconds

    subjects = [
        Subject("table", "the table alone, in a process of its own", single),
        Subject("formula", "the same with --vary layers width heads d_ff", formula),
    ]
    timings = interleaved(subjects, options.runs)
    table(
        ("subject", "min s", "median s", "÷ table", "meaning"),
        [
            (
                each.name,
                f"{timings.least(each.name):.2f}",
                f"{timings.median(each.name):.2f}",
                f"{timings.least(each.name) / timings.least('table'):.2f}",
                each.meaning,
            )
            for each in subjects
        ],
    )
    print()
    verdicts = Verdicts()
    times = timings.least("formula") / timings.least("table")
    verdicts.hold(f"it takes at most {_MOST_TIMES:g} times as long", f"{times:.2f}", times <= _MOST_TIMES)
    most = max(executed)
    verdicts.hold(f"at most {_MOST_EXECUTIONS} settings are executed", f"{most}", most <= _MOST_EXECUTIONS)
    return verdicts.status()
