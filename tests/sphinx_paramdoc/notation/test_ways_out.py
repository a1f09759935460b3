"""What helps is said as it is done where the block is written."""

from __future__ import annotations

import pytest

from sphinx_paramdoc.execution import Failure, Listing, Source
from sphinx_paramdoc.execution.request import Frame, WayOut
from sphinx_paramdoc.notation import ways_out
from sphinx_paramdoc.notation.ways_out import Place

PAGE, TERMINAL = ways_out.PAGE, ways_out.TERMINAL
TEXT, MAPPING = ways_out.TEXT_OF_PATTERN, ways_out.MAPPING_OF_PATTERN


@pytest.mark.parametrize(
    ("way_out", "place", "said"),
    [
        (None, PAGE, "no"),
        ("input-shape", PAGE, "no, or say it with :input-shape:"),
        ("input-shape", TERMINAL, "no, or say it with --input-shape"),
        ("input-shape", TEXT, "no, or say it with :input-shape: on a line below the expression"),
        ("input-shape", MAPPING, "no, or say it with 'input-shape' beside the 'expression'"),
        ("model", PAGE, "no, or say which is meant with :model:"),
        ("model", TERMINAL, "no, or say which is meant with --model"),
        ("timeout", PAGE, "no; :timeout: allows it more"),
        ("timeout", TERMINAL, "no; --timeout allows it more"),
        ("timeout", MAPPING, "no; 'timeout' beside the 'expression' allows it more"),
        ("memory", PAGE, "no; paramdoc_memory_limit allows it more"),
        ("memory", TERMINAL, "no"),
        ("module", PAGE, "no: add its folder to sys.path in conf.py, or install it where the documentation is built"),
        ("module", TERMINAL, "no: run the command in the folder that holds it, or install it"),
        (
            "framework",
            TEXT,
            "no where the documentation is built, or build it from committed records (paramdoc_records)",
        ),
        ("framework", TERMINAL, "no"),
    ],
)
def test_each_place_has_its_own_words(way_out: WayOut | None, place: Place, said: str) -> None:
    assert ways_out.told(Failure(message="no\nMore.", way_out=way_out), Listing(), place) == f"{said}\nMore."


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("<code>", "SyntaxError: invalid syntax (%time is a command of notebooks, which Python itself does not know:"),
        ("<expression>", "SyntaxError: invalid syntax"),
        ("<preamble>", "SyntaxError: invalid syntax"),
    ],
)
def test_a_slip_is_told_where_it_is_in_the_content(part: str, said: str) -> None:
    failure = Failure(message="SyntaxError: invalid syntax", frames=[Frame(part, 2)], way_out="syntax")
    told = ways_out.told(failure, Listing(code=Source("x = 3\n%time x", "index.rst", 40)), PAGE)
    assert told.startswith(said)
    assert told.endswith(": leave it out)") is (part == "<code>")
