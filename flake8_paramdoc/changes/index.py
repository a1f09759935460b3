"""What changed in Keras, as data: files for each step from one major version to the next.

Here are the tables' indexes. A new change is a row in one of the files and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from flake8_paramdoc.changes import collecting
from flake8_paramdoc.changes.keras2 import arguments as arguments2
from flake8_paramdoc.changes.keras2 import members as members2
from flake8_paramdoc.changes.keras2 import positions as positions2
from flake8_paramdoc.changes.keras2 import values as values2
from flake8_paramdoc.changes.keras2.names import removed as removed2
from flake8_paramdoc.changes.keras2.names import renamed as renamed2
from flake8_paramdoc.changes.keras3 import (
    arguments,
    behaviour,
    counts,
    meanings,
    members,
    objects,
    positions,
    tensors,
    values,
)
from flake8_paramdoc.changes.keras3.names import backend, incidental, modules, packages, removed, renamed
from flake8_paramdoc.changes.keras_names import ALIASES, ALL_LAYERS, MERGING, RETURNS, is_kind
from flake8_paramdoc.changes.shapes import (
    ANY,
    ArgumentChange,
    ArgumentRequired,
    Behaviour,
    Change,
    FunctionsOnTensors,
    MemberChange,
    NameChange,
    PackagesRemoved,
    PositionChanged,
    ValueChange,
    ValuesRenamed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CHANGES: tuple[Change, ...] = (
    *arguments2.CHANGES,
    *values2.CHANGES,
    *positions2.CHANGES,
    *renamed2.CHANGES,
    *removed2.CHANGES,
    *members2.CHANGES,
    *arguments.CHANGES,
    *values.CHANGES,
    *meanings.CHANGES,
    *positions.CHANGES,
    *modules.CHANGES,
    *incidental.CHANGES,
    *renamed.CHANGES,
    *removed.CHANGES,
    *backend.CHANGES,
    *packages.CHANGES,
    *members.CHANGES,
    *objects.CHANGES,
    *tensors.CHANGES,
    *counts.CHANGES,
    *behaviour.CHANGES,
)

_arguments: dict[tuple[str, str], list[ArgumentChange]] = defaultdict(list)
_values: dict[tuple[str, str], list[ValueChange]] = defaultdict(list)
_placed: dict[str, list[ValueChange]] = defaultdict(list)
_positions: dict[str, list[PositionChanged]] = defaultdict(list)
_required: dict[str, list[ArgumentRequired]] = defaultdict(list)
_names: dict[str, NameChange] = {}
_modules: dict[str, NameChange] = {}
_members: dict[tuple[str, str], list[MemberChange]] = defaultdict(list)
_called: dict[str, NameChange] = {}
_packages: dict[str, PackagesRemoved] = {}
_on_tensors: dict[str, FunctionsOnTensors] = {}

for _change in CHANGES:
    if isinstance(_change, ArgumentChange):
        for _callee in _change.callees:
            for _old in _change.old:
                _arguments[_callee, _old].append(_change)
    elif isinstance(_change, ValueChange):
        for _callee in _change.callees:
            for _old in _change.arguments:
                _values[_callee, _old].append(_change)
            if _change.position is not None:
                _placed[_callee].append(_change)
    elif isinstance(_change, PositionChanged):
        for _callee in _change.callees:
            _positions[_callee].append(_change)
    elif isinstance(_change, ArgumentRequired):
        for _callee in _change.callees:
            _required[_callee].append(_change)
    elif isinstance(_change, FunctionsOnTensors):
        _on_tensors[_change.module] = _change
    elif isinstance(_change, NameChange):
        for _old in _change.names:
            (_modules if _change.is_module else _names)[f"{_change.module}.{_old}"] = _change
        for _form in _change.called:
            _called[f"{_change.module}.{_form.partition('(')[0]}"] = _change
    elif isinstance(_change, PackagesRemoved):
        _packages.update(dict.fromkeys(_change.packages, _change))
    elif isinstance(_change, MemberChange):
        for _owner in _change.owners:
            for _old in _change.members:
                _members[_owner, _old.removesuffix("()")].append(_change)

ARGUMENTS: Mapping[tuple[str, str], list[ArgumentChange]] = dict(_arguments)
"""The changes of an argument that a function, class or method is called with by keyword."""

VALUES: Mapping[tuple[str, str], list[ValueChange]] = dict(_values)
"""The changes of what such an argument can be."""

PLACED: Mapping[str, list[ValueChange]] = dict(_placed)
"""Of those, the ones whose argument can also be passed by its place."""

POSITIONS: Mapping[str, list[PositionChanged]] = dict(_positions)
"""The changes of what the arguments mean by their place."""

REQUIRED: Mapping[str, list[ArgumentRequired]] = dict(_required)
"""The arguments that must be passed."""

NAMES: Mapping[str, NameChange] = _names
"""The changes of names, by the full name."""

MODULES: Mapping[str, NameChange] = _modules
"""The changes of modules whose members are found elsewhere."""

CALLED: Mapping[str, NameChange] = _called
"""Those of them whose calls are told one by one."""

PACKAGES: Mapping[str, PackagesRemoved] = _packages
"""The changes of packages and modules that no name under ``keras`` stands for, by the full name."""
TENSOR_FUNCTIONS: Mapping[str, FunctionsOnTensors] = _on_tensors
"""The functions that refuse Keras tensors, by the module that they are in."""

BEHAVIOURS: Mapping[str, Behaviour] = {change.key: change for change in CHANGES if isinstance(change, Behaviour)}
"""What several places of a file tell together, by the key."""

MEMBERS: Mapping[tuple[str, str], list[MemberChange]] = dict(_members)
"""The changes of the methods and attributes of objects, by the class and the member."""

OLD_ARGUMENTS: frozenset[str] = frozenset(name for _, name in (*ARGUMENTS, *VALUES))
"""Names of arguments that are of interest in a call."""


def _literals() -> dict[str, tuple[object, ...]]:
    found: dict[str, set[object]] = defaultdict(set)
    for (_, argument), changes in VALUES.items():
        for change in changes:
            found[argument].update((*change.values, *change.gone) if isinstance(change, ValuesRenamed) else (ANY,))
            if change.inside:
                found[argument].add(ANY)
    others = {argument for _, argument in ARGUMENTS}
    return {name: tuple(values) for name, values in found.items() if ANY not in values and name not in others}


LITERALS: Mapping[str, tuple[object, ...]] = _literals()
"""Of arguments that only certain literals make an old form, all of these, whatever is called."""

DISTINCTIVE: Mapping[tuple[str, str], str] = {
    (callee.rpartition(".")[2], argument): callee
    for change in CHANGES
    if isinstance(change, (ArgumentChange, ValueChange)) and change.distinctive
    for callee in change.callees
    for argument in (change.old if isinstance(change, ArgumentChange) else change.arguments)
    if callee.rpartition(".")[0].rpartition(".")[2][:1].isupper()
}
"""Methods whose receiver need not be known, each with the arguments that tell it."""

DISTINCTIVE_MEMBERS: Mapping[str, str] = {
    member.removesuffix("()"): change.owners[0]
    for change in CHANGES
    if isinstance(change, MemberChange)
    for member in change.distinctive
}
"""Members that no other library has, each with the class whose objects had it."""


def _spelled() -> Iterator[str]:
    """Yield the names that are looked for in attributes too."""
    for table in (NAMES, MODULES):
        yield from (name for name, change in table.items() if not change.taken)


OLD_NAMES: frozenset[str] = frozenset(name.rpartition(".")[2] for name in _spelled())
"""The last parts of the names that have changed, and of the modules that they are in."""

OLD_MEMBERS: frozenset[str] = frozenset(member for _, member in MEMBERS)
"""Methods and attributes that have changed."""


_aliases: dict[str, list[str]] = defaultdict(list)
for _alias, _name in ALIASES.items():
    _aliases[_name].append(_alias)


def _lasts(name: str) -> Iterator[str]:
    """Yield the last part of a name, and of the other names of the same."""
    yield name.rpartition(".")[2]
    for alias in _aliases.get(name, ()):
        yield alias.rpartition(".")[2]


_OF_KINDS: frozenset[str] = frozenset(name for callee, name in (*ARGUMENTS, *VALUES) if is_kind(callee))
"""Old arguments that a class takes because of what it is a kind of."""


_CLASSES: frozenset[str] = frozenset(
    alias.rpartition(".")[2] for alias, name in ALIASES.items() if name.rpartition(".")[2][:1].isupper()
)
"""The last parts of other names of classes, some of them in lower case: ``rmsprop``."""


def _may_be_class(last: str) -> bool:
    """Tell whether what is called so may be a class."""
    return last[:1].isupper() or last in _CLASSES


def _old_of() -> dict[str, frozenset[str]]:
    old: dict[str, set[str]] = defaultdict(set)
    for callee, name in (*ARGUMENTS, *VALUES):
        for last in _lasts(callee):
            old[last].add(name)
    for last, known in old.items():
        known.update(_OF_KINDS if _may_be_class(last) else ())
    return {last: frozenset(known) for last, known in old.items()}


_OLD_OF: Mapping[str, frozenset[str]] = _old_of()
_NONE: frozenset[str] = frozenset()


def old_arguments(last: str) -> frozenset[str]:
    """Return the names of arguments that are of interest in a call of what is called so."""
    return _OLD_OF.get(last) or (_OF_KINDS if _may_be_class(last) else _NONE)


def _first_places() -> dict[str, int]:
    """Return the first place that is of interest of what is called by a name, by its last part."""
    first: dict[str, int] = {}
    places = [
        *((callee, change.position) for callee, changes in POSITIONS.items() for change in changes),
        *((callee, change.position or 0) for callee, changes in PLACED.items() for change in changes),
        *((callee, -1) for callee in REQUIRED),
    ]
    for callee, place in places:
        for last in _lasts(callee):
            first[last] = min(place, first.get(last, place))
    return first


FIRST_PLACES: Mapping[str, int] = _first_places()
"""By the last part of a name, the first place whose argument is of interest; -1: what is missing is of interest."""


_PAIRS: frozenset[tuple[str, ...]] = frozenset(tuple(name.split(".")[-2:]) for name in _spelled())
"""The last two parts of the names that have changed."""


def _homes() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for module, change in MODULES.items():
        found[module.rpartition(".")[2]].add(change.names[module[len(change.module) + 1 :]])
    return dict(found)


_HOMES: Mapping[str, set[str]] = _homes()
"""By the last part of the name of a module that moved, where what it held is found."""

_SPELLINGS = frozenset({"tf_keras", "keras_core", "src"})


def is_old_pair(first: str, second: str) -> bool:
    """Tell whether an attribute behind another may be an old name, by both alone."""
    if (first, second) in _PAIRS or (first in _SPELLINGS and ("keras", second) in _PAIRS):
        return True
    return any(f"{home}.{second}" in NAMES for home in _HOMES.get(first, ()))


collecting.resume()

_public: dict[str, str] = {}


def public(name: str) -> str:
    """Return the name that today's documentation uses for something under ``keras``, whichever name a release gave it.

    ``keras.layers.core.Dense`` becomes ``keras.layers.Dense``, and so does ``keras.layers.Dense`` itself.
    """
    try:
        return _public[name]
    except KeyError:
        found = _public[name] = _today(name)
        return found


def _today(name: str) -> str:
    if name in ALIASES:
        return ALIASES[name]
    found = moved(name)
    return ALIASES.get(found, found)


def moved(name: str) -> str:
    """Return the name that something has in the module where it is found today: ``keras.layers.core.Dense`` again.

    Other names of the same thing stay: ``keras.layers.convolutional.Deconvolution2D`` becomes
    ``keras.layers.Deconvolution2D``.
    """
    module, _, last = name.rpartition(".")
    while module:
        change = MODULES.get(module)
        if change is not None:
            new = change.names[module[len(change.module) + 1 :]]
            return f"{new}.{last}" if " " not in new else name
        module = module.rpartition(".")[0]
    return name


@cache
def known_names() -> frozenset[str]:
    """Return those names and the modules that they are in; few files have something that asks for it."""
    known = {*NAMES, *MODULES, *ALIASES, *ALIASES.values(), *RETURNS, *MERGING, *ALL_LAYERS}
    known.update(callee for callee, _ in (*ARGUMENTS, *VALUES))
    known.update(POSITIONS, PLACED, REQUIRED)
    known.update(owner for change in BEHAVIOURS.values() for owner in change.owners)
    for name in tuple(known):
        while name:
            known.add(name)
            name = name.rpartition(".")[0]
    return frozenset(known)


def brings(name: str) -> int:
    """Tell whether a star import is known to bring something under ``keras``, given by its full name.

    Returns 0 for what is not known, 1 for what some release brought, and 2 for what all of them do: where several star
    imports may bring a name, the one that still does is meant.
    """
    if name in NAMES and not NAMES[name].only_in_tensorflow:
        return 1
    known = known_names()
    return 2 if name in known or public(name) in known else 0
