from __future__ import annotations

from pathlib import Path

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.rendering import formats
from tests.sphinx_paramdoc.makers import Maker, layer
from tests.sphinx_paramdoc.table.networks import resnet50

WIDE = """\
functional (keras.models.Model)

Layer                                     Output shape  Parameters  Explanation
{rule}
input_layer (InputLayer)                  (None, 4096)           0  no weights: it only declares the input's shape
dense (Dense)                             (None, 512)    2,097,664  4096 × 512 + 512 = 2,097,664
                                                                    inputs × units + units
batch_normalization (BatchNormalization)  (None, 512)        2,048  4 × 512 = 2,048; 1,024 non-trainable: moving mean \
and moving variance are tracked, not learned
                                                                    4 × channels; 4: gamma, beta, moving mean, \
moving variance
dropout (Dropout)                         (None, 512)            0  no weights: it only masks activations
dense_1 (Dense)                           (None, 80)        41,040  512 × 80 + 80 = 41,040
{rule}
Total                                                    2,140,752  2,139,728 trainable + 1,024 non-trainable
                                                          8.17 MiB"""

NARROW = """\
functional (keras.models.Model)

Layer                                     Output shape  Parameters  Explanation
{rule}
input_layer (InputLayer)                  (None, 4096)           0  no weights: it only declares the
                                                                    input's shape
dense (Dense)                             (None, 512)    2,097,664  4096 × 512 + 512 = 2,097,664
                                                                    inputs × units + units
batch_normalization (BatchNormalization)  (None, 512)        2,048  4 × 512 = 2,048; 1,024
                                                                    non-trainable: moving mean and
                                                                    moving variance are tracked, not
                                                                    learned
                                                                    4 × channels; 4: gamma, beta,
                                                                    moving mean, moving variance
dropout (Dropout)                         (None, 512)            0  no weights: it only masks
                                                                    activations
dense_1 (Dense)                           (None, 80)        41,040  512 × 80 + 80 = 41,040
{rule}
Total                                                    2,140,752  2,139,728 trainable + 1,024
                                                          8.17 MiB  non-trainable"""


def rule(explanation: int) -> str:
    return "  ".join("─" * width for width in (40, 12, 10, explanation))


def test_without_a_limit_nothing_wraps(seed: facts.Model) -> None:
    assert formats.write(table.build(seed), "text") == WIDE.format(rule=rule(94))


def test_the_table_that_the_manual_shows(seed: facts.Model, repository: Path) -> None:
    shown = (repository / "docs" / "snippets" / "terminal.txt").read_text(encoding="utf-8")
    assert formats.write(table.build(seed), "text") + "\n" == shown


def test_the_explanation_wraps_at_the_terminals_width(seed: facts.Model) -> None:
    assert formats.write(table.build(seed), "text", width=100) == NARROW.format(rule=rule(32))
    assert max(map(len, formats.write(table.build(seed), "text", width=100).splitlines())) == 100


def test_a_terminal_that_is_too_narrow_keeps_the_explanation_readable(seed: facts.Model) -> None:
    assert "  no weights: it only\n" in formats.write(table.build(seed), "text", width=40)


OPENED = """\
m (mine.Net)

Layer                  Output shape  Parameters  Explanation
{rule}
b0 to b2 (Block)       ?                    120  3 × 40 = 120; each dense 20 (4 × 4 + 4) + dense_1 20 (4 × 4 + 4) = 40
  dense (Dense)        (None, 4)             20  4 × 4 + 4 = 20
                                                 inputs × units + units
  dense_1 (Dense)      (None, 4)             20  4 × 4 + 4 = 20
  2 equal ones: b1, b2
head and tail (Block)  ?                      0  2 layers, each shared with b0/dense
  tied (Block)         ?                      0  shared with b0/dense
  1 equal one: tail
{rule}
Total                                       120  all trainable
                                          480 B"""


def test_layers_that_open_show_those_inside_them_further_right(make: Maker) -> None:
    blocks = [make.block(f"b{n}") for n in range(3)]
    tied = [layer(name, layer(f"{name}/tied", weights=[0])) for name in ("head", "tail")]
    built = make.table(*blocks, *tied)
    rules = "  ".join("─" * width for width in (21, 12, 10, 69))
    assert formats.write(built, "text", depth=1) == OPENED.format(rule=rules)
    assert formats.write(built, "text", depth=7) == formats.write(built, "text", depth=1)
    assert len(formats.write(built, "text").splitlines()) == len(OPENED.splitlines()) - 6


def test_notes_stand_below_the_total_and_long_names_in_several_lines() -> None:
    written = formats.write(table.build(resnet50()), "text", width=150).splitlines()
    assert written[-1] == "[1] moving mean and moving variance are tracked, not learned"
    assert len(written) < 45
    assert max(map(len, written)) <= 150
    place = next(number for number, line in enumerate(written) if line.startswith("pool1_pad"))
    assert written[place].startswith("pool1_pad, pool1_pool (ZeroPadding2D,  ")
    assert written[place + 1] == "  MaxPooling2D)"


def test_chosen_columns_stand_in_their_order(seed: facts.Model) -> None:
    written = formats.write(table.build(seed), "text", columns=["params", "share", "layer", "class"]).splitlines()
    assert written[2].split() == ["Parameters", "Share", "Layer", "Class"]
    assert written[5].split() == ["2,097,664", "98.0", "%", "dense", "Dense"]
