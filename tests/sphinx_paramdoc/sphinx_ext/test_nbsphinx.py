"""Fences and roles in the Markdown of notebooks that nbsphinx reads."""

from __future__ import annotations

import pytest

from sphinx_paramdoc.sphinx_ext.nbsphinx import _converted


@pytest.mark.parametrize(
    ("text", "converted"),
    [
        (
            "# Title\n\n```{paramsummary} a.b()\n:depth: 1\n```\nText.",
            "# Title\n\n```{=rst}\n.. paramsummary:: a.b()\n   :depth: 1\n\n```\n\n<!-- -->\n\nText.",
        ),
        (
            "~~~{paramsummary}\nx = 3\n\nif x:\n    y\n~~~",
            "~~~{=rst}\n.. paramsummary::\n\n   x = 3\n\n   if x:\n       y\n~~~",
        ),
        ("- a\n\n  ```{paramsummary}\n  x\n  ```", "- a\n\n  ```{=rst}\n  .. paramsummary::\n\n     x\n  ```"),
        ("````md\n```{paramsummary} a()\n```\n````", "````md\n```{paramsummary} a()\n```\n````"),
        ("```python\nx\n```\n\n`{paramsummary}`", "```python\nx\n```\n\n`{paramsummary}`"),
        ("Of {paramcount}`net/a size`.", "Of `` :paramcount:`net/a size` ``{=rst}."),
        (r"``use {paramcount}`net` here``, <!-- {paramcount}`net` --> or \{paramcount}`net`.",) * 2,
        (
            "```{paramsummary} a()\n:caption: Of {paramcount}`net`\n```\n\nText.",
            "```{=rst}\n.. paramsummary:: a()\n   :caption: Of :paramcount:`net`\n\n```\n\n<!-- -->\n\n\nText.",
        ),
        ("`{paramcount}` and ``{paramcount}`net` ``", "`{paramcount}` and ``{paramcount}`net` ``"),
        (
            "```{paramsummary} a()\n---\ncaption: 'Of {paramcount}`net`'\ndepth: 1\n---\n```",
            "```{=rst}\n.. paramsummary:: a()\n   :caption: Of :paramcount:`net`\n   :depth: 1\n\n```",
        ),
        (":::{paramsummary} a()\n:::", "```{=rst}\n.. paramsummary:: a()\n\n```"),
        (":::{note}\nOf {paramcount}`net`.\n:::", ":::{note}\nOf `` :paramcount:`net` ``{=rst}.\n:::"),
        ("```{paramsummary} never_closed()", "```{=rst}\n.. paramsummary:: never_closed()\n\n```"),
    ],
)
def test_only_our_fences_become_raw_text(text: str, converted: str) -> None:
    assert "\n".join(_converted(text.split("\n"))) == converted
