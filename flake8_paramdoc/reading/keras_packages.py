"""The packages of Keras that Python code can import, and what each of them is today.

The same class has many names: ``keras.layers.Dense``, ``tensorflow.keras.layers.Dense``, ``tf_keras.layers.Dense``.
What has changed in it depends on the package: ``tensorflow.keras`` still has functions that ``keras`` no longer has,
and ``tf_keras`` stays what Keras 2 was.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple


class KerasPackage(Enum):
    """What a package that holds Keras is today."""

    KERAS = "keras"
    """Keras itself: whatever release is installed, so Keras 3."""
    TENSORFLOW = "tensorflow.keras"
    """Keras 3 as TensorFlow passes it on, with some names of Keras 2 kept."""
    FROZEN = "tf_keras"
    """Keras 2 for good: what Keras 3 changed still works there."""
    SOURCE = "keras.src"
    """The modules behind Keras 3, whose names are its own affair: ``keras.src.backend`` is not ``keras.backend``."""


class Origin(NamedTuple):
    """Where a name comes from."""

    name: str
    """The name under ``keras``: ``keras.layers.Dense`` for ``tensorflow.keras.layers.Dense``."""
    package: KerasPackage


_ROOTS = {
    "keras": KerasPackage.KERAS,
    "keras.api": KerasPackage.KERAS,
    "keras.api._v1.keras": KerasPackage.KERAS,
    "keras.api._v2.keras": KerasPackage.KERAS,
    "keras_core": KerasPackage.KERAS,
    "keras._tf_keras.keras": KerasPackage.TENSORFLOW,
    "tensorflow.keras": KerasPackage.TENSORFLOW,
    "tensorflow.compat.v1.keras": KerasPackage.TENSORFLOW,
    "tensorflow.compat.v2.keras": KerasPackage.TENSORFLOW,
    "tensorflow.contrib.keras": KerasPackage.TENSORFLOW,
    "tensorflow.python.keras": KerasPackage.FROZEN,
    "tf_keras": KerasPackage.FROZEN,
    "tf_keras.api._v1.keras": KerasPackage.FROZEN,
    "tf_keras.api._v2.keras": KerasPackage.FROZEN,
    "tf_keras.src": KerasPackage.FROZEN,
    "keras.src": KerasPackage.SOURCE,
}
_LONGEST_FIRST = tuple(sorted(_ROOTS, key=len, reverse=True))

_TENSORFLOW_OPTIMIZERS = "tensorflow.optimizers"
"""TensorFlow 2 has the optimizers under this name too; its ``tf.losses`` and ``tf.metrics`` were others in TensorFlow
1."""

_WORDS = (
    "keras",
    _TENSORFLOW_OPTIMIZERS,
    "tf.optimizers",
    "paramsummary",
    "paramlist",
    "tensorflow_addons",
    "compat.v1",
)


# Compiled when they are used: most projects that flake8 is run in have no file that mentions Keras.
_IMPORT = (
    r"(?:from(?!\s+keras\.src(?!\.(?:engine|dtensor|legacy_tf_layers|optimizers\.legacy))[\w.]*\s+import\b)|import)\b(?:\\\r?\n|[^\n#;])*?\b"
    r"(keras(?:_core|_applications|_preprocessing)?|tensorflow(?:_addons)?|tf_keras)\b"
)
"""An import that may lead to Keras."""
_THROUGH_TENSORFLOW = (
    ".keras",
    ". keras",
    ".optimizers",
    ".layers",
    "import keras",
    "keras as",
    "keras,",
    "keras)",
    "keras\n",
    "keras\r",
)
"""How code comes from TensorFlow to its Keras: one of these is there, whatever else is."""

_FROM_SOURCE = r"\bfrom\s+keras\.src(?!\.(?:engine|dtensor|legacy_tf_layers|optimizers\.legacy))[\w.]*\s+$"
"""What stands before ``import …`` where that takes names of ``keras.src``, which are its own affair."""


def is_about_keras(source: str) -> bool:
    """Tell whether a source may use Keras, or show code in its docstrings: cheaper than to look at the names in it."""
    if not any(word in source for word in _WORDS):
        return False
    if imports_keras(source):
        return True
    from flake8_paramdoc.texts.snippets import MARKS

    return any(mark in source for mark in MARKS)


@lru_cache(maxsize=1)
def imports_keras(source: str) -> bool:
    """Tell whether a source, be it in its docstrings, may import Keras for its own use."""
    for match in re.finditer(_IMPORT, source):
        begin = source.rfind("\n", 0, match.start()) + 1
        if re.search(_FROM_SOURCE, source[begin : match.start()]) is not None:
            continue
        if match[1] != "tensorflow" or any(form in source for form in _THROUGH_TENSORFLOW):
            return True
        # One statement may import TensorFlow, and then Keras beside it.
        end = source.find("\n", match.end())
        if source.find("keras", match.end(), end if end >= 0 else len(source)) >= 0:
            return True
    return False


_origins: dict[str, Origin | None] = {}


def origin(dotted: str) -> Origin | None:
    """Return the name under ``keras`` of something in any package of Keras, and that package; ``None`` for all else."""
    try:
        return _origins[dotted]
    except KeyError:
        found = _origins[dotted] = _origin(dotted)
        return found


def _origin(dotted: str) -> Origin | None:
    for root in _LONGEST_FIRST:
        if dotted == root or dotted.startswith(f"{root}."):
            return Origin(f"keras{dotted[len(root) :]}", _ROOTS[root])
    if dotted.startswith(f"{_TENSORFLOW_OPTIMIZERS}."):
        return Origin(f"keras{dotted[len('tensorflow') :]}", KerasPackage.TENSORFLOW)
    return None


def is_keras(dotted: str) -> bool:
    """Tell whether a module or a name is in a package of Keras, or is a package that leads to one."""
    return origin(dotted) is not None or dotted in _LEADING or dotted == _TENSORFLOW_OPTIMIZERS


BESIDE = frozenset(
    {
        "keras_applications",
        "keras_preprocessing",
        "tensorflow_addons",
        "tensorflow.contrib",
        "tensorflow.compat.v1.layers",
    }
)
"""Packages that came with Keras 2, or were made for it, and modules of TensorFlow that are beside Keras."""

_LEADING = frozenset({"tensorflow", "tensorflow.compat", "tensorflow.compat.v1", "tensorflow.compat.v2"})
