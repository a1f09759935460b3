"""Methods and attributes that Keras 3 calls otherwise, or no longer has."""

from __future__ import annotations

import ast

from flake8_paramdoc.changes.keras_names import (
    CALLBACK,
    LAYER,
    METRIC,
    MODEL,
    RNN,
    SEQUENTIAL,
    layers,
)
from flake8_paramdoc.changes.releases import BOTH_RUN_3, GUIDE_3, LATE_2_4, RUN_3, in_file, released
from flake8_paramdoc.changes.shapes import Change, Fate, MembersRemoved, MembersRenamed, Use

_AT_NODE = "read layer.input, layer.output or a tensor's shape"
_FIT = (
    "steps_per_epoch=..., epochs=..., verbose=..., callbacks=..., validation_data=..., validation_steps=...,"
    " validation_freq=..., class_weight=..., shuffle=..., initial_epoch=..."
)
_QUEUE = "*, max_queue_size=..., workers=..., use_multiprocessing=..."
_EVALUATE = "steps=..., callbacks=..., verbose=..."


def _named(parameters: str) -> str:
    """Return the arguments that pass each of several parameters on by its name."""
    return ", ".join(f"{name}={name}" for name in parameters.replace("=...", "").split(", "))


def _is_old_variable(call: ast.Call) -> bool:
    """Tell whether ``add_variable`` is called as Keras 2 had it: its name first, or without what Keras 3 asks for."""
    if call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str):
        return True
    given = {word.arg for word in call.keywords}
    return len(call.args) < 2 and given.isdisjoint({"initializer", None}) and not any(map(_is_starred, call.args))


def _is_starred(node: ast.expr) -> bool:
    return isinstance(node, ast.Starred)


