"""Why a layer has no weights, one phrase for each family.

Source: the layers' reference, https://keras.io/api/layers/.
"""

from __future__ import annotations

_FAMILIES = {
    "it only declares the input's shape": ["InputLayer"],
    "it only masks activations": [
        "AlphaDropout",
        "Dropout",
        "SpatialDropout1D",
        "SpatialDropout2D",
        "SpatialDropout3D",
    ],
    "it only adds or multiplies by noise": ["GaussianDropout", "GaussianNoise"],
    "it only arranges values in another shape": ["Flatten", "Reshape"],
    "it only reorders axes": ["Permute"],
    "it only repeats its input": ["RepeatVector"],
    "it only enlarges its input": ["UpSampling1D", "UpSampling2D", "UpSampling3D"],
    "it only pads with zeros": ["ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D"],
    "it only cuts off edges": ["Cropping1D", "Cropping2D", "Cropping3D"],
    "it only applies a fixed function": ["Activation", "ELU", "LeakyReLU", "ReLU", "Softmax"],
    "it only takes averages": [
        *(f"{kind}AveragePooling{n}D" for kind in ("", "Adaptive", "Global") for n in (1, 2, 3))
    ],
    "it only takes maxima": [*(f"{kind}MaxPooling{n}D" for kind in ("", "Adaptive", "Global") for n in (1, 2, 3))],
    "it only adds its inputs": ["Add"],
    "it only averages its inputs": ["Average"],
    "it only joins its inputs": ["Concatenate"],
    "it only multiplies its inputs": ["Dot", "Multiply"],
    "it only takes the larger of its inputs": ["Maximum"],
    "it only takes the smaller of its inputs": ["Minimum"],
    "it only subtracts one input from the other": ["Subtract"],
    "it only passes its input on": ["Identity"],
    "it only adds a penalty to the loss": ["ActivityRegularization"],
    "it only marks the steps to skip": ["Masking"],
    "it only scales by fixed numbers": ["Rescaling"],
    "it only scales to unit length": ["UnitNormalization"],
}

PHRASES = {f"keras.layers.{name}": phrase for phrase, names in _FAMILIES.items() for name in names}
"""The public full name of a class → why it has no weights."""
