"""Plain data → JSON that a person can review in a diff: what fits into a line is one."""

from __future__ import annotations

import json
from typing import Any

_WIDTH = 120


def pretty(value: Any, indent: int = 0) -> str:
    """Return the JSON of a value.

    Each part is written once, from the inside: the work grows with the size of the text alone.
    """
    if not value or not isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    parts = []
    names = [f"{json.dumps(name, ensure_ascii=False)}: " for name in value] if isinstance(value, dict) else None
    # A loop, as one that is nested deeply must not fill the stack with twice as much.
    for number, part in enumerate(value.values() if isinstance(value, dict) else value):
        text = pretty(part, indent + 1)
        parts.append(names[number] + text if names else text)
    begin, end = "{}" if isinstance(value, dict) else "[]"
    if sum(map(len, parts)) + 2 * len(parts) + indent <= _WIDTH and not any("\n" in part for part in parts):
        return begin + ", ".join(parts) + end
    inner = "\n" + " " * (indent + 1)
    return begin + inner + f",{inner}".join(parts) + "\n" + " " * indent + end
