from __future__ import annotations

import re

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.rendering import formats
from tests.sphinx_paramdoc.makers import Maker
from tests.sphinx_paramdoc.table.networks import resnet50


def test_elements_alone_make_a_table(seed: facts.Model) -> None:
    written = formats.write(table.build(seed), "html")
    stripped = re.sub(r"<style>.*?</style>\n", "", written, flags=re.DOTALL)
    assert (
        '<tr><th scope="row" align="left" valign="top"><b>dense_1</b> <small>(Dense)</small></th>'
        '<td align="left" valign="top"><span class="shape">(None, 80)</span></td>'
        '<td align="right" valign="top">41,040</td>'
        '<td align="left" valign="top"><span title="inputs">512</span> &#215; <span title="units">80</span> + '
        '<span title="units">80</span> = 41,040<br><small>inputs &#215; units + units</small></td></tr>'
    ) in stripped
    assert "<br><small>inputs &#215; units + units</small></td>" in stripped
    assert '<tr class="quiet"><th scope="row" align="left" valign="top"><b>dropout</b>' in stripped


def test_it_stands_by_itself_and_needs_no_script(seed: facts.Model) -> None:
    written = formats.write(table.build(seed), "html")
    assert written.isascii()
    assert not re.search(r"<script|<link|url\(|@import|\bon\w+=|\bid=", written)
    # Whatever its page looks like: no colour but that of the text around, and a grey that is seen on both.
    assert set(re.findall(r"color:(\w+)|background:(\w+)|(rgba\([^)]*\))", written)) == {
        ("inherit", "", ""),
        ("", "none", ""),
        ("", "", "rgba(128,128,128,.3)"),
    }


def test_what_is_inside_opens(make: Maker) -> None:
    built = make.table(*(make.block(f"b{n}") for n in range(3)))
    closed, opened = formats.write(built, "html"), formats.write(built, "html", depth=1)
    assert '<tr><td colspan="4"><details><summary>one of 3</summary>' in closed
    assert "<p><small>2 equal ones: <b>b1</b>, <b>b2</b></small></p>" in closed
    assert opened == closed.replace("<details>", "<details open>")


def test_names_are_no_elements(make: Maker) -> None:
    written = formats.write(make.table(make.dense("<script>a&b")), "html")
    assert "<b>&lt;script&gt;a&amp;b</b>" in written


def test_the_numbers_of_two_notes_are_two() -> None:
    written = formats.write(table.build(resnet50()), "html")
    assert "2 layers without weights<sup>2, 3</sup>" in written
    assert "</sup><sup>" not in written


def test_what_a_row_opens_to_is_said_once() -> None:
    written = formats.write(table.build(resnet50()), "html")
    assert '<tr class="opens"><th scope="row" align="left" valign="top"><b>conv2_block1</b></th>' in written
    assert "<summary>12 layers</summary>" in written
    assert "(12 layers)" not in written


def test_a_row_is_a_name_and_its_count_on_a_phone_where_cells_say_what_they_are(seed: facts.Model) -> None:
    built = table.build(seed)
    assert formats.write(built, "html").startswith('<div class="paramdoc-notebook plain">')
    with_sizes = formats.write(built, "html", columns=["layer", "params", "size"])
    assert with_sizes.startswith('<div class="paramdoc-notebook">')
