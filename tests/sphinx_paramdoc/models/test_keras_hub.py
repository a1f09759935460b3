"""Models of keras-hub, which nobody here wrote, hold against counts that others published."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sphinx_paramdoc.models.counted import Counted, assert_adds_up, count
from tests.sphinx_paramdoc.models.published import PUBLISHED, Published
from tests.versions import since

pytestmark = [
    pytest.mark.slow,
    # T5's attention of keras-hub uses the mask that it does not hand on; Keras warns wherever the model is built.
    pytest.mark.filterwarnings(
        r"ignore:Layer '\w+_attention' \(of type T5MultiHeadAttention\) was passed an input with a mask:UserWarning"
    ),
]


@pytest.fixture(scope="module")
def names(keras: Any) -> dict[str, Any]:
    """What the code of a published model may name."""
    hub = pytest.importorskip("keras_hub", reason="keras-hub, whose models these are, is not installed")
    from keras_hub.src.models.vae.vae_backbone import VAEBackbone

    return {**vars(hub.models), "VAEBackbone": VAEBackbone}


LONG = {"T5 small", "Whisper large", "Stable Diffusion 3 medium", "Mistral 7B"}
"""Models that take long to look at, and of whose kind there are others."""

NEWER = {"ViT-B/16": [since("keras-hub", "0.22", "patches that need not be square")]}
"""Models that older versions make otherwise."""


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(one, marks=[*[pytest.mark.thorough] * (one.name in LONG), *NEWER.get(one.name, [])])
        for one in PUBLISHED
    ],
    ids=lambda published: published.name,
)
def published(request: pytest.FixtureRequest) -> Published:
    assert isinstance(request.param, Published)
    return request.param


@pytest.fixture(scope="module")
def counted(keras: Any, inspection: Any, names: dict[str, Any], published: Published) -> Counted:
    return count(keras, inspection, lambda: eval(published.code, names.copy()))


def test_the_total_is_the_published_one(published: Published, counted: Counted) -> None:
    assert counted.table.total == published.backbone
    assert counted.table.variables == "abstract"


def test_every_depth_adds_up(counted: Counted) -> None:
    assert_adds_up(counted)


def test_every_layer_has_a_row(counted: Counted) -> None:
    paths = [path for row in counted.table.outermost() for path in (row.path, *row.copies)]
    assert len(set(paths)) == len(paths)
    assert set(counted.layers) <= set(paths)  # a backbone may hold more, such as the VAE whose parts it calls


@pytest.mark.parametrize("published", [one for one in PUBLISHED if one.preset], ids=lambda published: published.name)
def test_keras_hub_publishes_the_same_count(names: dict[str, Any], published: Published) -> None:
    presets = names[published.code.partition("(")[0]].presets
    # 0 stands for a count that was not made yet, as of T5 before keras-hub 0.30.
    assert presets[published.preset]["metadata"]["params"] in {published.backbone, 0}


def test_a_model_fits_on_one_screen(counted: Counted) -> None:
    assert len(counted.table.outermost()) <= 40
