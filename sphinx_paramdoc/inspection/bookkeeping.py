"""The attributes in which a framework keeps its books of a layer: all have them, and no code computes with them."""

_TRAINING = frozenset(
    {
        *("loss", "optimizer", "loss_weights", "train_function", "test_function", "predict_function"),
        *("_train_counter", "_test_counter", "_predict_counter", "_steps_per_execution"),
    }
)
"""The attributes in which a model keeps what it was compiled with, and counts its steps."""

_CALLS = frozenset(
    {
        *("_build_shapes_dict", "_call_context_args", "_call_has_context_arg", "call_signature_parameters"),
        *("_inbound_nodes", "_outbound_nodes", "_losses", "_losses_override", "_loss_ids", "_tracked"),
    }
)
"""Those in which Keras 3 keeps how a layer was built and called, and the names of what it tracks."""

_RESTORING = frozenset(
    {
        *("_self_unconditional_checkpoint_dependencies", "_self_unconditional_deferred_dependencies"),
        *("_self_unconditional_dependency_names", "_self_name_based_restores", "_self_saveable_object_factories"),
    }
)
"""Those in which TensorFlow lists once more what other attributes keep, to save and restore it."""

PASSED_OVER = _TRAINING | _CALLS | _RESTORING
"""Those that are not searched."""

COUNTED = frozenset({"_layers", "_metrics", "_non_trainable_variables", "_seed_generators", "_trainable_variables"})
"""Those in which Keras 3 lists what it tracks of a layer: all of it is known of the layers of a model."""
