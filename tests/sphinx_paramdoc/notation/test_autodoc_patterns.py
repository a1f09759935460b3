"""Which documented objects ``paramdoc_autodoc`` is about."""

from __future__ import annotations

import pytest

from sphinx_paramdoc.notation.autodoc_patterns import PatternMatch, expression, match, parse
from sphinx_paramdoc.sphinx_ext import autodoc

PATTERNS = {
    "nets.models.build_wide": "{name}(units=512)",
    "nets.models.build_*": "{name}({'a': 1})",
    "nets.*": "{name}",
}


def test_the_first_pattern_that_fits_counts() -> None:
    assert expression(PATTERNS, ["nets.models.build_wide"]) == "nets.models.build_wide(units=512)"
    assert expression(PATTERNS, ["nets.models.build_mlp"]) == "nets.models.build_mlp({'a': 1})"
    assert expression(PATTERNS, ["nets.models.ready"]) == "nets.models.ready"
    assert expression(PATTERNS, ["other.build_mlp"]) == ""
    assert expression({}, ["nets.ready"]) == ""


def test_an_object_is_known_by_where_it_is_defined_and_by_where_it_is_shown() -> None:
    names = ["nets.models.build_mlp", "nets.build_mlp"]
    assert match(PATTERNS, names) == PatternMatch("nets.models.build_*", names[0], "nets.models.build_mlp({'a': 1})")
    assert match({"nets.build_*": "{name}()"}, names) == PatternMatch("nets.build_*", names[1], "nets.build_mlp()")


def test_case_counts() -> None:
    assert match({"nets.Build": "{name}()"}, ["nets.build"]) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a.b()", ("a.b()", {})),
        ("a.b(\n  c=3)\n  :depth: 1\n:unfold:", ("a.b(\n  c=3)", {"depth": "1", "unfold": ""})),
        ("a.b()\n:input-shape: (None, 3)", ("a.b()", {"input-shape": "(None, 3)"})),
    ],
)
def test_options_stand_below(text: str, parts: object) -> None:
    assert parse(text) == parts


@pytest.mark.parametrize(
    ("docstring", "is_covered"),
    [
        ("Text.", False),
        (".. paramsummary::", True),
        ("  .. paramsummary::\n     :depth: 1\n\nText.", True),
        (".. paramsummary::\n   :depth: 1\n\n   x = 3\n", False),
        (".. paramsummary:: build(units=3)", True),
        (".. paramsummary:: mine.build(units=3)", True),
        (".. paramsummary:: rebuild()", False),
    ],
)
def test_a_docstring_that_shows_its_own_object_has_no_second_table(docstring: str, is_covered: bool) -> None:
    assert autodoc._is_covered(docstring.split("\n"), "nets.build") is is_covered
