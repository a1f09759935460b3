#!/usr/bin/env bash
# keras 3.15.0 (on jax 0.10.2): `fit` rewrites the kernel of a frozen SpectralNormalization.
#
# One would guess that a layer with `trainable = False` has the same weights after training, as has a frozen
# BatchNormalization, whose averages stand still as well.
#
# SpectralNormalization divides the kernel of the layer inside it by its largest singular value at each call
# with `training=True`, and assigns the result. That is no gradient, and `trainable` does not stop it.
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

keras.utils.set_random_seed(1)
data, target = numpy.ones((8, 4), "float32"), numpy.ones((8, 1), "float32")
for frozen in (layers.SpectralNormalization(layers.Dense(4)), layers.BatchNormalization()):
    frozen.trainable = False
    model = keras.Sequential([keras.Input((4,)), frozen, layers.Dense(1)])
    model.compile("sgd", "mse")
    before = frozen.get_weights()
    model.fit(data, target, verbose=0)
    names = [weight.path.partition("/")[2] for weight in frozen.weights]
    changed = [name for name, a, b in zip(names, before, frozen.get_weights()) if not numpy.array_equal(a, b)]
    print(f"{type(frozen).__name__}: {len(frozen.trainable_weights)} trainable weights; changed: {changed}")
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
SpectralNormalization: 0 trainable weights; changed: ['spectral_normalization/dense/kernel', 'spectral_normalization/vector_u']
BatchNormalization: 0 trainable weights; changed: []
SEEN
echo "keras-frozen-spectral: as described"
