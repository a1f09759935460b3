"""What flake8's plugins cost: CPU seconds for 100,000 lines, of code with Keras and of code without."""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import sysconfig
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks import plugins
from benchmarks.measure import BenchmarkError, Subject, Timings, Verdicts, environment, interleaved, run, table

LINES = 100_000

_ALONE, _AGAIN, _OWN = "flake8", "flake8-again", "own"
_SUBJECTS = {
    _ALONE: ((), "flake8 with what it always brings: pyflakes, pycodestyle, mccabe"),
    _AGAIN: ((), "the same once more: how far two figures for one thing lie apart"),
    _OWN: (("sphinx-paramdoc",), "and our plugin"),
    "bugbear": (("flake8-bugbear",), "and flake8-bugbear"),
    "torchfix": (("torchfix",), "and TorchFix, which does for PyTorch what our plugin does for Keras"),
}

_MOST_SECONDS = 0.5
_MOST_RATIO = 1.03
_MOST_MILLISECONDS = 10.0

_OUTDATED = "import keras\n\nmodel = keras.Model(input=1, output=2)\n"
"""What our plugin must find in the code with Keras, and nothing else: it shows that it was there."""
_FOUND = "KER101"

_LEFT_OUT = frozenset({"site-packages", "test", "tests", "idle_test", "lib2to3", "__pycache__"})
"""Of the standard library: what is no module of it, or meant not to be parsed."""

_IMPORT = """
import time
import flake8.main.application, flake8.checker, flake8.style_guide
begin = time.perf_counter()
import flake8_paramdoc.plugin
print(time.perf_counter() - begin)
"""


@dataclass(frozen=True)
class _Code:
    """The sources that are linted."""

    name: str
    folder: Path
    lines: int
    found: int
    """How often our plugin must report something."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark."""
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="of each linter on each code (default: 5)")
    parser.add_argument("--only", nargs="+", choices=_SUBJECTS, default=list(_SUBJECTS), help="measure these alone")


def main(options: argparse.Namespace, folder: Path) -> int:
    """Measure, print, and give the exit status.

    :param folder: an empty folder to work in.
    """
    settings = environment(folder / "home")
    homes = {}
    for name in options.only:
        wanted, _ = _SUBJECTS[name]
        homes[name] = folder / "plugins" / name
        plugins.install(("flake8", *wanted), homes[name])
        _check_plugins(wanted, {**settings, "PYTHONPATH": str(homes[name])}, folder)
    print(f"{plugins.versions()}; {options.runs} runs, one job, --isolated\n")
    verdicts = Verdicts()
    for code in (_with_keras(folder / "keras"), _without_keras(folder / "standard")):
        timings = interleaved(
            [Subject(name, _SUBJECTS[name][1], _linting(code, settings, homes[name], name)) for name in options.only],
            options.runs,
        )
        _show(code, timings, options.only)
        _judge(code, timings, verdicts)
        print()
    if _OWN in homes:
        _judge_import({**settings, "PYTHONPATH": str(homes[_OWN])}, folder, verdicts)
    return verdicts.status()


def _linting(code: _Code, settings: Mapping[str, str], home: Path, name: str) -> Callable[[], float]:
    """Make the measurement of one run: the CPU seconds of a process, its own and the kernel's for it."""
    own = {**settings, "PYTHONPATH": str(home)}
    log = code.folder.parent / f"{code.folder.name}-{name}.log"
    expected = code.found if name == _OWN else 0

    def measure() -> float:
        before = _children()
        output = run([*_PYTHON, "--isolated", "--jobs=1", "--exit-zero", str(code.folder)], own, log).output
        seconds = _children() - before
        found = output.count(f" {_FOUND} ") if name == _OWN else output.count(" KER")
        if found != expected or not output:
            raise BenchmarkError(f"{name} has {found} findings of ours in {code.name}, which has {expected}")
        return seconds

    measure()  # warms the disk up, and compiles what was installed
    return measure


# Without site-packages: flake8 loads every plugin that it finds.
_PYTHON = (sys.executable, "-S", "-m", "flake8")


