"""Arguments that Keras 3 calls otherwise, no longer takes, or must be given."""

from __future__ import annotations

from flake8_paramdoc.changes.keras_names import LAYER, METRIC, MODEL, OPTIMIZER, RNN, each, layers
from flake8_paramdoc.changes.releases import GUIDE_3, LATE_2_3, LATE_2_4, OPTIMIZERS_2_11, RUN_3, SIGNATURES_3, released
from flake8_paramdoc.changes.shapes import ANY, ArgumentRequired, ArgumentsRemoved, ArgumentsRenamed, Change, Fate

_BUILT = "drop it; start the model with keras.Input(shape=...)"
_OTHERS = layers("InputLayer Input HashedCrossing")
_NOT_LOGGED = "TensorBoard shows no gradients"
_AT_A_TIME = "it said of how many samples at a time the first releases of Keras 2 made histograms"
_STRICT = layers("SpatialDropout1D SpatialDropout2D SpatialDropout3D Discretization IntegerLookup StringLookup")


def drop(names: str, instead: str = "drop it") -> dict[str, str]:
    return dict.fromkeys(names.split(), instead)


_INITIALIZERS = each(
    "keras.initializers",
    "Constant Identity Ones Orthogonal RandomNormal RandomUniform TruncatedNormal VarianceScaling Zeros"
    " glorot_normal glorot_uniform he_normal he_uniform lecun_normal lecun_uniform",
)
_DATASET = "drop it; a keras.utils.PyDataset takes it"
_TRAINING = tuple(f"{MODEL}.{method}" for method in ("fit", "evaluate", "predict"))
_SAVING = (f"{MODEL}.save", "keras.models.save_model")
_CONV_NEXT = " ".join(f"ConvNeXt{size}" for size in ("Tiny", "Small", "Base", "Large", "XLarge"))
_SERIALIZING = [
    "activations",
    "constraints",
    "initializers",
    "layers",
    "losses",
    "metrics",
    "optimizers",
    "optimizers.schedules",
    "regularizers",
]

