from __future__ import annotations

import ast

import pytest

from flake8_paramdoc.changes import argument_forms as forms
from flake8_paramdoc.changes.record import replace
from flake8_paramdoc.changes.releases import Release
from flake8_paramdoc.changes.shapes import (
    NOT_LITERAL,
    ArgumentsRemoved,
    ArgumentsRenamed,
    Fate,
    Fix,
    Looks,
    MembersRemoved,
    MembersRenamed,
    ModulesMoved,
    NamesRemoved,
    NamesRenamed,
    Place,
    PositionChanged,
    Safety,
    Template,
    Use,
    ValuesRenamed,
    ValueUnfit,
    short,
)

THING = "keras.things.Thing"
SOURCE = "the release notes"
TWO = Release(2, "2.0.0", SOURCE)
THREE = Release(3, "3.0.0", SOURCE)


def value(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


@pytest.mark.parametrize(
    ("dotted", "said"),
    [
        ("keras.layers.Dense", "Dense"),
        ("keras.models.Model.fit", "Model.fit"),
        ("keras.backend.mean", "keras.backend.mean"),
        ("keras.layers", "keras.layers"),
    ],
)
def test_a_class_is_said_without_its_module(dotted: str, said: str) -> None:
    assert short(dotted) == said


def test_a_renamed_argument_names_the_old_form_the_new_one_and_since_when() -> None:
    change = ArgumentsRenamed(TWO, (THING,), {"a": "b", "c=x, e=y": "d=(x, y)"})
    assert change.code == "KER101"
    assert change.message(THING, "a", 3) == "Thing(a=...) was renamed in Keras 2: write b=..."
    assert change.message(THING, "c", 3) == "Thing(c=...) was renamed in Keras 2: write d=(x, y)"


def test_a_removed_argument_says_what_to_write_instead_of_its_value() -> None:
    change = ArgumentsRemoved(
        Release(2, "2.1.6", SOURCE), (THING,), {"a": "think"}, instead_of={0: "drop it"}, safe=(0,)
    )
    assert change.code == "KER102"
    assert change.message(THING, "a", NOT_LITERAL) == "Thing(a=...) was removed in Keras 2.1.6: think"
    assert change.fix("a", 0) == Fix("drop it", Place.DROPPED, None, Safety.SAFE)
    assert change.fix("a", []) == Fix("think", Place.NOTHING, None, Safety.BY_HAND)


def test_a_value_is_renamed_or_gone() -> None:
    change = ValuesRenamed(THREE, (THING,), ("a",), {"x": '"y"'}, gone={None: "drop it"})
    assert change.code == "KER203"
    assert change.message(THING, "a", value("'x'")) == 'Thing(a="x") was renamed in Keras 3: write "y"'
    assert change.message(THING, "a", value("None")) == "Thing(a=None) was removed in Keras 3: drop it"
    assert change.message(THING, "a", value("'z'")) is None
    assert change.message(THING, "a", value("x")) is None


def test_a_literal_of_another_type_is_another_value() -> None:
    change = ValuesRenamed(THREE, (THING,), ("a",), {1: "2"})
    assert change.message(THING, "a", value("1")) is not None
    assert change.message(THING, "a", value("True")) is None
    assert change.message(THING, "a", value("1.0")) is None


def test_a_value_of_another_form() -> None:
    change = ValueUnfit(
        THREE, (THING,), ("a",), forms.string, "a string", "write a number", sample='"x"', new_sample="1"
    )
    assert change.message(THING, "a", value("'x'")) == "Thing(a string) is refused since Keras 3: write a number"
    assert change.message(THING, "a", value("3")) is None


def test_a_place() -> None:
    change = PositionChanged(
        THREE, (THING,), 1, forms.integer, "a, b", "a, b=b", order="a, b, c", sample="1, 2", new_sample="1, b=2"
    )
    assert change.code == "KER204"
    assert change.message(THING) == "Thing(a, b) was changed in Keras 3: write Thing(a, b=b)"
    dropped = replace(change, new="", new_sample="1")
    assert dropped.message(THING) == "Thing(a, b) was changed in Keras 3: drop b"


def call(text: str) -> ast.Call:
    node = value(text)
    assert isinstance(node, ast.Call)
    return node


def rewritten(template: Template, text: str) -> str | None:
    bound = template.bind(call(text))
    return None if bound is None else template.write({name: ast.unparse(node) for name, node in bound.items()})


@pytest.mark.parametrize(
    ("old", "new", "text", "today"),
    [
        ("x, axis=-1", "ops.argmax(x, axis=axis)", "f(a)", "ops.argmax(a, axis=-1)"),
        ("x, axis=-1", "ops.argmax(x, axis=axis)", "f(a, 0)", "ops.argmax(a, axis=0)"),
        ("x, axis=-1", "ops.argmax(x, axis=axis)", "f(axis=i, x=a)", "ops.argmax(a, axis=i)"),
        ("x, axis=-1", "ops.argmax(x, axis=axis)", "f(*a)", None),
        ("x, axis=-1", "ops.argmax(x, axis=axis)", "f(**a)", None),
        ("x, axis=-1", "ops.argmax(x, axis=axis)", "f()", None),
        ("x, axis=-1", "ops.argmax(x, axis=axis)", "f(a, b, c)", None),
        ("x, axis=-1", "ops.argmax(x, axis=axis)", "f(a, keepdims=True)", None),
        ("x, axis=-1", "ops.argmax(x, axis=axis)", "f(a, x=b)", None),
        ("x, dtype=...", "g(x, dtype=dtype)", "f(a)", "g(a)"),
        ("x, dtype=...", "g(x, dtype=dtype)", "f(a, b)", "g(a, dtype=b)"),
        ("x", "0.2 * x + 0.5", "f(a + b)", "0.2 * (a + b) + 0.5"),
        ("x", "0.2 * x + 0.5", "f(g(a))", "0.2 * g(a) + 0.5"),
        ("x, y", "x.assign(y)", "f(a or b, c + d)", "(a or b).assign(c + d)"),
        ("x, y", "x.assign(y)", "f(-a, c)", "(-a).assign(c)"),
        ("x, pad=((1, 1), (2, 2))", "g(x, (0, *pad))", "f(a)", "g(a, (0, (1, 1), (2, 2)))"),
        ("x, pad=((1, 1), (2, 2))", "g(x, (0, *pad))", "f(a, p)", "g(a, (0, *p))"),
        ("x, mode: 'max' = ...", "g(x)", "f(a)", "g(a)"),
        ("x, mode: 'max' = ...", "g(x)", "f(a, 'max')", "g(a)"),
        ("x, mode: 'max' = ...", "g(x)", "f(a, 'avg')", None),
        ("x, mode: 'max' = ...", "g(x)", "f(a, mode)", None),
        ("x, y=..., mode: ('a', 'b') = required", "g(x, y)", "f(a)", None),
        ("x, y=..., mode: ('a', 'b') = required", "g(x, y)", "f(a, mode='b')", "g(a)"),
        ("values", "[g(v) for v in values]", "f(a)", "[g(v) for v in a]"),
    ],
)
def test_a_template_binds_what_is_passed_and_writes_it_anew(old: str, new: str, text: str, today: str | None) -> None:
    assert rewritten(Template(old, new), text) == today


def test_a_template_says_what_must_be_imported_and_what_nothing_gives() -> None:
    template = Template("x", "keras.ops.add(x, numpy.ones(size))")
    assert template.names == {"keras.ops.add", "numpy.ones"}
    assert template.unbound == {"size"}
    assert Template("samples", "steps=samples // 2", is_arguments=True).unbound == set()


def test_several_arguments_become_one() -> None:
    change = ArgumentsRenamed(TWO, (THING,), {"rows=r, columns=c": "size=(r, c)"})
    fix = change.fix("columns")
    assert fix.safety is Safety.SAFE
    assert fix.template is not None
    assert rewritten(fix.template, "f(columns=2, rows=1)") == "size=(1, 2)"
    assert rewritten(fix.template, "f(columns=2)") is None


def test_what_a_template_leaves_open_a_person_must_write() -> None:
    change = ArgumentsRenamed(TWO, (THING,), {"samples": "steps=samples // batch_size", "period": "think about it"})
    assert change.fix("samples").safety is Safety.BY_HAND
    assert change.fix("period") == Fix("write think about it")


def test_places_are_passed_by_name_from_the_one_that_changed() -> None:
    change = PositionChanged(
        THREE, (THING,), 1, forms.integer, "a, b", "a, b=b", order="a, b, c", sample="1, 2", new_sample="1, b=2"
    )
    assert rewritten(change.template(THING), "f(1, 2, 3)") == "1, b=2, c=3"
    assert rewritten(change.template(THING), "f(1, 2, c=3)") == "1, b=2, c=3"
    joined = replace(change, order={THING: "n, row, column, init"}, head="n, (row, column)", position=2)
    assert rewritten(joined.template(THING), "f(8, 3, 5, 'x', x=1)") is None
    assert rewritten(joined.template(THING), "f(8, 3, 5, 'x')") == "8, (3, 5), init='x'"


def test_a_name_has_a_template_for_each_of_its_calls() -> None:
    written = {"f(x, y: None)": "new.g(x)", "f(x, y=2)": "new.f(x, y=y)", "rest": "new.rest, which is a class"}
    change = NamesRenamed(THREE, "keras.old", written, holds={"f": "x is whole"})
    assert change.message("f") == "keras.old.f was replaced in Keras 3: write new.f(x, y=2)"
    assert [fix.place for fix in change.fixes("f")] == [Place.CALL, Place.CALL]
    assert change.fixes("f")[0].holds == "x is whole"
    assert change.fixes("rest") == (Fix("write new.rest, which is a class"),)


def test_what_tensorflow_keeps_can_be_had_from_there() -> None:
    change = NamesRenamed(THREE, "keras.old", {"Thing": "new.thing, a function"}, kept_in_tensorflow=True)
    assert change.message("Thing").endswith("use tensorflow.keras.old, which still has it, or new.thing, a function")


def test_names() -> None:
    renamed = NamesRenamed(THREE, "keras.old", {"mean": "keras.new.mean"})
    replaced = NamesRenamed(THREE, "keras", {"Old": "keras.new, or a layer"})
    moved = ModulesMoved(THREE, "keras", {"old": "keras.new"})
    removed = NamesRemoved(TWO, "keras.old", {"Thing": "drop it"})
    assert (renamed.code, moved.code, removed.code) == ("KER205", "KER205", "KER106")
    assert renamed.message("mean") == "keras.old.mean was renamed in Keras 3: write keras.new.mean"
    assert replaced.message("Old") == "Old was replaced in Keras 3: write keras.new, or a layer"
    assert moved.message("old") == "keras.old was removed in Keras 3: use keras.new"
    assert removed.message("Thing") == "Thing was removed in Keras 2: drop it"


def test_members() -> None:
    change = MembersRenamed(THREE, (THING,), {"run()": "go()"})
    assert change.message(THING, "run()") == "Thing.run() was renamed in Keras 3: write go()"
    written = MembersRenamed(THREE, (THING,), {"speed": "pace"}, uses=frozenset({Use.WRITTEN}), outcome=Fate.SILENT)
    assert written.code == "KER207"
    assert written.message(THING, "speed") == "Thing.speed = ... has no effect since Keras 3: write pace"


def test_calls_of_members_that_can_be_written_anew() -> None:
    calls = {"run(speed, far: 0)": "self.go(speed)", "stop(now)": "self.halt(now)", "turn(to)": "self.head(degrees)"}
    members = {"run()": "write go()", "stop()": "write halt()", "turn()": "write head()", "rest()": "drop it"}
    change = MembersRemoved(THREE, (THING,), members, calls=calls, holds={"stop": "it moves"})
    assert [(change.fix(member).safety, change.fix(member).holds) for member in members] == [
        (Safety.SAFE, ""),
        (Safety.UNSAFE, "it moves"),
        (Safety.BY_HAND, ""),
        (Safety.BY_HAND, ""),
    ]
    template = change.fix("run()").template
    assert template is not None
    assert template.bind(call("f(self, 3, far=1)")) is None
    assert template.bind(call("f(self, 3, far=0)")) is not None


@pytest.mark.parametrize(
    ("since", "step", "outcome", "code", "message"),
    [
        ("2.0.0", 2, Fate.RAISES, "KER101", "was renamed in Keras 2"),
        ("2.0.0", 2, Fate.SILENT, "KER101", "was renamed in Keras 2"),
        ("1.0", 2, Fate.RAISES, "KER101", "was renamed in Keras 1"),
        ("2.11.0", 3, Fate.RAISES, "KER201", "was renamed in Keras 2.11"),
        ("3.0.0", 3, Fate.SILENT, "KER207", "has no effect since Keras 3"),
        ("3.0.0", 3, Fate.WARNS, "KER901", "is deprecated in Keras 3"),
        ("2.0.0", 2, Fate.WORKS, "KER902", "is an old form that still works"),
    ],
)
def test_the_code_follows_the_step_and_the_outcome(
    since: str, step: int, outcome: Fate, code: str, message: str
) -> None:
    change = ArgumentsRenamed(Release(step, since, SOURCE), (THING,), {"a": "b"}, outcome=outcome)
    assert change.code == code
    assert change.message(THING, "a", 0) == f"Thing(a=...) {message}: write b=..."


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ('"model.h5"', "model.h5"),
        ('f"{name}.h5"', ".h5"),
        ('f"{name}"', ""),
        ('name + ".h5"', ".h5"),
        ('"weights/" + name', ""),
        ('"model-%d.h5" % epoch', ".h5"),
        ('"model-%d" % epoch', ""),
        ('"{}.h5".format(name)', ".h5"),
        ('"{}".format(name)', ""),
        ('os.path.join(folder, "model.h5")', "model.h5"),
        ('folder / "model.h5"', "model.h5"),
        ("os.path.join(folder, *parts)", ""),
        ('"".join(parts)', ""),
        ("path", ""),
        ("3", ""),
    ],
)
def test_the_end_of_a_path(text: str, end: str) -> None:
    assert forms.ending(value(text)) == end