def _children() -> float:
    """Return the CPU seconds of all processes that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _check_plugins(wanted: tuple[str, ...], settings: Mapping[str, str], folder: Path) -> None:
    """Check that flake8 has those plugins that it should have, and no others."""
    output = run([*_PYTHON, "--version"], settings, folder / "version.log").output
    named = {part.partition(":")[0].strip().lower() for part in output.partition("(")[2].partition(")")[0].split(",")}
    if named != {"mccabe", "pycodestyle", "pyflakes", *wanted}:
        raise BenchmarkError(f"flake8 has other plugins than {wanted}: {output}")


def _with_keras(folder: Path) -> _Code:
    """Copy the sources of Keras itself, and one file that our plugin must find something in."""
    package = Path(plugins.location("keras")) / "keras"
    lines = _copy(package, sorted(package.rglob("*.py")), folder)
    (folder / "outdated.py").write_text(_OUTDATED, encoding="utf-8")
    return _Code("Keras", folder, lines, 2)


def _without_keras(folder: Path) -> _Code:
    library = Path(sysconfig.get_path("stdlib"))
    files = [path for path in sorted(library.rglob("*.py")) if _LEFT_OUT.isdisjoint(path.relative_to(library).parts)]
    return _Code("the standard library", folder, _copy(library, files, folder), 0)


def _copy(root: Path, files: list[Path], folder: Path) -> int:
    """Copy about `LINES` lines, of files from everywhere in `files`, and return how many they are."""
    sizes = {path: path.read_bytes().count(b"\n") for path in files}
    taken = lines = seen = 0
    for path, size in sizes.items():
        seen += size
        # As many as are due after this part of all lines.
        if lines + size <= seen * min(1.0, LINES / sum(sizes.values())):
            target = folder / path.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
            lines += size
            taken += 1
    if lines < LINES / 2:
        raise BenchmarkError(f"{root} has {lines} lines in {taken} files only")
    return lines


def _show(code: _Code, timings: Timings, names: list[str]) -> None:
    print(f"{code.name}: {code.lines:,} lines; CPU seconds for {LINES:,}\n")
    table(
        ("linter", "min s", "median s", "more than flake8", "÷ flake8", "meaning"),
        [
            (
                name,
                f"{_scaled(code, timings.least(name)):.2f}",
                f"{_scaled(code, timings.median(name)):.2f}",
                f"{_scaled(code, _more(timings, name)):+.2f}" if _ALONE in timings else "",
                f"{timings.least(name) / timings.least(_ALONE):.3f}" if _ALONE in timings else "",
                _SUBJECTS[name][1],
            )
            for name in names
        ],
    )
    print()


def _more(timings: Timings, name: str) -> float:
    """Return by how much a linter takes longer than flake8 alone: of each the least, that which was disturbed least."""
    return timings.least(name) - timings.least(_ALONE)


def _scaled(code: _Code, seconds: float) -> float:
    return seconds * LINES / code.lines


def _judge(code: _Code, timings: Timings, verdicts: Verdicts) -> None:
    if _ALONE not in timings or _OWN not in timings:
        return
    if code.found:
        more = _scaled(code, _more(timings, _OWN))
        target = f"our plugin takes at most {_MOST_SECONDS} CPU seconds for {LINES:,} lines of Keras"
        verdicts.hold(target, f"{more:.2f} s", more <= _MOST_SECONDS)
    else:
        ratio = timings.least(_OWN) / timings.least(_ALONE)
        target = f"on code without Keras flake8 with our plugin takes at most {_MOST_RATIO} times flake8"
        verdicts.hold(target, f"{ratio:.3f}", ratio <= _MOST_RATIO)


def _judge_import(settings: Mapping[str, str], folder: Path, verdicts: Verdicts) -> None:
    seconds = sorted(_imports(settings, folder))
    least, median = (1000 * found for found in (seconds[0], statistics.median(seconds)))
    target = f"where flake8 is loaded, our plugin is imported in less than {_MOST_MILLISECONDS:.0f} ms"
    verdicts.hold(target, f"{least:.1f} ms (median: {median:.1f} ms)", least < _MOST_MILLISECONDS)


def _imports(settings: Mapping[str, str], folder: Path) -> Iterator[float]:
    for _ in range(20):
        yield float(run([sys.executable, "-S", "-c", _IMPORT], settings, folder / "import.log").output)
