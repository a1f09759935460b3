#!/usr/bin/env bash
# keras 3.15.0 (on jax 0.10.2): "Total params" of a model that was saved and loaded is more than before,
# though nobody trained it.
#
# One would guess that a summary's total is `model.count_params()`, and that saving does not change it.
#
# The total includes the variables of the optimizer as soon as these exist. `compile` does not make them;
# the first step of training does, and so does `load_model`. With Adam 15 parameters become 47, and no other
# number but the line "Optimizer params" says so. So a summary that was pasted into a page depends on when
# it was printed. `count_params()` stays 15.
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


def totals(model):
    lines = []
    model.summary(print_fn=lambda line, **_: lines.extend(line.splitlines()))
    return [line.strip() for line in lines if "params" in line]


model = keras.Sequential([keras.Input((4,)), layers.Dense(3)])
model.compile("adam", "mse")
print(*totals(model), sep="\n")
model.save("model.keras")
loaded = keras.models.load_model("model.keras")
print("saved, never trained, and loaded:", *totals(loaded), sep="\n")
print("count_params():", model.count_params(), loaded.count_params())
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
Total params: 15 (60.00 B)
Trainable params: 15 (60.00 B)
Non-trainable params: 0 (0.00 B)
saved, never trained, and loaded:
Total params: 47 (188.00 B)
Trainable params: 15 (60.00 B)
Non-trainable params: 0 (0.00 B)
Optimizer params: 32 (128.00 B)
count_params(): 15 15
SEEN
echo "keras-summary-after-load: as described"
