#!/usr/bin/env bash
# thop 0.1.1.post2209072238, torch 2.13.0: counting a model changes what it saves.
#
# One would guess that a profiler leaves the model as it was, as its removal of its hooks shows that it
# means to.
#
# It registers two buffers in every module, and removes them from those that it has a rule for. The others,
# here the RMSNorm, keep them: they are in `state_dict()`, and a new model of the same class refuses the
# file of one that was counted.
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


def make():
    return nn.Sequential(nn.Linear(8, 4), nn.RMSNorm(4))


model = make()
before = sorted(model.state_dict())
thop.profile(model, inputs=(torch.rand(2, 8),), verbose=False)
print("before:", before)
print("added:", sorted(set(model.state_dict()) - set(before)))
try:
    make().load_state_dict(model.state_dict())
except RuntimeError as error:
    print("load_state_dict:", "RuntimeError, unexpected keys", "Unexpected key(s)" in str(error))
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
before: ['0.bias', '0.weight', '1.weight']
added: ['1.total_ops', '1.total_params']
load_state_dict: RuntimeError, unexpected keys True
SEEN
echo "thop-leaves-buffers: as described"
