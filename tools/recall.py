"""Print where old files fail under the installed Keras and the linter says nothing.

``python -m tools.recall FOLDER [--files 6] [--all]``. In the folder lie repositories of ``tests/recall.toml``, or
others, each in a folder of its own. Of each, some files are drawn by digest and run under ``tf_keras`` and under Keras,
until the first error that Keras' change causes: one that speaks of Keras, or that only the newer one raises. The
innermost line of the repository is a finding, or is printed. What the change did not take away is stood in for, as
`tools.recall_stand_ins` says. With ``--all``, a file's later errors count too; these often follow from the first.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import subprocess
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from flake8_paramdoc.matching import find

_OF_KERAS = re.compile(
    r"No module named '(keras|tensorflow\.(contrib\.|python\.)?keras|keras_applications|keras_preprocessing"
    r"|tensorflow_addons)|cannot import name .* from '(keras|tensorflow\.(python\.)?keras)"
    r"|module '(keras|tensorflow\.keras)(\.[\w.]*)?' has no attribute|Unrecognized keyword|not recognized"
    r"|cannot contain character|has no attribute '_keras_shape'|unexpected keyword argument"
    r"|Keyword argument not understood"
)
"""What an error says that Keras' change causes, even where ``tf_keras``, of the last release, fails as well."""

_ASIDE = {
    "Python 2": r"SyntaxError",
    "what follows from another error": r"NameError|UnboundLocalError",
    "a stand-in": r"Absent|__version__|has no attribute '__path__'|metaclass conflict|not enough values|has no len"
    r"|duplicate base|is not a package",
    "missing data": r"FileNotFound|NotADirectory|IsADirectory|SystemExit|URLError|URL fetch failure|webcam|EOFError"
    r"|No file|FileExists|Permission|Unable to (synch|open)|JSONDecode",
    "TensorFlow 1": r"module 'tensorflow[\w.]*' has no attribute"
    r"|No module named 'tensorflow\.(contrib(?!\.keras)|examples)",
    "NumPy": r"numpy|np\.",
    "another package": r"No module named '(?!keras|tensorflow)|You must install pydot",
}
"""Errors that are set aside: why, and what they say."""

_BOTH = "an error under both"
_CHANGED = "Keras"


class Place(NamedTuple):
    """Where a file failed."""

    file: str
    line: int
    """The line that ran."""
    begin: int
    end: int
    """The lines of what failed there."""


class Silence(NamedTuple):
    """An error, and whether the linter has a finding at it."""

    place: Place
    text: str
    told: bool


def run(folder: Path, package: str, files: int) -> dict[str, list[dict[str, Any]]]:
    """Return how files fail under one Keras, by their names.

    :param folder: where the repositories lie.
    :param package: ``keras`` or ``tf_keras``.
    :param files: how many of each repository are run.
    """
    command = [sys.executable, "-m", "tools.recall_runner", str(folder), package, str(files)]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    return {one["file"]: one["failures"] for one in map(json.loads, printed.splitlines())}


def kind(failure: dict[str, Any], before: list[dict[str, Any]]) -> str:
    """Return why an error is set aside, or that Keras' change causes it.

    :param failure: an error under the installed Keras.
    :param before: the file's errors under ``tf_keras``.
    """
    text = f"{failure['error']}: {failure['text']}"
    if _OF_KERAS.search(text):
        return _CHANGED
    for reason, says in _ASIDE.items():
        if re.search(says, text):
            return reason
    place = failure["place"]
    if place is None:
        return "no place in the repository"
    return _BOTH if any(other["place"] and other["place"][:2] == place[:2] for other in before) else _CHANGED


@cache
def told(path: Path) -> frozenset[int]:
    """Return the lines of a file that have a finding."""
    source = path.read_text(encoding="utf-8", errors="replace")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError):
            return frozenset()
    return frozenset(finding.line for finding in find(tree, source.splitlines(keepends=True)))


def compare(
    folder: Path, now: list[dict[str, Any]], before: list[dict[str, Any]], repository: str, aside: Counter[str]
) -> Iterator[Silence]:
    """Yield the errors of one file that Keras' change causes.

    :param folder: where the repositories lie.
    :param now: the file's errors under the installed Keras.
    :param before: its errors under ``tf_keras``.
    :param repository: the name of the repository's folder.
    :param aside: counts what is set aside.
    """
    for failure in now:
        reason = kind(failure, before)
        if reason != _CHANGED or failure["place"] is None:
            aside[reason] += 1
            continue
        name, line, begin, end = failure["place"]
        place = Place(f"{repository}/{name}", line, begin, end)
        lines = range(begin, max(end, line) + 1)
        found = told(folder / place.file)
        words = re.sub(r"\x1b.[0-9;]*m|\s+", " ", f"{failure['error']}: {failure['text']}")
        yield Silence(place, words, line in found or not found.isdisjoint(lines))


def main() -> None:
    """Run the files, and print the silences and how many there are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where repositories lie, each in a folder of its own")
    parser.add_argument("--files", type=int, default=6, help="how many files of each repository are run (6)")
    parser.add_argument("--all", action="store_true", help="count the errors behind the first of a file too")
    options = parser.parse_args()
    folder = options.folder.resolve()
    now, before = (run(folder, package, options.files) for package in ("keras", "tf_keras"))
    aside: Counter[str] = Counter()
    places: dict[tuple[str, int], Silence] = {}
    for name, failures in now.items():
        errors = list(compare(folder, failures, before.get(name, []), name.partition("/")[0], aside))
        for error in errors if options.all else errors[:1]:
            places.setdefault((error.place.file, error.place.line), error)
    for (file, line), error in sorted(places.items()):
        if not error.told:
            print(f"{file}:{line}: {error.text[:160]}")
    for reason, count in aside.most_common():
        print(f"set aside, {reason}: {count}")
    found = sum(error.told for error in places.values())
    print(f"{found} of {len(places)} places that Keras' change breaks have a finding, in {len(now)} files")


if __name__ == "__main__":
    main()
