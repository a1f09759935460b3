"""Blocks that build no model of Keras 3."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from sphinx_paramdoc.execution import Request, ServerSetup, Session, Success
from sphinx_paramdoc.execution.fresh import run
from sphinx_paramdoc.machine import FirstParty
from tests.sphinx_paramdoc.execution.conftest import MakeJob

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("tf_keras") is None, reason="tf_keras is not installed"),
]

PREAMBLE = "import sys\nis_warm = 'tf_keras' in sys.modules\nimport tf_keras as keras"
FIT = """
open('runs.txt', 'a').write('x')
import numpy
model = keras.Sequential([keras.layers.Dense(3, input_shape=(4,)), keras.layers.BatchNormalization()], name="mlp")
model.compile("adam", "mse", metrics=["mae"])
model.fit(numpy.ones((8, 4)), numpy.ones((8, 3)), verbose=0)
mean = keras.metrics.Mean()
"""
MODULE = "import tensorflow as tf\nmodule = tf.Module('m')\nmodule.w = tf.Variable(tf.zeros([3, 2]))"


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    made = Session(ServerSetup(preamble=PREAMBLE, path=sys.path, first_party=FirstParty("/nowhere")), {})
    yield made
    made.close()


@pytest.mark.skipif(sys.platform != "linux", reason="a framework is forked on Linux alone")
def test_a_model_of_keras_2_has_real_weights_at_once(session: Session, make_job: MakeJob, tmp_path: Path) -> None:
    response = session.run(make_job(f"assert is_warm{FIT}", preamble=PREAMBLE))
    assert isinstance(response, Success), response
    assert Request().weights == "abstract"
    assert (response.model.name, response.model.variables) == ("mlp", "real")
    assert response.model.frameworks.keys() == {"tf_keras", "tensorflow"}
    assert [weight.path for weight in response.model.weights][:2] == ["dense/kernel", "dense/bias"]
    assert (tmp_path / "runs.txt").read_text() == "x"


@pytest.mark.skipif(sys.platform != "linux", reason="a framework is forked on Linux alone")
def test_a_class_of_the_block_has_its_plain_name(session: Session, make_job: MakeJob) -> None:
    code = "class Own(keras.layers.Dense):\n    pass\n\nlayer = Own(2)\nlayer.build((None, 3))"
    response = session.run(make_job(code, preamble=PREAMBLE))
    assert isinstance(response, Success), response
    assert (response.model.class_name, response.model.layers[0].bases) == ("Own", ["tf_keras.layers.Dense"])


@pytest.mark.skipif(sys.platform != "linux", reason="a framework is forked on Linux alone")
def test_a_module_of_tensorflow(session: Session, make_job: MakeJob) -> None:
    response = session.run(make_job(MODULE, preamble=PREAMBLE))
    assert isinstance(response, Success), response
    assert response.model.name == "m"
    assert response.model.frameworks.keys() == {"tensorflow"}


@pytest.mark.thorough
def test_a_process_of_its_own_imports_it_in_the_block(make_job: MakeJob, tmp_path: Path) -> None:
    response = run(make_job(f"import tf_keras as keras{FIT}"))
    assert isinstance(response, Success), response
    assert (response.model.variables, [weight.count for weight in response.model.weights]) == (
        "real",
        [12, 3, 3, 3, 3, 3],
    )
    assert (tmp_path / "runs.txt").read_text() == "x"
