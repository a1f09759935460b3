"""Layers that ran while a model was made, and whose results it holds as plain values."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest

from sphinx_paramdoc import table

pytestmark = pytest.mark.slow

BEGIN = """
x = keras.Input((5, 4))
embed = keras.layers.Embedding(5, 4, name="positions")
positions = embed(keras.ops.arange(5))
"""


def found(keras: Any, inspection: Any, code: str, *, abstract: bool = True) -> list[table.rows.OutsideEntry]:
    """Run code as a block is run; give what it says of its last model."""
    names = {"keras": keras}
    with inspection.watched(lambda: None):
        if abstract:
            with inspection.abstract():
                exec(code, names)
                return table.build(inspection.inspect(names["m"])).outside
        exec(code, names)
        return table.build(inspection.inspect(names["m"])).outside


@pytest.mark.parametrize("abstract", [True, False])
@pytest.mark.parametrize(
    ("rest", "user"),
    [
        ("m = keras.Model(x, x + positions)", "add"),
        ("m = keras.Model(x, keras.ops.multiply(positions, x))", "multiply"),
        ("m = keras.Model(x, keras.layers.Add(name='sum')([x, keras.ops.expand_dims(positions, 0)]))", "sum"),
        ("m = keras.Model(x, x + keras.ops.reshape(positions * 2 + 1, (1, 5, 4)))", "add"),
        ("m = keras.Model(x, x + keras.layers.Dropout(0.5)(positions)[None])", "add"),
        ("m = keras.Model(x, x + keras.ops.stack([keras.ops.zeros((5, 4)), positions])[1])", "add"),
        ("m = keras.Model(x, keras.layers.Lambda(lambda t: t + positions, name='asks')(x))", "asks"),
    ],
)
def test_a_result_that_is_taken_as_a_plain_value(
    keras: Any, inspection: Any, rest: str, user: str, abstract: bool
) -> None:
    [entry] = found(keras, inspection, BEGIN + rest, abstract=abstract)
    assert (entry.name, entry.class_name, entry.params) == ("positions", "keras.layers.Embedding", 20)
    assert (entry.why, entry.used_by) == ("not_in_model", user)


def test_each_layer_on_the_way_is_named(keras: Any, inspection: Any) -> None:
    code = f"{BEGIN}norm = keras.layers.LayerNormalization(name='norm')\nm = keras.Model(x, x + norm(positions))"
    assert [(entry.name, entry.params) for entry in found(keras, inspection, code)] == [("positions", 20), ("norm", 8)]


def test_a_subclassed_model_that_keeps_a_result(keras: Any, inspection: Any) -> None:
    code = (
        BEGIN
        + """
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.positions, self.head = positions, keras.layers.Dense(2)
    def call(self, inputs):
        return self.head(inputs + self.positions)
m = Net()
m(x)
"""
    )
    assert [(entry.name, entry.used_by) for entry in found(keras, inspection, code)] == [("positions", None)]


@pytest.mark.parametrize(
    "code",
    [
        pytest.param(
            """
x, z = keras.Input((4,)), keras.Input((2,))
generator = keras.Model(z, keras.layers.Dense(4)(z))
m = keras.Model(x, keras.layers.Dense(1)(x))
fake = generator(keras.ops.ones((1, 2)))
m(fake)
gan = keras.Model(z, m(generator(z)))
""",
            id="GAN",
        ),
        pytest.param(
            """
x, code = keras.Input((4,)), keras.Input((2,))
encoder = keras.Model(x, keras.layers.Dense(2)(x))
m = keras.Model(code, keras.layers.Dense(4)(code))
m(encoder(keras.ops.ones((1, 4))))
""",
            id="encoder and decoder",
        ),
        pytest.param(
            """
x, code = keras.Input((4,)), keras.Input((2,))
encoder = keras.Model(x, keras.layers.Dense(2, name="mean")(x))
start = encoder.get_layer("mean")(keras.ops.ones((1, 4)))
m = keras.Model(code, keras.layers.Dense(4)(code + start))
""",
            id="a layer of another model",
        ),
        pytest.param(
            """
