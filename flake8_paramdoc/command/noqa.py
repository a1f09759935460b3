"""Comments that silence a line or a file, as flake8 reads them.

Source: flake8's modules ``defaults`` and ``processor``: a comment counts for all lines of a string of several, and for
lines that a backslash joins.
"""

from __future__ import annotations

import io
import re
import tokenize
from functools import lru_cache

_CODES = r"[A-Z][0-9]+|[A-Z]+[0-9]*"
_INLINE = re.compile(rf"#\s*noqa(?::\s?(?P<codes>(?:{_CODES})(?:(?:\s*,\s*|\s+)(?:{_CODES}))*))?", re.IGNORECASE)
_FILE = re.compile(
    rf"^\s*#\s*flake8[:=]\s*noqa(?P<all>\s*$|:\s?(?P<codes>(?:{_CODES})(?:(?:\s*,\s*|\s+)(?:{_CODES}))*)\s*$)",
    re.IGNORECASE | re.MULTILINE,
)


def is_silenced(text: str, line: int, code: str) -> bool:
    """Tell whether a comment in a source silences a code on a line; the first is 1."""
    if "noqa" not in text and "NOQA" not in text.upper():
        return False
    for match in _FILE.finditer(text):
        if match["codes"] is None or _holds(match["codes"], code):
            return True
    match_inline = _INLINE.search(_joined(text).get(line, ""))
    return match_inline is not None and (match_inline["codes"] is None or _holds(match_inline["codes"], code))


def _holds(codes: str, code: str) -> bool:
    return any(code.startswith(prefix.upper()) for prefix in re.split(r"[,\s]+", codes) if prefix)


@lru_cache(maxsize=4)
def _joined(text: str) -> dict[int, str]:
    """Return for each line all those that it stands with."""
    lines = io.StringIO(text, newline="").readlines()
    found = dict(enumerate(lines, 1))
    first, last = len(lines) + 1, 0
    try:
        for token in tokenize.generate_tokens(iter([*lines, ""]).__next__):
            if token.type in (tokenize.ENDMARKER, tokenize.DEDENT):
                continue
            first, last = min(first, token.start[0]), max(last, token.end[0])
            if token.type in (tokenize.NL, tokenize.NEWLINE):
                joined = "".join(lines[first - 1 : last])
                found.update(dict.fromkeys(range(first, last + 1), joined))
                first, last = len(lines) + 1, 0
    except (tokenize.TokenError, SyntaxError, StopIteration):
        pass  # the lines that could be read
    return found
