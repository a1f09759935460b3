"""What the layers of ``keras.applications.ResNet50`` were called: ``res5c_branch2c``, ``activation_49``."""

from __future__ import annotations

import re

_BLOCKS = (3, 4, 6, 3)
"""How many blocks the stages 2 to 5 have."""
_OTHERS = {
    "conv1": "conv1_conv",
    "bn_conv1": "conv1_bn",
    "activation_1": "conv1_relu",
    "max_pooling2d_1": "pool1_pool",
    "fc1000": "predictions",
}
_IN_BLOCK = re.compile(r"(res|bn)([2-5])([a-f])_branch(1|2[abc])")
_NUMBERED = re.compile(r"(activation|add)_([1-9][0-9]?)")
_PLACES = {"1": 0, "2a": 1, "2b": 2, "2c": 3}


def today(name: str) -> str | None:
    """Return what a layer of ResNet50 is called that had a name; ``None``: none had it."""
    named, numbered = _IN_BLOCK.fullmatch(name), _NUMBERED.fullmatch(name)
    if named:
        stage, block = int(named[2]), "abcdef".index(named[3])
        if block >= _BLOCKS[stage - 2] or (named[4] == "1" and block):
            return None  # there was no such layer
        kind = "conv" if named[1] == "res" else "bn"
        return f"conv{stage}_block{block + 1}_{_PLACES[named[4]]}_{kind}"
    if name in _OTHERS or not numbered:
        return _OTHERS.get(name)
    # Behind the first, each block has three activations, and one sum.
    number = int(numbered[2]) - (2 if numbered[1] == "activation" else 1)
    block, place = divmod(number, 3) if numbered[1] == "activation" else (number, -1)
    for stage, count in enumerate(_BLOCKS, 2):
        if block < count:
            return f"conv{stage}_block{block + 1}_{('1_relu', '2_relu', 'out', 'add')[place]}"
        block -= count
    return None
