"""What is guessed of an error, and where nothing is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from sphinx_paramdoc.execution.hints import nearest
from tests.sphinx_paramdoc.execution.toy import failure_of

PYTHON_GUESSES = sys.version_info >= (3, 13)
"""Whether Python itself says which argument was meant."""

MEANT_UNITS = "did you mean units?"
WITHOUT_WEIGHTS = "weights=None gives the same counts, and needs no download"


@pytest.fixture(autouse=True)
def _package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library, and a project that uses it."""
    library = tmp_path / "toylib"
    library.mkdir()
    (library / "__init__.py").write_text("from toylib import layers\nclass Sequential: pass\n_private = 3\n")
    (library / "layers.py").write_text("class Dense: pass\nclass Dropout: pass\nclass Embedding: pass\n")
    (library / "unloaded.py").touch()
    (library / "lazy.py").write_text("made = 3\ndef __getattr__(name):\n    raise AttributeError(f'no {name}')\n")
    (tmp_path / "toyproject.py").write_text(
        "import toylib\ndef build():\n    units = 3\n    return unit\ndef other(): return Dense\n"
        "def of_library(): return toylib.layers.Dropuot\n"
        "def sized(units): pass\n"
        "def typed(units): return units < 3\n"
    )
    monkeypatch.syspath_prepend(tmp_path)


def said(code: str = "", **given: Any) -> tuple[str, str | None]:
    """Return what is guessed, and what else may help."""
    failure = failure_of(code, preamble="import toylib", **given)
    first = failure.message.split("\n")[0]
    if PYTHON_GUESSES and ". Did you mean" in first:
        return MEANT_UNITS, failure.way_out
    return first.rpartition(" (")[2].rstrip(")") if first.endswith(")") else "", failure.way_out


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("toylib.layers.Dens()", "did you mean Dense?"),
        ("toylib.layers.dense()", "did you mean Dense?"),
        ("toylib.layres", "did you mean layers?"),
        ("toylib.unloadd", "did you mean unloaded?"),
        ("import toylib.lazy\ntoylib.lazy.mad", "did you mean made?"),
        ("toylib.privat", ""),
        ("toylib._privat", "did you mean _private?"),
        ("toylib.layers.Convolution", ""),
        ("'text'.uper()", "did you mean upper?"),
        ("Sequential()", "only toylib is imported: write toylib.Sequential, or import it"),
        ("Dense()", "only toylib is imported: write toylib.layers.Dense, or import it"),
        ("layers.Dense()", "only toylib is imported: write toylib.layers, or import it"),
        ("Embeding()", "did you mean toylib.layers.Embedding?"),
        ("mbedding()", ""),  # of the names inside a library some are like anything
        ("encoder = 3\nencodr", "did you mean encoder?"),
        ("def f(inputs): return input_\nf(3)", "did you mean inputs?"),
        ("x = 3\ninptu()", "did you mean input?"),
        ("def f(inputs): return inputz\nf(3)", "did you mean inputs?"),
        ("np.zeros(3)", "nothing imports it: begin with import numpy as np"),
        ("json.loads('3')", "nothing imports it: begin with import json"),
        ("xyzzy", ""),
        ("from toylib.layers import Dens", "did you mean Dense?"),
        ("from toylib import unloadd", "did you mean unloaded?"),
        ("import toylip", "did you mean toylib?"),
        ("import toylib.layrs", "did you mean toylib.layers?"),
        ("import toyproject\ntoyproject.build()", "did you mean units?"),
        ("import toyproject\ntoyproject.other()", ""),  # what the block imports is nothing to it
        ("import toyproject\ntoyproject.of_library()", "did you mean Dropout?"),
        ("x = {}\nx['units']", ""),
        ("import toyproject\ntoyproject.sized(unit=3)", MEANT_UNITS),
        ("class Net:\n  def __init__(self, units): pass\nNet(unit=3)", MEANT_UNITS),
        ("def f(units): pass\nf(depth=3)", ""),
        ("def f():\n  def g(units): pass\n  g(unit=3)\nf()", MEANT_UNITS if PYTHON_GUESSES else ""),
        (
            "import textwrap\ntextwrap.shorten('a', width='3')",
            "width is the string '3': write the number 3, without quotes",
        ),
        (
            "import colorsys\ncolorsys.rgb_to_hls('0.5', 1, 1)",
            "r is the string '0.5': write the number 0.5, without quotes",
        ),
        ("import textwrap\ntextwrap.shorten('a', width='wide')", ""),
        ("import fractions\nfractions.Fraction('3', 4.5)", ""),  # what is refused is another argument
        ("import toyproject\ntoyproject.typed('3')", ""),  # who refuses it there is the user's own code
        ("raise NameError('free words')", ""),
        ("raise AttributeError('free words')", ""),
    ],
)
def test_what_is_meant(code: str, hint: str) -> None:
    assert said(code) == (hint, None)


