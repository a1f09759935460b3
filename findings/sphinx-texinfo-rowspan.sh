#!/usr/bin/env bash
# sphinx 9.0.4 (docutils 0.22.4): in Texinfo, the cells beside one that spans rows move a column to the left.
#
# Texinfo's tables have no cells that span. One would guess that the builder leaves the space free, as it does
# for a cell that spans columns, or that it warns, as Sphinx does for man pages.
#
# Under a layer that spans two rows, the second shape is in the column of the layers and its number in that of
# the shapes. With -W the build succeeds.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile sphinx==9.0.4 docutils==0.22.4

cat >seen.py <<'PY'
import re
from pathlib import Path

from sphinx.cmd.build import main

Path("source").mkdir()
Path("source/conf.py").write_text("project = 'page'")
Path("source/index.rst").write_text("""
====
Page
====

+-------+-------+-------+
| Layer | Shape | Count |
+=======+=======+=======+
| both  | a     | 1     |
|       +-------+-------+
|       | b     | 2     |
+-------+-------+-------+
| total         | 3     |
+-------+-------+-------+
""")
print("status:", main(["-q", "-W", "-b", "texinfo", "source", "out"]))
table = re.search("@headitem(.*)@end multitable", Path("out/page.texi").read_text(), re.DOTALL)[1]
for row in table.split("@item"):
    print(*(cell.strip() for cell in row.split("@tab")), sep="|")
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
status: 0
Layer|Shape|Count
both|a|1
b|2
total||3
SEEN
echo "sphinx-texinfo-rowspan: as described"
