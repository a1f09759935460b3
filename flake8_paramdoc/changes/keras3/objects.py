"""Methods and attributes of tensors, weights and optimizers that Keras 3 calls otherwise, or no longer has."""

from __future__ import annotations

from flake8_paramdoc.changes.keras_names import IMAGES, OPTIMIZER, TENSOR, TENSOR_SHAPE, VARIABLE
from flake8_paramdoc.changes.releases import OPTIMIZERS_2_11, RUN_3
from flake8_paramdoc.changes.shapes import Change, Fate, MembersRemoved, MembersRenamed, Use

CHANGES: tuple[Change, ...] = (
    MembersRemoved(
        RUN_3,
        (IMAGES,),
        {"next()": "write next(iterator)"},
        calls={"next()": "next(self)"},
    ),
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
    # The inside of the optimizers before Keras 2.11.
    MembersRemoved(
        OPTIMIZERS_2_11,
        (OPTIMIZER,),
        {
            "weights": "read optimizer.variables",
            "_set_hyper()": "assign an attribute, and the rate as learning_rate",
            "_get_hyper()": "read the attribute, and the rate as learning_rate",
            "_hyper": "read the attributes, and the rate as learning_rate",
            "_serialize_hyperparameter()": "write float(...)",
            "_decayed_lr()": "read learning_rate",
            "_initial_decay": "use keras.optimizers.schedules",
            "_create_all_weights()": "write build(model.trainable_variables)",
        },
    ),
    MembersRemoved(
        OPTIMIZERS_2_11,
        (OPTIMIZER,),
        {
            "_resource_apply_dense()": "write update_step()",
            "_resource_apply_sparse()": "write update_step()",
            "_create_slots()": "write build()",
        },
        uses=frozenset({Use.READ, Use.DEFINED}),
    ),
    MembersRemoved(
        RUN_3, (OPTIMIZER,), {"get_updates()": "write update_step()"}, uses=frozenset({Use.READ, Use.DEFINED})
    ),
)
