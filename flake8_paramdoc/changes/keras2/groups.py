"""Groups of layers and functions that changed alike."""

from __future__ import annotations

from flake8_paramdoc.changes.keras_names import each, layers

DENSE = layers("Dense")
GATED = layers("LSTM GRU")
RECURRENT = (*GATED, *layers("SimpleRNN"))
CONVOLUTIONS_1D = layers("Conv1D AtrousConvolution1D LocallyConnected1D")
CONVOLUTIONS_2D = layers("Conv2D SeparableConv2D Conv2DTranspose AtrousConvolution2D LocallyConnected2D ConvLSTM2D")
CONVOLUTIONS = (*CONVOLUTIONS_1D, *CONVOLUTIONS_2D, *layers("Conv3D"))
POOLINGS_1D = layers("MaxPooling1D AveragePooling1D")
POOLINGS = (*POOLINGS_1D, *layers("MaxPooling2D AveragePooling2D MaxPooling3D AveragePooling3D"))
OF_IMAGES = (
    *CONVOLUTIONS_2D,
    *layers(
        "Conv3D MaxPooling2D AveragePooling2D MaxPooling3D AveragePooling3D GlobalMaxPooling2D GlobalAveragePooling2D"
        " GlobalMaxPooling3D GlobalAveragePooling3D UpSampling2D UpSampling3D ZeroPadding2D ZeroPadding3D Cropping2D"
        " Cropping3D SpatialDropout2D SpatialDropout3D"
    ),
)
"""The layers that take images, whose channels stand first or last."""


def functions(names: str) -> tuple[str, ...]:
    """Return the full names of functions of the backend."""
    return each("keras.backend", names)
