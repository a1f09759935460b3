"""What the rows that a reader sees are called, and what they say they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sphinx_paramdoc.explanation.naming import TO, name_runs, span
from sphinx_paramdoc.explanation.wording import layers_text
from sphinx_paramdoc.said import counted, run_on, said
from sphinx_paramdoc.table.grouping import Group, Layer
from sphinx_paramdoc.table.rows import Row
from sphinx_paramdoc.table.runs import Mark, Run
from sphinx_paramdoc.table.view import Kind

_MOST_NAMES = 8
"""A group that repeats names so many of its layers; of more, the first ones."""

_MOST_CLASSES = 3
"""Merged layers name so many classes."""

_MOST_COPIES = 12
"""So many copies of a group are named one by one; of more, the first ones and the last."""

_COMMA = said(", ")


def names(group: Group, *, is_outermost: bool) -> Iterator[Run]:
    """Yield what a row is called; each name that is one of a layer knows its path.

    :param is_outermost: whether the row is inside of no other, so that a layer that is inside another has its path.
    """
    match group.kind:
        case Kind.LAYER:
            row = group.layers[0].row
            yield from _of_layers(row, [row.path, *row.copies] if is_outermost and row.depth else row.names)
        case Kind.STEM:
            yield from (Run(text, Mark.NAME if is_name else None) for text, is_name in name_runs(group.texts))
        case Kind.REPEAT:
            yield Run("[")
            yield from _listed(group.members, _MOST_NAMES)
            yield Run(f"] × {len(group.blocks):,}")
        case Kind.QUIET:
            yield from _listed([("", [layer]) for layer in group.layers])


def _of_layers(row: Row, called: Sequence[str]) -> Iterator[Run]:
    paths = dict(zip(reversed(called), reversed((row.path, *row.copies)), strict=True))
    for text, is_name in name_runs(called):
        yield Run(text, Mark.NAME, path=paths[text]) if is_name else Run(text)


def _listed(members: Sequence[tuple[str, list[Layer]]], most: int | None = None) -> Iterator[Run]:
    """Yield the names of layers, or the stems that several have, or the first ones where there are too many."""
    named = members if most is None or len(members) <= most else members[: most - 1]
    for number, (text, layers) in enumerate(named):
        if number:
            yield Run(_COMMA)
        if text:
            yield Run(text, Mark.NAME)
        else:
            yield from _of_layers(layers[0].row, layers[0].row.names)
    if rest := len(members) - len(named):
        yield Run(said(", {number:,} more", number=rest))


def plain_name(group: Group) -> str:
    """Return a name for a group, by its stem or else by its first and last layer."""
    if group.texts:
        return span(group.texts)
    return f"{group.layers[0].row.name} to {group.blocks[-1][-1].row.name}"


def what(group: Group) -> str:
    """Return what a row is: the class of its layers, or how many there are."""
    rows = [layer.row for layer in group.layers]
    classes = list(dict.fromkeys(row.short_class for row in rows))
    if group.kind is Kind.LAYER or (group.kind is Kind.QUIET and len(classes) <= _MOST_CLASSES):
        return ", ".join(classes)
    layers = layers_text([row.explained for row in rows])
    return said("{layers} each", layers=layers) if len(group.blocks) > 1 else layers


def others(group: Group) -> Iterator[Run]:
    """Yield the names of the layers or blocks that equal the first, where its row does not name them all, or opens."""
    if group.kind is Kind.LAYER:
        row = group.layers[0].row
        copies, paths = row.names[1:], row.copies
        if not group.inside and len(name_runs(row.names)) >= 2 * len(row.names) - 1:
            return
    else:
        copies = group.texts[1:] or [run_on(block[0].row.name, TO, block[-1].row.name) for block in group.blocks[1:]]
        paths = [block[0].row.path for block in group.blocks[1:]]
    if not copies:
        return
    yield Run(counted(len(copies), "{number:,} equal one: ", "{number:,} equal ones: "))
    named = copies if len(copies) <= _MOST_COPIES else copies[: _MOST_COPIES - 2]
    for number, (name, path) in enumerate(zip(named, paths, strict=False)):
        yield from [Run(_COMMA)] if number else []
        yield Run(name, Mark.NAME, path=path if group.kind is Kind.LAYER else "")
    if len(named) < len(copies):
        yield Run(" … ")
        yield Run(copies[-1], Mark.NAME, path=paths[-1] if group.kind is Kind.LAYER else "")
