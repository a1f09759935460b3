#!/usr/bin/env bash
# graphviz 2.43.0 (Debian's, with cairo): `dot -Tpdf` does not know SOURCE_DATE_EPOCH.
#
# One would guess that a PDF is the same bytes for the same graph where that variable is set, as LaTeX's is,
# so that documentation with figures can be built reproducibly.
#
# The file says when it was drawn, in the second of the clock, so that a manual differs from build to build;
# the SVG of the same graph has no date. This one takes the `dot` that is on the PATH, and makes no
# environment.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export SOURCE_DATE_EPOCH=0

echo 'digraph { a -> b }' >graph.dot
for kind in pdf svg; do
    dot -T$kind graph.dot -o first.$kind
    sleep 1.1
    dot -T$kind graph.dot -o second.$kind
    cmp -s first.$kind second.$kind && echo "$kind: the same twice" || echo "$kind: differs"
done >seen
grep -aq 'CreationDate (D:1970' first.pdf && echo 'dated 1970' >>seen || echo 'dated as the clock says' >>seen

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
pdf: differs
svg: the same twice
dated as the clock says
SEEN
echo "graphviz-pdf-date: as described"
