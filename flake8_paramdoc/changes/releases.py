"""The releases of Keras that changed something, each with what says so: rows of the tables name them.

A row of a new change names one of these; where none fits, the new one stands here.
"""

from __future__ import annotations

from typing import NamedTuple


class Release(NamedTuple):
    """The first release that has a change, and where that is written."""

    step: int
    """The Keras, 2 or 3, whose users meet the change. What late releases of Keras 2 dropped, which ``tf_keras`` no
    longer has either, is for the users of Keras 3."""
    since: str
    """The number of the release, such as ``2.0.0``."""
    source: str
    """An address, or a release whose own code says so."""

    @property
    def said(self) -> str:
        """The release as it is said: ``Keras 2``, ``Keras 2.3``."""
        return f"Keras {self.since.removesuffix('.0').removesuffix('.0')}"


def in_file(since: str, path: str, step: int = 2) -> Release:
    """Return a release of which one file of its own says what changed."""
    return Release(step, since, f"keras {since}, {path}")


def released(since: str, source: str) -> Release:
    """Return a late release of Keras 2, or one of Keras 3, by a source of its own."""
    return Release(3, since, source)


KERAS_1_MODULES = Release(2, "1.0", "keras 1.0: the modules")
KERAS_1_SIGNATURES = Release(2, "1.0", "keras 1.0: the signatures")

NOTES_2 = Release(2, "2.0.0", "https://github.com/keras-team/keras/wiki/Keras-2.0-release-notes")
"""The release notes of Keras 2.0."""
SHIMS_2 = in_file("2.0.0", "keras/legacy/interfaces.py")
"""The decorators of Keras 2.0, which still took the old arguments, with a warning."""
BACKEND_2 = Release(2, "2.0.0", "keras 1.2.2 and 2.0.0, keras/backend: the signatures")
SIGNATURES_2 = Release(2, "2.0.0", "keras 1.2.2 and 2.0.0: the signatures")
NAMES_2 = Release(2, "2.0.0", "keras 2.0.0 and 3.15.1: the public names")
CONSTRAINTS_2 = Release(2, "2.0.0", "keras 2.3.1, keras/constraints.py, which kept the old names")

METRIC_NAMES = released("2.3.0", "keras 2.3.0: the release notes")
"""``accuracy`` is called so, and no longer ``acc``."""
LATE_2_3 = released("2.3.0", "keras 3.15.1, where it was run")
LATE_2_4 = released("2.4.0", "keras 3.15.1, where it was run")
NAMES_2_4 = released("2.4.0", "the public names of keras 2.3.1 and 2.4.0")
OPTIMIZERS_2_11 = released("2.11.0", "keras 3.15.1, where it was run")
SIGNATURES_2_11 = released("2.11.0", "the signatures of tf_keras 2.21 and keras 3.15.1")

GUIDE_3 = released("3.0.0", "https://keras.io/guides/migrating_to_keras_3/")
"""The guide, with its table "Keras 2 backend to Keras 3 ops"."""
RUN_3 = released("3.0.0", "keras 3.15.1, where it was run")
NAMES_3 = released("3.0.0", "the public names of keras 2.15.0 and 3.0.0")
SIGNATURES_3 = released("3.0.0", "the signatures of tf_keras 2.21 and keras 3.15.1")
PRIVATE_3 = released("3.0.0", "the modules of keras 2.5.0 and 2.6.0, which made them private")
TENSORFLOW_3 = released("3.0.0", "the public names of keras and of tensorflow.keras, both of keras 3.15.1")
BOTH_RUN_3 = released("3.0.0", "tf_keras 2.21 and keras 3.15.1, where the old function and the new one were run")
