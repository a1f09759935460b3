#!/usr/bin/env bash
# tensorflow 2.21.0 (keras 3.15.0): a TFLite file of a new model has no biases, and with DEFAULT its smaller
# weights are not quantized.
#
# One would guess that the file of a model without training shows how large that of the trained one will be, and
# that with `Optimize.DEFAULT` its weights are 8-bit integers.
#
# A bias of zeros, as every new one is, is left out: of 3,134 parameters 3,039 are in the file, and all are once
# the biases have changed. DEFAULT takes the kernel of 1,024 elements and leaves those of 1,023 and 992 in 32
# bits, without a word.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export KERAS_BACKEND=tensorflow
export TF_CPP_MIN_LOG_LEVEL=3
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile tensorflow==2.21.0 keras==3.15.0 numpy==2.4.6

cat >seen.py <<'PY'
import contextlib
import sys

import keras
import numpy
import tensorflow
from keras import layers
from tensorflow.lite.python import schema_py_generated as schema


def held(model, *optimizations):
    converter = tensorflow.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = optimizations
    with contextlib.redirect_stdout(sys.stderr):
        file = schema.Model.GetRootAs(converter.convert())
    graph = file.Subgraphs(0)
    tensors = [graph.Tensors(number) for number in range(graph.TensorsLength())]
    kept = [tensor for tensor in tensors if file.Buffers(tensor.Buffer()).DataLength()]
    kinds = {schema.TensorType.FLOAT32: "float", schema.TensorType.INT8: "int8"}
    return sorted((int(numpy.prod(tensor.ShapeAsNumpy())), kinds[tensor.Type()]) for tensor in kept)


model = keras.Sequential([keras.Input((33,)), *(layers.Dense(n, "relu") for n in (31, 32, 32))])
print("model:", model.count_params())
print("new:", held(model))
print("new, DEFAULT:", held(model, tensorflow.lite.Optimize.DEFAULT))
for number, layer in enumerate(model.layers, start=1):
    layer.bias.assign(numpy.linspace(1, 1 + number, layer.units))
print("changed:", held(model))
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
model: 3134
new: [(992, 'float'), (1023, 'float'), (1024, 'float')]
new, DEFAULT: [(992, 'float'), (1023, 'float'), (1024, 'int8')]
changed: [(31, 'float'), (32, 'float'), (32, 'float'), (992, 'float'), (1023, 'float'), (1024, 'float')]
SEEN
echo "tflite-new-model: as described"
