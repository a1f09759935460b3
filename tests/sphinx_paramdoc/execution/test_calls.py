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


HELPERS = """
def helper(n): return n
def itself(model, n=1): return model
class Callback:
    def __init__(self, model, n): self.model = model
def both(layers): return build(layers), layers
"""

GIVE_IT = {
    "model = build(3)\nn = helper(7)": 2,
    "model = build(3)\nprint(helper(7))": 2,
    "model = build(3)\nfor n in range(2):\n    helper(n)": 0,
    "model = build(3)\nitself(model, n=7)": 2,
    "model = build(3)\nmodel = itself(model, n=7)": 2,
    "first = build(5)\nmodel = build(3)\ncalled = Callback(model, 7)": 2,
    "import contextlib\nwith contextlib.nullcontext():\n    model = build(3)\nn = helper(7)": 2,
    "model, n = both(3)": 0,
}
"""Code whose model comes from a call with three layers → the number of that call, counted from the last one."""


@pytest.mark.parametrize("code", GIVE_IT)
def test_the_call_is_the_one_that_gave_the_model_wherever_in_the_code_it_stands(code: str) -> None:
    code, call = f"{BUILD}{HELPERS}{code}", GIVE_IT[code]
    success = run(code)
    assert isinstance(success, Success), success
    assert (success.arguments["layers"], success.call) == (3, call)
    assert name_of(code, vary={"layers": 4}, call=call) == success.model.name.replace("3", "4")


@pytest.mark.parametrize("named", ["expression", "model"])
def test_the_call_of_code_gives_what_a_name_or_an_attribute_says(named: str) -> None:
    code = f"{BUILD}class Of: pass\nclass Gan:\n    def __init__(self, size):\n        self.generator = build(size)\n"
    code += "        self.inside = Of()\n        self.inside.models = [self.generator]\n"
    code += "model = build(3)\ngan = Gan(5)\nother = build(4)"
    for text, wanted, call in [
        ("model", {"layers": 3, "width": 8}, 3),
        ("gan.generator", {"size": 5}, 2),
        ("gan.inside.models[0]", {"size": 5}, 2),
        ("other", {"layers": 4, "width": 8}, 1),
        ("build(6)", {"layers": 6, "width": 8}, 0),
    ]:
        success = run(code, **{named: text})
        assert isinstance(success, Success), success
        assert (success.arguments, success.call) == (wanted, call)
        name = next(iter(wanted))
        assert name_of(code, **{named: text}, vary={name: 9}, call=call) == "model 9 8 None {}"


def test_a_function_that_is_called_by_itself_is_no_call_of_the_code() -> None:
    code = f"def net(units=4): return f'model {{units}}'\n{BUILD}other = build(3)"
    success = run(code, expression="net")
    assert isinstance(success, Success), success
    assert (success.arguments, success.call) == ({"units": 4}, 0)
    assert name_of(code, expression="net", vary={"units": 5}) == "model 5"


def test_a_call_that_gives_something_else_is_none_of_the_model() -> None:
    helper = f"{BUILD}{HELPERS}"
    assert arguments(f"{BUILD}model, n = build(3), 4\nmodel, n = (build(5), 4)") == {}  # no call is the outermost
    assert arguments(f"{helper}pair = [build(3), helper(1)]\nmodel = pair[0]") == {}
    assert arguments(f"{helper}for n in (2, 3):\n    model = build(n)") == {}  # more than one call gives it


def test_nothing_that_code_makes_is_kept_in_memory() -> None:
    code = "import weakref\nclass Large: pass\ndef load(large): return Large()\n"
    code += "seen = Large()\nloaded = load(seen)\npair = tuple([Large(), 1])\n"
    code += "watched = [weakref.ref(each) for each in (seen, loaded, pair[0])]\n"
    code += "del seen, loaded, pair\nmodel = f'model {[each() for each in watched]}'"
    assert name_of(code) == "model [None, None, None]"


def test_nothing_is_kept_whose_method_is_called() -> None:  # a file that is only written to is closed at once
    code = "import weakref\nseen = []\nclass Large:\n    def write(self): return 8\n    __call__ = write\n"
    code += "def opened():\n    large = Large()\n    seen.append(weakref.ref(large))\n    return large\n"
    code += "opened().write()\nopened()()\nwritten = opened().write()\nmodel = f'model {[each() for each in seen]}'"
    assert name_of(code) == "model [None, None, None]"


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


def test_what_the_network_raises_may_be_otherwise_another_time() -> None:
    assert failure_of("raise ValueError('7 does not divide 8')").is_settled
    assert not failure_of("import urllib.error\nraise urllib.error.URLError('no route')").is_settled


@pytest.mark.parametrize(
    "raised",
    [
        "MemoryError",
        "TimeoutError('too long')",
        "OSError(28, 'No space left on device')",
        "RuntimeError('RESOURCE_EXHAUSTED: Out of memory allocating 3 bytes')",
        """RuntimeError("can't start new thread")""",
        "type('ResourceExhaustedError', (Exception,), {})()",
        "ValueError('no model') from MemoryError()",
    ],
)
def test_what_a_machine_lacks_for_once_is_not_recorded_as_what_a_setting_raises(raised: str) -> None:
    assert not failure_of(f"raise {raised}").is_settled


@pytest.mark.parametrize("raised", ["ValueError('no memory of 7 heads')", "FileNotFoundError(2, 'No such file')"])
def test_what_is_raised_again_is_recorded(raised: str) -> None:
    assert failure_of(f"raise {raised}").is_settled


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
