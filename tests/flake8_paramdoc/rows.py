"""The facts about Keras as files to lint: for each row of the table, its old form in a source, and its form of today.

``tests/data/keras-changes.tsv`` holds the rows of the reference's table that are common (tier A) and broken, or
silently different, in Keras 3. In the source of an old form, the comment ``# old`` marks each line that is to
have a finding; other lines may have one too.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from tests.flake8_paramdoc.row_calls import POSITIONAL
from tests.flake8_paramdoc.row_names import IMPORTS, INSTEAD, TODAY
from tests.flake8_paramdoc.row_overrides import METHODS
from tests.flake8_paramdoc.row_sources import VALUES
from tests.flake8_paramdoc.row_values import ARGUMENTS, ARGUMENTS_OF, GONE, REQUIRED

MARK = "# old"


@dataclass(frozen=True, slots=True)
class Row:
    """One change of Keras."""

    step: str
    """``1->2`` or ``2->3``."""
    kind: str
    qualname: str
    old: str
    new: str
    """Empty: removed without a successor."""
    since: str
    outcome: str
    """What the old form does in Keras 3: ``raises`` or ``silent-change``."""
    still: str
    """Whether the name can still be imported from ``tensorflow.keras``: ``yes``, ``no``, or empty: unknown."""

    def __str__(self) -> str:
        """Say which row it is, in a test's name."""
        return f"{self.step} {self.kind} {self.qualname} {self.old.removeprefix(self.qualname)}".rstrip()


def _read() -> tuple[Row, ...]:
    path = Path(__file__).parents[1] / "data" / "keras-changes.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(Row(**row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


ROWS = _read()


def sources(row: Row) -> tuple[str, str | None]:
    """Give a source with the old form and one with today's form: ``None`` if no code takes its place."""
    written = _written(row)
    if written is not None:
        return written
    if row.kind in ("kwarg-renamed", "kwarg-removed"):
        return _keyword(row)
    if row.kind == "import-form":
        return _import_line(row)
    if row.kind == "module-removed":
        return _module(row)
    return _name(row)


def through_tensorflow(row: Row) -> str | None:
    """Give the source where the old name is imported from ``tensorflow.keras``, if Keras 3 still has it there."""
    works = row.still == "yes" and row.kind.startswith(("symbol", "module")) and ".legacy." not in row.qualname
    if not works:
        return None
    module, _, name = row.qualname.rpartition(".")
    return f"import tensorflow as tf\nfrom tensorflow.{module} import {name}\n\nprint({name}, tf.{row.qualname})\n"


def _written(row: Row) -> tuple[str, str | None] | None:
    """Give the sources that are written by hand."""
    key = (row.qualname, row.old)
    if row.kind == "positional" and key in POSITIONAL:
        return _positional(row.qualname, *POSITIONAL[key])
    for table in (METHODS, VALUES, IMPORTS):
        if key in table:
            return table[key]
    return None


def _positional(qualname: str, old: str, new: str) -> tuple[str, str | None]:
    line, name = _import(qualname)
    before = f"{line}\n\n"
    if qualname in GONE:
        return f"{line}  {MARK}\n\nx = {name}({old})\n", None
    return f"{before}x = {name}({old})  {MARK}\n", f"{before}x = {name}({new})\n"


def _keyword(row: Row) -> tuple[str, str | None]:
    old, new = ARGUMENTS_OF.get((row.qualname, row.old)) or ARGUMENTS[row.old]
    taken = {part.partition("=")[0] for part in new.split(", ")}
    by_position: list[str] = []
    by_keyword: list[str] = []
    for name, value in REQUIRED.get(row.qualname, {}).items():
        if name in taken:
            by_keyword.append("")  # The row's argument stands in for it, and what follows cannot go by position.
        elif by_keyword:
            by_keyword.append(f"{name}={value}")
        else:
            by_position.append(value)
    rest = [argument for argument in by_keyword if argument]
    return _positional(row.qualname, _join(*by_position, old, *rest), _join(*by_position, new, *rest))


def _join(*arguments: str) -> str:
    return ", ".join(argument for argument in arguments if argument)


def _import_line(row: Row) -> tuple[str, str | None]:
    _, module, _, name = row.old.split()
    parent = ".".join(module.split(".")[:2])
    return f"{row.old}  {MARK}\n", f"from {parent} import {name}\n"


