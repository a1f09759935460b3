from __future__ import annotations

import ast
import sys
import textwrap
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flake8_paramdoc.matching import Finding, find
from flake8_paramdoc.reading.scopes import Names
from flake8_paramdoc.reading.walk import read
from tests.flake8_paramdoc.linting import reported
from tests.flake8_paramdoc.random_programs import ANY_PROGRAM

SEED = """\
x = keras.layers.Input(batch_shape=(None, 4096))
hidden = keras.layers.Dense(512, activation="relu")(x)
hidden = keras.layers.BatchNormalization()(hidden)
hidden = keras.layers.Dropout(0.5)(hidden)
predictions = keras.layers.Dense(80, activation="sigmoid")(hidden)
mlp_model = keras.models.Model(input=[x], output=[predictions])
"""
INPUT = "Model(input=...) was renamed in Keras 2: write inputs=..."
OUTPUT = "Model(output=...) was renamed in Keras 2: write outputs=..."


def names_of(source: str) -> Names:
    names = Names()
    read(ast.parse(source), names)
    return names


def test_the_seed_with_keras_imported() -> None:
    source = f"import keras\n{SEED}"
    assert find(ast.parse(source), source.split("\n")) == [
        Finding("KER101", INPUT, 7, 31),
        Finding("KER101", OUTPUT, 7, 42),
    ]


def test_the_seed_after_a_preamble() -> None:
    preamble = names_of("import keras")
    assert find(ast.parse(SEED), SEED.split("\n"), names=preamble) == [
        Finding("KER101", INPUT, 6, 31),
        Finding("KER101", OUTPUT, 6, 42),
    ]


def test_a_preamble_of_aliases() -> None:
    preamble = names_of("import tensorflow as tf\nfrom keras.models import *")
    assert reported("tf.keras.Model(input=x)", names=preamble) == [(1, 15, "KER101")]
    assert reported("Model(input=x)", names=preamble) == [(1, 6, "KER101")]
    assert reported("class Model: pass\nModel(input=x)", names=preamble) == []


def test_an_expression() -> None:
    preamble = names_of("import keras")
    source = "keras.Model(input=x, output=y)"
    findings = find(ast.parse(source, mode="eval"), [source], names=preamble)
    assert [finding.column for finding in findings] == [12, 21]


@pytest.mark.parametrize("target", [2, 3])
def test_changes_of_keras_2_count_under_both_targets(target: int) -> None:
    assert reported("import keras\nkeras.Model(input=x)", target=target) == [(2, 12, "KER101")]


def test_changes_of_a_later_keras_do_not_count() -> None:
    assert reported("import keras\nkeras.Model(input=x)", target=1) == []


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        ("0", "drop it, only mode 0 is left"),
        ("1", "use LayerNormalization, which comes closest to mode 1"),
        ("2", "drop it and call the layer with training=True, which does what mode 2 did"),
        ("mode", "drop mode=0; mode=1: use LayerNormalization; mode=2: call the layer with training=True"),
    ],
)
def test_each_mode_of_batch_normalization(value: str, advice: str) -> None:
    source = f"import keras\nkeras.layers.BatchNormalization(mode={value})"
    messages = [finding.message for finding in find(ast.parse(source), source.split("\n"))]
    assert messages == [f"BatchNormalization(mode=...) was removed in Keras 2: {advice}"]


@pytest.mark.parametrize(
    "source",
    [
        "from tensorflow.python.keras.layers import Dense\nDense(8, bias=True)",
        "import tf_keras\ntf_keras.Model(input=x)",
        "import keras\nkeras.Model(**{'input': x})",
        "import keras\nclass Model(keras.Model): pass\nModel(input=x)",
        "from keras.models import Model\nModel(input=x)(Model(inputs=x))",
        # Two names for the same class.
        """
        try:
            from keras.models import Model
        except ImportError:
            from tensorflow.keras.models import Model
        Model(input=x)
        """,
        """
        try:
            from keras.models import Model
        except ImportError:
            from keras.engine.training import Model
        Model(input=x)
        """,
        """
        def build():
            from keras.models import Model
            return lambda x: Model(input=x)
        """,
        'from keras.models import Model\nf"{Model(input=x)}"',
        "import keras\n@keras.Model(input=x)\nclass A: pass",
        "import keras\nasync def f(a=keras.Model(input=x)): pass",
        "import keras\n{k: keras.Model(input=x) for k in y}",
    ],
)
def test_one_finding(source: str) -> None:
    assert len(reported(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "from keras.layers.normalization import BatchNormalization\nBatchNormalization(mode=0)",
        "import keras.layers.normalization as n\nn.BatchNormalization(mode=0)",
        "from keras.engine.training import Model\nModel(input=x)",
        "from keras.engine import Model\nModel(input=x)",
        "from keras.engine.topology import Container\nContainer(input=x)",
    ],
)
def test_an_old_module_and_an_old_argument(source: str) -> None:
    assert "KER205" in [code for _, _, code in reported(source)]
    assert [code for _, _, code in reported(source, target=2)] in (["KER101"], ["KER102"])


