"""Keys of logs that are called otherwise today, and callbacks that watch them."""

from __future__ import annotations

import ast
import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from flake8_paramdoc.changes import BEHAVIOURS
from flake8_paramdoc.changes.keras_names import HISTORY, MODEL, each
from flake8_paramdoc.matching.accuracy import parts
from flake8_paramdoc.matching.callees import callee
from flake8_paramdoc.matching.finding import Match
from flake8_paramdoc.reading.bound_before import bound_before
from flake8_paramdoc.reading.call_arguments import named
from flake8_paramdoc.reading.scopes import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flake8_paramdoc.matching.target import Target
    from flake8_paramdoc.reading.collected import Reading
    from flake8_paramdoc.reading.object_types import Values
    from flake8_paramdoc.reading.scopes import Names

_OTHERWISE = {"AUC": "auc", "KLDivergence": "kullback_leibler_divergence"}
"""Names of metrics that are no parts of their classes' names."""
_CLASSES = frozenset(
    name.rpartition(".")[2]
    for name in each(
        "keras.metrics",
        "AUC BinaryAccuracy BinaryCrossentropy CategoricalAccuracy CategoricalCrossentropy CategoricalHinge"
        " CosineSimilarity F1Score FBetaScore FalseNegatives FalsePositives Hinge KLDivergence LogCoshError"
        " MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredError MeanSquaredLogarithmicError Poisson Precision"
        " Recall RootMeanSquaredError SparseCategoricalAccuracy SparseCategoricalCrossentropy"
        " SparseTopKCategoricalAccuracy SquaredHinge TopKCategoricalAccuracy TrueNegatives TruePositives",
    )
)
"""Metrics that ``compile`` takes by the names of their classes."""

_WATCHING = {"EarlyStopping": 0, "ReduceLROnPlateau": 0, "ModelCheckpoint": 1}
"""Callbacks that watch a key of the logs, and the place where it is passed."""
_TO_BE_HIGH = frozenset({"precision", "recall", "f1_score"})
"""Keys of metrics of which more is better, and of which Keras 2 thought otherwise."""
_SETTING_RATES = frozenset({"ReduceLROnPlateau", "LearningRateScheduler"})


class _Watched(NamedTuple):
    """A key that a callback watches."""

    node: ast.Constant
    has_mode: bool

    @property
    def key(self) -> str:
        """The key of the metric itself."""
        return str(self.node.value).removeprefix("val_")


def match_metrics(reading: Reading, values: Values, target: Target) -> Iterator[Match]:
    """Yield keys of logs that are called otherwise today, and metrics that are."""
    keys = _Keys(reading, values)
    for key, node, told in keys.matches():
        change = BEHAVIOURS[key]
        if target.applies(change, values.package) and not reading.guards.cover(node):
            yield Match(node, change, change.message(**told), fixes=change.fixes())


