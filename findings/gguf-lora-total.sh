#!/usr/bin/env bash
# gguf 0.19.0: the total of an adapter is negative, is that of a matrix that the file does not hold, and
# depends on the order.
#
# `GGUFWriter.get_total_parameter_count()` returns the numbers of parameters that a size label such as "7B"
# is made from. One would guess that the first is the sum of the sizes.
#
# For a pair `….lora_a`, `….lora_b` it counts the product of the two, 32 × 64 = 2,048 where 384 values are
# held, and negates the whole total, other tensors included, to mark it as inexact. Where b was added before
# a, it logs that the order is unusual, and all four numbers are 0.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile gguf==0.19.0 numpy==2.4.6

cat >seen.py <<'PY'
import gguf
import numpy


def count(*tensors):
    writer = gguf.GGUFWriter("unwritten.gguf", "llama")
    for name, shape in tensors:
        writer.add_tensor(name, numpy.zeros(shape, "float32"))
    return writer.get_total_parameter_count()


a = ("blk.0.attn_q.weight.lora_a", (4, 64))
b = ("blk.0.attn_q.weight.lora_b", (32, 4))
print("held:", 4 * 64 + 32 * 4)
print("a, b:", count(a, b))
print("b, a:", count(b, a))
print("with another tensor:", count(("output_norm.weight", (64,)), a, b))
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
held: 384
a, b: (-2048, 2048, 0, 0)
b, a: (0, 0, 0, 0)
with another tensor: (-2112, 2112, 0, 0)
SEEN
echo "gguf-lora-total: as described"
