#!/usr/bin/env bash
# keras 3.15.0 (on jax 0.10.2): Adafactor keeps as many values as there are parameters, and the factors too.
#
# Adafactor is chosen because it keeps a row and a column for a matrix in place of a second matrix. One would
# guess 2,000 values for a kernel of 1,000 × 1,000, as in optax.
#
# Keras makes the factors, 2,000 values, and beside them a "velocity" of the kernel's shape, which training
# writes to. With the counter and the learning rate, 1,002,002 values are held: more than with
# RMSprop.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export KERAS_BACKEND=jax
export KERAS_HOME="$PWD"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile keras==3.15.0 jax==0.10.2 numpy==2.4.6 h5py==3.16.0 optax==0.2.8

cat >seen.py <<'PY'
import jax
import keras
import numpy
import optax
from keras import layers

model = keras.Sequential([keras.Input((1000,)), layers.Dense(1000, use_bias=False)])
for name in ("Adafactor", "RMSprop"):
    optimizer = keras.optimizers.get(name)
    model.compile(optimizer, "mse")
    model.fit(numpy.ones((4, 1000)), numpy.zeros((4, 1000)), verbose=0)
    print(f"Keras' {name}:", sum(variable.value.size for variable in optimizer.variables))
    if name == "Adafactor":
        print("shapes:", *(variable.shape for variable in optimizer.variables))
        print("zeros in the last:", int((optimizer.variables[-1].numpy() == 0).sum()))
state = optax.adafactor().init({"kernel": model.layers[0].kernel.value})
print("optax' Adafactor:", sum(leaf.size for leaf in jax.tree.leaves(state)))
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
Keras' Adafactor: 1002002
shapes: () () (1000,) (1000,) (1000, 1000)
zeros in the last: 0
Keras' RMSprop: 1000002
optax' Adafactor: 2002
SEEN
echo "keras-adafactor-memory: as described"
