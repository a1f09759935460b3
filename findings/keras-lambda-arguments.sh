#!/usr/bin/env bash
# keras 3.15.0 (on jax 0.10.2): a Lambda owns a layer that it gets in `arguments`, and not one that its
# function takes from around it.
#
# One would guess that both count it, or, as the documentation of Lambda warns of variables, that neither
# does.
#
# `arguments` is an attribute of the Lambda, and Keras tracks the layers in attributes, in dictionaries too:
# the model has 15 parameters. The same Dense in a closure is no part of the model: 0 parameters, nothing is
# trained or saved, and no warning says so.
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

import keras
from keras import layers

warnings.simplefilter("error")


def count(make):
    inputs = keras.Input((4,))
    return keras.Model(inputs, make(layers.Dense(3))(inputs)).count_params()


print("in arguments:", count(lambda dense: layers.Lambda(lambda x, by: by(x), arguments={"by": dense})))
print("in a closure:", count(lambda dense: layers.Lambda(lambda x: dense(x))))
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
in arguments: 15
in a closure: 0
SEEN
echo "keras-lambda-arguments: as described"
