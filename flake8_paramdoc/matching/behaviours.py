"""What several places of a file do together: the rules that look for it, each only where a file has what it is about.

Few files have any of it. The files of the rules are imported by the first that does, as that takes time too.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.matching.era import is_for_keras_1
from flake8_paramdoc.reading.keras_packages import KerasPackage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flake8_paramdoc.matching.era import Era
    from flake8_paramdoc.matching.finding import Match
    from flake8_paramdoc.matching.target import Target
    from flake8_paramdoc.matching.tensor_flow import Tensors
    from flake8_paramdoc.reading.collected import Reading
    from flake8_paramdoc.reading.object_types import Values

_COUNTED = frozenset({"GRU", "Variable", "variable"})
_LISTED = frozenset({"pop", "append", "insert", "remove", "clear", "extend", "Model"})
_LOGGED = frozenset({
    "compile", "KLDivergence", "ReduceLROnPlateau", "LearningRateScheduler", "EarlyStopping", "ModelCheckpoint",
})  # fmt: skip
_NUMBERED = ("MobileNetV3", "ConvNeXt")
_OF_TEXTS = frozenset({"split", "endswith", "startswith"})
_TRAINED = frozenset({
    "Dropout", "BatchNormalization", "GaussianNoise", "GaussianDropout", "AlphaDropout", "SpatialDropout1D",
    "SpatialDropout2D", "SpatialDropout3D",
})  # fmt: skip
_OF_KERAS_2 = frozenset({
    "KerasLayer", "from_pretrained", "DistributionLambda", "DenseVariational", "DenseFlipout",
    "DenseReparameterization", "DenseLocalReparameterization", "Convolution1DFlipout", "Convolution2DFlipout",
    "Convolution3DFlipout", "Convolution1DReparameterization", "Convolution2DReparameterization",
    "Convolution3DReparameterization", "IndependentBernoulli", "IndependentNormal", "MultivariateNormalTriL",
    "OneHotCategorical", "CategoricalMixtureOfOneHotCategorical", "MixtureNormal", "KLDivergenceRegularizer",
    "KLDivergenceAddLoss", "VariableLayer", "VariationalGaussianProcess",
})  # fmt: skip
_MASKED = frozenset({"Embedding", "Masking"})


def match_behaviours(
    reading: Reading, values: Values, tensors: Tensors, target: Target, found: Sequence[Match], era: Era
) -> Iterator[Match]:
    """Yield what several places of a file tell together.

    :param found: what was found in the file otherwise, which tells for which Keras it was written.
    :param era: what was known of that before.
    """
    called = reading.called
    if "Input" in called:
        from flake8_paramdoc.matching.iterated import match_iterated

        yield from match_iterated(reading, values, tensors, target)
    if reading.sums_with_lists:
        from flake8_paramdoc.matching.shape_sums import match_shape_sums

        yield from match_shape_sums(reading, values, tensors, target)
    if ("call" in reading.functions and reading.classes) or not _TRAINED.isdisjoint(called):
        from flake8_paramdoc.matching.layer_arguments import match_layer_arguments

        yield from match_layer_arguments(reading, values, target)
    if not _OF_KERAS_2.isdisjoint(called) or (KerasPackage.FROZEN in reading.packages and len(reading.packages) > 1):
        from flake8_paramdoc.matching.mixed_copies import match_mixed_copies

        yield from match_mixed_copies(reading, values, tensors, target)
    if not _COUNTED.isdisjoint(called) or era.is_keras_1 or (found and is_for_keras_1(found)):
        from flake8_paramdoc.matching.counts import match_counts

        yield from match_counts(reading, values, target, found, era)
    if not reading.defined.isdisjoint(called) or _sets_trainable(reading):
        from flake8_paramdoc.matching.training_order import match_training

        yield from match_training(reading, values, target)
    if not _LISTED.isdisjoint(called) or _calls_on_lists(reading):
        from flake8_paramdoc.matching.lists_of_one import match_lists

        yield from match_lists(reading, values, tensors, target)
    if not _LOGGED.isdisjoint(called):
        from flake8_paramdoc.matching.metric_keys import match_metrics

        yield from match_metrics(reading, values, target)
    if (
        reading.compares
        or "get_layer" in called
        or _asks_names(reading)
        or any(name.startswith(_NUMBERED) for name in called)
    ):
        from flake8_paramdoc.matching.layer_places import match_places

        yield from match_places(reading, values, target, found, era)
    if not _MASKED.isdisjoint(called):
        from flake8_paramdoc.matching.masks import match_masks

        yield from match_masks(reading, values, target)


def _asks_names(reading: Reading) -> bool:
    """Tell whether a name is asked for what is in it: ``weight.name.split("/")``."""
    return not _OF_TEXTS.isdisjoint(reading.called) and any(
        type(call.func) is ast.Attribute
        and call.func.attr in _OF_TEXTS
        and type(call.func.value) is ast.Attribute
        and call.func.value.attr == "name"
        for call, _ in reading.calls
    )


def _sets_trainable(reading: Reading) -> bool:
    return any(node.attr == "trainable" and type(node.ctx) is ast.Store for node, _ in reading.attributes)


def _calls_on_lists(reading: Reading) -> bool:
    """Tell whether something is called that was made there, on a list: ``Dense(3)([x])``."""
    return any(
        type(call.func) is ast.Call and call.args and type(call.args[0]) is ast.List for call, _ in reading.calls
    )
