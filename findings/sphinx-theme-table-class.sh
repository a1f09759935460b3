#!/usr/bin/env bash
# sphinx 9.0.4, pydata-sphinx-theme 0.20.0, sphinx-book-theme 1.4.0: in these two themes no table has the
# class "docutils".
#
# One would guess that `table.docutils` finds every table of a page, as Sphinx itself, Read the Docs' theme
# and the stylesheets of many extensions do.
#
# The themes replace Sphinx's way of beginning a table: "docutils" and "align-default" go, and Bootstrap's
# "table" comes. A stylesheet of an extension that looks for the first applies to nothing, without a word.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile \
    sphinx==9.0.4 docutils==0.22.4 pydata-sphinx-theme==0.20.0 sphinx-book-theme==1.4.0

cat >index.rst <<'RST'
Page
====

.. list-table::
   :class: mine

   * - a cell
RST
for theme in alabaster pydata_sphinx_theme sphinx_book_theme; do
    echo "html_theme = '$theme'" >conf.py
    venv/bin/python -m sphinx -q -E -b html . "$theme" 2>errors || { cat errors >&2; exit 1; }
    echo "$theme: $(grep -o '<table[^>]*>' "$theme/index.html")" >>seen
done

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
alabaster: <table class="mine docutils align-default">
pydata_sphinx_theme: <table class="mine table">
sphinx_book_theme: <table class="mine table">
SEEN
echo "sphinx-theme-table-class: as described"
