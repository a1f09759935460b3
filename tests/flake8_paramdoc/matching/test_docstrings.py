"""Python in docstrings, at its true line and column."""

from __future__ import annotations

import pytest

from flake8_paramdoc.matching import Finding
from tests.flake8_paramdoc.linting import codes, findings, reported


def test_a_paramsummary_block() -> None:
    source = '''
    import keras


    def build():
        """Build a model.

        .. paramsummary::
           :model: keras.Model(input=x)

           x = keras.Input((3,))
           keras.Model(x,
                       output=x)
        """
    '''
    assert reported(source) == [(9, 27, "KER101"), (13, 19, "KER101")]


def test_an_argument() -> None:
    source = '''
    """Models.

    .. paramsummary:: keras.layers.Dense(output_dim=3)
       :caption: A layer

    .. paramsummary:: mine.models:build(
          3)
    """
    '''
    assert reported(source) == [(4, 37, "KER101")]


@pytest.mark.parametrize(
    ("block", "place", "message"),
    [
        (
            ".. paramsummary::\n\n   x = keras.Input((3,)\n",
            (4, 18),
            "paramsummary block does not parse: '(' was never closed",
        ),
        (
            ".. paramsummary::\n\n   x = = 3\n",
            (4, 7),
            "paramsummary block does not parse: invalid syntax",
        ),
        (
            ".. paramsummary::\n\n   >>> x = 3\n   3\n   >>> x = = 3\n",
            (6, 11),
            "paramsummary block does not parse: invalid syntax",
        ),
        (
            ".. paramsummary::\n\n   x = 3\n   :caption: A net\n",
            (5, 3),
            (
                "paramsummary block does not parse: invalid syntax (:caption: looks like an option: options stand "
                "directly below the directive, before the blank line)"
            ),
        ),
        (
            ".. paramsummary:: build(3))\n",
            (2, 26),
            "paramsummary argument does not parse: unmatched ')'",
        ),
        (
            ".. paramsummary::\n   :model: a b\n\n   x = 3\n",
            (3, 13),
            "paramsummary argument does not parse: invalid syntax",
        ),
        (
            "```{paramsummary}\nx = = 3\n```\n",
            (3, 4),
            "paramsummary block does not parse: invalid syntax",
        ),
    ],
)
def test_a_paramsummary_block_that_does_not_parse(block: str, place: tuple[int, int], message: str) -> None:
    assert findings(f'"""\n{block}"""\n') == [Finding("KER301", message, *place)]


@pytest.mark.parametrize(
    "block",
    [
        ".. code-block:: python\n\n   {}",
        ".. code-block:: python\n   :caption: Old\n\n   {}",
        ".. code:: python\n\n   {}",
        ".. sourcecode:: python3\n\n   {}",
        ".. code-block::\n\n   {}",
        ".. testcode::\n\n   {}",
        ".. note::\n\n   .. code-block:: python\n\n      {}",
        "An example::\n\n   {}",
        ">>> {}",
        "::\n\n   >>> {}",
        "Examples:\n    >>> x = 3\n    >>> {}\n    5",
        "```python\n{}\n```",
        "```\n{}\n```",
        "~~~py\n{}\n~~~",
        "```{{code-block}} python\n{}\n```",
        "```python\n>>> {}\n```",
    ],
)
def test_code_blocks(block: str) -> None:
    code = "keras.layers.Dense(output_dim=3)"
    text = block.format(code)
    source = f'import keras\n"""\n{text}\n"""'
    line, text_line = next((number, line) for number, line in enumerate(source.split("\n"), 1) if code in line)
    assert [(finding.code, finding.line, finding.column) for finding in findings(source)] == [
        ("KER101", line, text_line.index("output_dim"))
    ]


@pytest.mark.parametrize(
    "block",
    [
        ".. code-block:: ruby\n\n   keras.layers.Dense(output_dim=3)",
        ".. code-block:: python\n\n   keras.layers.Dense(output_dim=3, ...",
        "```js\nkeras.layers.Dense(output_dim=3)\n```",
        "Text with keras.layers.Dense(output_dim=3) in it.",
        "``keras.layers.Dense(output_dim=3)``",
        ".. note::\n\n   keras.layers.Dense(output_dim=3)",
        ">>> print(3)\nkeras.layers.Dense(output_dim=3)",
    ],
)
def test_what_is_no_python_block(block: str) -> None:
    assert codes(f'import keras\n"""\n{block}\n"""') == []


def test_names_of_the_module_are_known_and_those_of_earlier_blocks() -> None:
    source = '''
    from keras.layers import Dense as D


    def f():
        """Do it.

        >>> D(output_dim=3)
        >>> from keras.layers import Flatten as F, Dropout as P

        Then::

            P(p=0.5)
        """
    '''
    assert reported(source) == [(8, 10, "KER101"), (13, 10, "KER101")]