CHANGES: tuple[Change, ...] = (
    ArgumentsRemoved(
        GUIDE_3,
        (LAYER,),
        {"input_shape": _BUILT, "input_dim": _BUILT},
        but=(*_OTHERS, *layers("Embedding ReversibleEmbedding"), *_STRICT),
        outcome=Fate.WARNS,
    ),
    ArgumentsRemoved(RUN_3, _STRICT, {"input_shape": _BUILT, "input_dim": _BUILT}),
    ArgumentsRemoved(
        RUN_3, layers("Embedding"), {"input_length": "drop it", "input_shape": _BUILT}, outcome=Fate.WARNS
    ),
    ArgumentsRenamed(RUN_3, layers("InputLayer"), {"input_shape": "shape"}, outcome=Fate.WARNS),
    ArgumentsRenamed(RUN_3, layers("Input"), {"batch_input_shape": "batch_shape"}),
    ArgumentsRenamed(RUN_3, layers("InputLayer"), {"batch_input_shape": "batch_shape"}, outcome=Fate.WORKS),
    ArgumentsRemoved(
        RUN_3,
        (LAYER,),
        {
            "batch_input_shape": "drop it; start the model with keras.Input(batch_shape=...)",
            "batch_size": "drop it; start the model with keras.Input(shape=..., batch_size=...)",
            "input_dtype": "drop it; start the model with keras.Input(shape=..., dtype=...)",
            "dynamic": "drop it, or call compile with run_eagerly=True",
        },
        but=_OTHERS,
        safe=(None, False),
    ),
    ArgumentsRemoved(RUN_3, (f"{LAYER}.add_loss",), {"inputs": "drop it"}, safe=ANY),
    ArgumentsRemoved(
        RUN_3, (LAYER,), {"input_length": _BUILT}, but=(*_OTHERS, *layers("Embedding ReversibleEmbedding"))
    ),
    ArgumentsRemoved(
        RUN_3,
        (LAYER,),
        {"weights": "drop it and call layer.set_weights once it is built"},
        but=(*_OTHERS, *layers("Bidirectional Embedding")),
    ),
    # Keras 2 handed them to a class above, which made nothing of them.
    ArgumentsRemoved(
        RUN_3,
        layers("DepthwiseConv1D DepthwiseConv2D"),
        drop("kernel_initializer kernel_regularizer kernel_constraint", "drop it, it did nothing; see depthwise_..."),
        safe=ANY,
    ),
    ArgumentsRemoved(
        RUN_3,
        layers("SeparableConv1D SeparableConv2D"),
        drop(
            "kernel_initializer kernel_regularizer kernel_constraint",
            "drop it, it did nothing; see depthwise_... and pointwise_...",
        ),
        safe=ANY,
    ),
    ArgumentsRemoved(
        RUN_3,
        layers(
            "DepthwiseConv1D DepthwiseConv2D SeparableConv1D SeparableConv2D"
            " Conv1DTranspose Conv2DTranspose Conv3DTranspose"
        ),
        drop("groups"),
        safe=(1,),
    ),
    ArgumentsRemoved(
        RUN_3,
        layers("Attention AdditiveAttention"),
        drop("causal", "drop it and pass use_causal_mask=True to the call"),
        safe=(False,),
    ),
    ArgumentsRemoved(RUN_3, layers("Embedding"), drop("use_one_hot_matmul"), safe=ANY),
    ArgumentsRemoved(
        RUN_3,
        layers("GRU LSTM SimpleRNN GRUCell LSTMCell SimpleRNNCell"),
        drop("enable_caching_device"),
        safe=ANY,
    ),
    ArgumentsRemoved(RUN_3, layers("GRU LSTM"), drop("return_runtime"), safe=(False,)),
    ArgumentsRenamed(RUN_3, layers("CategoryEncoding"), {"max_tokens": "num_tokens"}),
    ArgumentsRenamed(RUN_3, layers("Discretization"), {"bins": "bin_boundaries"}),
    ArgumentsRenamed(
        RUN_3,
        layers("IntegerLookup"),
        {"max_values": "max_tokens", "mask_value": "mask_token", "oov_value": "oov_token"},
    ),
    ArgumentsRemoved(RUN_3, layers("IntegerLookup StringLookup"), drop("has_static_table"), safe=(False,)),
    ArgumentsRemoved(RUN_3, layers("SpatialDropout1D SpatialDropout2D SpatialDropout3D"), drop("trainable"), safe=ANY),
    ArgumentsRemoved(
        RUN_3, layers("SpatialDropout1D SpatialDropout2D SpatialDropout3D"), drop("noise_shape"), safe=(None,)
    ),
    ArgumentsRenamed(RUN_3, ("keras.regularizers.L1",), {"l": "l1"}),
    ArgumentsRenamed(RUN_3, ("keras.regularizers.L2",), {"l": "l2"}),
    ArgumentsRemoved(
        RUN_3,
        ("keras.callbacks.ModelCheckpoint",),
        drop(
            "load_weights_on_restart", "drop it and load the weights yourself, or use keras.callbacks.BackupAndRestore"
        ),
        safe=(False,),
    ),
    ArgumentsRemoved(RUN_3, layers("BatchNormalization"), drop("fused"), safe=ANY),
    ArgumentsRemoved(RUN_3, layers("BatchNormalization"), drop("virtual_batch_size adjustment"), safe=(None,)),
    ArgumentsRemoved(
        RUN_3,
        layers("SimpleRNN RNN ConvLSTM1D ConvLSTM2D ConvLSTM3D"),
        drop("implementation"),
        but=layers("LSTM GRU"),
        safe=ANY,
    ),
    ArgumentsRemoved(
        RUN_3, (RNN,), drop("time_major", "drop it and transpose the input to (batch, time, features)"), safe=(False,)
    ),
    ArgumentsRemoved(RUN_3, layers("Embedding"), drop("sparse"), safe=ANY),
    ArgumentsRemoved(RUN_3, layers("Softmax"), drop("robust_masking"), safe=(True,)),
    ArgumentsRemoved(RUN_3, layers("MultiHeadAttention"), drop("softmax_robust_masking"), safe=(True,)),
    ArgumentsRemoved(RUN_3, layers("Input InputLayer"), drop("type_spec"), safe=(None,)),
    ArgumentsRenamed(RUN_3, layers("LeakyReLU"), {"alpha": "negative_slope"}, outcome=Fate.WARNS),
    ArgumentsRenamed(RUN_3, ("keras.activations.relu",), {"alpha": "negative_slope"}),
    ArgumentsRemoved(
        RUN_3,
        (f"{RNN}.reset_states", f"{layers('Bidirectional')[0]}.reset_states"),
        drop("states", "drop it and pass initial_state= to the call"),
    ),
    ArgumentsRemoved(
        RUN_3, (f"{RNN}.__call__",), drop("constants", "drop it and pass them in the input, or keep them in the cell")
    ),
    ArgumentsRemoved(RUN_3, (f"{LAYER}.add_weight",), drop("synchronization use_resource"), safe=ANY),
    ArgumentsRemoved(RUN_3, (f"{LAYER}.add_weight",), drop("partitioner"), safe=(None,)),
    ArgumentsRemoved(RUN_3, (f"{METRIC}.add_weight",), drop("aggregation synchronization"), safe=ANY),
    ArgumentsRemoved(RUN_3, (f"{RNN}.get_initial_state",), drop("inputs", "write batch_size=")),
    ArgumentsRemoved(
        RUN_3,
        tuple(f"{cell}.get_initial_state" for cell in layers("GRUCell LSTMCell SimpleRNNCell StackedRNNCells")),
        {"inputs": "write batch_size=", "dtype": "drop it"},
    ),
    ArgumentsRenamed(RUN_3, (f"{LAYER}.add_loss",), {"losses": "loss"}),
    ArgumentsRemoved(RUN_3, _INITIALIZERS, drop("dtype", "drop it and pass it to the call")),
    ArgumentsRemoved(RUN_3, ("keras.initializers.Constant",), drop("verify_shape"), safe=ANY),
    ArgumentsRenamed(RUN_3, ("keras.regularizers.l1",), {"l": "l1"}),
    ArgumentsRenamed(RUN_3, ("keras.regularizers.l2",), {"l": "l2"}),
    ArgumentsRenamed(
        released("3.0.0", "keras 2.3.0, which deprecated it, and keras 3.0.0, which refuses it"),
        (OPTIMIZER,),
        {"lr": "learning_rate"},
    ),
    ArgumentsRemoved(
        OPTIMIZERS_2_11,
        (OPTIMIZER,),
        {"decay": "drop it, or pass learning_rate=keras.optimizers.schedules.InverseTimeDecay(...)"},
        outcome=Fate.WARNS,
    ),
    ArgumentsRemoved(RUN_3, (OPTIMIZER,), {"jit_compile": "drop it and pass jit_compile= to compile"}, safe=(False,)),
    ArgumentsRemoved(LATE_2_4, each("keras.optimizers", "Nadam"), drop("schedule_decay")),
    ArgumentsRemoved(RUN_3, each("keras.optimizers", "Adam"), drop("adaptive_epsilon"), safe=(False,)),
    ArgumentsRemoved(
        RUN_3,
        (f"{OPTIMIZER}.apply_gradients",),
        drop("name skip_gradients_aggregation experimental_aggregate_gradients"),
        safe=ANY,
    ),
    ArgumentsRemoved(
        RUN_3,
        (f"{OPTIMIZER}.add_variable_from_reference",),
        {
            "model_variable": "write reference_variable=",
            "variable_name": "write name=",
            "shape": "drop it",
            "initial_value": "write initializer=",
        },
    ),
    ArgumentsRenamed(RUN_3, ("keras.utils.to_categorical",), {"y": "x"}),
    ArgumentsRemoved(RUN_3, ("keras.utils.to_categorical",), drop("dtype", "drop it and call astype on the result")),
    ArgumentsRenamed(RUN_3, ("keras.utils.load_img",), {"grayscale": 'color_mode="grayscale"'}),
    ArgumentsRemoved(RUN_3, each("keras.utils", "plot_model model_to_dot"), drop("layer_range"), safe=(None,)),
    ArgumentsRemoved(RUN_3, ("keras.utils.get_source_inputs",), drop("layer node_index"), safe=(None,)),
    ArgumentsRenamed(RUN_3, ("keras.utils.deserialize_keras_object",), {"identifier": "config"}),
    ArgumentsRenamed(RUN_3, ("keras.utils.serialize_keras_object",), {"instance": "obj"}),
    ArgumentsRemoved(RUN_3, ("keras.activations.deserialize",), drop("name", "write config=")),
    ArgumentsRemoved(
        RUN_3,
        tuple(f"keras.{module}.{name}" for module in _SERIALIZING for name in ("serialize", "deserialize")),
        drop("use_legacy_format"),
        safe=(False,),
    ),
    ArgumentsRenamed(RUN_3, ("keras.backend.set_epsilon",), {"e": "value"}),
    ArgumentsRenamed(RUN_3, ("keras.backend.set_floatx",), {"floatx": "value"}),
    ArgumentsRenamed(
        RUN_3,
        (*each("keras.applications", _CONV_NEXT), *each("keras.applications.convnext", _CONV_NEXT)),
        {"model_name": "name"},
    ),
    ArgumentsRemoved(RUN_3, _TRAINING, drop("max_queue_size workers use_multiprocessing", _DATASET), safe=ANY),
    ArgumentsRemoved(
        RUN_3,
        (f"{MODEL}.compile",),
        {
            **drop("experimental_run_tf_function options distribute"),
            "sample_weight_mode": "drop it and pass weights of the shape of the target",
            "target_tensors": "drop it and pass the targets to fit",
            "pss_evaluation_shards": "drop it",
        },
        safe=(None,),
        unsafe={"sample_weight_mode": "weights of samples must have the shape of the targets"},
    ),
    ArgumentsRemoved(
        RUN_3,
        (f"{MODEL}.train_on_batch", f"{MODEL}.test_on_batch"),
        drop("reset_metrics", "drop it and call model.reset_metrics()"),
        safe=(False,),
    ),
    ArgumentsRemoved(RUN_3, (f"{MODEL}.load_weights",), drop("options reshape"), safe=(None, False)),
    ArgumentsRemoved(
        RUN_3, (f"{MODEL}.save_weights",), drop("options save_format", "drop it, the file's name decides: .weights.h5")
    ),
    ArgumentsRemoved(
        RUN_3, _SAVING, drop("save_format", "drop it, the file's name decides: .keras"), outcome=Fate.WARNS
    ),
    ArgumentsRemoved(RUN_3, _SAVING, drop("signatures options", "drop it; model.export writes a SavedModel")),
    ArgumentsRenamed(
        released(
            "2.1.6", "keras 2.1.6, which still took it, and keras 3.15.1, which takes any argument and leaves it unread"
        ),
        ("keras.callbacks.ReduceLROnPlateau",),
        {"epsilon": "min_delta"},
        outcome=Fate.SILENT,
    ),
    ArgumentsRenamed(
        RUN_3,
        ("keras.callbacks.ModelCheckpoint",),
        {"period": 'save_freq, which counts batches unless it is "epoch": save_freq=...'},
    ),
    ArgumentsRemoved(RUN_3, ("keras.callbacks.ModelCheckpoint",), drop("options"), safe=(None,)),
    ArgumentsRemoved(RUN_3, ("keras.callbacks.ProgbarLogger",), drop("count_mode stateful_metrics"), safe=ANY),
    ArgumentsRemoved(RUN_3, ("keras.callbacks.BackupAndRestore",), drop("save_before_preemption"), safe=(False,)),
    ArgumentsRemoved(
        LATE_2_3,
        ("keras.callbacks.TensorBoard",),
        drop("batch_size write_grads embeddings_data embeddings_layer_names"),
        safe=(None, False, 32),
        unsafe={"batch_size": _AT_A_TIME, "write_grads": _NOT_LOGGED},
    ),
    ArgumentsRenamed(
        RUN_3,
        ("keras.callbacks.LambdaCallback",),
        {"on_batch_begin": "on_train_batch_begin", "on_batch_end": "on_train_batch_end"},
        outcome=Fate.WORKS,
    ),
    *(
        ArgumentRequired(SIGNATURES_3, layers(f"AveragePooling{n}D"), "pool_size", default, position=0)
        for n, default in ((1, "2"), (2, "(2, 2)"), (3, "(2, 2, 2)"))
    ),
)
