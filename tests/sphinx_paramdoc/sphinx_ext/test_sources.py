"""The source of what an expression calls, in the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sphinx_paramdoc.projects import Project

pytestmark = [pytest.mark.slow, pytest.mark.on_numpy]

NETS = """\
import functools

import keras


def logged(function):
    @functools.wraps(function)
    def call(*arguments):
        return function(*arguments)

    return call


class Maker:
    @logged
    def deep(self, units):
        inputs = keras.Input((units,))
        return keras.Model(inputs, keras.layers.Dense(units)(inputs))


def twice(function):
    return lambda units: function(
        2 * units
    )


maker = Maker()
"""

PREAMBLE = """\
from sourced.nets import maker, twice
makers = [maker]
wide = twice(maker.deep)
def tiny():
    return maker.deep(1)
"""

PAGE = """\
Sources
=======

.. paramsummary:: maker.deep(3)
   :code: above

.. paramsummary:: tiny()
   :code: collapsed

.. paramsummary:: wide(4)
   :code: above

.. paramsummary:: makers[0].deep(5)
   :code: above

.. paramsummary:: maker.deep(6)
"""

DEEP = """\
   @logged
   def deep(self, units):
       inputs = keras.Input((units,))
       return keras.Model(inputs, keras.layers.Dense(units)(inputs))
"""

TINY = """\
   def tiny():
       return maker.deep(1)
"""

WIDE = """\
   return lambda units: function(
       2 * units
   )
"""


def test_where_no_name_finds_the_source_the_process_that_ran_the_block_tells(tmp_path: Path) -> None:
    made = Project(tmp_path, f"paramdoc_preamble = {PREAMBLE!r}\n")
    made.write(**{"sourced/__init__.py": "", "sourced/nets.py": NETS, "docs/index.rst": PAGE})
    built = made.build("-W", builder="text")
    assert built.errors == ""
    page = (built.out / "index.txt").read_text(encoding="utf-8")
    assert page.count(DEEP) == 1
    assert page.count(TINY) == 1
    assert page.count(WIDE) == 1
    assert "   makers[0].deep(5)\n" in page

    # It is in the record: no option about looks lets code run, and a change of the file is one of the block.
    made.write(**{"docs/index.rst": PAGE.replace("deep(6)\n", "deep(6)\n   :code: above\n")})
    again = made.build("-W", builder="text", may_run=False)
    assert again.errors == ""
    assert (again.out / "index.txt").read_text(encoding="utf-8").count(DEEP) == 2
    made.write(**{"sourced/nets.py": "# One line more\n" + NETS.replace("keras.Input", "keras.layers.Input")})
    changed = made.build("-W", builder="text")
    assert changed.errors == ""
    page = (changed.out / "index.txt").read_text(encoding="utf-8")
    assert page.count(DEEP.replace("keras.Input", "keras.layers.Input")) == 2
