"""Why a layer has no weights, one phrase for each family.

Source: the layers' reference, https://keras.io/api/layers/.
"""

from __future__ import annotations

from sphinx_paramdoc.said import said

_FAMILIES = {
    said("it only declares the input's shape"): ["InputLayer"],
    said("it only masks activations, and scales and shifts the others by fixed numbers"): ["AlphaDropout"],
    said("it only masks activations"): [
        "Dropout",
        "SpatialDropout1D",
        "SpatialDropout2D",
        "SpatialDropout3D",
    ],
    said("it only adds or multiplies by noise"): ["GaussianDropout", "GaussianNoise"],
    said("it only arranges values in another shape"): ["Flatten", "Reshape"],
    said("it only reorders axes"): ["Permute"],
    said("it only repeats its input"): ["RepeatVector"],
    said("it only enlarges its input"): ["UpSampling1D", "UpSampling2D", "UpSampling3D"],
    said("it only pads with zeros"): ["ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D"],
    said("it only cuts out the centre of images"): ["CenterCrop"],
    said("it only cuts off edges"): ["Cropping1D", "Cropping2D", "Cropping3D"],
    said("it only applies a fixed function"): ["Activation", "ELU", "LeakyReLU", "ReLU", "Softmax", "ThresholdedReLU"],
    said("it only calls a function"): ["Lambda"],
    said("it only takes averages"): [
        *(f"{kind}AveragePooling{n}D" for kind in ("", "Adaptive", "Global") for n in (1, 2, 3))
    ],
    said("it only takes maxima"): [
        *(f"{kind}MaxPooling{n}D" for kind in ("", "Adaptive", "Global") for n in (1, 2, 3))
    ],
    said("it only adds its inputs"): ["Add"],
    said("it only averages its inputs"): ["Average"],
    said("it only joins its inputs"): ["Concatenate"],
    said("it only multiplies its inputs"): ["Dot", "Multiply"],
    said("it only takes the larger of its inputs"): ["Maximum"],
    said("it only takes the smaller of its inputs"): ["Minimum"],
    said("it only subtracts one input from the other"): ["Subtract"],
    said("it only passes its input on"): ["Identity"],
    said("it only adds a penalty to the loss"): ["ActivityRegularization"],
    said("it only marks the steps to skip"): ["Masking"],
    said("it only scales by fixed numbers"): ["Rescaling"],
    said("it only scales to unit length"): ["UnitNormalization"],
    said("it only resizes images"): ["Resizing"],
    said("it only changes images at random"): [
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
    said("it only adjusts the contrast of images"): [
        "AutoContrast",
        "ContrastLimitedAdaptiveHistogramEqualization",
        "Equalization",
    ],
    said("it only pads lists of boxes"): ["MaxNumBoundingBoxes"],
    said("it only looks entries up in a vocabulary, which is a table and no weight"): [
        "IntegerLookup",
        "StringLookup",
        "TextVectorization",
    ],
    said("it only finds the bin of each value; the boundaries are no weights"): ["Discretization"],
    said("it only encodes categories"): ["CategoryEncoding"],
    said("it only hashes"): ["HashedCrossing", "Hashing"],
    said("it only computes spectrograms, with fixed filters"): ["MelSpectrogram"],
}

OPERATION = said("it is an operation, no layer")
"""Why an operation of a functional graph has none."""

PHRASES = {f"keras.layers.{name}": phrase for phrase, names in _FAMILIES.items() for name in names} | {
    **{
        f"keras.src.layers.core.tf_op_layer.{name}": said("it only applies an operation")  # as Keras 2 makes it a layer
        for name in ("ClassMethod", "InstanceMethod", "InstanceProperty", "SlicingOpLambda", "TFOpLambda")
    },
    "keras.src.applications.convnext.StochasticDepth": said("it only drops whole branches at random"),
    "keras.src.applications.inception_resnet_v2.CustomScaleLayer": said("it only scales by a fixed number and adds"),
}
"""The public full name of a class that never has weights → why."""

WITHOUT = {
    "keras.layers.Attention": said("without use_scale it only compares its inputs and mixes them"),
    "keras.layers.AdditiveAttention": said("without use_scale it only compares its inputs and mixes them"),
    "keras.layers.GroupNormalization": said("scale and center are off"),
    "keras.layers.LayerNormalization": said("scale and center are off"),
    "keras.layers.Normalization": said("mean and variance are given, so nothing is adapted"),
}
"""The public full name of a class that may have weights → why one of it has none."""
