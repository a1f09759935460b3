#!/usr/bin/env bash
# keras 3.15.0 (on jax 0.10.2): a weights file goes by classes and order, and the names that layers were
# given play no part.
#
# One would guess that `load_weights` puts the weights of "encoder" into "encoder", or refuses a file where
# a name is not to be found: the HDF5 files of Keras 2 had a group for each name.
#
# The groups are called "dense" and "dense_1" after the class, in the order of the layers. Names are written
# as attributes, and loading does not go by them. A model with the same layers in the other order loads the
# file without a warning, and each layer has what was the other's.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export KERAS_BACKEND=jax
export KERAS_HOME="$PWD"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile keras==3.15.0 jax==0.10.2 numpy==2.4.6 h5py==3.16.0

cat >seen.py <<'PY'
import warnings

import h5py
import keras
import numpy
from keras import layers


def make(*names):
    return keras.Sequential([keras.Input((4,)), *(layers.Dense(4, name=name) for name in names)])


saved = make("encoder", "decoder")
saved.save_weights("two.weights.h5")
with h5py.File("two.weights.h5") as file:
    for group, layer in file["layers"].items():
        print(f"{group}: {layer['vars'].attrs['name']}")
for names in (("decoder", "encoder"), ("one", "other")):
    loaded = make(*names)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        loaded.load_weights("two.weights.h5")
    for layer in loaded.layers:
        same = [numpy.array_equal(layer.kernel, other.kernel) for other in saved.layers]
        print(layer.name, "has what was of", saved.layers[same.index(True)].name)
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
dense: encoder
dense_1: decoder
decoder has what was of encoder
encoder has what was of decoder
one has what was of encoder
other has what was of decoder
SEEN
echo "keras-weights-names: as described"
