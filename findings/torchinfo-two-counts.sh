#!/usr/bin/env bash
# torchinfo 1.8.0, torch 2.13.0: one summary counts the parameters in two ways, and the two disagree.
#
# One would guess that "Total params" is what `sum(p.numel() for p in model.parameters())` gives, and that
# "Params size" is the bytes of just these.
#
# A weight that two layers share is in "Total params" twice (128 for 64), though a layer that is called
# twice is there once. "Params size" has it twice as well, and leaves out what does not lie in a module that
# is called and has no children: all 1,088 parameters of a MultiheadAttention, which "Total params" has. So
# the size of a model of attention layers is told as nearly nothing.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile torchinfo==1.8.0 torch==2.13.0 numpy==2.4.6

cat >seen.py <<'PY'
import torch
import torchinfo
from torch import nn


class Tied(nn.Module):
    """Two layers, one weight of 64."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(8, 8, bias=False)
        self.second = nn.Linear(8, 8, bias=False)
        self.second.weight = self.first.weight

    def forward(self, x):
        return self.second(self.first(x))


class Attention(nn.Module):
    """Self-attention: 3 * 16 * 16 + 3 * 16 packed, 16 * 16 + 16 behind it."""

    def __init__(self):
        super().__init__()
        self.attention = nn.MultiheadAttention(16, 4, batch_first=True)

    def forward(self, x):
        return self.attention(x, x, x)[0]


for model, shape in ((Tied(), (2, 8)), (Attention(), (2, 5, 16))):
    seen = torchinfo.summary(model, input_data=torch.rand(shape), verbose=0)
    print(
        type(model).__name__,
        "torch:", sum(p.numel() for p in model.parameters()),
        "torchinfo:", seen.total_params,
        "its bytes / 4:", seen.total_param_bytes // 4,
    )
    print(*(line for line in str(seen).splitlines() if line.startswith("Params size")))
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
Tied torch: 64 torchinfo: 128 its bytes / 4: 128
Params size (MB): 0.00
Attention torch: 1088 torchinfo: 1088 its bytes / 4: 0
Params size (MB): 0.00
SEEN
echo "torchinfo-two-counts: as described"
