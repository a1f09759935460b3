"""Which model an argument names, with a framework whose models are plain objects."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sphinx_paramdoc.execution.toy import failure_of, name_of, place_of

NO_MODEL = "not a model or layer: name a model, a layer, or a function that builds one"

pytestmark = pytest.mark.usefixtures("no_trace_in_this_process")


class TestArgument:
    @pytest.fixture(autouse=True)
    def _package(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        package = tmp_path / "toypkg"
        package.mkdir()
        (package / "__init__.py").touch()
        (package / "models.py").write_text(
            "def build(units=1): return f'model {units}'\n"
            "class Namespace:\n  small = 'model small'\n"
            "instance = 'model instance'\n"
        )
        (package / "broken.py").write_text("import no_such_module\n")
        monkeypatch.syspath_prepend(tmp_path)

    @pytest.mark.parametrize(
        ("expression", "name"),
        [
            ("toypkg.models.build(units=4)", "model 4"),
            ("toypkg.models:build(units=4)", "model 4"),
            ("toypkg.models : build(units=4)", "model 4"),
            ("toypkg.models:build", "model 1"),
            ("toypkg.models.build", "model 1"),
            ("toypkg.models.instance", "model instance"),
            ("toypkg.models:Namespace.small", "model small"),
            ("toypkg.models.build(\n    units=4)", "model 4"),
            ("toypkg.models.build(units={'a': 4}['a'])", "model 4"),
        ],
    )
    def test_dotted_names_are_imported(self, expression: str, name: str) -> None:
        assert name_of(expression=expression) == name

    def test_a_name_of_the_code_comes_first(self) -> None:
        assert name_of("def toypkg(): return 'model own'", "toypkg") == "model own"

    def test_a_name_of_the_preamble_comes_before_an_import(self) -> None:
        assert name_of(expression="models.build(units=2)", preamble="import toypkg.models as models") == "model 2"

    def test_a_module_inside_a_package_that_only_the_package_was_imported_of(self) -> None:
        assert name_of(expression="toypkg.models.build()", preamble="import toypkg") == "model 1"

    @pytest.mark.parametrize(
        ("expression", "name"),
        [
            ("hiding.net.net(5)", "model net 5"),
            ("hiding.net:net(5)", "model net 5"),
            ("hiding.net(5)", "model net 5"),
            ("hiding.net.net", "model net 1"),
            ("hiding.net", "model net 1"),
            ("hiding.net.ready", "model ready"),
            ("hiding.net.net(units=hiding.net.net(2)[-1])", "model net 2"),
            ("hiding.net.net(units=hiding.net(3)[-1])", "model net 3"),
            ("hiding.inner.Net.Net.make(7)", "model Net 7"),
            ("hiding.inner.Net.size", "model size"),
        ],
    )
    def test_a_module_that_its_package_hides(self, tmp_path: Path, expression: str, name: str) -> None:
        """A package has a function, or a class, of the name of the module that it takes it from."""
        package = tmp_path / "hiding"
        (package / "inner").mkdir(parents=True)
        (package / "__init__.py").write_text("from hiding.net import net\n")
        (package / "net.py").write_text("def net(units=1): return f'model net {units}'\nready = 'model ready'\n")
        (package / "inner" / "__init__.py").write_text("from hiding.inner.Net import Net\n")
        (package / "inner" / "Net.py").write_text(
            "class Net:\n  size = 'model size'\n  @staticmethod\n  def make(units): return f'model Net {units}'\n"
        )
        assert name_of(expression=expression) == name

    def test_what_neither_a_hidden_module_nor_what_hides_it_has(self, tmp_path: Path) -> None:
        (tmp_path / "hiding").mkdir()
        (tmp_path / "hiding" / "__init__.py").write_text("from hiding.net import net\n")
        (tmp_path / "hiding" / "net.py").write_text("def net(units=1): return f'model net {units}'\n")
        assert "module 'hiding.net' has no attribute 'made'" in failure_of(expression="hiding.net.made()").message

    def test_a_property_of_what_a_module_holds_is_asked_once(self, tmp_path: Path) -> None:
        (tmp_path / "hiding").mkdir()
        (tmp_path / "hiding" / "__init__.py").write_text(
            "class Holder:\n  asked = 0\n  @property\n  def model(self):\n"
            "    Holder.asked += 1\n    return f'model {Holder.asked}'\nnet = Holder()\n"
        )
        (tmp_path / "hiding" / "net.py").touch()
        assert name_of(expression="hiding.net.model.strip()") == "model 1"

    def test_arguments_know_the_names_of_the_code(self) -> None:
        assert name_of("size = 9", "toypkg.models:build(units=size)") == "model 9"

    def test_the_code_runs_before_it(self) -> None:
        assert name_of("made = 'model made'\n'model other'", "made") == "model made"

    @pytest.mark.parametrize(
        ("expression", "message"),
        [
            (
                "nix.build()",
                "nix is not defined by the code or the preamble, and there is no module of that name on sys.path",
            ),
            ("toypkg.nix:build()", "toypkg.nix is not defined by the code or the preamble"),
            ("nix.models:build()", "nix is not defined by the code or the preamble"),
            ("toypkg.models:nix()", "module 'toypkg.models' has no attribute 'nix'"),
            ("toypkg.models.nix()", "module 'toypkg.models' has no attribute 'nix'"),
            ("toypkg.broken.build()", "No module named 'no_such_module'"),
            ("3 + 4", "3 + 4 is no dotted name with calls, attributes or indices behind it"),
            (
                "toypkg.models.build() if True else None",
                " is no dotted name with calls, attributes or indices behind it",
            ),
            ("toypkg.models.build(", "SyntaxError: '(' was never closed"),
            ("x = 3", "SyntaxError: invalid syntax"),
        ],
    )
    def test_what_is_wrong_with_it_is_said(self, expression: str, message: str) -> None:
        failure = failure_of(expression=expression)
        assert message in failure.message
        assert "<unknown>" not in failure.message

    def test_what_does_not_parse_names_the_arguments_line(self) -> None:
        failure = failure_of(expression="toypkg.models:build(")
        assert (place_of(failure), failure.depends_on_weights) == (("<expression>", 1), False)

    def test_a_value_that_is_no_model(self) -> None:
        assert failure_of(expression="toypkg.models").message == f"toypkg.models is a module, {NO_MODEL}"

    @pytest.mark.parametrize(
        ("code", "expression", "message"),
        [
            (
                "def build(): return [3, 'model a']",
                "build",
                "build() is a list, not a model or layer: say which of its models is meant, as build()[1]",
            ),
            (
                "nets = {'a': 'model a'}",
                "nets",
                "nets is a dict, not a model or layer: say which of its models is meant, as nets['a']",
            ),
            ("def build(): pass", "build", "build() is a NoneType, not a model or layer; does it return the model?"),
            ("names = ['a']", "names", f"names is a list, {NO_MODEL}"),
            (
                "def build(units): pass",
                "build",
                (
                    "TypeError: build() missing 1 required positional argument: 'units'\n"
                    "(build was called without arguments: write an expression that has them.)"
                ),
            ),
            (
                "class Net:\n    def __init__(self, units): pass\n    def model(self): pass",
                "Net.model",
                (
                    "TypeError: Net.__init__() missing 1 required positional argument: 'units'\n"
                    "(Net was called without arguments: write an expression that has them.)"
                ),
            ),
            (
                "def build(): return int.fromhex()",
                "build",
                "AttributeError: type object 'int' has no attribute 'fromhex'",
            ),
        ],
    )
    def test_the_way_out_of_what_is_no_model(self, code: str, expression: str, message: str) -> None:
        assert failure_of(code=code, expression=expression).message == message
