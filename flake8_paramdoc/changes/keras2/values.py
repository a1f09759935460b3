"""Values of arguments that are written in another way since Keras 2."""

from __future__ import annotations

from flake8_paramdoc.changes import argument_forms as forms
from flake8_paramdoc.changes.keras2.groups import CONVOLUTIONS, DENSE, GATED, OF_IMAGES, POOLINGS, RECURRENT, functions
from flake8_paramdoc.changes.keras_names import MODEL, each, layers
from flake8_paramdoc.changes.releases import BACKEND_2, CONSTRAINTS_2, NOTES_2, SHIMS_2
from flake8_paramdoc.changes.shapes import Change, ValuesRenamed, ValueUnfit

_CHANNELS: dict[object, str] = {"th": '"channels_first"', "tf": '"channels_last"'}


CHANGES: tuple[Change, ...] = (
    ValuesRenamed(
        NOTES_2,
        OF_IMAGES,
        ("dim_ordering",),
        {"th": 'data_format="channels_first"', "tf": 'data_format="channels_last"'},
        gone={"default": "drop the argument"},
        safe=("default",),
    ),
    ValuesRenamed(
        SHIMS_2,
        (*CONVOLUTIONS, *POOLINGS),
        ("border_mode",),
        {},
        gone={"full": 'use padding="same" or "valid", with a ZeroPadding layer before it'},
    ),
    ValuesRenamed(
        SHIMS_2,
        GATED,
        ("consume_less",),
        {"cpu": "implementation=1", "mem": "implementation=1", "gpu": "implementation=2"},
    ),
    # The shim of Keras 2 looked at "one" alone and took every other value for True.
    ValuesRenamed(
        SHIMS_2,
        layers("LSTM ConvLSTM2D"),
        ("forget_bias_init",),
        {"one": "unit_forget_bias=True", "zero": "unit_forget_bias=False"},
    ),
    ValuesRenamed(
        NOTES_2,
        (*DENSE, *CONVOLUTIONS),
        ("activity_regularizer",),
        {"activity_l1": 'activity_regularizer="l1"', "activity_l2": 'activity_regularizer="l2"'},
    ),
    ValuesRenamed(
        CONSTRAINTS_2,
        (*DENSE, *CONVOLUTIONS, *RECURRENT, *layers("Embedding")),
        (
            "W_constraint",
            "b_constraint",
            "kernel_constraint",
            "bias_constraint",
            "recurrent_constraint",
            "embeddings_constraint",
        ),
        {"maxnorm": '"max_norm"', "nonneg": '"non_neg"', "unitnorm": '"unit_norm"'},
    ),
    ValueUnfit(
        SHIMS_2,
        layers("ZeroPadding2D"),
        ("padding",),
        forms.four,
        "(top, bottom, left, right)",
        "write ((top, bottom), (left, right))",
        position=0,
        sample="(1, 1, 2, 2)",
        new_sample="((1, 1), (2, 2))",
        new="((value[0], value[1]), (value[2], value[3]))",
    ),
    ValueUnfit(
        SHIMS_2,
        layers("ZeroPadding1D ZeroPadding2D"),
        ("padding",),
        forms.dictionary,
        "a dictionary",
        "write a tuple: (left, right), or ((top, bottom), (left, right))",
        position=0,
        sample='{"left_pad": 1, "right_pad": 1}',
        new_sample="1",
    ),
    ValuesRenamed(
        NOTES_2,
        (
            *each("keras.preprocessing.image", "ImageDataGenerator DirectoryIterator NumpyArrayIterator"),
            *each("keras.utils", "img_to_array array_to_img"),
        ),
        ("dim_ordering",),
        {"th": 'data_format="channels_first"', "tf": 'data_format="channels_last"'},
        gone={"default": "drop the argument"},
        safe=("default",),
    ),
    ValuesRenamed(
        NOTES_2,
        (f"{MODEL}.compile",),
        ("metrics",),
        {
            "f1score": "keras.metrics.F1Score()",
            "fmeasure": "keras.metrics.F1Score()",
            "fbeta_score": "keras.metrics.FBetaScore()",
        },
        position=2,
        inside=True,
        distinctive=True,
        gone={"matthews_correlation": "write a metric of your own"},
    ),
    ValuesRenamed(NOTES_2, functions("set_image_dim_ordering"), ("dim_ordering",), _CHANNELS, position=0),
    ValuesRenamed(NOTES_2, functions("image_dim_ordering()"), (), _CHANNELS, position=0, form="{callee}() == {value}"),
    ValuesRenamed(NOTES_2, functions("resize_images"), ("dim_ordering",), _CHANNELS, position=3),
    ValueUnfit(
        BACKEND_2,
        functions("temporal_padding"),
        ("padding",),
        forms.integer,
        "padding=1",
        "write (1, 1)",
        position=1,
        sample="1",
        new_sample="(1, 1)",
        new="(value, value)",
    ),
)
