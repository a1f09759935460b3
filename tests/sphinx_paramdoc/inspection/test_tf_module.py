"""Live modules of TensorFlow → facts: each variable once, by the attributes that hold it."""

from __future__ import annotations

from typing import Any

import numpy
import pytest

import sphinx_paramdoc
from sphinx_paramdoc import inspection, table
from sphinx_paramdoc.inspection import NotBuiltError

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tf() -> Any:
    return pytest.importorskip("tensorflow")


@pytest.fixture(scope="module")
def linear(tf: Any) -> Any:
    class Linear(tf.Module):  # type: ignore[misc]
        def __init__(self, inputs: int, units: int, name: str | None = None) -> None:
            super().__init__(name)
            self.inputs, self.units = inputs, units
            with self.name_scope:
                self.w = tf.Variable(tf.zeros([inputs, units]), name="w")
                self.b = tf.Variable(tf.zeros([units]))

    return Linear


def checked(module: Any) -> table.Table:
    """Give the table of a module, whose counts are those of its variables."""
    built = table.build(inspection.inspect(module))

    def count(variables: Any) -> int:
        return sum(int(numpy.prod(variable.shape)) for variable in {id(v): v for v in variables}.values())

    assert built.variables == "real"
    assert built.total == sum(row.params for row in built.outermost()) == count(module.variables)
    assert built.trainable == count(module.trainable_variables)
    return built


def test_a_module_without_others(linear: Any) -> None:
    built = checked(linear(3, 2))
    assert built.frameworks.keys() == {"tensorflow"}
    [row] = built.rows
    assert (row.path, row.short_class, row.params, row.output_shape) == ("linear", "Linear", 8, None)
    assert [(weight.path, weight.shape, weight.dtype) for weight in row.weights] == [
        ("linear/w", [3, 2], "float32"),
        ("linear/b", [2], "float32"),
    ]
    assert inspection.inspect(linear(3, 2)).layers[0].arguments == {"inputs": 3, "units": 2}


def test_submodules_are_named_by_attributes_and_count_once(tf: Any, linear: Any) -> None:
    class Net(tf.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__("net")
            self.steps = tf.Variable(0, trainable=False, name="steps")
            self.zeros = tf.Variable(tf.zeros([4, 5]))
            self.blocks = [linear(3, 3), linear(3, 2)]
            self.again = self.blocks[0]
            self.heads = {"main": linear(2, 1), "tied": tf.Module()}
            self.heads["tied"].w = self.blocks[1].w
            self.heads["tied"].parent = self

    built = checked(Net())
    assert [(row.path, row.depth, row.params, row.shared_with) for row in built.rows] == [
        ("net", 0, 21, None),
        ("blocks.0", 0, 12, None),
        ("blocks.1", 0, 8, None),
        ("heads.main", 0, 3, None),
        ("heads.tied", 0, 0, "blocks.1"),
    ]
    assert built.class_name.endswith("Net")
    assert built.rows[-1].class_name == "tf.Module"
    assert [(weight.path, weight.reason) for weight in built.rows[0].weights] == [
        ("net/steps", "declared"),
        ("net/zeros", None),
    ]


def test_modules_inside_modules(tf: Any, linear: Any) -> None:
    inner, outer = tf.Module("inner"), tf.Module("outer")
    inner.first, inner.second = linear(2, 2), linear(2, 1)
    outer.encoder = inner
    assert [(row.path, row.depth, row.params) for row in checked(outer).rows] == [
        ("encoder", 0, 9),
        ("encoder/first", 1, 6),
        ("encoder/second", 1, 3),
    ]


def test_layers_of_keras_inside_count_as_keras_counts_them(tf: Any, keras: Any, linear: Any) -> None:
    tf_keras = pytest.importorskip("tf_keras")
    module = tf.Module("mixed")
    module.own = linear(2, 2)
    module.three = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, name="d"), keras.layers.Dropout(0.5)])
    module.two = [tf_keras.layers.LSTM(2, stateful=True), tf_keras.layers.Dense(3)]
    module.two[0].build((1, 5, 4))
    module.two[1].build((None, 4))
    module.two[1].trainable = False
    module.mean = tf_keras.metrics.Mean()
    module.optimizer = keras.optimizers.Adam()
    built = table.build(inspection.inspect(module))
    assert built.frameworks.keys() == {"keras", "tf_keras", "tensorflow"}
    assert [(row.path, row.class_name.rpartition(".")[2], row.params) for row in built.rows] == [
        ("own", "Linear", 6),
        ("three", "Sequential", 15),
        ("three/d", "Dense", 15),
        ("three/dropout", "Dropout", 0),
        ("two.0", "LSTM", 56),
        ("two.0/lstm_cell", "LSTMCell", 56),
        ("two.1", "Dense", 15),
    ]
    assert (built.total, built.non_trainable, built.rows[-1].frozen_by) == (92, 15, "two.1")


def test_an_abstract_layer_inside_stays_abstract(tf: Any, keras: Any) -> None:
    module = tf.Module("mixed")
    with inspection.abstract():
        module.large = keras.layers.Dense(2**20)
        module.large.build((None, 2**20))
        built = table.build(inspection.inspect(module))
    assert (built.variables, built.total) == ("abstract", 2**40 + 2**20)


def test_a_module_without_variables_is_refused(tf: Any) -> None:
    with pytest.raises(NotBuiltError, match=r"empty \(Module\) has no variables yet: call it once"):
        inspection.inspect(tf.Module("empty"))


def test_a_module_that_was_never_given_a_name(tf: Any) -> None:
    class Bare(tf.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            self.w = tf.Variable([1.0, 2.0], shape=[None])

    built = table.build(inspection.inspect(Bare()))
    assert (built.name, built.total) == ("Bare", 2)


def test_a_distribution_is_no_model_and_its_variables_count(tf: Any) -> None:
    class Normal(tf.Module):  # type: ignore[misc]
        __module__ = "tensorflow_probability.distributions"

        def __init__(self) -> None:
            super().__init__("normal")
            self.scale = tf.Variable([1.0, 2.0, 3.0])

    module = tf.Module("bayes")
    module.prior = Normal()
    assert not inspection.is_model(module.prior)
    assert [(row.path, row.params) for row in checked(module).rows] == [("prior", 3)]


def test_explain_takes_a_module(linear: Any) -> None:
    assert sphinx_paramdoc.explain(linear(3, 2)).total == 8


def test_whose_word_it_is_what_is_trainable(tf: Any, keras: Any) -> None:
    tf_keras = pytest.importorskip("tf_keras")
    module = tf.Module("mixed")
    module.first, module.second = tf_keras.layers.Dense(5), tf_keras.layers.Dense(5)
    module.first.build((None, 5))
    module.second.build((None, 4))
    module.first.trainable = False
    assert sum(int(tf.size(variable)) for variable in module.trainable_variables) == 55
    built = table.build(inspection.inspect(module))
    assert (built.trainable, built.non_trainable) == (25, 30)
    assert built.explanation == (
        "25 trainable + 30 non-trainable; that is what the Keras layers say, the module's own "
        "trainable_variables hold 55"
    )
    module.first.trainable = True
    assert table.build(inspection.inspect(module)).explanation == "all trainable"
    plain = tf.Module("own")
    plain.own, plain.layer = tf.Variable(tf.ones(6)), keras.layers.Dense(5)
    plain.layer.build((None, 10))
    assert table.build(inspection.inspect(plain)).explanation == (
        "all trainable; that is what the Keras layers say, the module's own trainable_variables hold 6"
    )
