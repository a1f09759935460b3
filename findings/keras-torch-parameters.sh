#!/usr/bin/env bash
# keras 3.15.0 on torch 2.13.0: asked as a torch module, a Keras model has other parameters than asked as a
# Keras model.
#
# With this backend a Keras layer is a `torch.nn.Module`. One would guess that `parameters()` gives what
# `count_params()` counts, and that moving averages are buffers, as in torch's own BatchNorm.
#
# Moving averages and the state of each random generator are torch parameters, frozen ones: 29 where Keras
# says 27, and there is no buffer. In a module of torch a Keras layer has no parameters until it is called,
# so that a count before the first call says 12 of 27, without the error that counting torch's own lazy
# layers raises.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export KERAS_BACKEND=torch
export KERAS_HOME="$PWD"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile keras==3.15.0 torch==2.13.0 numpy==2.4.6

cat >seen.py <<'PY'
import keras
import torch
from keras import layers
from torch import nn


class Mixed(nn.Module):
    """A Keras layer of 15 and a torch layer of 12 in a torch module."""

    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(3)
        self.linear = nn.Linear(3, 3)

    def forward(self, x):
        return self.linear(self.dense(x))


def count(module):
    return sum(p.numel() for p in module.parameters())


model = keras.Sequential(
    [keras.Input((4,)), layers.Dense(3), layers.BatchNormalization(), layers.Dropout(0.5)]
)
print("keras:", model.count_params(), "torch:", count(model), "buffers:", len(list(model.buffers())))
for name, parameter in model.named_parameters():
    if not parameter.requires_grad:
        print("  frozen:", name.split("/", 1)[1], tuple(parameter.shape))
mixed = Mixed()
print("mixed, before a call:", count(mixed))
mixed(torch.zeros(2, 4))
print("mixed, after a call:", count(mixed))
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
keras: 27 torch: 29 buffers: 0
  frozen: seed_generator_state (2,)
  frozen: batch_normalization/moving_mean (3,)
  frozen: batch_normalization/moving_variance (3,)
mixed, before a call: 12
mixed, after a call: 27
SEEN
echo "keras-torch-parameters: as described"
