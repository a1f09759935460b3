"""Branches for one version of Keras: what stands there is right for that version."""

from __future__ import annotations

import textwrap

import pytest

from tests.flake8_paramdoc.linting import codes

OLD = "model.fit_generator(x)"
MODEL = "import keras\nimport tensorflow as tf\nfrom keras import backend as K\nmodel = keras.Sequential()\n"


@pytest.mark.parametrize(
    "test",
    [
        "deep and keras.__version__ > '3'",
        "keras.version() < '3'",
        "KERAS_VERSION < 2",
        "keras_version == 2",
        "is_keras_3",
        "keras_2",
        "KERAS3",
        "backend.config.keras_3()",
        "hasattr(keras, 'ops')",
        "hasattr(K, 'image_dim_ordering')",
        "not hasattr(keras.layers, 'Merge')",
        "importlib.util.find_spec('tensorflow.keras.optimizers.legacy') is not None",
        "find_spec('keras.src')",
        "find_spec('tf_keras')",
    ],
)
def test_a_branch_for_a_version(test: str) -> None:
    assert codes(f"{MODEL}if {test}:\n {OLD}\nelse:\n K.mean(x)") == []
    assert codes(f"{MODEL}{OLD} if {test} else K.mean(x)") == []
    assert codes(f"{MODEL}if {test}:\n def f():\n  {OLD}") == []
    assert codes(f"{MODEL}if deep:\n pass\nelif {test}:\n {OLD}") == []
    assert codes(f"{MODEL}def f():\n if {test}:\n  return 1\n {OLD}") == []
    assert codes(f"{MODEL}def f():\n if {test}:\n  raise ValueError\n for i in x:\n  {OLD}") == []


@pytest.mark.parametrize(
    "test",
    [
        "keras.__version__ < '2'",
        "keras.__version__ < '3'",
        "'3' > keras.__version__",
        "keras.__version__ <= '2.13.1'",
        "keras.__version__.startswith('1')",
        "keras.__version__[0] == '2'",
        "int(keras.__version__.split('.')[0]) < 3",
        "LooseVersion(keras.__version__) < LooseVersion('2.0')",
        "not keras.__version__ >= '3'",
        "int(tf.__version__[0]) != 2",
        "version.parse(tf.__version__) < version.parse('2.16')",
        # As texts, 2.20 is less than 2.3.
        "tf.__version__ >= '2.3'",
    ],
)
def test_a_branch_that_keras_3_does_not_run_is_for_another_version(test: str) -> None:
    assert codes(f"{MODEL}if {test}:\n {OLD}") == []
    assert codes(f"{MODEL}{OLD} if {test} else 1") == []
    assert codes(f"{MODEL}if {test}:\n pass\nelse:\n {OLD}") == ["KER206"]
    assert codes(f"{MODEL}1 if {test} else {OLD}") == ["KER206"]
    assert codes(f"{MODEL}if {test}:\n pass\nelif deep:\n pass\nelse:\n {OLD}") == ["KER206"]
    assert codes(f"{MODEL}def f():\n if {test}:\n  return 1\n {OLD}") == ["KER206"]


@pytest.mark.parametrize(
    "test",
    [
        "keras.__version__ >= '2'",
        "keras.__version__ > '2.3'",
        "int(keras.__version__.split('.')[0]) >= 2",
        "not keras.__version__ < '3'",
        "tf.__version__ >= '2.2'",
        "tf.__version__.startswith('2.')",
        "LooseVersion(tf.__version__) >= LooseVersion('2.4.0')",
    ],
)
def test_a_branch_that_keras_3_runs_is_for_it(test: str) -> None:
    assert codes(f"{MODEL}if {test}:\n {OLD}") == ["KER206"]
    assert codes(f"{MODEL}{OLD} if {test} else 1") == ["KER206"]
    assert codes(f"{MODEL}if {test}:\n pass\nelse:\n {OLD}") == []
    assert codes(f"{MODEL}1 if {test} else {OLD}") == []
    assert codes(f"{MODEL}def f():\n if {test}:\n  return 1\n {OLD}") == []


