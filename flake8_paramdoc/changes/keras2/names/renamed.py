"""Names that Keras 2 gave to what had others, and modules that it moved."""

from __future__ import annotations

from flake8_paramdoc.changes.releases import CONSTRAINTS_2, KERAS_1_MODULES, NAMES_2, NOTES_2, Release, in_file
from flake8_paramdoc.changes.shapes import Change, Fate, ModulesMoved, NamesRenamed

_ALIASES = "Convolution1D Convolution2D Convolution3D SeparableConvolution1D SeparableConvolution2D"

CHANGES: tuple[Change, ...] = (
    NamesRenamed(
        NOTES_2,
        "keras.layers",
        {
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
        # Their rate of dilation has the name of today by its own row.
        written={f"Atrous{name}{n}D": f"keras.layers.Conv{n}D" for name in ("Convolution", "Conv") for n in (1, 2)},
    ),
    ModulesMoved(NOTES_2, "keras", {"initializations": "keras.initializers", "objectives": "keras.losses"}),
    NamesRenamed(
        NOTES_2,
        "keras.initializations",
        {
            "normal": "keras.initializers.RandomNormal()",
            "uniform": "keras.initializers.RandomUniform()",
            "one": "keras.initializers.Ones()",
            "zero": "keras.initializers.Zeros()",
        },
    ),
    NamesRenamed(
        NOTES_2,
        "keras.objectives",
        {
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
    ),
    NamesRenamed(
        NOTES_2,
        "keras.regularizers",
        {
            "WeightRegularizer": "keras.regularizers.L1L2",
            "ActivityRegularizer": "keras.regularizers.L1L2",
            "L1L2Regularizer": "keras.regularizers.L1L2",
            # The defaults of Keras 3 are no penalty at all.
            "l1l2(l1=0.01, l2=0.01)": "keras.regularizers.L1L2(l1=l1, l2=l2)",
            "activity_l1(l=0.01)": "keras.regularizers.L1(l)",
            "activity_l2(l=0.01)": "keras.regularizers.L2(l)",
            "activity_l1l2(l1=0.01, l2=0.01)": "keras.regularizers.L1L2(l1=l1, l2=l2)",
        },
    ),
    NamesRenamed(
        CONSTRAINTS_2,
        "keras.constraints",
        {
            "maxnorm": "keras.constraints.MaxNorm",
            "nonneg": "keras.constraints.NonNeg",
            "unitnorm": "keras.constraints.UnitNorm",
        },
    ),
    NamesRenamed(
        NOTES_2,
        "keras.metrics",
        {
            "f1score": "keras.metrics.F1Score, which is a class",
            "fmeasure": "keras.metrics.F1Score, which is a class",
            "fbeta_score": "keras.metrics.FBetaScore, which is a class",
            "precision": "keras.metrics.Precision, which is a class",
            "recall": "keras.metrics.Recall, which is a class",
        },
    ),
    NamesRenamed(KERAS_1_MODULES, "keras.models", {"Graph": "keras.Model, with the functional interface"}),
    NamesRenamed(
        in_file("2.0.0", "keras/optimizers.py"),
        "keras.optimizers",
        {"optimizer_from_config": "keras.optimizers.deserialize"},
    ),
    NamesRenamed(NOTES_2, "keras.utils", {"visualize_util": "keras.utils.plot_model"}),
    NamesRenamed(
        NOTES_2,
        "keras.utils.visualize_util",
        {"plot": "keras.utils.plot_model", "model_to_dot": "keras.utils.model_to_dot"},
    ),
    NamesRenamed(
        in_file("2.0.0", "keras/utils/conv_utils.py"),
        "keras.utils.np_utils",
        {
            "conv_input_length": "keras.utils.conv_utils.conv_input_length in Keras 2; Keras 3 has none",
            "conv_output_length": "keras.utils.conv_utils.conv_output_length in Keras 2; Keras 3 has none",
            "convert_kernel": "keras.utils.conv_utils.convert_kernel in Keras 2; Keras 3 has none",
        },
    ),
    NamesRenamed(
        Release(2, "2.0.0", "keras 2.0.4, keras/utils/layer_utils.py"),
        "keras.utils.layer_utils",
        {"count_total_params": "model.count_params()", "layer_from_config": "keras.layers.deserialize"},
    ),
    NamesRenamed(
        in_file("2.0.0", "keras/utils/generic_utils.py"),
        "keras.utils.generic_utils",
        {"get_from_module": "keras.utils.deserialize_keras_object"},
    ),
    NamesRenamed(
        in_file("2.2.3", "keras/preprocessing/image.py"),
        "keras.preprocessing.image",
        {"apply_transform": "scipy.ndimage.affine_transform"},
    ),
    NamesRenamed(
        NOTES_2,
        "keras.backend",
        {
            "image_dim_ordering()": "keras.backend.image_data_format()",
            "set_image_dim_ordering(dim_ordering: 'th')": 'keras.backend.set_image_data_format("channels_first")',
            "set_image_dim_ordering(dim_ordering: 'tf')": 'keras.backend.set_image_data_format("channels_last")',
            "lesser": "keras.ops.less, or keras.backend.less in Keras 2",
            "lesser_equal": "keras.ops.less_equal, or keras.backend.less_equal in Keras 2",
            "asymmetric_spatial_2d_padding": "keras.ops.pad, with a pair for each axis",
            "asymmetric_temporal_padding": "keras.ops.pad, with a pair for each axis",
            "atrous_conv2d": "keras.ops.conv, with dilation_rate=",
            "deconv2d": "keras.ops.conv_transpose, which finds the shape of the output itself",
            "get_variable_shape(x)": "tuple(x.shape)",
            "Function": "keras.backend.function in Keras 2, keras.Model in Keras 3",
        },
    ),
    NamesRenamed(
        NAMES_2,
        "keras.layers",
        {name: f"keras.layers.{name.replace('Convolution', 'Conv')}" for name in _ALIASES.split()},
        outcome=Fate.WORKS,
    ),
)
