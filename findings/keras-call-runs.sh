#!/usr/bin/env bash
# keras 3.15.0 (on jax 0.10.2): `call` of a layer without `build` runs more than once when the layer is called
# for the first time, and once more for each layer without `build` that it is inside of.
#
# One would guess that to call a layer on a symbol runs its `call` once: whoever counts in there, prints, or
# adds to a list, sees the first call as one.
#
# Keras runs `call` to build what is inside, throws the result away, and runs it again for the result. Inside of
# four such layers, each in the next, the innermost runs five times. With a `build` that builds what is inside
# each runs once, as at the second call.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export KERAS_BACKEND=jax
export KERAS_HOME="$PWD"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile keras==3.15.0 jax==0.10.2 numpy==2.4.6

cat >seen.py <<'PY'
import keras

runs = {}


class Around(keras.layers.Layer):
    def __init__(self, inner, name):
        super().__init__(name=name)
        self.inner = inner

    def call(self, tensor):
        runs[self.name] = runs.get(self.name, 0) + 1
        return self.inner(tensor)


class Building(Around):
    def build(self, shape):
        self.inner.build(shape)


def told(layer):
    runs.clear()
    layer(keras.Input((4,)))
    return ", ".join(f"{name} {runs[name]}" for name in sorted(runs))


def nested(kind):
    layer = keras.layers.Dense(3)
    for name in ("innermost", "inner", "outer", "outermost"):
        layer = kind(layer, name)
    return layer


layer = nested(Around)
print("without build:", told(layer))
print("called again:", told(layer))
print("with build:", told(nested(Building)))
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
without build: inner 4, innermost 5, outer 3, outermost 2
called again: inner 1, innermost 1, outer 1, outermost 1
with build: inner 1, innermost 1, outer 1, outermost 1
SEEN
echo "keras-call-runs: as described"
