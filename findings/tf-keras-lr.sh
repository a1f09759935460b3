#!/usr/bin/env bash
# tf_keras 2.21.0 (on tensorflow 2.21.0): an optimizer takes `lr=0.5`, and learns with its default.
#
# One would guess that a name which is still accepted, with a warning that it is deprecated, still sets what it
# names, as it does in `tf_keras.optimizers.legacy`; or else that it is refused, as any other unknown name is.
#
# The optimizers that the short names stand for since Keras 2.11 warn, drop the value and keep the default: 0.01 for
# SGD, 0.001 for Adam. So old code trains fifty or five hundred times more slowly than it says. Keras 3 refuses the name.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export TF_CPP_MIN_LOG_LEVEL=3
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile tf_keras==2.21.0 tensorflow==2.21.0

cat >seen.py <<'PY'
from tf_keras import optimizers

for kind in (optimizers.SGD, optimizers.Adam, optimizers.legacy.SGD, optimizers.legacy.Adam):
    package = "legacy." if ".legacy." in kind.__module__ else ""
    print(f"{package}{kind.__name__}(lr=0.5):", f"{float(kind(lr=0.5).learning_rate):g}")
try:
    optimizers.SGD(rate=0.5)
except TypeError as error:
    print("SGD(rate=0.5): TypeError:", str(error).partition(",")[0])
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }
grep --only-matching 'please use `learning_rate`' errors | sort --unique >>seen

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
SGD(lr=0.5): 0.01
Adam(lr=0.5): 0.001
legacy.SGD(lr=0.5): 0.5
legacy.Adam(lr=0.5): 0.5
SGD(rate=0.5): TypeError: rate is not a valid argument
please use `learning_rate`
SEEN
