#!/usr/bin/env bash
# keras 3.15.0: `summary()` counts sizes in powers of 1,024 and calls them KB and MB.
#
# One would guess that 1,000,000 bytes are 1 MB, as in the units of files, or that 1,048,576 are 1 MiB.
#
# A million floats of 4 bytes are "3.81 MB", and the file they are saved to has 4.0 MB: what is printed are
# KiB, MiB and GiB.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export KERAS_BACKEND=jax
export KERAS_HOME="$PWD"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile keras==3.15.0 jax==0.10.2 numpy==2.4.6 h5py==3.16.0

cat >seen.py <<'PY'
import os

import keras
from keras import layers

model = keras.Sequential([keras.Input((1000,)), layers.Dense(1000, use_bias=False)])
model.summary(print_fn=lambda text: print(*(line.strip() for line in text.splitlines() if "Total" in line)))
print("bytes of the weights:", sum(weight.nbytes for weight in model.get_weights()))
model.save_weights("million.weights.h5")
print("megabytes of the file:", round(os.path.getsize("million.weights.h5") / 1e6, 1))
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
Total params: 1,000,000 (3.81 MB)
bytes of the weights: 4000000
megabytes of the file: 4.0
SEEN
echo "keras-summary-megabytes: as described"
