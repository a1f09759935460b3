"""The rows that no rule in :mod:`rows` fits: methods, attributes, values, and what has its own way of being written."""

from __future__ import annotations

_INPUTS = """\
from keras import Input, Model
from keras.layers import Dense

inputs = Input((4,))
outputs = Dense(4)(inputs)
"""
MODEL = f'{_INPUTS}model = Model(inputs, outputs)\nmodel.compile("adam", "mse")\n'
NEW = "from keras.layers import Dense\nfrom keras.models import Sequential\n\nmodel = Sequential([Dense(4)])\n"
"""Models that are not compiled yet, and that are."""
SEQUENTIAL = f'{NEW}model.compile("adam", "mse")\n'
_DENSE = "from keras.layers import Dense\n\nlayer = Dense(3)\n"
_CALLED = "from keras import Input\nfrom keras.layers import Dense\n\nlayer = Dense(3)\noutputs = layer(Input((4,)))\n"
_LSTM = "from keras.layers import LSTM\n\nlayer = LSTM(3)\n"
_RNN = "from keras.layers import RNN, LSTMCell\n\nlayer = RNN(LSTMCell(3))\n"
_BIDIRECTIONAL = "from keras.layers import LSTM, Bidirectional\n\nlayer = Bidirectional(LSTM(3))\n"
_ADAM = "from keras.optimizers import Adam\n\noptimizer = Adam()\n"
_COMPILE = f"{NEW}model.compile("

_BATCHES = """\
from keras.utils import PyDataset


class Batches(PyDataset):
    def __init__(self):
        super().__init__(workers=2, use_multiprocessing=True, max_queue_size=20)
"""

TRAINING = """\
from keras.layers import Layer


class Scale(Layer):
    def call(self, inputs, training=None):
        return 2 * inputs if training else inputs
"""
"""What a file does today that asked for the learning phase: it takes the argument that Keras passes."""


def _layer(old: str, new: str | None, method: str = "build(self, input_shape)") -> tuple[str, str | None]:
    """Give the two sources where ``old`` and ``new`` are a statement in a method of a layer."""
    head = (
        f"from keras import ops\nfrom keras.layers import Layer\n\n\nclass Scale(Layer):\n    def {method}:\n        "
    )
    return f"{head}{old}  # old\n", None if new is None else f"{head}{new}\n"


def _network(old: str, new: str | None, method: str = "build(self, input_shape)") -> tuple[str, str | None]:
    """Give the two sources where ``old`` and ``new`` are a statement in a method of a model."""
    head = f"from keras import Model, ops\n\n\nclass Net(Model):\n    def {method}:\n        "
    return f"{head}{old}  # old\n", None if new is None else f"{head}{new}\n"


def on(receiver: str, old: str, new: str | None) -> tuple[str, str | None]:
    """Give the two sources where ``old`` and ``new`` are a statement after those of ``receiver``."""
    return f"{receiver}{old}  # old\n", None if new is None else f"{receiver}{new}\n"


def compiled(old: str, new: str | None) -> tuple[str, str | None]:
    return on(_COMPILE, f"{old})", None if new is None else f"{new})")


def dense(old: str, new: str) -> tuple[str, str | None]:
    return on("from keras.layers import Dense\n\n", f"layer = Dense(3, {old})", f"layer = Dense(3, {new})")


def _base(name: str, module: str, old: str, new: str, direct: str) -> tuple[str, str | None]:
    """Give the two sources where a class of one's own passes arguments on to its base."""
    head = f"from keras.{module} import {name}\n\n\nclass Mine({name}):\n    def __init__(self):\n        "
    return f"{head}super().__init__({old})  # old\n\n\n{name}({direct})  # old\n", f"{head}super().__init__({new})\n"


