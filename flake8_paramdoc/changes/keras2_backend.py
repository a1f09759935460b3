"""What changed in ``keras.backend`` from Keras 1 to Keras 2.

Sources: as in ``keras2_layers``. In Keras 3 most of these functions are gone (see ``keras3_backend``); under
``tensorflow.keras`` they are still there, with the arguments of Keras 2.
"""

from __future__ import annotations

from flake8_paramdoc.changes import argument_forms as forms
from flake8_paramdoc.changes.keras2_layers import NOTES
from flake8_paramdoc.changes.keras_names import each
from flake8_paramdoc.changes.shapes import (
    ArgumentsRemoved,
    ArgumentsRenamed,
    Change,
    NamesRemoved,
    NamesRenamed,
    PositionChanged,
    ValuesRenamed,
    ValueUnfit,
)

_SIGNATURES = "keras 1.2.2 and 2.0.0, keras/backend: the signatures"
_CHANNELS: dict[object, str] = {"th": '"channels_first"', "tf": '"channels_last"'}


def _functions(names: str) -> tuple[str, ...]:
    return each("keras.backend", names)


_IMAGES = _functions(
    "resize_images resize_volumes conv2d conv3d pool2d pool3d separable_conv2d spatial_2d_padding spatial_3d_padding"
)

CHANGES: tuple[Change, ...] = (
    NamesRenamed(
        module="keras.backend",
        names={
            "image_dim_ordering": 'keras.backend.image_data_format(), which gives "channels_first" for "th"'
            ' and "channels_last" for "tf"',
            "set_image_dim_ordering": 'keras.backend.set_image_data_format("channels_first") for "th",'
            ' "channels_last" for "tf"',
            "lesser": "keras.ops.less, or keras.backend.less in Keras 2",
            "lesser_equal": "keras.ops.less_equal, or keras.backend.less_equal in Keras 2",
            "asymmetric_spatial_2d_padding": "keras.ops.pad",
            "asymmetric_temporal_padding": "keras.ops.pad",
            "atrous_conv2d": "keras.ops.conv, with dilation_rate=",
            "deconv2d": "keras.ops.conv_transpose",
            "get_variable_shape": "variable.shape",
            "Function": "keras.backend.function in Keras 2, keras.Model in Keras 3",
        },
        since="2.0.0",
        source=NOTES,
    ),
    NamesRemoved(
        module="keras.backend",
        names={
            "legacy_weight_ordering": "drop it",
            "set_legacy_weight_ordering": "drop it",
        },
        since="2.0.0",
        source="keras 2.0.0, keras/backend/common.py",
    ),
    ValuesRenamed(
        callees=_functions("set_image_dim_ordering"),
        arguments=("dim_ordering",),
        position=0,
        values=_CHANNELS,
        since="2.0.0",
        source=NOTES,
    ),
    ValuesRenamed(
        callees=_functions("image_dim_ordering()"),
        position=0,
        form="{callee}() == {value}",
        values=_CHANNELS,
        since="2.0.0",
        source=NOTES,
    ),
    ValuesRenamed(
        callees=_functions("resize_images"),
        arguments=("dim_ordering",),
        position=3,
        values=_CHANNELS,
        since="2.0.0",
        source=NOTES,
    ),
    ArgumentsRenamed(callees=_IMAGES, arguments={"dim_ordering": "data_format"}, since="2.0.0", source=_SIGNATURES),
    ArgumentsRenamed(
        callees=_functions("conv1d conv2d conv3d pool2d pool3d separable_conv2d"),
        arguments={"border_mode": "padding"},
        since="2.0.0",
        source=_SIGNATURES,
    ),
    ArgumentsRenamed(
        callees=_functions("conv2d"), arguments={"filter_dilation": "dilation_rate"}, since="2.0.0", source=_SIGNATURES
    ),
    ArgumentsRenamed(callees=_functions("conv1d"), arguments={"stride": "strides"}, since="2.0.0", source=_SIGNATURES),
    ArgumentsRenamed(callees=_functions("resize_images"), arguments={"X": "x"}, since="2.0.0", source=_SIGNATURES),
    ArgumentsRenamed(
        callees=_functions("one_hot"), arguments={"nb_classes": "num_classes"}, since="2.0.0", source=_SIGNATURES
    ),
    ArgumentsRenamed(callees=_functions("expand_dims"), arguments={"dim": "axis"}, since="2.0.0", source=_SIGNATURES),
    ArgumentsRenamed(
        callees=_functions("random_normal"), arguments={"std": "stddev"}, since="2.0.0", source=_SIGNATURES
    ),
    ArgumentsRenamed(
        callees=_functions("random_uniform"),
        arguments={"low": "minval", "high": "maxval"},
        since="2.0.0",
        source=_SIGNATURES,
    ),
    ArgumentsRenamed(
        callees=_functions("moving_average_update"), arguments={"variable": "x"}, since="2.0.0", source=_SIGNATURES
    ),
    ArgumentsRenamed(
        callees=_functions("batch_get_value"), arguments={"xs": "tensors"}, since="2.0.0", source=_SIGNATURES
    ),
    ArgumentsRemoved(
        callees=_functions("conv1d conv2d conv3d"),
        arguments=dict.fromkeys(("filter_shape", "image_shape", "volume_shape"), "drop it"),
        since="2.0.0",
        source=_SIGNATURES,
    ),
    ValueUnfit(
        callees=_functions("temporal_padding"),
        arguments=("padding",),
        position=1,
        looks=forms.integer,
        sample="1",
        form="padding=1",
        instead="write (1, 1)",
        new_sample="(1, 1)",
        since="2.0.0",
        source=_SIGNATURES,
    ),
    # The names alone tell: a tensor has no type here.
    PositionChanged(
        callees=_functions("binary_crossentropy categorical_crossentropy sparse_categorical_crossentropy"),
        position=0,
        looks=forms.prediction,
        old="output, target",
        new="target, output",
        sample="y_pred, y_true",
        new_sample="y_true, y_pred",
        since="2.0.0",
        source=NOTES,
    ),
)
