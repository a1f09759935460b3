"""What is foreseen of an API page is what its build then asks for: a wrong guess would import Keras in vain."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sphinx_paramdoc.execution import Request
from sphinx_paramdoc.notation import autodoc_patterns, foreseen_docstrings
from sphinx_paramdoc.notation.configuration import Configuration
from sphinx_paramdoc.notation.settings import Options
from tests.sphinx_paramdoc.projects import Project

pytestmark = [pytest.mark.slow, pytest.mark.on_numpy, pytest.mark.shares_server]

NETS = '''"""Nets.

.. paramsummary:: small()
"""

def small():
    """Give a small net.

    .. paramsummary::
    """
    return big(2)

def big(units=3):
    """Give a big net.

    Examples:
        As follows:

        .. paramsummary:: big(4)
           :caption: Four

    .. code-block:: rst

       .. paramsummary:: big(5)
    """
    import keras

    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(units)])

def patterned():
    """Give one by a pattern."""
    return big(9)

class Net:
    """A net.

    .. paramsummary::

       build = big(7)
    """

    def encoder(self):
        """Give a part.

        .. paramsummary:: Net().encoder()
        """
        return big(8)
'''


def test_of_an_api_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    patterns = {"foreseen_nets.patt*": "{name}()"}
    project = Project(
        tmp_path,
        f"sys.path.insert(0, {str(tmp_path)!r})\nparamdoc_autodoc = {patterns}\n"
        "extensions += ['sphinx.ext.autodoc', 'sphinx.ext.napoleon']\n",
    )
    project.write(**{"foreseen_nets.py": NETS})
    project.page("index", ".. automodule:: foreseen_nets\n   :members:")
    assert project.build("-W").errors == ""
    asked = [json.loads(text)["request"] for text in project.records().values()]
    monkeypatch.syspath_prepend(tmp_path)
    says = Configuration(autodoc=autodoc_patterns.check(Options)("paramdoc_autodoc", patterns))
    found = [each.listing.request() for each in foreseen_docstrings.blocks(project.docs / "index.rst", says)]

    def parts(request: Request) -> tuple[str, str, str]:
        return request.module, request.code, request.expression

    assert sorted(map(parts, found)) == sorted(
        (each.get("module", ""), each.get("code", ""), each.get("expression", "")) for each in asked
    )
    assert len(found) == 6
    assert project.build("-W", "-E", may_run=False).blocks == "6 from records"


def test_one_stale_block_of_many_waits_for_its_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Most have records, so that what is left may be a wrong guess."""
    project = Project(tmp_path, f"sys.path.insert(0, {str(tmp_path)!r})\nextensions.append('sphinx.ext.autodoc')\n")
    hidden = f"{NETS}\n\nsmall.__doc__ = 'Give one.'\n"  # which the guess does not see
    project.write(**{"hidden_nets.py": hidden.replace("Examples:\n        As", "As")})
    project.page("index", ".. automodule:: hidden_nets\n   :members:")
    assert project.build("-W").errors == ""
    assert len(project.records()) == 4
    monkeypatch.syspath_prepend(tmp_path)
    assert len([*foreseen_docstrings.blocks(project.docs / "index.rst", Configuration())]) == 5
    assert project.build("-W", "-E", may_run=False).blocks == "4 from records"


def test_what_autosummary_writes_runs_while_autosummary_imports(tmp_path: Path) -> None:
    """Its import takes as long as that of a framework; here it waits until a block has begun."""
    project = Project(
        tmp_path,
        f"sys.path.insert(0, {str(tmp_path)!r})\nparamdoc_autodoc = {{'listed_nets.*': '{{name}}()'}}\n"
        "extensions += ['sphinx.ext.autodoc', 'sphinx.ext.autosummary']\n",
    )
    waits = (
        "import pathlib, sys, time\n\nBEGUN = pathlib.Path(__file__).with_name('begun')\nEND = time.monotonic() + 60\n"
        "while 'sphinx.application' in sys.modules and not BEGUN.exists():\n"
        "    assert time.monotonic() < END, 'no block has begun'\n    time.sleep(0.05)\n\n"
        "def net():\n    BEGUN.touch()\n    import keras\n\n"
        "    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])\n"
    )
    project.write(**{"listed_nets.py": waits})
    project.page("index", ".. autosummary::\n   :toctree: generated\n\n   listed_nets.net")
    build = project.build("-W")
    assert (build.errors, build.blocks) == ("", "1 run")
    assert project.build("-W", "-E", may_run=False).blocks == "1 from records"
