"""On random programs: what is not found stays, token by token; the result parses; a second run changes nothing."""

from __future__ import annotations

import ast
import io
import tokenize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flake8_paramdoc.edits.rounds import Wanted, fixed
from tests.flake8_paramdoc.random_programs import ANY_PROGRAM

OLD = [
    "Dense(output_dim={n}{end}",
    "Dense({n}, init='uniform', W_constraint=c{end}",
    "Convolution2D({n}, 3, 3, border_mode='same'{end}",
    "Convolution2D(nb_filter={n}, nb_row=3, nb_col=5{end}",
    "BatchNormalization(mode=0, axis={n}{end}",
    "merge([a, b], mode='concat', concat_axis={n}{end}",
    "K.argmax(x{end}",
    "K.clip(K.exp(x), {n}, None{end}",
    "Model(input=x, output=y{end}",
    "np_utils.to_categorical(y, {n}{end}",
]
FILLERS = [
    "x = 1  # {n}",
    "def f{n}(a):\n    return a",
    "if x:\n    y = '{n}'",
    "'''{n}'''",
    "a = [\n  {n},\n]",
    "pass;pass",
]
IMPORTS = (
    "from keras.layers import Dense, BatchNormalization, merge\nfrom keras.layers.convolutional import Convolution2D\n"
    "from keras.models import Model\nfrom keras import backend as K\nfrom keras.utils import np_utils\n"
)
ENDS = [")", " )", ",)", "\n    )", ",  # c\n)", "  # é\n )", ",\n)"]


@st.composite
def programs(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Draw a program, and the lines of it that are of today."""
    number = st.integers(0, 99)
    kept, lines = [], []
    for _ in range(draw(st.integers(1, 8))):
        if draw(st.booleans()):
            text = draw(st.sampled_from(FILLERS)).format(n=draw(number))
            kept += text.split("\n")
        else:
            call = draw(st.sampled_from(OLD)).format(n=draw(number), end=draw(st.sampled_from(ENDS)))
            text = draw(st.sampled_from(["{}", "z = {}", "print({})", "w = f(1, {},  # k\n 2)"])).format(call)
        lines.append(text)
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    return (IMPORTS + "\n".join(lines) + "\n").replace("\n", newline), kept


def comments(source: str) -> list[str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]


@given(programs(), st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_random_programs(program: tuple[str, list[str]], unsafe: bool) -> None:
    source, kept = program
    wanted = Wanted(unsafe=unsafe)
    outcome = fixed(source, wanted)
    assert outcome.trouble == ""
    ast.parse(outcome.text)
    assert fixed(outcome.text, wanted).text == outcome.text
    lines = iter(outcome.text.splitlines())
    assert all(line in lines for line in kept)  # in their order
    assert comments(outcome.text) == comments(source)
    assert ("\r\n" in source) == ("\r\n" in outcome.text)
    assert outcome.text.count("\n") == outcome.text.count("\r\n") or "\r\n" not in source


@pytest.mark.slow
@pytest.mark.thorough
@given(ANY_PROGRAM)
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_program(source: str) -> None:
    for text in (f"import keras\n{source}", f"from keras import *\n{source}"):
        try:
            ast.parse(text)
        except (SyntaxError, ValueError):
            continue
        assert fixed(text, Wanted(unsafe=True)).text == text
