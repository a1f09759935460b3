"""Names that Keras 2 no longer has."""

from __future__ import annotations

from flake8_paramdoc.changes.releases import KERAS_1_MODULES, NOTES_2, Release, in_file
from flake8_paramdoc.changes.shapes import Change, NamesRemoved

_MERGED = {
    "sum": "Add()",
    "mul": "Multiply()",
    "concat": "Concatenate()",
    "ave": "Average()",
    "max": "Maximum()",
    "dot": "Dot(axes=...)",
    "cos": "Dot(axes=..., normalize=True)",
}
_DOT = "merge(inputs, mode: 'dot', dot_axes=-1, name=...)"
_COSINE = "merge(inputs, mode: 'cos', dot_axes=-1, name=...)"
_AXES = "the axes of Dot are numbers or pairs of them, and its result keeps an axis of length 1"
_OTHER_MODE = "write Add, Multiply, Concatenate, Average, Maximum or Dot, or a Lambda layer for a mode of your own"

CHANGES: tuple[Change, ...] = (
    NamesRemoved(
        NOTES_2,
        "keras.layers",
        {
            "Merge": _OTHER_MODE,
            "merge": "write add, multiply, concatenate, average, maximum or dot",
            "Highway": "write a layer of your own, of two Dense layers",
            "MaxoutDense": "write Dense(k * units), Reshape((k, units)) and a maximum over k",
            "ParametricSoftplus": "write a layer of your own",
            "SReLU": "write a layer of your own",
            "ConvRecurrent2D": "use keras.layers.ConvLSTM2D, or keras.layers.RNN with a cell of your own",
            "time_distributed_dense": "use keras.layers.TimeDistributed(keras.layers.Dense(units))",
        },
        called={
            "Merge(mode=)": {old: f"write {new}" for old, new in _MERGED.items()},
            "merge(mode=)": {
                old: f"write {new[0].lower()}{new[1:].replace('()', '([...])').replace('(axes', '([...], axes')}"
                for old, new in _MERGED.items()
            },
        },
        calls={
            "merge(inputs, mode: 'concat', concat_axis=..., name=...)": (
                "keras.layers.Concatenate(axis=concat_axis, name=name)(inputs)"
            ),
            **{
                f"merge(inputs, mode: '{old}'{default}, concat_axis=..., name=...)": (
                    f"keras.layers.{new}(name=name)(inputs)"
                )
                for old, new, default in (
                    ("sum", "Add", " = 'sum'"),
                    ("mul", "Multiply", ""),
                    ("ave", "Average", ""),
                    ("max", "Maximum", ""),
                )
            },
            _DOT: "keras.layers.Dot(axes=dot_axes, name=name)(inputs)",
            _COSINE: "keras.layers.Dot(axes=dot_axes, normalize=True, name=name)(inputs)",
        },
        unsafe={_DOT: _AXES, _COSINE: _AXES},
    ),
    NamesRemoved(KERAS_1_MODULES, "keras.layers", {"containers": "use keras.Sequential", "extra": "use keras.layers"}),
    NamesRemoved(
        KERAS_1_MODULES,
        "keras.layers.core",
        {
            "AutoEncoder": "write a keras.Model of an encoder and a decoder",
            "LambdaMerge": "use keras.layers.Lambda on a list of inputs",
            "MaskedLayer": "use keras.layers.Layer with supports_masking = True",
            "Siamese": "call the same layer on both inputs",
            "SiameseHead": "call the same layer on both inputs",
            "TimeDistributedMerge": "use keras.layers.Lambda, or a pooling layer",
        },
    ),
    NamesRemoved(
        in_file("2.0.0", "keras/initializers.py"),
        "keras.initializations",
        {"get_fans": "use keras.initializers.VarianceScaling"},
    ),
    NamesRemoved(
        NOTES_2, "keras.regularizers", {"EigenvalueRegularizer": "write a keras.regularizers.Regularizer of your own"}
    ),
    NamesRemoved(
        NOTES_2,
        "keras.metrics",
        {"fscore": "use keras.metrics.F1Score", "matthews_correlation": "write a metric of your own"},
    ),
    NamesRemoved(
        in_file("2.0.0", "keras/utils/np_utils.py"),
        "keras.utils.np_utils",
        {
            "accuracy": "use numpy.mean(a == b)",
            "binary_logloss": "use keras.losses.binary_crossentropy",
            "multiclass_logloss": "use keras.losses.categorical_crossentropy",
            "probas_to_classes": "use numpy.argmax(p, axis=-1)",
            "categorical_probas_to_classes": "use numpy.argmax(p, axis=-1)",
        },
    ),
    NamesRemoved(
        in_file("2.0.3", "keras/utils/generic_utils.py"), "keras.utils.generic_utils", {"make_tuple": "write the tuple"}
    ),
    NamesRemoved(
        Release(2, "2.0.0", "keras 2.0.0, keras/utils/io_utils.py; HDF5Matrix went with keras 2.4"),
        "keras.utils.io_utils",
        {
            "HDF5Matrix": "use h5py.File, or keras.utils.PyDataset",
            "load_array": "use numpy.load",
            "save_array": "use numpy.save",
        },
    ),
    NamesRemoved(
        in_file("2.2.3", "keras/preprocessing/image.py"),
        "keras.preprocessing.image",
        {
            "flip_axis": "use numpy.flip",
            "list_pictures": "use pathlib.Path.rglob",
            "transform_matrix_offset_center": "use keras.layers.RandomRotation and the like",
        },
    ),
    NamesRemoved(
        in_file("1.1", "keras/preprocessing/text.py"),
        "keras.preprocessing.text",
        {"base_filter": "write the characters out"},
    ),
    NamesRemoved(
        NOTES_2,
        "keras.applications",
        {
            "audio_conv_utils": "write it out",
            "music_tagger_crnn": "build the network yourself",
            "MusicTaggerCRNN": "build the network yourself",
        },
    ),
    NamesRemoved(
        in_file("2.2.3", "keras/applications"),
        "keras.applications.resnet50",
        {"identity_block": "build the block yourself", "conv_block": "build the block yourself"},
    ),
    NamesRemoved(
        in_file("2.2.3", "keras/applications"),
        "keras.applications.inception_v3",
        {"conv2d_bn": "build the block yourself"},
    ),
    NamesRemoved(
        in_file("2.0.0", "keras/backend/common.py"),
        "keras.backend",
        {"legacy_weight_ordering": "drop it", "set_legacy_weight_ordering": "drop it"},
    ),
)