def test_names_that_documentation_takes_for_granted() -> None:
    text = '"""\n>>> {}\n"""'
    assert codes(text.format("keras.Model(input=x)")) == ["KER101"]
    assert codes("# keras\n" + text.format("tf.keras.Model(input=x)")) == ["KER101"]
    assert codes("import django as keras\n" + text.format("keras.Model(input=x)")) == []
    assert codes("# keras\n" + text.format("Model(input=x)")) == []


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "def f():\n    {}",
        "async def f():\n    {}",
        "class A:\n    x = 1\n    {}",
        "if x:\n    pass\nelse:\n    def f():\n        {}",
        "try:\n    pass\nexcept E:\n    class A:\n        {}",
        "match x:\n    case 1:\n        def f():\n            {}",
        "with x:\n    for y in x:\n        def f():\n            {}",
    ],
)
def test_a_docstring_is_found_wherever_it_stands_in_a_file_that_imports_nothing(around: str) -> None:
    assert codes(around.format('""">>> keras.layers.AveragePooling2D()"""')) == ["KER204"]
    assert codes(around.format('""">>> keras.layers.AveragePooling2D(2)"""')) == []


def test_escapes_continued_lines_and_other_letters() -> None:
    assert reported('"""\\\n>>> keras.Model(input=x)"""') == [(2, 16, "KER101")]
    assert reported('"""é\n>>> é = keras.Model(input=x)"""') == [(2, 20, "KER101")]
    assert reported(r'"""\n>>> "\t\x41", keras.Model(input=x)"""') == [(1, 31, "KER101")]
    assert reported("('>>> keras.'\n 'Model(input=x)')") == [(2, 8, "KER101")]
    assert reported('r"""\\d\n>>> keras.Model(input=x)"""') == [(2, 16, "KER101")]


def test_docstrings_of_classes_methods_and_attributes() -> None:
    source = '''
    import keras


    class A:
        """>>> keras.Model(input=1)"""

        x = 3
        """>>> keras.Model(input=2)"""

        def f(self):
            """>>> keras.Model(input=3)"""
    '''
    assert [line for line, _, _ in reported(source)] == [6, 9, 12]


def test_a_string_that_is_no_docstring() -> None:
    assert codes('import keras\nx = """>>> keras.Model(input=1)"""') == []


def test_opt_in_codes_and_targets_hold_in_docstrings() -> None:
    source = '"""\n>>> keras.layers.Dense(3, input_shape=(4,), weights=w)\n"""'
    assert codes(source) == ["KER202"]
    assert codes(source, deprecated=True) == ["KER901", "KER202"]
    assert codes(source, target=2) == []


def test_a_file_that_uses_the_frozen_keras_alone_shows_code_for_it() -> None:
    shown = '"""\n>>> layer = tf.keras.layers.LocallyConnected1D(3, 3)\n>>> tf.keras.Model(input=x)\n"""\n'
    assert codes(shown) == ["KER206", "KER101"]
    assert codes(f"{shown}import keras\n") == ["KER206", "KER101"]
    assert codes(f"{shown}import tf_keras\nimport tensorflow as tf\n") == ["KER101"]
    assert codes(f"{shown}from tf_keras.src import backend\n") == ["KER101"]
    assert codes(f"{shown}from tf_keras import backend\nfrom keras import layers\n") == ["KER206", "KER101"]


def test_a_finding_is_plain_data() -> None:
    assert findings('"""\n>>> keras.Model(input=1)\n"""') == [
        Finding("KER101", "Model(input=...) was renamed in Keras 2: write inputs=...", 2, 16)
    ]


def test_a_fence_with_options_in_yaml() -> None:
    source = '''
    """Models.

    ```{paramsummary}
    ---
    caption: "A layer: the first"
    model: 'keras.Model(input=x)'
    ---
    x = keras.Input((3,))
    y = keras.layers.Dense(output_dim=3)(x)
    ```
    """
    '''
    assert reported(source) == [(7, 20, "KER101"), (10, 23, "KER101")]


@pytest.mark.parametrize("marks", [":::", "::::", "```", "~~~~"])
def test_a_fence_of_any_marks(marks: str) -> None:
    fence = f"{marks}{{paramsummary}} keras.layers.Dense(output_dim=3)\n:caption: A layer\n{marks}"
    [finding] = findings(f'"""Models.\n\n{fence}\n"""\n')
    assert (finding.line, finding.column) == (3, len(marks) + len("{paramsummary} keras.layers.Dense("))


def test_code_inside_a_fence_that_is_another_directive() -> None:
    source = '"""Models.\n\n:::{note}\n```python\nkeras.layers.Dense(output_dim=3)\n```\n:::\n"""\n'
    assert codes(source) == ["KER101"]


@pytest.mark.parametrize(
    "text",
    [
        "```python,ignore\nkeras.layers.Dense(output_dim=3)\n```",
        "```python{1,2}\nkeras.layers.Dense(output_dim=3)\n```",
        ".. code-block:: python\n   keras.layers.Dense(output_dim=3)",
        ".. doctest::\n   >>> keras.layers.Dense(output_dim=3)",
        ".. testcode::\n   z = 3\n\n   keras.layers.Dense(output_dim=3)",
    ],
)
def test_code_that_is_not_written_quite_as_it_should_be(text: str) -> None:
    assert codes(f'"""Models.\n\n{text}\n"""\n') == ["KER101"]


@pytest.mark.parametrize("model", ["'d[''k'']'", '"d[\\\\"k\\\\"]"', ">\n  d['k']"])
def test_a_model_that_yaml_writes_in_another_way(model: str) -> None:
    assert codes(f'"""Models.\n\n```{{paramsummary}}\n---\nmodel: {model}\n---\nd = {{}}\n```\n"""\n') == []
