"""Modules that Keras 2.5 to 2.12 had between what is public and what is its own affair, and Keras 3 does not have."""

from __future__ import annotations

from flake8_paramdoc.changes.releases import released
from flake8_paramdoc.changes.shapes import Change, ModulesMoved, NamesRemoved

_HIDDEN = released("2.13.0", "the modules of keras 2.6.0, 2.10.0 and 2.12.0, which 2.13.0 moved to keras.src")

_LAYERS = (
    "dense_attention einsum_dense legacy_rnn merging multi_head_attention"
    " recurrent_v2 reshaping rnn rnn_cell_wrapper_v2 serialization"
)
_METRICS = (
    "accuracy_metrics base_metric confusion_metrics hinge_metrics iou_metrics probabilistic_metrics regression_metrics"
)
_OPTIMIZERS = (
    "adadelta_v2 adafactor adagrad_v2 adam_v2 adamax_v2 adamw ftrl ftrl_v2 gradient_descent_v2 learning_rate_schedule"
    " nadam_v2 optimizer_experimental optimizer_v1 rmsprop_v2"
)
_LEGACY = "adadelta adagrad adam adamax ftrl gradient_descent nadam optimizer optimizer_v2 rmsprop sgd"
_DATA_SETS = "audio_dataset dataset_utils feature_space image_dataset image_utils text_dataset timeseries_dataset"
_WRITTEN = "it was never public: write it yourself"
_TRACED = "drop it: TensorFlow has its own in tensorflow.python.util"

CHANGES: tuple[Change, ...] = (
    ModulesMoved(_HIDDEN, "keras.layers", dict.fromkeys(_LAYERS.split(), "keras.layers")),
    # Words that many attributes have.
    *(
        ModulesMoved(_HIDDEN, module, dict.fromkeys(names.split(), module), taken=True)
        for module, names in (
            ("keras.layers", "activation attention preprocessing regularization"),
            ("keras.metrics", "metrics"),
            ("keras.optimizers", "optimizer"),
            ("keras.initializers", "initializers"),
        )
    ),
    ModulesMoved(_HIDDEN, "keras.metrics", dict.fromkeys(_METRICS.split(), "keras.metrics")),
    ModulesMoved(
        _HIDDEN,
        "keras.optimizers",
        {
            **dict.fromkeys(_OPTIMIZERS.split(), "keras.optimizers"),
            "schedules.learning_rate_schedule": "keras.optimizers.schedules",
            **{f"legacy.{module}": "keras.optimizers" for module in _LEGACY.split()},
        },
    ),
    ModulesMoved(_HIDDEN, "keras.utils", dict.fromkeys(_DATA_SETS.split(), "keras.utils")),
    ModulesMoved(
        _HIDDEN,
        "keras.preprocessing",
        dict.fromkeys(("dataset_utils", "image_dataset", "text_dataset", "timeseries"), "keras.utils"),
    ),
    ModulesMoved(
        _HIDDEN,
        "keras.initializers",
        dict.fromkeys(("initializers_v1", "initializers_v2"), "keras.initializers"),
    ),
    ModulesMoved(
        _HIDDEN,
        "keras.mixed_precision",
        {"policy": "keras.mixed_precision", "loss_scale_optimizer": "keras.optimizers"},
    ),
    ModulesMoved(_HIDDEN, "keras.models", {"cloning": "keras.models"}),
    ModulesMoved(
        _HIDDEN,
        "keras.saving",
        {
            **dict.fromkeys(("object_registration", "saving_api", "serialization_lib"), "keras.saving"),
            "model_config": "keras.models",
        },
    ),
    ModulesMoved(_HIDDEN, "keras.saving", {"save": "keras.models"}, taken=True),
    ModulesMoved(
        released("2.4.0", "the modules of keras 2.3.1 and 2.4.0"),
        "keras",
        {
            "applications.mobilenetv2": "keras.applications.mobilenet_v2",
            **dict.fromkeys(
                ("callbacks.callbacks", "callbacks.tensorboard_v1", "callbacks.tensorboard_v2"), "keras.callbacks"
            ),
        },
    ),
    ModulesMoved(_HIDDEN, "keras", {"callbacks_v1": "keras.callbacks"}),
    NamesRemoved(
        _HIDDEN,
        "keras.layers",
        dict.fromkeys(("kernelized", "locally_connected"), "write a layer of your own"),
    ),
    NamesRemoved(
        _HIDDEN,
        "keras.saving",
        {
            **dict.fromkeys(
                ("experimental", "legacy", "pickle_utils", "saving_lib", "saving_utils", "utils_v1"),
                "use what keras.saving and keras.models have",
            ),
            **dict.fromkeys(("saved_model", "saved_model_experimental"), "use model.export and keras.layers.TFSMLayer"),
        },
    ),
    NamesRemoved(
        _HIDDEN,
        "keras.utils",
        {
            **dict.fromkeys(("all_utils", "keras_logging", "kernelized_utils", "traceback_utils"), _WRITTEN),
            **dict.fromkeys(("control_flow_util", "tf_utils", "version_utils", "mode_keys"), _WRITTEN),
            **dict.fromkeys(("object_identity", "tf_contextlib", "tf_inspect"), _TRACED),
            "dataset_creator": "use tf.data.Dataset.from_tensor_slices",
            "losses_utils": 'pass reduction as a word, such as reduction="sum"',
            "metrics_utils": "use keras.metrics",
            "multi_gpu_utils": "use tf.distribute.MirroredStrategy, or keras.distribution",
            "sidecar_evaluator": "call model.evaluate",
        },
    ),
    NamesRemoved(
        _HIDDEN,
        "keras.mixed_precision",
        dict.fromkeys(
            ("autocast_variable", "device_compatibility_check", "get_layer_policy", "loss_scale"),
            "read layer.dtype_policy and layer.compute_dtype",
        ),
    ),
    NamesRemoved(_HIDDEN, "keras.models", {"sharpness_aware_minimization": "write train_step() of a model"}),
    NamesRemoved(
        _HIDDEN,
        "keras.optimizers",
        {
            "legacy_learning_rate_decay": "use keras.optimizers.schedules",
        },
    ),
    NamesRemoved(_HIDDEN, "keras.optimizers", {"utils": "pass clipnorm= or clipvalue="}, taken=True),
    NamesRemoved(_HIDDEN, "keras", {"type": "use the types of typing"}, taken=True),
    NamesRemoved(
        _HIDDEN,
        "keras",
        {
            "__internal__": _WRITTEN,
            "backend_config": "use keras.config",
            "backend.numpy_backend": "use NumPy, or keras.ops",
            **dict.fromkeys(("combinations", "keras_parameterized", "testing_utils"), "use pytest's parametrize"),
            "distribute": "use tf.distribute, or keras.distribution",
            "export.export_lib": "use keras.export",
            "feature_column": "use keras.utils.FeatureSpace",
            **dict.fromkeys(("legacy.interfaces", "legacy.models"), "it took the arguments of Keras 1: drop it"),
            "legacy_tf_layers": "use keras.layers",
            "optimizer_v1": "use keras.optimizers",
            **dict.fromkeys(("premade", "premade_models"), "build the model of layers"),
        },
    ),
)
"""Most have their classes in the public module now, under the same names."""