METHODS: dict[tuple[str, str], tuple[str, str | None]] = {
    # Of models, from Keras 1 to 2.
    ("keras.models.Model.fit", "nb_epoch"): on(SEQUENTIAL, "model.fit(x, y, nb_epoch=5)", "model.fit(x, y, epochs=5)"),
    **{
        (f"keras.models.Model.{method}", old): (
            f"{SEQUENTIAL}model.{method}(generator, {old}={value})  # old\n",
            _BATCHES,
        )
        for method in ("fit_generator", "evaluate_generator", "predict_generator")
        for old, value in (("max_q_size", "20"), ("nb_worker", "2"), ("pickle_safe", "True"))
    },
    **{
        (f"keras.models.Model.{method}", old): on(
            SEQUENTIAL, f"model.{method}(generator, {old}=2000)", f"model.{today}(generator, {new})"
        )
        for method, old, today, new in (
            ("evaluate_generator", "val_samples", "evaluate", "steps=20"),
            ("predict_generator", "val_samples", "predict", "steps=20"),
            ("fit_generator", "samples_per_epoch", "fit", "steps_per_epoch=20"),
            ("fit_generator", "nb_epoch", "fit", "epochs=2000"),
            ("fit_generator", "nb_val_samples", "fit", "validation_data=validation, validation_steps=20"),
        )
    },
    ("keras.models.Model.fit_generator", "(generator, samples_per_epoch, nb_epoch)"): on(
        SEQUENTIAL,
        "model.fit_generator(generator, 2000, 5)",
        "model.fit(generator, steps_per_epoch=20, epochs=5)",
    ),
    ("keras.models.Model.evaluate_generator", "(generator, val_samples)"): on(
        SEQUENTIAL, "model.evaluate_generator(generator, 2000)", "model.evaluate(generator, steps=20)"
    ),
    ("keras.models.Model.predict_generator", "(generator, val_samples)"): on(
        SEQUENTIAL, "model.predict_generator(generator, 2000)", "model.predict(generator, steps=20)"
    ),
    ("keras.models.Sequential", "flattened_layers"): on(
        SEQUENTIAL, "layers = model.flattened_layers", "layers = model.layers"
    ),
    ("keras.models.Model", "regularizers"): on(MODEL, "terms = model.regularizers", "terms = model.losses"),
    ("keras.models.Model", "constraints"): on(MODEL, "print(model.constraints)", None),
    ("keras.models.Model", "load_weights_from_hdf5_group"): on(
        MODEL, "model.load_weights_from_hdf5_group(file)", 'model.load_weights("model.weights.h5")'
    ),
    ("keras.models.Model", "save_weights_to_hdf5_group"): on(
        MODEL, "model.save_weights_to_hdf5_group(file)", 'model.save_weights("model.weights.h5")'
    ),
    ("keras.models.Model", "input"): on(
        _INPUTS, "model = Model(input=inputs, outputs=outputs)", "model = Model(inputs=inputs, outputs=outputs)"
    ),
    ("keras.models.Model", "output"): on(
        _INPUTS, "model = Model(inputs=inputs, output=outputs)", "model = Model(inputs=inputs, outputs=outputs)"
    ),
    ("keras.Model", "input=/output= (Keras 1)"): on(
        _INPUTS, "model = Model(input=inputs, output=outputs)", "model = Model(inputs=inputs, outputs=outputs)"
    ),
    # Of models, from Keras 2 to 3.
    ("keras.Model.add_update", "add_update"): on(MODEL, "model.add_update(update)", None),
    ("keras.Model.evaluate_generator", "evaluate_generator"): on(
        MODEL, "model.evaluate_generator(generator)", "model.evaluate(generator)"
    ),
    ("keras.Model.predict_generator", "predict_generator"): on(
        MODEL, "model.predict_generator(generator)", "model.predict(generator)"
    ),
    ("keras.Model.fit_generator", "fit_generator"): on(MODEL, "model.fit_generator(generator)", "model.fit(generator)"),
    **{
        ("keras.Model.reset_states", old): on(
            SEQUENTIAL,
            "model.reset_states()",
            "for layer in model.layers:\n    if hasattr(layer, 'reset_states'):\n        layer.reset_states()",
        )
        for old in ("reset_states", "model.reset_states()")
    },
    ("keras.Model.save_spec", "save_spec"): on(MODEL, "spec = model.save_spec()", None),
    ("keras.Model.to_yaml", "to_yaml"): on(MODEL, "text = model.to_yaml()", "text = model.to_json()"),
    ("keras.Model.apply", "apply"): on(MODEL, "y = model.apply(x)", "y = model(x)"),
    ("keras.Model.run_internal_graph", "run_internal_graph"): on(
        MODEL, "y = model.run_internal_graph(x)", "y = model(x)"
    ),
    ("keras.Sequential.predict_classes", "predict_classes"): on(
        f"import numpy as np\n{SEQUENTIAL}",
        "classes = model.predict_classes(x)",
        "classes = np.argmax(model.predict(x), axis=-1)",
    ),
    ("keras.Sequential.predict_proba", "predict_proba"): on(
        SEQUENTIAL, "p = model.predict_proba(x)", "p = model.predict(x)"
    ),
    ("keras.Sequential.model", "model"): on(SEQUENTIAL, "inner = model.model", "inner = model"),
    ("keras.Model.add_loss", "losses"): _network(
        "self.add_loss(losses=ops.mean(inputs))", "self.add_loss(loss=ops.mean(inputs))", "call(self, inputs)"
    ),
    ("keras.Model.add_loss", "symbolic model.add_loss(tensor)"): (
        f"from keras import ops\n{MODEL}model.add_loss(ops.mean(outputs))  # old\n",
        _network("", "self.add_loss(ops.mean(inputs))", "call(self, inputs)")[1],
    ),
    ("keras.Model.autotune_steps_per_execution", "autotune_steps_per_execution"): on(
        MODEL, "print(model.autotune_steps_per_execution)", 'model.compile(loss="mse", steps_per_execution="auto")'
    ),
    **{
        (f"keras.Model.{attribute}", attribute): on(MODEL, f"print(model.{attribute})", None)
        for attribute in ("dynamic", "sample_weights", "state_updates", "stateful", "uses_learning_phase")
    },
    ("keras.Model.built", "built"): on(MODEL, "print(model.built)", "print(model.built)"),
    ("keras.Model.add_metric", "value"): on(
        MODEL, "model.add_metric(value=outputs)", 'model.compile(loss="mse", metrics=["mae"])'
    ),
    ("keras.Model.add_metric", "name"): on(
        MODEL, 'model.add_metric(outputs, name="mean")', 'model.compile(loss="mse", metrics=["mae"])'
    ),
    ("keras.Model.add_metric", "aggregation"): on(
        MODEL, 'model.add_metric(outputs, aggregation="mean")', 'model.compile(loss="mse", metrics=["mae"])'
    ),
    **{
        (f"keras.Model.{method}", old): on(
            MODEL, f"model.{method}({arguments}, {old}={value})", f"model.{method}({arguments})"
        )
        for method, arguments, olds in (
            ("evaluate", "x, y", ("max_queue_size", "workers", "use_multiprocessing")),
            ("fit", "x, y", ("max_queue_size", "workers", "use_multiprocessing")),
            ("predict", "x", ("max_queue_size", "workers", "use_multiprocessing")),
            ("load_weights", '"model.weights.h5"', ("options", "reshape")),
            ("save_weights", '"model.weights.h5"', ("options", "save_format")),
            ("save", '"model.keras"', ("signatures",)),
            ("test_on_batch", "x, y", ("reset_metrics",)),
            ("train_on_batch", "x, y", ("reset_metrics",)),
            (
                "compile",
                'loss="mse"',
                (
                    "distribute",
                    "experimental_run_tf_function",
                    "options",
                    "pss_evaluation_shards",
                    "sample_weight_mode",
                    "target_tensors",
                ),
            ),
        )
        for old in olds
        for value in (
            {
                "max_queue_size": "20",
                "workers": "2",
                "use_multiprocessing": "True",
                "reshape": "True",
                "save_format": '"h5"',
                "reset_metrics": "False",
                "experimental_run_tf_function": "False",
                "distribute": "None",
                "pss_evaluation_shards": "0",
                "sample_weight_mode": '"temporal"',
            }.get(old, "None"),
        )
    },
    # Of layers.
    ("keras.layers.Layer.add_loss", "losses"): _layer(
        "self.add_loss(losses=ops.mean(inputs))", "self.add_loss(loss=ops.mean(inputs))", "call(self, inputs)"
    ),
    ("keras.layers.Layer.add_update", "add_update"): _layer(
        "self.add_update([])", "self.count.assign(0)", "call(self, inputs)"
    ),
    ("keras.layers.Layer.add_metric", "value"): _layer(
        'self.add_metric(value=inputs, name="mean")', "self.mean.update_state(inputs)", "call(self, inputs)"
    ),
    ("keras.layers.Layer.add_metric", "name"): _layer(
        'self.add_metric(inputs, name="mean")', "self.mean.update_state(inputs)", "call(self, inputs)"
    ),
    **{
        (f"keras.{owner}.add_weight", old): wrap(
            f'self.kernel = self.add_weight(name="kernel", shape=(3,), {old}={value})',
            'self.kernel = self.add_weight(name="kernel", shape=(3,))',
        )
        for owner, wrap in (("Model", _network), ("layers.Layer", _layer))
        for old, value in (("use_resource", "True"), ("synchronization", "None"), ("partitioner", "None"))
    },
    ("keras.layers.Layer.assert_input_compatibility", "assert_input_compatibility"): on(
        _DENSE, "layer.assert_input_compatibility(x)", None
    ),
    **{
        ("keras.layers.Layer.output_shape", old): on(_CALLED, "print(layer.output_shape)", "print(layer.output.shape)")
        for old in ("output_shape", "layer.output_shape")
    },
    ("keras.layers.Layer.input_shape", "input_shape"): on(
        _CALLED, "print(layer.input_shape)", "print(layer.input.shape)"
    ),
    ("keras.layers.Layer.dynamic", "dynamic"): on(_DENSE, "print(layer.dynamic)", None),
    ("keras.layers.Layer.stateful", "stateful"): (
        f"{_DENSE}print(layer.stateful)  # old\n",
        f"{_LSTM}print(layer.stateful)\n",
    ),
    ("keras.layers.Layer.built", "built"): on(_DENSE, "print(layer.built)", "print(layer.built)"),
    ("keras.layers.LSTM.implementation", "implementation"): on(_LSTM, "print(layer.implementation)", None),
    **{
        (f"keras.layers.LSTM.{method}", method): on(_LSTM, f"layer.{method}({arguments})", None)
        for method, arguments in (
            ("get_dropout_mask_for_cell", "x, True"),
            ("get_recurrent_dropout_mask_for_cell", "x, True"),
            ("reset_dropout_mask", ""),
            ("reset_recurrent_dropout_mask", ""),
        )
    },
    ("keras.layers.LSTM.reset_states", "states"): on(
        _LSTM, "layer.reset_states(states=[h, c])", "layer.reset_states()"
    ),
    ("keras.layers.RNN.reset_states", "states"): on(_RNN, "layer.reset_states(states=[h, c])", "layer.reset_states()"),
    ("keras.layers.RNN", "constants (call arg)"): on(_RNN, "y = layer(x, constants=context)", "y = layer(x)"),
    ("keras.layers.Bidirectional.reset_states", "states"): on(
        _BIDIRECTIONAL, "layer.reset_states(states=[h, c])", "layer.reset_states()"
    ),
    ("keras.layers.Bidirectional.constraints", "constraints"): on(_BIDIRECTIONAL, "print(layer.constraints)", None),
    ("keras.layers.Layer", "positional #1 = trainable"): _base("Layer", "layers", "True", "trainable=True", "True"),
    ("keras.layers.Layer", "positional trainable"): _base("Layer", "layers", "False", "trainable=False", "False"),
    ("keras.losses.Loss", "positional #1 = reduction"): _base(
        "Loss", "losses", '"sum", "mine"', 'reduction="sum", name="mine"', '"sum", "mine"'
    ),
    ("keras.metrics.Metric", "positional #1 = name"): _base("Metric", "metrics", '"mine"', 'name="mine"', '"mine"'),
    # Of optimizers.
    ("keras.optimizers.Optimizer", "positional #1 = name"): _base(
        "Optimizer", "optimizers", '"mine"', 'learning_rate=0.01, name="mine"', '"mine"'
    ),
    ("keras.optimizers.Optimizer.lr", "lr"): on(_ADAM, "print(optimizer.lr)", "print(optimizer.learning_rate)"),
    ("keras.optimizers.Optimizer.lr", "optimizer.lr = v"): on(
        _ADAM, "optimizer.lr = 1e-4", "optimizer.learning_rate = 1e-4"
    ),
    ("keras.backend.set_value", "K.set_value(model.optimizer.lr, v)"): (
        f'from keras import backend as K\n{_COMPILE}"adam", "mse")\nK.set_value(model.optimizer.lr, 1e-4)  # old\n',
        f'{_COMPILE}"adam", "mse")\nmodel.optimizer.learning_rate.assign(1e-4)\n',
    ),
    ("keras.optimizers.Optimizer.apply_gradients", "name"): on(
        _ADAM, 'optimizer.apply_gradients(pairs, name="step")', "optimizer.apply_gradients(pairs)"
    ),
    ("keras.optimizers.Optimizer.apply_gradients", "skip_gradients_aggregation"): on(
        _ADAM, "optimizer.apply_gradients(pairs, skip_gradients_aggregation=True)", "optimizer.apply_gradients(pairs)"
    ),
    ("keras.optimizers.Optimizer.minimize", "minimize"): on(
        _ADAM, "optimizer.minimize(loss, variables)", "optimizer.apply_gradients(zip(gradients, variables))"
    ),
    **{
        (f"keras.optimizers.Optimizer.{method}", method): on(_ADAM, f"optimizer.{method}({arguments})", None)
        for method, arguments in (
            ("add_slot", 'variable, "m"'),
            ("aggregate_gradients", "pairs"),
            ("compute_gradients", "loss, variables"),
            ("get_gradients", "loss, variables"),
            ("get_slot_names", ""),
            ("get_updates", "loss, variables"),
        )
    },
    **{
        ("keras.optimizers.Optimizer.add_variable_from_reference", old): on(
            _ADAM,
            f"optimizer.add_variable_from_reference({arguments})",
            'optimizer.add_variable_from_reference(variable, name="m")',
        )
        for old, arguments in (
            ("model_variable", "model_variable=variable"),
            ("variable_name", 'variable, variable_name="m"'),
            ("shape", 'variable, "m", shape=(3,)'),
            ("initial_value", 'variable, "m", initial_value=0.0'),
        )
    },
}
"""By the row's ``qualname`` and ``old``."""
