"""Run the old functions and what the tables write instead of them, and compare what comes out; a script.

The old form runs in ``tf_keras``, the new one in Keras 3. Each function is called with tensors of several shapes and
types, with edge values, with each of its arguments, by position and by keyword; the new form is what the row's own
template writes for that very call. It prints, as JSON, what was run, what is unequal, and what could not be run.
"""

from __future__ import annotations

import ast
import inspect
import itertools
import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy
import tensorflow
import tf_keras

from flake8_paramdoc.changes import CHANGES
from flake8_paramdoc.changes.shapes import Fix, NameChange, Place
from tests.flake8_paramdoc.changes.equality_exceptions import LEFT_OUT, NOT_RUN, SAME_AS
from tests.flake8_paramdoc.changes.equality_samples import ARGUMENTS, BY_FUNCTION, DRAWN, OF_CLASSES, OF_MODULES, VALUES

OLD = "old_"
"""What stands before the name of an old function, so that it is no other."""
RUN: dict[str, int] = defaultdict(int)
"""How many calls of each old name were compared."""
UNEQUAL: dict[str, list[str]] = defaultdict(list)
"""The calls whose results are not the same, by the old name, each with what comes out."""
NO_FIX: dict[str, list[str]] = defaultdict(list)
"""The calls that no template of the row is for."""


def old_name(full: str) -> Any:
    """Return what a name of the tables stands for in ``tf_keras``; ``None`` where it has nothing of that name."""
    found: Any = tf_keras
    for part in SAME_AS.get(full, full).split(".")[1:]:
        found = getattr(found, part, None)
    return found


def calls(full: str, function: Any) -> Iterator[tuple[str, str]]:
    """Yield the arguments of calls, as code: by position, and the same by keyword."""
    name = full.rpartition(".")[2]
    parameters = [
        parameter
        for parameter in inspect.signature(function).parameters.values()
        if parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
    ]
    for given in _given(name, parameters):
        order = [parameter.name for parameter in parameters if parameter.name in given]
        yield "by keyword", ", ".join(f"{key}={given[key]}" for key in order)
        passed = [parameter.name in given for parameter in parameters]
        leading = parameters[: passed.index(False)] if False in passed else parameters
        placed = [given[parameter.name] for parameter in leading]
        rest = [f"{key}={given[key]}" for key in order[len(placed) :]]
        yield "by position", ", ".join([*placed, *rest])


def _given(name: str, parameters: list[inspect.Parameter]) -> Iterator[Mapping[str, str]]:
    """Yield which values the parameters of a function get, as code."""
    if name in BY_FUNCTION:
        yield from BY_FUNCTION[name]
        return
    needed = [parameter for parameter in parameters if parameter.default is parameter.empty]
    pools = [ARGUMENTS.get(parameter.name, ARGUMENTS["x"]) for parameter in needed]
    for values in itertools.product(*pools):
        given = dict(zip((parameter.name for parameter in needed), values, strict=True))
        yield given
        for parameter in parameters:
            if parameter.default is not parameter.empty:
                for value in ARGUMENTS.get(parameter.name, ()):
                    yield given | {parameter.name: value}


def used(made: str, use: str) -> str:
    """Return code that does with what is made what it is for."""
    if "serialize_keras_object" in made and "deserialize" not in made:
        return f"{made}['class_name']"
    if use == "value":
        # What assigns is compared by what the variable holds then.
        return f"({made}, variable)[1]" if "assign" in made or "variable, " in made or "x=variable, " in made else made
    if use == "statement":
        return f"({made}, told(keras.layers.Dense(2, kernel_initializer='ones'), matrix))[1]"
    if use == "drawn":
        return f"drawn({made})"
    if use == "step":
        return f"stepped({made})"
    if use == "shape":
        return f"filled({made})"
    return f"told({made}, {use})" if use else f"told({made})"


def stepped(optimizer: Any) -> Any:
    """Return a variable after three steps of an optimizer, by the interface that both copies have."""
    copy = keras if isinstance(optimizer, keras.optimizers.Optimizer) else tf_keras
    model = copy.Sequential([copy.layers.Dense(1, use_bias=False, kernel_initializer="ones")])
    model.build((None, 3))
    for gradient in ([1.0, 0.5, -2.0], [0.1, -0.2, 0.3], [0.0, 4.0, 1.0]):
        optimizer.apply_gradients([(tensorflow.constant([[one] for one in gradient]), model.trainable_variables[0])])
    return model.get_weights()[0]


def filled(initializer: Any) -> Any:
    """Return what an initializer is set to, and what it gives where that is not drawn."""
    config = {key: value for key, value in initializer.get_config().items() if key != "seed"}
    values = initializer((2, 3))
    return [config, None if config else values]


def told(made: Any, *inputs: Any) -> Any:
    """Return how many parameters a layer has, and what it gives where that is not drawn; of others, what they give."""
    if not inputs:
        return "made"
    given = made(*inputs)
    if not hasattr(made, "count_params"):
        return given
    drawn = type(made).__name__.startswith("Random") or type(made).__name__ == "EinsumDense"
    results = given if isinstance(given, (list, tuple)) else [given]
    if drawn or any(hasattr(one, "_keras_history") for one in results):
        return [made.count_params(), *(list(one.shape[1:]) for one in results)]
    return [made.count_params(), given]


def drawn(values: Any) -> Any:
    """Return what is the same of two draws: the shape, and whether values are missing or how they are spread."""
    found = numpy.asarray(plain(values))
    spread = [found.mean(), found.std(), (found == 0).mean()]
    return [list(found.shape), found.dtype.kind, [round(float(one) * 20) / 20 for one in spread]]


