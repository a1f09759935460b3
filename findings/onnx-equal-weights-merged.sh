#!/usr/bin/env bash
# torch 2.13.0, onnxscript 0.7.2, onnx-ir 1.1.0: exporting a model that is not trained yet merges layers
# whose weights are equal.
#
# One would guess that `torch.onnx.export` writes each parameter, or that the number of values in an ONNX
# file at least depends on the architecture and not on the values.
#
# The optimizer that runs by default gives equal constants one initializer. Weights that start at ones and
# biases that start at zeros are equal: three LayerNorm of 16 parameters each leave 16 in the file, under
# the names of the first, and 48 once their values differ. An architecture that was exported for its picture
# or its count therefore shows too few, and the file cannot be filled with trained values by name.
# `optimize=False` keeps all.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile onnx==1.23.2 onnxscript==0.7.2 onnx-ir==1.1.0 torch==2.13.0 numpy==2.4.6

cat >seen.py <<'PY'
import logging
import math

import torch
from torch import nn

logging.disable(logging.WARNING)


def initializers(model, **options):
    exported = torch.onnx.export(
        model.eval(), (torch.rand(2, 3, 8),), dynamo=True, verbose=False, **options
    )
    return {i.name: tuple(i.dims) for i in exported.model_proto.graph.initializer}


def total(shapes):
    return sum(math.prod(shape) for shape in shapes.values())


model = nn.Sequential(nn.LayerNorm(8), nn.LayerNorm(8), nn.LayerNorm(8))
print("torch:", sum(p.numel() for p in model.parameters()))
fresh = initializers(model)
print("ONNX, as made:", total(fresh), sorted(fresh))
for parameter in model.parameters():
    nn.init.normal_(parameter)
print("ONNX, with other values:", total(initializers(model)))
for norm in model:
    norm.reset_parameters()
print("ONNX, as made, optimize=False:", total(initializers(model, optimize=False)))
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
torch: 48
ONNX, as made: 16 ['0.bias', '0.weight']
ONNX, with other values: 48
ONNX, as made, optimize=False: 48
SEEN
echo "onnx-equal-weights-merged: as described"
