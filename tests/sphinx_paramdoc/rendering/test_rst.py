from __future__ import annotations

from docutils import nodes
from docutils.core import publish_doctree

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.rendering import formats
from tests.sphinx_paramdoc.makers import Maker
from tests.sphinx_paramdoc.rendering.test_every_format import STRICT

SEED = """\
.. list-table:: functional (keras.models.Model)
   :header-rows: 1
   :widths: 27 21 18 37

   * - Layer
     - Output shape
     - Parameters
     - Explanation
   * - ``input_layer`` (InputLayer)
     - (None, 4096)
     - 0
     - no weights: it only declares the input's shape
   * - ``dense`` (Dense)
     - (None, 512)
     - 2,097,664
     - | 4096 × 512 + 512 = 2,097,664
       | *inputs × units + units*
   * - ``batch_normalization`` (BatchNormalization)
     - (None, 512)
     - 2,048
     - | 4 × 512 = 2,048
       | *4 (gamma, beta, moving mean, moving variance) × channels*
       | 1,024 non-trainable: moving mean and moving variance are tracked, not learned
   * - ``dropout`` (Dropout)
     - (None, 512)
     - 0
     - no weights: it only masks activations
   * - ``dense_1`` (Dense)
     - (None, 80)
     - 41,040
     - | 512 × 80 + 80 = 41,040
       | *inputs × units + units*
   * - **Total**
     -
     - | **2,140,752**
       | *8.17 MiB*
     - | 2,139,728 trainable + 1,024 non-trainable
       | *8.16 MiB + 4.00 KiB*"""

ODD = ["a|b", "*a*", "__init__", "a_", "`a`", "``a``", "a\\b", "|a|", "- a", "1. a", ":a: b", ".. a", "::", "a b", "é"]
"""Names of layers that mean something in reStructuredText."""


def test_the_manuals_first_model(seed: facts.Model) -> None:
    assert formats.write(table.build(seed), "rst") == SEED


def test_names_show_as_they_are_whatever_they_mean_in_restructuredtext(make: Maker) -> None:
    built = make.table(*(make.dense(name, 4, 5 + place) for place, name in enumerate(ODD)))
    read = publish_doctree(formats.write(built, "rst"), settings_overrides=STRICT)
    first = [row.children[0].astext() for row in read.findall(nodes.row)][1:-1]
    assert first == [f"{name} (Dense)" for name in ODD]