x = keras.Input((4,))
base = keras.Sequential([x, keras.layers.Dense(3, name="kept"), keras.layers.Dense(2)])
base(keras.ops.ones((1, 4)))
m = keras.Model(base.inputs, base.get_layer("kept").output)
""",
            id="a truncated backbone",
        ),
        pytest.param(
            """
x = keras.Input((4,))
base = keras.Sequential([x, keras.layers.Dense(3)])
base(keras.ops.ones((1, 4)))
m = keras.models.clone_model(base)
""",
            id="what was cloned",
        ),
        pytest.param(
            """
class Wrapped(keras.layers.Layer):
    def __init__(self, dense):
        super().__init__()
        self.down, self.dense = keras.layers.Dense(1), dense
    def call(self, inputs):
        return self.dense(inputs) + self.down(inputs)
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.query = keras.layers.Dense(3)
    def call(self, inputs):
        return self.query(inputs)
m = Net()
m(keras.ops.ones((1, 4)))
m._tracker.unlock()
m.query = Wrapped(m.query)
m(keras.ops.ones((1, 4)))
""",
            id="what LoRA replaces",
        ),
        pytest.param(
            """
x = keras.Input((4,))
never = keras.layers.Dense(4)
never.build((None, 4))
m = keras.Model(x, keras.layers.Dense(2)(x + keras.ops.ones((4,))))
""",
            id="what was never called",
        ),
        pytest.param(
            """
x = keras.Input((4,))
tried = keras.layers.Dense(4)(keras.ops.ones((1, 4)))
m = keras.Model(x, keras.layers.Dense(2)(x + keras.ops.ones((4,))))
""",
            id="what ran and was let go",
        ),
        pytest.param(
            """
x = keras.Input((4,))
inner = keras.layers.Dense(4)
start = inner(keras.ops.ones((1, 4)))
m = keras.Model(x, inner(x) + start)
""",
            id="a layer of the model itself",
        ),
    ],
)
def test_no_word_of(keras: Any, inspection: Any, code: str) -> None:
    assert found(keras, inspection, code) == []


def test_a_model_that_was_made_elsewhere_claims_nothing(keras: Any, inspection: Any) -> None:
    names = {"keras": keras}
    exec(f"{BEGIN}m = keras.Model(x, x + positions)", names)
    assert table.build(inspection.inspect(names["m"])).outside == []


def test_too_many_results_are_followed_no_more(keras: Any, inspection: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from sphinx_paramdoc.inspection.keras import results

    monkeypatch.setattr(results, "_MOST", 5)
    kept = "kept = [positions + number for number in range(9)]\n"
    assert found(keras, inspection, f"{BEGIN}{kept}m = keras.Model(x, x + positions)") == []


def test_keras_is_left_as_it_was(keras: Any, inspection: Any) -> None:
    before = keras.Layer.__call__, keras.Layer.__new__
    found(keras, inspection, f"{BEGIN}m = keras.Model(x, x + positions)")
    assert (keras.Layer.__call__, keras.Layer.__new__) == before


@pytest.mark.parametrize(
    ("output", "copied", "abstract"),
    [
        ("keras.ops.matmul(embed(x), keras.ops.transpose(embed.embeddings))", ["words/embeddings"], True),
        ("keras.ops.matmul(embed(x), keras.ops.transpose(embed.embeddings))", ["words/embeddings"], False),
        ("embed(x) + 2 * keras.ops.mean(embed.embeddings.value, axis=0)", ["words/embeddings"], True),
        ("embed(x) * keras.ops.ones((4,))", [], False),
    ],
)
def test_a_copy_of_weights_is_known_by_where_it_comes_from(
    keras: Any, inspection: Any, output: str, copied: list[str], abstract: bool
) -> None:
    begin = "x = keras.Input((3,), dtype='int32')\nembed = keras.layers.Embedding(10, 4, name='words')\nembed(x)\n"
    names = {"keras": keras}
    with inspection.watched(lambda: None), inspection.abstract() if abstract else contextlib.nullcontext():
        exec(f"{begin}m = keras.Model(x, {output})", names)
        model: Any = names["m"]
        assert inspection.inspect(model).layers[-1].copied == copied