class _Keys:
    """The metrics and keys of one file."""

    def __init__(self, reading: Reading, values: Values) -> None:
        self._reading = reading
        self._values = values

    @cached_property
    def _strings(self) -> frozenset[str]:
        """The strings of the file: keys that it reads are among them."""
        return frozenset(
            node.value
            for node in ast.walk(self._reading.tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        )

    def matches(self) -> Iterator[tuple[str, ast.expr, dict[str, object]]]:
        called = self._reading.called
        if "compile" in called:
            yield from self._classes()
        if _SETTING_RATES & called:
            yield from self._rates()
        if "KLDivergence" in called:
            yield from self._divergences()
        if "Model" in called:
            if called & set(_WATCHING) or self._reading.subscripts:
                yield from self._outputs()
            if "compile" in called:
                yield from self._lists()
            if {"evaluate", "compile"} <= called:
                yield from self._evaluated()

    def _classes(self) -> Iterator[tuple[str, ast.expr, dict[str, object]]]:
        """Yield metrics that are compiled by the names of their classes, and what watches them."""
        objects: set[str] = set()
        strings: list[ast.Constant] = []
        for call, scope in self._reading.calls:
            if not (isinstance(call.func, ast.Attribute) and call.func.attr == "compile"):
                continue
            found = callee(call.func, scope, self._values)
            if found is None or f"{MODEL}.compile" not in found.kinds:
                continue
            for argument in named(call.keywords, scope):
                if argument.name in ("metrics", "weighted_metrics"):
                    for part in parts(_followed(argument.value, scope)):
                        if isinstance(part, ast.Constant) and part.value in _CLASSES:
                            strings.append(part)
                        elif isinstance(part, ast.Call):
                            objects.add(_key(_last(part.func)))
        for node in strings:
            was = _key(str(node.value))
            if {was, f"val_{was}"} & self._strings:
                yield "metric_class", node, {"it": str(node.value), "was": was}
        names = {_key(str(node.value)): node.value for node in strings}
        if not names and not objects & _TO_BE_HIGH:
            return
        for watched in self._watched():
            if watched.key in names and not watched.has_mode:
                told: dict[str, object] = {"it": watched.node.value, "name": names[watched.key], "was": watched.key}
                yield "monitored_metric_class", watched.node, told
            elif watched.key in objects & _TO_BE_HIGH and not watched.has_mode:
                yield "monitor_direction", watched.node, {"it": watched.node.value}

    def _watched(self) -> Iterator[_Watched]:
        """Yield what callbacks watch."""
        for call, scope in self._reading.calls:
            place = _WATCHING.get(_last(call.func))
            if place is None:
                continue
            found = callee(call.func, scope, self._values)
            if found is None or not found.name.startswith("keras.callbacks."):
                continue
            given = {argument.name: argument.value for argument in named(call.keywords, scope)}
            key = given.get("monitor", call.args[place] if place < len(call.args) else None)
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield _Watched(key, "mode" in given or any(word.arg is None for word in call.keywords))

    def _rates(self) -> Iterator[tuple[str, ast.expr, dict[str, object]]]:
        """Yield where the learning rate is read of a training's history."""
        for read in self._read():
            if read.node.value == "lr":
                yield "rate_key", read.node, {}

    def _read(self) -> Iterator[_Watched]:
        """Yield the keys that are read of a training's history."""
        for node, scope in self._reading.subscripts:
            record = node.value
            if not (isinstance(record, ast.Attribute) and record.attr == "history"):
                continue
            if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
                owner = self._values.keras_class(self._values.of(record.value, scope))
                if owner is not None and owner.name == HISTORY:
                    yield _Watched(node.slice, has_mode=True)

    def _divergences(self) -> Iterator[tuple[str, ast.expr, dict[str, object]]]:
        if not {"kullback_leibler_divergence", "val_kullback_leibler_divergence"} & self._strings:
            return
        for call, scope in self._reading.calls:
            if _last(call.func) == "KLDivergence" and not call.args and not call.keywords:
                found = callee(call.func, scope, self._values)
                if found is not None and found.name == "keras.metrics.KLDivergence":
                    yield "divergence_name", call.func, {}

    def _outputs(self) -> Iterator[tuple[str, ast.expr, dict[str, object]]]:
        """Yield keys by the names of layers, of outputs that have keys of their own."""
        keys: dict[str, str] = {}
        for call, scope in self._reading.calls:
            if _last(call.func) != "Model":
                continue
            outputs = next((word.value for word in call.keywords if word.arg == "outputs"), None)
            outputs = call.args[1] if outputs is None and len(call.args) > 1 else outputs
            found = callee(call.func, scope, self._values) if isinstance(outputs, ast.Dict) else None
            if found is None or found.name != MODEL or not isinstance(outputs, ast.Dict):
                continue
            for key, output in zip(outputs.keys, outputs.values, strict=True):
                name = _name_of_layer(output, scope)
                if isinstance(key, ast.Constant) and name is not None and name != key.value:
                    keys[name] = str(key.value)
        if not keys:
            return
        taken = set(keys.values())
        for watched in (*self._watched(), *self._read()):
            for name, now in keys.items():
                if name not in taken and re.match(rf"{re.escape(name)}_\w", watched.key):
                    told = str(watched.node.value).replace(name, now, 1)
                    yield "output_key", watched.node, {"it": watched.node.value, "now": told}

    def _evaluated(self) -> Iterator[tuple[str, ast.expr, dict[str, object]]]:
        """Yield lists of losses and metrics that are unpacked, of models whose outputs stand in another order."""
        unpacked = {
            id(node.value)
            for node in ast.walk(self._reading.tree)
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple)
        }
        for call, scope in self._reading.calls:
            func = call.func
            if id(call) not in unpacked or not isinstance(func, ast.Attribute) or func.attr != "evaluate":
                continue
            if any(word.arg in ("return_dict", None) for word in call.keywords):
                continue
            names = self._output_names(func.value, scope)
            if names and names != sorted(names) and self._has_metrics(func.value):
                yield "evaluated_order", func, {"it": " and ".join(names)}

    def _lists(self) -> Iterator[tuple[str, ast.expr, dict[str, object]]]:
        """Yield one list of metrics for all outputs of a model, of which each output now takes one."""
        for call, scope in self._reading.calls:
            func = call.func
            if not (isinstance(func, ast.Attribute) and func.attr == "compile"):
                continue
            count = len(self._outputs_of(func.value, scope)[0])
            if count < 2:
                continue
            given = [one.value for one in named(call.keywords, scope) if one.name in ("metrics", "weighted_metrics")]
            for node in given:
                metrics = _followed(node, scope)
                parts = metrics.elts if isinstance(metrics, (ast.List, ast.Tuple)) else []
                if not parts or any(isinstance(part, (ast.List, ast.Tuple, ast.Dict, ast.Starred)) for part in parts):
                    continue
                if len(parts) != count:
                    yield "metrics_of_all", node, {"count": count}
                elif all(map(_is_metric, parts)):
                    yield "metrics_of_each", node, {"count": count}

    def _output_names(self, node: ast.expr, scope: Names) -> list[str]:
        """Return the names of the outputs of a model, where they are written in its function."""
        outputs, around = self._outputs_of(node, scope)
        names = [_name_of_layer(output, around) for output in outputs]
        return [name for name in names if name is not None] if None not in names else []

    def _outputs_of(self, node: ast.expr, scope: Names) -> tuple[list[ast.expr], Names]:
        """Return the outputs of a model that are listed where it is made, in its function, and the names there."""
        bindings = bound_before(node, scope)[0] if isinstance(node, ast.Name) else []
        if len(bindings) != 1 or not isinstance(bindings[0], Value) or not isinstance(bindings[0].node, ast.Call):
            return [], scope
        making, around = bindings[0].node, bindings[0].scope
        found = callee(making.func, around, self._values)
        outputs = next((word.value for word in making.keywords if word.arg == "outputs"), None)
        outputs = making.args[1] if outputs is None and len(making.args) > 1 else outputs
        if found is None or found.name != MODEL or not isinstance(outputs, ast.List):
            return [], scope
        is_whole = not any(isinstance(output, ast.Starred) for output in outputs.elts)
        return (outputs.elts if is_whole else []), around

    def _has_metrics(self, model: ast.expr) -> bool:
        """Tell whether a model is compiled with metrics for more than one output."""
        for call, _ in self._reading.calls:
            func = call.func
            if isinstance(func, ast.Attribute) and func.attr == "compile" and ast.dump(func.value) == ast.dump(model):
                given = [word.value for word in call.keywords if word.arg == "metrics"]
                return any(isinstance(value, (ast.List, ast.Dict)) and len(list(parts(value))) > 1 for value in given)
        return False


def _is_metric(node: ast.expr) -> bool:
    """Tell whether something is one metric for sure: a string, or an object that is made there."""
    return isinstance(node, ast.Call) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _name_of_layer(node: ast.expr, scope: Names) -> str | None:
    """Return the name that the layer is given that an output comes of."""
    if isinstance(node, ast.Name):
        bindings, _ = bound_before(node, scope)
        if len(bindings) != 1 or not isinstance(bindings[0], Value):
            return None
        node = bindings[0].node
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Call):
        names = [word.value for word in node.func.keywords if word.arg == "name"]
        if names and isinstance(names[0], ast.Constant):
            return str(names[0].value)
    return None


def _key(name: str) -> str:
    """Return how Keras 2 called a metric in its logs, by the name of its class."""
    found = _OTHERWISE.get(name)
    return found if found is not None else re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def _followed(node: ast.expr, scope: Names) -> ast.expr:
    bindings = bound_before(node, scope)[0] if isinstance(node, ast.Name) else []
    return bindings[0].node if len(bindings) == 1 and isinstance(bindings[0], Value) else node


def _last(func: ast.expr) -> str:
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""