@pytest.mark.parametrize(
    ("test", "fits", "does_not"),
    [
        (forms.number, ["1", "-1", "1e-6", "10 ** -6", "1 / 3"], ["True", "x", "'1'", "None"]),
        (forms.integer, ["3"], ["3.0", "True", "x"]),
        (forms.fraction, ["1e-5", "0.5"], ["1", "True", "x"]),
        (forms.tiny, ["1e-8", "None"], ["0.9", "0.0", "1", "x"]),
        (forms.truth, ["True", "False"], ["1", "None", "x"]),
        (forms.string, ["'x'", "f'{x}'"], ["x", "3"]),
        (forms.title, ["'encoder'", "name", "self.name", "f'{x}'"], ["'float32'", "x", "3"]),
        (forms.initializer, ["'he_normal'", "'uniform'"], ["'relu'", "x"]),
        (forms.dictionary, ["{}", "dict(a=1)"], ["x", "[]"]),
        (forms.four, ["(1, 1, 2, 2)"], ["((1, 1), (2, 2))", "(1, 1)", "x"]),
        (forms.reduction, ["'sum'", "None", "Reduction.NONE", "reduction"], ["-1", "axis"]),
        (
            forms.regularizer,
            ["'l2'", "l2(0.1)", "keras.regularizers.L1L2()"],
            ["'max_norm'", "max_norm(2)", "x"],
        ),
        (forms.prediction, ["y_pred", "output"], ["y_true", "x.y_pred", "3"]),
        (forms.path_to_folder, ["'saved'", "'models/saved/'"], ["'m.keras'", "'hf://x/y'", "path"]),
        (forms.anything, ["x", "3"], ["[*x]"][:0]),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_how_arguments_look(test: Looks, fits: list[str], does_not: list[str]) -> None:
    assert [text for text in fits if not test(value(text))] == []
    assert [text for text in does_not if test(value(text))] == []
