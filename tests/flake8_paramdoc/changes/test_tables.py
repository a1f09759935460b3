"""Each row of the tables is well formed, and does what it says through the whole of the matching."""

import ast
import keyword
import re

import pytest

from flake8_paramdoc.changes import ARGUMENTS, CALLEES, CHANGES, KNOWN, OLD_ARGUMENTS
from flake8_paramdoc.changes.change import ArgumentRemoved, ArgumentsRenamed
from flake8_paramdoc.matching import find

DOTTED = re.compile(r"keras(\.[A-Za-z_]\w*)+")

OLD_CALLS = [
    pytest.param(change, spelling, old, id=f"{spelling}({old}=)")
    for change in CHANGES
    for callee in change.callees
    for spelling in callee.spellings
    for old in change.old
]
RENAMED = [
    pytest.param(spelling, new, id=f"{spelling}({new}=)")
    for change in CHANGES
    if isinstance(change, ArgumentsRenamed)
    for callee in change.callees
    for spelling in callee.spellings
    for new in change.arguments.values()
]


def codes(source):
    return [finding.code for finding in find(ast.parse(source), source.split("\n"))]


def test_there_are_rows():
    assert {type(change) for change in CHANGES} == {ArgumentsRenamed, ArgumentRemoved}


@pytest.mark.parametrize(("change", "spelling", "old"), OLD_CALLS)
def test_a_row_is_well_formed(change, spelling, old):
    assert DOTTED.fullmatch(spelling)
    assert old.isidentifier()
    assert not keyword.iskeyword(old)
    assert re.fullmatch(r"[23](\.\d+)*", change.since)
    assert re.fullmatch(r"KER[12]0[1-6]", change.code)
    message = change.message(CALLEES[spelling], old, 0)
    assert message.isascii()
    assert not re.search(r"[^.]\.$", message)
    assert len(message) < 160


@pytest.mark.parametrize(("change", "spelling", "old"), OLD_CALLS)
def test_the_old_argument_is_found(change, spelling, old):
    module, _, name = spelling.rpartition(".")
    assert codes(f"import {module}\n{spelling}({old}=x)") == [change.code]
    assert codes(f"from {module} import {name}\n{name}({old}=x)") == [change.code]
    assert codes(f"from {module} import *\n{name}({old}=x)") == [change.code]
    assert codes(f"import tensorflow as tf\ntf.{spelling}({old}=x)") == [change.code]


@pytest.mark.parametrize(("spelling", "new"), RENAMED)
def test_the_new_argument_is_silent(spelling, new):
    assert codes(f"import keras\n{spelling}({new}=x)") == []


def test_a_callee_is_written_down_once():
    callees = {callee for change in CHANGES for callee in change.callees}
    spellings = [spelling for callee in callees for spelling in callee.spellings]
    assert sorted(spellings) == sorted(CALLEES)


def test_an_argument_changes_once_in_a_step():
    for changes in ARGUMENTS.values():
        assert len({change.major for change in changes}) == len(changes)


def test_the_indexes_hold_every_row():
    assert {id(change) for changes in ARGUMENTS.values() for change in changes} == set(map(id, CHANGES))
    assert {"input", "output", "mode"} <= OLD_ARGUMENTS
    assert {"keras", "keras.models", "keras.models.Model", "keras.layers"} <= KNOWN
