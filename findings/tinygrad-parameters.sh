#!/usr/bin/env bash
# tinygrad 0.14.0: `get_parameters` gives what is not learned too, and a shared weight twice.
#
# One would guess that it is torch's `parameters()`, whose place it has in tinygrad's own examples: what is
# learned, each once.
#
# It gives the values of the state dict. Of a model with two Linear of 20 parameters that share 16 of them, and
# a BatchNorm of 8, it gives 57 values: 32 are learned, 9 are the BatchNorm's averages and counter, and 16 are
# there again. An optimizer takes the list all the same, and sorts it out for itself.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export DEV=PYTHON
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile tinygrad==0.14.0

cat >seen.py <<'PY'
from tinygrad import nn
from tinygrad.nn.state import get_parameters


class Model:
    def __init__(self):
        self.encoder = nn.Linear(4, 4)
        self.norm = nn.BatchNorm(4)
        self.decoder = nn.Linear(4, 4)
        self.decoder.weight = self.encoder.weight


def elements(tensors):
    return sum(tensor.numel() for tensor in tensors)


parameters = get_parameters(Model())
print("get_parameters:", elements(parameters))
print("each once:", elements({id(tensor): tensor for tensor in parameters}.values()))
optimizer = nn.optim.SGD(parameters)
print("the optimizer's params, buffers:", elements(optimizer.params), elements(optimizer.buffers))
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
get_parameters: 57
each once: 41
the optimizer's params, buffers: 32 9
SEEN
echo "tinygrad-parameters: as described"
