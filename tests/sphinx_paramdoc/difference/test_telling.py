"""What changed as nodes of a page, and in the language of that."""

from __future__ import annotations

from docutils import nodes
from msgspec.structs import replace

from sphinx_paramdoc import facts
from sphinx_paramdoc.rendering.changes.nodes import render
from sphinx_paramdoc.rendering.node_kinds import CLOSED, layer_row
from sphinx_paramdoc.said import ENGLISH, Words
from tests.sphinx_paramdoc.difference.comparing import difference, model
from tests.sphinx_paramdoc.languages import WORD, ZHE
from tests.sphinx_paramdoc.makers import Maker, layer

NAMES = {"fc", "old", "new", "was", "now", "block", "up", "free", "held", "kernel", "bias", "Dense", "bfloat", "float"}
NAMES |= {"alone", "head", "mine", "None", "pool", "tied", "base"}
NAMES |= {"flat", "sum", "last", "ordered", "one", "back", "reverse", "embeddings"}
"""What is called so in every language."""


def freeze(make: Maker, path: str, *, is_frozen: bool) -> facts.Layer:
    made = make.dense(path)
    for number in made.weights:
        if is_frozen:
            frozen = {"trainable": False, "reason": "frozen_layer", "frozen_by": path}
            make.weights[number] = replace(make.weights[number], **frozen)
    return replace(made, frozen_by=path if is_frozen else None)


def back(make: Maker, *, is_tied: bool) -> facts.Layer:
    names = ["embeddings", "reverse_embeddings"][: 1 if is_tied else 2]
    held = [make.weight("back", name, 4, 4) for name in names]
    return layer("back", class_name="keras.layers.ReversibleEmbedding", weights=held)


def before(make: Maker) -> list[facts.Layer]:
    first = make.dense("fc", 4, 8)
    return [
        first,
        make.dense("old", 8, 8),
        make.dense("was", 7, 3),
        *(layer(f"block_{i}", make.dense(f"block_{i}/up", 4, 4)) for i in range(2)),
        freeze(make, "free", is_frozen=False),
        freeze(make, "held", is_frozen=True),
        layer("pool", output_shape=[None, 4]),
        layer("flat", output_shape=[None, 8]),
        make.dense("alone"),
        make.dense("head", 4, 8),
        layer("sum", connected_to=["fc", "pool"]),
        layer("last", connected_to=["sum"]),
        layer("ordered", layer("ordered/one"), layer("ordered/two")),
        back(make, is_tied=True),
    ]


def after(make: Maker) -> list[facts.Layer]:
    first = make.dense("fc", 4, 16)
    return [
        first,
        make.dense("now", 7, 3),
        *(layer(f"block_{i}", make.dense(f"block_{i}/up", 4, 8)) for i in range(5)),
        freeze(make, "free", is_frozen=True),
        freeze(make, "held", is_frozen=False),
        layer("pool", output_shape=[None, 6]),
        layer("flat", output_shape=[None, 12]),
        make.dense("alone"),
        replace(first, path="head", name="head"),
        layer("sum", connected_to=["alone", "pool"]),
        layer("last", connected_to=["pool"]),
        layer("ordered", layer("ordered/two"), layer("ordered/one")),
        back(make, is_tied=False),
        make.dense("new", 5, 5),
    ]


def shown(words: Words, depth: int = 0) -> tuple[nodes.table, str]:
    made = render(difference(model(before), model(after)), depth=depth, words=words)
    [table] = (node for node in made if isinstance(node, nodes.table))
    return table, "\n".join(node.astext() for node in made if not isinstance(node, nodes.Invisible))


def test_every_sentence_can_be_said_in_another_language() -> None:
    _, english = shown(ENGLISH, depth=1)
    for text in (
        "added (Dense)",
        "removed (Dense)",
        "renamed, was",
        "layers 2 → 5",
        "no longer trained",
        "trained now",
        "inputs: fc, pool → alone, pool; 1 more has other inputs",
        "output (None, 4) → (None, 6); 1 more has another output",
        "1 layer stands elsewhere: one",
        "a matrix of its own, reverse_embeddings 4 × 4 added",
    ):
        assert text in english
    table, text = shown(ZHE, depth=1)
    opens = " ".join(row["opens"] for row in table.findall(layer_row) if "opens" in row)
    assert set(WORD.findall(f"{text} {opens}")) <= NAMES


def test_a_page_holds_closed_what_other_builders_leave_out() -> None:
    table, _ = shown(ENGLISH)
    rows = list(table.findall(layer_row))
    assert sum(CLOSED in row["classes"] for row in rows) == 1
    assert [row["is_open"] for row in rows if "opens" in row] == [False]
    table, _ = shown(ENGLISH, depth=1)
    assert not any(CLOSED in row["classes"] for row in table.findall(layer_row))
    assert sum(row.get("closes", 0) for row in rows) == 1
