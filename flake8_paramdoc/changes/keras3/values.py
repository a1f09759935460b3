"""Values of arguments that Keras 3 writes in another way, or refuses."""

from __future__ import annotations

from flake8_paramdoc.changes import argument_forms as forms
from flake8_paramdoc.changes.keras_names import HISTORY, LAYER, LOSS, MERGING, METRIC, MODEL, OPTIMIZER, each, layers
from flake8_paramdoc.changes.releases import BOTH_RUN_3, GUIDE_3, METRIC_NAMES, RUN_3, released
from flake8_paramdoc.changes.shapes import Change, Fate, Looks, ValuesRenamed, ValueUnfit

_SAVING = (f"{MODEL}.save", "keras.models.save_model")

_AS_INTEGER = "write int(...) around it"
_RECURRENT = layers("LSTM GRU SimpleRNN")
_FILTERS = layers(
    "Conv1D Conv2D Conv3D Conv1DTranspose Conv2DTranspose Conv3DTranspose SeparableConv1D SeparableConv2D"
)


def _named(looks: Looks, form: str, sample: str, *callees: str) -> ValueUnfit:
    """Return the change of names that Keras 3 does not take."""
    return ValueUnfit(
        RUN_3,
        callees,
        ("name",),
        looks,
        form,
        'write another sign for "/", such as "_"',
        sample=sample,
        new_sample='"block_conv"',
    )


