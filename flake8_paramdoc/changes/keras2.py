"""What changed from Keras 1 to Keras 2.

Sources: the release notes of Keras 2.0 (https://github.com/keras-team/keras/wiki/Keras-2.0-release-notes) and
the releases 1.2.2, 2.0.0 and 2.3.1 themselves: their signatures, and in 2.0.0 the decorators of
``keras/legacy/interfaces.py``, which still took the old arguments, with a warning.
"""

from flake8_paramdoc.changes.change import ArgumentRemoved, ArgumentsRenamed, Callee

# Models. In Keras 1 and 2 a Model is a Container, whose constructor it inherits.

_MODEL = Callee("keras.models.Model", ("keras", "keras.engine", "keras.engine.training"))
_CONTAINER = Callee("keras.engine.topology.Container")

# Layers.

_BATCH_NORMALIZATION = Callee(
    "keras.layers.BatchNormalization",
    ("keras.layers.normalization", "keras.layers.normalization.batch_normalization"),
)

CHANGES = (
    ArgumentsRenamed(
        callees=(_MODEL, _CONTAINER),
        arguments={"input": "inputs", "output": "outputs"},
        since="2.0.0",
    ),
    # Mode 1 normalised each sample over its last axis. Mode 2 used the batch's statistics in inference too.
    ArgumentRemoved(
        callees=(_BATCH_NORMALIZATION,),
        argument="mode",
        instead="drop mode=0; mode=1: use LayerNormalization; mode=2: call the layer with training=True",
        instead_of={
            0: "drop it, only mode 0 is left",
            1: "use LayerNormalization, which comes closest to mode 1",
            2: "drop it and call the layer with training=True, which does what mode 2 did",
        },
        since="2.0.0",
    ),
)
