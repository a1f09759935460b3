"""What changed in Keras, as data: a file for each step from one major version to the next.

Here are the tables' indexes. A new change is a row in one of the files and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flake8_paramdoc.changes import keras2

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flake8_paramdoc.changes.change import ArgumentChange, Callee

CHANGES: tuple[ArgumentChange, ...] = keras2.CHANGES


def _callees() -> dict[str, Callee]:
    return {spelling: callee for row in CHANGES for callee in row.callees for spelling in callee.spellings}


def _with_modules(names: Mapping[str, object]) -> frozenset[str]:
    known = set(names)
    for name in names:
        while name:
            known.add(name)
            name = name.rpartition(".")[0]
    return frozenset(known)


def _arguments() -> dict[tuple[Callee, str], tuple[ArgumentChange, ...]]:
    index: dict[tuple[Callee, str], tuple[ArgumentChange, ...]] = {}
    for row in CHANGES:
        for callee in row.callees:
            for old in row.old:
                index[callee, old] = (*index.get((callee, old), ()), row)
    return index


#: Each callee under each of its names.
CALLEES: Mapping[str, Callee] = _callees()

#: Those names and the modules that they are in: what a star import of a module of Keras is known to bring.
KNOWN: frozenset[str] = _with_modules(CALLEES)

#: The changes of a callee's argument.
ARGUMENTS: Mapping[tuple[Callee, str], tuple[ArgumentChange, ...]] = _arguments()

#: Every argument that has changed anywhere: a call without any of them need not be looked at.
OLD_ARGUMENTS: frozenset[str] = frozenset(old for _, old in ARGUMENTS)
