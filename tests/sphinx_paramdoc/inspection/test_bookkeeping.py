"""Keras notes the same of a layer where it takes fewer steps."""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest

pytestmark = pytest.mark.slow


@contextlib.contextmanager
def _shortened(keras: Any) -> Iterator[Any]:
    from keras.src.layers import layer
    from keras.src.ops import operation

    from sphinx_paramdoc.inspection.keras import bookkeeping

    before = keras.Layer.__setattr__
    with contextlib.ExitStack() as patches:
        bookkeeping.shorten(patches)
        assert layer.inspect is not inspect
        assert operation.inspect is not inspect
        yield keras.Layer.__setattr__ is not before
    assert keras.Layer.__setattr__ is before
    assert layer.inspect is inspect
    assert operation.inspect is inspect


def test_steps_are_left_out_of_what_is_known(keras: Any) -> None:
    with _shortened(keras) as is_shorter:
        assert is_shorter == (keras.backend.backend() == "tensorflow")


def _noting(setter: Any, note: Callable[[str], None]) -> Any:
    """Give what notes which attribute is set before it sets it; all that it asks of others comes from here."""

    def setting(self: Any, name: str, value: Any) -> None:
        note(name)
        setter(self, name, value)

    return setting


def test_nothing_is_left_out_where_somebody_else_has_a_say(keras: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(keras.Layer, "__setattr__", _noting(keras.Layer.__setattr__, asked.append))
    with _shortened(keras) as is_shorter:
        assert not is_shorter
        keras.layers.Dense(3).own = 5
    assert "own" in asked


def test_a_function_that_changes_is_looked_up_again(keras: Any) -> None:
    class Scaled(keras.layers.Layer):  # type: ignore[misc]
        def call(self, tensor: Any, factor: int = 1) -> Any:
            return tensor * factor

    with _shortened(keras):
        assert Scaled()._call_signature.parameters["factor"].default == 1
        Scaled.call.__defaults__ = (7,)
        assert Scaled()._call_signature.parameters["factor"].default == 7


def _plain_values(keras: Any) -> Any:
    class Plain(keras.layers.Layer):  # type: ignore[misc]
        units = 3
        sizes = None

        def __init__(self) -> None:
            self.early = 1  # Keras takes note of it before its own begin
            super().__init__(name="plain", trainable=False)
            self.units = 3
            self.sizes = None
            self.rate, self.text, self.flag = 0.5, "text", True
            self.inner = keras.layers.Dense(2, name="inner")
            self.many = [keras.layers.Dense(1, name="one")]
            self.pair = (1, keras.layers.Dense(1, name="two"))
            self.inner = None
            self.trainable = True

    return Plain()


def _a_property(keras: Any) -> Any:
    class Bounded(keras.layers.Layer):  # type: ignore[misc]
        @property
        def units(self) -> int:
            return self._units

        @units.setter
        def units(self, units: int) -> None:
            self._units = 2 * units

    layer = Bounded(name="bounded")
    layer.units = 3
    layer.units = 6  # what it has already
    return layer


def _read_only(keras: Any) -> Any:
    class ReadOnly(keras.layers.Layer):  # type: ignore[misc]
        @property
        def units(self) -> int:
            return 3

    layer: Any = ReadOnly(name="read_only")
    layer.units = 4
    return layer


def _a_setter_of_ones_own(keras: Any) -> Any:
    class Noting(keras.layers.Layer):  # type: ignore[misc]
        noted: tuple[str, ...] = ()

        def __setattr__(self, name: str, value: Any) -> None:
            type(self).noted += (name,)
            super().__setattr__(name, value)

    layer = Noting(name="noting")
    layer.units = 3
    layer.all_noted = Noting.noted
    return layer


def _a_setter_behind(keras: Any) -> Any:
    class Doubling:
        def __setattr__(self, name: str, value: Any) -> None:
            super().__setattr__(name, value * 2 if name == "units" else value)

    class Doubled(keras.layers.Layer, Doubling):  # type: ignore[misc]
        pass

    layer = Doubled(name="doubled")
    layer.units = 3
    return layer


def _never_begun(keras: Any) -> Any:
    class NeverBegun(keras.layers.Layer):  # type: ignore[misc]
        def __init__(self) -> None:
            self.units = 3

    layer = NeverBegun()
    layer.units = 4
    layer(keras.ops.ones((1, 2)))
    return layer


def _a_model(keras: Any) -> Any:
    tensor = keras.Input((8, 8, 3), name="image")
    made = keras.layers.Conv2D(4, 3, name="conv")(tensor)
    made = keras.layers.MultiHeadAttention(2, 4, name="attention")(made, made)
    return keras.Model(tensor, keras.layers.LSTM(3, name="lstm")(made[:, 0]), name="model")


def _noted(make: Callable[[Any], Any], keras: Any) -> Any:
    """Give what a layer has, or what making it raises."""
    keras.utils.clear_session(free_memory=False)  # to look for garbage takes longer than the rest
    try:
        layer = make(keras)
    except Exception as error:
        return type(error).__name__, str(error)
    layers = [layer, *(layer._flatten_layers(include_self=False))]
    attributes = {(each.name, name): _told(value) for each in layers for name, value in vars(each).items()}
    signatures = [str(each._call_signature) for each in layers]
    return (
        attributes,
        signatures,
        [[inner.name for inner in each._layers] for each in layers],
        [(weight.path, weight.shape) for weight in layer.weights],
        layer.get_config(),
    )


def _told(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_told, value))
    return value if isinstance(value, (int, float, str, type(None))) else type(value).__name__


@pytest.mark.parametrize(
    "make",
    [
        _plain_values,
        _a_property,
        _read_only,
        _a_setter_of_ones_own,
        _a_setter_behind,
        _never_begun,
        _a_model,
    ],
)
def test_the_same_is_noted(keras: Any, make: Callable[[Any], Any]) -> None:
    expected = _noted(make, keras)
    with _shortened(keras):
        assert _noted(make, keras) == expected
        assert _noted(make, keras) == expected  # what has been looked up by then as well
