"""Ask the Keras that is installed what it makes of the old forms and of the new ones; a script, as it imports Keras.

It prints what is not as the tables say, by the part of the tables, and what could not be asked.
"""

from __future__ import annotations

import ast
import inspect
import json
import os
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import Any

import keras
import numpy
import tensorflow

from flake8_paramdoc.changes import CHANGES, keras_names
from flake8_paramdoc.changes.shapes import (
    ArgumentChange,
    ArgumentsRenamed,
    Change,
    Fate,
    MemberChange,
    MembersRenamed,
    NameChange,
    Use,
    ValuesRenamed,
    ValueUnfit,
)
from tests.flake8_paramdoc.changes.asking import (
    INPUT,
    TENSORFLOW,
    VALUES,
    agrees,
    given,
    happens,
    members_of,
    resolve,
    takes,
)
from tests.flake8_paramdoc.changes.examples import examples

WRONG: dict[str, list[str]] = defaultdict(list)


# Names.


def check_names() -> None:
    for change in (change for change in CHANGES if isinstance(change, NameChange)):
        for name in change.names:
            full = f"{change.module}.{name}"
            still = change.outcome is not Fate.RAISES
            kept = still or change.kept_in_tensorflow
            for root, expected in (("keras", still or change.only_in_tensorflow), (TENSORFLOW, kept)):
                found = resolve(full, root)
                if found is not None and not expected and happens(found) is Fate.RAISES and inspect.isclass(found):
                    WRONG["is there, and cannot be called"].append(full)
                elif (found is not None) != expected:
                    WRONG["names"].append(f"{full} in {root}: {found}")


def texts(change: Change) -> Iterator[str]:
    """Give all that a change tells to write."""
    for attribute in ("forms", "arguments", "instead_of", "called", "values", "gone", "members", "calls"):
        told = getattr(change, attribute, None)
        for text in told.values() if isinstance(told, Mapping) else ():
            yield from [text] if isinstance(text, str) else text.values()
    for attribute in ("instead", "new", "new_sample"):
        if isinstance(text := getattr(change, attribute, None), str):
            yield text


def check_mentions() -> None:
    for change in CHANGES:
        for text in texts(change):
            for name, rest in re.findall(r"\b(keras(?:\.\w+)+)((?: in Keras 2)?)", text):
                root = TENSORFLOW if change.only_in_tensorflow else "keras"
                if not rest and resolve(name, root) is None:
                    WRONG["mentions"].append(f"{name}: {text}")
        if not isinstance(change, NameChange):
            continue
        for form, instead in change.called.items():
            for text in instead.values():
                name = text.removeprefix("write ").partition("(")[0]
                if "(" in text and resolve(f"{change.module}.{name}") is None:
                    WRONG["mentions"].append(f"{form}: {text}")


# Arguments.


def becomes(name: str, callee: Any, argument: str) -> Fate | None:
    """Say what becomes of an argument; ``None`` where that cannot be asked."""
    if callee is not None and takes(callee, argument) is False:
        return Fate.RAISES
    if inspect.isclass(callee) and (args := given(callee)) is not None:
        return happens(lambda: callee(*args, **{argument: VALUES.get(argument, 1)}))
    return happens(lambda: CALLS[name](**{argument: 1})) if name in CALLS else None


def check_arguments() -> None:
    for change in (change for change in CHANGES if isinstance(change, ArgumentChange)):
        for callee in change.callees:
            for name, found in members_of(callee, change.but):
                for old, new in change.old.items():
                    got = becomes(name, found, old)
                    if got is None:
                        WRONG["not asked"].append(name)
                    elif change.kept_in_tensorflow and resolve(callee) is None:
                        if got is Fate.RAISES:
                            WRONG["arguments"].append(f"{name}({old}=): it is not kept under tensorflow.keras")
                    elif not agrees(change.outcome, got):
                        WRONG["arguments"].append(f"{name}({old}=): {got.name}, and not {change.outcome.name}")
                    elif isinstance(change, ArgumentsRenamed):
                        for keyword in keywords(new):
                            # Where any is taken, only a run can tell.
                            taken = takes(found, keyword)
                            if taken is None and (args := given(found)) is not None:
                                value = VALUES.get(old, 1)
                                taken = happens(lambda: found(*args, **{keyword: value})) is Fate.WORKS  # noqa: B023
                            if not taken:
                                WRONG["new arguments"].append(f"{name}({old}=): {keyword}=")


def keywords(new: str) -> list[str]:
    """Give the arguments that a text tells to write."""
    if "=" not in new:
        return [new]
    [call] = ast.parse(f"f({new.rpartition(': ')[2]})").body
    return [keyword.arg for keyword in call.value.keywords]  # type: ignore[attr-defined]


# What a signature does not tell.


def built() -> Any:
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8)])
    model.compile("sgd", "mse", metrics=["accuracy"])
    return model


