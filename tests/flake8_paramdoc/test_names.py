import ast
import sys

import pytest

from flake8_paramdoc.names import KERAS_ROOTS, Names, canonical, read, walk

KNOWN = frozenset({"keras", "keras.layers", "keras.layers.Dense", "keras.models", "keras.models.Model"})


def stand_for(source, before=None):
    """What the called names of `source` may stand for, in the order of the calls."""
    module = Names(before)
    calls = list(walk(ast.parse(source), module, wanted={ast.Call}))
    return [sorted(scope.resolve(node.func, KNOWN)) for node, scope in calls]


@pytest.mark.parametrize(
    ("dotted", "expected"),
    [
        ("keras", "keras"),
        ("keras.layers.Dense", "keras.layers.Dense"),
        ("tensorflow.keras", "keras"),
        ("tensorflow.keras.layers.Dense", "keras.layers.Dense"),
        ("tensorflow.python.keras.layers.Dense", "keras.layers.Dense"),
        ("tensorflow.compat.v1.keras.layers.Dense", "keras.layers.Dense"),
        ("tf_keras.layers.Dense", "keras.layers.Dense"),
        ("keras.src.layers.Dense", "keras.layers.Dense"),
        ("keras.api._v2.keras.layers.Dense", "keras.layers.Dense"),
        ("keras._tf_keras.keras.layers.Dense", "keras.layers.Dense"),
        ("tensorflow.nn.relu", "tensorflow.nn.relu"),
        ("keras_tuner.Tuner", "keras_tuner.Tuner"),
        ("tf_keras_vis.Saliency", "tf_keras_vis.Saliency"),
        (".keras.layers.Dense", ".keras.layers.Dense"),
        ("mypackage.keras.layers", "mypackage.keras.layers"),
    ],
)
def test_canonical(dotted, expected):
    assert canonical(dotted) == expected


@pytest.mark.parametrize("root", KERAS_ROOTS)
def test_canonical_of_every_root(root):
    assert canonical(root) == "keras"
    assert canonical(f"{root}.layers") == "keras.layers"
    assert canonical(f"{root}s.layers") != "keras.layers"


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
def test_one_meaning(source, expected):
    assert stand_for(source) == [[expected]]


def test_several_meanings():
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
def test_no_meaning(source):
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
def test_type_parameters(source, expected):
    assert stand_for(f"from keras.models import Model\n{source}") == [expected]


def test_a_long_chain_of_aliases_ends():
    chain = "\n".join(f"a{i + 1} = a{i}" for i in range(5000))
    assert stand_for(f"import keras as a0\n{chain}\na5000.Model()\na5.Model()") == [[], ["keras.Model"]]


def test_names_before_the_first_line():
    before = read(ast.parse("import keras\nfrom keras.models import *"))
    assert stand_for("keras.layers.Dense()", before) == [["keras.layers.Dense"]]
    assert stand_for("Model()", before) == [["keras.models.Model"]]
    assert stand_for("L = keras.layers\nL.Dense()", before) == [["keras.layers.Dense"]]
    assert stand_for("keras = 3\nkeras.layers.Dense()", before) == [[]]
    assert stand_for("from mine import *\nkeras.Model()", before) == [["keras.Model"]]
    assert stand_for("from mine import *\nModel()", before) == [[]]


def test_names_before_the_first_line_stay_as_they_are():
    before = read(ast.parse("import keras"))
    assert stand_for("def f():\n global keras\n keras = 3\nkeras.Model()", before) == [[]]
    assert stand_for("keras.Model()", before) == [["keras.Model"]]


def test_names_read_after_names():
    before = read(ast.parse("L = keras.layers"), read(ast.parse("import keras")))
    assert stand_for("L.Dense()", before) == [["keras.layers.Dense"]]


def test_the_walk_follows_the_source():
    calls = walk(ast.parse("a(b(), [c() for d in e()])\nf(g)(h())"), Names(), wanted={ast.Call})
    assert [ast.unparse(node.func) for node, _ in calls] == ["a", "b", "e", "c", "f(g)", "f", "h"]
