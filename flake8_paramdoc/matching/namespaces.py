"""Messages in the namespace of the file: one that takes its Keras from TensorFlow is told names that are there."""

from __future__ import annotations

import re

from flake8_paramdoc.changes import CHANGES
from flake8_paramdoc.changes.shapes import NameChange
from flake8_paramdoc.reading.keras_packages import KerasPackage

_NAME = re.compile(r"(?<![\w.])keras\.\w+(?:\.\w+)*")

_PREFIXES = {KerasPackage.TENSORFLOW: "tensorflow.", KerasPackage.FROZEN: "tf_"}
"""What stands before ``keras`` in the name of a package."""

_ONLY_IN_KERAS = ("keras.saving",)
"""What cannot be reached through ``tensorflow.keras``, by attributes at least."""

_OTHERWISE = {
    f"{change.module}.{name}": new
    for change in CHANGES
    if isinstance(change, NameChange) and change.only_in_tensorflow
    for name, new in change.forms.items()
}
"""What has another name under ``tensorflow.keras`` than under ``keras``."""


def in_namespace(message: str, package: KerasPackage) -> str:
    """Return a message with its names as the file can spell them, which uses this package of Keras."""
    prefix = _PREFIXES.get(package)
    if prefix is None:
        return message
    old, told, new = message.partition(": ")
    otherwise = _OTHERWISE if package is KerasPackage.TENSORFLOW else {}
    return f"{_spelled(old, prefix, {})}{told}{_spelled(new, prefix, otherwise)}"


def full_name(name: str, package: KerasPackage) -> str:
    """Return the full name, in a package of Keras, of what is found under ``keras`` by a name."""
    prefix = _PREFIXES.get(package)
    if prefix is None:
        return name
    return _spelled(name, prefix, _OTHERWISE if package is KerasPackage.TENSORFLOW else {})


def _spelled(text: str, prefix: str, otherwise: dict[str, str]) -> str:
    def replaced(match: re.Match[str]) -> str:
        name = otherwise.get(match[0], match[0])
        return name if name.startswith(_ONLY_IN_KERAS) else f"{prefix}{name}"

    return _NAME.sub(replaced, text)
