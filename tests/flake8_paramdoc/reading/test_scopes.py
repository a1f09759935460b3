from __future__ import annotations

import ast
import sys

import pytest

from flake8_paramdoc.reading.scopes import Names, ScopeKind
from flake8_paramdoc.reading.walk import read

KNOWN = frozenset({"keras", "keras.layers", "keras.layers.Dense", "keras.models", "keras.models.Model"})


def stand_for(source: str, before: Names | None = None) -> list[list[str]]:
    """What the called names of `source` may stand for, in the order of the calls."""
    reading = read(ast.parse(source), Names(before))
    return [
        sorted(meaning.dotted for meaning in scope.resolve(node.func, KNOWN.__contains__))
        for node, scope in reading.calls
    ]


def names_of(source: str, before: Names | None = None) -> Names:
    names = Names(before)
    read(ast.parse(source), names)
    return names


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import keras\nkeras.layers.Dense()", "keras.layers.Dense"),
        ("import keras.layers\nkeras.layers.Dense()", "keras.layers.Dense"),
        ("import keras.layers.core as z\nz.Dense()", "keras.layers.core.Dense"),
        ("import keras as k\nk.layers.Dense()", "keras.layers.Dense"),
        ("from keras import layers as L\nL.Dense()", "keras.layers.Dense"),
        ("from keras.layers import Dense as D\nD()", "keras.layers.Dense"),
        ("from keras.layers import *\nDense()", "keras.layers.Dense"),
        ("from keras import *\nlayers.Dense()", "keras.layers.Dense"),
        ("import tensorflow as tf\ntf.keras.models.Model()", "tensorflow.keras.models.Model"),
        ("from tensorflow import keras as tk\ntk.models.Model()", "tensorflow.keras.models.Model"),
        ("from tensorflow.keras.models import Model\nModel()", "tensorflow.keras.models.Model"),
        ("from tensorflow import *\nkeras.Model()", "tensorflow.keras.Model"),
        ("import tensorflow as tf, tf_keras\ntf_keras.Model()", "tf_keras.Model"),
        ("import keras\nL = keras.layers\nL.Dense()", "keras.layers.Dense"),
        ("import keras\nL: object = keras.layers\nD = L.Dense\nD()", "keras.layers.Dense"),
        ("import keras\nA = B = keras.layers\nA.Dense()", "keras.layers.Dense"),
        ("import keras\nif (L := keras.layers): L.Dense()", "keras.layers.Dense"),
        ("import keras\n[(L := keras.layers) for _ in '']\nL.Dense()", "keras.layers.Dense"),
        ("import tensorflow as tf\nkeras = tf.keras\nkeras.Model()", "tensorflow.keras.Model"),
        ("import keras\nkeras = keras\nkeras.Model()", "keras.Model"),
        ("import keras\ndel keras\nkeras.Model()", "keras.Model"),
        # A placeholder for a missing import is no second meaning.
        ("try:\n import keras\nexcept ImportError:\n keras = None\nkeras.Model()", "keras.Model"),
        ("keras = None\ndef f():\n global keras\n import keras\ndef g(): keras.Model()", "keras.Model"),
        # Scopes.
        ("def f():\n import keras\n keras.Model()", "keras.Model"),
        ("def f():\n import keras\n def g():\n  return keras.Model()", "keras.Model"),
        ("def f(): return Model()\nfrom keras.models import Model", "keras.models.Model"),
        ("if True:\n from keras.models import Model\nModel()", "keras.models.Model"),
        ("from keras.models import Model\nclass A:\n Model = 3\n def f(self): Model()", "keras.models.Model"),
        ("class A:\n from keras.models import Model\n model = Model()", "keras.models.Model"),
        ("from keras.models import Model\n[1 for Model in Model()]", "keras.models.Model"),
        ("from keras.models import Model\n[1 for Model in x]\nModel()", "keras.models.Model"),
        ("from keras.models import Model\ndef f(Model=Model()): pass", "keras.models.Model"),
        ("from keras.models import Model\ndef f(Model: Model()): pass", "keras.models.Model"),
        ("from keras.models import Model\n@Model()\nclass A:\n Model = 3", "keras.models.Model"),
        ("from keras.models import Model\ndef f(Model): pass\nModel()", "keras.models.Model"),
        ("from keras.models import Model\nlambda Model: 0\nModel()", "keras.models.Model"),
        ("from keras.models import Model\nobject.Model = 3\nModel()", "keras.models.Model"),
        # A named import says more than a star does, and the later star says more than the earlier.
        ("from keras.models import Model\nfrom mine import *\nModel()", "keras.models.Model"),
        ("from mine import *\nfrom keras.models import *\nModel()", "keras.models.Model"),
        ("from keras.models import *\nfrom keras.layers import *\nModel()", "keras.models.Model"),
        # Not of Keras, but known.
        ("from django.db.models import Model\nModel()", "django.db.models.Model"),
        ("from .keras import Model\nModel()", ".keras.Model"),
        ("from . import keras\nkeras.Model()", ".keras.Model"),
    ],
)
def test_one_meaning(source: str, expected: str) -> None:
    assert stand_for(source) == [[expected]]


def test_several_meanings() -> None:
    source = "if x:\n from keras.models import Model\nelse:\n from tensorflow.keras.models import Model\nModel()"
    assert stand_for(source) == [["keras.models.Model", "tensorflow.keras.models.Model"]]


