#!/usr/bin/env bash
# Sphinx 9.0.4: an interrupt (Ctrl-C) while autodoc imports a module does not end the build.
#
# One would guess that it ends the build with a status that is not 0, as it does at any other moment, and as it ends
# every other program of Python that does not say otherwise: importing a framework takes seconds, so this is when people press it.
#
# autodoc takes it for an import that failed. The build warns, goes on without the module, writes its pages and ends
# with status 0. Interrupted while it reads a page, the same build ends with status 2.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile sphinx==9.0.4 docutils==0.22.4

mkdir docs
cat >interrupt.py <<'PY'
"""Do what a terminal does for Ctrl-C."""
import os, signal

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background is deaf to it
os.kill(os.getpid(), signal.SIGINT)
PY
printf '"""Takes long to import."""\nimport interrupt\n' >slow.py
cat >docs/conf.py <<'PY'
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
extensions = ["sphinx.ext.autodoc"]


def setup(app):
    if "reading" in app.tags:
        app.connect("source-read", lambda *_: __import__("interrupt"))
PY
printf 'Title\n=====\n\n.. automodule:: slow\n' >docs/index.rst

build() { venv/bin/python -m sphinx --no-color -q -E -b html "$@" docs out >/dev/null 2>errors && echo "status 0" || echo "status $?"; }
{
    echo "while autodoc imports: $(build)"
    grep --only-matching "failed to import 'slow'" errors
    test -e out/index.html && echo "the page is written"
    rm -r out
    echo "while a page is read: $(build -t reading)"
    test -e out/index.html || echo "no page is written"
} >seen

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
while autodoc imports: status 0
failed to import 'slow'
the page is written
while a page is read: status 2
no page is written
SEEN
