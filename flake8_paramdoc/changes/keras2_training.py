"""What changed from Keras 1 to Keras 2 in models, training, data and the rest that a script calls.

Sources: as in ``keras2_layers``.
"""

from __future__ import annotations

from flake8_paramdoc.changes.keras2_layers import KERAS_2, NOTES
from flake8_paramdoc.changes.keras_names import LAYER, MODEL, SEQUENTIAL, each
from flake8_paramdoc.changes.shapes import (
    ArgumentsRemoved,
    ArgumentsRenamed,
    Change,
    MembersRemoved,
    MembersRenamed,
    Outcome,
    Use,
    ValuesRenamed,
)

_FIT = (f"{MODEL}.fit",)
_FIT_GENERATOR = (f"{MODEL}.fit_generator",)
_OTHER_GENERATORS = (f"{MODEL}.evaluate_generator", f"{MODEL}.predict_generator")
_CLASSIFIERS = each("keras.wrappers.scikit_learn", "KerasClassifier KerasRegressor")

_ARGUMENTS = (
    ArgumentsRenamed(
        callees=(MODEL,),
        but=(SEQUENTIAL,),
        arguments={"input": "inputs", "output": "outputs"},
        since="2.0.0",
        source=NOTES,
    ),
    ArgumentsRenamed(
        callees=(*_FIT, *_FIT_GENERATOR, *_CLASSIFIERS),
        arguments={"nb_epoch": "epochs"},
        distinctive=True,
        since="2.0.0",
        source=NOTES,
    ),
    # From numbers of samples to numbers of batches.
    ArgumentsRenamed(
        callees=_FIT_GENERATOR,
        arguments={
            "samples_per_epoch": "steps_per_epoch=samples // batch_size",
            "nb_val_samples": "validation_steps=samples // batch_size",
        },
        distinctive=True,
        since="2.0.0",
        source=NOTES,
    ),
    ArgumentsRenamed(
        callees=_OTHER_GENERATORS,
        arguments={"val_samples": "steps=samples // batch_size"},
        distinctive=True,
        since="2.0.0",
        source=NOTES,
    ),
    ArgumentsRenamed(
        callees=(*_FIT_GENERATOR, *_OTHER_GENERATORS),
        arguments={"max_q_size": "max_queue_size", "nb_worker": "workers", "pickle_safe": "use_multiprocessing"},
        distinctive=True,
        since="2.0.0",
        source=NOTES,
    ),
    ArgumentsRemoved(
        callees=(f"{MODEL}.compile",),
        arguments={"class_mode": "drop it, the loss says the same"},
        distinctive=True,
        since="1.0",
        step=2,
        source="keras 1.0: the signatures",
    ),
    ArgumentsRemoved(
        callees=_FIT,
        arguments={"show_accuracy": 'drop it and write compile(..., metrics=["accuracy"])'},
        distinctive=True,
        since="1.0",
        step=2,
        source="keras 1.0: the signatures",
    ),
    ArgumentsRemoved(
        callees=("keras.optimizers.get",),
        arguments={"kwargs": "pass a dictionary with class_name and config"},
        since="2.0.0",
        source="keras 2.0.0, keras/optimizers.py",
    ),
    ArgumentsRenamed(
        callees=("keras.utils.to_categorical",),
        arguments={"nb_classes": "num_classes"},
        since="2.0.0",
        source="keras 2.0.0, keras/utils/np_utils.py",
    ),
    ArgumentsRenamed(
        callees=("keras.utils.normalize", "keras.utils.np_utils.normalize"),
        arguments={"a": "x"},
        since="2.0.0",
        source="keras 2.0.0, keras/utils/np_utils.py",
    ),
    # A release of Keras 3 swallows what it does not know in imdb.load_data and refuses it in reuters.load_data.
    ArgumentsRenamed(
        callees=("keras.datasets.imdb.load_data",),
        arguments={"nb_words": "num_words"},
        outcome=Outcome.SILENT,
        since="2.0.0",
        source="keras 2.0.0, keras/datasets",
    ),
    ArgumentsRenamed(
        callees=("keras.datasets.reuters.load_data",),
        arguments={"nb_words": "num_words"},
        since="2.0.0",
        source="keras 2.0.0, keras/datasets",
    ),
    # The copy in TensorFlow still takes it, with a warning.
    ArgumentsRenamed(
        callees=("keras.preprocessing.text.Tokenizer",),
        arguments={"nb_words": "num_words"},
        kept_in_tensorflow=True,
        since="2.0.0",
        source="keras 2.0.0, keras/preprocessing/text.py",
    ),
    ArgumentsRenamed(
        callees=(
            *each("keras.preprocessing.image", "ImageDataGenerator DirectoryIterator NumpyArrayIterator"),
            *each("keras.utils", "img_to_array array_to_img"),
            "keras.applications.imagenet_utils.preprocess_input",
        ),
        arguments={"dim_ordering": "data_format"},
        since="2.0.0",
        source=NOTES,
    ),
    ArgumentsRenamed(
        callees=("keras.preprocessing.image.ImageDataGenerator.flow",),
        arguments={"X": "x"},
        since="2.0.0",
        source="keras 2.0.0, keras/preprocessing/image.py",
    ),
    ArgumentsRenamed(
        callees=("keras.constraints.MaxNorm",), arguments={"m": "max_value"}, since="2.0.0", source=KERAS_2
    ),
    ArgumentsRenamed(
        callees=("keras.constraints.MinMaxNorm",),
        arguments={"low": "min_value", "high": "max_value"},
        since="2.0.0",
        source="keras 2.0.0, keras/constraints.py",
    ),
    ArgumentsRenamed(
        callees=("keras.utils.print_summary",),
        arguments={"layers": "model"},
        since="2.0.0",
        source="keras 2.0.0, keras/utils/layer_utils.py",
    ),
)

