"""Natural mistakes in real builds: each is told once, at its place, with a way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sphinx_paramdoc.projects import Project, dense
from tests.versions import is_older

pytestmark = [pytest.mark.slow, pytest.mark.on_numpy, pytest.mark.shares_server]

OPTION = "looks like an option: options stand directly below the directive, before the blank line"
ON_PATH = "add its folder to sys.path in conf.py, or install it where the documentation is built"

KERAS = "keras.api" if is_older("keras", "3.10") else "keras"
"""Where the modules of Keras say that they are."""

MISTAKES = [
    # What a page says; the line of the block that is warned of, counted from 0; what is said.
    (
        ".. paramsummary:: mynets.models:biuld()",
        0,
        "AttributeError: module 'mynets.models' has no attribute 'biuld' (did you mean build?) [paramdoc.execution]",
    ),
    (
        ".. paramsummary::\n\n   keras.layers.Dens(3)",
        2,
        f"AttributeError: module '{KERAS}.layers' has no attribute 'Dens' (did you mean Dense?) [paramdoc.execution]",
    ),
    (
        ".. paramsummary:: keras.applications.Resnet50(weights=None)",
        0,
        (
            f"AttributeError: module '{KERAS}.applications' has no attribute 'Resnet50' (did you mean ResNet50?) "
            "[paramdoc.execution]"
        ),
    ),
    (
        ".. paramsummary::\n\n   x = 3\n   Sequential([Dense(3)])",
        3,
        (
            "NameError: name 'Sequential' is not defined (only keras is imported: write keras.Sequential, or import "
            "it) [paramdoc.execution]"
        ),
    ),
    (
        ".. paramsummary:: Dense(3)",
        0,
        (
            "NameError: Dense is not defined by the code or the preamble, and there is no module of that name on "
            "sys.path (only keras is imported: write keras.layers.Dense, or import it) [paramdoc.execution]"
        ),
    ),
    (
        ".. paramsummary::\n\n   tf.zeros(3)",
        2,
        (
            "NameError: name 'tf' is not defined (nothing imports it: begin with import tensorflow as tf) "
            "[paramdoc.execution]"
        ),
    ),
    (
        ".. paramsummary::\n\n   from mynets.models import biuld",
        2,
        (
            "ImportError: cannot import name 'biuld' from 'mynets.models' (mynets/models.py) (did you mean build?) "
            "[paramdoc.execution]"
        ),
    ),
    (
        ".. paramsummary::\n\n   :input-shape: (None, 4)\n\n   keras.layers.Dense(3)",
        2,
        f":input-shape: {OPTION} [paramdoc.option]",
    ),
    (
        ".. paramsummary::\n\n   keras.layers.Dense(3)\n   :input-shape: (None, 4)",
        3,
        f"SyntaxError: invalid syntax (:input-shape: {OPTION}) [paramdoc.execution]",
    ),
    (
        ".. paramsummary::\n\n   A small network of one layer.\n\n   keras.layers.Dense(3)",
        2,
        (
            "SyntaxError: invalid syntax (this line reads as prose: the content is code alone, so write the sentence "
            "outside, or as a comment) [paramdoc.execution]"
        ),
    ),
    (
        ".. paramsummary::\n\n   x = 3\n   %matplotlib inline",
        3,
        (
            "SyntaxError: invalid syntax (%matplotlib is a command of notebooks, which Python itself does not know: "
            "leave it out) [paramdoc.execution]"
        ),
    ),
    (
        ".. paramsummary:: mynet.models:build()",
        0,
        (
            "NameError: mynet is not defined by the code or the preamble, and there is no module of that name on "
            "sys.path (did you mean mynets?) [paramdoc.execution]"
        ),
    ),
    (
        ".. paramsummary:: nowhere_at_all:build()",
        0,
        (
            "NameError: nowhere_at_all is not defined by the code or the preamble, and there is no module of that name "
            f"on sys.path: {ON_PATH} [paramdoc.execution]"
        ),
    ),
    (
        ".. paramsummary::\n\n   import nowhere_at_all",
        2,
        f"ModuleNotFoundError: No module named 'nowhere_at_all': {ON_PATH} [paramdoc.execution]",
    ),
    (
        ".. paramsummary:: keras.layers.Dense(3)",
        0,
        (
            "dense (Dense) has no weights yet, because it does not know the shape of its input: call it once on "
            "keras.Input(shape), or say it with :input-shape: [paramdoc.model]"
        ),
    ),
    (
        ".. paramsummary::\n\n   x = 3",
        0,
        (
            "the code gives no model: assign one to a name, end with an expression that is one, or say which is meant "
            "with :model: [paramdoc.model]"
        ),
    ),
    (
        ".. paramsummary::\n   :model: mlp_modl\n\n   x = keras.Input((3,))\n   mlp_model = keras.Model(x, x)",
        1,
        "NameError: name 'mlp_modl' is not defined (the code made mlp_model) [paramdoc.execution]",
    ),
    (
        ".. paramsummary::\n   :timeout: 0.5\n\n   while True: pass",
        3,
        "the block did not end within 0.5 seconds; :timeout: allows it more [paramdoc.timeout]",
    ),
    (
        ".. paramsummary::\n\n   >>> x = keras.Input((3,))\n   >>> x.shape\n   (None, 3)\n   >>> keras.Model(x, y)",
        5,
        "NameError: name 'y' is not defined [paramdoc.execution]",
    ),
]


def test_each_is_told_at_its_line_with_a_way_out(project: Project) -> None:
    expected, line = [], 9
    for text, offset, message in MISTAKES:
        expected.append(f"index.rst:{line + offset}: WARNING: {message}")
        line += text.count("\n") + 2
    project.page("index", ".. toctree::\n\n   mynets\n   others", *(text for text, _, _ in MISTAKES))
    built = project.build()
    assert built.warnings == expected
    assert built.blocks == f"2 run, {len(MISTAKES) - 1} failed"


def test_a_session_is_run_without_prompts_and_answers_and_shown_with_them(project: Project) -> None:
    project.page(
        "index",
        ".. toctree::\n\n   mynets\n   others",
        ".. paramsummary::\n\n   >>> x = keras.Input((3,))\n   >>> x.shape\n   (None, 3)\n"
        "   >>> def head(x):\n   ...     return keras.layers.Dense(7)(x)\n   ...\n   >>> keras.Model(x, head(x))\n"
        "   <Functional name=functional, built=True>",
    )
    text = project.build("-W").text("index")
    assert "3 × 7 + 7 = 28" in text
    assert "&gt;&gt;&gt; keras . Model ( x , head ( x )) &lt;Functional name=functional, built=True&gt;" in text


def test_a_download_that_cannot_be_had(project: Project) -> None:
    project.conf += (
        "paramdoc_environment = {'KERAS_HOME': '../home', 'https_proxy': 'http://127.0.0.1:9', 'no_proxy': ''}\n"
    )
    project.page(
        "index",
        ".. toctree::\n\n   mynets\n   others",
        ".. paramsummary:: keras.applications.MobileNetV2()",
        ".. paramsummary::\n\n   keras.datasets.mnist.load_data()",
    )
    weights, data = [line for line in project.build().errors.splitlines() if line.startswith(str(project.docs))]
    assert "index.rst:9: WARNING: Exception: URL fetch failure on https://" in weights
    assert weights.endswith("(weights=None gives the same counts, and needs no download)")
    assert "index.rst:13: WARNING: Exception: URL fetch failure on https://" in data
    assert data.endswith(
        "(what a block downloads must be there wherever the documentation is built: keep a copy, or do without)"
    )


def test_one_fault_is_one_warning(project: Project) -> None:
    old = (
        ".. paramsummary::\n\n   x = keras.Input((3,))\n   y = keras.layers.Dense(\n       output_dim=3)(x)\n"
        "   keras.Model(x, y)"
    )
    project.page("index", ".. toctree::\n\n   mynets\n   others", old)
    built = project.build()
    told = "index.rst:13: WARNING: KER101 Dense(output_dim=...) was renamed in Keras 2: write units=..."
    way_out = "keras-modernize --fix writes it anew, or the option :upgrade: as the block runs"
    assert built.warnings == [f"{told} ({way_out})"]
    assert (
        "TypeError: Dense.__init__() missing 1 required positional argument: 'units' [paramdoc.execution]"
        in built.errors
    )
    assert "Line 13: KER101 Dense(output_dim=...) was renamed in Keras 2: write units=..." in built.text("index")
    project.conf += "suppress_warnings = ['paramdoc.execution']\n"
    quiet = project.build("-E")
    assert quiet.warnings == built.warnings
    assert "'units' [paramdoc.outdated]" in quiet.errors
    project.conf += "suppress_warnings = ['paramdoc.execution', 'paramdoc.outdated']\n"
    assert project.build("-E").errors == ""


@pytest.mark.thorough
def test_a_label_that_two_tables_have(project: Project) -> None:
    named = dense(4).replace("::", "::\n   :name: Twice", 1)
    project.page("index", ".. toctree::\n\n   mynets\n   others", named, named, ":paramcount:`twice`")
    *docutils, told = project.build().warnings
    assert "Duplicate explicit target name" in docutils[0]
    assert told == (
        "index.rst:19: WARNING: paramcount: 'twice' is the label of several tables on the page index: give each one of "
        "its own [paramdoc.reference]"
    )
    project.page("mynets", dense(5).replace("::", "::\n   :name: twice", 1))
    assert "20" in project.build().text("index"), "another page has it once"


@pytest.mark.parametrize("options", [(), pytest.param(("-j", "2"), marks=pytest.mark.thorough)])
def test_an_object_on_two_pages_warns_once(project: Project, options: tuple[str, ...]) -> None:
    project.conf += f"sys.path.insert(0, {str(project.folder)!r})\nextensions.append('sphinx.ext.autodoc')\n"
    project.write(**{"mynets/failing.py": "def build():\n    '''A net.\n\n    .. paramsummary:: missing\n    '''\n"})
    pages = ["a", "b", "c", "d", "e", "f"]
    for page in pages:
        project.page(page, ".. autofunction:: mynets.failing.build\n   :no-index:")
    project.page("index", ".. toctree::\n\n   mynets\n   others\n   " + "\n   ".join(pages))
    for _ in range(2):
        built = project.build(*options)
        [warning] = built.warnings
        assert "mynets/failing.py:4: WARNING: NameError: missing is not defined by " in warning
        assert built.text("f").count("This parameter table is missing") == 1
    assert "build finished with problems, 1 warning" in project.build("-W", *options).log


def test_equal_blocks_share_one_run(project: Project) -> None:
    project.page("index", ".. toctree::\n\n   mynets\n   others", dense(2), dense(2), dense(2))
    assert project.build("-W").blocks == "3 run, 2 equal to others"
    assert project.build("-W", "-E").blocks == "5 from records"


@pytest.mark.shares_server(False)
class TestWithoutTheFramework:
    @pytest.fixture(autouse=True)
    def _without(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        """Hide TensorFlow from the processes of blocks."""
        monkeypatch.delenv("KERAS_BACKEND")
        project.write(**{"bare/tensorflow.py": "raise ModuleNotFoundError('No module named x', name='tensorflow')\n"})
        project.conf += "sys.path.insert(0, '../bare')\n"

    @pytest.mark.parametrize("options", [(), pytest.param(("-j", "2"), marks=pytest.mark.thorough)])
    def test_it_is_told_once_in_every_build(self, project: Project, options: tuple[str, ...]) -> None:
        told = (
            "index.rst:9: WARNING: Keras cannot be imported (No module named x): pip install "
            "'sphinx-paramdoc[tensorflow]' where the documentation is built, or build it from committed records "
            "(paramdoc_records); 3 blocks have no table [paramdoc.execution]"
        )
        for _ in range(2):
            built = project.build(*options)
            assert built.warnings == [told]
            assert "This parameter table is missing (others.rst, line 4): Keras cannot be imported" in built.text(
                "others"
            )
        assert project.build("-W", *options).status == 1

    def test_of_one_block(self, project: Project) -> None:
        project.page("mynets")
        project.page("others")
        [warning] = project.build().warnings
        assert warning.endswith("(paramdoc_records); 1 block has no table [paramdoc.execution]")


@pytest.mark.thorough
def test_a_block_in_what_is_left_out_runs(project: Project) -> None:
    """Another builder may show it, of the same doctree."""
    failing = dense(2).replace("keras", "kears", 1).replace("\n", "\n   ")
    project.page("index", ".. toctree::\n\n   mynets\n   others", f".. only:: latex\n\n   {failing}")
    [warning] = project.build().warnings
    assert warning.startswith("index.rst:13: WARNING: NameError: name 'kears' is not defined (did you mean keras?)")
    text = project.build(builder="text")
    assert (text.warnings, "missing" in Path(text.out, "index.txt").read_text(encoding="utf-8")) == ([warning], False)
