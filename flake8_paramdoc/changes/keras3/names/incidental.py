"""Names that modules of Keras had imported for themselves, or kept, and that code took from there all the same."""

from __future__ import annotations

from flake8_paramdoc.changes.keras_names import layers
from flake8_paramdoc.changes.releases import released
from flake8_paramdoc.changes.shapes import Change, NamesRemoved, NamesRenamed

_FOUND = released(
    "3.0.0", "what the modules of keras 1.2.2, 2.0.8, 2.2.4, 2.3.1 and 2.10.0 held, and keras 3.15.1 does not"
)

_BACKEND = "write from keras import backend, or keras.ops"
_WRITTEN = "it was never public: write it yourself"
_WEIGHTS = "pass weights= to the application"
_MAKING = "build the network yourself, or take layers of the application by their names"

_WITH_BACKEND = (
    "activations callbacks constraints datasets.cifar10 datasets.cifar100 initializers layers losses metrics models"
    " optimizers preprocessing.image regularizers"
)
_APPLICATIONS = "inception_v3 mobilenet resnet50 vgg16 vgg19 xception"
_OF_LAYERS = (
    "Activation AveragePooling2D BatchNormalization Conv2D Dense Dropout Flatten GlobalAveragePooling2D"
    " GlobalMaxPooling2D Input InputSpec MaxPooling2D Reshape SeparableConv2D ZeroPadding2D"
)
_BUILDERS = {
    "densenet": "DenseNet conv_block dense_block transition_block",
    "efficientnet": "CONV_KERNEL_INITIALIZER DENSE_KERNEL_INITIALIZER DEFAULT_BLOCKS_ARGS EfficientNet block",
    "efficientnet_v2": "EfficientNetV2 FusedMBConvBlock MBConvBlock",
    "inception_resnet_v2": "conv2d_bn inception_resnet_block",
    "mobilenet": "_conv_block _depthwise_conv_block",
    "mobilenet_v2": "_inverted_res_block _make_divisible",
    "mobilenet_v3": "MobileNetV3 _depth _inverted_res_block _se_block hard_sigmoid hard_swish relu",
    "nasnet": "NASNet",
    "resnet": "ResNet block1 block2 block3 stack1 stack2 stack3",
    "imagenet_utils": "correct_pad obtain_input_shape",
    "convnext": "ConvNeXt LayerScale StochasticDepth",
}
_PATHS = "WEIGHTS_PATH WEIGHTS_PATH_NO_TOP TF_WEIGHTS_PATH TF_WEIGHTS_PATH_NO_TOP BASE_WEIGHT_PATH BASE_WEIGHTS_PATH"
_VERSIONS = "GRU GRUCell LSTM LSTMCell BatchNormalization"
_WITH_SIGMOID = "whose recurrent_activation is sigmoid and not hard_sigmoid"
_WITH_RESET = f"with reset_after=False, {_WITH_SIGMOID}"

