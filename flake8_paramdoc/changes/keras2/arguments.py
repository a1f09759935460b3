"""Arguments that Keras 2 calls otherwise or no longer takes, of layers, models, the backend and the rest."""

from __future__ import annotations

from flake8_paramdoc.changes.keras2.groups import (
    CONVOLUTIONS,
    CONVOLUTIONS_1D,
    CONVOLUTIONS_2D,
    DENSE,
    GATED,
    OF_IMAGES,
    POOLINGS,
    POOLINGS_1D,
    RECURRENT,
    functions,
)
from flake8_paramdoc.changes.keras_names import MODEL, SEQUENTIAL, each, layers
from flake8_paramdoc.changes.releases import BACKEND_2, KERAS_1_SIGNATURES, NOTES_2, SHIMS_2, in_file
from flake8_paramdoc.changes.shapes import ANY, ArgumentsRemoved, ArgumentsRenamed, Change, Fate

_CLASSIFIERS = each("keras.wrappers.scikit_learn", "KerasClassifier KerasRegressor")
_FIT = (f"{MODEL}.fit",)
_FIT_GENERATOR = (f"{MODEL}.fit_generator",)
_OTHER_GENERATORS = (f"{MODEL}.evaluate_generator", f"{MODEL}.predict_generator")


_BACKEND_OF_IMAGES = functions(
    "resize_images resize_volumes conv2d conv3d pool2d pool3d separable_conv2d spatial_2d_padding spatial_3d_padding"
)

