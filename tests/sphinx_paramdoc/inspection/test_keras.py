"""Live models → facts. Keras is imported in this process, once."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.inspection import NotBuiltError
from sphinx_paramdoc.inspection.kinds import public_name

pytestmark = pytest.mark.slow


def without_arguments(layer: facts.Layer) -> facts.Layer:
    """Leave out what differs from one release of Keras to the next: which further arguments a layer takes."""
    children = [without_arguments(child) for child in layer.children]
    return msgspec.structs.replace(layer, arguments={}, children=children)


def test_the_seeds_facts_are_those_on_file(keras: Any, inspection: Any, seed_code: str, seed: facts.Model) -> None:
    names = {"keras": keras}
    with inspection.abstract():
        exec(seed_code, names)
        read = inspection.inspect(names["mlp_model"])
    assert [*map(without_arguments, read.layers)] == [*map(without_arguments, seed.layers)]
    assert (read.name, read.class_name, read.weights, read.variables) == (
        *(seed.name, seed.class_name, seed.weights, seed.variables),
    )
    assert read.frameworks.keys() == seed.frameworks.keys()
    assert all(read.frameworks.values())


def test_abstract_weights_take_no_memory_and_count_the_same(keras: Any, inspection: Any) -> None:
    def build() -> Any:
        return keras.Sequential([keras.Input((4,)), keras.layers.Dense(3), keras.layers.BatchNormalization()])

    with inspection.abstract():
        model = build()
        abstract = inspection.inspect(model)
    assert all(variable._value is None for variable in model.weights)
    keras.utils.clear_session(free_memory=False)
    real = inspection.inspect(build())
    assert (abstract.variables, real.variables) == ("abstract", "real")
    assert abstract.layers == real.layers
    assert abstract.weights == real.weights


@pytest.mark.parametrize(
    "optimizer",
    [
        "'adam'",
        "SGD(0.1, momentum=0.9)",
        "AdamW(schedules.CosineDecay(0.1, 10))",
        "LossScaleOptimizer(Adam())",
        "Ftrl()",
    ],
)
def test_an_optimizer_leaves_the_weights_abstract(keras: Any, inspection: Any, optimizer: str) -> None:
    made_before = keras.optimizers.Optimizer.__init__
    with inspection.abstract():
        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
        model.compile(eval(optimizer, vars(keras.optimizers).copy()), "mse")
        read = inspection.inspect(model)
        assert all(variable._value is None for variable in model.weights)
        assert model.optimizer.iterations._value is not None
    assert (read.variables, len(read.weights)) == ("abstract", 2)
    assert keras.optimizers.Optimizer.__init__ is made_before


def test_two_to_the_forty_parameters(keras: Any, inspection: Any) -> None:
    with inspection.abstract():
        model = keras.Sequential([keras.Input((2**20,)), keras.layers.Dense(2**20, use_bias=False)])
        assert table.build(inspection.inspect(model)).total == 2**40


def _size(shape: tuple[int, ...]) -> int:
    size = 1
    for axis in shape:
        size *= axis
    return size


def test_seeds_metrics_and_optimizers_are_no_weights(keras: Any, inspection: Any) -> None:
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dropout(0.5), keras.layers.Dense(3)])
    model.compile("adam", "mse", metrics=["mae"])
    model.optimizer.build(model.trainable_variables)
    assert table.build(inspection.inspect(model)).total == 15


def test_a_nested_and_a_shared_model(keras: Any, inspection: Any) -> None:
    encoder = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)], name="encoder")
    a, b = keras.Input((4,), name="a"), keras.Input((4,), name="b")
    joined = keras.layers.Concatenate(name="join")([encoder(a), encoder(b)])
    built = table.build(inspection.inspect(keras.Model({"a": a, "b": b}, joined, name="siamese")))
    assert [(row.path, row.depth, row.params) for row in built.rows] == [
        ("a", 0, 0),
        ("b", 0, 0),
        ("encoder", 0, 15),
        ("encoder/dense", 1, 15),
        ("join", 0, 0),
    ]
    join = built.rows[-1]
    assert join.connected_to == ["encoder"]
    assert join.input_shape == [[None, 3], [None, 3]]
    assert built.rows[2].connected_to == ["a", "b"]
    assert built.rows[3].connected_to == []
    assert built.rows[3].weights[0].path == "encoder/dense/kernel"


def test_tied_weights_count_once(keras: Any, inspection: Any) -> None:
    class Head(keras.layers.Layer):  # type: ignore[misc]
        def __init__(self, embedding: Any) -> None:
            super().__init__(name="head")
            self.embedding = embedding

        def call(self, inputs: Any) -> Any:
            return keras.ops.matmul(inputs, keras.ops.transpose(self.embedding.embeddings))

    embedding = keras.layers.Embedding(50, 8, name="tokens")
    inputs = keras.Input((6,), name="ids")
    built = table.build(inspection.inspect(keras.Model(inputs, Head(embedding)(embedding(inputs)))))
    assert built.total == 400
    assert [(row.path, row.params, row.shared_with) for row in built.rows if row.depth == 0] == [
        ("ids", 0, None),
        ("tokens", 400, None),
        ("head", 0, "tokens"),
    ]


def test_a_subclassed_model_with_weights_of_its_own(keras: Any, inspection: Any) -> None:
    class Vision(keras.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(name="vision")
            self.head = keras.layers.Dense(2, name="head")

        def build(self, shape: Any) -> None:
            self.token = self.add_weight(shape=(1, 8), name="token")
            self.head.build((None, 8))

        def call(self, inputs: Any) -> Any:
            return self.head(inputs + self.token)

    model = Vision()
    with pytest.raises(NotBuiltError, match=r"vision \(Vision\) has no weights yet"):
        inspection.inspect(model)
    model.build((None, 8))
    built = table.build(inspection.inspect(model))
    assert [(row.path, row.params, row.explanation) for row in built.rows] == [
        ("vision", 8, "token 1 × 8 = 8"),
        ("head", 18, "8 × 2 + 2 = 18"),
    ]


def test_reasons(keras: Any, inspection: Any) -> None:
    backbone = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, name="inner")], name="backbone")
    backbone.trainable = False
    odd = keras.layers.Dense(2, name="odd")
    lora = keras.layers.Dense(5, name="lora")
    model = keras.Sequential([keras.Input((4,)), backbone, odd, lora, keras.layers.BatchNormalization(name="norm")])
    odd.bias.trainable = False
    lora.enable_lora(1)
    built = table.build(inspection.inspect(model))
    reasons = {weight.path: weight.reason for row in built.rows for weight in row.weights if weight.reason}
    assert reasons == {
        "backbone/inner/kernel": "frozen_layer",
        "backbone/inner/bias": "frozen_layer",
        "odd/bias": "frozen_variable",
        "lora/kernel": "lora_base_frozen",
        "norm/moving_mean": "moving_statistics",
        "norm/moving_variance": "moving_statistics",
    }
    assert [row.frozen_by for row in built.rows] == ["backbone", "backbone", None, None, None]
    assert built.trainable == sum(_size(variable.shape) for variable in model.trainable_weights)
    assert built.rows[1].explanation == "4 × 3 + 3 = 15; 15 non-trainable: frozen by backbone"


def test_a_frozen_layer_inside_a_trainable_one(keras: Any, inspection: Any) -> None:
    inner = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, name="a"), keras.layers.Dense(2)], name="inner")
    inner.layers[0].trainable = False
    inputs = keras.Input((4,))
    built = table.build(inspection.inspect(keras.Model(inputs, inner(inputs))))
    assert built.rows[1].explanation.endswith("; 15 non-trainable: a is frozen")
    assert (built.rows[1].frozen_by, built.rows[2].frozen_by) == (None, "inner/a")


def test_the_base_of_lora_that_is_unfrozen_is_trained(keras: Any, inspection: Any) -> None:
    layer = keras.layers.Dense(16, name="d")
    layer.build((None, 32))
    layer.enable_lora(4)
    before = table.build(inspection.inspect(layer))
    layer.trainable = False
    layer.trainable = True
    after = table.build(inspection.inspect(layer))
    assert (before.trainable, after.trainable) == (208, 720)
    assert before.rows[0].explanation.endswith("; 512 non-trainable: kernel is the base that LoRA freezes")
    assert after.rows[0].explanation == (
        "32 × 16 + 16 + 4 × (32 + 16) = 720; kernel, the base of LoRA, is trained as well"
    )


def test_a_layer_that_is_unfrozen_in_a_frozen_one_is_trained(keras: Any, inspection: Any) -> None:
    inner = keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(3, name="a"), keras.layers.Dense(2, name="b")], name="inner"
    )
    inner.trainable = False
    inner.layers[1].trainable = True
    inputs = keras.Input((4,))
    model = keras.Model(inputs, inner(inputs), name="outer")
    built = table.build(inspection.inspect(model))
    assert [row.frozen_by for row in built.rows[1:]] == ["inner", "inner", None]
    assert built.trainable == 8 == sum(_size(variable.shape) for variable in model.trainable_weights)

    model.trainable = False
    inner.layers[1].trainable = True
    built = table.build(inspection.inspect(model))
    assert [row.frozen_by for row in built.rows[1:]] == ["outer", "outer", "outer"]
    assert built.trainable == 0 == len(model.trainable_weights)


def test_a_model_of_which_nothing_is_built_is_refused(keras: Any, inspection: Any) -> None:
    class Two(keras.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(name="two")
            self.inner = keras.layers.Dense(3)

        def call(self, x: Any, y: Any) -> Any:
            return self.inner(x + y)

    model = Two()
    with pytest.warns(UserWarning, match="does not have a `build"):
        model.build((None, 3))
    assert model.built
    with pytest.raises(NotBuiltError, match=r"call it once on keras.Input\(shape\)"):
        inspection.inspect(model)
    model(keras.Input((5,)), keras.Input((5,)))
    assert table.build(inspection.inspect(model)).total == 18


def test_a_layer_of_layers_that_was_never_called_is_not_built(keras: Any, inspection: Any) -> None:
    class Block(keras.layers.Layer):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(name="block")
            self.dense = keras.layers.Dense(3)

        def call(self, inputs: Any) -> Any:
            return self.dense(inputs)

    class Net(keras.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(name="net")
            self.used, self.unused = keras.layers.Dense(2, name="used"), Block()

        def call(self, inputs: Any) -> Any:
            return self.used(inputs)

    model = Net()
    with pytest.warns(UserWarning, match="looks like it has unbuilt state"):
        model(keras.Input((4,)))
    built = table.build(inspection.inspect(model))
    assert built.not_built[0] == "block"
    assert (built.total, built.outermost()[1].explanation) == (10, "not built: it has no weights yet")


def test_layers_of_the_same_name_have_paths_of_their_own(keras: Any, inspection: Any) -> None:
    class Pair(keras.layers.Layer):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(name="pair")
            self.parts = [keras.layers.Dense(2, name="d"), keras.layers.Dense(2, name="d")]

        def build(self, shape: Any) -> None:
            for part in self.parts:
                part.build(shape)

    layer = Pair()
    layer.build((None, 3))
    rows = table.build(inspection.inspect(layer)).rows
    assert [row.path for row in rows] == ["d", "d#2"]
    assert [row.weights[0].path for row in rows] == ["d/kernel", "d#2/kernel"]


def test_a_layer_of_keras_that_is_made_of_layers_is_one_row(keras: Any, inspection: Any) -> None:
    layer = keras.layers.Bidirectional(keras.layers.LSTM(4), name="both")
    layer.build((None, 5, 3))
    rows = table.build(inspection.inspect(layer)).rows
    assert [(row.path, row.depth) for row in rows][:2] == [("both", 0), ("both/forward_lstm", 1)]
    assert rows[0].params == layer.count_params()


def test_classes_keep_the_names_that_their_package_gives_them(keras: Any, inspection: Any) -> None:
    # Many a package keeps its modules in a folder named src; only Keras' own are named by where they are public.
    own = type("Own", (keras.layers.Layer,), {"__module__": "project.src.blocks"})
    assert public_name(own) == "project.src.blocks.Own"
    assert public_name(keras.layers.Dense) == "keras.layers.Dense"
    inputs = keras.Input((1,))
    assert public_name(type(keras.Model(inputs, inputs))) is None


def test_a_layer_that_declares_a_weight_non_trainable(keras: Any, inspection: Any) -> None:
    class Rotary(keras.layers.Layer):  # type: ignore[misc]
        def build(self, shape: Any) -> None:
            self.inv_freq = self.add_weight(shape=(8,), name="inv_freq", trainable=False)

    layer = Rotary()
    layer.build((None, 16))
    assert table.build(inspection.inspect(layer)).rows[0].explanation == (
        "inv_freq 8; 8 non-trainable: inv_freq is declared non-trainable by its layer"
    )


def test_quantised_weights(keras: Any, inspection: Any) -> None:
    layer = keras.layers.Dense(3)
    layer.build((None, 4))
    layer.quantize("int8")
    weights = {weight.name: weight for weight in inspection.inspect(layer).weights}
    assert weights["kernel"].reason == "quantised_storage"
    assert weights["kernel_scale"].reason == "quantisation_bookkeeping"
    assert (weights["kernel"].dtype, weights["kernel"].size_bytes) == ("int8", 12)


def test_arguments_are_plain_and_the_same_on_every_machine(keras: Any, inspection: Any) -> None:
    class Own(keras.layers.Layer):  # type: ignore[misc]
        def __init__(self, heads: int, sizes: Any, vocabulary_file: str, rate: float, seed: int, inner: Any) -> None:
            super().__init__()
            self.heads, self.sizes, self.vocabulary_file = heads, sizes, vocabulary_file
            self.rate, self.seed, self.inner = rate, seed, inner
            self.mode = "multi_hot"

    layer = Own(2, (3, 4), "/home/me/vocabulary.txt", 0.5, 7, object())
    layer.build((None, 3))
    assert inspection.inspect(layer).layers[0].arguments == {"heads": 2, "sizes": [3, 4]}


def test_a_layer_that_never_has_weights_needs_no_shape(keras: Any, inspection: Any) -> None:
    class Double(keras.layers.Layer):  # type: ignore[misc]
        def call(self, inputs: Any) -> Any:
            return 2 * inputs

    [row] = table.build(inspection.inspect(Double())).rows
    assert (row.params, row.explanation) == (0, "no weights: it creates none")
    with pytest.raises(NotBuiltError, match=r"dense \(Dense\) has no weights yet, because it does not know the shape"):
        inspection.inspect(keras.layers.Dense(3))
