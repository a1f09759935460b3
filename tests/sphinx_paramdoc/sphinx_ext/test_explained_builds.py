"""Builds in which the project explains its own layers, or says the shape of an input."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sphinx_paramdoc.projects import Project

pytestmark = [pytest.mark.slow, pytest.mark.on_numpy]

LAYERS = """
import keras

class Gated(keras.layers.Layer):
    def __init__(self, units, **further):
        super().__init__(**further)
        self.units = units

    def build(self, shape):
        self.value = self.add_weight(shape=(shape[-1], self.units))
        self.gate = self.add_weight(shape=(shape[-1], self.units))

    def call(self, inputs):
        return keras.ops.matmul(inputs, self.value) * keras.ops.sigmoid(keras.ops.matmul(inputs, self.gate))

class Net(keras.Model):
    def __init__(self):
        super().__init__(name="net")
        self.gated, self.head = Gated(8, name="gated"), keras.layers.Dense(2, name="head")

    def call(self, inputs):
        return self.head(self.gated(inputs))
"""

EXPLAIN = Path(__file__).parents[3].joinpath("docs", "snippets", "own_explain.py").read_text("utf-8")

CONF = "paramdoc_explainers = {'own.layers.Gated': 'own.explain:gated'}\n"
BLOCK = ".. paramsummary:: own.layers:Net()\n   :input-shape: (None, 4)"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path, CONF)
    project.write(**{"own/__init__.py": "", "own/layers.py": LAYERS, "own/explain.py": EXPLAIN})
    project.page("index", BLOCK)
    return project


def test_a_project_explains_its_own_layer(project: Project) -> None:
    first = project.build("-W")
    assert (first.status, first.blocks, first.errors) == (0, "1 run", "")
    assert "64 2 × 4 × 8 = 64" in first.text("index")
    again = project.build("-W", "-E", may_run=False)
    assert (again.errors, again.status, again.blocks) == ("", 0, "1 from records")
    assert "2 × 4 × 8 = 64" in again.text("index")

    project.write(**{"own/explain.py": EXPLAIN.replace("Number(2,", "Number(3,")})
    complaint = "own.explain:gated does not explain gated (own.layers.Gated): it gives 3 × 4 × 8 = 96, but"
    for build in (project.build(), project.build()):  # a second build warns as the first one did
        assert build.warnings == [f"index.rst:4: WARNING: {complaint} the layer has 64 parameters [paramdoc.model]"]
        assert "value 4 × 8 = 32; gate 4 × 8 = 32" in build.text("index")


@pytest.mark.thorough
def test_a_library_that_is_installed_later_explains_its_layers(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.conf = project.conf.replace(CONF, "")
    assert "value 4 × 8 = 32; gate 4 × 8 = 32" in project.build("-W").text("index")
    project.write(
        **{
            "lib/lib-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: lib\nVersion: 1\n",
            "lib/lib-1.dist-info/entry_points.txt": (
                "[sphinx_paramdoc.explainers]\nown.layers.Gated = own.explain:gated\n"
            ),
        }
    )
    monkeypatch.setenv("PYTHONPATH", str(project.folder / "lib"))
    explained = project.build("-W")
    assert (explained.blocks, explained.status) == ("1 run", 0)
    assert "2 × 4 × 8 = 64" in explained.text("index")
    again = project.build("-W", "-E", may_run=False)
    assert (again.errors, again.blocks) == ("", "1 from records")
    monkeypatch.delenv("PYTHONPATH")  # as on a host that has only the records
    elsewhere = project.build("-W", "-E", may_run=False)
    assert "2 × 4 × 8 = 64" in elsewhere.text("index")


def test_input_shapes(project: Project) -> None:
    project.conf = project.conf.replace(CONF, "")
    project.page(
        "index",
        BLOCK.replace("4", "6"),
        ".. paramsummary:: own.layers:Net()",
        ".. paramsummary:: own.layers:Net()\n   :input-shape: (4,)",
        ".. paramsummary:: keras.applications.MobileNet(weights=None)\n   :input-shape: (None, 32, 32, 3)",
        ".. paramsummary:: keras.layers.Conv2D(4, 3)\n   :input-shape: (28, 28, 1)",
    )
    built = project.build()
    assert "(None, 8) 96 value 6 × 8 = 48; gate 6 × 8 = 48" in built.text("index")
    unbuilt, wrong, known, failing = built.warnings
    assert unbuilt == (
        "index.rst:7: WARNING: net (Net) has no weights yet, because it does not know the shape of its input: call it "
        "once on keras.Input(shape), or say it with :input-shape: [paramdoc.model]"
    )
    assert wrong == (
        "index.rst:10: WARNING: :input-shape: '(4,)' is no shape with the axis of the batch first, such as "
        "(None, 28, 28, 1) [paramdoc.option]"
    )
    assert known.startswith("index.rst:12: WARNING: mobilenet_1.00_224 (Functional) knows that its input has the shape")
    assert failing.startswith("index.rst:15: WARNING: ValueError: ")
    note = "(conv2d, which takes inputs, was called on inputs of the shape (28, 28, 1), whose first axis is the batch.)"
    assert note in built.errors
