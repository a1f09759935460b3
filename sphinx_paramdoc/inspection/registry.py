"""The frameworks that are known, and what can be said of each without importing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Framework:
    """One framework: where its objects are known, and how people are told of it."""

    adapter: str
    """The class that knows its objects, as ``pkg.module:Class``; imported only where the framework is."""
    models: str
    """What of it a table can be made of, with the article: ``a tf.Module``."""
    title: str = ""
    """Its name as people write it."""
    preamble: str = ""
    """What imports it before a block; only of the one that blocks run with."""
    install: str = ""
    """What a person installs to have it."""
    backends: Mapping[str, str] = field(default_factory=dict)
    """What it can run on, the one that it takes by itself first → how people write that."""
    extras: frozenset[str] = frozenset()
    """The backends that a person installs by their own names."""
    backend_variable: str = ""
    """The variable of the environment that chooses a backend."""


_HERE = __name__.rpartition(".")[0]

DEFAULT = Framework(
    adapter=f"{_HERE}.keras.adapter:Keras",
    models="a Keras model or layer",
    title="Keras",
    preamble="import keras",
    install="keras tensorflow",
    backends={
        "tensorflow": "TensorFlow",
        "jax": "JAX",
        "torch": "PyTorch",
        "numpy": "numpy",
        "openvino": "openvino",
    },
    extras=frozenset({"jax", "torch", "openvino"}),
    backend_variable="KERAS_BACKEND",
)
"""The one that is imported for all blocks."""

FRAMEWORKS = {
    "keras": DEFAULT,
    "tf_keras": Framework(adapter=f"{_HERE}.tf_keras.adapter:TfKeras", models="a Keras model or layer"),
    "tensorflow": Framework(adapter=f"{_HERE}.tf_module:TfModule", models="a tf.Module"),
}
"""The module that a framework is imported as → the framework. The first that knows an object reads it."""
