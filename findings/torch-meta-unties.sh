#!/usr/bin/env bash
# torch 2.13.0, accelerate 1.15.0: a model that goes to or from the device "meta" loses its tied weights,
# and then counts more.
#
# Building a model on "meta" is the usual way to count its parameters without memory. One would guess that
# the count is that of the real model.
#
# It is, as long as the model is built under `torch.device("meta")` and left there. `to_empty()`, the method
# for giving such a model memory, makes a parameter for each name, so that a shared weight of 40 is two of
# 40. `to("meta")` does the same, while `double()` keeps the tie. Under accelerate's `init_empty_weights()`,
# which replaces each parameter as it is registered, the tie is already lost when the constructor returns.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile accelerate==1.15.0 torch==2.13.0 numpy==2.4.6

cat >seen.py <<'PY'
import accelerate
import torch
from torch import nn


class Tied(nn.Module):
    """A table of 10 * 4 whose weight is the weight of the last layer, too."""

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(10, 4)
        self.head = nn.Linear(4, 10, bias=False)
        self.head.weight = self.embedding.weight


def count(model):
    return sum(p.numel() for p in model.parameters())


with torch.device("meta"):
    under_device = Tied()
with accelerate.init_empty_weights():
    under_accelerate = Tied()
print("on the CPU:", count(Tied()))
print("made under torch.device('meta'):", count(under_device))
print("the same after to_empty('cpu'):", count(under_device.to_empty(device="cpu")))
print("a real one after to('meta'):", count(Tied().to("meta")))
print("a real one after double():", count(Tied().double()))
print("made under accelerate's init_empty_weights():", count(under_accelerate))
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
on the CPU: 40
made under torch.device('meta'): 40
the same after to_empty('cpu'): 80
a real one after to('meta'): 80
a real one after double(): 40
made under accelerate's init_empty_weights(): 80
SEEN
echo "torch-meta-unties: as described"
