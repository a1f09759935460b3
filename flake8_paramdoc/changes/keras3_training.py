"""Arguments and values of training, saving and callbacks that Keras 3 calls otherwise, or no longer takes.

Sources: as in ``keras3_arguments``.
"""

from __future__ import annotations

from flake8_paramdoc.changes import argument_forms as forms
from flake8_paramdoc.changes.keras3_arguments import RUN, drop
from flake8_paramdoc.changes.keras3_backend import GUIDE
from flake8_paramdoc.changes.keras_names import HISTORY, MODEL, each
from flake8_paramdoc.changes.shapes import (
    ArgumentsRemoved,
    ArgumentsRenamed,
    Change,
    Outcome,
    ValuesRenamed,
    ValueUnfit,
)

_DATASET = "drop it; a keras.utils.PyDataset takes it"
_TRAINING = tuple(f"{MODEL}.{method}" for method in ("fit", "evaluate", "predict"))
_SAVING = (f"{MODEL}.save", "keras.models.save_model")

_TRAIN = (
    ArgumentsRemoved(
        callees=_TRAINING,
        arguments=drop("max_queue_size workers use_multiprocessing", _DATASET),
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRemoved(
        callees=(f"{MODEL}.compile",),
        arguments={
            **drop("experimental_run_tf_function options distribute"),
            "sample_weight_mode": "drop it and pass weights of the shape of the target",
            "target_tensors": "drop it and pass the targets to fit",
            "pss_evaluation_shards": "drop it",
        },
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRemoved(
        callees=(f"{MODEL}.train_on_batch", f"{MODEL}.test_on_batch"),
        arguments=drop("reset_metrics", "drop it and call model.reset_metrics()"),
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRemoved(callees=(f"{MODEL}.load_weights",), arguments=drop("options reshape"), since="3.0.0", source=RUN),
    ValueUnfit(
        callees=(f"{MODEL}.load_weights",),
        arguments=("filepath",),
        position=0,
        looks=forms.path_without(".weights.h5", ".weights.json", ".keras", ".h5", ".hdf5"),
        sample='"weights"',
        form="a path without .weights.h5",
        instead="load it with the Keras that saved it, and save it with .weights.h5",
        new_sample='"model.weights.h5"',
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRemoved(
        callees=(f"{MODEL}.save_weights",),
        arguments=drop("options save_format", "drop it, the file's name decides: .weights.h5"),
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRemoved(
        callees=_SAVING,
        arguments=drop("save_format", "drop it, the file's name decides: .keras"),
        outcome=Outcome.WARNS,
        since="3.0.0",
        source=RUN,
    ),
    ValuesRenamed(
        callees=_SAVING,
        arguments=("save_format",),
        values={},
        gone={"tf": "drop it and write model.export(path)"},
        since="3.0.0",
        source=GUIDE,
    ),
    ArgumentsRemoved(
        callees=_SAVING,
        arguments=drop("signatures options", "drop it; model.export writes a SavedModel"),
        since="3.0.0",
        source=RUN,
    ),
    *(
        ValueUnfit(
            callees=(callee,),
            arguments=("filepath",),
            position=position,
            looks=forms.path_without(".keras", ".h5", ".hdf5"),
            sample='"model"',
            form="a path without .keras",
            instead="write the path with .keras, or model.export(path) for a SavedModel",
            new_sample='"model.keras"',
            unless=("zipped", "save_format"),
            since="3.0.0",
            source=GUIDE,
        )
        for callee, position in zip(_SAVING, (0, 1), strict=True)
    ),
    ValueUnfit(
        callees=("keras.models.load_model",),
        arguments=("filepath",),
        position=0,
        looks=forms.path_to_folder,
        sample='"saved_model"',
        form="a folder",
        instead="use keras.layers.TFSMLayer(path, call_endpoint=...) for a SavedModel",
        new_sample='"model.keras"',
        since="3.0.0",
        source=GUIDE,
    ),
    ValueUnfit(
        callees=(f"{MODEL}.save",),
        arguments=("filepath",),
        position=0,
        looks=forms.path_with(".h5", ".hdf5"),
        sample='"model.h5"',
        form="a path with .h5",
        instead="write the path with .keras",
        new_sample='"model.keras"',
        outcome=Outcome.WARNS,
        since="3.0.0",
        source=RUN,
    ),
    ValueUnfit(
        callees=(f"{MODEL}.save_weights",),
        arguments=("filepath",),
        position=0,
        looks=forms.path_without(".weights.h5", ".weights.json"),
        sample='"weights.h5"',
        form="a path without .weights.h5",
        instead="write the path with .weights.h5",
        new_sample='"model.weights.h5"',
        since="3.0.0",
        source=GUIDE,
    ),
    ValuesRenamed(
        callees=(f"{MODEL}.compile",),
        arguments=("loss",),
        position=1,
        inside=True,
        distinctive=True,
        values={
            "cosine": '"cosine_similarity"',
            "cosine_proximity": '"cosine_similarity"',
            "kullback_leibler_divergence": '"kl_divergence"',
            "logcosh": '"log_cosh"',
        },
        since="3.0.0",
        source=RUN,
    ),
    ValuesRenamed(
        callees=(f"{MODEL}.compile",),
        arguments=("metrics",),
        position=2,
        inside=True,
        distinctive=True,
        values={
            "cosine": '"cosine_similarity"',
            "cosine_proximity": '"cosine_similarity"',
            "kullback_leibler_divergence": '"kl_divergence"',
        },
        since="3.0.0",
        source=RUN,
    ),
    ValuesRenamed(
        callees=(f"{HISTORY}.history[]",),
        position=0,
        form="{callee}[{value}]",
        named_accuracy=True,
        values={"acc": '"accuracy"', "val_acc": '"val_accuracy"'},
        since="2.3.0",
        step=3,
        source="keras 2.3.0: the release notes",
    ),
)

_CALLBACKS = (
    *(
        ValuesRenamed(
            callees=each("keras.callbacks", names),
            arguments=("monitor",),
            position=position,
            named_accuracy=True,
            values={"acc": '"accuracy"', "val_acc": '"val_accuracy"'},
            outcome=Outcome.SILENT,
            since="2.3.0",
            step=3,
            source="keras 2.3.0: the release notes",
        )
        for position, names in ((1, "ModelCheckpoint"), (0, "EarlyStopping ReduceLROnPlateau"))
    ),
    ArgumentsRenamed(
        callees=("keras.callbacks.ReduceLROnPlateau",),
        arguments={"epsilon": "min_delta"},
        outcome=Outcome.SILENT,
        since="2.1.6",
        step=3,
        source="keras 2.1.6, which still took it, and keras 3.15.1, which takes any argument and leaves it unread",
    ),
    ArgumentsRenamed(
        callees=("keras.callbacks.ModelCheckpoint",),
        arguments={"period": 'save_freq, which counts batches unless it is "epoch": save_freq=...'},
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRemoved(
        callees=("keras.callbacks.ModelCheckpoint",), arguments=drop("options"), since="3.0.0", source=RUN
    ),
    ValueUnfit(
        callees=("keras.callbacks.ModelCheckpoint",),
        arguments=("filepath",),
        position=0,
        looks=forms.path_without(".keras", ".h5"),
        sample='"model.hdf5"',
        form="a path without .keras",
        instead="write the path with .keras, or with .weights.h5 and save_weights_only=True",
        new_sample='"model.keras"',
        unless=("save_weights_only",),
        since="3.0.0",
        source=RUN,
    ),
    ValueUnfit(
        callees=("keras.callbacks.ModelCheckpoint",),
        arguments=("filepath",),
        position=0,
        looks=forms.path_without(".weights.h5"),
        sample='"weights.h5", save_weights_only=True',
        form="a path without .weights.h5, save_weights_only=True",
        instead="write the path with .weights.h5",
        new_sample='"model.weights.h5", save_weights_only=True',
        only_with={"save_weights_only": True},
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRemoved(
        callees=("keras.callbacks.ProgbarLogger",),
        arguments=drop("count_mode stateful_metrics"),
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRemoved(
        callees=("keras.callbacks.BackupAndRestore",),
        arguments=drop("save_before_preemption"),
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRemoved(
        callees=("keras.callbacks.TensorBoard",),
        arguments=drop("batch_size write_grads embeddings_data embeddings_layer_names"),
        since="2.3.0",
        step=3,
        source=RUN,
    ),
    ArgumentsRenamed(
        callees=("keras.callbacks.LambdaCallback",),
        arguments={"on_batch_begin": "on_train_batch_begin", "on_batch_end": "on_train_batch_end"},
        outcome=Outcome.WORKS,
        since="3.0.0",
        source=RUN,
    ),
)

CHANGES: tuple[Change, ...] = (*_TRAIN, *_CALLBACKS)
