"""Print which models of old files build under the installed Keras once the fixer has written the files anew.

``python -m tools.old_models FOLDER [--half {open,closed}] [--only TEXT] [--table FILE]``. In the folder lie the files
of ``tests/old_models.toml``, each as ``OWNER+NAME/PATH``, from a clone of its repository at the commit that it names.
``keras-modernize --fix --unsafe-fixes`` rewrites a copy of each, nothing else does, and the model is built and counted
in a process of its own. No weights are downloaded or read, nothing is drawn, and other packages that are not installed
are stood in for: none of it changes a count. With ``--table``, the table of the manual is written, too.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parent.parent
_DATA = _ROOT / "tests" / "old_models.toml"
_TIMEOUT = 240.0
_CODE = """
import importlib.util
import sys
from unittest.mock import MagicMock

import keras



class StandIns:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("cv2", "matplotlib", "pandas", "sklearn", "skimage"):
            return importlib.util.spec_from_loader(name, self, is_package=True)

    def create_module(self, spec):
        return MagicMock(__spec__=spec, __path__=[])

    def exec_module(self, module):
        pass


sys.meta_path.append(StandIns())
keras.utils.plot_model = lambda *given, **named: None
keras.Model.load_weights = lambda *given, **named: None
keras.utils.get_file = lambda *given, **named: "weights.h5"
namespace = {{"__name__": "old_model", "__file__": {name!r}}}
with open({name!r}, "rb") as file:
    exec(compile(file.read(), {name!r}, "exec"), namespace)
globals().update(namespace)
"""
"""What runs a file as an import of it would."""
_KEPT = "120"
"""For how many seconds the process that has imported Keras waits for the next file."""


@dataclass(frozen=True)
class Old:
    """A model of an old file."""

    repository: str
    commit: str
    path: str
    model: str
    """The expression that makes it, behind the last line of the file."""
    architecture: str
    year: int
    half: str
    count: int | None
    """How many parameters it had; ``None`` where no old Keras builds it."""
    by: str
    """What said so."""
    left: str = ""
    """What a person must do once the fixer is done."""


@dataclass(frozen=True)
class Built:
    """What became of it."""

    count: int | None
    said: str
    """Why there is no count."""
    findings: tuple[str, ...] = ()
    """What the fixer reports once it is done."""


def old_models(half: str = "", only: str = "") -> Iterator[Old]:
    """Yield the models of the list."""
    for entry in tomllib.loads(_DATA.read_text("utf-8"))["file"]:
        one = Old(**{**entry, "count": entry.get("count")})
        if half in ("", one.half) and only in f"{one.repository}/{one.path}":
            yield one


def built(one: Old, folder: Path) -> Built:
    """Write a copy of a file anew, and build its model."""
    source = folder / one.repository.replace("/", "+") / one.path
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONPATH": str(_ROOT)}
    with tempfile.TemporaryDirectory(prefix="old-model-") as made:
        copy = Path(made) / source.name
        copy.write_bytes(source.read_bytes())
        fixer = [sys.executable, "-m", "flake8_paramdoc", "--fix", "--unsafe-fixes", copy.name]
        fixed = subprocess.run(fixer, cwd=made, env=environment, capture_output=True, text=True, check=False)
        findings = tuple(line for line in fixed.stdout.splitlines() if line.startswith(f"{copy.name}:"))
        (Path(made) / "run.py").write_text(_CODE.format(name=copy.name), "utf-8")
        worker = [
            sys.executable,
            "-m",
            "sphinx_paramdoc",
            "--code",
            "run.py",
            "--model",
            one.model,
            "--format",
            "json",
        ]
        command = [*worker, "--timeout", str(_TIMEOUT), "--keep-server", _KEPT]
        done = subprocess.run(command, cwd=made, env=environment, capture_output=True, text=True, check=False)
    try:
        table: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        lines = [line for line in done.stderr.splitlines() if line.startswith("paramsummary:")]
        return Built(None, (lines or done.stderr.splitlines() or ["it says nothing"])[0][:200], findings)
    return Built(table["total"], "", findings)


def _table(results: Sequence[tuple[Old, Built]]) -> Iterator[str]:
    yield '"Architecture","Year","Repository","Before","After, or what a person must do"'
    for old, new in sorted(results, key=lambda pair: (pair[0].architecture.lower(), pair[0].repository)):
        before = f"{old.count:,}" if old.count is not None else ""
        after = f"{new.count:,}" if new.count is not None and new.count == old.count else old.left
        yield ",".join(
            f'"{cell}"' for cell in (old.architecture, old.year, old.repository.replace("/", " / "), before, after)
        )


def main() -> None:
    """Print what became of each model, and of how many of each half it is what it was."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=("open", "closed"), default="")
    parser.add_argument("--only", default="")
    parser.add_argument("--table", type=Path)
    given = parser.parse_args()
    results: list[tuple[Old, Built]] = []
    for old in old_models(given.half, given.only):
        new = built(old, given.folder)
        results.append((old, new))
        is_same = new.count is not None and new.count == old.count
        was = f"{old.count:,}" if old.count is not None else "?"
        now = f"{new.count:,}" if new.count is not None else new.said
        print(f"{'same' if is_same else 'NOT'} {old.half} {old.repository} {old.path} {old.model}: {was} -> {now}")
        if not is_same:
            print(*(f"    {line}" for line in new.findings), sep="\n", flush=True)
    if given.table:
        given.table.write_text("\n".join(_table(results)) + "\n", "utf-8")
    for half in ("open", "closed"):
        of_half = [(old, new) for old, new in results if old.half == half]
        same = sum(new.count is not None and new.count == old.count for old, new in of_half)
        if of_half:
            print(f"{half}: {same} of {len(of_half)} build with the count that they had ({same / len(of_half):.0%})")


if __name__ == "__main__":
    main()
