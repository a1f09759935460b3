"""What is not as it was in Keras 2, and is no finding: each with its reason, by a pattern of how it is said."""

from __future__ import annotations

_CALLED = "the layer is called and not this method; the input is passed by its place"
_OF_SUBCLASSES = "Keras calls it; a class that defines it names its own parameters"
_HAD = "an object has it, which sets it when it is made"
_SAME = "another way to write the same value"
_KWARGS = "it is taken out of **kwargs"
_PLACE = "the first argument has another name at its place"
_GATES = "other gates; the call alone does not tell its Keras"
_RAISES = "the class raises when it is made, which is told of its name"

EXCEPTIONS: dict[str, str] = {
    # Arguments and places.
    r".*\.call: (argument|place|default) .*": _CALLED,
    r".*\.(build|compute_mask|compute_output_shape|update_step|compute_metrics): .*": _OF_SUBCLASSES,
    r"keras\.layers\.Layer\.add_metric: .*": "the member is told, whatever it is called with",
    r"keras\.layers\.Identity: argument .*": _KWARGS,
    r"keras\.layers\.dot: (argument normalize|default axes.*)": _KWARGS,
    r"keras\.(models\.)?Model\.load_weights: argument by_name": _KWARGS,
    r"keras\.optimizers\.Optimizer: argument .*": "the class takes *args and **kwargs, and passes them on",
    r"keras\.optimizers\.legacy\.\w+: .*": _RAISES,
    r"keras\.optimizers\.\w+: base keras\.optimizers\.(experimental|legacy)\.Optimizer": "the base has one name today",
    r"keras\.optimizers\.Optimizer\.add_variable: place dtype": "its order by place was that of one release",
    r"keras\.optimizers\.Optimizer\.add_variable_from_reference: .*": _PLACE,
    r"keras\.datasets\.\w+\.load_data: (argument|place) cache_dir": "tf_keras 2.21 brought it; no Keras had it",
    r"keras\.activations\.deserialize: place name": _PLACE,
    r"keras\.(models\.)?Model\.(evaluate|fit|predict): place max_queue_size": "it stands eighth or later, and is named",
    r"keras\.layers\.\w+\.(get_initial_state|reset_states): place (inputs|states)": "told by its name alone",
    # Defaults that mean the same.
    r".*: default \w+: '(channels_last)' -> None": "the default of Keras is channels_last too",
    r".*: default (value|min_lr): 0 -> 0\.0": _SAME,
    r".*: default (strides|dilation_rate): \(1(, 1)+\) -> 1": _SAME,
    r".*: default padding: \(1, 1, 1\) -> .*": _SAME,
    r".*: default alpha_initializer: 'zeros' -> 'Zeros'": _SAME,
    r".*: default reduction: 'auto' -> 'sum_over_batch_size'": "auto was that, outside of TensorFlow's own strategies",
    r".*: default name: .*": "a name is another; what compares it is not looked at here",
    r".*\.add_weight: default (trainable: None -> True|aggregation: .*)": _SAME,
    r".*\.compile: default (run_eagerly: None -> False|steps_per_execution: None -> 1)": _SAME,
    r".*\.compile: default jit_compile: None -> 'auto'": "it decides about speed",
    r"keras\.utils\.(Progbar|model_to_dot|plot_model): default .*": "it decides about a picture",
    # Defaults that mean something else: no call is an old form by itself, as a new one is written alike.
    r"keras\.layers\.ConvLSTM\dD: default recurrent_activation: .*": _GATES,
    r"keras\.optimizers\.Lion: default learning_rate: .*": "ten times as much; the call alone does not tell its Keras",
    r"keras\.optimizers\.RMSprop: default ema_overwrite_frequency: .*": "it counts with use_ema=True alone",
    r"keras\.regularizers\.l1_l2: default l[12]: 0\.01 -> 0\.0": "no penalty; the call alone does not tell its Keras",
    # Members.
    r"keras\.layers\.Layer: member (activity_regularizer|name)": _HAD,
    r"keras\.(models\.)?Model: member steps_per_execution": _HAD,
    r"keras\.layers\.RNN: member states": _HAD,
    r"keras\.callbacks\.CallbackList: member (append|make_logs)": "Keras makes the list; nobody's code holds one",
    r"keras\.metrics\.(FBetaScore|R2Score): member build": "Keras calls it",
    r"keras\.mixed_precision\.LossScaleOptimizer: member (dynamic_growth_steps|initial_scale|inner_optimizer)": _HAD,
    # Names and kinds.
    r"keras\.optimizers\.legacy\.(Adadelta|Adamax|Nadam): gone": "told of the name",
    r"keras\.metrics\.\w+: base keras\.layers\.Layer": "a metric is no layer today; the members that went are told",
    r"keras\.layers\.\w+: base keras\.layers\.experimental\.preprocessing\.PreprocessingLayer": "its name is told",
    r"keras\.layers\.Conv\w+Transpose: base keras\.layers\.Conv(olution)?\dD": "isinstance alone would tell",
    r"keras\.layers\.Bidirectional: base keras\.layers\.Wrapper": "isinstance alone would tell",
}
