from __future__ import annotations

from pathlib import Path

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.rendering import text

WIDE = """\
functional (keras.models.Model)

Layer                                     Output shape  Parameters  Explanation
{rule}
input_layer (InputLayer)                  (None, 4096)           0  no weights: it only declares the input's shape
dense (Dense)                             (None, 512)    2,097,664  4096 × 512 + 512 = 2,097,664
batch_normalization (BatchNormalization)  (None, 512)        2,048  4 × 512 = 2,048; 1,024 non-trainable: moving mean \
and moving variance are tracked, not learned
dropout (Dropout)                         (None, 512)            0  no weights: it only masks activations
dense_1 (Dense)                           (None, 80)        41,040  512 × 80 + 80 = 41,040
{rule}
Total                                                    2,140,752  2,139,728 trainable + 1,024 non-trainable"""

NARROW = """\
functional (keras.models.Model)

Layer                                     Output shape  Parameters  Explanation
{rule}
input_layer (InputLayer)                  (None, 4096)           0  no weights: it only declares the
                                                                    input's shape
dense (Dense)                             (None, 512)    2,097,664  4096 × 512 + 512 = 2,097,664
batch_normalization (BatchNormalization)  (None, 512)        2,048  4 × 512 = 2,048; 1,024
                                                                    non-trainable: moving mean and
                                                                    moving variance are tracked, not
                                                                    learned
dropout (Dropout)                         (None, 512)            0  no weights: it only masks
                                                                    activations
dense_1 (Dense)                           (None, 80)        41,040  512 × 80 + 80 = 41,040
{rule}
Total                                                    2,140,752  2,139,728 trainable + 1,024
                                                                    non-trainable"""


def rule(explanation: int) -> str:
    return "  ".join("─" * width for width in (40, 12, 10, explanation))


def test_without_a_limit_each_row_is_a_line(seed: facts.Model) -> None:
    assert text.render(table.build(seed)) == WIDE.format(rule=rule(94))


def test_the_table_that_the_manual_shows(seed: facts.Model, repository: Path) -> None:
    shown = (repository / "docs" / "snippets" / "terminal.txt").read_text(encoding="utf-8")
    assert text.render(table.build(seed)) + "\n" == shown


def test_the_explanation_wraps_at_the_terminals_width(seed: facts.Model) -> None:
    assert text.render(table.build(seed), 100) == NARROW.format(rule=rule(32))
    assert max(map(len, text.render(table.build(seed), 100).splitlines())) == 100


def test_a_terminal_that_is_too_narrow_keeps_the_explanation_readable(seed: facts.Model) -> None:
    assert "  no weights: it only\n" in text.render(table.build(seed), 40)
