from __future__ import annotations

import re

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.rendering import formats
from tests.sphinx_paramdoc.makers import Maker


def test_elements_alone_make_a_table(seed: facts.Model) -> None:
    written = formats.write(table.build(seed), "html")
    stripped = re.sub(r"<style>.*?</style>\n", "", written, flags=re.DOTALL)
    assert (
        '<tr><th scope="row" align="left" valign="top"><b>dense_1</b> <small>(Dense)</small></th>'
        '<td align="left" valign="top"><span class="shape">(None, 80)</span></td>'
        '<td align="right" valign="top">41,040</td>'
        '<td align="left" valign="top"><span title="inputs">512</span> &#215; <span title="units">80</span> + '
        '<span title="units">80</span> = 41,040</td></tr>'
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
