"""What Keras sees of a weight without memory where it traces a layer to find out what that gives."""

from __future__ import annotations

from typing import Any

import pytest

from sphinx_paramdoc import inspection as frameworks

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _on_tensorflow(keras: Any) -> None:
    if keras.backend.backend() != "tensorflow":
        pytest.skip("only TensorFlow builds a graph of what it draws")


def test_a_symbol_stands_in_for_what_would_be_drawn(keras: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import tensorflow as tf

    drawn = []
    draw = keras.initializers.RandomNormal.__call__

    def counted(*args: Any, **kwargs: Any) -> Any:
        drawn.append(args)
        return draw(*args, **kwargs)

    monkeypatch.setattr(keras.initializers.RandomNormal, "__call__", counted)

    class Twice(keras.layers.Layer):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.inner = keras.layers.Dense(4, kernel_initializer="random_normal")

        def call(self, tensor: Any) -> Any:
            made = self.inner(tensor)
            zeros = tf.get_static_value(self.inner.bias.value)
            return keras.ops.matmul(made, self.inner.kernel[:, : 2 + int(zeros[0])])

    with frameworks.abstract():
        tensor = keras.Input((4,))
        made = keras.Model(tensor, Twice()(tensor))
        assert made.count_params() == 20
    assert made.output_shape == (None, 2)
    assert drawn == []


def test_a_value_that_code_gave_stays(keras: Any) -> None:
    import tensorflow as tf

    class Given(keras.layers.Layer):  # type: ignore[misc]
        def build(self, _shape: Any) -> None:
            self.size = self.add_weight(shape=(2,), initializer="glorot_uniform")

        def call(self, tensor: Any) -> Any:
            self.size.assign([3.0, 5.0])
            rows, columns = tf.get_static_value(self.size.value)
            return keras.ops.zeros((int(rows), int(columns))) + keras.ops.sum(tensor)

    with frameworks.abstract():
        tensor = keras.Input((4,))
        made = keras.Model(tensor, Given()(tensor))
    assert made.output_shape == (3, 5)


def test_an_initializer_of_ones_own_is_asked(keras: Any) -> None:
    import tensorflow as tf

    class Ones(keras.initializers.RandomUniform):  # type: ignore[misc]
        def __call__(self, shape: Any, dtype: Any = None) -> Any:
            return keras.ops.ones(shape, dtype)

    class Sized(keras.layers.Layer):  # type: ignore[misc]
        def build(self, _shape: Any) -> None:
            self.size = self.add_weight(shape=(2,), initializer=Ones())

        def call(self, tensor: Any) -> Any:
            return keras.ops.zeros(int(sum(tf.get_static_value(self.size.value)))) + keras.ops.sum(tensor)

    with frameworks.abstract():
        tensor = keras.Input((4,))
        made = keras.Model(tensor, Sized()(tensor))
    assert made.output_shape == (2,)


def test_a_function_that_code_compiles_itself_runs(keras: Any) -> None:
    import tensorflow as tf

    with frameworks.abstract():
        dense = keras.layers.Dense(3, kernel_initializer="random_normal")
        dense.build((None, 4))
        made = tf.function(dense)(tf.ones((2, 5, 4)))
        assert made.shape == (2, 5, 3)
        assert dense.count_params() == 15


def test_such_a_function_runs_also_after_a_layer_was_traced_that_calls_it(keras: Any) -> None:
    import tensorflow as tf

    class Compiled(keras.layers.Layer):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.inner = keras.layers.Dense(3, kernel_initializer="random_normal")

        def build(self, shape: Any) -> None:
            self.inner.build(shape)

        @tf.function  # type: ignore[untyped-decorator]
        def compiled(self, tensor: Any) -> Any:
            return self.inner(tensor)

        def call(self, tensor: Any) -> Any:
            return self.compiled(tensor)

    with frameworks.abstract():
        tensor = keras.Input(batch_shape=(2, 5, 4))
        layer = Compiled()
        made = keras.Model(tensor, layer(tensor))
        assert layer(tf.ones((2, 5, 4))).shape == (2, 5, 3)
        assert made.count_params() == 15


class _Operations:
    """What a call added to the graph."""

    def __init__(self) -> None:
        self.kinds: list[str] = []

    def of(self, call: Any, tensor: Any) -> Any:
        import tensorflow as tf

        graph = tf.compat.v1.get_default_graph()
        before = len(graph.get_operations())
        made = call(tensor)
        self.kinds = [operation.type for operation in graph.get_operations()[before:]]
        return made


def test_a_product_with_a_matrix_is_one_operation(keras: Any) -> None:
    import tensorflow as tf

    seen = _Operations()

    class Slope(keras.layers.Layer):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.inner = keras.layers.Dense(6, use_bias=False)

        def build(self, shape: Any) -> None:
            self.inner.build(shape)

        def call(self, tensor: Any) -> Any:
            with tf.GradientTape() as tape:
                tape.watch(tensor)
                made = seen.of(self.inner, tensor)
            assert made.shape == (*tensor.shape[:-1], 6)
            return tape.gradient(made, tensor)

    for shape in (7, 4), (None, 4), (None, 3, None, 4):
        with frameworks.abstract():
            tensor = keras.Input(shape)
            made = keras.Model(tensor, Slope()(tensor))
            assert made.count_params() == 24
        assert made.output_shape == (None, *shape)
        assert not {"Reshape", "Prod", "Shape"} & set(seen.kinds), seen.kinds


@pytest.mark.parametrize("shape", [(7, 5), (7, None)])
def test_sizes_that_do_not_fit_get_the_words_of_keras(keras: Any, shape: tuple[int | None, ...]) -> None:
    class Product(keras.layers.Layer):  # type: ignore[misc]
        def build(self, _shape: Any) -> None:
            self.kernel = self.add_weight(shape=(4, 6))

        def call(self, tensor: Any) -> Any:
            return keras.ops.matmul(tensor, self.kernel)

    def words() -> str:
        try:
            return str(Product()(keras.Input(shape)).shape)
        except ValueError as error:
            return str(error)

    expected = words()
    with frameworks.abstract():
        assert words() == expected
