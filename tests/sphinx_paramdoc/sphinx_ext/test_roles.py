"""Numbers in prose, in real builds: `:paramcount:` and `:paramformula:`."""

from __future__ import annotations

import re

import pytest

from tests.sphinx_paramdoc.projects import Project, dense

pytestmark = [pytest.mark.slow, pytest.mark.on_numpy, pytest.mark.shares_server]

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
    for options in ((), ("-E", "-j", "2")):
        again = project.build("-W", *options)
        assert (again.errors, again.status) == ("", 0)
        assert "It has 24 ," in again.text("others")


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
    for position in ("collapsed", "below"):
        built = project.build("-W", "-E", "-D", f"paramdoc_code={position}")
        assert (built.errors, built.status) == ("", 0)
        assert "See 20 ." in built.text("others")


@pytest.mark.thorough
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


def test_numbers_in_headings_captions_lists_and_copies(project: Project) -> None:
    project.conf += "extensions += ['myst_parser', 'sphinx.ext.todo']\ntodo_include_todos = numfig = True\n"
    project.conf += "exclude_patterns = ['mynets.rst']\n"
    caption = "   :caption: A net of :paramcount:`net`\n   :name: net\n\n"
    project.write(
        **{
            "docs/index.md": "# Index\n\n(here)=\n## Sub\n\n[](here)\n\n```{todolist}\n```\n\n"
            "```{toctree}\nsub/page\nothers\n```\n",
            "docs/sub/page.rst": "Sub\n===\n\n.. todo:: Of :paramcount:`net`.\n\nSee :ref:`of-it`, :ref:`net`.",
        }
    )
    (project.docs / "index.rst").unlink(missing_ok=True)
    heading = "Of :paramcount:`net` in all\n----------------------------"
    derived = ".. role:: why(paramformula)\n\nAs :why:`net/dense`.\n\n.. contents:: On this page"
    project.page("others", derived, f".. _of-it:\n\n{heading}", NAMED.replace("   :name: net\n\n", caption))
    built = project.build("-W")
    assert (built.errors, built.status) == ("", 0)
    assert "As 3 × 2 + 2 = 8 ." in built.text("others")
    assert "See Of 8 in all , A net of 8 ." in built.text("sub/page")
    index, page = ((built.out / f"{name}.html").read_text(encoding="utf-8") for name in ("index", "others"))
    assert '<a class="reference internal" href="others.html#net">' in index
    # No link stands in another one, neither in the list of contents nor in the heading that leads back to it.
    for around in ("reference internal", "toc-backref"):
        assert re.search(rf'<a class="{around}" href="[^>]*>Of <span class="paramdoc-quoted">8</span> in all</a>', page)


@pytest.mark.thorough
def test_what_is_quoted_may_move_and_other_builders_may_come_between(project: Project) -> None:
    say = "It says :paramcount:`net`."
    project.write(**{"docs/index.rst": f"Index\n=====\n\n{say}\n\n.. toctree::\n   :glob:\n\n   *\n"})
    project.page("others", NAMED)
    assert "It says 8 ." in project.build("-W").text("index")
    project.page("mynets", NAMED)
    project.page("others", say)
    moved = project.build("-W")
    assert (moved.errors, moved.read) == ("", {"mynets", "others"})
    assert 'href="mynets.html#net"' in (moved.out / "index.html").read_text(encoding="utf-8")
    project.page("mynets", NAMED.replace("Dense(2)", "Dense(3)"))
    text = project.build("-W", builder="text")
    assert "It says 12." in (text.out / "index.txt").read_text(encoding="utf-8")
    again = project.build("-W", may_run=False)
    assert (again.errors, again.read) == ("", set())
    assert "It says 12 ." in again.text("index")
    # So does one that came when there was nothing to read, and in a page that lists no other one.
    assert "It says 12 ." in project.build("-W", builder="dirhtml", may_run=False).text("others/index")
    project.page("mynets", NAMED.replace("Dense(2)", "Dense(4)"))
    assert "It says 16 ." in project.build("-W", builder="dirhtml").text("others/index")


def test_what_a_table_of_objects_quotes_is_kept_true(project: Project) -> None:
    project.conf += "extensions += ['sphinx.ext.autodoc', 'sphinx.ext.autosummary']\n"
    project.conf = project.conf.replace("'..'", repr(str(project.folder)))
    module = '"""Nets."""\n\n\ndef build():\n    """Make :paramcount:`net` of :paramcount:`nets`."""\n'
    project.write(**{"mynets/docs.py": module})
    project.page("mynets", NAMED, ".. autosummary::\n\n   mynets.docs.build")
    project.page("others", "None.")
    listed = project.build()
    message = "WARNING: paramcount: no parameter table has the label 'nets'; did you mean 'net'? [paramdoc.reference]"
    assert listed.warnings == [f"mynets.rst:11: {message}"]
    assert "Make 8 of ? ." in listed.text("mynets")
    # Where the whole docstring is shown, it is told of there, once.
    project.page("others", ".. autofunction:: mynets.docs.build")
    told = [line.replace(f"{project.folder}/", "") for line in project.build().warnings]
    assert told == [f"mynets/docs.py:5: {message}"]


def test_the_label_of_a_docstring_that_is_inherited(project: Project) -> None:
    project.conf += "extensions.append('sphinx.ext.autodoc')\n"
    project.conf = project.conf.replace("'..'", repr(str(project.folder)))
    nets = (
        "class Net:\n    units = 4\n\n    @property\n    def model(self):\n        "
        '"""Has :paramcount:`anet`.\n\n        .. paramsummary::\n           :name: anet\n        """\n'
        "        import keras\n"
        "        return keras.Sequential([keras.Input((3,)), keras.layers.Dense(self.units)])\n\n\n"
        'class Wide(Net):\n    """Wider."""\n\n    units = 5\n'
    )
    project.write(**{"mynets/nets.py": nets})
    project.page("others", ".. autoclass:: mynets.nets.Net\n   :members:")
    project.page("mynets", ".. autoclass:: mynets.nets.Wide\n   :members:\n   :inherited-members:")
    apart = project.build("-W")
    assert (apart.errors, apart.status) == ("", 0)
    assert "Has 16 ." in apart.text("others")
    assert "Has 20 ." in apart.text("mynets")
    project.page("mynets", "None.")
    both = ".. automodule:: mynets.nets\n   :members:\n   :undoc-members:\n   :inherited-members:"
    project.page("others", both)
    together = project.build("-W")
    assert (together.errors, together.status) == ("", 0)
    assert together.text("others").count("Has 16 .") == 2
