"""Methods and attributes that Keras 3 calls otherwise, or no longer has.

Sources: as in ``keras3_arguments``.
"""

from __future__ import annotations

from flake8_paramdoc.changes.keras3_arguments import RUN
from flake8_paramdoc.changes.keras3_backend import GUIDE
from flake8_paramdoc.changes.keras_names import CALLBACK, LAYER, METRIC, MODEL, OPTIMIZER, RNN, SEQUENTIAL, layers
from flake8_paramdoc.changes.shapes import Change, MembersRemoved, MembersRenamed, Outcome, Use

_AT_NODE = "read layer.input, layer.output or a tensor's shape"

_MEMBERS = (
    MembersRemoved(
        owners=(MODEL,),
        members={
            "fit_generator()": "write fit()",
            "evaluate_generator()": "write evaluate()",
            "predict_generator()": "write predict()",
            "reset_states()": "call reset_states() of each recurrent layer",
            "to_yaml()": "write to_json()",
            "save_spec()": "read model.input_shape",
            "run_internal_graph()": "call the model",
            "autotune_steps_per_execution": 'write compile(steps_per_execution="auto")',
            "sample_weights": "drop it",
            "state_updates": "drop it",
            "uses_learning_phase": "drop it",
        },
        since="3.0.0",
        source=GUIDE,
    ),
    # A functional model never had them.
    MembersRemoved(
        owners=(MODEL,),
        members={
            "predict_classes()": "write numpy.argmax(model.predict(x), axis=-1), or predict(x) > 0.5 for one sigmoid",
            "predict_proba()": "write predict()",
        },
        since="2.6.0",
        step=3,
        source="tensorflow 2.6.0: the release notes",
    ),
    MembersRemoved(
        owners=(SEQUENTIAL,),
        members={"model": "use the Sequential itself"},
        since="2.2.0",
        step=3,
        source="keras 2.2.0: the release notes",
    ),
    # In a class, add_loss belongs into call(), where it is right.
    MembersRemoved(
        owners=(MODEL,),
        members={"add_loss()": "add the loss in call() of a layer or a Model of your own"},
        not_in_classes=True,
        since="3.0.0",
        source=GUIDE,
    ),
    MembersRenamed(
        owners=(LAYER,),
        but=(MODEL,),
        members={"input_shape": "input.shape", "output_shape": "output.shape"},
        since="3.0.0",
        source=GUIDE,
    ),
    MembersRemoved(
        owners=(LAYER,),
        members={
            "add_metric()": "pass the metric to compile, or update a keras.metrics.Metric in call()",
            "add_update()": "assign the variable in call()",
            "apply()": "call the layer",
            "assert_input_compatibility()": "set input_spec, or check in call()",
            "get_input_at()": _AT_NODE,
            "get_output_at()": _AT_NODE,
            "get_input_shape_at()": _AT_NODE,
            "get_output_shape_at()": _AT_NODE,
            "get_losses_for()": "read layer.losses",
            "get_updates_for()": "drop it",
            "inbound_nodes": "read layer.input and layer.output",
            "outbound_nodes": "read layer.input and layer.output",
            "updates": "drop it",
            "dynamic": "drop it",
        },
        since="3.0.0",
        source=RUN,
    ),
    MembersRemoved(
        owners=(LAYER,),
        but=(RNN, *layers("Bidirectional")),
        members={"stateful": "drop it, only recurrent layers have it"},
        since="3.0.0",
        source=RUN,
    ),
    # Keras tracks the weights by itself; without a setter the assignment raises.
    MembersRemoved(
        owners=(LAYER,),
        members=dict.fromkeys(
            ("trainable_weights", "non_trainable_weights"), "drop it, add_weight() keeps them already"
        ),
        uses=frozenset({Use.WRITTEN}),
        since="2.4.0",
        step=3,
        source=RUN,
    ),
    MembersRemoved(
        owners=(RNN,),
        members={
            "get_dropout_mask_for_cell()": "use the cell's get_dropout_mask()",
            "get_recurrent_dropout_mask_for_cell()": "use the cell's get_recurrent_dropout_mask()",
            "reset_dropout_mask()": "use the cell's",
            "reset_recurrent_dropout_mask()": "use the cell's",
        },
        since="3.0.0",
        source=RUN,
    ),
    MembersRemoved(owners=layers("LSTM"), members={"implementation": "drop it"}, since="3.0.0", source=RUN),
    MembersRemoved(
        owners=layers("Bidirectional"),
        members={"constraints": "look at the weights' own"},
        since="3.0.0",
        source=RUN,
    ),
    MembersRenamed(
        owners=(OPTIMIZER,),
        members={"lr": "learning_rate"},
        since="3.0.0",
        source=RUN,
    ),
    # An assignment raises nothing: it makes an attribute that nobody reads.
    MembersRenamed(
        owners=(OPTIMIZER,),
        members={"lr": "learning_rate"},
        not_in_classes=True,
        uses=frozenset({Use.WRITTEN}),
        outcome=Outcome.SILENT,
        since="3.0.0",
        source=RUN,
    ),
    MembersRemoved(
        owners=(OPTIMIZER,),
        members={
            "minimize()": "write apply_gradients() with the gradients of a tf.GradientTape",
            "compute_gradients()": "use tf.GradientTape",
            "get_gradients()": "use tf.GradientTape",
            "aggregate_gradients()": "write apply_gradients()",
            "get_slot()": "read optimizer.variables",
            "get_slot_names()": "read optimizer.variables",
            "add_slot()": "write add_variable_from_reference()",
            "add_weight()": "write add_variable()",
            "get_weights()": "read optimizer.variables",
        },
        since="3.0.0",
        source=RUN,
    ),
    MembersRemoved(
        owners=(OPTIMIZER,),
        members={"get_updates()": "write update_step()"},
        uses=frozenset({Use.READ, Use.DEFINED}),
        since="3.0.0",
        source=RUN,
    ),
    MembersRenamed(
        owners=(METRIC,),
        members={"reset_states()": "reset_state()"},
        since="2.5.0",
        step=3,
        source="tensorflow 2.5.0: the release notes; keras 3.15.1, where it was run",
    ),
    MembersRemoved(
        owners=(CALLBACK,),
        members={"validation_data": "pass the data to the callback yourself"},
        since="2.3.0",
        step=3,
        source="keras 2.3.0, keras/engine/training.py",
    ),
)


CHANGES: tuple[Change, ...] = _MEMBERS
