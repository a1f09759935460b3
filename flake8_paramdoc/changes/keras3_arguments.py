"""Arguments and values that Keras 3 calls otherwise, or no longer takes.

Sources: the signatures of tf_keras 2.21 and keras 3.15.1, each old form run there, and the migration guide.
"""

from __future__ import annotations

from flake8_paramdoc.changes import argument_forms as forms
from flake8_paramdoc.changes.keras3_backend import GUIDE
from flake8_paramdoc.changes.keras_names import LAYER, LOSS, OPTIMIZER, RNN, each, layers
from flake8_paramdoc.changes.shapes import (
    ArgumentsRemoved,
    ArgumentsRenamed,
    Change,
    Outcome,
    ValuesRenamed,
    ValueUnfit,
)

RUN = "keras 3.15.1, where it was run"

_BUILT = "drop it; start the model with keras.Input(shape=...)"
_INITIALIZERS = each(
    "keras.initializers",
    "Constant Identity Ones Orthogonal RandomNormal RandomUniform TruncatedNormal VarianceScaling Zeros"
    " glorot_normal glorot_uniform he_normal he_uniform lecun_normal lecun_uniform",
)


def drop(names: str, instead: str = "drop it") -> dict[str, str]:
    return dict.fromkeys(names.split(), instead)


_OTHERS = layers("InputLayer Input HashedCrossing")
"""What is told of inputs, and a layer that takes any argument and leaves it unread."""

_STRICT = layers("SpatialDropout1D SpatialDropout2D SpatialDropout3D Discretization IntegerLookup StringLookup")
"""Layers that take no arguments but their own, not even those that every layer takes with a warning."""