CHANGES: tuple[Change, ...] = (
    MembersRemoved(
        GUIDE_3,
        (MODEL,),
        {
            "fit_generator()": "write fit()",
            "evaluate_generator()": "write evaluate()",
            "predict_generator()": "write predict()",
            "input_names": "read the name of each of model.inputs",
            "_feed_input_names": "read the name of each of model.inputs",
            "_feed_inputs": "read model.inputs",
            "_feed_input_shapes": "read the shape of each of model.inputs",
            "_input_layers": "read model.layers",
            "_output_layers": "read model.layers",
            "_is_compiled": "read model.compiled",
            "_is_graph_network": "look at the class of the model",
            "_get_distribution_strategy()": "use keras.distribution",
            "_make_predict_function()": "drop it",
            "_make_train_function()": "drop it",
            "_make_test_function()": "drop it",
            "_standardize_user_data()": "drop it",
            "_set_inputs()": "call the model on keras.Input(...)",
            "reset_states()": "call reset_states() of each recurrent layer",
            "to_yaml()": "write to_json()",
            "save_spec()": "read model.input_shape",
            "get_weight_paths()": "read the path of each of model.weights",
            "run_internal_graph()": "call the model",
            "autotune_steps_per_execution": 'write compile(steps_per_execution="auto")',
            "sample_weights": "drop it",
            "state_updates": "drop it",
            "uses_learning_phase": "drop it",
        },
        calls={
            # Of what only generators needed, fit() has nothing left.
            f"fit_generator(generator, {_FIT}, {_QUEUE})": f"self.fit(generator, {_named(_FIT)})",
            f"evaluate_generator(generator, {_EVALUATE}, {_QUEUE})": f"self.evaluate(generator, {_named(_EVALUATE)})",
            f"predict_generator(generator, {_EVALUATE}, {_QUEUE})": f"self.predict(generator, {_named(_EVALUATE)})",
        },
        distinctive=frozenset({"fit_generator()", "evaluate_generator()", "predict_generator()"}),
    ),
    # What standalone Keras and the first TensorFlow 2 kept on a compiled or a functional model.
    MembersRemoved(
        LATE_2_4,
        (MODEL,),
        {
            "total_loss": "write model.compute_loss(...) in train_step()",
            "targets": "take them from the data in train_step()",
            "metrics_tensors": "read model.metrics",
            "metrics_updates": "read model.metrics",
            "stateful_metric_names": "read model.metrics",
            "loss_functions": "read model.loss",
            "_collected_trainable_weights": "read model.trainable_weights",
            "_feed_outputs": "read model.outputs",
            "_feed_targets": "take them from the data in train_step()",
            "_feed_sample_weights": "take them from the data in train_step()",
            "_feed_output_names": "read the name of each of model.outputs",
            "_function_kwargs": "drop it",
            "container_nodes": "read model.layers",
            "nodes_by_depth": "read model.layers",
            "_network_nodes": "read model.layers",
            "layers_by_depth": "read model.layers",
        },
    ),
    MembersRemoved(
        BOTH_RUN_3,
        (MODEL,),
        {"metrics_names": "read the keys of model.evaluate(..., return_dict=True)"},
        outcome=Fate.SILENT,
        silently='is ["loss", "compile_metrics"], whatever the metrics,',
    ),
    # A functional model never had them.
    MembersRemoved(
        released("2.6.0", "tensorflow 2.6.0: the release notes"),
        (MODEL,),
        {
            "predict_classes()": "write numpy.argmax(model.predict(x), axis=-1), or predict(x) > 0.5 for one sigmoid",
            "predict_proba()": "write predict()",
        },
        distinctive=frozenset({"predict_classes()"}),
        calls={
            "predict_proba(x, batch_size=..., verbose=0)": "self.predict(x, batch_size=batch_size, verbose=verbose)"
        },
    ),
    MembersRemoved(
        released("2.2.0", "keras 2.2.0: the release notes"), (SEQUENTIAL,), {"model": "use the Sequential itself"}
    ),
    # Keras 3 gives them after a call on a Keras tensor alone, and not for what the model was built with.
    MembersRemoved(
        RUN_3,
        (SEQUENTIAL,),
        {"input": "write model.inputs[0]", "output": "write model.outputs[0]"},
        not_in_classes=True,
        until_called=True,
    ),
    # In a class, add_loss belongs into call(), where it is right.
    MembersRemoved(
        GUIDE_3,
        (MODEL,),
        {"add_loss()": "add the loss in call() of a layer or a Model of your own"},
        not_in_classes=True,
    ),
    MembersRenamed(GUIDE_3, (LAYER,), {"input_shape": "input.shape", "output_shape": "output.shape"}, but=(MODEL,)),
    MembersRemoved(
        RUN_3,
        (LAYER,),
        {
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
            "compute_output_signature()": "write compute_output_spec()",
            "finalize_state()": "drop it",
            "get_input_mask_at()": _AT_NODE,
            "get_output_mask_at()": _AT_NODE,
            "input_mask": "read the mask in call()",
            "output_mask": "read the mask in call()",
            "name_scope()": "write keras.name_scope(layer.name)",
            "submodules": "read the layers inside",
            "with_name_scope()": "write keras.name_scope(layer.name)",
        },
        calls={
            "apply(x)": "self(x)",
            "get_input_at(node_index: 0)": "self.input",
            "get_output_at(node_index: 0)": "self.output",
            "get_input_shape_at(node_index: 0)": "self.input.shape",
            "get_output_shape_at(node_index: 0)": "self.output.shape",
        },
        holds={"get_input_shape_at": "the layer has one input", "get_output_shape_at": "the layer has one output"},
    ),
    MembersRenamed(RUN_3, (LAYER,), {"add_variable()": "add_weight()"}, old_call=_is_old_variable),
    MembersRemoved(
        RUN_3, (LAYER,), {"stateful": "drop it, only recurrent layers have it"}, but=(RNN, *layers("Bidirectional"))
    ),
    # What layers written for Keras 1 and 2 used of their base class.
    MembersRemoved(
        RUN_3,
        (LAYER,),
        {
            "_trainable_weights": "drop it, add_weight() keeps them already",
            "_non_trainable_weights": "drop it, add_weight() keeps them already",
            "_updates": "assign the variable in call()",
            "_initial_weights": "call set_weights() once it is built",
            "_dtype": "write dtype",
            "_compute_dtype": "write compute_dtype",
            "_set_dtype_policy()": "write dtype_policy = ...",
            "_batch_input_shape": "read layer.input.shape",
            "add_inbound_node()": "call the layer",
        }
        | {"_thread_local": "drop it", "_expects_training_arg": "drop it", "_expects_mask_arg": "drop it"},
    ),
    # An assignment raises nothing: it makes an attribute that nobody reads, and the name stays.
    MembersRenamed(BOTH_RUN_3, (LAYER, METRIC), {"_name": "name"}, uses=frozenset({Use.WRITTEN}), outcome=Fate.SILENT),
    MembersRemoved(
        RUN_3,
        layers("Dense Conv1D Conv2D Conv3D EinsumDense"),
        {"kernel": "write self._kernel = ..., kernel is read from there"},
        uses=frozenset({Use.WRITTEN}),
    ),
    MembersRemoved(
        RUN_3,
        layers("Embedding"),
        {"embeddings": "write self._embeddings = ..., embeddings is read from there"},
        uses=frozenset({Use.WRITTEN}),
    ),
    # Keras tracks the weights by itself; without a setter the assignment raises.
    MembersRemoved(
        LATE_2_4,
        (LAYER,),
        dict.fromkeys(("trainable_weights", "non_trainable_weights"), "drop it, add_weight() keeps them already"),
        uses=frozenset({Use.WRITTEN}),
    ),
    MembersRemoved(
        RUN_3,
        (RNN,),
        {
            "get_dropout_mask_for_cell()": "use the cell's get_dropout_mask()",
            "get_recurrent_dropout_mask_for_cell()": "use the cell's get_recurrent_dropout_mask()",
            "reset_dropout_mask()": "use the cell's",
            "reset_recurrent_dropout_mask()": "use the cell's",
        },
    ),
    MembersRemoved(
        RUN_3,
        layers("GRUCell LSTMCell SimpleRNNCell"),
        {
            "get_dropout_mask_for_cell()": "write get_dropout_mask()",
            "get_recurrent_dropout_mask_for_cell()": "write get_recurrent_dropout_mask()",
        },
    ),
    MembersRemoved(RUN_3, layers("GRU LSTM"), {"implementation": "drop it"}),
    MembersRemoved(
        RUN_3,
        layers("DepthwiseConv1D DepthwiseConv2D SeparableConv1D SeparableConv2D"),
        {"convolution_op()": "write keras.ops.depthwise_conv or keras.ops.separable_conv"},
    ),
    MembersRenamed(RUN_3, layers("IntegerLookup StringLookup"), {"vocab_size()": "vocabulary_size()"}),
    MembersRemoved(RUN_3, layers("SpectralNormalization"), {"normalize_weights()": "drop it, the call does it"}),
    MembersRemoved(RUN_3, (METRIC,), {"merge_state()": "add up the variables of the metrics"}),
    MembersRemoved(RUN_3, layers("Bidirectional"), {"constraints": "look at the weights' own"}),
    MembersRenamed(
        released("2.5.0", "tensorflow 2.5.0: the release notes; keras 3.15.1, where it was run"),
        (METRIC,),
        {"reset_states()": "reset_state()"},
    ),
    MembersRemoved(
        in_file("2.3.0", "keras/engine/training.py", 3),
        (CALLBACK,),
        {"validation_data": "pass the data to the callback yourself"},
    ),
)
