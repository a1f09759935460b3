from __future__ import annotations

from markdown_it import MarkdownIt

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.rendering import formats
from tests.sphinx_paramdoc.makers import Maker
from tests.sphinx_paramdoc.table.networks import resnet50

SEED = """\
**functional** (keras.models.Model)

| Layer | Output shape | Parameters | Explanation |
|---|---|---:|---|
| input_layer (InputLayer) | (None, 4096) | 0 | no weights: it only declares the input's shape |
| dense (Dense) | (None, 512) | 2,097,664 | 4096 × 512 + 512 = 2,097,664<br><small>inputs × units + units</small> |
| batch_normalization (BatchNormalization) | (None, 512) | 2,048 | 4 × 512 = 2,048<br>\
<small>4 (gamma, beta, moving mean, moving variance) × channels</small><br>\
1,024 non-trainable: moving mean and moving variance are tracked, not learned |
| dropout (Dropout) | (None, 512) | 0 | no weights: it only masks activations |
| dense_1 (Dense) | (None, 80) | 41,040 | 512 × 80 + 80 = 41,040<br><small>inputs × units + units</small> |
| **Total** | | **2,140,752**<br><small>8.17 MiB</small> | 2,139,728 trainable + 1,024 non-trainable<br>\
<small>8.16 MiB + 4.00 KiB</small> |"""

ODD = [
    "a|b",
    "*a*",
    "__init__",
    "_a_",
    "a_b_c",
    "`a`",
    "a<b>",
    "<!-- a",
    "[a](b)",
    "[a][b]",
    "~~a~~",
    "a\\b",
    "&amp;",
    "@a",
    "$a$b$",
    "a\nb",
    "畳み込み",
]
"""Names of layers that mean something in Markdown."""


def test_the_manuals_first_model(seed: facts.Model) -> None:
    assert formats.write(table.build(seed), "markdown") == SEED


def test_names_show_as_they_are_whatever_they_mean_in_markdown(make: Maker) -> None:
    built = make.table(*(make.dense(name, 4, 5 + place) for place, name in enumerate(ODD)))
    reader = MarkdownIt("gfm-like", {"linkify": False, "html": True})
    tokens = reader.parse(formats.write(built, "markdown"))
    cells = [token for token in tokens if token.type == "inline" and " (Dense)" in token.content]
    shown = [
        "".join(child.content for child in cell.children or ()).removesuffix(" (Dense)")
        for cell in cells
        if {child.type for child in cell.children or ()} <= {"text", "text_special"}
    ]
    assert shown == [name.replace("\n", "\\n") for name in ODD]


def test_what_is_inside_stands_further_right(make: Maker) -> None:
    written = formats.write(make.table(*(make.block(f"b{n}") for n in range(3))), "markdown", depth=1)
    assert "| &nbsp;&nbsp;&nbsp;&nbsp;dense (Dense) | (None, 4) | 20 |" in written
    assert "| &nbsp;&nbsp;&nbsp;&nbsp;2 equal ones: b1, b2 | | | |" in written


def test_the_numbers_of_two_notes_are_two() -> None:
    assert "2 layers without weights<sup>2, 3</sup> |" in formats.write(table.build(resnet50()), "markdown", depth=1)
