"""``python -m benchmarks NAME``: run one of the benchmarks, in the root of a clone."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Protocol

from benchmarks import (
    api,
    difference,
    editing,
    executors,
    explanation,
    forking,
    law,
    linting,
    llama,
    records,
    rewriting,
    scaling,
)
from benchmarks.measure import BenchmarkError, introduce


class _Benchmark(Protocol):
    """What the module of a benchmark holds."""

    __doc__: str | None

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare its options."""

    def main(self, options: argparse.Namespace, folder: Path) -> int:
        """Measure in an empty folder, print, and give the exit status."""
        raise NotImplementedError


_BENCHMARKS: dict[str, _Benchmark] = {
    "executors": executors,
    "editing": editing,
    "scaling": scaling,
    "forking": forking,
    "llama": llama,
    "explanation": explanation,
    "law": law,
    "records": records,
    "difference": difference,
    "api": api,
    "linting": linting,
    "rewriting": rewriting,
}


def main() -> int:
    """Run a benchmark; give 0 where every target is reached, 1 where one is missed, 2 where there is no figure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure side by side, in one run.")
    commands = parser.add_subparsers(dest="name", required=True, metavar="NAME")
    for name, module in _BENCHMARKS.items():
        module.add_arguments(commands.add_parser(name, help=module.__doc__, description=module.__doc__))
    options = parser.parse_args()
    introduce()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        try:
            return _BENCHMARKS[options.name].main(options, Path(folder))
        except BenchmarkError as error:
            print(f"\nno figures: {error}", file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main())
