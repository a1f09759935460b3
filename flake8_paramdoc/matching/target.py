"""Whether a change is one for a file: by the Keras that it is to run on, and the packages of Keras that it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flake8_paramdoc.reading.keras_packages import KerasPackage

if TYPE_CHECKING:
    from flake8_paramdoc.changes.shapes import Change

_LEGACY = "TF_USE_LEGACY_KERAS"
"""With this environment variable TensorFlow takes tf_keras for tf.keras; a file that speaks of it sets it."""


class Target(NamedTuple):
    """What a file is to run on."""

    keras: int
    """The major version: 2 or 3."""
    deprecated: bool
    """Whether what still works is of interest too."""
    legacy: bool
    """Whether ``tensorflow.keras`` is ``tf_keras``, which stays Keras 2."""

    @classmethod
    def of(cls, source: str, *, keras: int, deprecated: bool) -> Target:
        """Return the target of a source."""
        return cls(keras, deprecated, _LEGACY in source)

    def applies(self, change: Change, package: KerasPackage) -> bool:
        """Tell whether a change is one for what the file uses of a package of Keras."""
        if change.major > self.keras or package is KerasPackage.SOURCE:
            return False
        if not self.deprecated and change.code.startswith("KER9"):
            return False
        if package is KerasPackage.FROZEN or (package is KerasPackage.TENSORFLOW and self.legacy):
            return change.major == 2
        return not (change.kept_in_tensorflow if package is KerasPackage.TENSORFLOW else change.only_in_tensorflow)
