"""The graph in the language of Graphviz: what names may hold, and what stands where."""

from __future__ import annotations

import shutil
import subprocess
from xml.etree import ElementTree

import pytest

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.rendering import dot, formats
from sphinx_paramdoc.table.arranging import arrange
from sphinx_paramdoc.table.diagram import Arrow, Box, Diagram
from tests.sphinx_paramdoc.makers import Maker, layer

needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="dot of Graphviz is not installed")

STRANGE = ['say "hi"', r"a\nb", r"\N", "<b>bold</b>", "{a|b}", "&lt;", "größe", "层", "a\\", "-->", "]; x [", "#1"]


def box(number: int, *titles: str, **values: object) -> Box:
    plain: dict[str, object] = {
        "name": titles[0],
        "path": titles[0],
        "is_group": False,
        "params": 0,
        "repeat": 1,
        "share": None,
        "part": 0.0,
        "frozen": 0,
        "calls": 1,
        "boxes": (),
        "is_wired": True,
    }
    return Box(number=number, titles=titles, **{**plain, **values})  # type: ignore[arg-type]


def graph(*boxes: Box, arrows: tuple[Arrow, ...] = (), is_wired: bool = True) -> Diagram:
    return Diagram(name="m", class_name="Net", total=1, boxes=boxes, arrows=arrows, is_wired=is_wired)


def lines(drawn: Diagram) -> list[str]:
    return [line.strip() for line in dot.written(drawn).splitlines()[4:-1]]


def test_the_seed(seed: facts.Model) -> None:
    written = formats.write(table.build(seed), "dot")
    assert written.splitlines()[4:] == [
        '  n0 [label="input_layer (InputLayer)"]',
        r'  n1 [label="dense (Dense)\n2,097,664 · 98.0 %", fillcolor="#0000002f"]',
        r'  n2 [label="batch_normalization (BatchNormalization)\n2,048 · 0.1 %"]',
        '  n3 [label="dropout (Dropout)"]',
        r'  n4 [label="dense_1 (Dense)\n41,040 · 1.9 %", fillcolor="#00000001"]',
        "  n0 -> n1",
        "  n1 -> n2",
        "  n2 -> n3",
        "  n3 -> n4",
        "}",
    ]
    assert formats.write(table.build(seed), "dot") == written


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ('say "hi"', r'"say \"hi\""'),
        (r"a\nb", r'"a\\nb"'),
        (r"\N", r'"\\N"'),
        ("<b>", '"<b>"'),
        ("{a|b}", '"{a|b}"'),
        ("&lt;", '"&amp;lt;"'),
        ("a\\", r'"a\\"'),
    ],
)
def test_a_name_stays_what_it_is(name: str, label: str) -> None:
    assert lines(graph(box(0, name))) == [f"n0 [label={label}]"]


@needs_dot
def test_dot_shows_names_as_they_are() -> None:
    text = dot.written(graph(*(box(number, name) for number, name in enumerate(STRANGE))))
    done = subprocess.run(["dot", "-Tsvg"], input=text, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    shown = [each.text for each in ElementTree.fromstring(done.stdout).iter("{http://www.w3.org/2000/svg}text")]
    assert sorted(map(str, shown)) == sorted(STRANGE)


def test_a_long_title_has_its_class_on_a_line_of_its_own() -> None:
    drawn = graph(box(0, "a_name_that_is_long_by_itself_and_more (Convolution2DTranspose)"))
    assert lines(drawn) == [r'n0 [label="a_name_that_is_long_by_itself_and_more\n(Convolution2DTranspose)"]']


def test_what_is_frozen_has_a_broken_line() -> None:
    [line] = lines(graph(box(0, "a (Dense)", params=8, frozen=8)))
    assert line == r'n0 [label="a (Dense)\n8 · frozen", style="rounded,filled,dashed"]'


def test_an_open_box_is_a_cluster_and_arrows_lead_into_it() -> None:
    inner = (box(2, "x"), box(3, "y"))
    drawn = graph(
        box(0, "in"),
        box(1, "block (Model)", params=6, repeat=2, boxes=inner),
        box(4, "out"),
        arrows=(Arrow(0, 1), Arrow(1, 4), Arrow(2, 3)),
    )
    assert lines(drawn) == [
        'n0 [label="in"]',
        "subgraph cluster_n1 {",
        r'graph [label="block (Model)\l2 × 3\l= 6\l", style="rounded"]',
        'n2 [label="x"]',
        'n3 [label="y"]',
        "}",
        'n4 [label="out"]',
        "n0 -> n2",
        "n3 -> n4",
        "n2 -> n3",
    ]


def test_arrows_end_at_a_box_of_which_it_is_not_known_what_reads_what_in_it() -> None:
    inner = (box(2, "x"), box(3, "y"))
    drawn = graph(
        box(0, "in"), box(1, "block", boxes=inner, is_wired=False), box(4, "out"), arrows=(Arrow(0, 1), Arrow(1, 4))
    )
    assert lines(drawn)[-3:] == [
        "n0 -> n2 [lhead=cluster_n1]",
        "n3 -> n4 [ltail=cluster_n1]",
        "n2 -> n3 [style=invis]",
    ]


def test_boxes_without_arrows_stand_one_below_another() -> None:
    drawn = graph(box(0, "a"), box(1, "b", boxes=(box(2, "c"),)), is_wired=False)
    assert lines(drawn)[-1] == "n0 -> n2 [style=invis]"


def test_a_block_says_once_what_the_names_in_it_begin_with(make: Maker) -> None:
    def block(number: int, before: str) -> list[facts.Layer]:
        stem = f"stage_block{number}"
        return [
            make.dense(f"{stem}_in", 4, 4 + number, connected_to=[before]),
            make.dense(f"{stem}_out", 4 + number, 4, connected_to=[f"{stem}_in"]),
            layer(f"{stem}_add", class_name="keras.layers.Add", connected_to=[before, f"{stem}_out"]),
        ]

    layers = [*block(1, "x"), *block(2, "stage_block1_add")]
    written = dot.render(arrange(make.table(layer("x", class_name="keras.layers.InputLayer"), *layers)))
    assert r'label="stage_block1 (3 layers)\l' in written
    assert r'label="in (Dense)\n' in written


def test_boxes_say_where_no_arrows_between_them_are_known() -> None:
    inside = (box(1, "a"), box(2, "b"))
    assert r'graph [label="net\l3 · 60 %\lwhich layer reads which is not known\l", style="rounded"]' in lines(
        graph(box(0, "net", params=3, share="60 %", boxes=inside, is_wired=False), arrows=())
    )
    assert 'label="which layer reads which is not known"' in lines(graph(box(0, "a"), box(1, "b"), is_wired=False))
    assert "not known" not in dot.written(graph(box(0, "a"), box(1, "b"), arrows=(Arrow(0, 1),)))