@pytest.mark.parametrize(
    "test",
    [
        "keras.__version__ >= '3.5'",
        "keras.__version__ < tf.__version__",
        "keras.__version__ in known",
        "Version(keras.__version__) >= Version('2.0rc1')",
        "deep or keras.__version__ < '3'",
        "keras.__version__.split('.')[7] == '1'",
        "mine.keras.__version__ < '3'",
    ],
)
def test_a_branch_that_may_be_for_either_is_left_alone(test: str) -> None:
    assert codes(f"{MODEL}if {test}:\n {OLD}\nelse:\n K.mean(x)") == []


@pytest.mark.parametrize(
    "assignment",
    [
        "old = keras.__version__ < '2'",
        "old = int(keras.__version__.split('.')[0]) < 2",
        "old = keras.__version__",
    ],
)
def test_a_version_that_was_kept_in_a_variable(assignment: str) -> None:
    assert codes(f"{MODEL}{assignment}\nif old:\n {OLD}") == []
    assert codes(f"{MODEL}{assignment}\ndef f():\n if old:\n  {OLD}") == []


def test_what_follows_a_branch_that_leaves_the_module_for_a_version_in_a_variable() -> None:
    assert codes(f"{MODEL}old = keras.__version__ < '2'\nif old:\n raise SystemExit\n{OLD}") == []
    assert codes(f"{MODEL}old = keras.__version__ < '2'\n{OLD}\nif old:\n raise SystemExit\n") == ["KER206"]


@pytest.mark.parametrize("test", ["TYPE_CHECKING", "typing.TYPE_CHECKING"])
def test_what_only_a_type_checker_sees_never_runs(test: str) -> None:
    imported = "from keras.engine.training import Model"
    assert codes(f"if {test}:\n {imported}\ndef f(x: Model): ...") == []
    assert codes(f"if {test}:\n import x\nelse:\n {imported}") == ["KER205"]
    assert codes(f"if {test}:\n import x\n{imported}") == ["KER205"]
    assert codes(f"if not {test}:\n {imported}") == ["KER205"]


def test_a_test_stands_outside_its_branches() -> None:
    assert codes(f"{MODEL}x = a if keras.__version__ > {OLD} else b") == ["KER206"]
    assert codes(f"{MODEL}if keras.__version__ > {OLD}:\n pass\nelse:\n pass\n{OLD}") == ["KER206", "KER206"]


def test_a_dictionary_that_is_spread_is_reported_by_where_it_is_passed() -> None:
    given = f"{MODEL}given = {{'nb_epoch': 3}}\n"
    assert codes(f"{given}if keras.__version__ < '2':\n model.fit(x, **given)") == []
    assert codes(f"{MODEL}if keras.__version__ < '2':\n given = {{'nb_epoch': 3}}\nmodel.fit(x, **given)") == ["KER101"]


@pytest.mark.parametrize(
    "test",
    [
        "deep",
        "True",
        "sys.version_info >= (3, 11)",
        "numpy.__version__ > '2'",
        "torch.__version__ > '2'",
        "K.backend() == 'theano'",
        "hasattr(model, 'name')",
        "hasattr(self, 'model')",
        "find_spec('keras')",
        "find_spec('tensorflow.keras')",
        "find_spec('numpy.core')",
        "find_spec(name)",
        "conversion",
        "'version' in options",
    ],
)
def test_a_branch_for_something_else(test: str) -> None:
    assert codes(f"{MODEL}if {test}:\n {OLD}") == ["KER206"]
    assert codes(f"{MODEL}def f():\n if {test}:\n  return 1\n {OLD}") == ["KER206"]


@pytest.mark.parametrize(
    "expression",
    [
        f"hasattr(keras, 'x') and {OLD}",
        f"deep and hasattr(keras, 'x') and {OLD}",
        f"keras.__version__ >= '3' or {OLD}",
        f"hasattr(keras, 'x') and (deep or f({OLD}))",
    ],
)
def test_operands_behind_one_that_asks_for_a_version(expression: str) -> None:
    assert codes(f"{MODEL}x = {expression}") == []
    assert codes(f"{MODEL}def f():\n if deep:\n  return {expression}") == []


@pytest.mark.parametrize(
    "expression", [f"deep and {OLD}", f"{OLD} and hasattr(keras, 'x')", f"(hasattr(x, 'y') and deep) or f({OLD})"]
)
def test_operands_that_no_version_decides(expression: str) -> None:
    assert codes(f"{MODEL}x = {expression}") == ["KER206"]


