"""What a name may stand for at its place, whichever branches ran before it."""

from __future__ import annotations

import ast
import textwrap

import pytest

from flake8_paramdoc.reading.bound_before import bound_before
from flake8_paramdoc.reading.scopes import Definition, Element, Imported, Item, Names, Parameter, Unfollowed, Value
from flake8_paramdoc.reading.walk import read
from tests.flake8_paramdoc.linting import codes


def bound(source: str, *, start: str = "def f(a, x):\n") -> list[str]:
    """Return what ``x`` may stand for where ``use(x)`` is, in the order of the source."""
    body = textwrap.indent(source, "    ") if start else source
    reading = read(ast.parse(start + body), Names())
    [(call, scope)] = [(call, scope) for call, scope in reading.calls if ast.unparse(call.func) == "use"]
    name = call.args[0]
    assert isinstance(name, ast.Name)
    return sorted(map(_shown, bound_before(name, scope)[0]))


def _shown(binding: object) -> str:
    match binding:
        case Value() | Item() | Element():
            return ast.unparse(binding.node)
        case Parameter() | Imported() | Definition() | Unfollowed():
            return type(binding).__name__.lower()
    return "unknown"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("use(x)", ["parameter"]),
        ("x = 1\nuse(x)", ["1"]),
        ("x = 1\nx = 2\nuse(x)\nx = 3", ["2"]),
        ("x = 1\nx = use(x)", ["1"]),
        ("x += 1\nuse(x)", ["x + 1"]),
        ("x, y = 1, 2\nuse(x)", ["(1, 2)"]),
        ("if (x := 1) and use(x): pass", ["1"]),
        # Branches.
        ("if a:\n    x = 1\nuse(x)", ["1", "parameter"]),
        ("if a:\n    x = 1\nelse:\n    x = 2\nuse(x)", ["1", "2"]),
        ("if a:\n    x = 1\nelif b:\n    x = 2\nuse(x)", ["1", "2", "parameter"]),
        ("if a:\n    x = 1\n    use(x)\nelse:\n    x = 2", ["1"]),
        ("if a:\n    x = 1\nelse:\n    use(x)", ["parameter"]),
        ("if a:\n    if b:\n        x = 1\n    x = 2\nelse:\n    x = 3\nuse(x)", ["2", "3"]),
        ("match a:\n    case 1:\n        x = 1\n    case _:\n        x = 2\nuse(x)", ["1", "2"]),
        ("match a:\n    case 1:\n        x = 1\n    case _ if b:\n        x = 2\nuse(x)", ["1", "2", "parameter"]),
        ("match a:\n    case 1:\n        x = 1\nuse(x)", ["1", "parameter"]),
        # What returns or raises does not go on.
        ("if a:\n    x = 1\n    return x\nuse(x)", ["parameter"]),
        ("if a:\n    x = 1\nelse:\n    raise a\nuse(x)", ["1"]),
        ("if a:\n    if b:\n        return\n    else:\n        raise a\nelse:\n    x = 1\nuse(x)", ["1"]),
        # Loops: of what is bound further down, nothing counts in the first round.
        ("for i in a:\n    x = i\nuse(x)", ["i", "parameter"]),
        ("for i in a:\n    use(x)\n    x = i", ["parameter"]),
        ("for x in a:\n    use(x)", ["a"]),
        ("for x in a:\n    pass\nuse(x)", ["a", "parameter"]),
        ("for x, y in a:\n    use(x)", ["unfollowed"]),
        ("for i in a:\n    x = 1\nelse:\n    x = 2\nuse(x)", ["1", "2", "parameter"]),
        ("while (x := a()):\n    use(x)", ["a()"]),
        ("while a:\n    x = 1\nuse(x)", ["1", "parameter"]),
        # Errors may come anywhere in a body.
        ("try:\n    x = 1\n    x = 2\nexcept E:\n    pass\nuse(x)", ["1", "2", "2", "parameter"]),
        ("try:\n    x = 1\nexcept E:\n    raise\nuse(x)", ["1"]),
        ("try:\n    x = 1\nexcept E:\n    x = 2\nuse(x)", ["1", "2"]),
        ("try:\n    x = 1\nexcept E:\n    use(x)", ["1", "parameter"]),
        ("try:\n    pass\nexcept E:\n    x = 1\nelse:\n    x = 2\nuse(x)", ["1", "2"]),
        ("try:\n    x = 1\nfinally:\n    x = 2\nuse(x)", ["2"]),
        ("try:\n    x = 1\nfinally:\n    use(x)", ["1", "parameter"]),
        # Other statements.
        ("with a as x:\n    use(x)", ["unfollowed"]),
        ("with a:\n    x = 1\nuse(x)", ["1"]),
        ("def x(): pass\nuse(x)", ["definition"]),
        ("import x\nuse(x)", ["imported"]),
        ("x = 1\nimport x\nuse(x)", ["imported"]),
        ("try:\n    x = 1\nexcept E as x:\n    use(x)", ["1", "parameter", "unknown"]),
        ("x = 1\n[x for x in use(x)]", ["1"]),
    ],
)
def test_whichever_branches_ran(source: str, expected: list[str]) -> None:
    assert bound(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = 1\nx = 2\ndef f():\n    use(x)", ["1", "2"]),  # called later
        ("def f():\n    global x\n    x = 1\nx = 2\nuse(x)", ["2"]),
        ("x = 2\ndef f():\n    global x\n    x = 1\nuse(x)", ["1", "2"]),
        ("use(x)\nx = 1\nx = 2", ["1", "2"]),
        ("x = 0\n" + "if a:\n    x = 1\n" * 11 + "use(x)", ["0", *["1"] * 11]),
        ("x = 0\n" + "if a:\n    x = 1\n" * 12 + "use(x)", []),  # more than are asked
    ],
)
def test_in_a_module(source: str, expected: list[str]) -> None:
    assert bound(source, start="") == expected


