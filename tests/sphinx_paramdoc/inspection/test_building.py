"""Models that do not know the shape of their input, and are told it."""

from __future__ import annotations

from typing import Any

import pytest

from sphinx_paramdoc import inspection as frameworks
from sphinx_paramdoc import table
from sphinx_paramdoc.inspection import BuiltError, NotBuiltError
from tests.versions import is_older

pytestmark = pytest.mark.slow


def test_a_sequential_and_a_single_layer(keras: Any) -> None:
    model = keras.Sequential([keras.layers.Dense(3, name="a"), keras.layers.Dense(2, name="b")])
    with frameworks.abstract():
        frameworks.build(model, [None, 4])
        built = table.build(frameworks.inspect(model))
    assert [(row.path, row.explanation) for row in built.rows] == [("a", "4 × 3 + 3 = 15"), ("b", "3 × 2 + 2 = 8")]
    layer = keras.layers.LSTM(4)
    frameworks.build(layer, [None, 5, 3])
    assert table.build(frameworks.inspect(layer)).total == 128


def test_a_subclassed_model_and_its_layers(keras: Any) -> None:
    class Scale(keras.layers.Layer):  # type: ignore[misc]
        def build(self, shape: Any) -> None:
            self.factor = self.add_weight(shape=(shape[-1],))

        def call(self, inputs: Any) -> Any:
            return inputs * self.factor

    class Net(keras.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(name="net")
            self.scale, self.head = Scale(name="scale"), keras.layers.Dense(2, name="head")

        def call(self, inputs: Any) -> Any:
            return self.head(self.scale(inputs))

    model = Net()
    with frameworks.abstract():
        frameworks.build(model, [None, 7, 4])
        rows = table.build(frameworks.inspect(model)).rows
    assert [(row.path, row.output_shape, row.explanation) for row in rows] == [
        ("scale", [None, 7, 4], "factor 4"),
        ("head", [None, 7, 2], "4 × 2 + 2 = 10"),
    ]


def test_several_inputs_go_to_a_model_as_it_takes_them(keras: Any) -> None:
    class Named(keras.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.one, self.other = keras.layers.Dense(1), keras.layers.Dense(1)

        def call(self, a: Any, b: Any) -> Any:
            return self.one(a) + self.other(b)

    class Whole(Named):
        def call(self, inputs: Any) -> Any:  # type: ignore[override]
            a, b = inputs.values() if isinstance(inputs, dict) else inputs
            return self.one(a) + self.other(b)

    for kind, shape in (
        (Named, [[None, 4], [None, 6]]),
        (Named, {"a": [None, 4], "b": [None, 6]}),
        (Whole, [[None, 4], [None, 6]]),
        (Whole, {"x": [None, 4], "y": [None, 6]}),
    ):
        model = kind()
        frameworks.build(model, shape)
        assert table.build(frameworks.inspect(model)).total == 5 + 7


def test_an_input_that_may_be_left_out_and_what_is_no_input(keras: Any) -> None:
    class Context(keras.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.inputs = [1, 2]  # a name that Keras has another use for
            self.one, self.other = keras.layers.Dense(1), keras.layers.Dense(1)

        def call(self, x: Any, context: Any = None, training: Any = None) -> Any:
            return self.one(x) + self.other(context)

    model = Context()
    frameworks.build(model, [[None, 4], [None, 6]])
    assert table.build(frameworks.inspect(model)).total == 5 + 7
    attention = keras.layers.Attention(use_scale=True)  # takes a list, and has flags behind it
    frameworks.build(attention, [[None, 5, 3], [None, 5, 3]])
    assert table.build(frameworks.inspect(attention)).total == 1


def test_a_list_that_is_one_argument(keras: Any) -> None:
    class Pair(keras.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.shared = keras.layers.Dense(3)

        def call(self, inputs: Any, attention_mask: Any = None, cache: Any = None) -> Any:
            return sum(self.shared(each) for each in inputs)

    for number in (2, 3, 4):
        model = Pair()
        frameworks.build(model, [[None, 4]] * number)
        assert table.build(frameworks.inspect(model)).total == 15


def test_what_is_built_cannot_be_told_another_shape(keras: Any) -> None:
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(3)], name="net")
    with pytest.raises(BuiltError, match=r"net \(Sequential\) knows that its input has the shape \(None, 3\)"):
        frameworks.build(model, [None, 4])


def test_an_error_names_the_shape(keras: Any) -> None:
    with pytest.raises(ValueError, match="ndim") as raised:
        frameworks.build(keras.layers.Conv2D(3, 3, name="conv"), [28, 28, 1])
    assert raised.value.__notes__[-1] == (
        "(conv, which takes inputs, was called on inputs of the shape (28, 28, 1), whose first axis is the batch.)"
    )


class TestNeverCalled:
    """A model that was never called may make its weights only then; what cannot make any is read as it is."""

    def test_a_subclassed_model_is_refused(self, keras: Any) -> None:
        class Plain(keras.Model):  # type: ignore[misc]
            def call(self, inputs: Any) -> Any:
                return inputs

        class Lazy(keras.Model):  # type: ignore[misc]
            def call(self, inputs: Any) -> Any:
                return keras.layers.Dense(3)(inputs)

        said = (
            r" \({}\) was never called and may lack its weights, because it does not know the shape of its input: call "
            r"it once on keras.Input\(shape\)"
        )
        for kind in (Plain, Lazy):
            with pytest.raises(NotBuiltError, match=said.format(kind.__name__)):
                frameworks.inspect(kind())
        model = Plain(name="plain")
        frameworks.build(model, [None, 4])
        [row] = table.build(frameworks.inspect(model)).rows
        assert row.explanation == "no weights: it creates none"

    def test_a_layer_whose_code_may_make_some(self, keras: Any) -> None:
        class Doubling(keras.layers.Layer):  # type: ignore[misc]
            def call(self, inputs: Any) -> Any:
                return self.twice(inputs)

            def twice(self, inputs: Any) -> Any:
                return inputs * 2

        class Lazy(Doubling):
            def twice(self, inputs: Any) -> Any:
                if not hasattr(self, "inner"):
                    self.inner = keras.layers.Dense(3)
                return self.inner(inputs)

        class Adding(Doubling):
            def call(self, inputs: Any) -> Any:
                self.factor = self.add_weight(shape=(1,))
                return inputs * self.factor

        assert table.build(frameworks.inspect(Doubling())).rows[0].explanation == "no weights: it creates none"
        for kind in (Lazy, Adding):
            with pytest.raises(NotBuiltError, match="was never called"):
                frameworks.inspect(kind())

    def test_containers_of_what_is_built(self, keras: Any) -> None:
        def stack(units: int) -> Any:
            return keras.Sequential([keras.Input((4,)), keras.layers.Dense(units), keras.layers.Dense(2)])

        class Both(keras.Model):  # type: ignore[misc]
            def __init__(self) -> None:
                super().__init__()
                self.one, self.other = stack(8), stack(3)

        class Called(Both):
            def call(self, inputs: Any) -> Any:
                return self.one(inputs)

        assert table.build(frameworks.inspect(Both())).total == 58 + 23
        assert table.build(frameworks.inspect(keras.Sequential([stack(8)]))).total == 58
        said = r"\(Called\) was never called and may lack some of its weights \(it holds 8 variables\), because"
        with pytest.raises(NotBuiltError, match=said):
            frameworks.inspect(Called())

    def test_a_distiller_over_built_models(self, keras: Any) -> None:
        distillation = pytest.importorskip("keras.distillation")
        teacher, student = (
            keras.Sequential([keras.Input((4,)), keras.layers.Dense(units), keras.layers.Dense(2)]) for units in (8, 3)
        )
        model = distillation.Distiller(teacher, student, distillation_losses=distillation.LogitsDistillation())
        built = table.build(frameworks.inspect(model))
        assert (built.total, built.trainable, built.non_trainable) == (81, 23, 58)
        assert len(model.weights) == 8

    def test_what_never_has_any(self, keras: Any) -> None:
        layers = keras.layers
        random = [layers.RandomZoom(0.2), layers.RandomRotation(0.2)]
        for model in (
            *([] if is_older("keras", "3.6") else [layers.Pipeline(random)]),
            keras.Sequential([layers.RandomFlip(), layers.RandomZoom(0.2)]),
            layers.TimeDistributed(layers.Dropout(0.5)),
        ):
            built = table.build(frameworks.inspect(model))
            assert (built.total, built.explanation, built.not_built) == (0, "no weights", [])
        with pytest.raises(NotBuiltError, match="has no weights yet, because it does not know the shape"):
            frameworks.inspect(keras.Sequential([layers.RandomFlip(), layers.Dense(3)]))

    def test_models_of_keras_2(self) -> None:
        tf_keras = pytest.importorskip("tf_keras")

        class Plain(tf_keras.Model):  # type: ignore[misc, name-defined]
            def call(self, inputs: Any) -> Any:
                return inputs

        with pytest.raises(NotBuiltError, match=r"was never called.*tf_keras\.Input"):
            frameworks.inspect(Plain())
        built = tf_keras.Sequential([tf_keras.Input((4,)), tf_keras.layers.Dense(3)])
        assert table.build(frameworks.inspect(tf_keras.Sequential([built]))).total == 15
