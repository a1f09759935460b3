"""Names that Keras 2 moved or no longer has, outside ``keras.backend``.

Sources: as in ``keras2_layers``. Some old names went on as aliases until keras 2.3; no copy of Keras has them today.
"""

from __future__ import annotations

from flake8_paramdoc.changes.keras2_layers import NOTES
from flake8_paramdoc.changes.shapes import Change, ModulesMoved, NamesRemoved, NamesRenamed

_MERGED = {
    "sum": "Add()",
    "mul": "Multiply()",
    "concat": "Concatenate()",
    "ave": "Average()",
    "max": "Maximum()",
    "dot": "Dot(axes=...)",
    "cos": "Dot(axes=..., normalize=True)",
}
_OTHER_MODE = "write Add, Multiply, Concatenate, Average, Maximum or Dot, or a Lambda layer for a mode of your own"

_LAYERS = (
    NamesRenamed(
        module="keras.layers",
        names={
            "AtrousConvolution1D": "keras.layers.Conv1D, with dilation_rate=",
            "AtrousConvolution2D": "keras.layers.Conv2D, with dilation_rate=",
            "AtrousConv1D": "keras.layers.Conv1D, with dilation_rate=",
            "AtrousConv2D": "keras.layers.Conv2D, with dilation_rate=",
            "Deconvolution2D": "keras.layers.Conv2DTranspose",
            "Deconvolution3D": "keras.layers.Conv3DTranspose",
            "Deconv2D": "keras.layers.Conv2DTranspose",
            "Deconv3D": "keras.layers.Conv3DTranspose",
            "Recurrent": "keras.layers.RNN",
            "TimeDistributedDense": "keras.layers.TimeDistributed(keras.layers.Dense(units))",
        },
        since="2.0.0",
        source=NOTES,
    ),
    NamesRemoved(
        module="keras.layers",
        names={
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
        since="2.0.0",
        source=NOTES,
    ),
    NamesRemoved(
        module="keras.layers",
        names={"containers": "use keras.Sequential", "extra": "use keras.layers"},
        since="1.0",
        step=2,
        source="keras 1.0: the modules",
    ),
    NamesRemoved(
        module="keras.layers.core",
        names={
            "AutoEncoder": "write a keras.Model of an encoder and a decoder",
            "LambdaMerge": "use keras.layers.Lambda on a list of inputs",
            "MaskedLayer": "use keras.layers.Layer with supports_masking = True",
            "Siamese": "call the same layer on both inputs",
            "SiameseHead": "call the same layer on both inputs",
            "TimeDistributedMerge": "use keras.layers.Lambda, or a pooling layer",
        },
        since="1.0",
        step=2,
        source="keras 1.0: the modules",
    ),
)

_REST = (
    ModulesMoved(
        module="keras",
        names={"initializations": "keras.initializers", "objectives": "keras.losses"},
        since="2.0.0",
        source=NOTES,
    ),
    NamesRenamed(
        module="keras.initializations",
        names={
            "normal": "keras.initializers.RandomNormal()",
            "uniform": "keras.initializers.RandomUniform()",
            "one": "keras.initializers.Ones()",
            "zero": "keras.initializers.Zeros()",
        },
        since="2.0.0",
        source=NOTES,
    ),
    NamesRemoved(
        module="keras.initializations",
        names={"get_fans": "use keras.initializers.VarianceScaling"},
        since="2.0.0",
        source="keras 2.0.0, keras/initializers.py",
    ),
    NamesRenamed(
        module="keras.objectives",
        names={
            "mse": "keras.losses.mean_squared_error",
            "mae": "keras.losses.mean_absolute_error",
            "mape": "keras.losses.mean_absolute_percentage_error",
            "msle": "keras.losses.mean_squared_logarithmic_error",
            "kld": "keras.losses.kl_divergence",
            "MSE": "keras.losses.mean_squared_error",
            "MAE": "keras.losses.mean_absolute_error",
            "MAPE": "keras.losses.mean_absolute_percentage_error",
            "MSLE": "keras.losses.mean_squared_logarithmic_error",
            "KLD": "keras.losses.kl_divergence",
            "kullback_leibler_divergence": "keras.losses.kl_divergence",
            "cosine_proximity": "keras.losses.cosine_similarity",
        },
        since="2.0.0",
        source=NOTES,
    ),
    NamesRenamed(
        module="keras.regularizers",
        names={
            "WeightRegularizer": "keras.regularizers.L1L2",
            "ActivityRegularizer": "keras.regularizers.L1L2",
            "L1L2Regularizer": "keras.regularizers.L1L2",
            "l1l2": "keras.regularizers.l1_l2",
            "activity_l1": "keras.regularizers.l1",
            "activity_l2": "keras.regularizers.l2",
            "activity_l1l2": "keras.regularizers.l1_l2",
        },
        since="2.0.0",
        source=NOTES,
    ),
    NamesRemoved(
        module="keras.regularizers",
        names={"EigenvalueRegularizer": "write a keras.regularizers.Regularizer of your own"},
        since="2.0.0",
        source=NOTES,
    ),
    NamesRenamed(
        module="keras.constraints",
        names={
            "maxnorm": "keras.constraints.MaxNorm",
            "nonneg": "keras.constraints.NonNeg",
            "unitnorm": "keras.constraints.UnitNorm",
        },
        since="2.0.0",
        source="keras 2.3.1, keras/constraints.py, which kept the old names",
    ),
    NamesRenamed(
        module="keras.metrics",
        names={
            "f1score": "keras.metrics.F1Score",
            "fmeasure": "keras.metrics.F1Score",
            "fbeta_score": "keras.metrics.FBetaScore",
            "precision": "keras.metrics.Precision",
            "recall": "keras.metrics.Recall",
        },
        since="2.0.0",
        source=NOTES,
    ),
    NamesRemoved(
        module="keras.metrics",
        names={"fscore": "use keras.metrics.F1Score", "matthews_correlation": "write a metric of your own"},
        since="2.0.0",
        source=NOTES,
    ),
    NamesRenamed(
        module="keras.models",
        names={"Graph": "keras.Model, with the functional interface"},
        since="1.0",
        step=2,
        source="keras 1.0: the modules",
    ),
    NamesRenamed(
        module="keras.optimizers",
        names={"optimizer_from_config": "keras.optimizers.deserialize"},
        since="2.0.0",
        source="keras 2.0.0, keras/optimizers.py",
    ),
    NamesRenamed(
        module="keras.utils",
        names={"visualize_util": "keras.utils.plot_model"},
        since="2.0.0",
        source=NOTES,
    ),
    NamesRenamed(
        module="keras.utils.visualize_util",
        names={"plot": "keras.utils.plot_model", "model_to_dot": "keras.utils.model_to_dot"},
        since="2.0.0",
        source=NOTES,
    ),
    NamesRenamed(
        module="keras.utils.np_utils",
        names={
            "conv_input_length": "keras.utils.conv_utils.conv_input_length in Keras 2; Keras 3 has none",
            "conv_output_length": "keras.utils.conv_utils.conv_output_length in Keras 2; Keras 3 has none",
            "convert_kernel": "keras.utils.conv_utils.convert_kernel in Keras 2; Keras 3 has none",
        },
        since="2.0.0",
        source="keras 2.0.0, keras/utils/conv_utils.py",
    ),
    NamesRemoved(
        module="keras.utils.np_utils",
        names={
            "accuracy": "use numpy.mean(a == b)",
            "binary_logloss": "use keras.losses.binary_crossentropy",
            "multiclass_logloss": "use keras.losses.categorical_crossentropy",
            "probas_to_classes": "use numpy.argmax(p, axis=-1)",
            "categorical_probas_to_classes": "use numpy.argmax(p, axis=-1)",
        },
        since="2.0.0",
        source="keras 2.0.0, keras/utils/np_utils.py",
    ),
    NamesRenamed(
        module="keras.utils.layer_utils",
        names={
            "count_total_params": "model.count_params()",
            "layer_from_config": "keras.layers.deserialize",
        },
        since="2.0.0",
        source="keras 2.0.4, keras/utils/layer_utils.py",
    ),
    NamesRenamed(
        module="keras.utils.generic_utils",
        names={"get_from_module": "keras.utils.deserialize_keras_object"},
        since="2.0.0",
        source="keras 2.0.0, keras/utils/generic_utils.py",
    ),
    NamesRemoved(
        module="keras.utils.generic_utils",
        names={"make_tuple": "write the tuple"},
        since="2.0.3",
        source="keras 2.0.3, keras/utils/generic_utils.py",
    ),
    NamesRemoved(
        module="keras.utils.io_utils",
        names={
            "HDF5Matrix": "use h5py.File, or keras.utils.PyDataset",
            "load_array": "use numpy.load",
            "save_array": "use numpy.save",
        },
        since="2.0.0",
        source="keras 2.0.0, keras/utils/io_utils.py; HDF5Matrix went with keras 2.4",
    ),
    NamesRenamed(
        module="keras.preprocessing.image",
        names={"apply_transform": "scipy.ndimage.affine_transform"},
        since="2.2.3",
        source="keras 2.2.3, keras/preprocessing/image.py",
    ),
    NamesRemoved(
        module="keras.preprocessing.image",
        names={
            "flip_axis": "use numpy.flip",
            "list_pictures": "use pathlib.Path.rglob",
            "transform_matrix_offset_center": "use keras.layers.RandomRotation and the like",
        },
        since="2.2.3",
        source="keras 2.2.3, keras/preprocessing/image.py",
    ),
    NamesRemoved(
        module="keras.preprocessing.text",
        names={"base_filter": "write the characters out"},
        since="1.1",
        step=2,
        source="keras 1.1, keras/preprocessing/text.py",
    ),
    NamesRemoved(
        module="keras.applications",
        names={
            "audio_conv_utils": "write it out",
            "music_tagger_crnn": "build the network yourself",
            "MusicTaggerCRNN": "build the network yourself",
        },
        since="2.0.0",
        source=NOTES,
    ),
    NamesRemoved(
        module="keras.applications.resnet50",
        names={
            "identity_block": "build the block yourself",
            "conv_block": "build the block yourself",
        },
        since="2.2.3",
        source="keras 2.2.3, keras/applications",
    ),
    NamesRemoved(
        module="keras.applications.inception_v3",
        names={"conv2d_bn": "build the block yourself"},
        since="2.2.3",
        source="keras 2.2.3, keras/applications",
    ),
)

CHANGES: tuple[Change, ...] = (*_LAYERS, *_REST)
