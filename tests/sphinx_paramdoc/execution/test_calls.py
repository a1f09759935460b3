"""What the outermost call is given, and how it is given something else, with a framework whose models are objects."""

from __future__ import annotations

from typing import Any

import pytest

from sphinx_paramdoc.execution import Success
from tests.sphinx_paramdoc.execution.toy import failure_of, name_of, run

pytestmark = pytest.mark.usefixtures("no_trace_in_this_process")

BUILD = (
    "def build(layers, width=8, *, bias=True, d_ff=None, **more):\n    return f'model {layers} {width} {d_ff} {more}'\n"
)


def arguments(code: str, **given: Any) -> dict[str, int]:
    success = run(code, **given)
    assert isinstance(success, Success), success
    return success.arguments


def test_whole_numbers_are_known_by_name_place_and_default() -> None:
    assert arguments(BUILD, expression="build(2)") == {"layers": 2, "width": 8}
    assert arguments(BUILD, expression="build(layers=2, width=3, d_ff=4)") == {"layers": 2, "width": 3, "d_ff": 4}
    assert arguments(BUILD, expression="build(*[2], **{'width': 5, 'experts': 7})") == {
        "layers": 2,
        "width": 5,
        "experts": 7,
    }


def test_what_is_no_whole_number_is_no_size() -> None:
    assert arguments(BUILD, expression="build(2, 1.5, bias=False, kind='x')") == {"layers": 2}


def test_an_array_is_no_size_and_hides_none() -> None:
    code = f"import numpy as np\n{BUILD}"
    for scale in ("np.array([1.0, 2.0])", "np.array(2.5)", "np.array(2)", "np.True_"):
        assert arguments(code, expression=f"build(2, scale={scale})") == {"layers": 2, "width": 8}
    assert arguments(code, expression="build(2, np.int64(4))") == {"layers": 2, "width": 4}


def test_the_call_may_have_attributes_and_indices_behind_it() -> None:
    code = f"{BUILD}class Holder:\n    def __init__(self, units):\n        self.models = [build(units)]\n"
    assert arguments(code, expression="Holder(units=4).models[0]") == {"units": 4}


def test_the_last_statement_of_code_is_a_call() -> None:
    assert arguments(f"{BUILD}build(3)") == {"layers": 3, "width": 8}
    assert arguments(f"{BUILD}model = build(3)") == {"layers": 3, "width": 8}
    assert arguments(f"{BUILD}build(3)\nmodel = 'model x'") == {}


def test_a_call_that_gives_something_else_is_none_of_the_model() -> None:
    helper = f"{BUILD}def helper(n): return n\n"
    assert arguments(f"{helper}model = build(3)\nn = helper(7)") == {}
    assert arguments(f"{BUILD}model, n = build(3), 4\nmodel, n = (build(5), 4)") == {}  # no call is the outermost
    assert arguments(f"{helper}pair = [build(3), helper(1)]\nmodel = pair[0]") == {}
    both = "def both(layers): return build(layers), layers\n"
    assert arguments(f"{BUILD}{both}model, n = both(3)") == {"layers": 3}


def test_methods_of_a_model_that_is_made_are_not_what_makes_it() -> None:
    code = "class Model(str):\n    def compile(self, steps=1): pass\ndef build(units): return Model(f'model {units}')\n"
    code += "model = build(units=8)\nmodel.compile(steps=2)"
    assert arguments(code) == {"units": 8}
    assert name_of(code, vary={"units": 9}) == "model 9"


def test_the_call_of_a_model_option() -> None:
    assert arguments(BUILD, model="build(6)") == {"layers": 6, "width": 8}


def test_a_function_that_is_called_by_itself() -> None:
    assert arguments("def build(units=4): return f'model {units}'", expression="build") == {"units": 4}


def test_arguments_are_evaluated_once_and_in_their_order() -> None:
    code = "seen = []\ndef f(x):\n    seen.append(x)\n    return x\ndef build(a, b, c): return f'model {seen}'\n"
    assert name_of(code, expression="build(f(1), *[f(2)], c=f(3))") == "model [1, 2, 3]"


def test_other_values_take_the_place_of_those_that_are_written() -> None:
    for written in ("build(2)", "build(layers=2)", "build(2, 8)", "build(*[2])", "build(**{'layers': 2})"):
        assert name_of(BUILD, expression=written, vary={"layers": 5}) == "model 5 8 None {}"
        assert name_of(BUILD, expression=written, vary={"layers": 5, "width": 9}) == "model 5 9 None {}"
    assert name_of(BUILD, expression="build(2, experts=3)", vary={"experts": 4}) == "model 2 8 None {'experts': 4}"
    assert name_of(BUILD, model="build(2)", vary={"layers": 5}) == "model 5 8 None {}"
    assert name_of(f"{BUILD}build(2)", vary={"layers": 5}) == "model 5 8 None {}"
    assert name_of("def build(units=4): return f'model {units}'", expression="build", vary={"units": 5}) == "model 5"


def test_what_a_setting_raises_is_said_and_has_nothing_to_do_with_weights() -> None:
    code = "def build(units):\n    if units % 2:\n        raise ValueError('units is odd')\n    return 'model m'\n"
    failure = failure_of(code, expression="build(units=4)", vary={"units": 5})
    assert failure.message == "ValueError: units is odd"


def test_a_function_whose_signature_nobody_knows_has_no_arguments() -> None:
    assert (
        arguments(
            "class Odd:\n    __signature__ = 3\n    def __call__(self, units): return 'model m'\nodd = Odd()",
            expression="odd(3)",
        )
        == {}
    )


def test_an_error_in_a_noted_call_names_its_own_line() -> None:
    failure = failure_of(f"{BUILD}\nx = (\n    build(\n        1 / 0))")
    assert failure.message == "ZeroDivisionError: division by zero"
    assert [frame.line for frame in failure.frames] == [6]