@pytest.mark.parametrize(
    "source",
    [
        "from django.db.models import Model  # not keras\nModel(input=x)",
        "from flax.nnx import BatchNormalization  # not keras\nBatchNormalization(mode=0)",
        "import keras\nModel(input=x)",
        "import keras\nkeras.Model(inputs=x, outputs=y)",
        "import keras\nkeras.Model(x, y)",
        "import keras\nkeras.Sequential(input=x)",
        "import keras\nkeras.layers.BatchNormalization(axis=1)",
        "import keras\nkeras.layers.Dense(mode=0)",
        "import keras\nkeras.layers.BatchNormalization(input=x)",
        "import keras\nkeras.layers.Model(input=x)",
        "import keras_tuner\nkeras_tuner.Model(input=x)",
        "import keras\nself.keras.Model(input=x)",
        "from keras.models import Model\ndef f(Model): return Model(input=x)",
        """
        if use_keras:
            from keras.models import Model
        else:
            from django.db.models import Model
        Model(input=x)
        """,
        """
        if use_keras:
            from keras.models import Model
        else:
            from keras.layers import BatchNormalization as Model
        Model(input=x)
        """,
        "",
        "# keras",
    ],
)
def test_no_finding(source: str) -> None:
    assert reported(source) == []


def test_of_several_stars_the_one_that_still_brings_a_name_is_meant() -> None:
    assert reported("from keras.layers import *\nfrom keras.models import *\nInput(shape=(3,))") == []
    assert reported("from keras.layers import *\nfrom keras.backend import *\nconcatenate([a, b])") == []
    assert reported("from keras.models import *\nInput(shape=(3,))") == [(2, 0, "KER206")]


def test_columns_count_characters() -> None:
    assert reported('import keras\né = "日本", keras.Model(input=x, output="é")') == [
        (2, 22, "KER101"),
        (2, 31, "KER101"),
    ]


def test_a_column_after_the_end_of_the_lines() -> None:
    tree = ast.parse('import keras\né = "é", keras.Model(input=x)')
    assert [finding.column for finding in find(tree, ["import keras"])] == [23]


def test_findings_come_in_the_order_of_the_source() -> None:
    source = """\
    from keras.models import Model
    a = Model(
        output=Model(
            output=1,
            input=2),
        input=3)
    """
    assert reported(source) == [(3, 4, "KER101"), (4, 8, "KER101"), (5, 8, "KER101"), (6, 4, "KER101")]


def test_a_source_without_keras_is_not_walked() -> None:
    assert find(ast.parse("import keras\nkeras.Model(input=x)"), ["nothing of it"]) == []


def test_the_tree_stays_as_it_is() -> None:
    source = "import keras\nL = keras.layers\n[L.BatchNormalization(mode=0) for L.x in y]\nkeras.Model(input=x)"
    tree = ast.parse(source)
    before = ast.dump(tree, include_attributes=True)
    find(tree, source.split("\n"))
    assert ast.dump(tree, include_attributes=True) == before


def deep(depth: int, wrap: Callable[[ast.expr], ast.expr]) -> ast.Module:
    """A tree deeper than Python's stack, around a call with an old argument."""
    tree = ast.parse("import keras\nkeras.Model(input=x)")
    statement = tree.body[1]
    assert isinstance(statement, ast.Expr)
    for _ in range(depth):
        statement.value = wrap(statement.value)
    return tree


NAME = ast.Name("a", ast.Load())


