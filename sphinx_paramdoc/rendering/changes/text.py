"""What changed, for a terminal: a line for each change, with its reason."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_paramdoc.difference import telling
from sphinx_paramdoc.difference.changes import Difference
from sphinx_paramdoc.rendering.changes import columns

_LOOKS = {"added": "32", "removed": "31", "unfrozen": "32", "frozen": "33"}
"""What happened → the colour of its count."""


def render(difference: Difference, *, depth: int = 0, width: int | None = None, is_colored: bool = False) -> str:
    """Write what changed.

    :param depth: how deep layers open in which something changed.
    :param width: how many columns a line may take; ``None``: no limit.
    :param is_colored: whether a terminal may show colours.
    """
    return "\n".join(_lines(difference, depth, width or 0, is_colored))


def _lines(difference: Difference, depth: int, width: int, is_colored: bool) -> Iterator[str]:
    total = telling.total(difference)
    share = f", {total.share}" if total.share else ""
    grown = f"{total.before:,} → {total.after:,} parameters ({telling.change(total.delta)}{share})"
    counts = grown if total.delta else f"{total.after:,} parameters, as before"
    yield from _wrapped(f"{telling.heading(difference)}: {counts}", 0, width)
    if beside := telling.beside_total(difference):
        yield from _wrapped(beside, 0, width)
    if difference.changes:
        yield ""
    for inside, line in telling.down_to(telling.lines(difference.changes), depth):
        delta = f" {telling.change(line.delta)}" if line.delta else ""
        for written in _wrapped(f"{line.name}{delta}: {line.why}", inside, width):
            yield _colored(written, delta, line.kind) if is_colored and delta else written
    for said in columns.below(difference):
        yield ""
        yield said


def _wrapped(text: str, depth: int, width: int) -> list[str]:
    indent = "  " * depth
    if not width or len(indent) + len(text) <= width:
        return [indent + text]
    import textwrap  # loaded where a line is too long

    return textwrap.wrap(
        text,
        max(width, 20),
        initial_indent=indent,
        subsequent_indent=f"{indent}    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _colored(line: str, delta: str, kind: str) -> str:
    look = _LOOKS.get(kind) or ("31" if "−" in delta else "32")
    return line.replace(delta, f" \x1b[{look}m{delta[1:]}\x1b[0m", 1)
