"""Which documented objects ``paramdoc_autodoc`` is about, and what a project may say of them."""

from __future__ import annotations

from typing import Any

import pytest

from sphinx_paramdoc.notation.autodoc_patterns import (
    Entry,
    PatternMatch,
    Patterns,
    check,
    entries,
    match,
    nearest,
    parse,
    place,
)
from sphinx_paramdoc.notation.settings import Options
from sphinx_paramdoc.sphinx_ext import autodoc

checked = check(Options)


def read(value: Any) -> tuple[Entry, ...]:
    """Return what is asked for by what a project says of one pattern."""
    patterns: Patterns = checked("paramdoc_autodoc", {"nets.*": value})
    return patterns["nets.*"]


PATTERNS = checked(
    "paramdoc_autodoc",
    {
        "nets.models.build_wide": "{name}(units=512)",
        "nets.models.build_*": "{name}({'a': 1})",
        "nets.*": "{name}",
    },
)


def test_the_first_pattern_that_fits_counts() -> None:
    assert entries(PATTERNS, ["nets.models.build_wide"]) == (Entry("nets.models.build_wide(units=512)"),)
    assert entries(PATTERNS, ["nets.models.build_mlp"]) == (Entry("nets.models.build_mlp({'a': 1})"),)
    assert entries(PATTERNS, ["nets.models.ready"]) == (Entry("nets.models.ready"),)
    assert entries(PATTERNS, ["other.build_mlp"]) == ()
    assert entries({}, ["nets.ready"]) == ()


def test_an_object_is_known_by_where_it_is_defined_and_by_where_it_is_shown() -> None:
    names = ["nets.models.build_mlp", "nets.build_mlp"]
    wanted = PatternMatch("nets.models.build_*", names[0], (Entry("nets.models.build_mlp({'a': 1})"),))
    assert match(PATTERNS, names) == wanted
    shown = checked("paramdoc_autodoc", {"nets.build_*": "{name}()"})
    assert match(shown, names) == PatternMatch("nets.build_*", names[1], (Entry("nets.build_mlp()"),))


def test_case_counts() -> None:
    assert match(checked("paramdoc_autodoc", {"nets.Build": "{name}()"}), ["nets.build"]) is None


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
    ("value", "wanted"),
    [
        ("{name}(3).model_", [Entry("{name}(3).model_")]),
        ({"expression": "{name}()"}, [Entry("{name}()", is_mapping=True)]),
        (
            {"expression": "{name}()", "input-shape": (None, 784), "depth": 1, "unfold": True, "caption": "A {name}"},
            [
                Entry(
                    "{name}()",
                    {"input-shape": "(None, 784)", "depth": "1", "unfold": "", "caption": "A {name}"},
                    is_mapping=True,
                )
            ],
        ),
        (
            {"expression": "{name}()", "unfold": False, "legend": False, "caption": None, "total": 2_140_752},
            [Entry("{name}()", {"legend": "off", "total": "2140752"}, is_mapping=True)],
        ),
        (
            {"expression": "{name}()", "input-shape": {"a": [None, 3], "b": (None, 4)}, "total": "2,140,752"},
            [
                Entry(
                    "{name}()",
                    {"input-shape": "{'a': [None, 3], 'b': (None, 4)}", "total": "2,140,752"},
                    is_mapping=True,
                )
            ],
        ),
        ({"expression": "{name}()", "expect-failure": True}, [Entry("{name}()", {}, True, is_mapping=True)]),
        ({"expression": "{name}()", "expect-failure": False}, [Entry("{name}()", is_mapping=True)]),
        ("{name}()\n:expect-failure:\n:depth: 1", [Entry("{name}()", {"depth": "1"}, True)]),
        (
            ["{name}(3)", {"expression": "{name}(4)", "depth": 2}],
            [Entry("{name}(3)", number=1), Entry("{name}(4)", {"depth": "2"}, number=2, is_mapping=True)],
        ),
    ],
)
def test_a_value_is_an_expression_a_mapping_or_a_list_of_these(value: Any, wanted: list[Entry]) -> None:
    assert read(value) == tuple(wanted)


