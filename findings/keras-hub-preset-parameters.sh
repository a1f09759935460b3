#!/usr/bin/env bash
# keras-hub 0.32.0 (keras 3.15.1 on jax 0.10.2): the number of parameters that a preset states may be another model's.
#
# One would guess that `metadata["params"]` of a preset, which the lists of presets show, is what
# `count_params()` of its backbone gives, as it is for almost all.
#
# That of `whisper_base_en` is GPT-2's, to the digit, and the backbone has 72.6 million. That of `whisper_tiny_en` lacks
# the positions of the encoder, 1,500 × 384, which that of `whisper_tiny_multi` has.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export KERAS_BACKEND=jax
export KERAS_HOME="$PWD"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile keras-hub==0.32.0 keras==3.15.1 jax==0.10.2 numpy==2.4.6 h5py==3.16.0

cat >seen.py <<'PY'
import keras_hub
from keras_hub.models import GPT2Backbone, WhisperBackbone


def stated(kind, name):
    return kind.presets[name]["metadata"]["params"]


def whisper(vocabulary, layers, heads, width):
    return WhisperBackbone(vocabulary, layers, heads, width, 4 * width, max_encoder_sequence_length=3000,
                           max_decoder_sequence_length=448).count_params()


print("gpt2_base_en:", stated(GPT2Backbone, "gpt2_base_en"))
print("whisper_base_en:", stated(WhisperBackbone, "whisper_base_en"), whisper(51864, 6, 8, 512))
print("whisper_base_multi:", stated(WhisperBackbone, "whisper_base_multi"), whisper(51865, 6, 8, 512))
print("whisper_tiny_en:", stated(WhisperBackbone, "whisper_tiny_en"), whisper(51864, 4, 6, 384))
print("whisper_tiny_multi:", stated(WhisperBackbone, "whisper_tiny_multi"), whisper(51865, 4, 6, 384))
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
gpt2_base_en: 124439808
whisper_base_en: 124439808 72593408
whisper_base_multi: 72593920 72593920
whisper_tiny_en: 37184256 37760256
whisper_tiny_multi: 37760640 37760640
SEEN
