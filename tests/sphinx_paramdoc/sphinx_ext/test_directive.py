"""The directive in real builds: every block runs real Keras, in a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from docutils import nodes
from sphinx.testing.util import SphinxTestApp

from sphinx_paramdoc.rendering.node_kinds import CLOSED

pytestmark = [pytest.mark.slow, pytest.mark.on_numpy, pytest.mark.shares_server]

ROWS = [
    ["Layer", "Output shape", "Parameters", "Explanation"],
    ["input_layer (InputLayer)", "(None, 4096)", "0", "no weights: it only declares the input's shape"],
    ["dense (Dense)", "(None, 512)", "2,097,664", "4096 × 512 + 512 = 2,097,664 inputs × units + units"],
    [
        "batch_normalization (BatchNormalization)",
        "(None, 512)",
        "2,048",
        (
            "4 × 512 = 2,048 4 (gamma, beta, moving mean, moving variance) × channels "
            "1,024 non-trainable: moving mean and moving variance are tracked, not learned"
        ),
    ],
    ["dropout (Dropout)", "(None, 512)", "0", "no weights: it only masks activations"],
    ["dense_1 (Dense)", "(None, 80)", "41,040", "512 × 80 + 80 = 41,040 inputs × units + units"],
    ["Total", "", "2,140,752 8.17 MiB", "2,139,728 trainable + 1,024 non-trainable 8.16 MiB + 4.00 KiB"],
]

MakeApp = Callable[..., SphinxTestApp]


def build(make_app: MakeApp, rootdir: Path, out: Path, root: str, builder: str = "html") -> SphinxTestApp:
    """Build a project where it stands, so that it may include the manual's snippets."""
    app = make_app(builder, srcdir=rootdir / f"test-{root}", builddir=out, freshenv=True)
    app.build(force_all=True)
    return app


def cells(text: str) -> list[list[str]]:
    """Read the cells of every row in a page, as a person sees them."""
    rows = re.findall(r"<tr.*?</tr>", re.sub('<a class="headerlink".*?</a>', "", text), re.DOTALL)
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for row in rows
    ]


def tables(app: SphinxTestApp, document: str = "index") -> list[nodes.table]:
    return list(app.env.get_doctree(document).findall(nodes.table))


def warnings(app: SphinxTestApp) -> list[str]:
    lines = re.sub(r"\x1b\[[\d;]*m", "", app.warning.getvalue())
    return [line.replace(f"{app.srcdir}/", "") for line in lines.splitlines() if "WARNING" in line or "ERROR" in line]


