"""Several models in one table of a page: run side by side, recorded, linked and quoted, and what is wrong told once."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from tests.sphinx_paramdoc.projects import Project

pytestmark = [pytest.mark.slow, pytest.mark.on_numpy]

NETS = '''"""Networks."""

import keras


def chain(layers=3, width=12, kind="x"):
    """Make a chain.

    .. paramlist:: chain
       :caption: In a docstring

       short: layers=1
       bad: layers="x"
    """
    model = [keras.Input((5,)), keras.layers.Dense(width, name="first")]
    for _ in range(layers):
        model += [keras.layers.Dense(width), keras.layers.BatchNormalization()]
    return keras.Sequential(model)
'''

FORMULA = "layers × (width² + 5 × width) + 6 × width"

ZOO = """\
.. paramlist::
   :caption: A zoo
   :name: zoo
   :columns: model layers params non-trainable size link

   # the first is shown elsewhere, too
   Chain: nets:chain(layers=2)
   Other: nets:chain(
       layers=3)
   Dense: keras.layers.Dense(3)
      :input-shape: (None, 5)
"""

PROSE = (
    "It has :paramcount:`zoo/Chain` and :paramcount:`zoo/Chain non-trainable`, in :paramcount:`zoo/Chain size`: "
    ":paramformula:`zoo/Dense`."
)


@pytest.fixture
def nets(project: Project) -> Project:
    project.write(**{"nets.py": NETS})
    project.page("mynets", ".. paramsummary:: nets:chain(layers=2)\n   :caption: The chain")
    project.page("others", ZOO, PROSE)
    return project


def cells(html: str) -> list[list[str]]:
    """Return the text of each row of the tables of a page."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", html, re.DOTALL)
    found = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    without = re.compile(r'<a class="headerlink".*?</a>|<[^>]+>')
    return [[unescape(" ".join(without.sub("", cell).split())) for cell in row] for row in found]


def page(folder: Path, name: str) -> str:
    return (folder / f"{name}.html").read_text(encoding="utf-8")


def test_a_page_shows_quotes_and_links_the_models(nets: Project) -> None:
    built = nets.build("-W")
    assert built.errors == ""
    html = page(built.out, "others")
    assert cells(html) == [
        ["Model", "Layers", "Parameters", "Non-trainable", "Size", "Table"],
        ["Chain", "5", "480", "48", "1.88 KiB", "The chain"],
        ["Other", "7", "684", "72", "2.67 KiB", ""],
        ["Dense", "1", "18", "0", "72 B", ""],
    ]
    text = built.text("others")
    assert "It has 480 and 48 , in 1.88 KiB : 5 × 3 + 3 = 18 ." in text
    assert '<a class="reference internal" href="#zoo-chain">' in html
    assert '<tr id="zoo-chain">' in html
    [target] = re.findall(r'href="mynets.html#([^"]+)"><span>The chain', html)
    assert f'id="{target}"' in page(built.out, "mynets")


@pytest.mark.thorough
def test_a_row_shares_its_record_with_a_block_of_the_same_expression(nets: Project) -> None:
    assert nets.build("-W").blocks == "4 run, 1 equal to others"
    assert len(nets.records()) == 4
    again = nets.build("-W", "-E", may_run=False)
    assert (again.errors, again.blocks) == ("", "5 from records")
    assert nets.build("-W", may_run=False).read == set()


def test_an_edit_renews_the_pages_that_show_the_models_and_those_that_lead_to_them(nets: Project) -> None:
    nets.build("-W")
    nets.page("mynets", ".. paramsummary:: nets:chain(layers=2)\n   :caption: Renamed")
    built = nets.build("-W")
    assert built.read == {"mynets"}
    assert cells(page(built.out, "others"))[1][-1] == "Renamed"
    nets.page("mynets", "Nothing.")
    built = nets.build("-W")
    assert cells(page(built.out, "others"))[1][-1] == ""
    nets.write(**{"nets.py": NETS.replace("(5,)", "(6,)")})
    built = nets.build("-W")
    assert built.read == {"others"}
    assert "It has 492 and 48" in built.text("others")


@pytest.mark.thorough
@pytest.mark.parametrize("options", [("-j", "2"), ("-D", "paramdoc_execute=force")], ids=["parallel", "force"])
def test_pages_that_are_read_in_other_ways_are_the_same(nets: Project, options: tuple[str, ...]) -> None:
    first = page(nets.build("-W").out, "others")
    built = nets.build("-W", "-E", *options)
    assert (built.errors, page(built.out, "others")) == ("", first)


