"""In which form a layer of Keras 3 keeps its matrix, which is decided after the layer was made.

Source: the guide of Keras, https://keras.io/guides/quantization_overview/.
"""

from __future__ import annotations

from typing import Any

import keras


def settings(layer: keras.Layer) -> dict[str, Any]:
    """Return how a layer was quantised, as if its constructor had been told; nothing where it was not."""
    mode = getattr(layer, "quantization_mode", None)
    if not isinstance(mode, str):
        return {"keeps_floats": True} if _keeps_floats(layer) else {}
    policy, config = layer.dtype_policy, getattr(layer, "quantization_config", None)

    def setting(name: str) -> Any:
        value = getattr(policy, name, None)
        return getattr(config, name, None) if value is None else value

    size = getattr(layer, "_int4_block_size", None) if mode == "int4" else setting("group_size")
    given = {
        "quantization_mode": mode,
        "block_size": None if size == -1 else size,
        "amax_history_length": setting("amax_history_length"),
    }
    if mode in {"gptq", "awq"}:
        # The float kernel stays until calibration has found the quantised one.
        given |= {"weight_bits": setting("weight_bits"), "is_calibrated": not hasattr(layer, "_kernel")}
    return given


def _keeps_floats(layer: keras.Layer) -> bool:
    """Tell whether a layer holds the kernel of one inside it as it was before that was quantised."""
    inside: Any = getattr(layer, "layer", None)
    kernel = vars(layer).get("kernel")
    if kernel is None or not isinstance(getattr(inside, "quantization_mode", None), str):
        return False
    return all(kernel is not weight for weight in inside.weights)
