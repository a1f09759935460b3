#!/usr/bin/env bash
# keras 3.15.0 (on jax 0.10.2): `set_weights` copies the weights of a Normalization layer, and the layer
# goes on as if it had not.
#
# One would guess that `new.set_weights(old.get_weights())` makes two models of one architecture compute the
# same.
#
# Normalization computes with a copy of its mean and variance that `adapt` and the loading of a file
# refresh, and `set_weights` does not: the copied model reports the mean 5, 6 and still returns its input.
# Its third weight, `count`, is counted as a parameter (2 + 2 + 1 = 5) though `adapt` never writes it; it
# stays 0.
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


def make():
    return keras.Sequential([keras.Input((2,)), layers.Normalization()])


data = numpy.arange(12, dtype="float32").reshape(6, 2)
adapted = make()
adapted.layers[0].adapt(data)
copied = make()
copied.set_weights(adapted.get_weights())
adapted.save_weights("adapted.weights.h5")
loaded = make()
loaded.load_weights("adapted.weights.h5")
for name, model in (("adapted", adapted), ("copied", copied), ("loaded", loaded)):
    mean, _, count = (w.tolist() for w in model.get_weights())
    output = numpy.asarray(model(data[:1]))[0]
    print(f"{name}: mean {mean}, count {count}, output {output[0]:.2f} {output[1]:.2f}")
print("count_params():", adapted.count_params())
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
adapted: mean [5.0, 6.0], count 0, output -1.46 -1.46
copied: mean [5.0, 6.0], count 0, output 0.00 1.00
loaded: mean [5.0, 6.0], count 0, output -1.46 -1.46
count_params(): 5
SEEN
echo "keras-normalization-set-weights: as described"
