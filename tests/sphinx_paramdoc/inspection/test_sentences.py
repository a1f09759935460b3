"""Live models whose rows must say something: never the number alone, never what the weights are not."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from sphinx_paramdoc import table

pytestmark = pytest.mark.slow


@pytest.fixture
def told(keras: Any, inspection: Any) -> Any:
    """What the rows with weights say of layers behind an input."""

    def tell(shape: tuple[int, ...], *layers: Any) -> list[str]:
        with inspection.abstract():
            model = keras.Sequential([keras.Input(shape), *(make(keras.layers) for make in layers)])
            return [row.explanation for row in table.build(inspection.inspect(model)).outermost() if row.params]

    return tell


def test_a_wrapper_of_a_model_is_told_by_the_layers_of_that(keras: Any, told: Any) -> None:
    def cnn(layers: Any) -> Any:
        inside = [layers.Conv2D(4, 3, name="c"), layers.BatchNormalization(name="n"), layers.Flatten()]
        return layers.TimeDistributed(keras.Sequential([keras.Input((8, 8, 1)), *inside, layers.Dense(6, name="d")]))

    assert told((5, 8, 8, 1), cnn) == [
        (
            "c 40 + n 16 + d 870 = 926; every time step uses the same weights; 8 non-trainable: moving mean and moving "
            "variance are tracked, not learned"
        )
    ]


def test_many_layers_are_told_class_by_class(keras: Any, told: Any) -> None:
    def vgg(layers: Any) -> Any:
        return layers.TimeDistributed(keras.applications.VGG16(weights=None, include_top=False))

    assert told((5, 32, 32, 3), vgg) == [
        "13 Conv2D of 1,792 to 2,359,808 each = 14,714,688; every time step uses the same weights"
    ]


@pytest.mark.parametrize(
    ("frozen", "why"),
    [
        (0, "34,112 non-trainable: moving mean and moving variance are tracked, not learned"),
        (
            100,
            (
                "396,544 non-trainable: 34,112 tracked, not learned (moving mean and moving variance); 362,432 frozen "
                "(Conv1, bn_Conv1, expanded_conv_depthwise and 65 more layers)"
            ),
        ),
        (
            154,
            (
                "2,257,984 non-trainable: 34,112 tracked, not learned (moving mean and moving variance); 2,223,872 "
                "frozen (all layers inside)"
            ),
        ),
    ],
)
def test_a_base_of_which_the_first_layers_are_frozen(keras: Any, told: Any, frozen: int, why: str) -> None:
    def base(_layers: Any) -> Any:
        made = keras.applications.MobileNetV2(weights=None, include_top=False)
        for layer in made.layers[:frozen]:
            layer.trainable = False
        return made

    classes = "35 Conv2D 2,125,536 + 52 BatchNormalization 68,224 + 17 DepthwiseConv2D 64,224"
    assert told((32, 32, 3), base) == [f"104 layers with weights: {classes} = 2,257,984; {why}"]


def test_a_model_that_holds_one_layer_is_told_by_its_formula(keras: Any, told: Any) -> None:
    def nested(layers: Any) -> Any:
        inner = keras.Sequential([keras.Input((8,)), layers.Dense(4, name="dense")])
        return keras.Sequential([keras.Input((8,)), inner])

    assert told((8,), nested) == ["dense: 8 × 4 + 4 = 36"]


def test_a_recurrent_layer_of_an_own_cell_is_told_by_its_weights(keras: Any, told: Any) -> None:
    class Peephole(keras.layers.LSTMCell):  # type: ignore[misc]
        def build(self, shape: Any) -> None:
            super().build(shape)
            self.peepholes = [self.add_weight(shape=(self.units,), name=f"peephole_{gate}") for gate in "ifo"]

    assert told((5, 8), lambda layers: layers.RNN(Peephole(3, name="cell"))) == [
        (
            "cell/kernel 8 × 12 = 96; cell/recurrent_kernel 3 × 12 = 36; cell/bias 12; cell/peephole_i, "
            "cell/peephole_f and cell/peephole_o: 3 × 3 = 9"
        )
    ]


def own_weights(keras: Any) -> Any:
    class Own(keras.layers.Layer):  # type: ignore[misc]
        def __init__(self, *units: int) -> None:
            super().__init__()
            self.units, self.drop = units, keras.layers.Dropout(0.1)

        def build(self, shape: Any) -> None:
            sizes = [shape[-1], *self.units]
            pairs = list(itertools.pairwise(sizes))
            self.kernels = [self.add_weight(shape=pair, name=f"kernel{n}") for n, pair in enumerate(pairs)]
            self.biases = [self.add_weight(shape=pair[1:], name=f"bias{n}") for n, pair in enumerate(pairs)]

        def call(self, inputs: Any) -> Any:
            return inputs

    return Own


def test_own_weights_are_named(keras: Any, told: Any) -> None:
    own = own_weights(keras)
    assert told((8,), lambda _: own(16, 8, 4)) == [
        "kernel0 8 × 16 = 128; kernel1 16 × 8 = 128; kernel2 8 × 4 = 32; bias0 16; bias1 8; bias2 4"
    ]
    assert told((4,), lambda _: own(*[4] * 60)) == ["60 × kernel 4 × 4 = 960; 60 × bias 4 = 240"]
    assert told((1,), lambda _: own(*range(1, 12))) == [
        (
            "kernel0 1 × 1 = 1; kernel1 1 × 2 = 2; kernel2 2 × 3 = 6; kernel3 3 × 4 = 12; kernel4 4 × 5 = 20; kernel5 "
            "5 × 6 = 30; kernel6 6 × 7 = 42; 15 more weights 394; together 507"
        )
    ]


def test_names_stay_as_they_are_and_are_spelled_alike(keras: Any, told: Any) -> None:
    class Own(keras.layers.Layer):  # type: ignore[misc]
        def build(self, _shape: Any) -> None:
            self.stat = self.add_weight(shape=(3,), name="my_stat_0", trainable=False)
            self.vectors = self.add_weight(shape=(2, 3), name="embeddings", trainable=False)

        def call(self, inputs: Any) -> Any:
            return inputs

    assert told((4,), lambda _: Own()) == [
        (
            "my_stat_0 3; embeddings 2 × 3 = 6; 9 non-trainable: my_stat_0 and embeddings are declared non-trainable "
            "by their layer"
        )
    ]


def test_a_formula_is_held_to_shapes(keras: Any, told: Any) -> None:
    class Folded(keras.layers.Dense):  # type: ignore[misc]
        def build(self, shape: Any) -> None:
            self._kernel = self.add_weight(shape=(shape[-1] // 2, 2 * self.units), name="kernel")
            self.bias = self.add_weight(shape=(self.units,), name="bias")

        def call(self, inputs: Any) -> Any:
            return inputs

    assert told((6,), lambda _: Folded(4)) == ["kernel 3 × 8 = 24; bias 4"]


def test_a_replaced_projection_is_told_by_its_path(keras: Any, inspection: Any) -> None:
    class Adapted(keras.layers.Layer):  # type: ignore[misc]
        def __init__(self, original: Any) -> None:
            super().__init__(name=original.name)
            self.original = original
            self.original.trainable = False
            self.a = keras.layers.Dense(2, use_bias=False, name="a")
            self.b = keras.layers.EinsumDense("abc,cde->abde", output_shape=(None, 2, 4), name="b")

        def build(self, shape: Any) -> None:
            self.a.build(shape)
            self.b.build((*shape[:-1], 2))

        def call(self, inputs: Any) -> Any:
            return self.original(inputs) + self.b(self.a(inputs))

    attention = keras.layers.MultiHeadAttention(2, 4, name="mha")
    inputs = keras.Input((5, 12))
    model = keras.Model(inputs, attention(inputs, inputs))
    attention._tracker.unlock()
    attention._query_dense = Adapted(attention._query_dense)
    attention._query_dense.build((None, 5, 12))
    built = table.build(inspection.inspect(model))
    assert (built.total, built.non_trainable) == (model.count_params(), 104)
    assert built.outermost()[1].explanation == (
        "query 144 + key 104 + value 104 + attention_output 108 = 460; 104 non-trainable: query/query is frozen"
    )
