from __future__ import annotations

import pytest

from flake8_paramdoc.reading.keras_packages import KerasPackage, Origin, is_about_keras, is_keras, origin

PACKAGES = {
    "keras": KerasPackage.KERAS,
    "keras.api._v2.keras": KerasPackage.KERAS,
    "keras_core": KerasPackage.KERAS,
    "tensorflow.keras": KerasPackage.TENSORFLOW,
    "tensorflow.compat.v1.keras": KerasPackage.TENSORFLOW,
    "keras._tf_keras.keras": KerasPackage.TENSORFLOW,
    "tf_keras": KerasPackage.FROZEN,
    "tensorflow.python.keras": KerasPackage.FROZEN,
    "keras.src": KerasPackage.SOURCE,
}


@pytest.mark.parametrize(("root", "package"), PACKAGES.items())
def test_each_package_of_keras(root: str, package: KerasPackage) -> None:
    assert origin(root) == Origin("keras", package)
    assert origin(f"{root}.layers.Dense") == Origin("keras.layers.Dense", package)
    assert is_keras(f"{root}.layers")
    other = origin(f"{root}s.layers")
    assert other is None or other.name != "keras.layers"


@pytest.mark.parametrize(
    "name",
    [
        "tensorflow.nn.relu",
        "keras_tuner.Tuner",
        "tf_keras_vis.Saliency",
        ".keras.layers",
        "mypackage.keras.layers",
        "tensorflow.losses.mse",
    ],
)
def test_what_is_not_keras(name: str) -> None:
    assert origin(name) is None
    assert not is_keras(name)


def test_optimizers_of_tensorflow() -> None:
    assert origin("tensorflow.optimizers.Adam") == Origin("keras.optimizers.Adam", KerasPackage.TENSORFLOW)


def test_a_package_that_leads_to_keras() -> None:
    assert is_keras("tensorflow")
    assert not is_keras("torch")


@pytest.mark.parametrize(
    "source",
    [
        "import keras",
        "import os, keras as k",
        "import os, \\\n  keras",
        "import \\\r\n  keras",
        "x = 1; import keras.layers",
        "from keras.layers import Dense",
        "from keras import *",
        "    from keras\\\n    import layers",
        "from tensorflow import (\n  keras,\n)",
        "import tensorflow.compat.v1 as tf\ntf.keras.layers.Dense(1)",
        "import tensorflow as tf\ntf.optimizers.Adam()",
        "import tf_keras",
        "from tf_keras.src import backend",
        "from keras_core import ops",
        "import keras.src.backend\nkeras.layers.Dense(1)",
        "from keras.src import backend\nimport keras",
        "from keras.src import backend; import keras",
        "from tensorflow import keras",
        "from tensorflow import keras as K, data",
        "import tensorflow as tf, keras.layers\nkeras.layers.Dense(1)",
        "import tensorflow as tf,tf_keras",
        "import tensorflow, keras_core.ops as ops",
        "from tensorflow import data, keras",
        "import tensorflow.keras",
        "from tensorflow.keras import layers",
        "import tensorflow as t\nkeras = t.keras",
        "import tensorflow as t  # keras\nt.optimizers.Adam()",
        "x = 1\nfrom . import x\n# keras\nimport keras",
        'def f():\n  """>>> keras.Model(input=x)"""',
        'class A:\n  """\n  .. paramsummary::\n\n     x\n  """',
    ],
)
def test_a_source_that_may_use_keras(source: str) -> None:
    assert is_about_keras(source)


@pytest.mark.parametrize(
    "source",
    [
        "import torch",
        "# keras",
        "import torch  # keras",
        "import numpy\n'keras'",
        "from keras.src import backend",
        "from keras.src.layers.core.dense import Dense",
        "import keras_hub",
        "from keras_hub.src.api_export import keras_hub_export",
        "important = 'keras_model'",
        "from keras.src.utils.module_utils import tensorflow as tf\ntf.add(1, 2)",
        "from keras.src.backend.tensorflow import core",
        "import tensorflow as tf\nfrom keras.src import backend\ntf.add(1, 2)",
    ],
)
def test_a_source_that_does_not(source: str) -> None:
    assert not is_about_keras(source)
