from __future__ import annotations

import re
from pathlib import Path

import pytest

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.rendering import formats
from sphinx_paramdoc.table.columns import COLUMNS
from tests.sphinx_paramdoc.makers import Maker, layer
from tests.sphinx_paramdoc.table.networks import resnet50

LONGEST = (
    "4 × 512 = 2,048 (4 (gamma, beta, moving mean, moving variance) × channels); "
    "1,024 non-trainable: moving mean and moving variance are tracked, not learned"
)

WIDE = """\
functional (keras.models.Model)

Layer                                     Output shape  Parameters  Explanation
{rule}
input_layer (InputLayer)                  (None, 4096)           0  no weights: it only declares the input's shape
dense (Dense)                             (None, 512)    2,097,664  4096 × 512 + 512 = 2,097,664 \
(inputs × units + units)
batch_normalization (BatchNormalization)  (None, 512)        2,048  {longest}
dropout (Dropout)                         (None, 512)            0  no weights: it only masks activations
dense_1 (Dense)                           (None, 80)        41,040  512 × 80 + 80 = 41,040 (inputs × units + units)
{rule}
Total                                                    2,140,752  2,139,728 trainable + 1,024 non-trainable
                                                          8.17 MiB  8.16 MiB + 4.00 KiB"""

NARROW = """\
functional (keras.models.Model)
Layer                                     Output shape  Parameters
──────────────────────────────────────────────────────────────────
input_layer (InputLayer)                  (None, 4096)           0
  no weights: it only declares the input's shape
dense (Dense)                             (None, 512)    2,097,664
  4096 × 512 + 512 = 2,097,664 (inputs × units + units)
batch_normalization (BatchNormalization)  (None, 512)        2,048
  4 × 512 = 2,048 (4 (gamma, beta, moving mean, moving variance) × channels);
  1,024 non-trainable: moving mean and moving variance are tracked, not learned
dropout (Dropout)                         (None, 512)            0
  no weights: it only masks activations
dense_1 (Dense)                           (None, 80)        41,040
  512 × 80 + 80 = 41,040 (inputs × units + units)
──────────────────────────────────────────────────────────────────
Total  2,139,728 trainable + 1,024 non-trainable         2,140,752
       8.16 MiB + 4.00 KiB                                8.17 MiB"""

NARROWEST = """\
functional (keras.models.Model)
Layer                         Parameters
────────────────────────────────────────
input_layer (InputLayer)               0
  Output shape: (None, 4096)
  no weights: it only declares the
  input's shape
dense (Dense)                  2,097,664
  Output shape: (None, 512)
  4096 × 512 + 512 = 2,097,664
  inputs × units + units
batch_normalization                2,048
(BatchNormalization)
  Output shape: (None, 512)
  4 × 512 = 2,048
  4 (gamma, beta, moving mean, moving
  variance) × channels
  1,024 non-trainable: moving mean and
  moving variance are tracked, not
  learned
dropout (Dropout)                      0
  Output shape: (None, 512)
  no weights: it only masks activations
dense_1 (Dense)                   41,040
  Output shape: (None, 80)
  512 × 80 + 80 = 41,040
  inputs × units + units
────────────────────────────────────────
Total                          2,140,752
  2,139,728 trainable + 1,024
  non-trainable (8.16 MiB + 4.00 KiB);
  8.17 MiB"""


def rule(explanation: int) -> str:
    return "  ".join("─" * width for width in (40, 12, 10, explanation))


def test_without_a_limit_nothing_wraps(seed: facts.Model) -> None:
    assert formats.write(table.build(seed), "text") == WIDE.format(longest=LONGEST, rule=rule(len(LONGEST)))


def test_the_table_that_the_manual_shows(seed: facts.Model, repository: Path) -> None:
    shown = (repository / "docs" / "snippets" / "terminal.txt").read_text(encoding="utf-8")
    assert formats.write(table.build(seed), "text", width=80) + "\n" == shown


def test_prose_wraps_where_there_is_room_for_it_beside_the_numbers(seed: facts.Model) -> None:
    written = formats.write(table.build(seed), "text", width=120).splitlines()
    assert "dense (Dense)                             (None, 512)    2,097,664  4096 × 512 + 512 = 2,097,664" in written
    assert max(map(len, written)) == 120


def test_what_explains_a_row_stands_below_it_where_there_is_little_room(seed: facts.Model) -> None:
    assert formats.write(table.build(seed), "text", width=80) == NARROW


def test_names_stand_above_classes_and_shapes_below_where_there_is_hardly_any_room(seed: facts.Model) -> None:
    assert formats.write(table.build(seed), "text", width=40) == NARROWEST


