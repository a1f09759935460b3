"""Why a layer has no weights, one phrase for each family.

Source: the layers' reference, https://keras.io/api/layers/.
"""

from __future__ import annotations

_FAMILIES = {
    "it only declares the input's shape": ["InputLayer"],
    "it only masks activations, and scales and shifts the others by fixed numbers": ["AlphaDropout"],
    "it only masks activations": [
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
    "it only cuts out the centre of images": ["CenterCrop"],
    "it only cuts off edges": ["Cropping1D", "Cropping2D", "Cropping3D"],
    "it only applies a fixed function": ["Activation", "ELU", "LeakyReLU", "ReLU", "Softmax", "ThresholdedReLU"],
    "it only calls a function": ["Lambda"],
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
    "it only resizes images": ["Resizing"],
    "it only changes images at random": [
        "AugMix",
        "CutMix",
        "MixUp",
        "RandAugment",
        "RandomBrightness",
        "RandomColorDegeneration",
        "RandomColorJitter",
        "RandomContrast",
        "RandomCrop",
        "RandomElasticTransform",
        "RandomErasing",
        "RandomFlip",
        "RandomGaussianBlur",
        "RandomGrayscale",
        "RandomHeight",
        "RandomHue",
        "RandomInvert",
        "RandomPerspective",
        "RandomPosterization",
        "RandomRotation",
        "RandomSaturation",
        "RandomSharpness",
        "RandomShear",
        "RandomTranslation",
        "RandomWidth",
        "RandomZoom",
        "Solarization",
    ],
    "it only adjusts the contrast of images": [
        "AutoContrast",
        "ContrastLimitedAdaptiveHistogramEqualization",
        "Equalization",
    ],
    "it only pads lists of boxes": ["MaxNumBoundingBoxes"],
    "it only looks entries up in a vocabulary, which is a table and no weight": [
        "IntegerLookup",
        "StringLookup",
        "TextVectorization",
    ],
    "it only finds the bin of each value; the boundaries are no weights": ["Discretization"],
    "it only encodes categories": ["CategoryEncoding"],
    "it only hashes": ["HashedCrossing", "Hashing"],
    "it only computes spectrograms, with fixed filters": ["MelSpectrogram"],
}

OPERATION = "it is an operation, no layer"
"""Why an operation of a functional graph has none."""

PHRASES = {f"keras.layers.{name}": phrase for phrase, names in _FAMILIES.items() for name in names} | {
    **{
        f"keras.src.layers.core.tf_op_layer.{name}": "it only applies an operation"  # as Keras 2 makes it a layer
        for name in ("ClassMethod", "InstanceMethod", "InstanceProperty", "SlicingOpLambda", "TFOpLambda")
    },
    "keras.src.applications.convnext.StochasticDepth": "it only drops whole branches at random",
    "keras.src.applications.inception_resnet_v2.CustomScaleLayer": "it only scales by a fixed number and adds",
}
"""The public full name of a class that never has weights → why."""

WITHOUT = {
    "keras.layers.Attention": "without use_scale it only compares its inputs and mixes them",
    "keras.layers.AdditiveAttention": "without use_scale it only compares its inputs and mixes them",
    "keras.layers.GroupNormalization": "scale and center are off",
    "keras.layers.LayerNormalization": "scale and center are off",
    "keras.layers.Normalization": "mean and variance are given, so nothing is adapted",
}
"""The public full name of a class that may have weights → why one of it has none."""
