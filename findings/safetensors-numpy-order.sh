#!/usr/bin/env bash
# safetensors 0.8.0, numpy 2.4.6: a transposed array is saved with the new shape and the old order of its
# values.
#
# Keras keeps the kernel of a dense layer as (inputs, outputs) and torch as (outputs, inputs), so converters
# write `kernel.T`. One would guess that this either works or raises, as it does with torch tensors.
#
# The NumPy functions write the array's memory as it lies and `kernel.T` as its shape: shape, type, and
# number of values are right in the file, and the values are in wrong places. No warning. The docstring says
# that tensors need to be contiguous, but only the torch functions check it. `numpy.ascontiguousarray`
# helps.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile safetensors==0.8.0 packaging==26.4 torch==2.13.0 numpy==2.4.6

cat >seen.py <<'PY'
import numpy
import safetensors.numpy
import safetensors.torch
import torch

kernel = numpy.arange(6, dtype="float32").reshape(2, 3)
for name, array in (
    ("transposed", kernel.T),
    ("Fortran order", numpy.asfortranarray(kernel)),
    ("copied", numpy.ascontiguousarray(kernel.T)),
):
    back = safetensors.numpy.load(safetensors.numpy.save({"w": array}))["w"]
    print(f"{name}: shape kept {back.shape == array.shape}, values kept {(back == array).all()}")
print(safetensors.numpy.load(safetensors.numpy.save({"w": kernel.T}))["w"].tolist())
print(kernel.T.tolist())
try:
    safetensors.torch.save({"w": torch.from_numpy(kernel).T})
except ValueError as error:
    print("torch: ValueError,", str(error)[:49])
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
transposed: shape kept True, values kept False
Fortran order: shape kept True, values kept False
copied: shape kept True, values kept True
[[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]
[[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]
torch: ValueError, You are trying to save a non contiguous tensor: `
SEEN
echo "safetensors-numpy-order: as described"
