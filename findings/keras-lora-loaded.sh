#!/usr/bin/env bash
# keras 3.15.0 (on jax 0.10.2): LoRA weights that were saved and loaded never learn again.
#
# One would guess that a layer after `enable_lora` trains on from a file as it did before, as layers do.
#
# What was learnt is merged into the frozen kernel, and loading sets both factors to zero. Each one's
# gradient is a product with the other, so both stay there: `fit` prints the same loss for ever, and the
# 14 parameters that the layer counts as trainable are none. A new layer begins with one factor random for
# this reason. It is the same with `save_weights` and with `save`, unless an optimizer comes out of the file
# whose momentum moves them.
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
x = numpy.random.rand(64, 4).astype("float32")
y = x @ numpy.ones((4, 3), "float32")


def make():
    model = keras.Sequential([keras.Input((4,)), layers.Dense(3, use_bias=False)])
    model.layers[0].enable_lora(2)
    return model


def learns(model):
    model.compile("sgd", "mse")
    losses = model.fit(x, y, epochs=30, verbose=0).history["loss"]
    return bool(losses[-1] < 0.99 * losses[0])


model = make()
print("trainable:", sum(weight.value.size for weight in model.trainable_weights))
print("learns:", learns(model), learns(model))
model.save_weights("lora.weights.h5")
model.save("lora.keras")
loaded = make()
loaded.load_weights("lora.weights.h5")
print("after load_weights:", learns(loaded))
loaded = keras.models.load_model("lora.keras")
print("after load_model:", learns(loaded))
print("greatest factor:", max(abs(weight.numpy()).max() for weight in loaded.trainable_weights))
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
trainable: 14
learns: True True
after load_weights: False
after load_model: False
greatest factor: 0.0
SEEN
echo "keras-lora-loaded: as described"