_VALUES = (
    ValuesRenamed(
        callees=(
            *each("keras.preprocessing.image", "ImageDataGenerator DirectoryIterator NumpyArrayIterator"),
            *each("keras.utils", "img_to_array array_to_img"),
        ),
        arguments=("dim_ordering",),
        values={"th": 'data_format="channels_first"', "tf": 'data_format="channels_last"'},
        gone={"default": "drop the argument"},
        since="2.0.0",
        source=NOTES,
    ),
    ValuesRenamed(
        callees=(f"{MODEL}.compile",),
        arguments=("metrics",),
        position=2,
        inside=True,
        distinctive=True,
        values={
            "f1score": "keras.metrics.F1Score()",
            "fmeasure": "keras.metrics.F1Score()",
            "fbeta_score": "keras.metrics.FBetaScore()",
        },
        gone={"matthews_correlation": "write a metric of your own"},
        since="2.0.0",
        source=NOTES,
    ),
)

_MEMBERS = (
    MembersRenamed(
        owners=(LAYER,),
        members={"get_output_shape_for": "compute_output_shape"},
        uses=frozenset({Use.READ, Use.DEFINED}),
        since="2.0.0",
        source=NOTES,
    ),
    MembersRemoved(
        owners=(LAYER,),
        members={
            "add_inbound_node": "call the layer",
            "create_input_layer": "use keras.Input",
            "constraints": "pass constraint= to add_weight",
            "regularizers": "read layer.losses",
        },
        since="2.0.0",
        source="keras 2.0.0, keras/engine/topology.py",
    ),
    MembersRemoved(
        owners=(MODEL,),
        members={
            "constraints": "look at the layers' own",
            "regularizers": "read model.losses",
            "load_weights_from_hdf5_group": "use load_weights",
            "save_weights_to_hdf5_group": "use save_weights",
        },
        since="2.0.0",
        source="keras 2.0.0, keras/engine/topology.py",
    ),
    MembersRenamed(
        owners=(SEQUENTIAL,),
        members={"flattened_layers": "layers"},
        since="2.0.0",
        source="keras 2.0.0, keras/models.py",
    ),
)

CHANGES: tuple[Change, ...] = (*_ARGUMENTS, *_VALUES, *_MEMBERS)