@pytest.mark.parametrize(
    "source",
    [
        "Model()",
        "keras.Model()",
        "from keras.models import Model\nclass Model: pass\nModel()",
        "from keras.models import Model\ndef Model(): pass\nModel()",
        "from keras.models import Model\nasync def Model(): pass\nModel()",
        "from keras.models import Model\nModel = 3\nModel()",
        "from keras.models import Model\nModel: object\nModel()",
        "from keras.models import Model\nModel += 3\nModel()",
        "from keras.models import Model\nModel, b = c\nModel()",
        "from keras.models import Model\nfor Model in x: Model()",
        "from keras.models import Model\nwith x as Model: Model()",
        "from keras.models import Model\ntry: pass\nexcept E as Model: Model()",
        "from keras.models import Model\nmatch x:\n case Model: Model()",
        "from keras.models import Model\nmatch x:\n case [*Model]: Model()",
        "from keras.models import Model\nmatch x:\n case {**Model}: Model()",
        "from keras.models import Model\nimport Model\nModel = x.y\nModel()",
        "from keras.models import Model\ndef f(Model): Model()",
        "from keras.models import Model\ndef f(*Model): Model()",
        "from keras.models import Model\ndef f(**Model): Model()",
        "from keras.models import Model\ndef f(a, /, *, Model): Model()",
        "from keras.models import Model\nlambda Model: Model()",
        "from keras.models import Model\ndef f(Model):\n def g(): Model()",
        "from keras.models import Model\n[Model() for Model in x]",
        "from keras.models import Model\n{Model(): 1 for Model in x}",
        "from keras.models import Model\n[1 for Model in x for y in Model()]",
        "from keras.models import Model\ndef f():\n Model = None\n Model()",
        "from keras.models import Model\ndef f():\n global Model\n Model = 3\nModel()",
        "def f():\n from keras.models import Model\n def g():\n  nonlocal Model\n  Model = 3\n Model()",
        "from keras.models import Model\nclass A:\n Model = 3\n Model()",
        "class A:\n from keras.models import Model\n def f(self): Model()",
        "def f():\n from keras.models import Model\nModel()",
        "def f():\n from keras.models import Model\ndef g(): Model()",
        "from keras.models import *\nModel = 3\nModel()",
        "from keras.models import *\nfrom flax.linen import *\nModel()",
        "from keras.models import *\nfrom .mine import *\nModel()",
        "from keras.models import *\nNothingOfKeras()",
        "import keras\nkeras = keras.layers\nkeras.Dense()",
        "a = b\nb = a\na.Dense()",
        "a = a.b\na.Dense()",
        "import keras\nkeras.models['Model']()",
        "from keras.models import Model\n(lambda: Model)()",
    ],
)
def test_no_meaning(source: str) -> None:
    assert stand_for(source) == [[]]


@pytest.mark.skipif(sys.version_info < (3, 12), reason="type parameters came with Python 3.12")
@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f[Model](x): Model()", []),
        ("class A[Model]:\n def f(self): Model()", []),
        ("def f[*Model](x): Model()", []),
        ("def f[**Model](x): Model()", []),
        ("type Model = int\nModel()", []),
        ("def f[Model](x): pass\nModel()", ["keras.models.Model"]),
    ],
)
def test_type_parameters(source: str, expected: list[str]) -> None:
    assert stand_for(f"from keras.models import Model\n{source}") == [expected]


def test_a_long_chain_of_aliases_ends() -> None:
    chain = "\n".join(f"a{i + 1} = a{i}" for i in range(5000))
    assert stand_for(f"import keras as a0\n{chain}\na5000.Model()\na5.Model()") == [[], ["keras.Model"]]


def test_names_before_the_first_line() -> None:
    before = names_of("import keras\nfrom keras.models import *")
    assert stand_for("keras.layers.Dense()", before) == [["keras.layers.Dense"]]
    assert stand_for("Model()", before) == [["keras.models.Model"]]
    assert stand_for("L = keras.layers\nL.Dense()", before) == [["keras.layers.Dense"]]
    assert stand_for("keras = 3\nkeras.layers.Dense()", before) == [[]]
    assert stand_for("from mine import *\nkeras.Model()", before) == [["keras.Model"]]
    assert stand_for("from mine import *\nModel()", before) == [[]]


def test_names_before_the_first_line_stay_as_they_are() -> None:
    before = names_of("import keras")
    assert stand_for("def f():\n global keras\n keras = 3\nkeras.Model()", before) == [[]]
    assert stand_for("keras.Model()", before) == [["keras.Model"]]


def test_names_read_after_names() -> None:
    before = names_of("L = keras.layers", names_of("import keras"))
    assert stand_for("L.Dense()", before) == [["keras.layers.Dense"]]


def test_the_walk_follows_the_source() -> None:
    reading = read(ast.parse("a(b(), [c() for d in e()])\nf(g)(h())"), Names())
    assert [ast.unparse(node.func) for node, _ in reading.calls] == ["a", "b", "e", "c", "f(g)", "f", "h"]


def test_what_is_not_asked_for_is_not_found_out() -> None:
    found_out = []

    def bind(name: str, scope: Names) -> None:
        found_out.append(name)
        scope.bind(name, None)

    names = Names()
    inside = Names(names, ScopeKind.FUNCTION)
    names.later(bind, "a")
    inside.later(bind, "b")
    assert inside.resolve(ast.Name("a"), KNOWN.__contains__) == ()
    assert found_out == ["b", "a"]
    assert names.bindings == {"a": [None]}
    assert found_out == ["b", "a"]
    names.later(bind, "c")
    assert names.bindings == {"a": [None], "c": [None]}


def test_a_method_binds_what_its_class_has() -> None:
    source = (
        "class A:\n def f(self):\n  self.a = b\n  self.c = None\n  def g(self):\n   self.d = e\n def h(x):\n  x.i = j"
    )
    (definition,) = read(ast.parse(source), Names()).classes
    attributes = {name: len(values) for name, values in definition.inside.attributes.items()}
    assert attributes == {"a": 1, "c": 0, "i": 1}
