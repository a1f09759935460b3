"""Links that a table brings into a page, as who checks links tells of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.sphinx_paramdoc.projects import Project

pytestmark = [pytest.mark.slow, pytest.mark.on_numpy, pytest.mark.shares_server]

NETS = '''\
"""Nets.

Some text.

.. paramsummary::
   :legend:

   keras.Sequential([keras.Input((3,)), keras.layers.BatchNormalization()])
"""
'''

PAGE = """\
Links
=====

.. paramsummary::
   :name: captioned
   :caption: As `the paper <http://127.0.0.1:9/paper>`_ has it

   keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])

* .. paramsummary::
     :legend:

     keras.Sequential([keras.Input((3, 3)), keras.layers.GRU(4)])

.. automodule:: linked_nets

.. include:: part.txt
"""

PART = """\
Included.

.. paramsummary::
   :legend:

   keras.Sequential([keras.Input((3,)), keras.layers.LayerNormalization()])
"""

CONF = "extensions.append('sphinx.ext.autodoc')\nlinkcheck_ignore = ['.*']\n"


def test_a_link_stands_on_the_line_of_what_asks_for_it(tmp_path: Path) -> None:
    made = Project(tmp_path, f"sys.path.insert(0, {str(tmp_path)!r})\n{CONF}")
    made.write(**{"linked_nets.py": NETS, "docs/index.rst": PAGE, "docs/part.txt": PART})
    assert made.build("-W").errors == ""
    checked = made.build(builder="linkcheck", may_run=False)
    lines = (checked.out / "output.json").read_text(encoding="utf-8").splitlines()
    assert sorted((each["lineno"], each["uri"]) for each in map(json.loads, lines)) == [
        (4, "https://arxiv.org/abs/1607.06450"),  # of the file that is included
        (6, "http://127.0.0.1:9/paper"),
        (6, "https://arxiv.org/abs/1502.03167"),  # of the file of the docstring
        (11, "https://arxiv.org/abs/1406.1078"),
    ]