CHANGES: tuple[Change, ...] = (
    ArgumentsRenamed(NOTES_2, (*DENSE, *RECURRENT), {"output_dim": "units"}),
    ArgumentsRenamed(NOTES_2, CONVOLUTIONS, {"nb_filter": "filters"}),
    ArgumentsRenamed(NOTES_2, CONVOLUTIONS_1D, {"filter_length": "kernel_size"}),
    ArgumentsRenamed(NOTES_2, CONVOLUTIONS_2D, {"nb_row=rows, nb_col=columns": "kernel_size=(rows, columns)"}),
    ArgumentsRenamed(
        NOTES_2,
        layers("Conv3D"),
        {"kernel_dim1=dim1, kernel_dim2=dim2, kernel_dim3=dim3": "kernel_size=(dim1, dim2, dim3)"},
    ),
    ArgumentsRenamed(NOTES_2, CONVOLUTIONS_1D, {"subsample_length": "strides"}),
    ArgumentsRenamed(NOTES_2, (*CONVOLUTIONS_2D, *layers("Conv3D")), {"subsample": "strides"}),
    ArgumentsRenamed(NOTES_2, layers("AtrousConvolution1D AtrousConvolution2D"), {"atrous_rate": "dilation_rate"}),
    ArgumentsRenamed(NOTES_2, (*CONVOLUTIONS, *POOLINGS), {"border_mode": "padding"}),
    ArgumentsRenamed(NOTES_2, OF_IMAGES, {"dim_ordering": "data_format"}),
    ArgumentsRenamed(SHIMS_2, POOLINGS_1D, {"pool_length": "pool_size", "stride": "strides"}),
    ArgumentsRenamed(SHIMS_2, layers("UpSampling1D"), {"length": "size"}),
    # What weights begin with, and what holds them in bounds.
    ArgumentsRenamed(
        SHIMS_2,
        (*DENSE, *CONVOLUTIONS),
        {"bias": "use_bias", "b_regularizer": "bias_regularizer", "b_constraint": "bias_constraint"},
    ),
    ArgumentsRenamed(
        SHIMS_2,
        tuple(callee for callee in (*DENSE, *CONVOLUTIONS) if callee != "keras.layers.SeparableConv2D"),
        {"init": "kernel_initializer", "W_regularizer": "kernel_regularizer", "W_constraint": "kernel_constraint"},
    ),
    ArgumentsRenamed(
        SHIMS_2, layers("SeparableConv2D"), {"init": "depthwise_initializer=init, pointwise_initializer=init"}
    ),
    ArgumentsRenamed(
        SHIMS_2,
        (*RECURRENT, *layers("ConvLSTM2D")),
        {
            "init": "kernel_initializer",
            "inner_init": "recurrent_initializer",
            "W_regularizer": "kernel_regularizer",
            "U_regularizer": "recurrent_regularizer",
            "b_regularizer": "bias_regularizer",
            "dropout_W": "dropout",
            "dropout_U": "recurrent_dropout",
        },
    ),
    ArgumentsRenamed(SHIMS_2, layers("LSTM ConvLSTM2D"), {"forget_bias_init": "unit_forget_bias"}),
    ArgumentsRenamed(SHIMS_2, layers("LSTM GRU ConvLSTM2D"), {"inner_activation": "recurrent_activation"}),
    ArgumentsRenamed(SHIMS_2, GATED, {"consume_less": "implementation"}),
    # Keras 2 called it so here too; Keras 3 has one implementation, and refuses the argument.
    ArgumentsRemoved(SHIMS_2, layers("SimpleRNN"), {"consume_less": "drop it"}, safe=ANY),
    ArgumentsRenamed(
        SHIMS_2,
        layers("Embedding"),
        {
            "init": "embeddings_initializer",
            "W_regularizer": "embeddings_regularizer",
            "W_constraint": "embeddings_constraint",
        },
    ),
    ArgumentsRenamed(SHIMS_2, layers("PReLU"), {"init": "alpha_initializer"}),
    ArgumentsRenamed(
        SHIMS_2, layers("BatchNormalization"), {"gamma_init": "gamma_initializer", "beta_init": "beta_initializer"}
    ),
    ArgumentsRenamed(
        SHIMS_2, layers("Dropout GaussianDropout SpatialDropout1D SpatialDropout2D SpatialDropout3D"), {"p": "rate"}
    ),
    ArgumentsRenamed(SHIMS_2, layers("GaussianNoise"), {"sigma": "stddev"}),
    # Mode 1 normalised each sample over its last axis. Mode 2 used the batch's statistics in inference too.
    ArgumentsRemoved(
        NOTES_2,
        layers("BatchNormalization"),
        {"mode": "drop mode=0; mode=1: use LayerNormalization; mode=2: call the layer with training=True"},
        instead_of={
            0: "drop it, only mode 0 is left",
            1: "use LayerNormalization, which comes closest to mode 1",
            2: "drop it and call the layer with training=True, which does what mode 2 did",
        },
        safe=(0,),
        unsafe={"mode": "it normalises as mode 0 does, with as many weights"},
    ),
    ArgumentsRemoved(
        NOTES_2,
        layers("Embedding"),
        {"dropout": "drop it and put a SpatialDropout1D layer behind the embedding"},
        safe=(0, 0.0),
        unsafe={"dropout": "no words are dropped out in training"},
    ),
    ArgumentsRemoved(
        NOTES_2,
        layers("Conv2DTranspose"),
        {"output_shape": "drop it, the shape follows from strides and padding"},
        unsafe={"output_shape": "the shape of the output is what strides and padding make it"},
    ),
    ArgumentsRenamed(NOTES_2, (MODEL,), {"input": "inputs", "output": "outputs"}, but=(SEQUENTIAL,)),
    ArgumentsRenamed(NOTES_2, (*_FIT, *_FIT_GENERATOR, *_CLASSIFIERS), {"nb_epoch": "epochs"}, distinctive=True),
    # From numbers of samples to numbers of batches.
    ArgumentsRenamed(
        NOTES_2,
        _FIT_GENERATOR,
        {
            "samples_per_epoch=samples": "steps_per_epoch=samples // batch_size",
            "nb_val_samples=samples": "validation_steps=samples // batch_size",
        },
        distinctive=True,
    ),
    ArgumentsRenamed(
        NOTES_2, _OTHER_GENERATORS, {"val_samples=samples": "steps=samples // batch_size"}, distinctive=True
    ),
    ArgumentsRenamed(
        NOTES_2,
        (*_FIT_GENERATOR, *_OTHER_GENERATORS),
        {"max_q_size": "max_queue_size", "nb_worker": "workers", "pickle_safe": "use_multiprocessing"},
        distinctive=True,
    ),
    ArgumentsRemoved(
        KERAS_1_SIGNATURES,
        (f"{MODEL}.compile",),
        {"class_mode": "drop it, the loss says the same"},
        distinctive=True,
        safe=ANY,
    ),
    ArgumentsRemoved(
        KERAS_1_SIGNATURES,
        _FIT,
        {"show_accuracy": 'drop it and write compile(..., metrics=["accuracy"])'},
        safe=(False,),
        distinctive=True,
    ),
    ArgumentsRemoved(
        in_file("2.0.0", "keras/optimizers.py"),
        ("keras.optimizers.get",),
        {"kwargs": "pass a dictionary with class_name and config"},
    ),
    ArgumentsRenamed(
        in_file("2.0.0", "keras/utils/np_utils.py"), ("keras.utils.to_categorical",), {"nb_classes": "num_classes"}
    ),
    ArgumentsRenamed(
        in_file("2.0.0", "keras/utils/np_utils.py"),
        ("keras.utils.normalize", "keras.utils.np_utils.normalize"),
        {"a": "x"},
    ),
    # A release of Keras 3 swallows what it does not know in imdb.load_data and refuses it in reuters.load_data.
    ArgumentsRenamed(
        in_file("2.0.0", "keras/datasets"),
        ("keras.datasets.imdb.load_data",),
        {"nb_words": "num_words"},
        outcome=Fate.SILENT,
    ),
    ArgumentsRenamed(
        in_file("2.0.0", "keras/datasets"), ("keras.datasets.reuters.load_data",), {"nb_words": "num_words"}
    ),
    # The copy in TensorFlow still takes it, with a warning.
    ArgumentsRenamed(
        in_file("2.0.0", "keras/preprocessing/text.py"),
        ("keras.preprocessing.text.Tokenizer",),
        {"nb_words": "num_words"},
        kept_in_tensorflow=True,
    ),
    ArgumentsRenamed(
        NOTES_2,
        (
            *each("keras.preprocessing.image", "ImageDataGenerator DirectoryIterator NumpyArrayIterator"),
            *each("keras.utils", "img_to_array array_to_img"),
            "keras.applications.imagenet_utils.preprocess_input",
        ),
        {"dim_ordering": "data_format"},
    ),
    ArgumentsRenamed(
        in_file("2.0.0", "keras/preprocessing/image.py"),
        ("keras.preprocessing.image.ImageDataGenerator.flow",),
        {"X": "x"},
    ),
    ArgumentsRenamed(SHIMS_2, ("keras.constraints.MaxNorm",), {"m": "max_value"}),
    ArgumentsRenamed(
        in_file("2.0.0", "keras/constraints.py"),
        ("keras.constraints.MinMaxNorm",),
        {"low": "min_value", "high": "max_value"},
    ),
    ArgumentsRenamed(
        in_file("2.0.0", "keras/utils/layer_utils.py"), ("keras.utils.print_summary",), {"layers": "model"}
    ),
    ArgumentsRenamed(BACKEND_2, _BACKEND_OF_IMAGES, {"dim_ordering": "data_format"}),
    ArgumentsRenamed(
        BACKEND_2, functions("conv1d conv2d conv3d pool2d pool3d separable_conv2d"), {"border_mode": "padding"}
    ),
    ArgumentsRenamed(BACKEND_2, functions("conv2d"), {"filter_dilation": "dilation_rate"}),
    ArgumentsRenamed(BACKEND_2, functions("conv1d"), {"stride": "strides"}),
    ArgumentsRenamed(BACKEND_2, functions("resize_images"), {"X": "x"}),
    ArgumentsRenamed(BACKEND_2, functions("one_hot"), {"nb_classes": "num_classes"}),
    ArgumentsRenamed(BACKEND_2, functions("expand_dims"), {"dim": "axis"}),
    ArgumentsRenamed(BACKEND_2, functions("random_normal"), {"std": "stddev"}),
    ArgumentsRenamed(BACKEND_2, functions("random_uniform"), {"low": "minval", "high": "maxval"}),
    ArgumentsRenamed(BACKEND_2, functions("moving_average_update"), {"variable": "x"}),
    ArgumentsRenamed(BACKEND_2, functions("batch_get_value"), {"xs": "tensors"}),
    ArgumentsRemoved(
        BACKEND_2,
        functions("conv1d conv2d conv3d"),
        dict.fromkeys(("filter_shape", "image_shape", "volume_shape"), "drop it"),
        safe=ANY,
    ),
)
