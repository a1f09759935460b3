"""How a block runs and which model it gives, with a framework whose models are plain objects."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_paramdoc.execution import Success
from sphinx_paramdoc.execution.request import Frame
from tests.sphinx_paramdoc.execution.toy import failure_of, name_of, place_of, run

pytestmark = pytest.mark.usefixtures("no_trace_in_this_process")


class TestWithoutArgument:
    def test_the_value_of_the_last_statement(self) -> None:
        assert name_of("a = 'model a'\n'model b'") == "model b"

    def test_a_last_expression_that_is_no_model_leaves_the_latest_name(self) -> None:
        assert name_of("a = 'model a'\nprint") == "model a"

    def test_the_name_assigned_most_recently(self) -> None:
        assert name_of("a = 'model a'\nb = 'model b'\na = 'model c'\nx = 3") == "model c"

    def test_assignments_of_every_kind(self) -> None:
        assert name_of("a = 'model a'\nfor b in ['model b']: pass") == "model b"
        assert name_of("a = 'model a'\nb, c = 'model b', 3") == "model b"
        assert name_of("a = 'model a'\nif (b := 'model b'): pass") == "model b"
        assert name_of("a = 'model a'\nb: str = 'model b'") == "model b"
        assert name_of("a = 'model a'\nb = 'model b'\ndel b") == "model a"

    def test_names_inside_functions_and_classes_do_not_count(self) -> None:
        assert name_of("a = 'model a'\ndef f():\n  b = 'model b'\nf()\nclass C:\n  c = 'model c'") == "model a"

    def test_functions_see_the_names_of_the_block(self) -> None:
        assert name_of("kind = 'model x'\ndef build(): return kind\nbuild()") == "model x"
        assert name_of("kind = 'model x'\nclass C:\n  got = [kind for _ in '1']\nC.got[0]") == "model x"

    def test_names_of_the_preamble_do_not_count(self) -> None:
        assert failure_of("x = 3", preamble="a = 'model a'").kind == "model"
        assert name_of("a = a", preamble="a = 'model a'") == "model a"

    def test_no_model_at_all(self) -> None:
        failure = failure_of("x = 3")
        assert (failure.kind, failure.depends_on_weights) == ("model", False)
        assert "assign one to a name" in failure.message


class TestModelOption:
    def test_any_expression(self) -> None:
        assert name_of("gan = {'generator': 'model g'}\n'model other'", model="gan['generator']") == "model g"

    def test_what_is_no_model(self) -> None:
        failure = failure_of("x = 3", model="x")
        assert (failure.kind, failure.message) == (
            "model",
            "x is an int, not a model or layer: name a model, a layer, or a function that builds one",
        )

    def test_a_failing_expression_names_its_own_line(self) -> None:
        failure = failure_of("x = 3", model="y")
        assert (failure.kind, place_of(failure)) == ("execution", ("<model>", 1))
        assert failure.message == "NameError: name 'y' is not defined"


class TestFailures:
    def test_the_line_of_the_failing_statement(self) -> None:
        failure = failure_of("x = 3\n\ny = z")
        assert (failure.kind, failure.message) == ("execution", "NameError: name 'z' is not defined")
        assert failure.frames == [Frame("<code>", 3, "<module>", "y = z")]

    def test_a_failure_in_a_function_of_the_block_shows_the_way_there(self) -> None:
        failure = failure_of("def f():\n    raise ValueError('no')\nf()")
        assert failure.frames == [
            Frame("<code>", 3, "<module>", "f()"),
            Frame("<code>", 2, "f", "raise ValueError('no')"),
        ]

    def test_frames_of_installed_code_are_left_out(self) -> None:
        failure = failure_of("import json\njson.loads('{')")
        assert failure.message.startswith("json.decoder.JSONDecodeError: ")
        assert failure.frames == [Frame("<code>", 2, "<module>", "json.loads('{')")]

    def test_code_that_does_not_parse_is_not_tried_twice(self) -> None:
        failure = failure_of("x = 3\ny = = 4")
        assert (failure.message, failure.depends_on_weights) == ("SyntaxError: invalid syntax", False)
        assert failure.frames == [Frame("<code>", 2, "<module>", "y = = 4")]

    @pytest.mark.parametrize("statement", ["x = y", "import no_such_module", "x = = 3"])
    def test_what_no_weights_can_mend_is_not_tried_twice(self, statement: str) -> None:
        assert failure_of(statement).depends_on_weights is False
        assert failure_of("raise ValueError").depends_on_weights is True

    def test_a_long_message_is_cut(self) -> None:
        assert len(failure_of("raise ValueError('x' * 1_000_000)").message) < 5000

    def test_folders_of_this_machine_are_left_out(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "toymod.py").write_text("def fail():\n    raise OSError(__file__)\n")
        monkeypatch.syspath_prepend(tmp_path)
        failure = failure_of("import toymod\ntoymod.fail()", path=[str(tmp_path)], directory="/")
        assert failure.message == "OSError: toymod.py"
        assert failure.frames[-1] == Frame("toymod.py", 2, "fail", "raise OSError(__file__)")
        assert failure.modules == {"toymod": str(tmp_path / "toymod.py")}

    def test_a_deep_recursion_is_cut(self) -> None:
        assert 10 < len(failure_of("def f(): f()\nf()").frames) < 30

    @pytest.mark.parametrize(
        ("statement", "message"),
        [
            ("import sys; sys.exit(3)", "SystemExit: 3"),
            ("raise KeyboardInterrupt", "KeyboardInterrupt"),
            ("def f(): f()\nf()", "RecursionError: maximum recursion depth exceeded"),
            ("assert 1 == 2", "AssertionError"),
        ],
    )
    def test_nothing_that_a_block_raises_escapes(self, statement: str, message: str) -> None:
        assert failure_of(statement).message.startswith(message)

    def test_a_failing_preamble_says_where(self) -> None:
        failure = failure_of("x = 3", preamble="import no_such_module")
        assert failure.message == "ModuleNotFoundError: No module named 'no_such_module'"
        assert failure.frames == [Frame("<preamble>", 1, "<module>", "import no_such_module")]

    def test_a_model_that_is_not_built(self) -> None:
        failure = failure_of("'model unbuilt'")
        assert (failure.kind, failure.message, failure.depends_on_weights) == ("model", "build it", False)


def test_abstract_and_real_weights() -> None:
    for kind in ("abstract", "real"):
        response = run("'model m'", weights=kind)
        assert isinstance(response, Success)
        assert response.model.variables == kind


def test_code_finds_its_own_module() -> None:
    # Dataclasses with annotations as text, among others, look the module of a class up.
    code = (
        "from __future__ import annotations\nimport dataclasses, typing\n"
        "@dataclasses.dataclass\nclass Config:\n  kind: typing.ClassVar[int] = 3\n  units: int = 4\n"
        "f'model {Config().units} {__name__}'"
    )
    assert name_of(code) == "model 4 toy_block"


def test_code_is_compiled_by_itself() -> None:
    # The modules of this package have annotations as text; a block has what it says.
    assert name_of("def f(x: int): ...\nf'model {f.__annotations__}'") == "model {'x': <class 'int'>}"
    code = "from __future__ import annotations\ndef f(x: int): ...\nf'model {f.__annotations__}'"
    assert name_of(code) == "model {'x': 'int'}"


def test_code_finds_its_own_source() -> None:
    assert name_of("import inspect\ndef f(): return 3\n'model ' + inspect.getsource(f).strip()") == (
        "model def f(): return 3"
    )


class TestInADocstring:
    @pytest.fixture(autouse=True)
    def _module(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "docnet.py").write_text(
            "import functools\n\nUNITS = 4\nready = 'model ready'\n\n\n"
            "def build(units=1): return f'model {units}'\n\n\n"
            "build_docnet = build\n\n\n"
            "class Nets:\n"
            "    @property\n    def encoder(self): return 'model encoder'\n"
            "    @functools.cached_property\n    def decoder(self): return 'model decoder'\n"
            "    def make(self): return 'model made'\n"
            "    def bare(): return 'model bare'\n"
            "    @classmethod\n    def of_class(cls): return 'model of class'\n\n\n"
            "def __getattr__(name):\n"
            "    if name == 'lazy': return 'model lazy'\n    raise AttributeError(name)\n"
        )
        monkeypatch.syspath_prepend(tmp_path)

    def test_the_names_of_its_module_are_known(self) -> None:
        assert name_of(expression="build(units=UNITS)", module="docnet") == "model 4"
        assert name_of("made = build(UNITS)", module="docnet") == "model 4"
        assert name_of(model="ready", module="docnet") == "model ready"
        assert name_of(expression="lazy", module="docnet") == "model lazy"

    def test_what_is_nowhere_is_told_with_the_places(self) -> None:
        """These are no names of distributions: those would be imported, where they are installed."""
        assert name_of(expression="build_docnet()", module="docnet") == "model 1"
        failure = failure_of(expression="build_docnet()")
        assert failure.message.startswith("NameError: build_docnet is not defined by the code or")
        failure = failure_of(expression="not_of_docnet()", module="docnet")
        assert failure.message.startswith(
            "NameError: not_of_docnet is not defined by the code, docnet or the preamble, and"
        )

    def test_the_code_comes_first_then_the_module_then_the_preamble(self) -> None:
        assert name_of("UNITS = 5", "build(UNITS)", module="docnet") == "model 5"
        assert name_of(expression="build(UNITS)", module="docnet", preamble="UNITS = 6\nbuild = None") == "model 4"
        assert name_of(expression="build(more)", module="docnet", preamble="more = 7") == "model 7"

    def test_its_names_are_not_those_of_the_block(self) -> None:
        assert failure_of("x = 3", module="docnet").kind == "model"
        assert name_of("x = __name__ == 'docnet'\n'model other' if not x else 'model docnet'", module="docnet") == (
            "model other"
        )

    def test_what_needs_an_instance_gets_one(self) -> None:
        for name, model in {
            "encoder": "encoder",
            "decoder": "decoder",
            "make": "made",
            "bare": "bare",
            "of_class": "of class",
        }.items():
            assert name_of(expression=f"docnet:Nets.{name}") == f"model {model}"
        assert name_of(expression="Nets.make", module="docnet") == "model made"

    def test_the_module_is_one_that_the_outcome_depends_on(self, tmp_path: Path) -> None:
        response = run("x = 'model x'", module="docnet", path=[str(tmp_path)])
        assert isinstance(response, Success)
        assert response.modules == {"docnet": str(tmp_path / "docnet.py")}

    def test_a_module_that_is_not_there(self) -> None:
        failure = failure_of("'model x'", module="nonet.models")
        assert "nonet.models is documented here" in failure.message
        assert "there is no module nonet on sys.path" in failure.message
