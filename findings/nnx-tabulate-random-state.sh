#!/usr/bin/env bash
# flax 0.12.8 (jax 0.10.2): the line "Total Parameters" of `nnx.tabulate` counts the key and the counter of
# a Dropout.
#
# One would guess that the total is that of the column of `nnx.Param`, which the same table has.
#
# It is the sum over all kinds of variables, moving averages and the state of random numbers included: 21 +
# 6 + 2 = 29. A Dropout adds 2 elements, a key and a counter, so the total of a model depends on its dropout
# layers.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile flax==0.12.8 jax==0.10.2 numpy==2.4.6

cat >seen.py <<'PY'
import io
import re

import jax
import jax.numpy as jnp
from flax import nnx


class Model(nnx.Module):
    def __init__(self, rngs):
        self.dense = nnx.Linear(4, 3, rngs=rngs)
        self.dropout = nnx.Dropout(0.5, rngs=rngs)
        self.norm = nnx.BatchNorm(3, rngs=rngs)

    def __call__(self, x):
        return self.norm(self.dropout(self.dense(x)))


model = Model(nnx.Rngs(0))
table = nnx.tabulate(model, jnp.ones((2, 4)), console_kwargs={"width": 160, "no_color": True})
table = re.sub("\x1b\\[[0-9;]*m", "", table)
print(re.search("Total Parameters: .*", table).group().strip())
for kind in (nnx.Param, nnx.BatchStat, nnx.RngState):
    leaves = jax.tree.leaves(nnx.state(model, kind))
    print(kind.__name__, sum(leaf.size for leaf in leaves))
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
Total Parameters: 29 (120 B)
Param 21
BatchStat 6
RngState 2
SEEN
echo "nnx-tabulate-random-state: as described"
