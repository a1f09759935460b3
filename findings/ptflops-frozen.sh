#!/usr/bin/env bash
# ptflops 0.7.5, torch 2.13.0: its number of parameters is that of the trainable ones alone.
#
# `get_model_complexity_info` returns operations and parameters. One would guess that freezing a layer,
# which changes no shape and no operation, changes neither number.
#
# Frozen parameters are not counted: the second number falls from 144 to 72 where half of a model is frozen,
# as it is for fine-tuning. Other counters for torch give the total under the same word.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile ptflops==0.7.5 torch==2.13.0 numpy==2.4.6

cat >seen.py <<'PY'
import torch
from ptflops import get_model_complexity_info
from torch import nn


def count(model):
    return get_model_complexity_info(
        model, (8,), as_strings=False, print_per_layer_stat=False, verbose=False
    )[1]


model = nn.Sequential(nn.Linear(8, 8), nn.Linear(8, 8))
print("all trainable:", count(model))
for parameter in model[0].parameters():
    parameter.requires_grad = False
print("first layer frozen:", count(model))
print("torch:", sum(p.numel() for p in model.parameters()))
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
all trainable: 144
first layer frozen: 72
torch: 144
SEEN
echo "ptflops-frozen: as described"
