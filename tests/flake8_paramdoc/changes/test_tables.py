"""Each row of the tables is well formed, and does what it says through the whole of the matching."""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module

import pytest
from code_listing import entries
from code_texts import CODES, Code

from flake8_paramdoc.changes import CHANGES, MODULES, NAMES, brings, moved, public
from flake8_paramdoc.changes.shapes import Change, NameChange
from tests.flake8_paramdoc.changes.examples import Example, examples
from tests.flake8_paramdoc.linting import codes, findings

BY_CODE = {code: [change for change in CHANGES if change.code == code] for code in {c.code for c in CHANGES}}


def pairs(code: str) -> list[tuple[Change, Example]]:
    found = [(change, example) for change in BY_CODE[code] for example in examples(change)]
    assert found
    return found


KINDS = {
    "arguments": {1, 2, 4},
    "values": {3},
    "meanings": {3},
    "positions": {4},
    "names.renamed": {5},
    "names.removed": {6},
    "names.backend": {5, 6},
    "names.modules": {5, 6},
    "names.incidental": {5, 6},
    "names.packages": {6},
    "members": {5, 6},
    "objects": {5, 6},
    "tensors": {8},
    "counts": {3},
    "behaviour": {3},
}
"""Each file of a step → the kinds of its changes, as docs/contributing/keras-change.rst says it."""

ONLY_IN_3 = (
    "objects",
    "meanings",
    "names.backend",
    "names.incidental",
    "names.modules",
    "names.packages",
    "tensors",
    "counts",
    "behaviour",
)


def test_each_kind_of_change_has_its_file() -> None:
    found = []
    for step in ("keras2", "keras3"):
        for file, kinds in KINDS.items():
            if step == "keras2" and file in ONLY_IN_3:
                continue
            rows = import_module(f"flake8_paramdoc.changes.{step}.{file}").CHANGES
            assert {change.kind for change in rows} <= kinds, (step, file)
            assert {change.major for change in rows} == {int(step[-1])}
            found += rows
    assert Counter(map(id, found)) == Counter(map(id, CHANGES))


def test_every_code_has_rows_and_a_description() -> None:
    assert [code.code for code in CODES] == sorted({*BY_CODE, "KER301"})


@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_a_row_is_well_formed(code: str) -> None:
    for change in BY_CODE[code]:
        assert re.fullmatch(r"[123](\.\d+)*", change.since)
        assert change.major in (2, 3)
        assert change.source
        assert re.fullmatch(r"KER([12]0[1-7]|208|90[12])", change.code)


@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_each_old_form_is_found(code: str) -> None:
    missed = []
    for _, example in pairs(code):
        found = findings(f"import keras\n{example.old}", deprecated=True)
        if code not in {finding.code for finding in found}:
            missed.append(example.old)
        for finding in found:
            assert finding.message.isascii()
            assert not re.search(r"[^.]\.$", finding.message)
            assert not re.search(r"\b([a-z]+) \1\b", finding.message), finding.message
            assert len(finding.message) < 200, finding.message
    assert missed == []


@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_each_new_form_is_silent(code: str) -> None:
    found = []
    for change, example in pairs(code):
        if example.new is None:
            continue
        old = findings(f"import keras\n{example.old}", deprecated=True)
        # What a file for an older Keras leaves out is no affair of what is written today.
        before = "" if change.before_keras_3 or change.major == 2 else "keras.ops\n"
        new = findings(f"import keras\n{before}{example.new}", deprecated=True, target=change.major)
        # What the class or function itself has to say does not go away with one of its arguments.
        others = {(finding.code, finding.message) for finding in old if finding.code != code}
        found += [example.new for finding in new if (finding.code, finding.message) not in others]
    assert found == []


@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_each_change_is_listed(code: str) -> None:
    for change in BY_CODE[code]:
        listed = list(entries(change))
        assert listed
        for entry in listed:
            assert entry.old
            assert entry.new


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.code)
def test_the_example_of_a_code(code: Code) -> None:
    assert code.code in codes(code.old, deprecated=True)
    assert codes(code.new, deprecated=True) == []
    assert not code.title.endswith(".")
    assert code.why.endswith(".")


def test_a_name_changes_once() -> None:
    names = [
        f"{change.module}.{old}"
        for change in CHANGES
        if isinstance(change, NameChange) and not change.is_module
        for old in change.names
    ]
    assert [name for name, times in Counter(names).items() if times > 1] == []
    assert set(names) == set(NAMES)
    assert not {name for name in NAMES if name in MODULES} - {"keras.layers.merge"}


@pytest.mark.parametrize(
    ("name", "today"),
    [
        ("keras.layers.Dense", "keras.layers.Dense"),
        ("keras.layers.core.Dense", "keras.layers.Dense"),
        ("keras.layers.convolutional.Convolution2D", "keras.layers.Conv2D"),
        ("keras.engine.topology.Layer", "keras.layers.Layer"),
        ("keras.engine.training.Model", "keras.models.Model"),
        ("keras.Model", "keras.models.Model"),
        ("keras.utils.np_utils.to_categorical", "keras.utils.to_categorical"),
        ("keras.layers.experimental.preprocessing.Rescaling", "keras.layers.Rescaling"),
        ("keras.optimizers.legacy.Adam", "keras.optimizers.Adam"),
        ("keras.optimizers.sgd", "keras.optimizers.SGD"),
        ("keras.preprocessing.image.load_img", "keras.utils.load_img"),
        ("keras.wrappers.scikit_learn.KerasClassifier", "keras.wrappers.scikit_learn.KerasClassifier"),
        ("keras.nothing.of.Keras", "keras.nothing.of.Keras"),
    ],
)
def test_the_name_of_today(name: str, today: str) -> None:
    assert public(name) == today


def test_a_moved_name_keeps_its_last_part() -> None:
    assert moved("keras.layers.convolutional.Deconvolution2D") == "keras.layers.Deconvolution2D"


def test_what_a_star_import_brings() -> None:
    assert brings("keras.layers.Dense")
    assert brings("keras.layers.core.Dense")
    assert not brings("keras.layers.Nothing")
