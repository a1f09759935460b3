"""The JSON form of a table → what is compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sphinx_paramdoc.difference.parts import Formula, Layer, Maker, Part, Weight, Whole, frozen, inner


def whole(table: Mapping[str, Any], make: Maker) -> Whole:
    """Return the model of a table.

    :raises LookupError, TypeError, ValueError: where `table` is no such thing.
    """
    size: int = table["size_bytes"]
    return Whole(
        table["name"],
        table["class"],
        table["total"],
        table["trainable"],
        lambda: size,
        tuple(_layers(table["rows"], make)),
    )


def _layers(rows: Sequence[Mapping[str, Any]], make: Maker) -> list[Layer]:
    """Return the outermost layers; rows that open below another stand behind it, one deeper."""
    found: list[Layer] = []
    inside: dict[int, list[tuple[Mapping[str, Any], Part]]] = {}
    for row in reversed(rows):
        depth = row["depth"]
        below = inside.pop(depth + 1, [])
        part = _part(row, [layer for each, its in reversed(below) for layer in _named(each, its, row["path"])], make)
        inside.setdefault(depth, []).append((row, part))
    if set(inside) - {0}:
        raise ValueError("its rows do not lie inside each other")
    for row, part in reversed(inside.get(0, [])):
        found += _named(row, part, "")
    return found


def _named(row: Mapping[str, Any], part: Part, around: str) -> list[Layer]:
    """Return the layers that a row stands for, each by its name."""
    paths = (row["path"], *row["copies"])
    reads = [row["connected_to"], *row.get("copies_connected_to", [()] * len(row["copies"]))]
    return [
        Layer(inner(path, around), part, tuple(inner(other, around) for other in its))
        for path, its in zip(paths, reads, strict=True)
    ]


def _part(row: Mapping[str, Any], inside: Sequence[Layer], make: Maker) -> Part:
    path = row["path"]
    return make.part(
        row["class"],
        [
            Weight(
                each["path"].rpartition("/")[2], tuple(each["shape"]), each["dtype"], each["trainable"], each["reason"]
            )
            for each in row["weights"]
        ],
        inside,
        output_shape=row["output_shape"],
        shared_with=row["shared_with"],
        frozen=frozen(path, row["frozen_by"]),
        formula=_formula(row),
    )


def _formula(row: Mapping[str, Any]) -> Callable[[], Formula | None]:
    text, symbolic, terms = row["formula"], row["symbolic"], row["terms"]

    def formula() -> Formula | None:
        if text is None:
            return None
        return Formula(text, symbolic, tuple((term["value"], term["label"]) for term in terms))

    return formula
