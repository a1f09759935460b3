"""Which Keras a file was written for, where it says so itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flake8_paramdoc.changes.record import dataclass
from flake8_paramdoc.changes.releases import METRIC_NAMES
from flake8_paramdoc.reading.origins import imported

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Sequence

    from flake8_paramdoc.matching.finding import Match
    from flake8_paramdoc.reading.collected import Reading
    from flake8_paramdoc.reading.scopes import Names

_ONLY_IN_3 = (
    r"\bkeras\.(ops|random|KerasTensor|Variable|Function|distribution|quantizers|tree|dtype_policies|visualization)\b|\bOrbaxCheckpoint\b"
    r"|\bkeras\.src\b|\bkeras\.config\.|\bkeras_core\b|\bkeras_hub\b|\bPyDataset\b|\.stateless_call\b"
    r"|\bKERAS_BACKEND\b.{0,9}(jax|torch|openvino)|\bfrom keras import (?:\w+, *)*(ops|random)\b"
)
"""What only Keras 3 has, in the text of a file."""

_ONLY_IN_TENSORFLOW_1 = frozenset(
    f"tensorflow.{name}"
    for name in (
        "Session", "ConfigProto", "GPUOptions", "placeholder", "get_default_graph", "reset_default_graph", "to_float",
        "global_variables_initializer", "set_random_seed", "InteractiveSession", "variable_scope", "get_variable",
        "logging.set_verbosity", "app.run", "flags.DEFINE_string", "image.resize_bilinear", "random_normal", "log",
    )
)  # fmt: skip
"""What TensorFlow 2 no longer has; Keras 2.4 and later need TensorFlow 2."""


@dataclass(frozen=True)
class Era:
    """What a file said of its Keras before some of it was written anew."""

    is_keras_1: bool = False
    is_before_2_4: bool = False
    has_cudnn_gru: bool = False
    """Whether a ``GRU`` of it may have been a ``CuDNNGRU``, which counts as that of today does."""

    def with_more(self, matches: Sequence[Match], reading: Reading) -> Era:
        """Return it with what the file says as it is."""
        return Era(
            self.is_keras_1 or is_for_keras_1(matches),
            self.is_before_2_4 or is_before_keras_2_4(matches, reading),
            self.has_cudnn_gru or "CuDNNGRU" in reading.called,
        )


def is_for_keras_3(source: str) -> bool:
    """Tell whether a source uses what only Keras 3 has."""
    return re.search(_ONLY_IN_3, source) is not None


def is_for_keras_1(matches: Iterable[Match]) -> bool:
    """Tell whether what is found in a file says that it was written for Keras 1."""
    return any(match.change.code.startswith("KER1") and not match.doubtful for match in matches)


def is_before_keras_2_4(matches: Iterable[Match], reading: Reading) -> bool:
    """Tell whether a file was written for Keras 2.3 or older, which was no part of TensorFlow."""
    found = list(matches)
    if is_for_keras_1(found) or any(match.change.release is METRIC_NAMES for match in found):
        return True
    return any(is_only_in_tensorflow_1(call, scope) for call, scope in reading.calls)


def is_only_in_tensorflow_1(call: ast.Call, scope: Names) -> bool:
    """Tell whether TensorFlow 2 has no longer what a call calls."""
    return any(meaning.dotted in _ONLY_IN_TENSORFLOW_1 for meaning in imported(call.func, scope))
