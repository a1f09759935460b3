"""What ``keras-modernize --fix`` costs: CPU seconds for 1,000 files, beside those of Python that only parses them."""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import sys
import sysconfig
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.measure import BenchmarkError, Subject, Verdicts, environment, interleaved, run, table

_FILES = 1_000
_OF_KERAS = 10
"""Every so many files one is for an old Keras."""

_MOST_PLAIN, _MOST_ALL, _MOST_PARALLEL = 1.10, 2.0, 0.65

_LEFT_OUT = frozenset({"site-packages", "test", "tests", "idle_test", "lib2to3", "__pycache__"})

_OLD = '''"""A network of the time of Keras 1."""

from keras.layers import BatchNormalization, Dense, Dropout, Flatten, Input, merge
from keras.layers.convolutional import Convolution2D, MaxPooling2D
from keras.models import Model, Sequential


def block(x, filters, name):
    x = Convolution2D(filters, 3, 3, border_mode="same", init="he_normal", name="%s_a" % name)(x)
    x = BatchNormalization(mode=0, axis=-1)(x)
    y = Convolution2D(filters, 3, 3, border_mode="same", subsample=(1, 1), bias=False, activation="relu")(x)
    return merge([x, y], mode="concat", concat_axis=-1)


def network(classes={number}):
    image = Input(shape=(32, 32, 3))
    x = image
{blocks}
    x = MaxPooling2D((2, 2), strides=(2, 2), border_mode="valid")(x)
    x = Dropout(p=0.5)(Flatten()(x))
    return Model(input=image, output=Dense(output_dim=classes, activation="softmax")(x))


def train(x, y):
    model = network()
    model.compile("sgd", "categorical_crossentropy")
    return model.fit(x, y, nb_epoch={number})
'''

_PARSE = """
import ast, pathlib, sys, warnings
warnings.simplefilter("ignore")
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.py")):
    ast.parse(path.read_bytes())
"""

_NOTHING = "import ast, pathlib, sys, warnings"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark."""
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="of each subject (default: 5)")


def main(options: argparse.Namespace, folder: Path) -> int:
    """Measure, print, and give the exit status.

    :param folder: an empty folder to work in.
    """
    settings = environment(folder / "home", PYTHONPATH=str(Path(__file__).resolve().parent.parent))
    plain, whole = folder / "plain", folder / "all"
    _write(plain, whole)
    subjects = [
        Subject("nothing", "a process that reads no file", _cpu([sys.executable, "-c", _NOTHING], settings, folder)),
        Subject("parse-plain", "ast.parse of those without Keras", _parsing(plain, settings, folder)),
        Subject("fix-plain", "--fix of the same", _fixing(plain, settings, folder)),
        Subject("parse-all", "ast.parse of all", _parsing(whole, settings, folder)),
        Subject("fix-all", "--fix of all", _fixing(whole, settings, folder)),
    ]
    timings = interleaved(subjects, options.runs)
    rows = [
        (one.name, f"{timings.least(one.name):.2f}", f"{timings.median(one.name):.2f}", one.meaning) for one in subjects
    ]
    print(f"{_FILES} files, one of {_OF_KERAS} for an old Keras; {options.runs} runs, one job\n")
    table(("subject", "min CPU s", "median CPU s", "what is measured"), rows)
    print()
    verdicts = Verdicts()
    for name, most in (("plain", _MOST_PLAIN), ("all", _MOST_ALL)):
        ratio = timings.least(f"fix-{name}") / timings.least(f"parse-{name}")
        verdicts.hold(f"fix-{name} ≤ {most:.2f} × parse-{name}", f"{ratio:.2f}", ratio <= most)
    shares = [_parallel(whole, settings, folder) for _ in range(options.runs)]
    share = min(longest / single for single, longest in shares)
    verdicts.hold(f"-j 2 ≤ {_MOST_PARALLEL:.2f} × -j 1", f"{share:.2f}", share <= _MOST_PARALLEL)
    print(f"(median {statistics.median(longest / single for single, longest in shares):.2f})")
    return verdicts.status()


def _write(plain: Path, whole: Path) -> None:
    """Write the files: most from the standard library, and those for an old Keras."""
    library = Path(sysconfig.get_path("stdlib"))
    files = [path for path in sorted(library.rglob("*.py")) if _LEFT_OUT.isdisjoint(path.relative_to(library).parts)]
    wanted = _FILES - _FILES // _OF_KERAS
    several = [files[number % len(files)] for number in range(wanted)]
    for made in (plain, whole):
        made.mkdir()
        for number, path in enumerate(several):
            shutil.copy(path, made / f"plain{number:04}.py")
    for number in range(_FILES // _OF_KERAS):
        blocks = "\n".join(f'    x = block(x, {8 * one + 8}, "block{one}")' for one in range(number % 12 + 1))
        (whole / f"old{number:04}.py").write_text(_OLD.format(number=number + 1, blocks=blocks), encoding="utf-8")


def _parsing(folder: Path, settings: Mapping[str, str], logs: Path) -> Callable[[], float]:
    return _cpu([sys.executable, "-c", _PARSE, str(folder)], settings, logs)


def _cpu(command: list[str], settings: Mapping[str, str], logs: Path) -> Callable[[], float]:
    def measure() -> float:
        before = _children()
        run(command, settings, logs / "run.log")
        return _children() - before

    return measure


def _fixing(folder: Path, settings: Mapping[str, str], logs: Path) -> Callable[[], float]:
    """Make the measurement of one run, on a copy of the files."""
    copy = logs / "copy"
    command = [sys.executable, "-m", "flake8_paramdoc", "--fix", "-j", "1", str(copy)]

    def measure() -> float:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(folder, copy)
        seconds = _cpu(command, settings, logs)()
        if any("output_dim=" in path.read_text("utf-8") for path in copy.glob("old*.py")):
            raise BenchmarkError(f"{copy} holds what should have been written anew")
        return seconds

    return measure


def _parallel(folder: Path, settings: Mapping[str, str], logs: Path) -> tuple[float, float]:
    """Return the CPU seconds of one job, and those that two have to wait for: of the first process and of the larger.

    It is what the wall clock shows where two processors have nothing else to do, whatever they have.
    """
    single = _fixing(folder, settings, logs)()
    copy = logs / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    log = logs / "parallel.log"
    run([sys.executable, "-c", _TWO, str(copy), str(log)], settings, logs / "run.log")
    own, *workers = (float(line) for line in log.read_text("utf-8").split())
    if len(workers) != 2 or os.cpu_count() is None:
        raise BenchmarkError(f"there were {len(workers)} processes, and not 2")
    return single, own + max(workers)


_TWO = """
import os, resource, sys, multiprocessing, time
from concurrent.futures import process
from flake8_paramdoc.command import main

def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime

path, log = sys.argv[1:]
of_worker = process._process_worker

def worker(*given):
    begin = cpu()  # what is forked has the time of the first process no more
    of_worker(*given)
    with open(log, "a") as file:
        file.write(f"{cpu() - begin}\\n")

process._process_worker = worker
open(log, "w").close()
main.main(["--fix", "-j", "2", path])
with open(log) as file:
    others = file.read()
with open(log, "w") as file:
    file.write(f"{cpu()}\\n{others}")
"""
"""A script that says how many CPU seconds it takes with two jobs, itself first."""


def _children() -> float:
    """Return the CPU seconds of all processes that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
