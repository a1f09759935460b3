#!/usr/bin/env bash
# torch 2.13.0, onnxscript 0.7.2, onnx-ir 1.1.0: the export's optimization doubles the embedding of a
# language model.
#
# One would guess that optimizing a graph leaves its weights as many as they were, or makes them fewer.
#
# The last layer of many language models reads the embedding's weight transposed. The optimizer, which runs
# by default, computes the transposed matrix beforehand and stores it, and the embedding itself stays for
# the look-up: 1,600 parameters are 3,200 in the file. With `optimize=False` they are 1,600. For a large
# vocabulary this is the biggest weight of the model.
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


class Tied(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(100, 16)
        self.head = nn.Linear(16, 100, bias=False)
        self.head.weight = self.embedding.weight

    def forward(self, x):
        return self.head(self.embedding(x))


model = Tied().eval()
print("torch:", sum(p.numel() for p in model.parameters()))
for optimize in (True, False):
    exported = torch.onnx.export(
        model, (torch.tensor([[1, 2]]),), dynamo=True, verbose=False, optimize=optimize
    )
    shapes = [tuple(i.dims) for i in exported.model_proto.graph.initializer]
    print(f"optimize={optimize}:", sum(map(math.prod, shapes)), sorted(shapes))
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
torch: 1600
optimize=True: 3200 [(16, 100), (100, 16)]
optimize=False: 1600 [(100, 16)]
SEEN
echo "onnx-tied-weight-doubled: as described"
