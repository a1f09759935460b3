#!/usr/bin/env bash
# keras 3.15.0 (on jax 0.10.2): the weights of a layer that is used as an activation are missing from a
# model until it is called on data.
#
# Keras takes layers such as PReLU as an `activation`. One would guess that a functional model counts their
# weights as those of its other layers, since all its shapes are known.
#
# A Dense with PReLU counts 8 parameters in a new model and 10 after the first call; an Activation with it 0
# and 3. The weights that a trained model saved cannot be loaded by the code that made it until that code has
# called its model.
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

x = numpy.ones((1, 3))


def make(layer):
    inputs = keras.Input((3,))
    return keras.Model(inputs, layer(inputs))


for layer in (layers.Dense(2, activation=layers.PReLU()), layers.Activation(layers.PReLU())):
    model = make(layer)
    before = model.count_params()
    model(x)
    print(f"{type(layer).__name__}: {before}, called {model.count_params()}")
model.save_weights("called.weights.h5")
new = make(layers.Activation(layers.PReLU()))
try:
    new.load_weights("called.weights.h5")
except ValueError as error:
    print("new:", str(error).partition(" for object")[0])
new(x)
new.load_weights("called.weights.h5")
print("new, called: loaded")
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
Dense: 8, called 10
Activation: 0, called 3
new: A total of 1 objects could not be loaded. Example error message
new, called: loaded
SEEN
echo "keras-activation-layer: as described"
