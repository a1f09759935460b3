"""What prose can quote of a table, and how a text is read that says which."""

from __future__ import annotations

import pytest

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.table import quoting
from sphinx_paramdoc.table.quoting import NotFoundError, Quantity, find
from sphinx_paramdoc.table.sizes import size
from tests.sphinx_paramdoc.makers import Maker, of


def quotables(model: facts.Model) -> quoting.Quotables:
    return quoting.quotables(table.build(model), table.build(model, unfold=True))


@pytest.fixture(scope="module")
def tables(seed: facts.Model) -> quoting.Tables:
    maker = Maker()
    blocks = [maker.block(f"block{number}") for number in range(3)]
    return {
        "mlp": quotables(seed),
        "mlp/deep": quotables(of([*blocks, maker.dense("size"), maker.dense("head", 4, 2)], maker.weights)),
        "failed": None,
    }


@pytest.mark.parametrize(
    ("text", "count", "formula"),
    [
        ("mlp", "2,140,752", "2,097,664 + 2,048 + 41,040 = 2,140,752"),
        ("mlp trainable", "2,139,728", "dense 2,097,664 + batch_normalization 1,024 + dense_1 41,040 = 2,139,728"),
        ("mlp non-trainable", "1,024", "1,024"),
        ("mlp size", "8.17 MiB", "2,140,752 × 4 bytes = 8.17 MiB"),
        ("mlp/batch_normalization", "2,048", "4 × 512 = 2,048"),
        ("mlp/batch_normalization non-trainable", "1,024", "moving_mean 512 + moving_variance 512 = 1,024"),
        ("mlp/batch_normalization  size", "8.00 KiB", "2,048 × 4 bytes = 8.00 KiB"),
        ("  MLP/dense ", "2,097,664", "4096 × 512 + 512 = 2,097,664"),
        ("mlp/dropout", "0", "no weights: it only masks activations"),
        ("mlp/dropout size", "0 B", "0 B"),
        # Of equal layers that a table folds, each can be named, and so can the layers inside them.
        ("mlp/deep", "170", "3 × 40 + 40 + 10 = 170"),
        ("mlp/deep/block1", "40", "dense 20 (4 × 4 + 4) + dense_1 20 (4 × 4 + 4) = 40"),
        ("mlp/deep/block2/dense_1", "20", "4 × 4 + 4 = 20"),
        ("mlp/deep/block2/dense_1 trainable", "20", "kernel 16 + bias 4 = 20"),
        # Whatever the last word is, a layer of that name is meant.
        ("mlp/deep/size", "40", "4 × 8 + 8 = 40"),
        ("mlp/deep/size size", "160 B", "40 × 4 bytes = 160 B"),
    ],
)
def test_what_is_quoted(tables: quoting.Tables, text: str, count: str, formula: str) -> None:
    found = find(text, tables, {})
    assert found.quotable is not None
    assert (found.quotable.counts[found.quantity], found.quotable.formulas[found.quantity]) == (count, formula)


def test_the_longest_label_counts(tables: quoting.Tables) -> None:
    assert find("mlp/deep/head", tables, {}).label == "mlp/deep"
    assert find("mlp/dense", tables, {}).label == "mlp"


def test_a_table_that_is_missing_answers_for_all_its_layers(tables: quoting.Tables) -> None:
    found = find("failed/anything size", tables, {})
    assert (found.label, found.quotable, found.quantity) == ("failed", None, Quantity.PARAMS)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("mpl", "no parameter table has the label 'mpl'; did you mean 'mlp'?"),
        ("xyz size", "no parameter table has the label 'xyz'; there are 'mlp', 'mlp/deep', 'failed'"),
        ("mlp/dens", "the table 'mlp' has no layer 'dens'; did you mean 'dense'?"),
        ("mlp/deep/dense_1", "the table 'mlp/deep' has no layer 'dense_1'; did you mean 'block0/dense_1'?"),
        ("mlp/Dense", "the table 'mlp' has no layer 'Dense'; did you mean 'dense'?"),
        ("mlp/", "the table 'mlp' has no layer '/'"),
        ("mlp/block0 to block2", "the table 'mlp' has no layer 'block0 to block2'; there are"),
        ("mlp/deep/block0 to block2", "the table 'mlp/deep' has no layer 'block0 to block2'; did you mean 'block0'?"),
        ("mlp params", "'params' is no quantity of 'mlp': there are trainable, non-trainable, size"),
        ("mlp/dense nontrainable", "'nontrainable' is no quantity of 'mlp/dense': there are trainable, non-train"),
        ("the model <mlp>", "'the model <mlp>' has a title or a mark, and takes none"),
        ("!mlp", "'!mlp' has a title or a mark, and takes none"),
        ("intro", "'intro' is the label of something that is no parameter table"),
        ("size", "no parameter table has the label 'size'"),
        ("", "no parameter table has the label ''"),
    ],
)
def test_what_refers_to_nothing(tables: quoting.Tables, text: str, message: str) -> None:
    with pytest.raises(NotFoundError) as raised:
        find(text, tables, {"intro": None})
    assert str(raised.value).startswith(message)


def test_a_total_that_is_no_sentence() -> None:
    maker = Maker()
    wide = [maker.dense(f"d{n}", n + 1, n + 2) for n in range(9)]
    assert quotables(of(wide, maker.weights))[""].formulas[Quantity.PARAMS] == "384"
    assert quotables(of(wide[:1], maker.weights[:2]))[""].formulas[Quantity.PARAMS] == "1 × 2 + 2 = 4"
    frozen = maker.dense("frozen", 2, 2)
    weights = [*maker.weights[:-2], *(facts.Weight(w.path, w.name, w.shape, "int8", False) for w in maker.weights[-2:])]
    both = quotables(of([*wide, frozen], weights))[""]
    assert both.formulas[Quantity.PARAMS] == "384 trainable + 6 non-trainable = 390"
    assert both.formulas[Quantity.SIZE] == "384 × 4 bytes + 6 × 1 byte = 1.51 KiB"


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1.00 KiB"),
        (8_563_008, "8.17 MiB"),
        (2**40, "1.00 TiB"),
        (2**60, "1,024.00 PiB"),
    ],
)
def test_sizes(count: int, text: str) -> None:
    assert size(count) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1.00 KiB"),
        (1024**2 - 1, "1,024.00 KiB"),
        (1024**2, "1.00 MiB"),
        (8563008, "8.17 MiB"),
        (5 * 1024**6, "5,120.00 PiB"),
        (2**1100, f"{2**1050:,} PiB"),
    ],
)
def test_sizes_at_the_edges_of_units(count: int, text: str) -> None:
    assert size(count) == text
