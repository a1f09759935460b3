#!/usr/bin/env bash
# safetensors 0.8.0: a file does not keep the order of the layers, and gives two other ones.
#
# A list of a model's weights is read in the order in which they come. One would guess that a file keeps the one
# it was given, as torch.save and NumPy's savez do.
#
# `save_file` sorts by the size of the data type and then by name, as text: a half-precision layer goes to the
# end, and "layers.10" before "layers.2". `load_file` gives that order, and `keys()` that of the names.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile safetensors==0.8.0 numpy==2.4.6

cat >seen.py <<'PY'
import numpy
import safetensors
from safetensors.numpy import load_file, save_file

weights = {"embed": "float16", "layers.2": "float32", "layers.10": "float32", "head": "float32"}
save_file({name: numpy.zeros(2, dtype) for name, dtype in weights.items()}, "model.safetensors")
print("saved:", *weights)
print("load_file:", *load_file("model.safetensors"))
with safetensors.safe_open("model.safetensors", "np") as file:
    print("keys:", *file.keys())
numpy.savez("model.npz", **{name: numpy.zeros(2, dtype) for name, dtype in weights.items()})
print("savez:", *numpy.load("model.npz"))
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
saved: embed layers.2 layers.10 head
load_file: head layers.10 layers.2 embed
keys: embed head layers.10 layers.2
savez: embed layers.2 layers.10 head
SEEN
echo "safetensors-order: as described"
