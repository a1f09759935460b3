#!/usr/bin/env bash
# safetensors 0.8.0, torch 2.13.0: a tensor of 4-bit floats has twice the elements in the header, and loads
# from a file only.
#
# torch's `float4_e2m1fn_x2` packs two values into a byte and counts the pairs: its shape is that of the
# bytes. One would guess that a header's shape is the tensor's shape, and that `load` reads what `save`
# wrote.
#
# The header has the type F4 and counts the values, so the last dimension is 12 where torch says 6; a count
# from the headers is twice a count from the tensors. `load_file` restores the tensor, but `load`, which
# takes the same bytes from memory, raises KeyError for F4 and for F8_E8M0, the type of the scales that go
# with it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile safetensors==0.8.0 packaging==26.4 torch==2.13.0 numpy==2.4.6

cat >seen.py <<'PY'
import safetensors
import safetensors.torch
import torch

stored = torch.zeros(4, 6, dtype=torch.uint8).view(torch.float4_e2m1fn_x2)
print("torch:", tuple(stored.shape), stored.numel())
safetensors.torch.save_file({"w": stored}, "f4.safetensors")
with safetensors.safe_open("f4.safetensors", "pt") as file:
    print("header:", file.get_slice("w").get_dtype(), file.get_slice("w").get_shape())
back = safetensors.torch.load_file("f4.safetensors")["w"]
print("load_file:", tuple(back.shape), back.numel())
for name in ("float4_e2m1fn_x2", "float8_e8m0fnu", "float8_e4m3fn"):
    tensor = torch.zeros(4, 6, dtype=torch.uint8).view(getattr(torch, name))
    data = safetensors.torch.save({"w": tensor})
    try:
        print("load of", name, tuple(safetensors.torch.load(data)["w"].shape))
    except KeyError as error:
        print("load of", name, "KeyError", error)
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
torch: (4, 6) 24
header: F4 [4, 12]
load_file: (4, 6) 24
load of float4_e2m1fn_x2 KeyError 'F4'
load of float8_e8m0fnu KeyError 'F8_E8M0'
load of float8_e4m3fn (4, 6)
SEEN
echo "safetensors-four-bits: as described"