@pytest.mark.parametrize(
    ("expression", "hint", "way_out"),
    [
        ("toylib.layers:Dens()", "did you mean Dense?", None),
        ("toylib.layers.Dens()", "did you mean Dense?", None),
        ("toylip.layers.Dense()", "did you mean toylib?", None),
        ("toylib.layrs:Dense()", "did you mean toylib.layers?", None),
        ("Dense()", "only toylib is imported: write toylib.layers.Dense, or import it", None),
        ("nowhere_at_all.build()", "", "module"),
    ],
)
def test_what_an_argument_means(expression: str, hint: str, way_out: str | None) -> None:
    assert said(expression=expression) == (hint, way_out)


def test_what_else_may_help() -> None:
    assert said("import nowhere_at_all") == ("", "module")
    assert said("x = 3") == ("", "model")
    assert said("x = = 3") == ("", "syntax")
    assert said("'model unbuilt'") == ("", "input-shape")
    assert said("raise ValueError") == ("", None)


@pytest.mark.parametrize(
    ("code", "model", "hint"),
    [
        ("a = 'model a'\nx = 3\nb = 'model b'", "modl", "the code made a, b"),
        ("x = 3", "modl", ""),
        (
            "\n".join(f"m{n} = 'model'" for n in range(10)),
            "modl",
            "the code made m0, m1, m2, m3, m4, m5, m6, m7 and 2 more",
        ),
    ],
)
def test_the_models_that_the_code_made_are_named(code: str, model: str, hint: str) -> None:
    assert said(code, model=model) == (hint, None)


def test_they_are_named_too_where_another_thing_is_called_the_model() -> None:
    failure = failure_of("a = 'model a'\nx = 3", model="x")
    assert failure.message == "x is an int, not a model or layer: the code made a"


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        (
            "def VGG(weights='imagenet'): fetch()\n{}\nVGG()",
            "weights=None gives the same counts, and needs no download",
        ),
        (
            "def VGG(*, weights): fetch()\n{}\nVGG(weights='a')",
            "weights=None gives the same counts, and needs no download",
        ),
        (
            "def VGG(weights=None): fetch()\n{}\nVGG()",
            "what a block downloads must be there wherever the documentation is built: keep a copy, or do without",
        ),
    ],
)
def test_a_download_that_cannot_be_had(code: str, hint: str) -> None:
    fetch = (
        "import urllib.error\ndef fetch():\n  try:\n    raise urllib.error.URLError('no such host')\n"
        "  except OSError:\n    raise Exception('it cannot be had')"
    )
    failure = failure_of(code.format(fetch))
    assert failure.message == f"Exception: it cannot be had ({hint})"
    assert failure.depends_on_weights is False, "other weights would be asked for in vain as well"


def test_the_hint_stands_in_the_first_line() -> None:
    failure = failure_of("try:\n  'text'.uper()\nexcept AttributeError as error:\n  error.add_note('A note.')\n  raise")
    assert failure.message == "AttributeError: 'str' object has no attribute 'uper' (did you mean upper?)\nA note."


def test_a_class_is_meant_by_a_capital() -> None:
    assert nearest("Resnet50", ["resnet50", "ResNet50", "ResNet101"]) == "ResNet50"
    assert nearest("resnt50", ["resnet50", "ResNet50"]) == "resnet50"
    assert nearest("DENSE", ["Dense", "Dropout"]) == "Dense"
    assert nearest("x", []) == ""


def test_a_file_is_no_name_in_its_module() -> None:
    assert failure_of(expression="toyproject.py").message == (
        "AttributeError: module 'toyproject' has no attribute 'py' "
        "(toyproject.py is a file: write toyproject:NAME, for what in it gives the model)"
    )


def test_a_number_is_no_shape() -> None:
    failure = failure_of("raise ValueError(\"Cannot convert '4' to a shape.\")")
    assert failure.message == "ValueError: Cannot convert '4' to a shape. (a shape is a tuple, of one axis (4,))"


def test_what_the_code_defines_alone_is_to_be_called() -> None:
    assert failure_of("def build():\n    return 'model'").message == (
        "the code gives no model: assign one to a name, end with an expression that is one, such as build()"
    )
