"""What is foreseen of docstrings is what autodoc then puts into the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_paramdoc.execution import Request
from sphinx_paramdoc.notation.autodoc_patterns import check
from sphinx_paramdoc.notation.configuration import Configuration
from sphinx_paramdoc.notation.foreseen_docstrings import Autodoc, blocks, listed
from sphinx_paramdoc.notation.settings import Options

NETS = '''"""Nets.

.. paramsummary:: shown
"""

def small():
    """Give a small net.

    .. paramsummary::
    """

def _hidden():
    """.. paramsummary::"""

def bare():
    pass

def big(units):
    """Give a big net.

    Examples:
        As follows:

        .. paramsummary:: {0}.big(4)
           :caption: Four

    .. code-block:: rst

       .. paramsummary:: {0}.big(5)

    Written so::

        .. paramsummary:: {0}.big(6)

    .. note::

       .. paramsummary:: {0}.big(7)
    """

class Net:
    """A net.

    .. paramsummary::

       build = Net(3)
    """

    def encoder(self):
        """Give a part.

        .. paramsummary:: Net().encoder()
        """

ready = small()
""".. paramsummary::"""
'''


@pytest.fixture
def nets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    """A module that nobody has imported, nor has read before."""
    name = f"nets_{abs(hash(request.node.name))}"
    (tmp_path / f"{name}.py").write_text(NETS.format(name))
    monkeypatch.syspath_prepend(tmp_path)
    return name


def asked(tmp_path: Path, text: str, name: str = "page.rst", autodoc: Autodoc = Autodoc()) -> list[str]:  # noqa: B008
    """Give what is foreseen of each block: its expression, code or model."""
    page = tmp_path / name
    page.write_text(f"Title\n=====\n\n{text}\n")
    found = [preview.listing.request() for preview in blocks(page, Configuration(), autodoc)]
    return [request.expression or request.code or request.model for request in found]


def test_one_object(tmp_path: Path, nets: str) -> None:
    assert asked(tmp_path, f".. autofunction:: {nets}.small") == [f"{nets}:small"]
    assert asked(tmp_path, f".. currentmodule:: {nets}\n\n.. autofunction:: small\n   :no-index:") == [f"{nets}:small"]
    assert asked(tmp_path, f".. autodata:: {nets}.ready") == [f"{nets}:ready"]
    assert asked(tmp_path, f".. autofunction:: {nets}.bare") == []
    assert asked(tmp_path, f".. automethod:: {nets}.Net.encoder") == ["Net().encoder()"]
    assert asked(tmp_path, f".. autofunction:: {nets}.big(units)") == [f"{nets}.big(4)"]


def test_the_names_of_the_module_are_there_for_the_block(tmp_path: Path, nets: str) -> None:
    (tmp_path / "page.rst").write_text(f".. autoclass:: {nets}.Net\n")
    assert [preview.listing.request() for preview in blocks(tmp_path / "page.rst", Configuration())] == [
        Request(module=nets, code="build = Net(3)")
    ]


def test_a_module(tmp_path: Path, nets: str) -> None:
    assert asked(tmp_path, f".. automodule:: {nets}") == ["shown"]
    everything = ["shown", "build = Net(3)", "Net().encoder()", f"{nets}.big(4)", f"{nets}:ready", f"{nets}:small"]
    assert asked(tmp_path, f".. automodule:: {nets}\n   :members:") == everything
    in_order = ["shown", f"{nets}:small", f"{nets}.big(4)", "build = Net(3)", "Net().encoder()", f"{nets}:ready"]
    said = Autodoc({"members": True}, "bysource")
    assert asked(tmp_path, f".. automodule:: {nets}", autodoc=said) == in_order
    left_out = f".. automodule:: {nets}\n   :members:\n   :exclude-members: Net, ready"
    assert asked(tmp_path, left_out) == ["shown", f"{nets}.big(4)", f"{nets}:small"]
    assert asked(tmp_path, f".. automodule:: {nets}\n   :members: small") == ["shown", f"{nets}:small"]


def test_a_class_with_its_members(tmp_path: Path, nets: str) -> None:
    assert asked(tmp_path, f".. autoclass:: {nets}.Net\n   :members:") == ["build = Net(3)", "Net().encoder()"]


def test_what_a_module_names_as_public(tmp_path: Path, nets: str) -> None:
    file = tmp_path / f"{nets}.py"
    file.write_text(file.read_text() + "\n__all__ = ['small']\n")
    assert asked(tmp_path, f".. automodule:: {nets}\n   :members:") == ["shown", f"{nets}:small"]


def test_markdown(tmp_path: Path, nets: str) -> None:
    text = "```{eval-rst}\n.. autofunction:: " + nets + ".small\n```\n\n```rst\n.. autofunction:: " + nets + ".big\n```"
    assert asked(tmp_path, text, "page.md") == [f"{nets}:small"]


def test_what_autosummary_writes_for_an_object(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "seennet").mkdir()
    (tmp_path / "seennet" / "__init__.py").write_text("from seennet.models import build\n")
    (tmp_path / "seennet" / "models.py").write_text(
        'def build():\n    """Text."""\n\n\ndef own():\n    """.. paramsummary::"""\n\n\nready = build()\n'
    )
    monkeypatch.syspath_prepend(tmp_path)
    says = check(Options)(
        "paramdoc_autodoc",
        {
            "seennet.models.b*": "{name}()\n:weights: real",
            "seennet.models.ready": ["{name}", {"expression": "{name}[0]", "weights": "real"}],
            "seennet.models.*": "{name}",
        },
    )

    def foreseen(text: str) -> list[tuple[str, object]]:
        (tmp_path / "page.rst").write_text(f"Title\n=====\n\n{text}\n")
        found = blocks(tmp_path / "page.rst", Configuration(autodoc=says))
        return [(preview.listing.request().expression, preview.options.weights) for preview in found]

    built = ("seennet.models.build()", "real")
    assert foreseen(".. currentmodule:: seennet\n\n.. autofunction:: build") == [built]
    assert foreseen(".. autofunction:: seennet.models.build\n\n.. autodata:: seennet.models.ready") == [
        built,
        ("seennet.models.ready", "abstract"),
        ("seennet.models.ready[0]", "real"),
    ]
    assert foreseen(".. autofunction:: seennet.models.own") == [("seennet.models:own", "abstract")]
    assert foreseen(".. autofunction:: seennet.models.nothing") == []
    assert foreseen(".. autofunction:: nonet.build") == []
    assert foreseen("Text::\n\n   .. autofunction:: seennet.models.build") == []
    assert foreseen(".. currentmodule:: seennet\n\n.. automodule:: seennet") == []


def test_what_autosummary_is_about_to_write_pages_of(tmp_path: Path, nets: str) -> None:
    def foreseen(text: str, name: str = "page.rst") -> list[str]:
        (tmp_path / name).write_text(f"Title\n=====\n\n{text}\n")
        found = [preview.listing.request() for preview in listed(tmp_path / name, Configuration())]
        return [request.expression or request.code for request in found]

    names = f"{nets}.small\n   ~{nets}.big\n   {nets}.bare\n   {nets}.nothing\n   a remark"
    both = [f"{nets}:small", f"{nets}.big(4)"]
    assert foreseen(f".. autosummary::\n   :toctree: generated\n\n   {names}") == both
    assert foreseen(f".. currentmodule:: {nets}\n\n.. autosummary::\n   :toctree:\n\n   small") == both[:1]
    assert foreseen(f".. autosummary::\n\n   {names}") == []
    markdown = f"```{{eval-rst}}\n.. autosummary::\n   :toctree: generated\n\n   {nets}.small\n```"
    assert foreseen(markdown, "page.md") == both[:1]
    assert not [*listed(tmp_path / "missing.rst", Configuration())]
