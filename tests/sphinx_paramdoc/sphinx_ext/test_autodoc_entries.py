"""What a project may say of an object in ``paramdoc_autodoc``, in real builds: tables, and where a mistake is."""

from __future__ import annotations

import pytest

from tests.sphinx_paramdoc.projects import Project

pytestmark = [pytest.mark.slow, pytest.mark.on_numpy, pytest.mark.shares_server]

MODELS = '''\
import keras


def build(units=4):
    """A net."""
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(units)])


def unshaped(units=3):
    """A net that knows no shape."""
    return keras.Sequential([keras.layers.Dense(units)])


def broken(units=3):
    """A net of another time."""
    return keras.layers.Dense(output_dim=units)


class Classifier:
    """Holds a net."""

    def __init__(self, units):
        self.units = units

    def fit(self):
        self.model_ = build(self.units)
        return self
'''


@pytest.fixture
def entries(project: Project) -> Project:
    """A page that documents each object; what is said of them is to be added."""
    project.write(**{"mynets/models.py": MODELS})
    project.conf += f"sys.path.insert(0, {str(project.folder)!r})\nextensions.append('sphinx.ext.autodoc')\n"
    names = ("build", "unshaped", "broken")
    objects = [f".. autofunction:: mynets.models.{name}" for name in names]
    project.page("index", ".. toctree::\n\n   mynets\n   others", *objects, ".. autoclass:: mynets.models.Classifier")
    return project


def test_every_kind_of_value_gives_its_tables(entries: Project) -> None:
    entries.conf += """paramdoc_autodoc = {
    "mynets.models.build": ["{name}(7)", {"expression": "{name}(8)", "caption": "All of {name}", "name": "big"}],
    "mynets.models.unshaped": {"expression": "{name}()", "input-shape": (None, 9), "legend": True, "depth": 1},
    "mynets.models.broken": {"expression": "{name}()", "expect-failure": True},
    "mynets.models.b*": "{name}(99)",
    "mynets.models.Cl*": "{name}(6).fit().model_",
}
"""
    built = entries.build("-W")
    assert (built.errors, built.status) == ("", 0)
    text = built.text("index")
    shown = ["3 × 7 + 7 = 28", "All of mynets.models.build", "3 × 8 + 8 = 32", "9 × 3 + 3 = 30", "3 × 6 + 6 = 24"]
    assert [each for each in shown if each not in text] == []
    assert "There is no parameter table, as is expected: TypeError: Dense.__init__() missing" in text
    assert "99" not in text, "the first pattern that fits counts"
    assert built.blocks == "6 run, 1 failed"
    again = entries.build("-W")
    assert (again.errors, again.blocks) == ("", "4 from records, 1 failed"), "what failed may have been mended"
    cached = entries.build("-W", "-E", "-D", "paramdoc_execute=cache")
    assert (cached.errors, cached.status) == ("", 0), "a failure has no record"


@pytest.mark.thorough
def test_a_change_of_an_entry_reads_the_page_again(entries: Project) -> None:
    begun = entries.conf
    entries.conf = f"{begun}paramdoc_autodoc = {{'mynets.models.build': ['{{name}}(7)']}}\n"
    assert "3 × 7 + 7 = 28" in entries.build("-W").text("index")
    entries.conf = f"{begun}paramdoc_autodoc = {{'mynets.models.build': ['{{name}}(7)', '{{name}}(8)']}}\n"
    changed = entries.build("-W")
    assert changed.read == {"index"}
    assert "3 × 7 + 7 = 28" in changed.text("index")
    assert "3 × 8 + 8 = 32" in changed.text("index")
    assert entries.build("-W").read == set()


def test_a_message_names_the_place_that_a_pattern_has(entries: Project) -> None:
    entries.conf += """paramdoc_autodoc = {
    "mynets.models.build": [
        {"expression": "{name}()", "expect-failure": True},
        {"expression": "{name}()", "total": 17},
        "{name}(unit=3)",
    ],
    "mynets.models.unshaped": [{"expression": "{name}()"}, "{name}()\\n:unfold:"],
    "mynets.models.broken": "{name}()",
}
"""
    file = entries.folder / "mynets" / "models.py"
    shape = (
        "sequential (Sequential) has no weights yet, because it does not know the shape of its input: call it once on "
        "keras.Input(shape), or say it with"
    )
    wanted = [
        (
            4,
            (
                "'mynets.models.build', entry 1, option 'expect-failure': a failure is expected, and the code gives a "
                "model: drop the option [paramdoc.expectation]"
            ),
        ),
        (
            4,
            (
                "'mynets.models.build', entry 2, option 'total': 17 parameters are expected, but sequential has 16 "
                "[paramdoc.expectation]"
            ),
        ),
        (4, "'mynets.models.build', entry 3: TypeError: build() got an unexpected keyword argument 'unit'"),
        (9, f"'mynets.models.unshaped', entry 1: {shape} 'input-shape' beside the 'expression' [paramdoc.model]"),
        (
            9,
            f"'mynets.models.unshaped', entry 2: {shape} :input-shape: on a line below the expression [paramdoc.model]",
        ),
        (14, "'mynets.models.broken': TypeError: Dense.__init__() missing 1 required positional argument: 'units'"),
    ]
    for _ in range(2):
        found = [line.split(". Did you")[0] for line in entries.build().warnings]
        said = [f"{file}:{line}: WARNING: paramdoc_autodoc in conf.py: {message}" for line, message in wanted]
        assert [line[: len(each)] for line, each in zip(found, said, strict=True)] == said


def test_what_is_no_entry_ends_the_build_at_its_place(entries: Project) -> None:
    entries.conf += (
        "paramdoc_autodoc = {'mynets.models.b*': ['{name}()', {'expression': '{name}()', 'input_shape': (None, 3)}]}\n"
    )
    built = entries.build()
    assert built.status == 2
    assert (
        "paramdoc_autodoc in conf.py: 'mynets.models.b*', entry 2, option 'input_shape': there is no such option (did "
        "you mean 'input-shape'?)"
    ) in " ".join(built.errors.split())
