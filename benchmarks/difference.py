"""What the difference of two records of Llama 3.1 405B takes, beside importing the package: no framework is loaded."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.llama import LLAMA, PREAMBLE
from benchmarks.measure import BenchmarkError, Subject, Verdicts, environment, interleaved, run, table

_MOST_TIMES = 3.0

_MODELS = {
    "405b": LLAMA.code,
    "fewer": LLAMA.code.replace("num_layers=126", "num_layers=120"),
    "narrower": LLAMA.code.replace("intermediate_dim=53248", "intermediate_dim=28672"),
    "halves": LLAMA.code.replace("intermediate_dim=53248", 'intermediate_dim=53248,\n    dtype="bfloat16"'),
}
"""The model, and three that somebody could have made of it."""

_COMPARE = """
import sys

from sphinx_paramdoc import compare

before, after = (open(file, encoding="utf-8").read() for file in {files!r})
print(compare(before, after))
assert not {{"keras", "tensorflow", "numpy", "msgspec"}} & set(sys.modules)
"""

_EXPECTED = {
    "fewer": "layers 120 → 126",
    "narrower": "units 28672 → 53248",
    "halves": "type bfloat16 → float32",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark."""
    parser.add_argument("--runs", type=int, default=15, metavar="N", help="how often each is measured (default: 15)")


def main(options: argparse.Namespace, folder: Path) -> int:
    """Measure, print, and give the exit status.

    :param folder: an empty folder to work in.
    """
    settings = environment(folder / "home")
    records = {name: _record(name, code, folder, settings) for name, code in _MODELS.items()}

    def imported() -> float:
        return run([sys.executable, "-c", "import sphinx_paramdoc"], settings, folder / "import.log").seconds

    def compared(name: str) -> float:
        code = _COMPARE.format(files=[str(records[name]), str(records["405b"])])
        done = run([sys.executable, "-c", code], settings, folder / f"{name}.log")
        if _EXPECTED[name] not in " ".join(done.output.split()):
            raise BenchmarkError(f"the difference says something else:\n{done.output}")
        return done.seconds

    subjects = [
        Subject("import", "python -c 'import sphinx_paramdoc'", imported),
        Subject("fewer", "with a model of 120 layers: no formula is asked for", lambda: compared("fewer")),
        Subject("narrower", "with a narrower model: formulas are proven", lambda: compared("narrower")),
        Subject("halves", "with one of 16 bits a number: sizes are added up", lambda: compared("halves")),
    ]
    timings = interleaved(subjects, options.runs)
    least = {each.name: timings.least(each.name) for each in subjects}
    table(
        ("subject", "min ms", "median ms", "÷ import", "meaning"),
        [
            (
                each.name,
                f"{1000 * least[each.name]:.0f}",
                f"{1000 * timings.median(each.name):.0f}",
                f"{least[each.name] / least['import']:.2f}",
                each.meaning,
            )
            for each in subjects
        ],
    )
    print()
    verdicts = Verdicts()
    for name in _EXPECTED:
        times = least[name] / least["import"]
        verdicts.hold(f"{name}: it takes at most {_MOST_TIMES:g} times as long", f"{times:.2f}", times <= _MOST_TIMES)
    return verdicts.status()


def _record(name: str, code: str, folder: Path, settings: dict[str, str]) -> Path:
    """Return the record of a model, which is made without a page."""
    docs, records = folder / name / "docs", folder / name / "records"
    docs.mkdir(parents=True)
    (docs / "conf.py").write_text(f"extensions = ['sphinx_paramdoc']\n{PREAMBLE}", encoding="utf-8")
    block = "\n".join(f"   {line}" for line in code.splitlines())
    (docs / "index.rst").write_text(f"Model\n=====\n\n.. paramsummary::\n\n{block}\n", encoding="utf-8")
    command = [sys.executable, "-m", "sphinx_paramdoc.records", str(docs), "--records", str(records)]
    run(command, settings, folder / "records.log")
    [record] = records.glob("*.json")
    return record
