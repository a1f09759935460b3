"""What processes send each other comes out as it went in, and what is none of it is refused."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_paramdoc.execution import Failure, Request, Response, wire
from sphinx_paramdoc.execution.request import refusal

ALL_SIGNS = st.text(st.characters(exclude_categories=[]), max_size=9)


@given(ALL_SIGNS, ALL_SIGNS)
def test_all_texts(message: str, output: str) -> None:
    failure = Failure(message=message, output=output)
    assert wire.decode(wire.encode(failure), Response) == failure


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\xff", b"[" * 100_000, b'{"type":"failure"}', b'{"message":"\\ud800"}', b'"\\ud800', b"null"]
)
def test_what_is_no_message(data: bytes) -> None:
    with pytest.raises(wire.UnreadableError):
        wire.decode(data, Response)


@pytest.mark.parametrize("part", ["preamble", "code", "expression", "model"])
def test_code_that_is_no_unicode_is_refused_at_its_line(part: str) -> None:
    assert refusal(msgspec.structs.replace(Request(), **{part: "a\nb = 'é😀'"})) is None
    refused = refusal(msgspec.structs.replace(Request(), **{part: "a\nb = '\ud800'"}))
    assert refused
    assert refused.message == "the code holds \\ud800, which is no Unicode"
    assert [(frame.part, frame.line, frame.text) for frame in refused.frames] == [(part, 2, "b = '\\ud800'")]
