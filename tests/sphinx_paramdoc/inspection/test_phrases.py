"""What is said of the layers of either Keras alike, run against both: what is true of one may not be of the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sphinx_paramdoc import table
from sphinx_paramdoc.explanation import weightless

pytestmark = pytest.mark.slow

FRAMEWORKS = ("keras", "tf_keras")


@pytest.fixture(params=FRAMEWORKS)
def framework(request: pytest.FixtureRequest) -> Any:
    pytest.importorskip("tensorflow")
    return pytest.importorskip(request.param)


def values(*shape: int, seed: int = 0) -> Any:
    import numpy as np

    return np.random.default_rng(seed).uniform(0.5, 1.5, size=shape).astype("float32")


def array(tensor: Any) -> Any:
    import numpy as np

    return np.asarray(tensor)


def images(name: str) -> Any:
    """Give a batch of the rank that the name of a layer ends with."""
    return values(2, *[6] * next((int(sign) for sign in name if sign.isdigit()), 2), 3)


# What each phrase claims, as what must hold of a layer of that name


def masks(layer: Any, name: str) -> bool:
    given = images(name)
    factors = array(layer(given, training=True)) / given
    return bool(((abs(factors) < 1e-6) | (abs(factors - 2) < 1e-5)).all())


def masks_and_shifts(layer: Any, _name: str) -> bool:
    import numpy as np

    return len(np.unique(array(layer(values(4, 50) * 0 + 1, training=True)).round(4))) == 2


def adds_noise(layer: Any, name: str) -> bool:
    given = images(name)
    return bool(
        (array(layer(given, training=False)) == given).all() and (array(layer(given, training=True)) != given).any()
    )


def keeps_order(layer: Any, _name: str) -> bool:
    given = values(2, 3, 4)
    return bool((array(layer(given)).ravel() == given.ravel()).all())


def reorders(layer: Any, _name: str) -> bool:
    given = values(2, 3, 4)
    return bool((array(layer(given)) == given.transpose(0, 2, 1)).all())


def repeats(layer: Any, _name: str) -> bool:
    given = values(2, 3)
    return bool((array(layer(given)) == given[:, None]).all())


def enlarges(layer: Any, name: str) -> bool:
    given = images(name)
    return set(array(layer(given)).ravel()) == set(given.ravel()) and array(layer(given)).size > given.size


def pads(layer: Any, name: str) -> bool:
    given = images(name)
    return set(array(layer(given)).ravel()) == {0.0, *given.ravel()}


def cuts(layer: Any, name: str) -> bool:
    given = images(name)
    return set(array(layer(given)).ravel()) < set(given.ravel())


def is_fixed(layer: Any, _name: str) -> bool:
    given = values(2, 5) - 1
    return bool((array(layer(given)) == array(layer(given))).all())


def averages(layer: Any, name: str) -> bool:
    import numpy as np

    given = images(name)
    once = array(layer(given))
    is_linear = np.allclose(array(layer(2 * given + 1)), 2 * once + 1, atol=1e-4)
    return is_linear and bool(once.min() > given.min() and once.max() < given.max())


def takes_maxima(layer: Any, name: str) -> bool:
    given = images(name)
    return set(array(layer(given)).ravel()) <= set(given.ravel()) and array(layer(given)).max() == given.max()


def merges(of: Callable[[Any, Any], Any]) -> Callable[[Any, str], bool]:
    def holds(layer: Any, _name: str) -> bool:
        import numpy as np

        one, other = values(2, 5), values(2, 5, seed=1)
        return np.allclose(array(layer([one, other])), of(one, other), atol=1e-5)

    return holds


def multiplies(layer: Any, name: str) -> bool:
    if name == "Dot":
        return merges(lambda a, b: (a * b).sum(axis=1, keepdims=True))(layer, name)
    return merges(lambda a, b: a * b)(layer, name)


def passes_on(layer: Any, _name: str) -> bool:
    return bool((array(layer(values(2, 5))) == values(2, 5)).all())


def adds_a_penalty(layer: Any, name: str) -> bool:
    return passes_on(layer, name) and len(layer.losses) == 1


def marks(layer: Any, _name: str) -> bool:
    given = values(2, 5, 3)
    given[:, 2:] = 0
    found: list[list[bool]] = array(layer.compute_mask(given)).tolist()
    return found == [[True, True, False, False, False]] * 2


def scales(layer: Any, _name: str) -> bool:
    return bool((abs(array(layer(values(2, 5))) - (2 * values(2, 5) + 1)) < 1e-5).all())


def has_unit_length(layer: Any, _name: str) -> bool:
    return bool((abs((array(layer(values(2, 5))) ** 2).sum(axis=-1) - 1) < 1e-4).all())


def resizes(layer: Any, name: str) -> bool:
    return bool(array(layer(images(name))).shape == (2, 4, 4, 3))


def is_random(layer: Any, name: str) -> bool:
    import numpy as np

    given = images(name) * 100
    results = [array(layer(given, training=True)) for _ in range(12)]
    return any(each.shape != given.shape or not np.array_equal(each, given) for each in results)


def looks_up(layer: Any, name: str) -> bool:
    layer.adapt([1, 2, 2] if name == "IntegerLookup" else ["a", "b", "b"])
    return bool(len(layer.get_vocabulary()) > 2)


def finds_bins(layer: Any, _name: str) -> bool:
    return bool(array(layer([[0.5], [1.5]])).ravel().tolist() == [0, 1])


def encodes(layer: Any, _name: str) -> bool:
    return bool(array(layer([[0, 2]])).ravel().tolist() == [1, 0, 1])


def hashes(layer: Any, name: str) -> bool:
    given = (["a"], ["b"]) if name == "HashedCrossing" else [["a"], ["b"]]
    import tensorflow as tf

    tensors = tuple(map(tf.constant, given)) if isinstance(given, tuple) else tf.constant(given)
    return set(array(layer(tensors)).ravel()) <= {0, 1, 2}


def adjusts_contrast(layer: Any, _name: str) -> bool:
    given = 100 + 30 * values(1, 16, 16, 3)
    changed = array(layer(given))
    return bool(changed.shape == given.shape and changed.std() > given.std())


def pads_boxes(layer: Any, _name: str) -> bool:
    boxes = {"boxes": values(2, 2, 4), "labels": values(2, 2) * 0}
    padded = layer({"images": images("2D"), "bounding_boxes": boxes})["bounding_boxes"]
    return bool((array(padded["boxes"])[:, :2] == boxes["boxes"]).all()) and array(padded["boxes"]).shape[1] == 3


def is_spectrogram(layer: Any, _name: str) -> bool:
    import numpy as np

    time = np.arange(1024, dtype="float32")
    low, high = (array(layer(np.sin(time * pitch)[None])) for pitch in (0.2, 1.5))
    return bool(low.mean(axis=-1).argmax() < high.mean(axis=-1).argmax())


CLAIMS: dict[str, Callable[[Any, str], bool]] = {
    "it only declares the input's shape": lambda layer, _name: "dense" not in layer.name,
    "it only masks activations, and scales and shifts the others by fixed numbers": masks_and_shifts,
    "it only masks activations": masks,
    "it only adds or multiplies by noise": adds_noise,
    "it only arranges values in another shape": keeps_order,
    "it only reorders axes": reorders,
    "it only repeats its input": repeats,
    "it only enlarges its input": enlarges,
    "it only pads with zeros": pads,
    "it only cuts out the centre of images": cuts,
    "it only cuts off edges": cuts,
    "it only applies a fixed function": is_fixed,
    "it only calls a function": is_fixed,
    "it only takes averages": averages,
    "it only takes maxima": takes_maxima,
    "it only adds its inputs": merges(lambda a, b: a + b),
    "it only averages its inputs": merges(lambda a, b: (a + b) / 2),
    "it only joins its inputs": lambda layer, _name: array(layer([values(2, 5), values(2, 5)])).shape == (2, 10),
    "it only multiplies its inputs": multiplies,
    "it only takes the larger of its inputs": merges(lambda a, b: a * (a > b) + b * (a <= b)),
    "it only takes the smaller of its inputs": merges(lambda a, b: a * (a < b) + b * (a >= b)),
    "it only subtracts one input from the other": merges(lambda a, b: a - b),
    "it only passes its input on": passes_on,
    "it only adds a penalty to the loss": adds_a_penalty,
    "it only marks the steps to skip": marks,
    "it only scales by fixed numbers": scales,
    "it only scales to unit length": has_unit_length,
    "it only resizes images": resizes,
    "it only changes images at random": is_random,
    "it only looks entries up in a vocabulary, which is a table and no weight": looks_up,
    "it only finds the bin of each value; the boundaries are no weights": finds_bins,
    "it only encodes categories": encodes,
    "it only hashes": hashes,
    "it only adjusts the contrast of images": adjusts_contrast,
    "it only pads lists of boxes": pads_boxes,
    "it only computes spectrograms, with fixed filters": is_spectrogram,
}

GIVEN: dict[str, tuple[Any, ...]] = {
    **dict.fromkeys(("AlphaDropout", "Dropout", "GaussianDropout", "GaussianNoise"), (0.5,)),
    **{f"SpatialDropout{rank}D": (0.5,) for rank in (1, 2, 3)},
    "InputLayer": ((4,),),
    "Reshape": ((4, 3),),
    "Permute": ((2, 1),),
    "RepeatVector": (3,),
    "CenterCrop": (4, 4),
    "Cropping2D": (1,),
    **{f"AveragePooling{rank}D": (2,) for rank in (1, 2, 3)},
    "Activation": ("tanh",),
    "Lambda": (abs,),
    "Dot": (1,),
    "Rescaling": (2.0, 1.0),
    "Resizing": (4, 4),
    "ActivityRegularization": (0.5,),
    "RandomCrop": (4, 4),
    **dict.fromkeys(("RandomBrightness", "RandomContrast", "RandomHeight", "RandomRotation", "RandomWidth"), (0.5,)),
    **dict.fromkeys(("RandomTranslation", "RandomZoom"), (0.5, 0.5)),
    "CategoryEncoding": (3, "multi_hot"),
    **dict.fromkeys(("HashedCrossing", "Hashing"), (3,)),
}
"""What a layer of that name is made with; what is not here takes nothing."""

NAMED: dict[str, dict[str, Any]] = {
    "Discretization": {"bin_boundaries": [1.0]},
    "MelSpectrogram": {"fft_length": 64, "sequence_stride": 32},
    **{f"Random{what}": {"factor": 0.5} for what in ("ColorDegeneration", "Hue", "Saturation", "Sharpness")},
    "RandomShear": {"x_factor": 0.5, "y_factor": 0.5},
    "Solarization": {"threshold_factor": 0.5, "addition_factor": 0.5},
    "RandomPosterization": {"factor": 4},
    "RandomColorJitter": {"brightness_factor": 0.5, "contrast_factor": 0.5},
    **{f"Adaptive{kind}Pooling{rank}D": {"output_size": 2} for kind in ("Average", "Max") for rank in (1, 2, 3)},
    "MaxNumBoundingBoxes": {"max_number": 3, "bounding_box_format": "xyxy"},
}
"""What a layer of that name is made with by names."""

SHARED = {
    name.removeprefix("keras.layers."): phrase
    for name, phrase in weightless.PHRASES.items()
    if name.startswith("keras.layers.") and phrase in CLAIMS
}


def test_each_phrase_has_a_claim() -> None:
    said = {phrase for name, phrase in weightless.PHRASES.items() if name.startswith("keras.layers.")}
    assert said == CLAIMS.keys()


@pytest.mark.parametrize("name", SHARED)
def test_what_a_layer_without_weights_does(framework: Any, name: str) -> None:
    made = getattr(framework.layers, name, None)
    if made is None:
        pytest.skip(f"{framework.__name__} has no {name}")
    layer = made(**NAMED[name]) if name in NAMED else made(*GIVEN.get(name, ()))
    assert CLAIMS[SHARED[name]](layer, name)
    # A vocabulary of Keras 2 is listed among the weights.
    assert not [weight for weight in layer.weights if "Variable" in type(weight).__name__]


# Reasons and notes


def said(framework: Any, inspection: Any, layer: Any, *shape: int) -> str:
    model = framework.Sequential([framework.Input(shape), layer])
    return str(table.build(inspection.inspect(model)).outermost()[-1].explanation)


def test_tracked_statistics_follow_the_data_and_no_gradient(framework: Any, inspection: Any) -> None:
    layer = framework.layers.BatchNormalization()
    text = said(framework, inspection, layer, 4)
    before = [array(weight).copy() for weight in layer.weights]
    layer(values(8, 4), training=True)
    changed = [
        w.name.partition(":")[0] for w, value in zip(layer.weights, before, strict=True) if (array(w) != value).any()
    ]
    assert {name.rpartition("/")[2] for name in changed} == {"moving_mean", "moving_variance"}
    assert text.endswith("8 non-trainable: moving mean and moving variance are tracked, not learned")


def test_what_adapt_sets(framework: Any, inspection: Any) -> None:
    layer = framework.layers.Normalization()
    layer.adapt(values(64, 4))
    mean, variance, count = (array(weight) for weight in layer.weights)
    assert (abs(mean - values(64, 4).mean(axis=0)) < 1e-4).all()
    assert (abs(variance - values(64, 4).var(axis=0)) < 1e-4).all()
    text = said(framework, inspection, layer, 4)
    if framework.__name__ == "keras":
        assert count == 0
        assert text == (
            "2 × 4 + 1 = 9; the 1 is a count that nothing uses, kept for old checkpoints; 9 non-trainable: 8 set by "
            "adapt() or loaded, not learned (mean and variance); 1 declared non-trainable by its layer (count)"
        )
    else:
        assert count == 64
        assert text == (
            "2 × 4 + 1 = 9; the 1 counts the values that adapt() has seen; 9 non-trainable: mean, variance and count "
            "are set by adapt() or loaded, not learned"
        )


def test_a_vector_of_power_iteration_moves_without_a_gradient(framework: Any, inspection: Any) -> None:
    if framework.__name__ == "tf_keras":
        pytest.skip("that of tf_keras works only where tf.keras is tf_keras too: it takes its InputSpec from there")
    layer = framework.layers.SpectralNormalization(framework.layers.Dense(3))
    text = said(framework, inspection, layer, 4)
    [vector] = layer.non_trainable_weights
    before = array(vector).copy()
    layer(values(2, 4), training=True)
    assert (array(vector) != before).any()
    assert text.endswith("is estimated by power iteration")


def test_every_time_step_uses_the_same_weights(framework: Any, inspection: Any) -> None:
    layer = framework.layers.TimeDistributed(framework.layers.Dense(3))
    assert said(framework, inspection, layer, 5, 4).endswith("every time step uses the same weights")
    steps = array(layer(values(2, 1, 4).repeat(5, axis=1)))
    assert (abs(steps - steps[:, :1]) < 1e-6).all()


def test_reset_after_is_the_default_and_keeps_two_biases(framework: Any, inspection: Any) -> None:
    layer = framework.layers.GRU(3)
    text = said(framework, inspection, layer, 5, 4)
    assert text.endswith("reset_after, the default, keeps a bias for the inputs and one for the state")
    assert tuple(layer.weights[-1].shape) == (2, 9)
    assert framework.layers.GRU(3, reset_after=False).reset_after is False


def test_slopes_are_shared_where_they_are_told_to_be(framework: Any, inspection: Any) -> None:
    text = said(framework, inspection, framework.layers.PReLU(), 5, 4)
    assert text == "5 × 4 = 20; a slope for each element; shared_axes would share it"
    assert (
        said(framework, inspection, framework.layers.PReLU(shared_axes=[1]), 5, 4) == "4: channels, with a slope each"
    )
