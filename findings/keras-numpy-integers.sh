#!/usr/bin/env bash
# keras 3.15.0 (on jax 0.10.2): some sizes may be NumPy integers, and some may not.
#
# Sizes are often results of NumPy. One would guess that every layer takes such an integer, as Dense did in
# Keras 2, or that none does.
#
# `Dense(numpy.int64(3))` "expected a positive integer", received 3. Input, Reshape and the filters of a Conv1D
# take it, and the kernel_size of the same layer does not. An LSTM of that many units is made, and refused once
# it is in a model.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export KERAS_BACKEND=jax
export KERAS_HOME="$PWD"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile keras==3.15.0 jax==0.10.2 numpy==2.4.6 h5py==3.16.0

cat >seen.py <<'PY'
import keras
import numpy
from keras import layers

keras.config.disable_traceback_filtering()
three = numpy.int64(3)
inputs = keras.Input((4, 2))
for name, make in {
    "Input": lambda: keras.Input((three,)),
    "Reshape": lambda: layers.Reshape((three,)),
    "Conv1D's filters": lambda: layers.Conv1D(three, 2),
    "Conv1D's kernel_size": lambda: layers.Conv1D(2, three),
    "Dense": lambda: layers.Dense(three),
    "Embedding": lambda: layers.Embedding(three, 2),
    "LSTM": lambda: layers.LSTM(three),
    "LSTM in a model": lambda: layers.LSTM(three)(inputs),
}.items():
    try:
        make()
        print(f"{name}: made")
    except ValueError as error:
        print(f"{name}: refused:", error)
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
Input: made
Reshape: made
Conv1D's filters: made
Conv1D's kernel_size: refused: The `kernel_size` argument must be a tuple of 1 integers. Received kernel_size=3
Dense: refused: Received an invalid value for `units`, expected a positive integer. Received: units=3
Embedding: refused: `input_dim` must be a positive integer. Received: input_dim=3 (of type int64).
LSTM: made
LSTM in a model: refused: output_size must be an integer.
SEEN
echo "keras-numpy-integers: as described"
