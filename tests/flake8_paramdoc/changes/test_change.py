from __future__ import annotations

import ast
from dataclasses import replace

import pytest

from flake8_paramdoc.changes import argument_forms as forms
from flake8_paramdoc.changes.shapes import (
    NOT_LITERAL,
    ArgumentsRemoved,
    ArgumentsRenamed,
    Looks,
    MembersRenamed,
    ModulesMoved,
    NamesRemoved,
    NamesRenamed,
    Outcome,
    PositionChanged,
    Use,
    ValuesRenamed,
    ValueUnfit,
    short,
)

THING = "keras.things.Thing"
SOURCE = "the release notes"


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
    change = ArgumentsRenamed(callees=(THING,), arguments={"a": "b", "c": "d=(x, y)"}, since="2.0.0", source=SOURCE)
    assert change.code == "KER101"
    assert change.message(THING, "a", 3) == "Thing(a=...) was renamed in Keras 2: write b=..."
    assert change.message(THING, "c", 3) == "Thing(c=...) was renamed in Keras 2: write d=(x, y)"


def test_a_removed_argument_says_what_to_write_instead_of_its_value() -> None:
    change = ArgumentsRemoved(
        callees=(THING,), arguments={"a": "think"}, instead_of={0: "drop it"}, since="2.1.6", source=SOURCE
    )
    assert change.code == "KER102"
    assert change.message(THING, "a", NOT_LITERAL) == "Thing(a=...) was removed in Keras 2.1.6: think"
    assert change.advice("a", 0) == "drop it"
    assert change.advice("a", []) == "think"


def test_a_value_is_renamed_or_gone() -> None:
    change = ValuesRenamed(
        callees=(THING,), arguments=("a",), values={"x": '"y"'}, gone={None: "drop it"}, since="3.0.0", source=SOURCE
    )
    assert change.code == "KER203"
    assert change.message(THING, "a", value("'x'")) == 'Thing(a="x") was renamed in Keras 3: write "y"'
    assert change.message(THING, "a", value("None")) == "Thing(a=None) was removed in Keras 3: drop it"
    assert change.message(THING, "a", value("'z'")) is None
    assert change.message(THING, "a", value("x")) is None


def test_a_literal_of_another_type_is_another_value() -> None:
    change = ValuesRenamed(callees=(THING,), arguments=("a",), values={1: "2"}, since="3.0.0", source=SOURCE)
    assert change.message(THING, "a", value("1")) is not None
    assert change.message(THING, "a", value("True")) is None
    assert change.message(THING, "a", value("1.0")) is None


def test_a_value_of_another_form() -> None:
    change = ValueUnfit(
        callees=(THING,),
        arguments=("a",),
        looks=forms.string,
        sample='"x"',
        form="a string",
        instead="write a number",
        since="3.0.0",
        source=SOURCE,
    )
    assert change.message(THING, "a", value("'x'")) == "Thing(a string) is refused since Keras 3: write a number"
    assert change.message(THING, "a", value("3")) is None


def test_a_place() -> None:
    change = PositionChanged(
        callees=(THING,),
        position=1,
        looks=forms.integer,
        old="a, b",
        new="a, b=b",
        sample="1, 2",
        new_sample="1, b=2",
        since="3.0.0",
        source=SOURCE,
    )
    assert change.code == "KER204"
    assert change.message(THING) == "Thing(a, b) was changed in Keras 3: write Thing(a, b=b)"
    dropped = replace(change, new="", new_sample="1")
    assert dropped.message(THING) == "Thing(a, b) was changed in Keras 3: drop b"


def test_names() -> None:
    renamed = NamesRenamed(module="keras.old", names={"mean": "keras.new.mean"}, since="3.0.0", source=SOURCE)
    replaced = NamesRenamed(module="keras", names={"Old": "keras.new, or a layer"}, since="3.0.0", source=SOURCE)
    moved = ModulesMoved(module="keras", names={"old": "keras.new"}, since="3.0.0", source=SOURCE)
    removed = NamesRemoved(module="keras.old", names={"Thing": "drop it"}, since="2.0.0", source=SOURCE)
    assert (renamed.code, moved.code, removed.code) == ("KER205", "KER205", "KER106")
    assert renamed.message("mean") == "keras.old.mean was renamed in Keras 3: write keras.new.mean"
    assert replaced.message("Old") == "Old was replaced in Keras 3: write keras.new, or a layer"
    assert moved.message("old") == "keras.old was removed in Keras 3: use keras.new"
    assert removed.message("Thing") == "Thing was removed in Keras 2: drop it"


def test_members() -> None:
    change = MembersRenamed(owners=(THING,), members={"run()": "go()"}, since="3.0.0", source=SOURCE)
    assert change.message(THING, "run()") == "Thing.run() was renamed in Keras 3: write go()"
    written = MembersRenamed(
        owners=(THING,),
        members={"speed": "pace"},
        uses=frozenset({Use.WRITTEN}),
        outcome=Outcome.SILENT,
        since="3.0.0",
        source=SOURCE,
    )
    assert written.code == "KER207"
    assert written.message(THING, "speed") == "Thing.speed = ... has no effect since Keras 3: write pace"


@pytest.mark.parametrize(
    ("since", "step", "outcome", "code", "message"),
    [
        ("2.0.0", 0, Outcome.RAISES, "KER101", "was renamed in Keras 2"),
        ("2.0.0", 0, Outcome.SILENT, "KER101", "was renamed in Keras 2"),
        ("1.0", 2, Outcome.RAISES, "KER101", "was renamed in Keras 1"),
        ("2.11.0", 3, Outcome.RAISES, "KER201", "was renamed in Keras 2.11"),
        ("3.0.0", 0, Outcome.SILENT, "KER207", "has no effect since Keras 3"),
        ("3.0.0", 0, Outcome.WARNS, "KER901", "is deprecated in Keras 3"),
        ("2.0.0", 0, Outcome.WORKS, "KER902", "is an old form that still works"),
    ],
)
def test_the_code_follows_the_step_and_the_outcome(
    since: str, step: int, outcome: Outcome, code: str, message: str
) -> None:
    change = ArgumentsRenamed(
        callees=(THING,), arguments={"a": "b"}, since=since, step=step, outcome=outcome, source=SOURCE
    )
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