X, Y = numpy.zeros((2, 4), "float32"), numpy.zeros((2, 8), "float32")


def load_data(module: Any) -> Callable[..., None]:
    """Call the function up to the point at which it would fetch its data."""

    def call(**arguments: Any) -> None:
        class ReachedError(Exception):
            pass

        def get_file(*_: Any, **__: Any) -> str:
            raise ReachedError

        source = sys.modules[inspect.unwrap(module.load_data).__module__]
        before, source.get_file = source.get_file, get_file  # type: ignore[attr-defined]
        try:
            module.load_data(**arguments)
        except ReachedError:
            pass
        finally:
            source.get_file = before  # type: ignore[attr-defined]

    return call


CALLS: dict[str, Callable[..., Any]] = {
    "keras.models.Model": lambda **a: keras.Model(*a),
    "keras.models.Model.evaluate": lambda **a: built().evaluate(X, Y, verbose=0, **a),
    "keras.models.Model.save": lambda **a: built().save("model.keras", **a),
    "keras.models.save_model": lambda **a: keras.models.save_model(built(), "model.keras", **a),
    "keras.models.Model.load_weights": lambda **a: built().load_weights("model.weights.h5", **a),
    "keras.layers.RNN.__call__": lambda **a: keras.layers.LSTM(8)(numpy.zeros((1, 2, 3), "float32"), **a),
    "keras.utils.deserialize_keras_object": keras.utils.deserialize_keras_object,
    "keras.datasets.imdb.load_data": load_data(keras.datasets.imdb),
}


# Values.


def use(made: Any) -> None:
    """Do with an object what it is for, where that is when it looks at its arguments."""
    if isinstance(made, keras.optimizers.Optimizer):
        variable = keras.Variable([1.0])
        made.apply([keras.ops.ones((1,))], [variable])
    if isinstance(made, (keras.layers.UpSampling2D, keras.layers.Resizing)):
        made(keras.ops.ones((1, 4, 4, 3)))


def check_values() -> None:
    for change in (change for change in CHANGES if isinstance(change, ValuesRenamed)):
        for callee in change.callees:
            if callee == "keras.models.Model.compile":
                check_compiled(change)
                continue
            if callee == "keras.callbacks.History.history[]":
                check_history(change)
                continue
            if not resolve(callee) or not change.arguments:
                WRONG["values not asked"].append(callee)
                continue
            for name, found in members_of(callee):
                for argument in change.arguments:
                    if takes(found, argument) is True:
                        check_value(change, name, found, argument)


def check_value(change: ValuesRenamed, name: str, found: Any, argument: str) -> None:
    args = (built(), "model.keras") if found is keras.models.save_model else given(found)
    if args is None:
        WRONG["values not asked"].append(name)
        return

    def run(**arguments: Any) -> None:
        # What an argument by position stands for is not given twice.
        bound = inspect.signature(found).bind_partial(*args).arguments
        use(found(**bound | arguments))

    for old in (*change.values, *change.gone):
        got = happens(lambda: run(**{argument: old}))  # noqa: B023
        if not agrees(change.outcome, got):
            WRONG["values"].append(f"{name}({argument}={old!r}): {got.name}, and not {change.outcome.name}")
    for new in change.values.values():
        if happens(lambda: run(**written(argument, new))) is Fate.RAISES:  # noqa: B023
            WRONG["new values"].append(f"{name}({argument}=): {new}")


def written(argument: str, new: str) -> dict[str, Any]:
    """Give the arguments that a text tells to write: a value, or the whole of an argument."""
    first = new.partition(", or")[0]
    whole = first if re.match(r"\w+=", first) else f"{argument}={first}"
    return eval(f"dict({whole})", {"keras": keras})  # type: ignore[no-any-return]


def check_compiled(change: ValuesRenamed) -> None:
    """Check values that are looked at when the model is trained."""

    def run(value: Any) -> None:
        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8)])
        wanted: dict[str, Any] = {"loss": "mse", argument: [value] if argument == "metrics" else value}
        model.compile("sgd", **wanted)
        model.fit(X, Y, verbose=0)

    [argument] = change.arguments
    for old in (*change.values, *change.gone):
        if happens(lambda: run(old)) is not change.outcome:  # noqa: B023
            WRONG["values"].append(f"compile({argument}={old!r})")
    for new in change.values.values():
        if happens(lambda: run(*written(argument, new).values())) is Fate.RAISES:  # noqa: B023
            WRONG["new values"].append(f"compile({argument}={new})")


def check_unfit() -> None:
    """Run the examples of values that do not fit, on a model that is built."""
    for change in (change for change in CHANGES if isinstance(change, ValueUnfit)):
        for example in examples(change):
            old, new = (complete(on_model(text)) for text in (example.old, example.new or ""))
            if "keras.backend" in new:
                WRONG["values not asked"].append(new)
                continue
            if not agrees(change.outcome, got := happens(lambda: exec(old))):  # noqa: B023
                WRONG["values"].append(f"{old}: {got.name}")
            if happens(lambda: exec(new)) is not Fate.WORKS:  # noqa: B023
                WRONG["new values"].append(new)


