"""The frameworks that are known, and what can be said of each without importing it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Framework(msgspec.Struct, frozen=True, kw_only=True):
    """One framework: where its objects are known, and how people are told of it."""

    module: str
    """What people import it as."""
    adapter: str
    """The class that knows its objects, as ``pkg.module:Class``; imported only where the framework is."""
    models: str
    """What of it a table can be made of, with the article: ``a tf.Module``."""

    # Of the one that blocks run with

    title: str = ""
    """Its name as people write it."""
    install: str = ""
    """What a person installs to have it."""
    backends: Mapping[str, str] = {}
    """What it can run on, the one that it takes by itself first → how people write that."""
    extras: frozenset[str] = frozenset()
    """The backends that a person installs by their own names."""
    backend_variable: str = ""
    """The variable of the environment that chooses a backend."""


DEFAULT = Framework(
    module="keras",
    adapter="sphinx_paramdoc.inspection.keras.adapter:Keras",
    models="a Keras model or layer",
    title="Keras",
    install="'sphinx-paramdoc[tensorflow]'",
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

_KNOWN = [
    DEFAULT,
    Framework(
        module="tf_keras",
        adapter="sphinx_paramdoc.inspection.tf_keras.adapter:TfKeras",
        models="a Keras model or layer",
    ),
    Framework(module="tensorflow", adapter="sphinx_paramdoc.inspection.tf_module:TfModule", models="a tf.Module"),
]

FRAMEWORKS = {framework.module: framework for framework in _KNOWN}
"""By the modules that they are imported as. The first that knows an object reads it."""