OPENED = """\
m (mine.Net)

Layer                  Output shape  Parameters  Explanation
{rule}
b0 to b2 (Block)       ?                    120  3 × 40 = 120; each dense 20 (4 × 4 + 4) + dense_1 20 (4 × 4 + 4) = 40
│                                                inputs × units + units
├─ dense (Dense)       (None, 4)             20  4 × 4 + 4 = 20
├─ dense_1 (Dense)     (None, 4)             20  4 × 4 + 4 = 20
└─ 2 equal ones: b1, b2
head and tail (Block)  ?                      0  2 layers, each shared with b0/dense
├─ tied (Block)        ?                      0  shared with b0/dense
└─ 1 equal one: tail
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
    assert len(formats.write(built, "text").splitlines()) == len(OPENED.splitlines()) - 5


def test_notes_stand_below_the_total_and_long_names_in_several_lines() -> None:
    written = formats.write(table.build(resnet50()), "text", width=150).splitlines()
    assert written[-1] == "[1] moving mean and moving variance are tracked, not learned"
    assert len(written) < 45
    assert max(map(len, written)) <= 150
    place = next(number for number, line in enumerate(written) if line.startswith("pool1_pad"))
    assert written[place].startswith("pool1_pad, pool1_pool   ")
    assert written[place + 1] == "(ZeroPadding2D, MaxPooling2D)"


def test_the_number_of_a_note_stays_with_what_it_is_about() -> None:
    for width in range(40, 120, 4):
        lines = formats.write(table.build(resnet50()), "text", width=width).split("Total")[0].splitlines()
        assert any("[1]" in line for line in lines)
        assert not [line for line in lines if line.lstrip().startswith("[")]


@pytest.mark.parametrize(("width", "most"), [(100, 40), (80, 80)])
def test_a_resnet_is_one_screen(width: int, most: int) -> None:
    written = formats.write(table.build(resnet50()), "text", width=width).splitlines()
    assert len(written) <= most
    assert max(map(len, written)) <= width


def test_sizes_stand_beside_how_the_total_divides_where_a_line_less_costs_little_room() -> None:
    built = table.build(resnet50())
    divided = "25,583,592 trainable + 53,120 non-trainable"
    for width, expected in {
        80: [f"Total  {divided}", "25,636,712", "       97.59 MiB + 207.50 KiB", "97.80 MiB"],
        100: [f"Total  {divided}; 97.59 MiB + 207.50 KiB = 97.80 MiB", "25,636,712"],
        60: ["Total", "25,636,712", f"  {divided} (97.59 MiB +", "  207.50 KiB); 97.80 MiB"],
    }.items():
        lines = formats.write(built, "text", width=width).splitlines()[:-1]
        place = next(place for place, line in enumerate(lines) if line.startswith("Total"))
        assert [part for line in lines[place:] for part in re.split(r" {2,}(?=\d[\d,.]*(?: MiB)?$)", line)] == expected


@pytest.mark.parametrize("columns", [(), tuple(COLUMNS), ("params", "layer"), ("explanation",)])
@pytest.mark.parametrize("depth", [0, 1])
def test_no_line_is_wider_than_the_terminal(depth: int, columns: tuple[str, ...]) -> None:
    built = table.build(resnet50())
    for width in (20, 33, 47, 60, 80, 100, 133, 200):
        written = formats.write(built, "text", width=width, depth=depth, columns=columns).splitlines()
        assert max(map(len, written)) <= width


def test_the_tree_goes_on_beside_what_explains_a_row(make: Maker) -> None:
    inner = layer("net/inner", make.dense("net/inner/a"), make.dense("net/inner/b", 8, 8))
    written = formats.write(make.table(layer("net", inner, make.dense("net/c", 8, 2))), "text", width=60, depth=2)
    assert [line[:24].rstrip() for line in written.splitlines()[3:-2]] == [
        "net (Block)       ?",
        "│ inner 112 + c 18 = 130",
        "├─ inner (Block)  ?",
        "│  │ a 40 (4 × 8 + 8) +",
        "│  │ inputs × units + un",
        "│  ├─ a (Dense)   (None,",
        "│  │    4 × 8 + 8 = 40",
        "│  └─ b (Dense)   (None,",
        "│       8 × 8 + 8 = 72",
        "└─ c (Dense)      (None,",
        "     8 × 2 + 2 = 18",
    ]


def test_what_is_very_far_inside_leaves_room_for_names(make: Maker) -> None:
    deepest = make.dense("/".join("abcdefghijklmnopqrstuvwxyz"))
    for n in range(25, 0, -1):
        deepest = layer("/".join("abcdefghijklmnopqrstuvwxyz"[:n]), deepest, make.dense(f"other_{n}"))
    written = formats.write(make.table(deepest), "text", width=40, depth=30).splitlines()
    assert max(map(len, written)) == 40
    assert "z (Dense)" in "".join(written)


def test_wide_characters_take_two_columns(make: Maker) -> None:
    written = formats.write(make.table(make.dense("畳み込み"), make.dense("e\u0301tage", 8)), "text").splitlines()
    assert written[4].startswith("畳み込み (Dense)  (None, 8)")
    assert written[5].startswith("e\u0301tage (Dense)     (None, 8)")
    narrow = formats.write(make.table(make.dense("畳み込み" * 6)), "text", width=40)
    assert "畳み込み畳み込み畳み込み畳み " in narrow


def test_a_name_cannot_move_the_cursor(make: Maker) -> None:
    written = formats.write(make.table(make.dense("a\x1b[2Jb\nc")), "text")
    assert "a\\x1b[2Jb\\nc (Dense)" in written
    assert "\x1b" not in written


def test_colours_say_what_is_heavy_what_is_quiet_and_what_numbers_have_names(seed: facts.Model) -> None:
    plain = formats.write(table.build(seed), "text", width=80)
    colored = formats.write(table.build(seed), "text", width=80, is_colored=True)
    assert re.sub(r"\x1b\[\d*m", "", colored) == plain
    assert "\x1b[1mdense\x1b[0m \x1b[2m(Dense)\x1b[0m" in colored
    assert "\x1b[2mdropout\x1b[0m \x1b[2m(Dropout)\x1b[0m" in colored
    assert "\x1b[1m2,097,664\x1b[0m" in colored
    assert "  \x1b[36m4096\x1b[0m × \x1b[36m512\x1b[0m + \x1b[36m512\x1b[0m = 2,097,664" in colored
    assert "\x1b[2mno weights: it only masks activations\x1b[0m" in colored


def test_chosen_columns_stand_in_their_order(seed: facts.Model) -> None:
    written = formats.write(table.build(seed), "text", columns=["params", "share", "layer", "class"]).splitlines()
    assert written[2].split() == ["Parameters", "Share", "Layer", "Class"]
    assert written[5].split() == ["2,097,664", "98.0", "%", "dense", "Dense"]