CHANGES: tuple[Change, ...] = (
    _named(
        forms.with_slash,
        'a name with "/"',
        '"block/conv"',
        LAYER,
        OPTIMIZER,
        *layers("Input"),
        *MERGING,
        f"{LAYER}.add_weight",
        f"{METRIC}.add_weight",
        f"{OPTIMIZER}.add_variable",
        "keras.Variable",
    ),
    *(
        ValueUnfit(
            RUN_3,
            callees,
            (argument,),
            forms.no_whole_number,
            f"{argument}=a number with a fraction",
            "write // for /, or int(...) around it",
            position=0,
            sample="64 / 2",
            new_sample="64 // 2",
            new="int(value)",
        )
        for callees, argument in ((layers("Dense"), "units"), (_FILTERS, "filters"))
    ),
    *(
        ValueUnfit(
            RUN_3,
            callees,
            (argument,),
            forms.numpy_number,
            f"{argument}=a number of NumPy's",
            _AS_INTEGER,
            position=position,
            sample="np.prod((4, 8))",
            new_sample="int(np.prod((4, 8)))",
            new="int(value)",
        )
        for callees, argument, position in (
            ((*layers("Dense"), *_RECURRENT), "units", 0),
            (layers("Embedding"), "input_dim", 0),
            (layers("Embedding"), "output_dim", 1),
            (layers("MultiHeadAttention"), "num_heads", 0),
            (layers("MultiHeadAttention"), "key_dim", 1),
        )
    ),
    ValuesRenamed(
        BOTH_RUN_3,
        layers("Input"),
        ("dtype",),
        {"float": '"float32"', "double": '"float64"', "half": '"float16"'},
    ),
    ValueUnfit(
        RUN_3,
        layers("Input"),
        ("shape",),
        forms.no_shape,
        "shape=a number",
        "write shape=(number,)",
        position=0,
        sample="28 * 28",
        new_sample="(28 * 28,)",
        new="(value,)",
    ),
    *(
        ValueUnfit(
            RUN_3,
            callees,
            (argument,),
            forms.tensor_of_tensorflow,
            f"{argument}=a tensor of TensorFlow's",
            "write the shape of the tensor, and pass it to the model",
            sample="tf.ones((2, 3))",
            new_sample="keras.Input((3,))",
        )
        for callees, argument in ((layers("Input"), "tensor"), (layers("InputLayer"), "input_tensor"))
    ),
    ValueUnfit(
        RUN_3,
        (f"{LAYER}.add_weight",),
        ("shape",),
        forms.no_shape,
        "shape=a number",
        "write shape=(number,)",
        sample="input_shape[-1]",
        new_sample="(input_shape[-1],)",
        new="(value,)",
    ),
    ValueUnfit(
        RUN_3,
        layers("BatchNormalization"),
        ("axis",),
        forms.axes,
        "axis=[...]",
        "write the number alone",
        sample="[-1]",
        new_sample="-1",
    ),
    ValueUnfit(
        RUN_3,
        (OPTIMIZER,),
        ("clipvalue",),
        forms.given,
        "clipvalue=... beside clipnorm=... or global_clipnorm=...",
        "pass one of them alone",
        sample="0.5, clipnorm=1.0",
        new_sample="0.5",
        beside=("clipnorm", "global_clipnorm"),
    ),
    ValueUnfit(
        RUN_3,
        each("keras.optimizers", "SGD Adam RMSprop Adagrad Adadelta Adamax Nadam Ftrl AdamW Lion"),
        ("learning_rate", "lr"),
        forms.integer,
        "learning_rate=a whole number",
        "write it with a point: 1.0",
        position=0,
        sample="1",
        new_sample="1.0",
        new="float(value)",
    ),
    ValueUnfit(
        RUN_3,
        (f"{MODEL}.compile",),
        ("metrics", "weighted_metrics"),
        forms.lone_metric,
        "metrics=a metric outside of a list",
        "write it in a list",
        sample='"accuracy"',
        new_sample='["accuracy"]',
        new="[value]",
        distinctive=True,
    ),
    ValueUnfit(
        RUN_3,
        (f"{MODEL}.compile",),
        ("optimizer",),
        forms.old_optimizer,
        "an optimizer of TensorFlow 1",
        "use one of keras.optimizers",
        position=0,
        sample="tf.train.AdamOptimizer()",
        new_sample='"adam"',
    ),
    ValuesRenamed(
        released(
            "3.0.0",
            "keras 2.2, where None meant the backend's epsilon, and keras 3.15.1, which fails at the first step",
        ),
        each("keras.optimizers", "Adam Nadam Adamax AdamW RMSprop Adagrad Adadelta"),
        ("epsilon",),
        {},
        gone={None: "drop it, the default is 1e-7"},
        safe=(None,),
    ),
    ValuesRenamed(
        RUN_3,
        (LAYER,),
        (
            "kernel_regularizer",
            "bias_regularizer",
            "activity_regularizer",
            "recurrent_regularizer",
            "embeddings_regularizer",
            "depthwise_regularizer",
            "pointwise_regularizer",
            "gamma_regularizer",
            "beta_regularizer",
        ),
        {"l1_l2": "keras.regularizers.L1L2(l1=0.01, l2=0.01)"},
    ),
    ValuesRenamed(GUIDE_3, (LOSS,), ("reduction",), {"auto": '"sum_over_batch_size"'}),
    ValueUnfit(
        GUIDE_3,
        (LOSS,),
        ("reduction",),
        forms.called("auto"),
        "reduction=Reduction.AUTO",
        'write reduction="sum_over_batch_size"',
        sample="keras.losses.Reduction.AUTO",
        new_sample='"sum_over_batch_size"',
        new='"sum_over_batch_size"',
    ),
    ValueUnfit(
        RUN_3,
        (f"{MODEL}.load_weights",),
        ("filepath",),
        forms.path_without(".weights.h5", ".weights.json", ".keras", ".h5", ".hdf5"),
        "a path without .weights.h5",
        "load it with the Keras that saved it, and save it with .weights.h5",
        position=0,
        sample='"weights"',
        new_sample='"model.weights.h5"',
    ),
    ValuesRenamed(GUIDE_3, _SAVING, ("save_format",), {}, gone={"tf": "drop it and write model.export(path)"}),
    *(
        ValueUnfit(
            GUIDE_3,
            (callee,),
            ("filepath",),
            forms.path_without(".keras", ".h5", ".hdf5"),
            "a path without .keras",
            "write the path with .keras, or model.export(path) for a SavedModel",
            position=position,
            sample='"model"',
            new_sample='"model.keras"',
            ending=".keras",
            unless=("zipped", "save_format"),
        )
        for callee, position in zip(_SAVING, (0, 1), strict=True)
    ),
    ValueUnfit(
        GUIDE_3,
        ("keras.models.load_model",),
        ("filepath",),
        forms.path_to_folder,
        "a folder",
        "use keras.layers.TFSMLayer(path, call_endpoint=...) for a SavedModel",
        position=0,
        before_keras_3=True,  # which reads folders that its own OrbaxCheckpoint wrote
        sample='"saved_model"',
        new_sample='"model.keras"',
    ),
    ValueUnfit(
        RUN_3,
        (f"{MODEL}.save",),
        ("filepath",),
        forms.path_with(".h5", ".hdf5"),
        "a path with .h5",
        "write the path with .keras",
        position=0,
        sample='"model.h5"',
        new_sample='"model.keras"',
        ending=".keras",
        outcome=Fate.WARNS,
    ),
    ValueUnfit(
        GUIDE_3,
        (f"{MODEL}.save_weights",),
        ("filepath",),
        forms.path_without(".weights.h5", ".weights.json"),
        "a path without .weights.h5",
        "write the path with .weights.h5",
        position=0,
        sample='"weights.h5"',
        new_sample='"model.weights.h5"',
        ending=".weights.h5",
    ),
    ValuesRenamed(
        RUN_3,
        (f"{MODEL}.compile",),
        ("loss",),
        {
            "cosine": '"cosine_similarity"',
            "cosine_proximity": '"cosine_similarity"',
            "kullback_leibler_divergence": '"kl_divergence"',
            "logcosh": '"log_cosh"',
        },
        position=1,
        inside=True,
        distinctive=True,
    ),
    ValuesRenamed(
        RUN_3,
        (f"{MODEL}.compile",),
        ("metrics",),
        {
            "cosine": '"cosine_similarity"',
            "cosine_proximity": '"cosine_similarity"',
            "kullback_leibler_divergence": '"kl_divergence"',
        },
        position=2,
        inside=True,
        distinctive=True,
    ),
    ValuesRenamed(
        METRIC_NAMES,
        (f"{HISTORY}.history[]",),
        (),
        {"acc": '"accuracy"', "val_acc": '"val_accuracy"'},
        position=0,
        form="{callee}[{value}]",
        named_accuracy=True,
    ),
    *(
        ValuesRenamed(
            METRIC_NAMES,
            each("keras.callbacks", names),
            ("monitor",),
            {"acc": '"accuracy"', "val_acc": '"val_accuracy"'},
            position=position,
            named_accuracy=True,
            outcome=Fate.SILENT,
        )
        for position, names in ((1, "ModelCheckpoint"), (0, "EarlyStopping ReduceLROnPlateau"))
    ),
    ValueUnfit(
        RUN_3,
        ("keras.callbacks.ModelCheckpoint",),
        ("filepath",),
        forms.path_without(".keras", ".h5"),
        "a path without .keras",
        "write the path with .keras, or with .weights.h5 and save_weights_only=True",
        position=0,
        sample='"model.hdf5"',
        new_sample='"model.keras"',
        ending=".keras",
        unless=("save_weights_only",),
    ),
    ValueUnfit(
        RUN_3,
        ("keras.callbacks.ModelCheckpoint",),
        ("filepath",),
        forms.path_without(".weights.h5"),
        "a path without .weights.h5, save_weights_only=True",
        "write the path with .weights.h5",
        position=0,
        sample='"weights.h5", save_weights_only=True',
        new_sample='"model.weights.h5", save_weights_only=True',
        ending=".weights.h5",
        only_with={"save_weights_only": True},
    ),
)
