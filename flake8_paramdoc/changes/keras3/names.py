"""Names that Keras 3 moved or no longer has: modules, layers, losses, utilities and the rest, but for the backend."""

from __future__ import annotations

from flake8_paramdoc.changes.releases import GUIDE_3, NAMES_2_4, NAMES_3, PRIVATE_3, TENSORFLOW_3, in_file, released
from flake8_paramdoc.changes.shapes import Change, ModulesMoved, NamesRemoved, NamesRenamed

_LAYER_MODULES = (
    "advanced_activations convolutional convolutional_recurrent core cudnn_recurrent embeddings local merge noise"
    " normalization pooling recurrent wrappers"
)
SERIALIZING = {name: f"keras.utils.{name}" for name in ("deserialize_keras_object", "serialize_keras_object")}
_EXPERIMENTAL_LAYERS = (
    "CategoryEncoding CenterCrop Discretization HashedCrossing Hashing IntegerLookup Normalization RandomContrast"
    " RandomCrop RandomFlip RandomRotation RandomTranslation RandomZoom Rescaling Resizing StringLookup"
    " TextVectorization"
)
_LOSSES = {
    "KLD": "kl_divergence",
    "MAE": "mean_absolute_error",
    "MAPE": "mean_absolute_percentage_error",
    "MSE": "mean_squared_error",
    "MSLE": "mean_squared_logarithmic_error",
    "kullback_leibler_divergence": "kl_divergence",
    "logcosh": "log_cosh",
}
_SHORT_LOSSES = {name: f"keras.losses.{new}" for old, new in _LOSSES.items() for name in {old, old.lower()}}
_OPTIMIZERS = "Adadelta Adagrad Adam Adamax Ftrl Nadam RMSprop SGD"
_STILL_THERE = ("Adagrad", "Adam", "Ftrl", "Optimizer", "RMSprop", "SGD")
_BY_NAME = "what stands behind epsilon, or behind nesterov of SGD, is passed by its name, and decay is not passed"
_NADAM = "whose momentum follows another schedule"
_REG_NETS = tuple(
    f"RegNet{letter}{size}"
    for letter in "XY"
    for size in ("002", "004", "006", "008", "016", "032", "040", "064", "080", "120", "160", "320")
)
_RESNETS_RS = tuple(f"ResNetRS{depth}" for depth in (50, 101, 152, 200, 270, 350, 420))
_DATA = "use keras.utils.PyDataset or tf.data"
_AUGMENTATION = "use layers such as keras.layers.RandomFlip"

