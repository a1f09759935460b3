#!/usr/bin/env bash
# keras 3.15.0 (on jax 0.10.2): the same Dense layer of 54 parameters has 60, 50 or 3,129 after `quantize`.
#
# One would guess that a quantized layer has as many parameters as before, in smaller types.
#
# "int8" adds a scale per unit. "int4" packs two values into one, so that half of the kernel is counted, and
# adds a scale and a zero per unit and a float32 index per input. "float8" adds three histories of 1,024
# values and three scales, and all are trainable weights: a layer of 54 has 3,129 trainable parameters, in
# the summary too. The order of `weights` changes as well: with "int8" the bias comes before the kernel.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export KERAS_BACKEND=jax
export KERAS_HOME="$PWD"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile keras==3.15.0 jax==0.10.2 numpy==2.4.6

cat >seen.py <<'PY'
import keras
import numpy
from keras import layers


def size(weights):
    return sum(int(numpy.prod(w.shape)) for w in weights)


for mode in (None, "int8", "int4", "float8"):
    dense = layers.Dense(6)
    dense.build((None, 8))
    if mode:
        dense.quantize(mode)
    print(mode, dense.count_params(), "of them trainable:", size(dense.trainable_weights))
    print("  ", *(f"{w.name}{tuple(w.shape)}" for w in dense.weights))
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
None 54 of them trainable: 54
   kernel(8, 6) bias(6,)
int8 60 of them trainable: 6
   bias(6,) kernel(8, 6) kernel_scale(6,)
int4 50 of them trainable: 6
   bias(6,) kernel(8, 3) kernel_scale(1, 6) kernel_zero(1, 6) g_idx(8,)
float8 3129 of them trainable: 3129
   kernel(8, 6) bias(6,) inputs_scale() inputs_amax_history(1024,) kernel_scale() kernel_amax_history(1024,) outputs_grad_scale() outputs_grad_amax_history(1024,)
SEEN
echo "keras-quantized-counts: as described"
