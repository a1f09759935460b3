"""Where the rows of a table are in its page: an id for each that a link may lead to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes

from sphinx_paramdoc.rendering import nodes as rendering
from sphinx_paramdoc.table.view import View


class Place(NamedTuple):
    """Where a layer is found in a page."""

    id: str
    """That of the row that stands for it, or of its name in one that stands for several."""
    shown_id: str
    """That of the row around it that shows at once; '' where a page shows none at once."""


def give_ids(page: nodes.document, table: nodes.Element, view: View) -> dict[str, Place]:
    """Give ids to the rows of a table that has one, ``mlp-batch-normalization``, and link its cells to them.

    Return the path of each layer → its place.
    """
    made: dict[str, Place] = {}
    around: list[str] = []
    rows = rendering.rows(table)
    for shown, row in zip(view.walk(), rows, strict=False):
        own = _give_id(page, row, f"{table['ids'][0]}-{shown.key}")
        del around[shown.depth :]
        around.append(own if rendering.CLOSED not in row["classes"] else "")
        visible = next(filter(None, reversed(around)), "")
        named = list(row.findall(rendering.layer_name))
        for name, node in zip((run for run in shown.names if run.path), named, strict=False):
            is_row = name.path == shown.key
            made[name.path] = Place(own if is_row else _give_id(page, node, f"{table['ids'][0]}-{name.path}"), visible)
        for layer in shown.layers:
            for path in (layer.path, *layer.copies):
                made.setdefault(path, Place(own, visible))
        for paths in shown.copies:
            for path in paths:
                made.setdefault(path, Place(own, visible))
    for link in table.findall(rendering.layer_link):
        if link["path"] in made:
            link["refid"] = made[link["path"]].id
    return made


def find(places: dict[str, Place], path: str) -> Place | None:
    """Return the place of a layer: its own, or that of the one around it which equals another that opens."""
    while path not in places and "/" in path:
        path = path.rpartition("/")[0]
    return places.get(path)


def _give_id(page: nodes.document, node: nodes.Element, wanted: str) -> str:
    """Give a node the id that it may have; one that is taken gets a number."""
    free = next(each for each in _ids(nodes.make_id(wanted)) if each not in page.ids)
    node["ids"] = [free]
    page.ids[free] = node
    return free


def _ids(wanted: str) -> Iterator[str]:
    yield wanted
    number = 1
    while True:
        yield f"{wanted}-{number}"
        number += 1