def on_model(text: str) -> str:
    return text.replace("keras.Model()", "built()").replace("save_model(", "save_model(built(), ")


_LACKING = (
    (r"layers\.(Dense|Input)\(name=", r"layers.\1(shape=(8,), name="),
    (r"layers\.Dense\(shape=\(8,\), ", "layers.Dense(8, "),
    (r"layers\.dot\(name=", "layers.dot([INPUT, INPUT], axes=1, name="),
    (r"layers\.([a-z]+)\(name=", r"layers.\1([INPUT, INPUT], name="),
    (r"keras\.Variable\(name=", "keras.Variable(1.0, name="),
    (r"\.add_(weight|variable)\(name=", r".add_\1(shape=(), initializer='zeros', name="),
    (r"(Conv\w+\(64 /+ 2)\)$", r"\1, 3)"),
    (r"\bnp\.", "numpy."),
    (r"(Embedding|MultiHeadAttention)\((\w+\(.*|numpy.*)\)$", r"\1(\2, 8)"),
    (r"(Embedding)\(output_dim=", r"\1(input_dim=8, output_dim="),
    (r"(MultiHeadAttention)\(key_dim=", r"\1(num_heads=2, key_dim="),
    (r"input_shape\[", "(2, 8)["),
)
"""What the examples leave out that Keras must be given to look at the rest."""


def complete(text: str) -> str:
    for lacking, whole in _LACKING:
        text = re.sub(lacking, whole, text, flags=re.MULTILINE)
    if re.search(r"layers\.(Conv|SeparableConv|LSTM|GRU|SimpleRNN)\w*\((\d|int|numpy)", text):
        rank = {"1": 2, "2": 3, "3": 4}.get(text.split("Conv")[-1][:1], 2)
        text += f"(keras.Input({(8,) * rank}))"
    return text


def check_history(change: ValuesRenamed) -> None:
    """Look for the keys in what a training leaves."""
    keys = built().fit(X, Y, verbose=0, validation_data=(X, Y)).history
    for old, new in change.values.items():
        if old in keys or ast.literal_eval(new) not in keys:
            WRONG["values"].append(f"history[{old!r}]: {sorted(keys)}")


# Members.


def objects() -> dict[str, Any]:
    model = built()
    images = tensorflow.keras.preprocessing.image
    return {
        keras_names.MODEL: model,
        keras_names.SEQUENTIAL: model,
        keras_names.LAYER: model.layers[0],
        keras_names.RNN: keras.layers.LSTM(8),
        keras_names.OPTIMIZER: model.optimizer,
        keras_names.METRIC: keras.metrics.Mean(),
        keras_names.CALLBACK: keras.callbacks.Callback(),
        keras_names.IMAGES: images.ImageDataGenerator().flow(numpy.ones((2, 8, 8, 3))),
        keras_names.VARIABLE: model.weights[0],
        keras_names.TENSOR: INPUT,
        keras_names.TENSOR_SHAPE: INPUT.shape,
    }


def check_members() -> None:
    known = objects()
    for change in (change for change in CHANGES if isinstance(change, MemberChange)):
        for owner in change.owners:
            made = known.get(owner)
            if made is None and (found := resolve(owner)) is not None and (args := given(found)) is not None:
                made = found(*args)
            if made is None:
                WRONG["members not asked"].append(owner)
                continue
            for member, new in change.members.items():
                if change.uses == {Use.WRITTEN}:
                    got = happens(lambda: setattr(made, member, 0.1))  # noqa: B023
                else:
                    got = reads(made, member)
                if not agrees(change.outcome, got):
                    WRONG["members"].append(f"{owner}.{member}: {got.name}, and not {change.outcome.name}")
                today = attrgetter(new.partition("(")[0])
                if isinstance(change, MembersRenamed) and happens(lambda: today(made)) is Fate.RAISES:  # noqa: B023
                    WRONG["new members"].append(f"{owner}.{member}: {new}")


def reads(made: Any, member: str) -> Fate:
    """Say what becomes of a member that is read; of a method, of its calls without and with a tensor of a model."""
    name = member.removesuffix("()")
    got = happens(lambda: getattr(made, name))
    if got is Fate.RAISES or name == member:
        return got
    calls = [happens(lambda: getattr(made, name)()), happens(lambda: getattr(made, name)(INPUT))]
    return next((call for call in calls if call is not Fate.RAISES), Fate.RAISES)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        built().save("model.keras")
        built().save_weights("model.weights.h5")
        for check in (check_names, check_mentions, check_arguments, check_values, check_unfit, check_members):
            check()
        os.chdir("/")
    json.dump({part: sorted(set(found)) for part, found in WRONG.items()}, sys.stdout)