def test_the_name_is_put_into_options_too() -> None:
    [entry] = entries(checked("paramdoc_autodoc", {"a.*": "{name}()\n:caption: The net {name}"}), ["a.b"])
    assert entry == Entry("a.b()", {"caption": "The net a.b"})


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (3, "'nets.*': 3 is neither an expression nor a mapping with one, nor a list of these"),
        ([], "'nets.*': the list is empty: drop the pattern, or write an expression"),
        (["{name}()", 4], "'nets.*', entry 2: 4 is neither an expression nor a mapping with one, nor a list of these"),
        (" ", "'nets.*': '' is no expression, such as 'mypackage.models.build_*': '{name}()'"),
        ({"depth": 1}, "'nets.*': there is no 'expression', such as 'mypackage.models.build_*': '{name}()'"),
        (
            "{nam}()",
            "'nets.*': '{nam}()' begins with something else than {name}, which stands for the object's full name",
        ),
        (
            {"expression": "{name}()", "input_shape": (None, 3)},
            "'nets.*', option 'input_shape': there is no such option (did you mean 'input-shape'?)",
        ),
        (
            {"expression": "{name}()", ":depth:": 1},
            "'nets.*', option ':depth:': there is no such option (did you mean 'depth'?)",
        ),
        (
            ["{name}()", {"expression": "{name}()", "depth": "all"}],
            "'nets.*', entry 2, option 'depth': 'all' is not a depth such as 0, 1, 2",
        ),
        ("{name}()\n:depth: all", "'nets.*', option 'depth': 'all' is not a depth such as 0, 1, 2"),
        (
            {"expression": "{name}()", "model": "x"},
            "'nets.*', option 'model': the expression says which model is meant: drop one of them",
        ),
        (
            {"expression": "{name}()", "expect-failure": "often"},
            "'nets.*', option 'expect-failure': 'often' is neither True nor False",
        ),
        (
            {"expression": "{name}()", "expect_failure": True},
            "'nets.*', option 'expect_failure': there is no such option (did you mean 'expect-failure'?)",
        ),
    ],
)
def test_what_is_wrong_names_the_pattern_the_entry_and_the_option(value: Any, message: str) -> None:
    with pytest.raises(ValueError, match=r"^paramdoc_autodoc in conf\.py: ") as raised:
        read(value)
    assert str(raised.value) == f"paramdoc_autodoc in conf.py: {message}"


def test_a_place_is_named_as_far_as_it_goes() -> None:
    assert place("a.*", Entry("")) == "'a.*'"
    assert place("a.*", Entry("", number=2), "depth") == "'a.*', entry 2, option 'depth'"


@pytest.mark.parametrize(
    ("pattern", "near"),
    [
        ("zoo.models.build_convnt", "zoo.models.build_convnet"),
        ("zoo.models.bild_*", "zoo.models.build_convnet"),
        ("zoo.modls.build_*", "zoo.models.build_convnet"),
        ("zoo.models.Bild*", "zoo.models.build_convnet"),
        ("zoo.models.block", "zoo.models.Block"),
        ("zoo.build_*", "zoo.models.build_convnet"),
        ("zoo.*.*_convnt", "zoo.models.build_convnet"),
        ("zoo.models.make_*", ""),
        ("zoo.models.*_mlp", ""),
        ("zoo.make_block", ""),
        ("other.models.build_*", ""),
        ("zoo", ""),
    ],
)
def test_what_a_pattern_was_meant_for_is_near_or_not_told(pattern: str, near: str) -> None:
    assert nearest(pattern, ["zoo.models.build_convnet", "zoo.models.Block"]) == near


def test_nothing_is_near_where_there_is_nothing() -> None:
    assert nearest("zoo.*", []) == ""


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
