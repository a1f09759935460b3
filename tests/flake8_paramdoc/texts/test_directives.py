"""How a directive is written: what the grammar reads is what docutils and MyST read."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import Directive, directives
from myst_parser.parsers.docutils_ import Parser

from flake8_paramdoc.texts import markdown, rst
from flake8_paramdoc.texts.directives import Directive as Read
from flake8_paramdoc.texts.directives import written

Taken = tuple[str, dict[str, str], str]
"""An argument, options and content."""


class _Recorder(Directive):
    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = dict.fromkeys(("model", "caption", "unfold", "depth"), directives.unchanged)
    taken: ClassVar[list[Taken]] = []

    def run(self) -> list[nodes.Node]:
        content = "\n".join(self.content)
        self.taken.append((" ".join(self.arguments), dict(self.options), content.strip("\n")))
        return []


@pytest.fixture(autouse=True)
def _recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Recorder, "taken", [])
    directives.register_directive("recorded", _Recorder)


def taken(read: Read) -> Taken:
    return (
        written(read.argument),
        {option.name: option.text for option in read.options},
        written(read.content),
    )


@pytest.mark.parametrize(
    "text",
    [
        ".. recorded::",
        ".. recorded:: a.b:build(4)",
        ".. recorded::   a.b  ",
        ".. recorded:: a.b(\n       4)\n   :caption: In\n     two lines\n   :unfold:",
        ".. recorded::\n   :model: gan.generator\n   :depth: 2\n\n   x = 3\n\n   if x:\n       y = 4\n",
        ".. recorded::\n\n   x = 3",
        ".. recorded::\n\n\n   x = 3\n\n\n",
        ".. recorded:: a\n\n   x = 3\n   :model: no option any more\n",
        ".. recorded::\n   x = 3",
    ],
)
def test_a_directive_of_restructuredtext(text: str) -> None:
    publish_doctree(f"Text.\n\n{text}\n\nText.\n", settings_overrides={"report_level": 5})
    read = rst.directive(text.split("\n"), 0)
    assert read is not None
    assert read.name == "recorded"
    assert [taken(read)] == _Recorder.taken


@pytest.mark.parametrize(
    "text",
    [
        "```{recorded}\n```",
        "```{recorded} a.b(4)\n```",
        "```{recorded}\nx = 3\n\ny = 4\n```",
        "~~~{recorded}\n:model: a\n:unfold:\n\nx = 3\n~~~",
        ":::{recorded} a.b\n:caption: A caption\n:::",
        "::::{recorded}\n:depth: 2\nx = 3\n::::",
        "```{recorded}\n---\nmodel: a.b\ncaption: 'In quotes'\nunfold:\n---\nx = 3\n```",
        '```{recorded}\n---\ncaption: "A: b" # said\n---\n\nx = 3\n```',
        "```{recorded}\n:caption: A text # with a comment\nx\n```",
        "```{recorded}\n\n:model: no option\n```",
        "````{recorded}\nx = '''\n```\n'''\n````",
    ],
)
def test_a_fence_of_myst(text: str) -> None:
    publish_doctree(
        f"Text.\n\n{text}\n\nText.\n",
        parser=Parser(),
        settings_overrides={"report_level": 5, "myst_enable_extensions": ["colon_fence"]},
    )
    lines = text.split("\n")
    fence = markdown.fence(lines, 0)
    assert fence is not None
    read = markdown.directive(lines, fence)
    assert read is not None
    assert (read.name, fence.end) == ("recorded", len(lines))
    assert [taken(read)] == _Recorder.taken


def places(read: Read | None) -> dict[str, tuple[int, int]]:
    """Give where each part of a directive begins."""
    assert read is not None
    parts = {"": read.argument, "content": read.content, **{option.name: option.value for option in read.options}}
    return {name: (pieces[0].line, pieces[0].column) for name, pieces in parts.items() if pieces}


def test_each_part_is_known_by_its_line_and_column() -> None:
    lines = ["  .. paramsummary:: a.b(", "       4)", "     :model:  c", "", "       x = 3", "         y", ""]
    assert places(rst.directive(lines, 0)) == {"": (0, 20), "model": (2, 14), "content": (4, 7)}
    lines = ["  ```{paramsummary}  a.b", "  ---", "  model: 'c'", "  ---", "", "  x = 3", "  ```"]
    fence = markdown.fence(lines, 0)
    assert fence is not None
    assert places(markdown.directive(lines, fence)) == {"": (0, 21), "model": (2, 10), "content": (5, 2)}


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("```\nx\n```\ny", 3),
        ("````\n```\nx\n```\n````", 5),
        ("```\nx", 2),
        ("```a `b` c", None),
        ("::: note\nx\n:::", None),
        (":::{note}\nx\n:::", 3),
        ("text", None),
    ],
)
def test_where_a_fence_ends(text: str, ends: int | None) -> None:
    found = markdown.fence(text.split("\n"), 0)
    assert (found and found.end) == ends


def test_directives_at_every_depth_but_not_in_literal_blocks() -> None:
    text = (
        ".. note::\n\n   .. one::\n\nLiteral::\n\n   .. no::\n\n.. code:: rst\n\n   .. no::\n\n.. two:: a\n.. no:b::\n"
    )
    assert [found.name for found in rst.directives(text.split("\n"))] == ["note", "one", "code", "two", "no:b"]
