"""Python inside other files: found and written anew at its place."""

from __future__ import annotations

import json

import pytest

from flake8_paramdoc.edits.documents import Kind, look, rewritten
from flake8_paramdoc.edits.rounds import Wanted


def transformed(old: str, new: str, kind: Kind) -> None:
    outcome = rewritten(old, kind, Wanted())
    assert outcome.text == new
    assert rewritten(new, kind, Wanted()).text == new


def found(text: str, kind: Kind) -> list[tuple[int, int, str]]:
    return [(one.line, one.column, one.code) for one in look(text, kind, Wanted()).findings]


RST = """\
Title
=====

.. code-block:: python

   from keras.layers import Convolution2D, Dense
   x = Convolution2D(64, 3, 3)(y)

Text::

    >>> import keras
    >>> keras.layers.Dense(output_dim=3,
    ...     init="uniform")
    <Dense>

.. paramsummary::
   :model: keras.Model(input=m, output=m)

   m = keras.layers.Dense(output_dim=3)

.. paramsummary::
   :upgrade:

   m = keras.layers.Dense(output_dim=3)

.. code-block:: python

   this is no Python: keras.layers.Dense(output_dim=3)

.. paramsummary:: keras.layers:Dense(output_dim=3)
"""
NEW_RST = (
    RST.replace("import Convolution2D, ", "import Conv2D, ")
    .replace("Convolution2D(64, 3, 3)", "Conv2D(64, (3, 3))")
    .replace("output_dim=3,\n    ... ", "units=3,\n    ... ")
    .replace('init="', 'kernel_initializer="')
    .replace("input=m, output=m", "inputs=m, outputs=m")
)


def test_restructured_text() -> None:
    new = NEW_RST.replace("   m = keras.layers.Dense(output_dim=3)", "   m = keras.layers.Dense(units=3)", 1)
    transformed(RST, new, Kind.RST)
    transformed(RST.replace("\n", "\r\n"), new.replace("\n", "\r\n"), Kind.RST)
    assert [(line, code) for line, _, code in found(RST, Kind.RST)] == [
        (7, "KER104"), (12, "KER101"), (13, "KER101"), (17, "KER101"), (17, "KER101"), (19, "KER101"), (30, "KER101"),
    ]  # fmt: skip
    assert found(".. paramsummary::\n\n   keras.layers.Dense(\n", Kind.RST) == [(3, 21, "KER301")]


def test_an_argument_of_several_lines_is_told_of_at_its_place_and_left_alone() -> None:
    page = ".. paramsummary:: keras.Sequential([keras.Input((3,)),\n      keras.layers.Dropout(p=0.5)])\n"
    [found] = look(page, Kind.RST, Wanted()).findings
    assert (found.code, found.line, found.column) == ("KER101", 2, 27)
    assert rewritten(page, Kind.RST, Wanted()).text == page


def test_markdown() -> None:
    old = (
        "# T\n\n```python\nimport keras\nkeras.Model(input=x)\n```\n\n```{paramsummary}\nkeras.Model(input = x)\n```\n"
    )
    transformed(old, old.replace("input", "inputs"), Kind.MARKDOWN)


def test_an_import_that_comes_with_prompts() -> None:
    old = "Text:\n\n>>> from keras import backend as K\n>>> K.random_normal((3,))\n>>> K.zeros((3,))\n"
    new = old.replace("as K\n", "as K\n>>> import keras\n").replace("K.random_normal", "keras.random.normal")
    transformed(old, new, Kind.RST)


def test_docstrings() -> None:
    old = '''\
"""Doc.

>>> import keras
>>> keras.Model(input=3)
"""
def f():
    """Give one.

    ::

        from keras import backend as K
        K.argmax(x)

    .. paramsummary:: keras.layers.Dense(output_dim=3)
    """
    "not \\n\\n>>> keras.Model(input=3)"
'''
    new = (
        old.replace("(input=3)\n", "(inputs=3)\n")
        .replace("import backend as K", "import ops")
        .replace("K.argmax(x)", "ops.argmax(x, axis=-1)")
        .replace("output_dim", "units")
    )
    transformed(old, new, Kind.PYTHON)


def notebook(*cells: str | list[str]) -> str:
    made = [{"cell_type": "code", "source": cell} for cell in cells]
    return json.dumps({"cells": [*made, {"cell_type": "markdown", "source": ["# T"]}]}, indent=1) + "\n"


def test_a_notebook() -> None:
    old = notebook(
        ["%matplotlib inline\n", "from keras.layers import Convolution2D, Dense\n", "from keras import backend as K"],
        'x = Convolution2D(64, 3, 3,\n  border_mode="same")  # \u00e9\ny = K.argmax(x)\n!ls\nK?',
        ["%%bash\n", "keras.layers.Dense(output_dim=3)"],
        ["no Python here"],
        [],
    )
    new = notebook(
        ["%matplotlib inline\n", "from keras.layers import Conv2D, Dense\n", "from keras import ops"],
        'x = Conv2D(64, (3, 3),\n  padding="same")  # \u00e9\ny = ops.argmax(x, axis=-1)\n!ls\nK?',
        ["%%bash\n", "keras.layers.Dense(output_dim=3)"],
        ["no Python here"],
        [],
    )
    transformed(old, new, Kind.NOTEBOOK)
    lines = old.splitlines()
    [(line, column, _)] = [one for one in found(old, Kind.NOTEBOOK) if one[2] == "KER104"]
    assert lines[line - 1][column:].startswith("3, 3") or lines[line - 1][column - 3 :].startswith("3, 3")


@pytest.mark.parametrize("text", ["{", "[]", '{"cells": 3}', "null", '{"cells": [{"cell_type": "code"}]}'])
def test_what_is_no_notebook(text: str) -> None:
    with pytest.raises(ValueError, match="it is no notebook"):
        look(text, Kind.NOTEBOOK, Wanted())


def test_blocks_without_an_import_say_for_which_keras_they_are() -> None:
    for start in ("```python", "```{eval-rst}\n.. paramsummary::\n"):
        margin = "   " if "eval" in start else ""
        page = f"{start}\n{margin}x = keras.layers.GRU(4, init='zero')\n```\n"
        new = page.replace("init='zero'", "kernel_initializer='zero', reset_after=False")
        assert [code for _, _, code in found(page, Kind.MARKDOWN)] == ["KER207", "KER101"]
        transformed(page, new, Kind.MARKDOWN)
