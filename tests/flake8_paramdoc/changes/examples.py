"""The old form of each change and the form of today, as code that the tests lint.

What an argument is given does not matter where its name is what changed, so that ``...`` stands for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from typing import NamedTuple

from flake8_paramdoc.changes import REQUIRED, public
from flake8_paramdoc.changes.keras_names import (
    CALLBACK,
    HISTORY,
    IMAGES,
    LAYER,
    LOSS,
    METRIC,
    MODEL,
    OPTIMIZER,
    RNN,
    SEQUENTIAL,
    TENSOR,
    TENSOR_SHAPE,
    VARIABLE,
)
from flake8_paramdoc.changes.shapes import (
    ArgumentChange,
    ArgumentRequired,
    ArgumentsRenamed,
    Behaviour,
    Change,
    FunctionsOnTensors,
    MemberChange,
    MembersRenamed,
    NameChange,
    NamesRenamed,
    PackagesRemoved,
    PositionChanged,
    Use,
    ValuesRenamed,
    ValueUnfit,
    is_name,
    literal,
    short,
)

_OBJECTS = {
    MODEL: ("model", "keras.Model()"),
    SEQUENTIAL: ("model", "keras.Sequential()"),
    LAYER: ("layer", "keras.layers.Dense(8)"),
    RNN: ("layer", "keras.layers.LSTM(8)"),
    OPTIMIZER: ("optimizer", "keras.optimizers.SGD()"),
    METRIC: ("metric", "keras.metrics.Mean()"),
    CALLBACK: ("callback", "keras.callbacks.Callback()"),
    HISTORY: ("record", "keras.Model().fit()"),
    IMAGES: ("images", "keras.preprocessing.image.ImageDataGenerator().flow(x)"),
    VARIABLE: ("variable", "keras.Variable(3)"),
    TENSOR: ("x", "keras.Input((8,))"),
    TENSOR_SHAPE: ("x", "keras.Input((8,))"),
}
"""An object of a class: what it is called in an example, and how it is made."""

_CLASSES = {
    LAYER: "keras.layers.Dense",
    OPTIMIZER: "keras.optimizers.SGD",
    LOSS: "keras.losses.MeanSquaredError",
    MODEL: "keras.Model",
}
"""A class that takes the arguments that all of its kind take."""

_COMPILED = 'keras.Model().compile(metrics=["accuracy"])\n'


class Example(NamedTuple):
    """One old form, in a source behind ``import keras``."""

    old: str
    """A source in which it is found."""
    new: str | None
    """A source with today's form, in which nothing is found; ``None`` where nothing of the same form takes its place.
    """


@singledispatch
def examples(change: Change) -> Iterator[Example]:
    """Yield the old forms of a change, each with what is written today."""
    raise NotImplementedError(type(change))


@examples.register
def _(change: ArgumentChange) -> Iterator[Example]:
    for callee in change.callees:
        before, called = _called(callee)
        for old, advice in change.old.items():
            new = advice if "=" in advice else f"{advice}=..."
            plain = isinstance(change, ArgumentsRenamed) and " " not in new
            yield Example(f"{before}{called}({old}=...)", f"{before}{called}({new})" if plain else None)


@examples.register
def _(change: ValuesRenamed) -> Iterator[Example]:
    before = _COMPILED if change.named_accuracy else ""
    for callee in change.callees:
        made, called = _called(callee.removesuffix("()").removesuffix("[]"))
        for argument in change.arguments or ("",):
            for old, new in (*change.values.items(), *change.gone.items()):
                if callee.endswith("()"):
                    forms = [f"{called}() == {value}" for value in (literal(old), new)]
                elif callee.endswith("[]"):
                    forms = [f"{called}[{value}]" for value in (literal(old), new)]
                else:
                    listed = "[{}]" if change.inside else "{}"
                    whole = new if "=" in new.partition("(")[0] else f"{argument}={listed.format(new)}"
                    forms = [f"{called}({argument}={listed.format(literal(old))})", f"{called}({whole})"]
                plain = old in change.values and " " not in new
                yield Example(f"{before}{made}{forms[0]}", f"{before}{made}{forms[1]}" if plain else None)


@examples.register
def _(change: ValueUnfit) -> Iterator[Example]:
    for callee in change.callees:
        before, called = _called(callee)
        name = "" if change.position == 0 else f"{change.arguments[0]}="
        yield Example(f"{before}{called}({name}{change.sample})", f"{before}{called}({name}{change.new_sample})")


@examples.register
def _(change: PositionChanged) -> Iterator[Example]:
    # Where the same is also written for today's meaning, only a file that is older otherwise tells.
    older = "keras.Model(input=...)\n" if change.doubtful else ""
    for callee in change.callees:
        module, _, last = callee.rpartition(".")
        spellings = [name for name in sorted(change.spelled) if public(f"{module}.{name}") == callee] or [last]
        for name in spellings:
            before, called = _called(f"{module}.{name}", exactly=True)
            yield Example(f"{older}{before}{called}({change.sample})", f"{before}{called}({change.new_sample})")


@examples.register
def _(change: ArgumentRequired) -> Iterator[Example]:
    for callee in change.callees:
        needed = ", ".join(f"{other.argument}={other.default}" for other in REQUIRED[callee])
        yield Example(f"{callee}()", f"{callee}({needed})")


@examples.register
def _(change: NameChange) -> Iterator[Example]:
    calls = {form.replace("=)", f"={literal(value)})") for form, instead in change.called.items() for value in instead}
    for call in sorted(calls):
        yield Example(f"{change.module}.{call}", None)
    before = "import tensorflow\ntensorflow." if change.only_in_tensorflow else ""
    for old, new in change.names.items():
        if not any(call.startswith(f"{old}(") for call in calls):
            plain = isinstance(change, NamesRenamed) and is_name(new) and new.startswith("keras.")
            if change.taken:
                yield Example(f"from {change.module} import {old}", new if plain else None)
                continue
            yield Example(f"{before}{change.module}.{old}", f"{before}{new}" if plain else None)


@examples.register
def _(change: PackagesRemoved) -> Iterator[Example]:
    for package in change.packages:
        module, _, name = package.rpartition(".")
        yield Example(
            f"from {module} import {name}" if module and not change.only_imports else f"import {package}", None
        )


@examples.register
def _(change: FunctionsOnTensors) -> Iterator[Example]:
    before = "import tensorflow\nx = tensorflow.keras.Input((8,))\n"
    module = "tensorflow.keras.backend" if change.module == "keras.backend" else change.module
    for name in [*change.functions.names, "tile_anew"]:
        yield Example(f"{before}{module}.{name}(x)", f"{before}{module}.{name}(3)")


@examples.register
def _(change: Behaviour) -> Iterator[Example]:
    yield Example(change.sample, change.new_sample)


@examples.register
def _(change: MemberChange) -> Iterator[Example]:
    renamed = isinstance(change, MembersRenamed)
    for owner in change.owners:
        name, made = _OBJECTS.get(owner, (short(owner).lower(), f"{owner}(...)"))
        for member, new in change.members.items():
            if change.uses & {Use.READ, Use.WRITTEN}:
                part = ".shape" if owner == TENSOR_SHAPE else ""
                before, written = f"{name} = {made}\n{name}{part}.", " = ..." if Use.WRITTEN in change.uses else ""
                plain = renamed and "." not in new
                yield Example(f"{before}{member}{written}", f"{before}{new}{written}" if plain else None)
            if Use.DEFINED in change.uses:
                before, body = f"class Mine({owner}):\n    def ", "(self): ..."
                method = member.removesuffix("()")
                yield Example(f"{before}{method}{body}", f"{before}{new}{body}" if renamed else None)


def _called(callee: str, *, exactly: bool = False) -> tuple[str, str]:
    """Return what stands before a call of something, and how it is called there."""
    owner, _, method = callee.rpartition(".")
    if not owner.rpartition(".")[2][:1].isupper():
        return "", callee if exactly else _CLASSES.get(callee, callee)
    name, made = _OBJECTS.get(owner, (short(owner).lower(), f"{owner}(...)"))
    return f"{name} = {made}\n", name if method == "__call__" else f"{name}.{method}"
