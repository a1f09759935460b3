"""Names that Keras 3 no longer has, but for those of the backend."""

from __future__ import annotations

from flake8_paramdoc.changes.releases import NAMES_3, PRIVATE_3, in_file, released
from flake8_paramdoc.changes.shapes import Change, NamesRemoved

_REG_NETS = tuple(
    f"RegNet{letter}{size}"
    for letter in "XY"
    for size in ("002", "004", "006", "008", "016", "032", "040", "064", "080", "120", "160", "320")
)
_RESNETS_RS = tuple(f"ResNetRS{depth}" for depth in (50, 101, 152, 200, 270, 350, 420))
_DATA = "use keras.utils.PyDataset or tf.data"
_AUGMENTATION = "use layers such as keras.layers.RandomFlip"

_THEANO = {"convert_all_kernels_in_model": "it turned the kernels over for Theano, which is gone"}
_ROWS = {"convert_dense_weights_data_format": "weights that were saved with the other order of axes must be turned"}

CHANGES: tuple[Change, ...] = (
    NamesRemoved(
        released("2.11.0", "the modules of keras 2.10.0 and 2.12.0"),
        "keras.saving",
        {"hdf5_format": "use load_weights and save_weights of the model"},
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
    NamesRemoved(
        NAMES_3,
        "keras.layers.experimental",
        {
            "DynamicEmbedding": "use keras.layers.StringLookup and keras.layers.Embedding",
            "DynamicLookup": "use keras.layers.StringLookup",
            "RandomFourierFeatures": "write a layer of your own",
        },
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
    NamesRemoved(
        NAMES_3,
        "keras.losses",
        {
            "LossFunctionWrapper": "write a keras.losses.Loss of your own",
            "is_categorical_crossentropy": "compare the loss yourself",
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
        dropped=_THEANO,
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
        calls={
            "normalize_data_format(value)": "value or keras.config.image_data_format()",
            "normalize_padding(value)": "value.lower()",
        },
    ),
    NamesRemoved(
        PRIVATE_3,
        "keras.utils.layer_utils",
        {
            "convert_all_kernels_in_model": "drop it, Theano's kernels are gone",
            "convert_dense_weights_data_format": "turn the rows of the weights yourself",
            "count_params": "add up keras.ops.size of the weights, or use layer.count_params()",
            "print_summary": "write model.summary()",
        },
        dropped=_THEANO | _ROWS,
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
    NamesRemoved(
        NAMES_3,
        "keras.preprocessing.sequence",
        {"make_sampling_table": "write the table yourself", "skipgrams": "write the pairs yourself"},
        kept_in_tensorflow=True,
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
    NamesRemoved(
        in_file("2.2.3", "keras/applications/imagenet_utils.py", 3),
        "keras.applications.imagenet_utils",
        {"_obtain_input_shape": "write the shape yourself"},
        calls={
            f"_obtain_input_shape(input_shape, default_size, min_size, {rest.replace(flag, f'{flag}{value}')})": (
                f"input_shape or {shape}"
            )
            for rest, flag in (
                ("data_format, require_flatten, weights=...", "require_flatten"),
                ("data_format, include_top, weights=...", "include_top"),
                ("dim_ordering, include_top", "include_top"),
            )
            for value, shape in (
                (": True", "(default_size, default_size, 3)"),
                (": False", "(None, None, 3)"),
                ("", f"((default_size, default_size, 3) if {flag} else (None, None, 3))"),
            )
        },
        unsafe={"_obtain_input_shape": "the channels are taken to stand last, and the shape is not checked"},
    ),
    NamesRemoved(
        released("2.2.0", "keras 2.1.6 and 2.2.0, keras/applications/mobilenet.py"),
        "keras.applications.mobilenet",
        {
            "DepthwiseConv2D": "use keras.layers.DepthwiseConv2D",
            "relu6": "use keras.layers.ReLU(6) or keras.activations.relu6",
        },
        written={"DepthwiseConv2D": "keras.layers.DepthwiseConv2D", "relu6": "keras.activations.relu6"},
    ),
    NamesRemoved(NAMES_3, "keras.initializers", {"_compute_fans": "write the two numbers yourself"}),
    NamesRemoved(NAMES_3, "keras.activations", {"Layer": "use keras.layers.Layer"}),
    NamesRemoved(
        NAMES_3,
        "keras.constraints",
        {"RadialConstraint": "write a constraint of your own", "radial_constraint": "write a constraint of your own"},
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
    NamesRemoved(NAMES_3, "keras.mixed_precision.experimental", {"get_layer_policy": "read layer.dtype_policy"}),
    NamesRemoved(NAMES_3, "keras.datasets.cifar", {"load_batch": "use keras.datasets.cifar10.load_data"}),
)