def test_a_model_that_fails_is_a_row_that_says_so_and_a_warning_at_its_line(nets: Project) -> None:
    nets.page(
        "others",
        ".. paramlist::\n   :name: zoo\n\n   One: nets:chain(layers=1)\n   Two: nets:chain(\n      layers=2,\n"
        "      depth=2)\n   Three: nets:chain(layers=3)",
        "It has :paramcount:`zoo/Two`, or :paramcount:`zoo/Three`.",
    )
    built = nets.build()
    message = "TypeError: chain() got an unexpected keyword argument 'depth'"
    assert built.warnings == [f"others.rst:8: WARNING: {message} [paramdoc.execution]"]
    assert cells(page(built.out, "others"))[1:] == [
        ["One", "276", "252", "24", "1.08 KiB"],
        ["Two", f"missing (others.rst, line 8): {message}"],
        ["Three", "684", "612", "72", "2.67 KiB"],
    ]
    assert "It has ? , or 684 ." in built.text("others")
    again = nets.build()
    assert (again.warnings, again.read) == (built.warnings, {"others"})


MISTAKES = [
    # What a page says; the line of the list that is warned of, counted from 0; what is said.
    (".. paramlist::", 0, "there are no models: each is a line such as NAME: EXPRESSION [paramdoc.option]"),
    (
        ".. paramlist::\n   One: nets:chain()",
        0,
        "models stand directly under the directive: leave a blank line before them [paramdoc.option]",
    ),
    (
        ".. paramlist::\n\n   nets:chain()",
        2,
        "a model has a name, a colon and a blank before what gives it: chain: nets:chain() [paramdoc.option]",
    ),
    (
        ".. paramlist::\n\n   One: nets:chain()\n\n   One: nets:chain(4)",
        4,
        "'One' is the name of line 6 as well: give each model one of its own [paramdoc.option]",
    ),
    (
        ".. paramlist::\n   :caption: One\n   :colums: size\n\n   One: nets:chain()",
        2,
        "unknown option :colums: (did you mean :columns:?) [paramdoc.option]",
    ),
    (
        ".. paramlist::\n\n   One: nets:chain()\n      :timout: 3",
        3,
        "unknown option :timout: (did you mean :timeout:?) [paramdoc.option]",
    ),
    (
        ".. paramlist:: nets:chain\n\n   One: nets:chain(layers=2)",
        2,
        (
            "'nets:chain(layers=2)' are no arguments as width=768, layers=12, which each line holds where a builder "
            "stands behind the directive's name [paramdoc.option]"
        ),
    ),
    (
        ".. paramlist:: nets:chain\n\n   One: layers=2\n   Two: lairs=3",
        3,
        "TypeError: chain() got an unexpected keyword argument 'lairs' [paramdoc.execution]",
    ),
    (
        ".. paramlist:: nets:chian\n\n   One: layers=2",
        2,
        "AttributeError: module 'nets' has no attribute 'chian' (did you mean chain?) [paramdoc.execution]",
    ),
    (
        ".. paramlist:: nets:chain\n   :vary: kind\n\n   One: layers=2",
        3,
        ":vary: kind is no argument that is a whole number here; there are layers, width [paramdoc.option]",
    ),
    (
        ".. paramlist::\n\n   One: keras.layers.Dense(\n     units=3, input_shape=(3,),\n     init='uniform')",
        4,
        "KER101 Dense(init=...) was renamed in Keras 2: write kernel_initializer=... [paramdoc.execution]",
    ),
]


def test_mistakes_are_told_at_their_lines(nets: Project) -> None:
    text = "\n\nText.\n\n".join(mistake for mistake, _, _ in MISTAKES)
    nets.page("others", text)
    lines = (nets.docs / "others.rst").read_text(encoding="utf-8").split("\n")
    begins = [number for number, line in enumerate(lines, 1) if line.startswith(".. paramlist::")]
    told = [
        f"others.rst:{begin + offset}: WARNING: {message.replace('line 6', f'line {begin + 2}')}"
        for begin, (_, offset, message) in zip(begins, MISTAKES, strict=True)
    ]
    said = [line.replace(" (keras-modernize --fix writes it anew, or the option :upgrade: as the block runs)", "")
            for line in nets.build().warnings]  # fmt: skip
    assert said == [line.removesuffix(" [paramdoc.execution]") if "KER101" in line else line for line in told]