def test_names_behind_a_star_import_are_operands_too() -> None:
    assert codes("from keras.layers import *\nx = deep and MaxoutDense") == ["KER106"]


def test_what_follows_a_branch_that_does_not_leave() -> None:
    assert codes(f"{MODEL}if keras.__version__ < '2':\n x = 1\n{OLD}") == ["KER206"]


IMPORT = "from keras.layers.core import Dense"


@pytest.mark.parametrize(
    "source",
    [
        f"try:\n {IMPORT}\nexcept ImportError:\n from keras.layers import Dense",
        f"try:\n from keras.layers import Dense\nexcept ImportError:\n {IMPORT}",
        f"try:\n {IMPORT}\nexcept ModuleNotFoundError:\n Dense = None",
        f"try:\n {IMPORT}\nexcept (ImportError, AttributeError):\n pass",
        f"try:\n {IMPORT}\nexcept ImportError:\n print('older')\n from keras.layers import Dense",
        f"from keras.layers import Dense\ntry:\n {IMPORT}\nexcept ImportError as e:\n print(e)",
        f"try:\n {IMPORT}\nexcept ImportError as e:\n print(e)\ntry:\n from keras.layers import Dense\nexcept E: pass",
        f"try:\n {IMPORT}\n has_keras = True\nexcept ImportError as e:\n print(e)",
        f"try:\n {IMPORT}\nexcept ImportError as e:\n print(e)\nelse:\n build(Dense)",
        f"try:\n {IMPORT}\nexcept ImportError as e:\n build_without(e)",
        f"try:\n {IMPORT}\nexcept Exception as e:\n log(e)\n from keras.layers import Dense",
        f"try:\n {IMPORT}\nexcept:\n Dense = None",
        f"{MODEL}try:\n {OLD}\nexcept AttributeError:\n model.fit(x)",
        f"{MODEL}try:\n model.fit(x)\nexcept AttributeError:\n {OLD}",
        f"{MODEL}try:\n model.fit(x, epochs=3)\nexcept TypeError:\n model.fit(x, nb_epoch=3)",
    ],
)
def test_a_fallback(source: str) -> None:
    assert codes(source) == []


@pytest.mark.parametrize(
    "source",
    [
        f"try:\n {IMPORT}\nexcept ImportError:\n raise RuntimeError('no Keras')",
        f"try:\n {IMPORT}\nexcept ImportError:\n print('no Keras')\n sys.exit(1)",
        f"try:\n {IMPORT}\nexcept ImportError:\n pytest.skip('no Keras')",
        f"try:\n {IMPORT}\nexcept ImportError as e:\n print(e)",
        f"try:\n {IMPORT}\nexcept ImportError:\n print('no Keras')\n traceback.print_exc()",
        f"try:\n {IMPORT}\nexcept (ImportError, AttributeError) as e:\n logging.warning('no Keras: %s', e)",
        f"try:\n {IMPORT}\nexcept Exception:\n pass",
        f"try:\n {IMPORT}\nexcept:\n pass",
        f"try:\n {IMPORT}\nexcept Exception as e:\n log(e)",
        f"try:\n {IMPORT}\nexcept Exception:\n from keras.layers import LSTM",
        f"try:\n {IMPORT}, Flatten\nexcept Exception:\n Dense = None",
        f"try:\n {IMPORT}\nfinally:\n pass",
        f"try:\n pass\nexcept ImportError:\n pass\nelse:\n {IMPORT}",
    ],
)
def test_no_fallback(source: str) -> None:
    assert codes(source) == ["KER205"]


def test_what_was_imported_for_a_version_is_not_reported_where_it_is_used() -> None:
    source = """
    import keras
    try:
        from keras.layers import Merge
    except ImportError:
        Merge = None
    if Merge:
        Merge([x, y], mode='sum')
    try:
        from keras import backend as K
    except ImportError:
        from tensorflow.keras import backend as K
    K.mean(x)
    """
    assert codes(source) == []


def test_arguments_are_reported_whichever_copy_was_imported() -> None:
    source = """
    try:
        from keras.layers import Dense
    except ImportError:
        from tensorflow.keras.layers import Dense
    Dense(output_dim=3)
    """
    assert codes(textwrap.dedent(source)) == ["KER101"]