class TestTheSeed:
    @pytest.fixture(scope="class")
    def out(self, tmp_path_factory: pytest.TempPathFactory) -> Path:
        """Where all builders write: what one has run is a record for the others."""
        return tmp_path_factory.mktemp("seed")

    def test_html(self, make_app: MakeApp, rootdir: Path, out: Path) -> None:
        app = build(make_app, rootdir, out, "seed")
        assert warnings(app) == []
        page = (app.outdir / "index.html").read_text(encoding="utf-8")
        assert cells(page) == ROWS
        assert '<span class="paramdoc-term" tabindex="0" data-is="inputs">4096</span>' in page
        assert 'data-is="gamma, beta, moving mean, moving variance">4</span>' in page
        assert page.index("highlight-python") < page.index("<table")
        assert "Table 1" in page
        assert 'href="#mlp"' in page
        assert (app.outdir / "_static" / "paramdoc.css").is_file()
        other = (app.outdir / "other.html").read_text(encoding="utf-8")
        assert other.count('href="index.html#mlp"') == 2

    def test_text(self, make_app: MakeApp, rootdir: Path, out: Path) -> None:
        app = build(make_app, rootdir, out, "seed", "text")
        assert warnings(app) == []
        text = (app.outdir / "index.txt").read_text(encoding="utf-8")
        lines = [
            [cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("| ")
        ]
        assert lines[2] == ['"dense" (Dense)', "(None, 512)", "2,097,664", "4096 × 512 + 512 = 2,097,664"]
        assert lines[-1] == ["", "", "8.17 MiB", "8.16 MiB + 4.00 KiB"]
        assert lines[-2] == ["**Total**", "", "**2,140,752**", "**2,139,728 trainable + 1,024 non-trainable**"]

    def test_latex(self, make_app: MakeApp, rootdir: Path, out: Path) -> None:
        app = build(make_app, rootdir, out, "seed", "latex")
        assert warnings(app) == []
        [source] = [path.read_text(encoding="utf-8") for path in app.outdir.glob("*.tex")]
        assert r">{\raggedleft\arraybackslash}\X{18}{103}" in source
        assert "4096 × 512 + 512 = 2,097,664" in source
        assert r"batch\_\allowbreak{}normalization" in source
        assert r"\sphinxstylestrong{2,140,752}" in source


def test_failing_blocks(make_app: MakeApp, rootdir: Path, tmp_path: Path) -> None:
    app = build(make_app, rootdir, tmp_path, "failing")
    found = warnings(app)
    expected = [
        "index.rst:11: WARNING: KER101 Model(output=...) was renamed in Keras 2: write outputs=... [paramdoc.outdated]",
        "index.rst:10: WARNING: KER101 Model(input=...) was renamed in Keras 2: write inputs=...",
        "index.rst:15: WARNING: LookupError: no such model",
        "index.rst:17: WARNING: code stands directly under the directive: leave a blank line before it",
        "index.rst:22: WARNING: an argument and :model: both say which model is meant: drop one of them",
        "index.rst:24: WARNING: there is no code: write it below a blank line, or write an expression behind",
        "index.rst:28: WARNING: the block ended its process with status 3 before it gave a model [paramdoc.execution]",
        "index.rst:33: WARNING: dense (Dense) has no weights yet, because it does not know the shape of its input",
        "index.rst:38: WARNING: :code: 'sideways' is none of above, below, collapsed, none [paramdoc.option]",
        "index.rst:37: WARNING: 17 trainable parameters are expected, but sequential has 16 [paramdoc.expectation]",
        "index.rst:41: WARNING: unknown option :captoin: (did you mean :caption:?) [paramdoc.option]",
        "index.rst:40: WARNING: there is no code: write it below a blank line, or write an expression behind",
        "index.rst:44: WARNING: :total: 'many' is not a count such as 2,140,752 [paramdoc.option]",
        "index.rst:47: WARNING: :model: it needs a value [paramdoc.option]",
        "index.rst:52: WARNING: 2,140,752 parameters are expected, but sequential has 16 [paramdoc.expectation]",
        "index.rst:54: WARNING: 1 non-trainable parameters are expected, but sequential has 0 [paramdoc.expectation]",
        "index.rst:56: WARNING: :total is an option that lacks its second colon [paramdoc.option]",
        "index.rst:59: WARNING: the total lacks layers that are not built: inner/unused [paramdoc.model]",
    ]
    assert [line[: len(start)] for line, start in zip(found, expected, strict=True)] == expected

    page = app.env.get_doctree("index")
    errors = [error.astext() for error in page.findall(nodes.error)]
    assert len(errors) == 10
    assert errors[0].startswith("This parameter table is missing (index.rst, line 10): ValueError: Unrecognized")
    assert "Line 10: KER101 Model(input=...) was renamed in Keras 2: write inputs=..." in errors[0]
    assert "The block wrote:\nmade x" in errors[0]
    assert str(app.srcdir) not in page.astext()
    assert "toy_models.py" in errors[1]
    assert "keras.models.Model(input=[x]," in page.astext()
    assert "lost = keras.Input((3,))" in page.astext()
    html = (app.outdir / "index.html").read_text(encoding="utf-8")
    assert html.count("This parameter table is missing") == 10
    assert 'href="#outdated"' in html
    assert cells(html)[-1] == ["Total", "", "12 48 B", "all trainable; without 1 layer that is not built"]


def test_code_for_an_older_keras(make_app: MakeApp, tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text("extensions = ['sphinx_paramdoc']\n", encoding="utf-8")
    code = (
        "x = keras.Input((3,))\n   m = keras.models.Model(input = [x], output = [keras.layers.Dense(output_dim=2)(x)])"
    )
    (tmp_path / "index.rst").write_text(
        f"T\n=\n\n.. paramsummary::\n   :upgrade:\n   :total: 8\n\n   {code}\n\n"
        ".. paramsummary::\n   :upgrade:\n\n   print 'x'\n",
        encoding="utf-8",
    )
    told = "Written for an older Keras, and changed: input → inputs, output → outputs, output_dim → units."
    app = make_app("html", srcdir=tmp_path)
    app.build()
    assert [line.partition(" (")[0] for line in warnings(app)] == [
        "index.rst:14: WARNING: :upgrade: the code does not parse"
    ]
    page = (app.outdir / "index.html").read_text(encoding="utf-8")
    assert re.sub("<[^>]+>", "", page).count("Model(inputs = [x], outputs = [") == 1
    _, _, closed = page.partition("The code as it was written")
    assert told in closed
    assert "Model(input = [x], output = [" in re.sub("<[^>]+>", "", closed)
    assert page.count("This parameter table is missing") == 1
    app = make_app("text", srcdir=tmp_path, builddir=tmp_path / "_text", confoverrides={"language": "de"})
    app.build()
    text = (app.outdir / "index.txt").read_text(encoding="utf-8")
    assert "Für ein älteres Keras geschrieben und geändert: input → inputs, output → outputs" in " ".join(text.split())
    assert "Model(input = [x]" not in text


def test_options(make_app: MakeApp, rootdir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KERAS_BACKEND")  # NumPy cannot fit
    app = build(make_app, rootdir, tmp_path, "options")
    assert warnings(app) == []
    totals = [list(table.findall(nodes.row))[-1].astext().split()[1] for table in tables(app)]
    assert totals == ["50,992", "79,184", "166", "0", "8"]

    page = app.env.get_doctree("index")
    order = [
        "code"
        if isinstance(node, nodes.literal_block)
        else node["collapsible"]
        if isinstance(node, nodes.admonition)
        else "table"
        for node in page.findall(lambda node: isinstance(node, (nodes.literal_block, nodes.table, nodes.admonition)))
    ]
    assert order == [
        *("table", "code"),  # below
        *("closed", "code", "table"),  # collapsed
        *("code", "table"),  # above, as it is code in the page
        *("code", "table"),  # above, as the option says
        "table",  # none
    ]
    html = (app.outdir / "index.html").read_text(encoding="utf-8")
    assert re.search(r'<details class="[^"]*paramdoc-code[^"]*">', html)


def test_configuration(make_app: MakeApp, rootdir: Path, tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(
        "extensions = ['sphinx_paramdoc']\n"
        "paramdoc_preamble = 'from keras import layers as L, Sequential, Input'\n"
        "paramdoc_code = 'none'\nparamdoc_lint = False\n"
        "suppress_warnings = ['paramdoc.execution']\n"
    )
    (tmp_path / "index.rst").write_text(
        "Page\n====\n\n.. paramsummary::\n\n   Sequential([Input((3,)), L.Dense(2)])\n\n"
        ".. paramsummary::\n\n   L.BatchNormalization(mode=0)\n"
    )
    app = make_app("html", srcdir=tmp_path)
    app.build()
    assert warnings(app) == []
    page = app.env.get_doctree("index")
    assert len(list(page.findall(nodes.table))) == 1
    assert len(list(page.findall(nodes.error))) == 1
    assert not list(page.findall(lambda node: isinstance(node, nodes.literal_block) and node["language"] == "python"))


def test_legend(make_app: MakeApp, tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text("extensions = ['sphinx_paramdoc']\n")
    block = "   keras.Sequential([keras.Input((3,)), keras.layers.BatchNormalization()])\n"
    (tmp_path / "index.rst").write_text(
        f"Page\n====\n\n.. paramsummary::\n   :legend:\n\n{block}\n"
        f".. paramsummary::\n\n{block}\n"
        f".. paramsummary::\n   :legend: off\n\n{block}\n"
        ".. paramsummary:: keras.layers.Dropout(0.5)\n   :legend:\n"
    )

    def legends(**config: bool) -> list[bool]:
        """Build, and tell of each table whether a legend follows it."""
        app = make_app("html", srcdir=tmp_path, confoverrides=config)
        app.build()
        assert not [line for line in warnings(app) if "[paramdoc" in line]
        following = [table.next_node(descend=False, siblings=True) for table in tables(app)]
        return [isinstance(node, nodes.definition_list) for node in following]

    assert legends() == [True, False, False, False]
    html = (tmp_path / "_build" / "html" / "index.html").read_text(encoding="utf-8")
    assert '<dl class="paramdoc-legend simple">' in html
    assert '<span class="paramdoc-form">4 (gamma, beta, moving mean, moving variance) × channels</span>' in html
    assert 'href="https://arxiv.org/abs/1502.03167"' in html
    assert legends(paramdoc_legend=True) == [True, True, False, False]
    text = make_app("text", srcdir=tmp_path)
    text.build()
    assert "\nBatch normalization\n   4 (gamma, beta, moving mean, moving variance) × channels\n" in (
        text.outdir / "index.txt"
    ).read_text(encoding="utf-8")


def test_markdown(make_app: MakeApp, rootdir: Path, tmp_path: Path) -> None:
    app = build(make_app, rootdir, tmp_path, "myst")
    expected = [
        "index.md:10: WARNING: NameError: name 'missing' is not defined [paramdoc.execution]",
        "index.md:22: WARNING: KER101 Model(input=...) was renamed in Keras 2: write inputs=...",
        "index.md:27: WARNING: 9 parameters are expected, but sequential has 8 [paramdoc.expectation]",
    ]
    assert [line[: len(start)] for line, start in zip(warnings(app), expected, strict=True)] == expected
    assert "Dropout" in tables(app)[0].astext()


def test_a_second_build_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(
        "import pathlib, sys\nsys.path.insert(0, pathlib.Path(__file__).parent)\nextensions = ['sphinx_paramdoc']\n"
    )
    (tmp_path / "index.rst").write_text("Page\n====\n\n.. paramsummary:: keras.layers.Dropout(0.5)\n")
    command = [sys.executable, "-m", "sphinx", "-W", "--no-color", ".", "out"]
    first, second = (
        subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False) for _ in range(2)
    )
    assert (first.returncode, first.stderr, second.returncode, second.stderr) == (0, "", 0, "")
    assert "0 added, 0 changed, 0 removed" in second.stdout
    assert "configuration has changed" not in second.stdout
    assert "no targets are out of date" in second.stdout


def test_a_change_of_a_module_rebuilds_the_pages_that_show_its_models(make_app: MakeApp, tmp_path: Path) -> None:
    (tmp_path / "mynets").mkdir()
    (tmp_path / "mynets" / "__init__.py").touch()
    module = tmp_path / "mynets" / "sizes.py"
    module.write_text("UNITS = 4\n")
    (tmp_path / "mynets" / "models.py").write_text(
        "import keras\nfrom mynets.sizes import UNITS\n\n"
        "def build():\n    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(UNITS)])\n"
    )
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "conf.py").write_text("import sys\nsys.path.insert(0, '..')\nextensions = ['sphinx_paramdoc']\n")
    (docs / "index.rst").write_text("Page\n====\n\n.. toctree::\n\n   other\n\n.. paramsummary:: mynets.models:build\n")
    (docs / "other.rst").write_text("Other\n=====\n\n.. paramsummary:: keras.layers.Dropout(0.5)\n")

    def read_again() -> tuple[set[str], str]:
        app = make_app("html", srcdir=docs)
        read: set[str] = set()
        app.connect("source-read", lambda _app, name, _source: read.add(name))
        app.build()
        return read, "".join(line for line in warnings(app)) + tables(app)[-1].astext() if tables(app) else "no table"

    read, text = read_again()
    assert read == {"index", "other"}
    assert "3 × 4 + 4 = 16" in text

    module.write_text("UNITS = 5  # of another length: Python knows a file by that, and by the second of its change\n")
    read, text = read_again()
    assert read == {"index"}
    assert "3 × 5 + 5 = 20" in text

    module.write_text("UNITS = \n")
    assert read_again() == ({"index"}, "no table")
    module.write_text("UNITS = 4\n# mended\n")
    read, text = read_again()
    assert read == {"index"}
    assert "3 × 4 + 4 = 16" in text


BLOCKS = """\
import keras


class Block(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.inner = keras.layers.Dense(4)
        self.gate = keras.Sequential([keras.layers.Dense(4, use_bias=False)])

    def build(self, shape):
        self.scale = self.add_weight(shape=(4,), name="scale")
        self.inner.build(shape)
        self.gate.build(shape)
        self.built = True

    def call(self, x):
        return self.scale * self.inner(x) * self.gate(x)


def build(blocks=6):
    given = x = keras.Input((4,), name="given")
    for number in range(blocks):
        x = Block(name=f"block_{number}")(x)
    return keras.Model(given, keras.layers.Dense(2, name="head")(x))
"""


def test_folding_and_depth(make_app: MakeApp, tmp_path: Path) -> None:
    (tmp_path / "toy_blocks.py").write_text(BLOCKS)
    (tmp_path / "conf.py").write_text(
        "import sys\nsys.path.insert(0, '.')\nextensions = ['sphinx_paramdoc', 'myst_parser']\nparamdoc_depth = 1\n"
    )
    pages = {"zero": ":depth: 0", "default": "", "two": ":depth: 2", "flat": ":depth: 0\n   :unfold:"}
    blocks = "\n\n".join(f".. paramsummary:: toy_blocks:build\n   {options}" for options in pages.values())
    (tmp_path / "index.rst").write_text(f"Page\n====\n\n.. toctree::\n\n   other\n\n{blocks}\n")
    (tmp_path / "other.md").write_text("# Other\n\n```{paramsummary} toy_blocks:build\n:depth: 0\n:unfold:\n```\n")
    app = make_app("html", srcdir=tmp_path)
    app.build()
    assert warnings(app) == []
    assert len(list((app.doctreedir / "paramdoc").iterdir())) == 1, "what is shown is no matter of what is run"

    zero, default, two, flat = ([cell.astext() for cell in rows(table)] for table in tables(app))
    [markdown] = ([cell.astext() for cell in rows(table)] for table in tables(app, "other"))
    names = ["given (InputLayer)", "block_0 to block_5 (Block)", "head (Dense)", "Total"]
    space = "\N{NO-BREAK SPACE}" * 2
    inside = [f"{space}dense (Dense)", f"{space}sequential (Sequential)"]
    assert zero == names
    assert default == [*names[:2], *inside, *names[2:]]
    assert two == [*names[:2], *inside, f"{space * 2}dense_1 (Dense)", *names[2:]]
    assert flat == markdown == [names[0], *(f"block_{number} (Block)" for number in range(6)), *names[2:]]

    page = cells((app.outdir / "index.html").read_text(encoding="utf-8"))
    assert page[2][:3] == ["block_0 to block_5 (Block)", "(None, 4)", "240"]
    each = "own scale 4 + dense 20 (4 × 4 + 4) + sequential 16 (4 × 4) = 40"
    assert page[2][3].startswith(f"6 × 40 = 240; each {each}")
    assert next(row for row in page if row[0] == "Total") == ["Total", "", "250 1000 B", "all trainable"]


def rows(table: nodes.table) -> list[nodes.Element]:
    """Give the first cell of every row below the headings that shows at once."""
    shown = [row for row in table.findall(nodes.row) if CLOSED not in row["classes"]]
    return [next(row.findall(nodes.entry)) for row in shown[1:]]
