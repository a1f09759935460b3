#!/usr/bin/env bash
# libcst 1.9.0: `RenameCommand` takes away an import that its own result needs, and gives two classes one name.
#
# The command renames a class wherever it is imported, as code is moved to other names of a framework's layers.
# One would guess that what it writes has the names that it uses, or that it warns.
#
# For a module that was imported under another name it writes the new name in full and removes the import: the
# first file below ends as one line that raises a NameError. In the second, a class that had the new name
# already is hidden by the import that it adds. It exits with 0, and says that there were no warnings.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile libcst==1.9.0

cat >seen.py <<'PY'
import subprocess
import sys
from pathlib import Path

renaming = ("--old_name=keras.layers.CuDNNLSTM", "--new_name=keras.layers.LSTM")
command = (sys.executable, "-m", "libcst.tool", "codemod", "rename.RenameCommand", *renaming)
Path(".libcst.codemod.yaml").write_text("formatter: ['cat']")
for name, code in {
    "as.py": "import keras.layers as kl\n\nlayer = kl.CuDNNLSTM(3)\n",
    "own.py": "from mine import LSTM\nfrom keras.layers import CuDNNLSTM\n\npair = LSTM(2), CuDNNLSTM(3)\n",
}.items():
    Path(name).write_text(code)
    done = subprocess.run([*command, name], capture_output=True, text=True)
    print(f"{name}: status {done.returncode}, {[line for line in done.stderr.splitlines() if 'warn' in line]}")
    print(Path(name).read_text().strip())
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
as.py: status 0, [' - 0 warnings were generated.']
layer = keras.layers.LSTM(3)
own.py: status 0, [' - 0 warnings were generated.']
from mine import LSTM
from keras.layers import LSTM

pair = LSTM(2), LSTM(3)
SEEN
echo "libcst-rename: as described"
