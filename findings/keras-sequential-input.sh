#!/usr/bin/env bash
# keras 3.15.0 (on jax 0.10.2): `input` of a Sequential says that it was never called, after `fit` as before it.
#
# What documents or cuts a model begins at `model.input`. One would guess that a Sequential has it once its shape
# is known, at the latest when it was called, as `inputs`, `input_shape` and its first layer have.
#
# It has it only when it was called on another model's tensor, and then `input` is that tensor. A model that
# begins with an Input, was called and was fitted "has never been called and thus has no defined input".
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

model = keras.Sequential([keras.Input((2,)), layers.Dense(3)])
model.compile("sgd", "mse")
model.fit(numpy.ones((4, 2)), numpy.ones((4, 3)), verbose=0)
model(numpy.ones((4, 2)))
print("inputs:", *(tensor.shape for tensor in model.inputs))
print("input_shape:", model.input_shape)
print("the layer's input:", model.layers[0].input.shape)
for name in ("input", "output"):
    try:
        print(f"{name}:", getattr(model, name).shape)
    except AttributeError as error:
        print(f"{name}:", error)
other = keras.Input((2,))
model(other)
print("called on another's tensor:", model.input is other)
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
inputs: (None, 2)
input_shape: (None, 2)
the layer's input: (None, 2)
input: The layer sequential has never been called and thus has no defined input.
output: The layer sequential has never been called and thus has no defined output.
called on another's tensor: True
SEEN
echo "keras-sequential-input: as described"
