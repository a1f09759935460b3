#!/usr/bin/env bash
# Chromium 156.0.8078.108 (Debian 12), the `chromium` on the PATH: where a page breaks inside a subgrid, what
# follows is printed over it.
#
# One would guess that a grid prints in the same way whether its inner boxes lie in its rows themselves or in
# subgrids of them, as on the screen, where both look the same.
#
# Each row below has a name, and under it a word and three lines. Where the lines come to a new page, room is
# kept for two of them, and the name of the next row is printed over the third. With `display: contents` in
# place of the subgrids no two words meet. The script takes pdftotext, too.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

page() {
    echo '<!doctype html><style>@page { size: 300px 300px; margin: 10px } body { margin: 0; font: 16px/20px monospace }'
    echo '.row { display: grid; grid-template-columns: 1fr; grid-template-rows: auto 1fr auto }'
    echo "$1</style>"
    for number in $(seq 0 11); do
        echo "<div class=row><div class=upper><span>layer$number</span></div><div class=lower>"
        echo "<span>opens$number</span><div>inside$number<br>more$number<br>last$number</div></div></div>"
    done
}
page '.upper { display: grid; grid-area: 1 / 1 / span 2; grid-template-rows: subgrid }
.lower { display: grid; grid-area: 2 / 1 / span 2; grid-template-rows: subgrid }' >subgrid.html
page '.upper, .lower { display: contents }' >contents.html
cat >meet.py <<'PY'
import re
import sys

for number, page in enumerate(sys.stdin.read().split("<page ")[1:], start=1):
    at = {}
    for left, top, word in re.findall(r'<word xMin="(.*?)" yMin="(.*?)".*?>(.*?)</word>', page):
        if (left, top) in at:
            print(f"page {number}: {at[left, top]} and {word}")
        at[left, top] = word
PY
for name in subgrid contents; do
    chromium --headless --no-sandbox --disable-gpu --disable-background-networking --user-data-dir="$dir/profile" \
        --no-pdf-header-footer --print-to-pdf="$name.pdf" "file://$dir/$name.html" 2>errors ||
        { cat errors >&2; exit 1; }
    echo "$name:" >>seen
    pdftotext -bbox "$name.pdf" - | "${PYTHON:-python3}" meet.py >>seen
done

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
subgrid:
page 3: layer6 and last5
contents:
SEEN
echo "chromium-print-subgrid: as described"