@pytest.mark.parametrize(
    "wrap",
    [
        lambda inside: ast.BinOp(inside, ast.Add(), NAME),
        lambda inside: ast.UnaryOp(ast.USub(), inside),
        lambda inside: ast.Call(inside, [], []),
        lambda inside: ast.Call(NAME, [inside], []),
        lambda inside: ast.Attribute(inside, "a", ast.Load()),
        lambda inside: ast.Lambda(ast.arguments([], [], None, [], [], None, []), inside),
        lambda inside: ast.ListComp(inside, [ast.comprehension(NAME, NAME, [], 0)]),
    ],
    ids=["sum", "sign", "calls", "arguments", "attributes", "lambdas", "comprehensions"],
)
def test_no_tree_is_too_deep(wrap: Callable[[ast.expr], ast.expr]) -> None:
    assert sys.getrecursionlimit() < 10_000
    assert [finding.code for finding in find(deep(10_000, wrap), ["import keras"])] == ["KER101"]


def call_after_import(source: str) -> tuple[ast.Module, ast.Call]:
    tree = ast.parse(f"import keras\n{source}")
    statement = tree.body[1]
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Call)
    return tree, statement.value


@pytest.mark.parametrize("depth", [1, 10_000])
def test_no_argument_is_too_deep(depth: int) -> None:
    lines = ["import keras"]
    tree, call = call_after_import("keras.optimizers.SGD(.1, .9, 1e-6)")
    args = call.args
    for _ in range(depth):
        args[2] = ast.copy_location(ast.BinOp(args[2], ast.Add(), args[1]), args[2])
    assert [finding.code for finding in find(tree, lines)] == ["KER204"]
    tree, call = call_after_import("keras.Sequential().compile(metrics='f1score')")
    [argument] = call.keywords
    for _ in range(depth):
        argument.value = ast.copy_location(ast.List([argument.value], ast.Load()), argument.value)
    assert [finding.code for finding in find(tree, lines)] == ["KER103"]


def test_a_long_sum() -> None:
    source = "import keras\n" + "keras.Model(input=x) + " * 500 + "0"
    assert len(find(ast.parse(source), source.split("\n"))) == 500


PREAMBLE = names_of("import keras\nfrom keras.models import *\nfrom keras.layers import *")


def check(source: str) -> None:
    for finding in find(ast.parse(source), source.split("\n"), names=PREAMBLE):
        assert finding.line <= source.count("\n") + 1


@pytest.mark.slow  # to read the grammar takes longer than any of the pure tests
@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@settings(suppress_health_check=list(HealthCheck))
@given(ANY_PROGRAM)
def test_any_program(source: str) -> None:
    check(source)


@pytest.mark.slow
@pytest.mark.thorough
@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@settings(max_examples=500, suppress_health_check=list(HealthCheck))
@given(ANY_PROGRAM)
def test_many_programs(source: str) -> None:
    check(source)


NAMES = st.sampled_from(["keras", "Model", "x", "tf", "BatchNormalization"])
EXPRESSIONS = st.recursive(
    st.builds("{}.{}".format, NAMES, NAMES) | NAMES,
    lambda inner: st.one_of(
        st.builds("{}(input={})".format, NAMES, inner),
        st.builds("keras.Model({}, output={})".format, inner, inner),
        st.builds("[{} for {} in {}]".format, inner, NAMES, inner),
        st.builds("(lambda {}: {})".format, NAMES, inner),
        st.builds("({} := {})".format, NAMES, inner),
    ),
    max_leaves=6,
)
STATEMENTS = st.recursive(
    st.one_of(
        EXPRESSIONS,
        st.builds("{} = {}".format, NAMES, EXPRESSIONS),
        st.builds("import {}".format, NAMES),
        st.builds("from keras.models import {}".format, NAMES),
        st.just("from keras.models import *"),
        st.builds("def f():\n  global {}\n  {} = 1".format, NAMES, NAMES),
    ),
    lambda inner: st.builds(
        lambda head, body: head + "\n" + textwrap.indent("\n".join(body), " "),
        st.sampled_from(["def f(Model):", "class Model:", "if keras:", "for keras in x:", "with x as tf:"]),
        st.lists(inner, min_size=1, max_size=4),
    ),
    max_leaves=10,
)


@given(st.lists(STATEMENTS, max_size=6).map("\n".join))
def test_what_is_found_is_an_old_argument(source: str) -> None:
    lines = source.split("\n")
    for finding in find(ast.parse(source), lines):
        assert finding.code == "KER101"
        assert lines[finding.line - 1][finding.column :].startswith(("input=", "output="))


@given(st.lists(STATEMENTS, max_size=6).map("\n".join))
def test_a_file_that_never_imports_keras_is_silent(source: str) -> None:
    source = source.replace("import keras", "import x").replace("from keras.models import", "from y import")
    assert reported(source + "\n# keras") == []
