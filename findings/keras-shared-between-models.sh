#!/usr/bin/env bash
# keras 3.15.0 (on jax 0.10.2): a layer that two models inside a model share is two layers in every copy of it,
# and the file it is saved to cannot be loaded.
#
# One would guess that a copy has as many parameters as the model, as it has where one model uses a layer
# twice, and that a file that `save` wrote without a word is one that `load_model` reads.
#
# A configuration says what is shared within one model and not between two: of 20 parameters `clone_model` and
# `from_config` make 40. The file holds the weights once, so `load_model` finds none for the second layer.
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
from keras import layers

shared = layers.Dense(4)
one = keras.Sequential([keras.Input((4,)), shared])
other = keras.Sequential([keras.Input((4,)), shared, layers.ReLU()])
inputs = keras.Input((4,))
model = keras.Model(inputs, layers.Add()([one(inputs), other(inputs)]))
print("model:", model.count_params())
print("clone_model:", keras.models.clone_model(model).count_params())
print("from_config:", keras.Model.from_config(model.get_config()).count_params())
model.save("shared.keras")
try:
    print("load_model:", keras.models.load_model("shared.keras").count_params())
except ValueError as error:
    print("load_model:", *(line for line in str(error).splitlines() if "expected" in line))
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
model: 20
clone_model: 40
from_config: 40
load_model: Layer 'dense' expected 2 variables, but received 0 variables during loading. Expected: ['kernel', 'bias']
SEEN
echo "keras-shared-between-models: as described"
