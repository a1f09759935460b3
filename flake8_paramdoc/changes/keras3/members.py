"""Methods and attributes that Keras 3 calls otherwise, or no longer has."""

from __future__ import annotations

import ast

from flake8_paramdoc.changes.keras_names import (
    CALLBACK,
    LAYER,
    METRIC,
    MODEL,
    OPTIMIZER,
    RNN,
    SEQUENTIAL,
    TENSOR,
    TENSOR_SHAPE,
    VARIABLE,
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
    MembersRenamed(RUN_3, (LAYER,), {"add_variable()": "add_weight()"}, called=_is_old_variable),
    # A weight is no variable of TensorFlow, it holds one.
    MembersRemoved(
        RUN_3,
        (VARIABLE,),
        {
            "read_value()": "write variable.value",
            "initialized_value()": "write variable.value",
            "eval()": "write keras.ops.convert_to_numpy(variable)",
            "get_shape()": "write variable.shape",
            "set_shape()": "drop it",
            "load()": "write assign()",
            "ref()": "write id(variable)",
            "experimental_ref()": "write id(variable)",
            "initializer": "assign what the layer's initializer gives",
            "initial_value": "assign what the layer's initializer gives",
            "is_initialized()": "drop it, it always is",
            "device": "read variable.value.device",
            "op": "drop it",
            "graph": "drop it",
            "scatter_update()": "assign what keras.ops.scatter_update gives",
            "scatter_nd_update()": "assign what keras.ops.scatter_update gives",
            "scatter_add()": "assign the sum with what keras.ops.scatter gives",
            "sparse_read()": "write keras.ops.take",
            "gather_nd()": "write keras.ops.take",
        },
        calls={"read_value()": "self.value", "get_shape()": "self.shape"},
        holds={"read_value": "nothing is assigned to the variable while what it gave is in use"},
    ),
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
    # A Keras tensor is no tensor of TensorFlow, and its shape a tuple.
    MembersRenamed(RUN_3, (TENSOR,), {"_keras_shape": "shape"}, distinctive=frozenset({"_keras_shape"})),
    MembersRemoved(
        RUN_3,
        (TENSOR,),
        {
            "get_shape()": "write x.shape",
            "set_shape()": "drop it, or write keras.ops.reshape",
            "type_spec": "read shape and dtype",
            "op": "drop it",
            "node": "drop it",
            "ref()": "write id(x)",
            "experimental_ref()": "write id(x)",
        },
        calls={"get_shape()": "self.shape"},
    ),
    MembersRemoved(
        RUN_3,
        (TENSOR_SHAPE,),
        {
            "as_list()": "write list(x.shape)",
            "value": "drop it, an item of the shape is a number or None",
            "ndims": "write len(x.shape)",
            "rank": "write len(x.shape)",
            "dims": "write x.shape",
            "is_fully_defined()": "write None not in x.shape",
        },
        calls={"as_list()": "list(self)"},
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
    MembersRemoved(
        RUN_3,
        ("keras.optimizers.LossScaleOptimizer",),
        {
            "get_scaled_loss()": "write scale_loss()",
            "get_unscaled_gradients()": "drop it, apply_gradients() does it",
            "loss_scale": "read dynamic_scale",
            "dynamic": "drop it, it always is",
            "dynamic_counter": "read step_counter",
        },
        calls={"get_scaled_loss(loss)": "self.scale_loss(loss)"},
    ),
    MembersRemoved(RUN_3, layers("Bidirectional"), {"constraints": "look at the weights' own"}),
    MembersRenamed(RUN_3, (OPTIMIZER,), {"lr": "learning_rate"}),
    # An assignment raises nothing: it makes an attribute that nobody reads.
    MembersRenamed(
        RUN_3,
        (OPTIMIZER,),
        {"lr": "learning_rate"},
        not_in_classes=True,
        uses=frozenset({Use.WRITTEN}),
        outcome=Fate.SILENT,
    ),
    MembersRemoved(
        RUN_3,
        (OPTIMIZER,),
        {
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
        calls={
            "minimize(loss, var_list, tape)": "self.apply_gradients(zip(tape.gradient(loss, var_list), var_list))",
            "compute_gradients(loss, var_list, tape)": "list(zip(tape.gradient(loss, var_list), var_list))",
            "add_slot(var, slot_name, initializer=...)": (
                "self.add_variable_from_reference(var, slot_name, initializer=initializer)"
            ),
            "add_weight(name, shape, dtype=..., initializer=...)": (
                "self.add_variable(shape, initializer=initializer, dtype=dtype, name=name)"
            ),
        },
        holds={
            **dict.fromkeys(("minimize", "compute_gradients"), "loss is a tensor of the tape, and no function"),
            "add_slot": "what it gives is kept, as get_slot() is gone",
        },
    ),
    MembersRemoved(
        RUN_3, (OPTIMIZER,), {"get_updates()": "write update_step()"}, uses=frozenset({Use.READ, Use.DEFINED})
    ),
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
