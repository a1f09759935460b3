"""Print what changed from one Keras to another and neither the linter's tables nor the exceptions say.

``python -m tools.keras_changes`` compares ``tf_keras`` with the Keras that is installed: after an update of Keras, what
it prints is what the tables lack. With ``--before FILE``, a surface that ``tools.keras_surface`` wrote elsewhere, with
another release, is compared instead, so that names are seen that came with Keras 3 and went again.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from flake8_paramdoc.changes import ARGUMENTS, CHANGES, MEMBERS, MODULES, NAMES, POSITIONS, REQUIRED, VALUES
from flake8_paramdoc.changes.keras_names import ALIASES, kinds
from tools.keras_exceptions import EXCEPTIONS
from tools.keras_surface import surface


class Difference(NamedTuple):
    """Something that is not as it was."""

    name: str
    """Of a class, function, value or module, under ``keras``."""
    what: str
    """``argument``, ``default``, ``place``, ``required``, ``member``, ``base`` or ``gone``."""
    detail: str = ""

    def __str__(self) -> str:
        """Say it on one line."""
        return f"{self.name}: {self.what} {self.detail}".rstrip()


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    """Yield what of one surface is otherwise in another; what is new is no difference."""
    for name, old in before.items():
        new = after.get(name)
        if new is None:
            if name.rpartition(".")[0] in after or "." not in name:
                yield Difference(name, "gone")  # what a module held that is gone itself went with it
        elif old["kind"] in ("class", "function") and new["kind"] in ("class", "function"):
            yield from _of_parameters(name, old["parameters"], new["parameters"])
            yield from _of_members(name, old, new, before)


def _of_parameters(name: str, old: list[list[str]] | None, new: list[list[str]] | None) -> Iterator[Difference]:
    if old is None or new is None:
        return
    before, after = _named(old), _named(new)
    for parameter, (_, default) in before.items():
        if parameter not in after:
            yield Difference(name, "argument", parameter)
        elif default and not after[parameter][1]:
            yield Difference(name, "required", parameter)
        elif default != after[parameter][1]:
            yield Difference(name, "default", f"{parameter}: {default} -> {after[parameter][1]}")
    old_order, new_order = (
        [part for part, (kind, _) in one.items() if kind != "KEYWORD_ONLY"] for one in (before, after)
    )
    for place, parameter in enumerate(old_order):
        if place >= len(new_order) or new_order[place] != parameter:
            # Where an argument has another name at the same place, a call by position means the same.
            yield Difference(name, "place", parameter)
            return


def _named(parameters: list[list[str]]) -> dict[str, tuple[str, str]]:
    return {name: (kind, default) for name, kind, default in parameters if not kind.startswith("VAR_")}


def _of_members(
    name: str, old: Mapping[str, Any], new: Mapping[str, Any], before: Mapping[str, Any]
) -> Iterator[Difference]:
    after = new.get("members", {})
    above = [before[base].get("members", {}) for base in old.get("bases", ()) if base != name]
    for member, parameters in old.get("members", {}).items():
        if any(member in members and members[member] == parameters for members in above):
            continue  # it is told of the class that it comes from
        if member not in after:
            yield Difference(name, "member", member)
        else:
            yield from _of_parameters(f"{name}.{member}", parameters, after[member])
    for base in set(old.get("bases", ())) - set(new.get("bases", ())):
        yield Difference(name, "base", base)


def is_told(difference: Difference) -> bool:
    """Tell whether the tables say it, of the name itself or of a kind of it."""
    name = ALIASES.get(difference.name, difference.name)
    if difference.what == "gone":
        return any(part in NAMES or part in MODULES for part in _up(name))
    owner, _, method = name.rpartition(".")
    names = kinds(name)
    if owner.rpartition(".")[2][:1].isupper():
        names = tuple(f"{kind}.{method}" for kind in kinds(ALIASES.get(owner, owner)))
    detail = difference.detail.partition(":")[0]
    if difference.what == "argument":
        return any((kind, detail) in table for kind in names for table in (ARGUMENTS, VALUES))
    if difference.what == "place":
        renamed = [change for kind in names for change in ARGUMENTS.get((kind, detail), ()) if change.kind == 1]
        return bool(renamed) or any(kind in POSITIONS for kind in names)
    if difference.what == "required":
        return any(change.argument == detail for kind in names for change in REQUIRED.get(kind, ()))
    return difference.what == "member" and any((kind, detail) in MEMBERS for kind in names)


def _up(name: str) -> Iterator[str]:
    while name:
        yield name
        name = name.rpartition(".")[0]


def reason(difference: Difference) -> str | None:
    """Return why a difference is no finding; ``None`` where nobody said so."""
    text = str(difference)
    return next((why for pattern, why in EXCEPTIONS.items() if re.fullmatch(pattern, text)), None)


def main() -> None:
    """Print what is not told, by kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", type=Path, help="a surface, as tools.keras_surface prints it (default: tf_keras)")
    parser.add_argument("--after", type=Path, help="another one (default: of the Keras that is installed)")
    options = parser.parse_args()
    before, after = (
        json.loads(path.read_text(encoding="utf-8")) if path else surface(package)
        for path, package in ((options.before, "tf_keras"), (options.after, "keras"))
    )
    untold: dict[str, list[Difference]] = defaultdict(list)
    for difference in differences(before, after):
        if not is_told(difference) and reason(difference) is None:
            untold[difference.what].append(difference)
    for what, found in untold.items():
        print(f"{what}: {len(found)} that neither the tables nor the exceptions tell")
        for difference in found:
            print(f"  {difference}")
    back = [name for name in NAMES if name in after and not NAMES[name].only_in_tensorflow]
    print(f"{len(CHANGES)} changes in the tables; names of them that are there: {', '.join(back) or 'none'}")


if __name__ == "__main__":
    main()
