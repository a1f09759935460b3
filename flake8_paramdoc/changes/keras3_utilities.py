"""Names that Keras 3 moved or no longer has: models, utilities, preprocessing, initializers and what was experimental.

Sources: as in ``keras3_names``.
"""

from __future__ import annotations

from flake8_paramdoc.changes.keras3_backend import NAMES
from flake8_paramdoc.changes.keras3_names import SERIALIZING
from flake8_paramdoc.changes.shapes import Change, NamesRemoved, NamesRenamed

_AUGMENTATION = "use layers such as keras.layers.RandomFlip and keras.layers.RandomRotation"
_DATA = "use keras.utils.PyDataset or tf.data"

CHANGES: tuple[Change, ...] = (
    NamesRenamed(
        module="keras.models",
        names={"model_from_yaml": "keras.models.model_from_json"},
        since="2.6.0",
        step=3,
        source="keras 2.6.0, keras/saving/model_config.py",
    ),
    NamesRemoved(
        module="keras.models",
        names={
            "LinearModel": "build it of keras.layers.Dense",
            "WideDeepModel": "build it of layers",
            "has_arg": "use inspect.signature",
            "to_list": "write [x]",
            "model_from_config": "use keras.Model.from_config or keras.saving.deserialize_keras_object",
            "Input": "import it from keras",
            "InputLayer": "import it from keras.layers",
        },
        since="3.0.0",
        source=NAMES,
    ),
    NamesRenamed(
        module="keras.utils",
        names={
            "multi_gpu_model": "keras.distribution, or tf.distribute.MirroredStrategy",
            "print_summary": "model.summary()",
        },
        since="2.4.0",
        step=3,
        source="the public names of keras 2.3.1 and 2.4.0",
    ),
    NamesRenamed(
        module="keras.utils.training_utils",
        names={"multi_gpu_model": "keras.distribution, or tf.distribute.MirroredStrategy"},
        since="2.4.0",
        step=3,
        source="the public names of keras 2.3.1 and 2.4.0",
    ),
    NamesRemoved(
        module="keras.utils",
        names={
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
        since="3.0.0",
        source=NAMES,
    ),
    NamesRemoved(
        module="keras.utils.data_utils",
        names={
            "GeneratorEnqueuer": _DATA,
            "OrderedEnqueuer": _DATA,
            "SequenceEnqueuer": _DATA,
            **dict.fromkeys(("get_index", "init_pool", "init_pool_generator", "next_sample"), _DATA),
            "validate_file": "use keras.utils.get_file with file_hash=",
        },
        since="3.0.0",
        source=NAMES,
    ),
    NamesRemoved(
        module="keras.utils.vis_utils",
        names=dict.fromkeys(("add_edge", "is_model", "is_wrapped_model"), "use keras.utils.model_to_dot"),
        since="3.0.0",
        source=NAMES,
    ),
    NamesRemoved(
        module="keras.utils.Sequence",
        names={"use_sequence_api": "drop it"},
        since="3.0.0",
        source=NAMES,
    ),
    NamesRenamed(
        module="keras.preprocessing.image",
        names={
            "ImageDataGenerator": "keras.utils.image_dataset_from_directory, and layers such as keras.layers.RandomFlip"
        },
        kept_in_tensorflow=True,
        since="3.0.0",
        source=NAMES,
    ),
    NamesRemoved(
        module="keras.preprocessing.image",
        names={
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
        since="3.0.0",
        source=NAMES,
    ),
    NamesRemoved(
        module="keras.preprocessing.image",
        names={"DataFrameIterator": "use keras.utils.image_dataset_from_directory"},
        since="3.0.0",
        source=NAMES,
    ),
    NamesRenamed(
        module="keras.preprocessing.sequence",
        names={"TimeseriesGenerator": "keras.utils.timeseries_dataset_from_array"},
        kept_in_tensorflow=True,
        since="3.0.0",
        source=NAMES,
    ),
    NamesRemoved(
        module="keras.preprocessing.sequence",
        names={
            "make_sampling_table": "write the table yourself",
            "skipgrams": "write the pairs yourself",
        },
        kept_in_tensorflow=True,
        since="3.0.0",
        source=NAMES,
    ),
    NamesRenamed(
        module="keras.preprocessing",
        names={"text": "keras.layers.TextVectorization"},
        kept_in_tensorflow=True,
        since="3.0.0",
        source=NAMES,
    ),
    NamesRenamed(
        module="keras.preprocessing.text",
        names={
            "Tokenizer": "keras.layers.TextVectorization",
            "one_hot": "keras.layers.Hashing",
            "hashing_trick": "keras.layers.Hashing",
            "text_to_word_sequence": "keras.layers.TextVectorization",
            "tokenizer_from_json": "keras.layers.TextVectorization, saved with its model",
        },
        kept_in_tensorflow=True,
        since="3.0.0",
        source=NAMES,
    ),
    NamesRenamed(
        module="keras.wrappers.scikit_learn",
        names={
            "KerasClassifier": "keras.wrappers.SKLearnClassifier, or KerasClassifier of the package scikeras",
            "KerasRegressor": "keras.wrappers.SKLearnRegressor, or KerasRegressor of the package scikeras",
            "BaseWrapper": "keras.wrappers.SKLearnClassifier, or BaseWrapper of the package scikeras",
        },
        since="2.13.0",
        step=3,
        source="the public names of keras 2.12.0 and 2.13.0",
    ),
    NamesRenamed(
        module="keras.initializers",
        names={
            "normal": "keras.initializers.RandomNormal",
            "uniform": "keras.initializers.RandomUniform",
            "one": "keras.initializers.Ones",
            "zero": "keras.initializers.Zeros",
            **SERIALIZING,
        },
        since="3.0.0",
        source=NAMES,
    ),
    NamesRemoved(
        module="keras.applications.imagenet_utils",
        names={"_obtain_input_shape": "write the shape yourself"},
        since="2.2.3",
        step=3,
        source="keras 2.2.3, keras/applications/imagenet_utils.py",
    ),
    NamesRemoved(
        module="keras.applications.mobilenet",
        names={
            "DepthwiseConv2D": "use keras.layers.DepthwiseConv2D",
            "relu6": "use keras.layers.ReLU(6) or keras.activations.relu6",
        },
        since="2.2.0",
        step=3,
        source="keras 2.1.6 and 2.2.0, keras/applications/mobilenet.py",
    ),
    NamesRenamed(module="keras.activations", names=SERIALIZING, since="3.0.0", source=NAMES),
    NamesRenamed(module="keras.constraints", names=SERIALIZING, since="3.0.0", source=NAMES),
    NamesRenamed(module="keras.regularizers", names=SERIALIZING, since="3.0.0", source=NAMES),
    NamesRemoved(module="keras.activations", names={"Layer": "use keras.layers.Layer"}, since="3.0.0", source=NAMES),
    NamesRemoved(
        module="keras.constraints",
        names={
            "RadialConstraint": "write a constraint of your own",
            "radial_constraint": "write a constraint of your own",
        },
        since="3.0.0",
        source=NAMES,
    ),
    NamesRenamed(
        module="keras.experimental",
        names={
            "CosineDecay": "keras.optimizers.schedules.CosineDecay",
            "CosineDecayRestarts": "keras.optimizers.schedules.CosineDecayRestarts",
        },
        since="3.0.0",
        source=NAMES,
    ),
    NamesRemoved(
        module="keras.experimental",
        names={
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
        since="3.0.0",
        source=NAMES,
    ),
    NamesRenamed(
        module="keras.mixed_precision.experimental",
        names={
            "Policy": "keras.mixed_precision.Policy",
            "global_policy": "keras.mixed_precision.global_policy",
            "set_policy": "keras.mixed_precision.set_global_policy",
        },
        since="3.0.0",
        source=NAMES,
    ),
    NamesRemoved(
        module="keras.mixed_precision.experimental",
        names={"get_layer_policy": "read layer.dtype_policy"},
        since="3.0.0",
        source=NAMES,
    ),
    NamesRemoved(
        module="keras.datasets.cifar",
        names={"load_batch": "use keras.datasets.cifar10.load_data"},
        since="3.0.0",
        source=NAMES,
    ),
)
