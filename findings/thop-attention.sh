#!/usr/bin/env bash
# thop 0.1.1.post2209072238, torch 2.13.0: a MultiheadAttention has no parameters for it.
#
# `thop.profile` returns operations and parameters. One would guess that a layer for which it knows no
# operations is still counted, since the parameters of any module can be listed.
#
# Only modules of a type for which it has a rule are counted, by that very type and when they are called. It
# has none for MultiheadAttention and for the class of its child `out_proj`: 0 of 1,088, and nearly half of
# a TransformerEncoderLayer is missing. Nor has it one for RMSNorm and GroupNorm (12 of 48), or for the
# class that weight_norm makes of a Linear (0 of 80). Only `report_missing=True`, which is not the default,
# says so.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile thop==0.1.1.post2209072238 torch==2.13.0 numpy==2.4.6

cat >seen.py <<'PY'
import thop
import torch
from torch import nn


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = nn.MultiheadAttention(16, 4, batch_first=True)

    def forward(self, x):
        return self.attention(x, x, x)[0]


models = (
    (Attention(), (2, 5, 16)),
    (nn.TransformerEncoderLayer(16, 4, 32, batch_first=True), (2, 5, 16)),
    (nn.utils.parametrizations.weight_norm(nn.Linear(8, 8)), (2, 8)),
    (nn.Sequential(nn.Linear(8, 4), nn.RMSNorm(4), nn.GroupNorm(2, 4)), (2, 8)),
)
for model, shape in models:
    expected = sum(p.numel() for p in model.parameters())
    _, counted = thop.profile(model.eval(), inputs=(torch.rand(shape),), verbose=False)
    print(type(model).__name__, "torch:", expected, "thop:", int(counted))
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
Attention torch: 1088 thop: 0
TransformerEncoderLayer torch: 2224 thop: 1136
ParametrizedLinear torch: 80 thop: 0
Sequential torch: 48 thop: 36
SEEN
echo "thop-attention: as described"
