#!/usr/bin/env bash
# torch 2.13.0: an exported program lists a tied weight twice, and the module made from it once.
#
# `ExportedProgram` has a method `parameters()` like that of a module. One would guess that it gives what
# the module's gives.
#
# `Module.parameters()` leaves out a parameter that it has given already; `ExportedProgram.parameters()`
# goes by names, so a shared weight of 40 is counted as 80. The program's own `module()` says 40 again. The
# two that are listed are one storage.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile torch==2.13.0 numpy==2.4.6

cat >seen.py <<'PY'
import torch
from torch import nn


class Tied(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(10, 4)
        self.head = nn.Linear(4, 10, bias=False)
        self.head.weight = self.embedding.weight

    def forward(self, x):
        return self.head(self.embedding(x))


def count(owner):
    return sum(p.numel() for p in owner.parameters())


model = Tied()
program = torch.export.export(model, (torch.tensor([1, 2]),))
print("the module:", count(model))
print("its exported program:", count(program))
print("the program's module():", count(program.module()))
print("the two are one storage:", len({p.data_ptr() for p in program.parameters()}) == 1)
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
the module: 40
its exported program: 80
the program's module(): 40
the two are one storage: True
SEEN
echo "torch-export-tied: as described"
