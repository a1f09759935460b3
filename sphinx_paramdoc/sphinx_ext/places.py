"""Where the rows of a table are in its page: an id for each that a link may lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from docutils import nodes

from sphinx_paramdoc.rendering import node_kinds
from sphinx_paramdoc.rendering.nodes import rows
from sphinx_paramdoc.table.runs import Mark, Run
from sphinx_paramdoc.table.view import Kind, View


class Place(NamedTuple):
    """Where a layer is found in a page."""

    id: str
    """That of the row that stands for it, or of its name in one that stands for several."""
    shown_id: str
    """That of the row around it that shows at once; '' where a page shows none at once."""


def give_ids(page: nodes.document, table: nodes.Element, view: View, paths: Iterable[str]) -> dict[str, Place]:
    """Give ids to the rows of a table that has one, ``mlp-batch-normalization``, and link its cells to them.

    :param paths: those of the layers that may be linked to.
    :returns: the path of each layer → its place.
    """
    prefix = table["ids"][0]
    by_key: dict[str, Place] = {}
    by_name: dict[str, Place] = {}
    around: list[str] = []
    for shown, row in zip(view.walk(), rows(table), strict=True):
        own = _give_id(page, row, f"{prefix}-{shown.key}")
        del around[shown.depth :]
        around.append(own if node_kinds.CLOSED not in row["classes"] else "")
        visible = next(filter(None, reversed(around)), "")
        by_key[shown.key] = Place(own, visible)
        if shown.kind is Kind.QUIET:
            for name, node in zip(filter(_is_name, shown.names), row.findall(node_kinds.layer_name), strict=True):
                if name.path and name.path != shown.key:
                    by_name[name.path] = Place(_give_id(page, node, f"{prefix}-{name.path}"), visible)
    made = {}
    for path in paths:
        if path in by_name:
            made[path] = by_name[path]
        elif path and (standing := view.standing_for(path)):
            made[path] = by_key[standing.key]
    for link in table.findall(node_kinds.layer_link):
        if link["path"] in made:
            link["refid"] = made[link["path"]].id
    return made


def give_ids_to_models(page: nodes.document, table: nodes.Element, names: Sequence[str]) -> dict[str, Place]:
    """Give ids to the rows of a table of models, ``zoo-resnet50``; return the name of each model → its place."""
    prefix = table["ids"][0]
    made: dict[str, Place] = {}
    for name, row in zip(names, rows(table), strict=True):
        own = _give_id(page, row, f"{prefix}-{name}")
        made.setdefault(name, Place(own, own))
    return made


def _is_name(run: Run) -> bool:
    return run.mark is Mark.NAME


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