_LAYERS = (
    ArgumentsRemoved(
        callees=(LAYER,),
        but=(*_OTHERS, *layers("Embedding ReversibleEmbedding"), *_STRICT),
        arguments={"input_shape": _BUILT, "input_dim": _BUILT},
        outcome=Outcome.WARNS,
        since="3.0.0",
        source=GUIDE,
    ),
    ArgumentsRemoved(
        callees=_STRICT, arguments={"input_shape": _BUILT, "input_dim": _BUILT}, since="3.0.0", source=RUN
    ),
    ArgumentsRemoved(
        callees=layers("Embedding"),
        arguments={"input_length": "drop it", "input_shape": _BUILT},
        outcome=Outcome.WARNS,
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRenamed(
        callees=layers("InputLayer"),
        arguments={"input_shape": "shape"},
        outcome=Outcome.WARNS,
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRenamed(
        callees=layers("Input"), arguments={"batch_input_shape": "batch_shape"}, since="3.0.0", source=RUN
    ),
    ArgumentsRenamed(
        callees=layers("InputLayer"),
        arguments={"batch_input_shape": "batch_shape"},
        outcome=Outcome.WORKS,
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRemoved(
        callees=(LAYER,),
        but=_OTHERS,
        arguments={
            "batch_input_shape": "drop it; start the model with keras.Input(batch_shape=...)",
            "batch_size": "drop it; start the model with keras.Input(shape=..., batch_size=...)",
            "input_dtype": "drop it; start the model with keras.Input(shape=..., dtype=...)",
            "dynamic": "drop it, or call compile with run_eagerly=True",
        },
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRemoved(
        callees=(LAYER,),
        but=(*_OTHERS, *layers("Embedding ReversibleEmbedding")),
        arguments={"input_length": _BUILT},
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRemoved(
        callees=(LAYER,),
        but=(*_OTHERS, *layers("Bidirectional Embedding")),
        arguments={"weights": "drop it and call layer.set_weights once it is built"},
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRemoved(
        callees=layers("BatchNormalization"),
        arguments=drop("fused virtual_batch_size adjustment"),
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRemoved(
        callees=layers("SimpleRNN RNN ConvLSTM1D ConvLSTM2D ConvLSTM3D"),
        but=layers("LSTM GRU"),
        arguments=drop("implementation"),
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRemoved(
        callees=(RNN,),
        arguments=drop("time_major", "drop it and transpose the input to (batch, time, features)"),
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRemoved(callees=layers("Embedding"), arguments=drop("sparse"), since="3.0.0", source=RUN),
    ArgumentsRemoved(callees=layers("Softmax"), arguments=drop("robust_masking"), since="3.0.0", source=RUN),
    ArgumentsRemoved(
        callees=layers("MultiHeadAttention"), arguments=drop("softmax_robust_masking"), since="3.0.0", source=RUN
    ),
    ArgumentsRemoved(callees=layers("Input InputLayer"), arguments=drop("type_spec"), since="3.0.0", source=RUN),
    ArgumentsRenamed(
        callees=layers("LeakyReLU"),
        arguments={"alpha": "negative_slope"},
        outcome=Outcome.WARNS,
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRenamed(
        callees=("keras.activations.relu",), arguments={"alpha": "negative_slope"}, since="3.0.0", source=RUN
    ),
    ArgumentsRemoved(
        callees=(f"{RNN}.reset_states", f"{layers('Bidirectional')[0]}.reset_states"),
        arguments=drop("states", "drop it and pass initial_state= to the call"),
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRemoved(
        callees=(f"{RNN}.__call__",),
        arguments=drop("constants", "drop it and pass them in the input, or keep them in the cell"),
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRemoved(
        callees=(f"{LAYER}.add_weight",),
        arguments=drop("synchronization use_resource partitioner"),
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRenamed(callees=(f"{LAYER}.add_loss",), arguments={"losses": "loss"}, since="3.0.0", source=RUN),
    ArgumentsRemoved(
        callees=_INITIALIZERS, arguments=drop("dtype", "drop it and pass it to the call"), since="3.0.0", source=RUN
    ),
    ArgumentsRemoved(
        callees=("keras.initializers.Constant",), arguments=drop("verify_shape"), since="3.0.0", source=RUN
    ),
    ArgumentsRenamed(callees=("keras.regularizers.l1",), arguments={"l": "l1"}, since="3.0.0", source=RUN),
    ArgumentsRenamed(callees=("keras.regularizers.l2",), arguments={"l": "l2"}, since="3.0.0", source=RUN),
)

_OPTIMIZERS = (
    ArgumentsRenamed(
        callees=(OPTIMIZER,),
        arguments={"lr": "learning_rate"},
        since="3.0.0",
        source="keras 2.3.0, which deprecated it, and keras 3.0.0, which refuses it",
    ),
    ArgumentsRemoved(
        callees=(OPTIMIZER,),
        arguments={"decay": "drop it, or pass learning_rate=keras.optimizers.schedules.InverseTimeDecay(...)"},
        outcome=Outcome.WARNS,
        since="2.11.0",
        step=3,
        source=RUN,
    ),
    ArgumentsRemoved(
        callees=(OPTIMIZER,),
        arguments={"jit_compile": "drop it and pass jit_compile= to compile"},
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRemoved(
        callees=each("keras.optimizers", "Nadam"), arguments=drop("schedule_decay"), since="2.4.0", step=3, source=RUN
    ),
    ArgumentsRemoved(
        callees=each("keras.optimizers", "Adam"), arguments=drop("adaptive_epsilon"), since="3.0.0", source=RUN
    ),
    ArgumentsRemoved(
        callees=(f"{OPTIMIZER}.apply_gradients",),
        arguments=drop("name skip_gradients_aggregation experimental_aggregate_gradients"),
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRemoved(
        callees=(f"{OPTIMIZER}.add_variable_from_reference",),
        arguments={
            "model_variable": "write reference_variable=",
            "variable_name": "write name=",
            "shape": "drop it",
            "initial_value": "write initializer=",
        },
        since="3.0.0",
        source=RUN,
    ),
    ValuesRenamed(
        callees=each("keras.optimizers", "Adam Nadam Adamax AdamW RMSprop Adagrad Adadelta"),
        arguments=("epsilon",),
        values={},
        gone={None: "drop it, the default is 1e-7"},
        since="3.0.0",
        source="keras 2.2, where None meant the backend's epsilon, and keras 3.15.1, which fails at the first step",
    ),
)

_REST = (
    ValuesRenamed(
        callees=(LAYER,),
        arguments=(
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
        values={"l1_l2": '"L1L2", or keras.regularizers.L1L2(l1=..., l2=...)'},
        since="3.0.0",
        source=RUN,
    ),
    ValuesRenamed(
        callees=(LOSS,),
        arguments=("reduction",),
        values={"auto": '"sum_over_batch_size"'},
        since="3.0.0",
        source=GUIDE,
    ),
    ValueUnfit(
        callees=(LOSS,),
        arguments=("reduction",),
        looks=forms.called("auto"),
        sample="keras.losses.Reduction.AUTO",
        form="reduction=Reduction.AUTO",
        instead='write reduction="sum_over_batch_size"',
        new_sample='"sum_over_batch_size"',
        since="3.0.0",
        source=GUIDE,
    ),
    ArgumentsRenamed(callees=("keras.utils.to_categorical",), arguments={"y": "x"}, since="3.0.0", source=RUN),
    ArgumentsRemoved(
        callees=("keras.utils.to_categorical",),
        arguments=drop("dtype", "drop it and call astype on the result"),
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRenamed(
        callees=("keras.utils.load_img",),
        arguments={"grayscale": 'color_mode="grayscale"'},
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRemoved(
        callees=each("keras.utils", "plot_model model_to_dot"),
        arguments=drop("layer_range"),
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRemoved(
        callees=("keras.utils.get_source_inputs",), arguments=drop("layer node_index"), since="3.0.0", source=RUN
    ),
    ArgumentsRenamed(
        callees=("keras.utils.deserialize_keras_object",),
        arguments={"identifier": "config"},
        since="3.0.0",
        source=RUN,
    ),
    ArgumentsRenamed(
        callees=("keras.utils.serialize_keras_object",), arguments={"instance": "obj"}, since="3.0.0", source=RUN
    ),
    ArgumentsRemoved(
        callees=("keras.activations.deserialize",), arguments=drop("name", "write config="), since="3.0.0", source=RUN
    ),
    ArgumentsRenamed(callees=("keras.backend.set_epsilon",), arguments={"e": "value"}, since="3.0.0", source=RUN),
    ArgumentsRenamed(callees=("keras.backend.set_floatx",), arguments={"floatx": "value"}, since="3.0.0", source=RUN),
    ArgumentsRenamed(
        callees=each(
            "keras.applications", " ".join(f"ConvNeXt{size}" for size in ["Tiny", "Small", "Base", "Large", "XLarge"])
        ),
        arguments={"model_name": "name"},
        since="3.0.0",
        source=RUN,
    ),
)

CHANGES: tuple[Change, ...] = (*_LAYERS, *_OPTIMIZERS, *_REST)
