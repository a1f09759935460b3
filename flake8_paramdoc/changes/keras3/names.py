"""Names of Keras 3."""

from __future__ import annotations

from flake8_paramdoc.changes.releases import GUIDE_3, NAMES_2_4, NAMES_3, PRIVATE_3, in_file, released
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
_DATA = "use keras.utils.PyDataset or tf.data"
_AUGMENTATION = "use layers such as keras.layers.RandomFlip and keras.layers.RandomRotation"
_SAME_IN_OPS = (
    "all any arange argmax argmin batch_normalization binary_crossentropy cast categorical_crossentropy clip"
    " concatenate cos ctc_decode cumprod cumsum dot elu equal exp expand_dims eye greater greater_equal hard_sigmoid"
    " in_top_k less less_equal log max maximum mean min minimum ndim not_equal one_hot ones ones_like prod relu repeat"
    " reshape round shape sigmoid sign sin softmax softplus softsign sparse_categorical_crossentropy sqrt square"
    " squeeze stack std stop_gradient sum tanh tile transpose var zeros zeros_like"
)
_PHASE = "the training argument of call()"
CHANGES: tuple[Change, ...] = (
    # ---- keras3_names _MODULES
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
    # ---- keras3_names _LAYERS
    NamesRenamed(
        NAMES_3,
        "keras.layers",
        {
            "CuDNNGRU": "keras.layers.GRU, which uses cuDNN by itself",
            "CuDNNLSTM": "keras.layers.LSTM, which uses cuDNN by itself",
            "AbstractRNNCell": "keras.layers.Layer",
            "DenseFeatures": "keras.utils.FeatureSpace",
        },
    ),
    NamesRenamed(
        NAMES_3,
        "keras.layers",
        {
            "ThresholdedReLU": "keras.layers.ReLU, with threshold=",
            "RandomHeight": "keras.layers.RandomZoom",
            "RandomWidth": "keras.layers.RandomZoom",
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
            "SyncBatchNormalization": "keras.layers.BatchNormalization, with synchronized=True",
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
    # ---- keras3_names _TRAINING
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
            "cosine": "keras.losses.cosine_similarity",
            "cosine_proximity": "keras.losses.cosine_similarity",
            "cosine_similarity": "keras.losses.cosine_similarity",
            "accuracy": "keras.metrics.Accuracy",
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
        {name.lower(): f"keras.optimizers.{name}" for name in _OPTIMIZERS.split() if name != "Ftrl"},
    ),
    NamesRenamed(
        released("3.0.0", "keras 3.15.1, keras/src/optimizers/__init__.py: LegacyOptimizerWarning"),
        "keras.optimizers.legacy",
        {name: f"keras.optimizers.{name}" for name in _STILL_THERE},
        still_there=True,
    ),
    NamesRenamed(
        NAMES_3,
        "keras.optimizers.legacy",
        {name: f"keras.optimizers.{name}" for name in _OPTIMIZERS.split() if name not in _STILL_THERE},
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
    # ---- keras3_utilities CHANGES
    NamesRenamed(
        in_file("2.6.0", "keras/saving/model_config.py", 3),
        "keras.models",
        {"model_from_yaml": "keras.models.model_from_json"},
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
            "print_summary": "model.summary()",
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
    NamesRemoved(
        NAMES_3,
        "keras.utils.vis_utils",
        dict.fromkeys(("add_edge", "is_model", "is_wrapped_model"), "use keras.utils.model_to_dot"),
    ),
    NamesRemoved(NAMES_3, "keras.utils.Sequence", {"use_sequence_api": "drop it"}),
    NamesRenamed(
        NAMES_3,
        "keras.preprocessing.image",
        {"ImageDataGenerator": "keras.utils.image_dataset_from_directory, and layers such as keras.layers.RandomFlip"},
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
        {"TimeseriesGenerator": "keras.utils.timeseries_dataset_from_array"},
        kept_in_tensorflow=True,
    ),
    NamesRemoved(
        NAMES_3,
        "keras.preprocessing.sequence",
        {"make_sampling_table": "write the table yourself", "skipgrams": "write the pairs yourself"},
        kept_in_tensorflow=True,
    ),
    NamesRenamed(NAMES_3, "keras.preprocessing", {"text": "keras.layers.TextVectorization"}, kept_in_tensorflow=True),
    NamesRenamed(
        NAMES_3,
        "keras.preprocessing.text",
        {
            "Tokenizer": "keras.layers.TextVectorization",
            "one_hot": "keras.layers.Hashing",
            "hashing_trick": "keras.layers.Hashing",
            "text_to_word_sequence": "keras.layers.TextVectorization",
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
    # ---- keras3_backend CHANGES
    NamesRenamed(
        GUIDE_3,
        "keras.backend",
        {
            **{name: f"keras.ops.{name}" for name in _SAME_IN_OPS.split()},
            "abs": "keras.ops.absolute",
            "batch_dot": "keras.ops.einsum, keras.ops.matmul or keras.layers.Dot",
            "batch_flatten": "keras.layers.Flatten",
            "bias_add": "keras.ops.add",
            "cast_to_floatx": "keras.ops.cast(x, keras.config.floatx())",
            "constant": "keras.ops.convert_to_tensor",
            "conv1d": "keras.ops.conv",
            "conv2d": "keras.ops.conv",
            "conv3d": "keras.ops.conv",
            "conv2d_transpose": "keras.ops.conv_transpose",
            "ctc_batch_cost": "keras.losses.CTC",
            "depthwise_conv2d": "keras.ops.depthwise_conv",
            "dropout": "keras.random.dropout",
            "dtype": "keras.backend.standardize_dtype(x.dtype)",
            "eval": "keras.ops.convert_to_numpy",
            "flatten": "keras.ops.ravel",
            "gather": "keras.ops.take(x, indices, axis=0)",
            "get_value": "keras.ops.convert_to_numpy",
            "int_shape": "keras.ops.shape, or x.shape",
            "l2_normalize": "keras.ops.normalize",
            "map_fn": "keras.ops.map",
            "name_scope": "keras.name_scope",
            "permute_dimensions": "keras.ops.transpose",
            "pool2d": "keras.ops.max_pool or keras.ops.average_pool",
            "pool3d": "keras.ops.max_pool or keras.ops.average_pool",
            "pow": "keras.ops.power",
            "random_bernoulli": "keras.random.binomial",
            "random_normal": "keras.random.normal",
            "random_normal_variable": "keras.Variable(keras.random.normal(shape))",
            "random_uniform": "keras.random.uniform",
            "random_uniform_variable": "keras.Variable(keras.random.uniform(shape))",
            "repeat_elements": "keras.ops.repeat",
            "resize_images": "keras.ops.image.resize",
            "reverse": "keras.ops.flip",
            "rnn": "keras.layers.RNN",
            "separable_conv2d": "keras.ops.separable_conv",
            "set_value": "variable.assign(value)",
            "spatial_2d_padding": "keras.ops.pad",
            "spatial_3d_padding": "keras.ops.pad",
            "switch": "keras.ops.cond, or keras.ops.where for single elements",
            "temporal_padding": "keras.ops.pad",
            "truncated_normal": "keras.random.truncated_normal",
            "update": "variable.assign(value)",
            "update_add": "variable.assign_add(value)",
            "update_sub": "variable.assign_sub(value)",
            "variable": "keras.Variable",
        },
        kept_in_tensorflow=True,
    ),
    NamesRenamed(
        GUIDE_3,
        "keras.backend",
        {
            "function": "keras.Model or keras.Function",
            "identity": "keras.ops.identity or x",
            "is_tensor": "keras.ops.is_tensor",
            "logsumexp": "keras.ops.logsumexp",
            "placeholder": "keras.Input or keras.KerasTensor",
            "random_binomial": "keras.random.binomial",
            "reset_uids": "keras.utils.clear_session",
            "size": "keras.ops.size",
            "slice": "keras.ops.slice",
            **dict.fromkeys(
                ("in_test_phase", "in_train_phase", "learning_phase", "learning_phase_scope", "set_learning_phase"),
                _PHASE,
            ),
        },
    ),
    NamesRemoved(
        NAMES_3,
        "keras.backend",
        {
            "batch_get_value": "use [keras.ops.convert_to_numpy(v) for v in variables]",
            "batch_set_value": "use variable.assign(value)",
            "binary_focal_crossentropy": "use keras.losses.binary_focal_crossentropy",
            "categorical_focal_crossentropy": "use keras.losses.categorical_focal_crossentropy",
            "count_params": "use keras.ops.size, or layer.count_params()",
            "ctc_label_dense_to_sparse": "use keras.losses.CTC, which takes dense labels",
            "foldl": "use keras.ops.fori_loop or keras.ops.scan",
            "foldr": "use keras.ops.fori_loop or keras.ops.scan",
            "gradients": "use tf.GradientTape, jax.grad or torch.autograd",
            "is_sparse": "ask the tensor's own framework",
            "moving_average_update": "use variable.assign(variable * momentum + value * (1 - momentum))",
            "resize_volumes": "use keras.ops.repeat along each axis",
            "to_dense": "use tf.sparse.to_dense",
        },
        kept_in_tensorflow=True,
    ),
    NamesRemoved(
        NAMES_3,
        "keras.backend",
        {
            "binary_weighted_focal_crossentropy": "use keras.losses.binary_focal_crossentropy",
            "control_dependencies": "use tf.control_dependencies",
            "control_flow_ops": "import tensorflow as tf, and use tf.while_loop or keras.ops.while_loop",
            "conv3d_transpose": "use keras.ops.conv_transpose",
            "eager": "drop it",
            "get_session": "drop it, Keras 3 has no sessions; code for TensorFlow 1 needs tf_keras",
            "is_placeholder": "use keras.utils.is_keras_tensor",
            "is_variable": "use isinstance(x, keras.Variable)",
            "local_conv1d": "use keras.ops.einsum on slices of the input",
            "local_conv2d": "use keras.ops.einsum on slices of the input",
            "manual_variable_initialization": "drop it, variables are always initialised",
            "normalize_batch_in_training": "use keras.ops.moments and keras.ops.batch_normalization",
            "normalize_data_format": "use keras.config.image_data_format() where it is None",
            "pattern_broadcast": "use keras.ops.broadcast_to",
            "print_tensor": "use print, or tf.print",
            "separable_conv1d": "use keras.ops.separable_conv",
            "set_session": "drop it, Keras 3 has no sessions",
            "symbolic": "drop it",
            "tf": "import tensorflow as tf",
        },
    ),
)
