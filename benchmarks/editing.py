"""What an author waits for who edits one block, or a paragraph, and builds again, with and without a kept server."""

from __future__ import annotations

import argparse
import itertools
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks import projects
from benchmarks.measure import Build, Subject, Timings, Verdicts, environment, interleaved, table
from benchmarks.projects import Kind

_EDIT = "edit"
_KEPT = "edit-kept"
_PROSE = "edit-prose"
_STATIC = "edit-static"
_PEERS = ("myst-nb-cache", "jupyter-sphinx")
"""Other projects that run the code of an edited page alone."""

_KEEP = "paramdoc_keep_server = 900\n"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark."""
    parser.add_argument("--pages", type=int, default=20, help="how many pages, with one model each (default: 20)")
    parser.add_argument("--runs", type=int, default=10, help="how often each subject is measured (default: 10)")
    parser.add_argument("--peers", action="store_true", help="measure peers as well, which takes minutes")


def main(options: argparse.Namespace, folder: Path) -> int:
    """Measure, print, and give the exit status.

    :param folder: an empty folder to work in.
    """
    runtime = Path(tempfile.mkdtemp(prefix="kept-", dir="/tmp"))  # names of sockets must be short
    settings = environment(folder / "home", XDG_RUNTIME_DIR=str(runtime))
    try:
        subjects = list(_subjects(folder, options.pages, settings, _PEERS if options.peers else ()))
        print("building all once", file=sys.stderr, flush=True)
        timings = interleaved(subjects, options.runs)
    finally:
        stop = [sys.executable, "-m", "sphinx_paramdoc.server", "--stop"]
        subprocess.run(stop, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        shutil.rmtree(runtime)
    print(f"{options.pages} pages with one model each, {options.runs} runs; ratios are of the fastest runs\n")
    rows = [
        (
            subject.name,
            f"{timings.least(subject.name):.2f}",
            f"{timings.median(subject.name):.2f}",
            f"{timings.least(subject.name) / timings.least(_EDIT):.2f}",
            subject.meaning,
        )
        for subject in subjects
    ]
    table(("subject", "min s", "median s", f"÷ {_EDIT}", "what is measured"), rows)
    print()
    verdicts = Verdicts()
    _hold(timings, verdicts)
    return verdicts.status()


def _hold(timings: Timings, verdicts: Verdicts) -> None:
    for base, factor in ((_EDIT, 0.40), (_STATIC, 1.25)):
        ratio = timings.least(_KEPT) / timings.least(base)
        verdicts.hold(f"{_KEPT} ≤ {factor:.2f} × {base}", f"{ratio:.2f}", ratio <= factor)


def _subjects(folder: Path, pages: int, settings: Mapping[str, str], peers: Sequence[str]) -> Iterator[Subject]:
    """Write all projects, build each once, and yield what is measured."""
    numbers = itertools.count(pages)

    def edited(build: Build, write: Callable[[int], None]) -> Callable[[], float]:
        def measure() -> float:
            write(next(numbers))
            return build.run()

        return measure

    def project(name: str, kind: Kind) -> Build:
        blocks = [projects.model(number) for number in range(pages)]
        check = projects.write(folder / name / "source", kind, [[block] for block in blocks])
        build = Build(folder / name / "source", folder / name / "built", settings, check)
        build.clean()
        return build

    def page_of(build: Build, suffix: str = ".rst") -> Path:
        return build.source / f"{projects.PAGE}0000{suffix}"

    def with_block(build: Build, kind: Kind) -> tuple[Build, Callable[[int], None]]:
        """Return a build whose first page is to show another model each time."""
        wanted = [projects.model(0)]

        def check(built: Path) -> None:
            projects.check_page(built / f"{projects.PAGE}0000.html", wanted)

        def write(number: int) -> None:
            wanted[:] = [projects.model(number)]
            title = f"# Model {number}\n" if kind.suffix == ".md" else f"Model {number}\n{'=' * 14}\n"
            text = f"{kind.front}{title}\nThis is a model.\n\n{kind.write(wanted[0])}"
            page_of(build, kind.suffix).write_text(text, encoding="utf-8")

        return Build(build.source, build.target, settings, check), write

    plain, kept = projects.own(), projects.own(_KEEP)
    ending = project(_EDIT, plain)
    ending.run()
    yield Subject(_EDIT, "a block is edited; the server ends with the build", edited(*with_block(ending, plain)))

    keeping = project(_KEPT, kept)
    # Not by `Build.run`, for which a process that is left behind is a failure.
    command = [sys.executable, "-m", "sphinx", "-q", "-d", str(keeping.target / "doctrees")]
    subprocess.run([*command, str(keeping.source), str(keeping.target / "html")], env=dict(settings), check=True)
    yield Subject(_KEPT, "a block is edited; a server of an earlier build is there", edited(*with_block(keeping, kept)))

    prose = project(_PROSE, plain)
    prose.run()
    text = page_of(prose).read_text(encoding="utf-8")

    def write_prose(number: int) -> None:
        page_of(prose).write_text(text.replace("This is a model.", f"This is model {number}."), encoding="utf-8")

    yield Subject(_PROSE, "a sentence beside a block is edited", edited(prose, write_prose))

    listing = Kind("", lambda block: f".. code-block:: python\n\n   # {block.count:,}\n   x = {block.count}\n")
    static = project(_STATIC, listing)
    static.run()
    yield Subject(_STATIC, "code that is only shown is edited; no extension", edited(*with_block(static, listing)))

    for name in peers:
        peer = projects.PEERS[name]
        build = project(f"edit-{name}", peer)
        build.run()
        yield Subject(f"edit-{name}", "the same block is edited for a peer", edited(*with_block(build, peer)))