CHANGES: tuple[Change, ...] = (
    *(
        NamesRemoved(_FOUND, f"keras.{module}", dict.fromkeys(("K", "backend"), _BACKEND), taken=True)
        for module in _WITH_BACKEND.split()
    ),
    *(
        NamesRenamed(
            _FOUND,
            f"keras.applications.{module}",
            dict(zip(_OF_LAYERS.split(), layers(_OF_LAYERS), strict=True)) | {"Model": "keras.models.Model"},
            taken=True,
        )
        for module in _APPLICATIONS.split()
    ),
    *(
        NamesRemoved(
            _FOUND,
            f"keras.applications.{module}",
            {
                "K": _BACKEND,
                "backend": _BACKEND,
                "layers": "write from keras import layers",
                "layer_utils": "use keras.utils",
                "get_source_inputs": "use keras.utils.get_source_inputs",
                **dict.fromkeys(_PATHS.split(), _WEIGHTS),
            },
            taken=True,
        )
        for module in _APPLICATIONS.split()
    ),
    *(
        NamesRemoved(_FOUND, f"keras.applications.{module}", dict.fromkeys(names.split(), _MAKING), taken=True)
        for module, names in _BUILDERS.items()
    ),
    NamesRemoved(
        _FOUND,
        "keras.applications",
        {"keras_modules_injection": "drop it", "keras_applications": "use keras.applications"},
    ),
    NamesRenamed(_FOUND, "keras.models", {"Layer": "keras.layers.Layer", "Functional": "keras.Model"}),
    NamesRemoved(
        _FOUND,
        "keras.models",
        {
            "clone_and_build_model": "use keras.models.clone_model, and compile",
            "get_source_inputs": "use keras.utils.get_source_inputs",
            "optimizer_from_config": "use keras.optimizers.deserialize",
            "share_weights": "call the same layer",
        },
    ),
    NamesRemoved(_FOUND, "keras.models", {"optimizers": "write from keras import optimizers"}, taken=True),
    NamesRenamed(_FOUND, "keras.callbacks", {"Progbar": "keras.utils.Progbar"}),
    NamesRemoved(
        _FOUND,
        "keras.callbacks",
        {"Sequence": "use keras.utils.PyDataset", "configure_callbacks": "use keras.callbacks.CallbackList"},
    ),
    NamesRenamed(
        _FOUND,
        "keras.layers",
        {
            **{f"{name}V2": f"keras.layers.{name}" for name in _VERSIONS.split()},
            "BatchNormalizationV1": "keras.layers.BatchNormalization",
            "SyncBatchNormalization": "keras.layers.BatchNormalization, with synchronized=True",
        },
    ),
    NamesRemoved(
        _FOUND,
        "keras.layers",
        {
            **dict.fromkeys(("DeviceWrapper", "DropoutWrapper", "ResidualWrapper"), "write a cell of your own"),
            # Run in tf_keras 2.21: other counts and values, and Keras 3 has another hard_sigmoid.
            **{name: f"use keras.layers.{name[:-2]}, {_WITH_RESET}" for name in ("GRUV1", "GRUCellV1")},
            **{name: f"use keras.layers.{name[:-2]}, {_WITH_SIGMOID}" for name in ("LSTMV1", "LSTMCellV1")},
            "PeepholeLSTMCell": "write a cell of your own",
            **dict.fromkeys(("SlicingOpLambda", "TFOpLambda"), "compare with keras.ops, an operator is no layer"),
            **dict.fromkeys(("func_dump", "func_load", "has_arg", "interfaces", "to_list"), _WRITTEN),
            **dict.fromkeys(("conv_utils", "conv_input_length", "conv_output_length"), "write the number yourself"),
        },
    ),
    NamesRemoved(_FOUND, "keras.losses", {"losses_utils": 'pass reduction as a word, such as reduction="sum"'}),
    NamesRemoved(
        _FOUND,
        "keras.preprocessing.image",
        {"linalg": "use numpy.linalg", "ImageEnhance": "import it from PIL"},
    ),
    NamesRemoved(
        _FOUND,
        "keras.backend",
        {
            **dict.fromkeys(("_BACKEND", "_backend"), "write backend()"),
            "_EPSILON": "write epsilon()",
            "_FLOATX": "write floatx()",
            "_IMAGE_DATA_FORMAT": "write image_data_format()",
            "_IMAGE_DIM_ORDERING": "write image_data_format()",
            "_LEARNING_PHASE": "take training in call()",
            "_SESSION": "drop it, there are no sessions",
            "_GRAPH_LEARNING_PHASES": "take training in call()",
            "_get_available_gpus": "use tf.config.list_physical_devices",
            "_is_tf_1": "drop it",
            "_preprocess_conv2d_input": "transpose the input where the channels come first",
            "_preprocess_padding": "write the padding in capitals",
            "_to_tensor": "use keras.ops.convert_to_tensor",
            "py_all": "use all",
            "py_any": "use any",
            "py_sum": "use sum",
        },
    ),
)