def _module(row: Row) -> tuple[str, str | None]:
    line, _ = _import(row.qualname)
    today = TODAY.get(row.qualname, row.new)
    return f"import {row.qualname}  {MARK}\n{line}  {MARK}\n", _use(today) if today else None


def _name(row: Row) -> tuple[str, str | None]:
    """Give the sources of a class, function or module that has another name today, or none."""
    old = f"import keras\n{_import(row.old)[0]}  {MARK}\n\nx = {row.old}  {MARK}\n"
    if row.old in INSTEAD:
        return old, INSTEAD[row.old]
    today = TODAY.get(row.old, row.new)
    return old, _use(today) if today else None


def _use(dotted: str) -> str:
    # `Convolution2D` is an alias that lives on; `Conv2D` is its name.
    dotted = dotted.replace("Convolution", "Conv")
    return f"import keras\n{_import(dotted)[0]}\n\nx = {dotted}\n"


def _import(dotted: str) -> tuple[str, str]:
    """Give the line that imports a name, and the name."""
    module, _, name = dotted.rpartition(".")
    return f"from {module} import {name}", name


_BUILT = (
    "layers and models of Keras 3.15.1 have it: not on the class, which is where the table looked, but on each object"
)
_PASSED_ON = "Keras 3.15.1 takes it: the class has **kwargs, and Layer.__init__ has the argument"
_RENAMED_ONLY = "the only parameter was renamed: a call by position is what it was"

_SAME_TYPE = (
    "today's argument at the place takes the same type; only a variable that is called like the old one is found"
)

DEVIATIONS: dict[tuple[str, str, str], str] = {
    ("K.mean", "import-form", "from tensorflow.keras import backend as K; K.mean(__import__('numpy').ones(2))"): (
        "tensorflow.keras.backend.mean is there and works on tensors; the row shows that it takes no NumPy array"
    ),
    ("keras.Model.built", "attribute-removed", "built"): _BUILT,
    ("keras.layers.Layer.built", "attribute-removed", "built"): _BUILT,
    ("keras.layers.BatchNormalization", "kwarg-removed", "trainable"): _PASSED_ON,
    ("keras.layers.Identity", "kwarg-removed", "trainable"): _PASSED_ON,
    ("keras.layers.LayerNormalization", "kwarg-removed", "trainable"): _PASSED_ON,
    ("keras.layers.Dense", "kwarg-value", "kernel_regularizer='l1l2'"): (
        "Keras 3.15.1 knows the regularizer by this name, and not as l1_l2; the reference lists it as never a finding"
    ),
    ("keras.layers.Embedding", "kwarg-removed", "weights"): (
        "Embedding of Keras 3.15.1 has the argument again, and the layer starts with these weights"
    ),
    ("keras.backend.set_epsilon", "positional", "positional #1 = e"): _RENAMED_ONLY,
    ("keras.backend.set_floatx", "positional", "positional #1 = floatx"): _RENAMED_ONLY,
    ("keras.utils.serialize_keras_object", "positional", "positional #1 = instance"): _RENAMED_ONLY,
    ("keras.callbacks.BackupAndRestore", "positional", "positional #3 = delete_checkpoint"): _SAME_TYPE,
    ("keras.layers.BatchNormalization", "positional", "positional #14 = synchronized"): _SAME_TYPE,
    ("keras.layers.RNN", "positional", "positional #7 = time_major"): _SAME_TYPE,
    ("keras.callbacks.LambdaCallback", "positional", "positional #3 = on_batch_begin"): _SAME_TYPE,
    ("keras.losses.sparse_categorical_crossentropy", "positional", "positional #4 = axis"): (
        "-1 is also a common ignore_class, which stands there today; a variable called axis is found"
    ),
    ("keras.metrics.SparseCategoricalCrossentropy", "positional", "positional #4 = axis"): (
        "-1 is also a common ignore_class, which stands there today; a variable called axis is found"
    ),
    ("keras.utils.deserialize_keras_object", "kwarg-removed", "module_objects"): (
        "Keras 3.15.1 takes it out of **kwargs and looks names up in it, as before"
    ),
    ("keras.utils.deserialize_keras_object", "kwarg-removed", "printable_module_name"): (
        "Keras 3.15.1 takes it in **kwargs; it was for the texts of errors alone, so nothing else changes"
    ),
}
"""Rows that are no finding, by ``qualname``, ``kind`` and ``old``, and why. All were run in Keras 3.15.1."""