BEFORE = """\
import keras
import tensorflow as tf
from keras.layers import *
from keras.models import Model, Sequential
def f(a, b):
"""
"""What stands before each of the following, in a function."""

WAYS = (
    "if a:\n    {right}\nelse:\n    {old}\n{use}",
    "{right}\nif a:\n    {old}\n{use}",
    "{right}\nfor i in b:\n    {old}\n{use}",
    "{right}\nwhile a():\n    {old}\n{use}",
    "try:\n    {right}\nexcept E:\n    {old}\n{use}",
    "{right}\nif a:\n    {old}\n    return x\n{use}",
    "match a:\n    case 1:\n        {right}\n    case _:\n        {old}\n{use}",
    "{old}\nwith a as x, b as m, b as y:\n    {use}",
    "{old}\nfor x, m, y in a:\n    {use}",
    "{right}\n{use}\n{old}",
)
"""How a name may stand for the one or the other, or for neither."""

I = "i = Input((3,)); "  # noqa: E741

EXAMPLES = {
    "a tensor": ("x = b()", "x = Input((3,))", "tf.reshape(x, (1,))"),
    "a member of a tensor": ("x = b()", "x = Input((3,))", "x.get_shape()"),
    "a tensor that is iterated over": ("x = [1]", "x = Input((3,))", "list(x)"),
    "a model of a list of one": (
        I + "m = Model(i, Dense(3)(i))",
        I + "m = Model(i, [Dense(3)(i)])",
        "Dense(2)(m(Input((3,))))",
    ),
    "a tensor without a mask": (
        "x = Embedding(3, 4, mask_zero=True)(Input((3,)))",
        "x = Embedding(3, 4)(Input((3,)))",
        "Add()([x, Embedding(5, 4, mask_zero=True)(Input((3,)))])",
    ),
    "a model of the applications": (
        "m = keras.applications.VGG16()",
        "m = keras.applications.MobileNetV3Small()",
        "m.layers[150:]",
    ),
    "a model of two outputs": (
        I + "m = Model(i, Dense(3)(i))",
        I + "m = Model(i, [Dense(3)(i), Dense(2)(i)])",
        "m.compile('adam', 'mse', metrics=['acc'])",
    ),
    "weights": ("y = b()", "y = Sequential().weights", "for w in y: w.name == 'a:0'"),
}
"""What may be bound, of which only the second makes the use outdated."""


def _in_function(source: str) -> list[str]:
    return codes(BEFORE + textwrap.indent(source, "    "))


@pytest.mark.parametrize("what", EXAMPLES)
def test_what_other_branches_contradict_settles_nothing(what: str) -> None:
    right, old, use = EXAMPLES[what]
    assert len(_in_function(f"{old}\n{use}")) == 1
    assert _in_function(f"{right}\n{use}") == []
    wrong = [way for way in WAYS if _in_function(way.format(right=right, old=old, use=use))]
    assert wrong == []
