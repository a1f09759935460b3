#!/usr/bin/env bash
# keras 3.15.0 (on jax 0.10.2): the key bias of a MultiHeadAttention is trainable and learns nothing.
#
# One would guess that each of the four biases of the layer does something.
#
# A bias of the keys adds the same number to all scores of a query, and softmax takes it out again. Its
# gradient is zero but for rounding, whatever the loss is, and any value gives the same output; Keras counts
# it as trainable nevertheless. BERT, GPT-2 and others carry such biases; Whisper, for one, leaves them out.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export KERAS_BACKEND=jax
export KERAS_HOME="$PWD"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile keras==3.15.0 jax==0.10.2 numpy==2.4.6 h5py==3.16.0

cat >seen.py <<'PY'
import jax
import keras
import numpy
from keras import layers

keras.utils.set_random_seed(1)
attention = layers.MultiHeadAttention(num_heads=2, key_dim=3)
data = jax.random.normal(jax.random.key(0), (4, 5, 6))
before = numpy.asarray(attention(data, data))


def loss(values):
    output, _ = attention.stateless_call(values, [], data, data)
    return (output**2).sum()


values = [variable.value for variable in attention.trainable_variables]
for variable, gradient in zip(attention.trainable_variables, jax.grad(loss)(values)):
    if variable.name == "bias":
        largest = float(abs(gradient).max())
        print(variable.path.partition("/")[2], "learns" if largest > 1e-3 else "does not learn")
[bias] = [each for each in attention.trainable_variables if each.path.endswith("key/bias")]
bias.assign(numpy.full(bias.shape, 100.0))
after = numpy.asarray(attention(data, data))
print("with 100 for each key bias the output is the same:", bool(numpy.allclose(before, after, atol=1e-3)))
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
query/bias learns
key/bias does not learn
value/bias learns
attention_output/bias learns
with 100 for each key bias the output is the same: True
SEEN
echo "keras-attention-key-bias: as described"