def test_the_formula_in_what_the_lines_give_to_the_builder(nets: Project) -> None:
    nets.page(
        "others",
        ".. paramlist:: nets:chain(width=12)\n   :columns: model expression params in-arguments\n   :name: chains\n\n"
        "   S: layers=2\n   M: layers=4, width=24\n   X: layers=4, kind='y'",
        "As :paramformula:`chains/M in-arguments`.",
    )
    built = nets.build("-W")
    assert built.errors == ""
    assert cells(page(built.out, "others")) == [
        ["Model", "Made by", "Parameters"],
        ["S", "layers=2", "480"],
        ["M", "layers=4, width=24", "2,928"],
        ["X", "layers=4, kind='y'", "888"],
    ]
    text = built.text("others")
    assert f"In arguments: {FORMULA} Agrees with 5 further settings" in text
    assert f"As {FORMULA} ." in text
    again = nets.build("-W", "-E", may_run=False)
    assert (again.errors, again.text("others")) == ("", text)


@pytest.mark.thorough
def test_a_list_in_a_docstring_knows_its_module_and_points_at_its_file(nets: Project) -> None:
    nets.conf += f"extensions.append('sphinx.ext.autodoc')\nsys.path.insert(0, {str(nets.folder)!r})\n"
    nets.page("others", ".. automodule:: nets\n   :members:")
    built = nets.build()
    assert cells(page(built.out, "others"))[1][:2] == ["short", "276"]
    [warning] = built.errors.split("\n")[:1]
    assert warning.replace(str(nets.folder), "") == (
        "/nets.py:13: WARNING: TypeError: 'str' object cannot be interpreted as an integer"
    )


@pytest.mark.parametrize("fence", ["```", ":::"])
def test_a_list_in_markdown(nets: Project, fence: str) -> None:
    nets.conf += "extensions.append('myst_parser')\nmyst_enable_extensions = ['colon_fence']\n"
    (nets.docs / "others.rst").unlink()
    body = f"{fence}{{paramlist}} nets:chain\n:caption: Chains\n\nS: layers=2\nM: lairs=4\n{fence}\n"
    nets.write(**{"docs/others.md": f"# Others\n\n{body}"})
    built = nets.build()
    assert cells(page(built.out, "others"))[1] == ["S", "480", "432", "48", "1.88 KiB"]
    assert built.warnings == [
        "others.md:7: WARNING: TypeError: chain() got an unexpected keyword argument 'lairs' [paramdoc.execution]"
    ]


def test_old_code_is_upgraded_where_that_is_asked_for(nets: Project) -> None:
    nets.page(
        "others",
        ".. paramlist:: keras.layers.Dense\n   :upgrade:\n   :input-shape: (None, 5)\n\n"
        "   S: output_dim=3\n   M: units=4",
    )
    built = nets.build("-W")
    assert built.errors == ""
    assert [row[:2] for row in cells(page(built.out, "others"))] == [["Model", "Parameters"], ["S", "18"], ["M", "24"]]
    assert "S: Written for an older Keras, and changed: output_dim → units." in built.text("others")


def test_nothing_runs_where_a_project_wants_it_so(nets: Project) -> None:
    built = nets.build("-D", "paramdoc_execute=off", may_run=False)
    assert (built.warnings, "This parameter table is left out" in built.text("others")) == ([], True)
    built = nets.build("-D", "paramdoc_execute=cache", may_run=False)
    stale = "there is no record of this block, and paramdoc_execute is 'cache' [paramdoc.stale]"
    assert [line for line in built.warnings if line.startswith("others")] == [
        f"others.rst:{line}: WARNING: {stale}" for line in (10, 11, 13)
    ]
    assert nets.build(builder="gettext").blocks == ""


@pytest.mark.parametrize(
    ("builder", "line"),
    [
        ("text", "| Other | 7 | 684 | 72 | 2.67 KiB | |"),
        ("latex", r"\label{\detokenize{others:zoo-other}}\ignorespaces \sphinxAtStartPar Other"),
        pytest.param("man", "The chain", marks=pytest.mark.thorough),
        pytest.param("texinfo", "The chain", marks=pytest.mark.thorough),
        pytest.param("xml", "The chain", marks=pytest.mark.thorough),
        pytest.param("epub", "", marks=pytest.mark.thorough),
    ],
)
def test_other_builders(nets: Project, builder: str, line: str) -> None:
    nets.page("others", ZOO + "   Broken: nets:oops()\n")
    built = nets.build(builder=builder)
    message = "AttributeError: module 'nets' has no attribute 'oops'"
    assert [each.partition("WARNING: ")[2] for each in built.warnings] == [f"{message} [paramdoc.execution]"]
    texts = [path for path in built.out.rglob("*") if path.suffix in {".txt", ".tex", ".1", ".texi", ".xml"}]
    text = " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in texts)
    assert " ".join(line.split()) in text
    assert "oops" in text or builder == "epub"
