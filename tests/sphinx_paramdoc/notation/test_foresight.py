"""What is foreseen of a page is what its directives then ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_paramdoc.execution import Request
from sphinx_paramdoc.notation.configuration import Configuration
from sphinx_paramdoc.notation.foresight import Preview, blocks
from sphinx_paramdoc.notation.settings import Options


def foreseen(tmp_path: Path, text: str, name: str = "page.rst") -> list[Preview]:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return list(blocks(tmp_path / name, Configuration()))


def requests(tmp_path: Path, text: str, name: str = "page.rst") -> list[Request]:
    return [preview.listing.request() for preview in foreseen(tmp_path, text, name)]


def test_code_an_argument_and_options(tmp_path: Path) -> None:
    text = (
        "Title\n=====\n\n.. paramsummary::\n   :caption: A caption\n     in two lines\n   :model: a.b\n\n   a = 3\n\n"
        "   if a:\n       b = 4  \n\nText.\n\n.. paramsummary:: pkg.mod:build(\n       units=4)\n   :weights: real\n\n"
        ".. paramsummary:: keras.layers.Dropout(0.5)\n"
    )
    assert requests(tmp_path, text) == [
        Request(code="a = 3\n\nif a:\n    b = 4", model="a.b"),
        Request(expression="pkg.mod:build(\n    units=4)"),
        Request(expression="keras.layers.Dropout(0.5)"),
    ]
    assert foreseen(tmp_path, text)[0].options == Options(caption="A caption\nin two lines", model="a.b")
    assert foreseen(tmp_path, text)[1].options == Options(weights="real")


@pytest.mark.parametrize(
    "text",
    [
        "Text::\n\n   .. paramsummary:: a.b()\n",
        ".. code-block:: rst\n\n   .. paramsummary:: a.b()\n",
        "..\n   .. paramsummary:: a.b()\n",
        ".. only:: never\n\n   .. paramsummary:: a.b()\n",
        "Say ``.. paramsummary:: a.b()``.\n",
        ".. paramsummaryx:: a.b()\n",
        ".. paramsummary:: a.b()\n   :imput-shape: (None, 4)\n",
        ".. paramsummary:: a.b()\n   :model: x\n",
        ".. paramsummary:: a.b()\n   :backend: ../x\n",
        ".. paramsummary::\n   x = 3\n",
        ".. paramsummary::\n",
    ],
)
def test_what_may_not_be_meant_is_left_alone(tmp_path: Path, text: str) -> None:
    assert requests(tmp_path, text) == []


def test_files_that_are_included(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "a.rst").write_text(".. paramsummary:: a.b()\n\n.. include:: a.rst\n")
    found = requests(tmp_path, ".. include:: parts/a.rst\n\n.. include:: <isonum.txt>\n\n.. include:: nix.rst\n")
    assert found
    assert all(request == Request(expression="a.b()") for request in found)


def test_fences_of_markdown(tmp_path: Path) -> None:
    text = (
        "# Title\n\n```{paramsummary}\n:model: a\n\na = 3\nb = 4\n```\n\n:::{paramsummary} x.y()\n:::\n\n"
        "```{paramsummary}\na = 3\na\n```\n\n```{paramsummary}\n:caption: x\na = 5\n```\n\n"
        "````md\n```{paramsummary} example()\n```\n````\n\n<!--\n```{paramsummary} comment()\n```\n-->\n\n"
        "```{paramsummary}\n---\ncaption: x\n---\na = 6\n```\n"
    )
    assert requests(tmp_path, text, "page.md") == [
        Request(code="a = 3\nb = 4", model="a"),
        Request(expression="x.y()"),
        Request(code="a = 3\na"),
        Request(code="a = 5"),
        Request(code="a = 6"),
    ]


def test_a_page_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "page.rst").write_bytes(b"\xff.. paramsummary:: a.b()\n")
    assert list(blocks(tmp_path / "page.rst", Configuration())) == []
    assert list(blocks(tmp_path / "nix.rst", Configuration())) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (".. paramsummary::\n\n   >>> x = 3\n   >>> x\n   3\n   >>> y = 4\n", "page.rst"),
        ("```{paramsummary}\n>>> x = 3\n>>> x\n3\n>>> y = 4\n```\n", "page.md"),
    ],
)
def test_of_a_session_the_code_is_foreseen(tmp_path: Path, text: str, name: str) -> None:
    assert requests(tmp_path, text, name) == [Request(code="x = 3\nx\n\ny = 4")]


def test_a_block_that_begins_with_an_option_is_not(tmp_path: Path) -> None:
    assert requests(tmp_path, ".. paramsummary::\n\n   :caption: A net\n\n   x = 3\n") == []


def test_what_is_to_be_upgraded_is_foreseen_in_todays_form(tmp_path: Path) -> None:
    text = ".. paramsummary::\n   :upgrade:\n\n   keras.Model(input=x, output=x)\n"
    assert requests(tmp_path, text) == [Request(code="keras.Model(inputs=x, outputs=x)")]
    assert requests(tmp_path, text.replace("keras.M", "print M")) == []
