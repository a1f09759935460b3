"""Tables in the themes that people use, in light and dark, on a phone, a tablet and a desk."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.sphinx_paramdoc.rendering.looking import AXE, FAULTS, axe_core, browsing

pytestmark = [pytest.mark.slow]

THEMES = ("furo", "sphinx_rtd_theme", "pydata_sphinx_theme", "sphinx_book_theme", "alabaster", "classic")
WIDTHS = (390, 768, 1280)

OPEN = "document.querySelectorAll('table.paramdoc details').forEach(each => each.open = true)"
CLOSE = "document.querySelectorAll('table.paramdoc details').forEach(each => each.open = false)"

PAGE = """\
The model
=========

Prose.

.. paramsummary::
   :caption: A caption that is about as long as captions are
   :name: mine
   :depth: 1

   x = keras.Input((224, 224, 3), name="the_photograph_as_the_camera_gives_it_to_the_network")
   h = keras.layers.Conv2D(8, 3, name="expanded_convolution_depthwise_normalised_projection")(x)
   h = keras.layers.BatchNormalization(trainable=False)(h)
   h = keras.layers.GlobalAveragePooling2D(name="x" * 60)(h)
   tower = keras.Sequential(
       [keras.Input((8,)), keras.layers.Dense(2**14), keras.layers.ReLU(), keras.layers.Dense(2**14)], name="tower"
   )
   h = tower(h)
   for number in range(3):
       stage = keras.Sequential([keras.Input((2**14,)), tower.layers[1].__class__(7)], name=f"outer_stage_{number}")
       h = keras.layers.Dense(2**14, name=f"wide_{number}")(keras.Sequential([stage], name=f"stage_{number}")(h))
   h, *states = keras.layers.LSTM(16, return_state=True)(keras.layers.Reshape((128, 128))(h))
   keras.Model(x, [h, *states])
"""

LIST = """\
Several models
==============

.. paramlist:: keras.layers.Dense
   :caption: A caption that is about as long as captions are
   :input-shape: (None, 64)
   :columns: model expression params size link

   Small: units=3
   AVeryLongNameOfAModelThatNobodyWouldGive_toAnyone: units=2**20, activation="relu", use_bias=False
   Broken: units=3, activation="a_function_that_there_is_not_and_that_is_called_at_great_length"

.. paramlist::

   Dense: keras.layers.Dense(2**19)
     :input-shape: (None, 64)

.. paramlist::
   :columns: params in-arguments

   Dense: keras.layers.Dense(3)
     :input-shape: (None, 64)
   Convolution: keras.layers.Conv2D(3, 3)
     :input-shape: (None, 64, 64, 3)

.. paramsummary:: keras.layers.Dense(units=3)
   :input-shape: (None, 64)
   :caption: A layer
"""


class Site(NamedTuple):
    """A project that is built with a theme."""

    theme: str
    html: Path


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose table is recorded; its page without the table is beside it."""
    folder = tmp_path_factory.mktemp("themes")
    (folder / "conf.py").write_text(
        "extensions = ['sphinx_paramdoc']\nproject = 'Models'\nsuppress_warnings = ['paramdoc.execution']\n"
    )
    (folder / "index.rst").write_text(PAGE + "\n.. toctree::\n\n   plain\n   list\n")
    (folder / "list.rst").write_text(LIST)
    (folder / "plain.rst").write_text("Plain\n=====\n\nProse.\n")
    return folder


@pytest.fixture(scope="module", params=THEMES)
def site(request: pytest.FixtureRequest, source: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    theme = request.param
    if theme not in ("alabaster", "classic") and find_spec(theme) is None:
        pytest.skip(f"{theme} is not installed")
    out = tmp_path_factory.mktemp(theme)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "sphinx",
            "-q",
            "-W",
            "-d",
            source.parent / "trees",
            "-D",
            f"html_theme={theme}",
            source,
            out,
        ],
        env={**os.environ, "KERAS_BACKEND": "numpy"},  # which is imported sooner than TensorFlow
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return Site(theme, out)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with browsing() as running:
        yield running


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.thorough)])
def test_a_table_fits_and_reads_well(browser: Any, repository: Path, site: Site, scheme: str) -> None:
    for width in WIDTHS:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        try:
            shown = context.new_page()
            shown.goto((site.html / "plain.html").as_uri())
            scrolled = shown.evaluate("document.documentElement.scrollWidth")
            shown.goto((site.html / "list.html").as_uri())
            assert (width, shown.evaluate(FAULTS)) == (width, [])
            assert shown.evaluate("document.documentElement.scrollWidth") == scrolled
            shown.goto((site.html / "index.html").as_uri())
            for state in ("closed", "open"):
                shown.evaluate(OPEN if state == "open" else CLOSE)
                assert (width, state, shown.evaluate(FAULTS)) == (width, state, [])
                assert shown.evaluate("document.documentElement.scrollWidth") == scrolled
        finally:
            context.close()


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.thorough)])
def test_axe_finds_nothing(browser: Any, repository: Path, site: Site, scheme: str) -> None:
    script = axe_core(repository)
    if script is None:
        pytest.skip("axe-core is not installed: npm install --no-save axe-core, or AXE_CORE=…/axe.min.js")
    for width in WIDTHS:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        try:
            shown = context.new_page()
            for name in ("index", "list"):
                shown.goto((site.html / f"{name}.html").as_uri())
                shown.evaluate(OPEN)
                shown.add_script_tag(path=script)
                assert (width, name, shown.evaluate(AXE)) == (width, name, [])
        finally:
            context.close()
