#!/usr/bin/env bash
# equinox 0.13.8 (jax 0.10.2): a BatchNorm of 4 channels has 17, 16 or 8 elements, by how it was made and
# filtered.
#
# Equinox's models are trees, and their parameters are counted as the arrays among the leaves. State lies
# outside of the model. One would guess 8, a weight and a bias per channel.
#
# Made directly, the layer carries the initial values of its state, moving mean, moving variance and a flag,
# among its own leaves: 17, and 16 where only floats are taken, as for a gradient. `make_with_state` takes
# them out and leaves 8 and a state of 9.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile equinox==0.13.8 jax==0.10.2 numpy==2.4.6

cat >seen.py <<'PY'
import equinox
import jax
from equinox import nn


def count(tree, kind=equinox.is_array):
    return sum(leaf.size for leaf in jax.tree.leaves(equinox.filter(tree, kind)))


options = {"axis_name": "batch", "mode": "ema"}
plain = nn.BatchNorm(4, **options)
layer, state = nn.make_with_state(nn.BatchNorm)(4, **options)
print("BatchNorm(4), arrays:", count(plain))
print("BatchNorm(4), inexact arrays:", count(plain, equinox.is_inexact_array))
print("make_with_state(BatchNorm)(4), arrays:", count(layer), "and its state:", count(state))
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
BatchNorm(4), arrays: 17
BatchNorm(4), inexact arrays: 16
make_with_state(BatchNorm)(4), arrays: 8 and its state: 9
SEEN
echo "equinox-batchnorm-leaves: as described"
