"""Facts of well-known networks, with the names, the shapes and the connections that they have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from sphinx_paramdoc import facts
from tests.sphinx_paramdoc.makers import Maker, of


class Network:
    """A network that grows layer by layer; a layer without a name is named as Keras does it."""

    def __init__(self) -> None:
        self.make = Maker()
        self.layers: list[facts.Layer] = []
        self._given: Counter[str] = Counter()

    def add(
        self,
        class_name: str,
        name: str | None,
        shape: Sequence[int],
        weights: Mapping[str, Sequence[int]] | None = None,
        reads: Sequence[str] | None = None,
        **arguments: Any,
    ) -> str:
        """Add a layer that reads the one before it, and return its name."""
        if name is None:
            stem = re.sub("([a-z])([A-Z])", r"\1_\2", class_name).lower()
            name = f"{stem}_{self._given[stem]}" if self._given[stem] else stem
            self._given[stem] += 1
        before = self.layers[-1] if self.layers else None
        moving = {"trainable": False, "reason": "moving_statistics"}
        self.layers.append(
            facts.Layer(
                name,
                name,
                f"keras.layers.{class_name}",
                input_shape=before.output_shape if before else [None, *shape],
                output_shape=[None, *shape],
                arguments=arguments,
                weights=[
                    self.make.weight(name, weight, *sizes, **(moving if weight.startswith("moving") else {}))
                    for weight, sizes in (weights or {}).items()
                ],
                connected_to=list(reads) if reads is not None else [before.name] if before else [],
            )
        )
        return name

    def dense(self, name: str | None, units: int, reads: Sequence[str] | None = None) -> str:
        *rest, inputs = self.shape
        weights = {"kernel": (inputs, units), "bias": (units,)}
        return self.add("Dense", name, (*rest, units), weights, reads, units=units, use_bias=True)

    @property
    def shape(self) -> list[int]:
        """The shape of what the last layer gives, without the axis of the batch."""
        shape = self.layers[-1].output_shape
        assert isinstance(shape, list)
        return shape[1:]

    def model(self) -> facts.Model:
        return of(self.layers, self.make.weights)


def gpt(blocks: int = 12, width: int = 64, names: str | None = None) -> facts.Model:
    """Return a functional transformer of equal blocks, each of seven layers.

    :param names: the name of a layer, ``block{block}_{layer}``; by default Keras names the layers.
    """

    network = Network()
    network.add("InputLayer", "tokens", (128,))
    network.add("Embedding", "embedding", (128, width), {"embeddings": (1000, width)}, input_dim=1000, output_dim=width)
    positions = network.add("Embedding", "positions", (128, width), {"embeddings": (128, width)}, ["tokens"])
    norm = {"gamma": (width,), "beta": (width,)}
    mixed = {"kernel": (width, 4 * width), "bias": (4 * width,)}
    stream = network.add("Add", None, (128, width), reads=["embedding", positions])
    for number in range(blocks):
        name = partial(_named, names, number)
        network.add("LayerNormalization", name("norm1"), (128, width), norm, axis=[-1], scale=True, center=True)
        network.add("MultiHeadAttention", name("attention"), (128, width), mixed)
        stream = network.add("Add", name("add1"), (128, width), reads=[network.layers[-1].name, stream])
        network.add("LayerNormalization", name("norm2"), (128, width), norm, axis=[-1], scale=True, center=True)
        network.dense(name("up"), 4 * width)
        network.dense(name("down"), width)
        stream = network.add("Add", name("add2"), (128, width), reads=[network.layers[-1].name, stream])
    network.add("LayerNormalization", "final_norm", (128, width), norm, axis=[-1], scale=True, center=True)
    network.dense("head", 1000)
    return network.model()


def _named(names: str | None, block: int, layer: str) -> str | None:
    return None if names is None else names.format(block=block, layer=layer)


def resnet50() -> facts.Model:
    """Return ResNet50 as `keras.applications` has it, layer by layer in the order of its summary."""
    network = Network()
    network.add("InputLayer", "input_layer", (224, 224, 3))
    network.add("ZeroPadding2D", "conv1_pad", (230, 230, 3))
    _convolution(network, "conv1_conv", 112, 3, 64, 7)
    _normalization(network, "conv1_bn")
    network.add("Activation", "conv1_relu", (112, 112, 64))
    network.add("ZeroPadding2D", "pool1_pad", (114, 114, 64))
    before = network.add("MaxPooling2D", "pool1_pool", (56, 56, 64))
    channels = 64
    for stage, (blocks, width, size) in enumerate([(3, 64, 56), (4, 128, 28), (6, 256, 14), (3, 512, 7)], 2):
        for block in range(1, blocks + 1):
            before = _residual(network, f"conv{stage}_block{block}", before, (channels, width, size), block == 1)
            channels = 4 * width
    network.add("GlobalAveragePooling2D", "avg_pool", (2048,))
    network.dense("predictions", 1000)
    return network.model()


def _residual(network: Network, name: str, before: str, sizes: tuple[int, int, int], is_first: bool) -> str:
    channels, width, size = sizes
    for number, kernel in ((1, 1), (2, 3)):
        reads = [before] if number == 1 else None
        _convolution(network, f"{name}_{number}_conv", size, channels if number == 1 else width, width, kernel, reads)
        _normalization(network, f"{name}_{number}_bn")
        network.add("Activation", f"{name}_{number}_relu", (size, size, width))
    if is_first:
        _convolution(network, f"{name}_0_conv", size, channels, 4 * width, 1, [before])
    _convolution(network, f"{name}_3_conv", size, width, 4 * width, 1, [f"{name}_2_relu"])
    if is_first:
        before = _normalization(network, f"{name}_0_bn", [f"{name}_0_conv"])
    _normalization(network, f"{name}_3_bn", [f"{name}_3_conv"])
    network.add("Add", f"{name}_add", (size, size, 4 * width), reads=[before, f"{name}_3_bn"])
    return network.add("Activation", f"{name}_out", (size, size, 4 * width))


def _convolution(
    network: Network, name: str, size: int, channels: int, filters: int, kernel: int, reads: Sequence[str] | None = None
) -> str:
    weights = {"kernel": (kernel, kernel, channels, filters), "bias": (filters,)}
    return network.add("Conv2D", name, (size, size, filters), weights, reads)


def _normalization(network: Network, name: str, reads: Sequence[str] | None = None) -> str:
    *size, channels = network.shape
    kinds = ("gamma", "beta", "moving_mean", "moving_variance")
    arguments: dict[str, Any] = {"axis": -1, "scale": True, "center": True}
    weights = dict.fromkeys(kinds, (channels,))
    return network.add("BatchNormalization", name, (*size, channels), weights, reads, **arguments)
