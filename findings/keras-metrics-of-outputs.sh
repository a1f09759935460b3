#!/usr/bin/env bash
# keras 3.15.0 (on jax 0.10.2): a list of metrics is dealt out to the outputs, one each.
#
# One would guess that `metrics=["mae", "mse"]` measures both at every output, as in Keras 2.
#
# A model of one output measures both. With two outputs the first has "mae" alone and the second "mse" alone, with
# no warning: code that ran before runs, and half of its measures are gone. With any other number of metrics it
# is refused.
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


def measured(outputs, metrics):
    inputs = keras.Input((2,))
    model = keras.Model(inputs, [layers.Dense(1, name=name)(inputs) for name in outputs])
    model.compile("sgd", "mse", metrics=metrics)
    history = model.fit(numpy.ones((4, 2)), [numpy.ones((4, 1))] * len(outputs), verbose=0).history
    return sorted(name for name in history if "loss" not in name)


print(measured(["a"], ["mae", "mse"]))
print(measured(["a", "b"], ["mae", "mse"]))
try:
    print(measured(["a", "b"], ["mae"]))
except ValueError as error:
    print(str(error).partition(";")[0])
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
['mae', 'mse']
['a_mae', 'b_mse']
tuple arity mismatch
SEEN
echo "keras-metrics-of-outputs: as described"
