"""Numbers in prose, in real builds: `:paramcount:` and `:paramformula:`."""

from __future__ import annotations

import re

import pytest

from tests.sphinx_paramdoc.projects import Project, dense

pytestmark = [pytest.mark.slow, pytest.mark.on_numpy]

NAMED = dense(2).replace("::\n\n", "::\n   :name: net\n\n")


def test_pages_say_the_numbers_of_tables_and_link_to_them(project: Project) -> None:
    named = ".. paramsummary:: mynets:build_named()\n   :name: Net One"
    project.write(**{"mynets/__init__.py": "from mynets.models import build as build_named\n"})
    project.page("mynets", named)
    project.page(
        "others",
        "It has :paramcount:`net one`, in :paramcount:`net one size`\nand :paramformula:`Net  One/dense`.",
        "Of :paramcount:`net one/dense non-trainable`\n---------------------------------------------",
    )
    built = project.build("-W")
    assert (built.errors, built.status) == ("", 0)
    assert "It has 16 , in 64 B and 3 × 4 + 4 = 16 ." in built.text("others")
    html = (built.out / "others.html").read_text(encoding="utf-8")
    assert re.search(r'<a class="reference internal" href="mynets.html#net-one">.*16.*</a>', html)
    assert "Of 0" in built.text("index")  # the list of contents, which links to the heading

    # What a page quotes has changed: it is written again, though nothing in it is read again.
    project.write(**{"mynets/sizes.py": "UNITS = 6\n"})
    changed = project.build("-W")
    assert changed.read == {"mynets"}
    assert "It has 24 , in 96 B and 3 × 6 + 6 = 24 ." in changed.text("others")
    assert "It has 24 ," in project.build("-W", may_run=False).text("others")
    assert "It has 24 ," in project.build("-W", "-E", "-j", "2").text("others")


def test_what_refers_to_nothing_is_a_warning_in_every_build(project: Project) -> None:
    project.page("others", NAMED, ".. _intro:\n\nThe begin\n---------", "See :paramcount:`net`,\n:paramcount:`nets`")
    text = "# Nets\n\nOf {paramformula}`net/dens`\nand {paramcount}`net`\n\nof {paramcount}`intro`.\n"
    project.write(**{"docs/mynets.md": text})
    (project.docs / "mynets.rst").unlink()
    project.conf += "extensions.append('myst_parser')\n"
    expected = [
        "mynets.md:3: WARNING: paramformula: the table 'net' has no layer 'dens'; did you mean 'dense'?",
        "mynets.md:6: WARNING: paramcount: 'intro' is the label of something that is no parameter table",
        "others.rst:15: WARNING: paramcount: no parameter table has the label 'nets'; did you mean 'net'?",
    ]
    for _ in range(2):
        built = project.build()
        assert sorted(built.warnings) == [f"{each} [paramdoc.reference]" for each in expected]
    assert "Of ? and 8 of ? ." in built.text("mynets")
    assert project.build("-W", "-D", "suppress_warnings=paramdoc.reference").status == 0


def test_a_missing_table_is_told_of_once(project: Project) -> None:
    project.page("others", ".. paramsummary::\n   :name: net\n\n   x = y", "See :paramcount:`net/dense size`.")
    failed = project.build()
    assert failed.warnings == ["others.rst:7: WARNING: NameError: name 'y' is not defined [paramdoc.execution]"]
    assert "See ? ." in failed.text("others")
    off = project.build("-W", "-E", "-D", "paramdoc_execute=off", may_run=False)
    assert (off.errors, off.status) == ("", 0)
    assert (
        project.build(
            "-W", "-E", "-D", "extensions=sphinx_paramdoc,sphinx.ext.doctest", builder="doctest", may_run=False
        ).status
        == 0
    )
    project.page("others", NAMED, "See :paramcount:`net/dense size`.")
    mended = project.build("-W")
    assert mended.errors == ""
    assert "See 32 B ." in mended.text("others")


def test_the_label_may_stand_before_the_block(project: Project) -> None:
    project.page("others", ".. _Far Net:\n\n" + dense(5), "See :paramcount:`far net`.")
    assert "See 20 ." in project.build("-W", "-D", "paramdoc_code=collapsed").text("others")
    assert "See 20 ." in project.build("-W", "-E", "-D", "paramdoc_code=below", may_run=False).text("others")


def test_a_label_of_several_tables_is_that_of_the_page(project: Project) -> None:
    say = "It says :paramcount:`net`\nand :paramcount:`net/dense size`."
    project.page("mynets", NAMED, say)
    project.page("others", NAMED.replace("Dense(2)", "Dense(4)"), say)
    project.write(**{"docs/index.rst": f"Index\n=====\n\n{say}\n\n.. toctree::\n\n   mynets\n   others\n"})
    built = project.build()
    different = "WARNING: paramcount: 'net' is the label of different tables, on the pages mynets, others"
    assert built.warnings == [f"index.rst:{line}: {different} [paramdoc.reference]" for line in (4, 5)]
    assert [page for page in ("mynets", "others", "index") if "It says ? and ? ." in built.text(page)] == ["index"]
    assert "It says 8 and 32 B ." in built.text("mynets")
    assert "It says 16 and 64 B ." in built.text("others")
    # Where they agree, such as those of one docstring on two pages, any of them will do.
    project.page("others", NAMED)
    agreed = project.build("-W")
    assert (agreed.errors, agreed.read) == ("", {"others"})
    assert "It says 8 and 32 B ." in agreed.text("index")
    assert 'href="mynets.html#net"' in (agreed.out / "index.html").read_text(encoding="utf-8")
    # What is gone is not missed where there is another.
    (project.docs / "mynets.rst").unlink()
    project.write(**{"docs/index.rst": f"Index\n=====\n\n{say}\n\n.. toctree::\n\n   others\n"})
    left = project.build("-W")
    assert (left.errors, left.status) == ("", 0)
    assert 'href="others.html#net"' in (left.out / "index.html").read_text(encoding="utf-8")
