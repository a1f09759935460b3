#!/usr/bin/env bash
# myst-parser 5.2.0 (sphinx 9.0.4): an option that begins with a quotation mark takes all options of its
# directive with it.
#
# Options look as in reStructuredText, where `:alt: "VGG16" as published` is text like any other. One would
# guess the same here, or that the one option is refused.
#
# A value that begins with a quotation mark must end with its partner. Where text follows, none of the
# directive's options is applied, those above it included: the figure below has no alternative text, no
# width, and no name to refer to. The build ends with status 0 and a warning of a column, not of a quotation
# mark. A value that is quoted as a whole loses its quotation marks without a word.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile myst-parser==5.2.0 sphinx==9.0.4 docutils==0.22.4

cat >seen.py <<'PY'
from pathlib import Path

from sphinx.cmd.build import main

PAGE = """# Page

```{figure} model.png
:name: inner
:alt: The model "VGG16" as published
:width: 40%

Quoted within
```

```{figure} model.png
:name: leading
:alt: "VGG16" as published
:width: 40%

Quoted at the start
```

```{figure} model.png
:name: whole
:alt: "VGG16"
:width: 40%

Quoted as a whole
```
"""
Path("conf.py").write_text('extensions = ["myst_parser"]\nexclude_patterns = ["venv"]\n')
Path("model.png").write_bytes(b"")
Path("index.md").write_text(PAGE)
status = main(["-q", "-b", "pseudoxml", "-w", "warnings", ".", "built"])
print("status:", status)
for line in Path("built/index.pseudoxml").read_text().splitlines():
    if "<figure" in line or "<image" in line:
        print(line.strip())
for line in Path("warnings").read_text().splitlines():
    print(line[line.index("WARNING") :])
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
status: 0
<figure ids="inner" names="inner">
<image alt="The model "VGG16" as published" candidates="{'*': 'model.png'}" uri="model.png" width="40%">
<figure ids="id1">
<image candidates="{'*': 'model.png'}" uri="model.png">
<figure ids="whole" names="whole">
<image alt="VGG16" candidates="{'*': 'model.png'}" uri="model.png" width="40%">
WARNING: 'figure': Invalid options format: expected key to start at column 0 [myst.directive_option]
SEEN
echo "myst-leading-quote: as described"
