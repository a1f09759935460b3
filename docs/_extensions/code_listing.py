"""The changes as a list for readers: what was written, of what, what is written today, and what Keras 3 makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from typing import NamedTuple

from flake8_paramdoc.changes.shapes import (
    ArgumentChange,
    ArgumentRequired,
    ArgumentsRenamed,
    Behaviour,
    Change,
    FunctionsOnTensors,
    MemberChange,
    NameChange,
    PackagesRemoved,
    PositionChanged,
    Use,
    ValuesRenamed,
    ValueUnfit,
    literal,
    short,
)


class Entry(NamedTuple):
    """One line of the list."""

    old: str
    """The old form, as code."""
    of: tuple[str, ...]
    """The classes, functions and methods that it is of, by their full names; none, if the form says it."""
    new: str
    """What is written today, or done instead."""


@singledispatch
def entries(change: Change) -> Iterator[Entry]:
    """Yield the lines of a change."""
    raise NotImplementedError(type(change))


@entries.register
def _(change: ArgumentChange) -> Iterator[Entry]:
    for old, new in change.old.items():
        renamed = isinstance(change, ArgumentsRenamed) and "=" not in new
        yield Entry(f"{old}=", change.callees, f"{new}=" if renamed else new)


@entries.register
def _(change: ValuesRenamed) -> Iterator[Entry]:
    for old, new in (*change.values.items(), *change.gone.items()):
        argument = change.arguments[0] if change.arguments else ""
        if len(change.arguments) > 1:
            argument = f"*_{argument.rpartition('_')[2]}"
        callee = short(change.callees[0]).rstrip("()[]")
        form = change.form.format(callee=callee, argument=argument, value=literal(old))
        if change.arguments:
            yield Entry(f"{argument}={literal(old)}", change.callees, new)
        else:
            yield Entry(form, (), new)


@entries.register
def _(change: ValueUnfit) -> Iterator[Entry]:
    yield Entry(change.form, change.callees, change.instead)


@entries.register
def _(change: PositionChanged) -> Iterator[Entry]:
    modules = {callee: callee.rpartition(".")[0] for callee in change.callees}
    spelled = tuple(f"{next(iter(modules.values()))}.{name}" for name in sorted(change.spelled))
    yield Entry(
        f"({change.old})", spelled or change.callees, f"({change.new})" if change.new else f"drop {change.last}"
    )


@entries.register
def _(change: ArgumentRequired) -> Iterator[Entry]:
    yield Entry(f"(...) without {change.argument}", change.callees, f"{change.argument}={change.default}")


@entries.register
def _(change: NameChange) -> Iterator[Entry]:
    for form, instead in change.called.items():
        for value, advice in instead.items():
            yield Entry(form.replace("=)", f"={literal(value)})"), (), advice.removeprefix("write "))
    for old in change.names:
        yield Entry(f"{change.module}.{old}", (), change.advice(old).removeprefix(change.verb))


@entries.register
def _(change: PackagesRemoved) -> Iterator[Entry]:
    for package, advice in change.packages.items():
        yield Entry(f"import {package}" if change.only_imports else package, (), advice)


@entries.register
def _(change: MemberChange) -> Iterator[Entry]:
    for member, new in change.members.items():
        written = " = ..." if change.uses == {Use.WRITTEN} else ""
        yield Entry(f".{member}{written}", change.owners, new)


@entries.register
def _(change: FunctionsOnTensors) -> Iterator[Entry]:
    for old in change.functions.names:
        yield Entry(f"{change.module}.{old}", (), change.functions.advice(old).removeprefix("write "))
    yield Entry(f"a function of {change.module} that is not listed", (), change.others)


@entries.register
def _(change: Behaviour) -> Iterator[Entry]:
    yield Entry(change.old, (), change.instead)