CHANGES: tuple[Change, ...] = (
    ModulesMoved(PRIVATE_3, "keras.layers", dict.fromkeys(_LAYER_MODULES.split(), "keras.layers")),
    ModulesMoved(
        PRIVATE_3, "keras", {"engine": "keras.layers, keras.models and keras.Input", "legacy.layers": "keras.layers"}
    ),
    ModulesMoved(
        released("2.11.0", "the modules of keras 2.8.0, 2.10.0 and 2.12.0"),
        "keras",
        dict.fromkeys(("optimizer_v2", "optimizers.optimizer_v2"), "keras.optimizers"),
    ),
    NamesRemoved(
        released("2.11.0", "the modules of keras 2.10.0 and 2.12.0"),
        "keras.saving",
        {"hdf5_format": "use load_weights and save_weights of the model"},
    ),
    ModulesMoved(
        PRIVATE_3,
        "keras.utils",
        dict.fromkeys(
            [
                "np_utils",
                "data_utils",
                "vis_utils",
                "generic_utils",
                "io_utils",
                "layer_utils",
                "conv_utils",
                "training_utils",
                "test_utils",
            ],
            "keras.utils",
        ),
    ),
    ModulesMoved(
        PRIVATE_3,
        "keras.backend",
        dict.fromkeys(
            ["tensorflow_backend", "theano_backend", "cntk_backend", "common", "load_backend"],
            "keras.ops or keras.backend",
        ),
    ),
    ModulesMoved(
        NAMES_3, "keras.layers", {"experimental": "keras.layers", "experimental.preprocessing": "keras.layers"}
    ),
    ModulesMoved(
        NAMES_3,
        "keras",
        {
            "callbacks.experimental": "keras.callbacks",
            "metrics.experimental": "keras.metrics",
            "models.experimental": "keras.models",
            "optimizers.experimental": "keras.optimizers",
            "utils.experimental": "keras.utils",
            "mixed_precision.experimental": "keras.mixed_precision",
            "experimental": "keras.layers, keras.optimizers.schedules or keras.utils",
            "wrappers.scikit_learn": "SKLearnClassifier, SKLearnRegressor of keras.wrappers, or the package scikeras",
            "datasets.cifar": "keras.datasets.cifar10 or keras.datasets.cifar100",
        },
    ),
    NamesRenamed(
        NAMES_3,
        "keras.layers",
        {
            "CuDNNGRU": "keras.layers.GRU, which uses cuDNN by itself",
            "CuDNNLSTM": "keras.layers.LSTM, which uses cuDNN by itself",
            "AbstractRNNCell": "keras.layers.Layer, with state_size and get_initial_state()",
            "DenseFeatures": "keras.utils.FeatureSpace, which takes the columns by name",
        },
    ),
    NamesRenamed(
        NAMES_3,
        "keras.layers",
        {
            "ThresholdedReLU(theta=1.0)": "keras.layers.ReLU(threshold=theta)",
            "RandomHeight": "keras.layers.RandomZoom, which keeps the size of the image",
            "RandomWidth": "keras.layers.RandomZoom, which keeps the size of the image",
        },
        kept_in_tensorflow=True,
    ),
    NamesRemoved(
        NAMES_3,
        "keras.layers",
        {
            "LocallyConnected1D": "write a layer of your own, with keras.ops.einsum on slices of the input",
            "LocallyConnected2D": "write a layer of your own, with keras.ops.einsum on slices of the input",
            "ConvLSTM2DCell": "use keras.layers.ConvLSTM2D",
            "ConvRNN2D": "use keras.layers.ConvLSTM2D, or keras.layers.RNN with a cell of your own",
            "enable_v2_dtype_behavior": "drop it",
            "disable_v2_dtype_behavior": "use keras.config.set_dtype_policy",
        },
    ),
    NamesRenamed(NAMES_3, "keras.layers", SERIALIZING),
    NamesRenamed(
        NAMES_3,
        "keras.layers.experimental",
        {
            "EinsumDense": "keras.layers.EinsumDense",
            "SyncBatchNormalization(axis=..., momentum=..., epsilon=..., center=..., scale=...)": (
                "keras.layers.BatchNormalization(axis, momentum=momentum, epsilon=epsilon, center=center, scale=scale,"
                " synchronized=True)"
            ),
        },
    ),
    NamesRemoved(
        NAMES_3,
        "keras.layers.experimental",
        {
            "DynamicEmbedding": "use keras.layers.StringLookup and keras.layers.Embedding",
            "DynamicLookup": "use keras.layers.StringLookup",
            "RandomFourierFeatures": "write a layer of your own",
        },
    ),
    NamesRenamed(
        NAMES_3,
        "keras.layers.experimental.preprocessing",
        {name: f"keras.layers.{name}" for name in _EXPERIMENTAL_LAYERS.split()},
    ),
    NamesRemoved(
        NAMES_3,
        "keras.layers.experimental.preprocessing",
        {
            "CategoryCrossing": "use keras.layers.HashedCrossing",
            "PreprocessingLayer": "use keras.layers.Layer",
            "RandomHeight": "use keras.layers.RandomZoom",
            "RandomWidth": "use keras.layers.RandomZoom",
        },
    ),
    NamesRenamed(NAMES_3, "keras.losses", _SHORT_LOSSES, kept_in_tensorflow=True),
    NamesRenamed(NAMES_3, "keras.metrics", _SHORT_LOSSES, kept_in_tensorflow=True),
    NamesRenamed(
        GUIDE_3,
        "keras.losses",
        {"Reduction": 'reduction="sum", "sum_over_batch_size" or None'},
        kept_in_tensorflow=True,
    ),
    NamesRenamed(
        NAMES_3,
        "keras.losses",
        {
            "cosine": "keras.losses.cosine_similarity",
            "cosine_proximity": "keras.losses.cosine_similarity",
            "huber_loss": "keras.losses.huber",
            **SERIALIZING,
        },
    ),
    NamesRemoved(
        NAMES_3,
        "keras.losses",
        {
            "LossFunctionWrapper": "write a keras.losses.Loss of your own",
            "is_categorical_crossentropy": "compare the loss yourself",
        },
    ),
    NamesRenamed(
        NAMES_3,
        "keras.metrics",
        {
            # The loss is the negative of what the metric was.
            **{
                f"{name}(y_true, y_pred, axis=...)": "-keras.losses.cosine_similarity(y_true, y_pred, axis=axis)"
                for name in ("cosine", "cosine_proximity", "cosine_similarity")
            },
            "accuracy": "keras.metrics.Accuracy, which is a class",
            **SERIALIZING,
        },
    ),
    NamesRemoved(
        NAMES_3,
        "keras.metrics",
        {
            "Layer": "use keras.layers.Layer",
            "MeanRelativeError": "write a metric of your own",
            "MeanTensor": "write a metric of your own",
            "Reduce": "use keras.metrics.Mean or keras.metrics.Sum",
            "SensitivitySpecificityBase": "use keras.metrics.SensitivityAtSpecificity",
            "clone_metric": "use metric.from_config(metric.get_config())",
            "clone_metrics": "use metric.from_config(metric.get_config())",
            "experimental.PyMetric": "write a keras.metrics.Metric of your own",
        },
    ),
    NamesRenamed(
        released("3.0.0", "keras 2.3.1, keras/optimizers.py, which still had the names in lower case"),
        "keras.optimizers",
        {
            **{name.lower(): f"keras.optimizers.{name}" for name in ("Adam", "RMSprop", "SGD")},
            "adadelta(learning_rate=1.0, rho=...)": "keras.optimizers.Adadelta(learning_rate, rho=rho)",
            "adagrad(learning_rate=0.01)": "keras.optimizers.Adagrad(learning_rate, initial_accumulator_value=0.0)",
            "adamax(learning_rate=0.002, beta_1=..., beta_2=...)": (
                "keras.optimizers.Adamax(learning_rate, beta_1=beta_1, beta_2=beta_2)"
            ),
            "nadam": f"keras.optimizers.Nadam, {_NADAM}",
        },
    ),
    NamesRenamed(
        released("3.0.0", "keras 3.15.1, keras/src/optimizers/__init__.py: LegacyOptimizerWarning"),
        "keras.optimizers.legacy",
        {name: f"keras.optimizers.{name}" for name in _STILL_THERE},
        still_there=True,
        holds=dict.fromkeys(_STILL_THERE, _BY_NAME),
    ),
    NamesRenamed(
        NAMES_3,
        "keras.optimizers.legacy",
        {
            **{name: f"keras.optimizers.{name}" for name in ("Adadelta", "Adamax")},
            "Nadam": f"keras.optimizers.Nadam, {_NADAM}",
        },
        holds=dict.fromkeys(_OPTIMIZERS.split(), _BY_NAME),
    ),
    NamesRenamed(
        NAMES_3,
        "keras.optimizers.experimental",
        {name: f"keras.optimizers.{name}" for name in f"{_OPTIMIZERS} AdamW Adafactor Optimizer".split()},
    ),
    NamesRenamed(NAMES_3, "keras.optimizers", SERIALIZING),
    NamesRemoved(
        NAMES_3,
        "keras.optimizers",
        {"TFOptimizer": "use an optimizer of Keras", "clip_norm": "pass clipnorm= to the optimizer"},
    ),
    NamesRemoved(
        NAMES_3,
        "keras.callbacks",
        {
            "BaseLogger": "drop it, Keras averages by itself",
            "SidecarEvaluatorModelExport": "use keras.callbacks.ModelCheckpoint",
            "experimental.UpdateEmbeddingCallback": "write a callback of your own",
        },
    ),
    NamesRenamed(NAMES_3, "keras.callbacks.experimental", {"BackupAndRestore": "keras.callbacks.BackupAndRestore"}),
    NamesRenamed(
        in_file("2.6.0", "keras/saving/model_config.py", 3),
        "keras.models",
        {"model_from_yaml": "keras.models.model_from_json, and model.to_json for what it reads"},
    ),
    NamesRemoved(
        NAMES_3,
        "keras.models",
        {
            "LinearModel": "build it of keras.layers.Dense",
            "WideDeepModel": "build it of layers",
            "has_arg": "use inspect.signature",
            "to_list": "write [x]",
            "model_from_config": "use keras.Model.from_config or keras.saving.deserialize_keras_object",
            "Input": "import it from keras",
            "InputLayer": "import it from keras.layers",
        },
    ),
    NamesRenamed(
        NAMES_2_4,
        "keras.utils",
        {
            "multi_gpu_model": "keras.distribution, or tf.distribute.MirroredStrategy",
            "print_summary(model)": "model.summary()",
        },
    ),
    NamesRenamed(
        NAMES_2_4,
        "keras.utils.training_utils",
        {"multi_gpu_model": "keras.distribution, or tf.distribute.MirroredStrategy"},
    ),
    NamesRemoved(
        NAMES_3,
        "keras.utils",
        {
            "GeneratorEnqueuer": _DATA,
            "OrderedEnqueuer": _DATA,
            "SequenceEnqueuer": _DATA,
            "H5Dict": "use h5py.File",
            "HDF5Matrix": "use h5py.File, or keras.utils.PyDataset",
            "SidecarEvaluator": "call model.evaluate",
            "StepsPerExecutionTuner": "use compile(steps_per_execution=...)",
            "DeterministicRandomTestTool": "use keras.utils.set_random_seed",
            "convert_all_kernels_in_model": "drop it, Theano's kernels are gone",
            "get_or_create_layer": "write a keras.layers.Layer",
            "track_tf1_style_variables": "write a keras.layers.Layer",
            "experimental.DatasetCreator": "pass a tf.data.Dataset",
            "to_ordinal": "use keras.ops.cumsum on keras.utils.to_categorical",
            "warmstart_embedding_matrix": "copy the rows yourself",
        },
    ),
    NamesRemoved(
        NAMES_3,
        "keras.utils.data_utils",
        {
            "GeneratorEnqueuer": _DATA,
            "OrderedEnqueuer": _DATA,
            "SequenceEnqueuer": _DATA,
            **dict.fromkeys(("get_index", "init_pool", "init_pool_generator", "next_sample"), _DATA),
            "validate_file": "use keras.utils.get_file with file_hash=",
        },
    ),
    # What these modules held and keras.utils does not.
    NamesRemoved(
        PRIVATE_3,
        "keras.utils.conv_utils",
        {
            **dict.fromkeys(
                ("conv_output_length", "conv_input_length", "deconv_output_length", "conv_output_shape"),
                "ask the layer's compute_output_shape(), or write the sum yourself",
            ),
            **dict.fromkeys(("conv_kernel_mask", "conv_kernel_idxs", "conv_connected_inputs"), "write it yourself"),
            **dict.fromkeys(("convert_data_format", "convert_kernel", "squeeze_batch_dims"), "write it yourself"),
            "normalize_data_format": "use keras.config.image_data_format() where it is None",
            "normalize_padding": "write value.lower()",
            "normalize_tuple": "write the tuple",
        },
    ),
    NamesRemoved(
        PRIVATE_3,
        "keras.utils.layer_utils",
        {
            "convert_all_kernels_in_model": "drop it, Theano's kernels are gone",
            "convert_dense_weights_data_format": "write it yourself",
            "count_params": "add up keras.ops.size of the weights, or use layer.count_params()",
            "print_summary": "write model.summary()",
        },
    ),
    NamesRemoved(
        PRIVATE_3,
        "keras.utils.generic_utils",
        {
            **dict.fromkeys(("func_dump", "func_load"), "use keras.saving.register_keras_serializable"),
            "has_arg": "use inspect.signature",
            "slice_arrays": "slice each array",
            "make_batches": "write the pairs yourself",
            "to_list": "write [x]",
        },
    ),
    NamesRemoved(
        PRIVATE_3,
        "keras.utils.io_utils",
        {"ask_to_proceed_with_overwrite": "ask with input()", "path_to_string": "use os.fspath"},
    ),
    NamesRemoved(
        NAMES_3,
        "keras.utils.vis_utils",
        dict.fromkeys(("add_edge", "is_model", "is_wrapped_model"), "use keras.utils.model_to_dot"),
    ),
    NamesRemoved(NAMES_3, "keras.utils.Sequence", {"use_sequence_api": "drop it"}),
    NamesRenamed(
        NAMES_3,
        "keras.preprocessing.image",
        {"ImageDataGenerator": "keras.utils.image_dataset_from_directory and layers of augmentation"},
        kept_in_tensorflow=True,
    ),
    NamesRemoved(
        NAMES_3,
        "keras.preprocessing.image",
        {
            "DirectoryIterator": "use keras.utils.image_dataset_from_directory",
            "Iterator": _DATA,
            "NumpyArrayIterator": _DATA,
            **dict.fromkeys(
                (
                    "apply_affine_transform",
                    "apply_brightness_shift",
                    "apply_channel_shift",
                    "random_brightness",
                    "random_channel_shift",
                    "random_rotation",
                    "random_shear",
                    "random_shift",
                    "random_zoom",
                ),
                _AUGMENTATION,
            ),
        },
        kept_in_tensorflow=True,
    ),
    NamesRemoved(
        NAMES_3, "keras.preprocessing.image", {"DataFrameIterator": "use keras.utils.image_dataset_from_directory"}
    ),
    NamesRenamed(
        NAMES_3,
        "keras.preprocessing.sequence",
        {"TimeseriesGenerator": "keras.utils.timeseries_dataset_from_array, which is a function"},
        kept_in_tensorflow=True,
    ),
    NamesRemoved(
        NAMES_3,
        "keras.preprocessing.sequence",
        {"make_sampling_table": "write the table yourself", "skipgrams": "write the pairs yourself"},
        kept_in_tensorflow=True,
    ),
    NamesRenamed(
        NAMES_3,
        "keras.preprocessing",
        {"text": "keras.layers.TextVectorization, which is a layer"},
        kept_in_tensorflow=True,
    ),
    NamesRenamed(
        NAMES_3,
        "keras.preprocessing.text",
        {
            "Tokenizer": "keras.layers.TextVectorization, which is a layer",
            "one_hot": "keras.layers.Hashing, which is a layer",
            "hashing_trick": "keras.layers.Hashing, which is a layer",
            "text_to_word_sequence": "keras.layers.TextVectorization, which is a layer",
            "tokenizer_from_json": "keras.layers.TextVectorization, saved with its model",
        },
        kept_in_tensorflow=True,
    ),
    NamesRenamed(
        released("2.13.0", "the public names of keras 2.12.0 and 2.13.0"),
        "keras.wrappers.scikit_learn",
        {
            "KerasClassifier": "keras.wrappers.SKLearnClassifier, or KerasClassifier of the package scikeras",
            "KerasRegressor": "keras.wrappers.SKLearnRegressor, or KerasRegressor of the package scikeras",
            "BaseWrapper": "keras.wrappers.SKLearnClassifier, or BaseWrapper of the package scikeras",
        },
    ),
    NamesRenamed(
        NAMES_3,
        "keras.initializers",
        {
            "normal": "keras.initializers.RandomNormal",
            "uniform": "keras.initializers.RandomUniform",
            "one": "keras.initializers.Ones",
            "zero": "keras.initializers.Zeros",
            **SERIALIZING,
        },
    ),
    NamesRemoved(
        NAMES_3,
        "keras.applications",
        {
            **dict.fromkeys((*_REG_NETS, "regnet"), "build the network yourself"),
            **dict.fromkeys((*_RESNETS_RS, "resnet_rs"), "use keras_hub, or build the network yourself"),
        },
    ),
    NamesRemoved(NAMES_3, "keras", {"dtensor": "use keras.distribution", "estimator": "train the model itself"}),
    NamesRemoved(NAMES_3, "keras.utils", {"TimedThread": "use threading.Timer"}),
    NamesRemoved(NAMES_3, "keras.backend", {"experimental": "drop it, keras.random has its own generators"}),
    # Of what has two names, tensorflow.keras keeps the short one alone.
    *(
        NamesRenamed(
            TENSORFLOW_3,
            module,
            {
                "kl_divergence": f"{module}.kld",
                "log_cosh": f"{module}.logcosh",
                "mean_absolute_error": f"{module}.mae",
                "mean_absolute_percentage_error": f"{module}.mape",
                "mean_squared_error": f"{module}.mse",
                "mean_squared_logarithmic_error": f"{module}.msle",
            },
            only_in_tensorflow=True,
        )
        for module in ("keras.losses", "keras.metrics")
    ),
    NamesRemoved(
        in_file("2.2.3", "keras/applications/imagenet_utils.py", 3),
        "keras.applications.imagenet_utils",
        {"_obtain_input_shape": "write the shape yourself"},
    ),
    NamesRemoved(
        released("2.2.0", "keras 2.1.6 and 2.2.0, keras/applications/mobilenet.py"),
        "keras.applications.mobilenet",
        {
            "DepthwiseConv2D": "use keras.layers.DepthwiseConv2D",
            "relu6": "use keras.layers.ReLU(6) or keras.activations.relu6",
        },
    ),
    NamesRenamed(NAMES_3, "keras.activations", SERIALIZING),
    NamesRenamed(NAMES_3, "keras.constraints", SERIALIZING),
    NamesRenamed(NAMES_3, "keras.regularizers", SERIALIZING),
    NamesRemoved(NAMES_3, "keras.activations", {"Layer": "use keras.layers.Layer"}),
    NamesRemoved(
        NAMES_3,
        "keras.constraints",
        {"RadialConstraint": "write a constraint of your own", "radial_constraint": "write a constraint of your own"},
    ),
    NamesRenamed(
        NAMES_3,
        "keras.experimental",
        {
            "CosineDecay": "keras.optimizers.schedules.CosineDecay",
            "CosineDecayRestarts": "keras.optimizers.schedules.CosineDecayRestarts",
        },
    ),
    NamesRemoved(
        NAMES_3,
        "keras.experimental",
        {
            "LinearModel": "build it of keras.layers.Dense",
            "WideDeepModel": "build it of layers",
            "SequenceFeatures": "use keras.utils.FeatureSpace",
            "SidecarEvaluator": "call model.evaluate",
            "PeepholeLSTMCell": "write a cell of your own",
            "LinearCosineDecay": "write a schedule of your own",
            "NoisyLinearCosineDecay": "write a schedule of your own",
            "export_saved_model": "use model.export",
            "load_from_saved_model": "use keras.layers.TFSMLayer",
            "terminate_keras_multiprocessing_pools": "drop it",
        },
    ),
    NamesRenamed(
        NAMES_3,
        "keras.mixed_precision.experimental",
        {
            "Policy": "keras.mixed_precision.Policy",
            "global_policy": "keras.mixed_precision.global_policy",
            "set_policy": "keras.mixed_precision.set_global_policy",
        },
    ),
    NamesRemoved(NAMES_3, "keras.mixed_precision.experimental", {"get_layer_policy": "read layer.dtype_policy"}),
    NamesRemoved(NAMES_3, "keras.datasets.cifar", {"load_batch": "use keras.datasets.cifar10.load_data"}),
)