_USES = {"drawn": drawn, "stepped": stepped, "filled": filled, "told": told}


def evaluate(code: str, names: Mapping[str, Any]) -> tuple[bool, Any]:
    """Run an expression; return whether it ran, and its result as NumPy has it, or the error."""
    try:
        return True, plain(eval(code, dict(names)))
    except Exception as error:
        return False, f"{type(error).__name__}: {str(error).splitlines()[0][:80] if str(error) else ''}"


def plain(value: Any) -> Any:
    """Return a result without the framework around it."""
    if isinstance(value, (list, tuple, dict)) and not isinstance(value, tensorflow.TensorShape):
        parts = value.values() if isinstance(value, dict) else value
        return [plain(part) for part in parts]
    if isinstance(value, (str, type(None))):
        return value
    if isinstance(value, keras.Variable):
        value = value.value
    if hasattr(value, "compute_dtype") and hasattr(value, "variable_dtype") and not hasattr(value, "weights"):
        return value.name  # a policy
    return type(value).__name__ if hasattr(value, "get_config") else numpy.asarray(value)


def same(one: Any, other: Any) -> bool:
    """Tell whether two results are the same: in shape, in the kind of their type, and in value."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, (str, type(None))) or isinstance(other, (str, type(None))):
        return one == other if type(one) is type(other) else False
    if isinstance(one, list) or isinstance(other, list):
        try:
            one, other = numpy.asarray(one), numpy.asarray(other)
        except ValueError:
            return False  # parts of several shapes, of one of the two
    if one.shape != other.shape or one.dtype.kind.replace("u", "i") != other.dtype.kind.replace("u", "i"):
        return False
    if one.dtype.kind not in "fc":
        return bool((one == other).all())
    return bool(numpy.allclose(one, other, rtol=1e-5, atol=1e-6, equal_nan=True))


def compare(full: str, fixes: tuple[Fix, ...], today: Any) -> None:
    function = old_name(full)
    old = OLD + full.rpartition(".")[2]
    old_names = {
        old: function,
        "tf": tensorflow,
        "numpy": numpy,
        "keras": tf_keras,
        **_USES,
        **VALUES(tf_keras),
    }
    new_names = {"tf": tensorflow, "numpy": numpy, "keras": today, **_USES, **VALUES(keras)}
    if full in OF_MODULES:
        made = [("as given", f".{member}", "value") for member in OF_MODULES[full]]
    elif inspect.isclass(function):
        made = [
            ("as given", f"({arguments})", use)
            for arguments, use in OF_CLASSES[
                full.rpartition(".")[2] if full not in SAME_AS else SAME_AS[full].rpartition(".")[2]
            ]
        ]
    else:
        use = "statement" if fixes[0].place is Place.STATEMENT else "drawn" if full in DRAWN else "value"
        made = [(how, f"({arguments})", use) for how, arguments in calls(full, function)]
    for how, behind, use in made:
        ran, expected = evaluate(used(f"{old}{behind}", use), old_names)
        if not ran:
            continue  # it never worked
        new = written(full, behind, fixes)
        if new is None:
            NO_FIX[full].append(behind)
            continue
        RUN[full] += 1
        _, got = evaluate(used(new, use), new_names)
        if not same(expected, got):
            UNEQUAL[full].append(f"{how}: {full}{behind} -> {new}: {_short(expected)} -> {_short(got)}")


def written(full: str, behind: str, fixes: tuple[Fix, ...]) -> str | None:
    """Return what the fixes make of a use, by what stands behind the name; ``None`` where none of them is for it."""
    call = ast.parse(f"{full}{behind}", mode="eval").body
    assert isinstance(call, ast.Call)
    for fix in fixes:
        if fix.place is Place.STATEMENT:
            return "None"  # nothing is written, and nobody reads what it gave
        if fix.place is Place.NAME and fix.template is not None:
            return f"{fix.template.new}{behind}"
        if fix.template is not None and (bound := fix.template.bind(call)) is not None:
            return fix.template.write({name: ast.unparse(node) for name, node in bound.items()})
    return None


def _short(value: Any) -> str:
    if isinstance(value, numpy.ndarray):
        return f"{value.dtype}{list(value.shape)} {numpy.array2string(value.ravel()[:4], precision=4)}"
    return str(value)[:120]


def main() -> None:
    missing: list[str] = []
    for change in CHANGES:
        if not isinstance(change, NameChange) or change.is_module or change.major != 3:
            continue
        for name in change.names:
            full = f"{change.module}.{name}"
            fixes = tuple(
                fix
                for fix in change.fixes(name)
                if fix.place is Place.STATEMENT
                or (fix.template is not None and not fix.template.new.startswith("tensorflow."))
            )
            if not fixes or full in NOT_RUN:
                continue
            if not (full in OF_MODULES or callable(old_name(full))):
                missing.append(full)
                continue
            compare(full, fixes, tensorflow.keras if change.only_in_tensorflow else keras)
            if not RUN[full]:
                missing.append(full)
    gone = [name for name in dir(tf_keras.backend) if name[:1] != "_" and not hasattr(keras.backend, name)]
    result = {"run": RUN, "unequal": UNEQUAL, "no fix": NO_FIX, "missing": missing, "old backend": gone}
    json.dump(result | {"not run": NOT_RUN, "left out": LEFT_OUT}, sys.stdout)


if __name__ == "__main__":
    main()
