from __future__ import annotations

from collections.abc import Sequence

import msgspec
from docutils import nodes

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.rendering import node_kinds
from sphinx_paramdoc.rendering import nodes as rendering
from sphinx_paramdoc.table import columns
from sphinx_paramdoc.table.arranging import arrange
from tests.sphinx_paramdoc.makers import Maker


def rendered(built: table.Table, depth: int = 0, names: Sequence[str] = ()) -> nodes.table:
    made = rendering.render(arrange(built, depth=depth), columns.chosen(names))
    [given] = [node for node in made if isinstance(node, nodes.table)]
    return given


def shown_at_once(given: nodes.table) -> list[list[str]]:
    rows = given.findall(nodes.row)
    return [
        [cell.astext() for cell in row.findall(nodes.entry)] for row in rows if node_kinds.CLOSED not in row["classes"]
    ]


def shown(seed: facts.Model) -> nodes.table:
    return rendered(table.build(seed))


def test_every_cell_holds_its_text(seed: facts.Model) -> None:
    rows = [[entry.astext() for entry in row.findall(nodes.entry)] for row in shown(seed).findall(nodes.row)]
    assert rows[0] == ["Layer", "Output shape", "Parameters", "Explanation"]
    assert rows[2][:3] == ["dense (Dense)", "(None, 512)", "2,097,664"]
    assert rows[2][3] == "4096 × 512 + 512 = 2,097,664 inputs × units + units"
    assert rows[-1][:3] == ["Total", "", "2,140,752 8.17 MiB"]
    assert rows[-1][3] == "2,139,728 trainable + 1,024 non-trainable 8.16 MiB + 4.00 KiB"
    assert len(rows) == 7


def test_numbers_say_what_they_are(seed: facts.Model) -> None:
    terms = [(term.astext(), term["title"]) for term in shown(seed).findall(node_kinds.formula_term)]
    assert terms[:3] == [("4096", "inputs"), ("512", "units"), ("512", "units")]
    assert ("4", "gamma, beta, moving mean, moving variance") in terms


def test_the_shape_of_each_tensor_stays_whole(seed: facts.Model) -> None:
    shapes = [node.astext() for node in shown(seed).findall(nodes.inline) if "paramdoc-shape" in node["classes"]]
    assert shapes == ["(None, 4096)", "(None, 512)", "(None, 512)", "(None, 512)", "(None, 80)"]


def test_rows_are_no_matter_for_translators_nor_for_typographic_quotes(seed: facts.Model) -> None:
    given = shown(seed)
    assert all(paragraph["translatable"] is False for paragraph in given.findall(nodes.paragraph))
    assert all(group["support_smartquotes"] is False for group in given.findall(nodes.tgroup))


def test_columns_of_a_text_file_hold_their_longest_cell(seed: facts.Model) -> None:
    widths = [spec["colwidth"] for spec in shown(seed).findall(nodes.colspec)]
    assert widths == [len('"batch_normalization (BatchNormalization)"'), len("(None, 4096)"), len("**2,140,752**"), 60]


def test_a_long_table_may_go_on_to_the_next_page_of_a_pdf(seed: facts.Model) -> None:
    assert "longtable" not in shown(seed)["classes"]
    many = [
        msgspec.structs.replace(seed.layers[0], path=f"i{number}", name=f"i{number}", output_shape=[None, number])
        for number in range(20)
    ]
    assert "longtable" in shown(msgspec.structs.replace(seed, layers=[*many, *seed.layers]))["classes"]


def test_a_folded_row_has_two_names_and_what_it_opens_stands_further_right(make: Maker) -> None:
    built = make.table(*(make.block(f"b{n}") for n in range(3)), make.dense("head", 4, 2))
    given = rendered(built, depth=1)
    rows = list(given.findall(nodes.row))[1:]
    assert [row[0].astext() for row in rows] == [
        "b0 to b2 (Block)",
        "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}dense (Dense)",
        "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}dense_1 (Dense)",
        "head (Dense)",
        "Total",
    ]
    assert [name.astext() for name in given.findall(node_kinds.layer_name)] == ["b0", "b2", "dense", "dense_1", "head"]
    assert [row[2].astext().split()[0] for row in rows] == ["120", "20", "20", "10", "130"]
    [width, *_] = [spec["colwidth"] for spec in given.findall(nodes.colspec)]
    assert width == len('"b0" to "b2" (Block)')
    assert len(shown_at_once(given)) == 6


def test_a_row_says_what_it_opens_to_and_what_equals_that(make: Maker) -> None:
    built = make.table(*(make.block(f"b{n}") for n in range(3)), make.dense("head", 4, 2))
    given = rendered(built)
    assert [row[0] for row in shown_at_once(given)] == ["Layer", "b0 to b2 (Block)", "head (Dense)", "Total"]
    block, _, last, head, _ = given.findall(node_kinds.layer_row)
    assert (block["opens"], block["is_open"], block["others"]) == ("one of 3", False, "2 equal ones: b1, b2")
    assert (last["closes"], "opens" in last) == (1, False)
    assert "opens" not in head
    opened = next(iter(rendered(built, depth=1).findall(node_kinds.layer_row)))
    assert opened["is_open"]
    [single, *_] = rendered(make.table(make.block("c"))).findall(node_kinds.layer_row)
    assert (single["opens"], single["others"]) == ("2 layers", "")


def test_rows_without_weights_are_quiet(seed: facts.Model) -> None:
    quiet = [
        next(row.findall(nodes.entry)).astext()
        for row in shown(seed).findall(nodes.row)
        if "paramdoc-quiet" in row["classes"]
    ]
    assert quiet == ["input_layer (InputLayer)", "dropout (Dropout)"]


def test_columns_are_those_that_are_chosen(seed: facts.Model) -> None:
    given = rendered(table.build(seed), names=["layer", "class", "share", "weights"])
    rows = [[entry.astext() for entry in row.findall(nodes.entry)] for row in given.findall(nodes.row)]
    assert rows[0] == ["Layer", "Class", "Share", "Weights"]
    assert rows[2] == ["dense", "Dense", "98.0 %", "kernel 4096 × 512; bias 512"]
    assert "paramdoc-columns-4" in given["classes"]
    assert [cell["heading"] for cell in given.findall(nodes.entry) if "heading" in cell][:3] == [
        "Class:",
        "Share:",
        "Weights:",
    ]
    [share, *_] = [round(node["part"], 3) for node in given.findall(node_kinds.share_of_total)][1:]
    assert share == 0.98


def test_a_long_table_is_one_that_shows_many_rows(make: Maker) -> None:
    built = make.table(*(make.dense(f"d{n}", 4, n + 1) for n in range(3)), make.block("b"), make.block("c", first=9))
    assert "longtable" not in rendered(built, depth=1)["classes"]
    many = make.table(*(make.block(f"c{n}", output_shape=[None, n]) for n in range(4)))
    assert "longtable" not in rendered(many)["classes"]
    assert "longtable" in rendered(many, depth=1)["classes"]
