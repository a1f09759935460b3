"""The backbones of keras-hub at toy size, in all their whole numbers: the formula gives the published counts."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from sphinx_paramdoc import execution, machine
from sphinx_paramdoc.law import Law
from sphinx_paramdoc.notation import varying

pytestmark = [pytest.mark.slow, pytest.mark.thorough, pytest.mark.on_numpy]

_ENCODER = {"vocabulary_size": 30, "num_layers": 2, "num_heads": 2, "hidden_dim": 8, "intermediate_dim": 12}
_DECODER = {
    "vocabulary_size": 30,
    "num_layers": 2,
    "num_query_heads": 4,
    "num_key_value_heads": 2,
    "hidden_dim": 16,
    "intermediate_dim": 20,
}
_GPT2 = {"vocabulary_size": 50257, "num_layers": 12, "num_heads": 12, "hidden_dim": 768, "intermediate_dim": 3072}
_LLAMA = {
    "vocabulary_size": 128256,
    "num_layers": 32,
    "num_query_heads": 32,
    "num_key_value_heads": 8,
    "hidden_dim": 4096,
    "intermediate_dim": 14336,
}
"""Llama 3 8B."""

CASES: dict[str, tuple[dict[str, Any], str, dict[int, dict[str, int]]]] = {
    "GPT2Backbone": (
        {**_ENCODER, "max_sequence_length": 10},
        "num_layers hidden_dim intermediate_dim vocabulary_size max_sequence_length",
        {
            124_439_808: {**_GPT2, "max_sequence_length": 1024},
            1_557_611_200: {
                **_GPT2,
                "num_layers": 48,
                "num_heads": 25,
                "hidden_dim": 1600,
                "intermediate_dim": 6400,
                "max_sequence_length": 1024,
            },
        },
    ),
    "BertBackbone": (
        {**_ENCODER, "max_sequence_length": 10},
        "num_layers hidden_dim intermediate_dim vocabulary_size max_sequence_length num_segments",
        {109_482_240: {**_GPT2, "vocabulary_size": 30522, "max_sequence_length": 512, "num_segments": 2}},
    ),
    "Llama3Backbone": (
        _DECODER,
        "num_layers hidden_dim intermediate_dim vocabulary_size num_query_heads num_key_value_heads",
        {
            8_030_261_248: _LLAMA,
            405_853_388_800: {
                **_LLAMA,
                "num_layers": 126,
                "num_query_heads": 128,
                "hidden_dim": 16384,
                "intermediate_dim": 53248,
            },
        },
    ),
    "MistralBackbone": (
        _DECODER,
        "num_layers hidden_dim intermediate_dim vocabulary_size num_query_heads num_key_value_heads",
        {7_241_732_096: {**_LLAMA, "vocabulary_size": 32000}},
    ),
    "MixtralBackbone": (
        {**_DECODER, "num_experts": 4},
        "num_layers hidden_dim intermediate_dim vocabulary_size num_query_heads num_key_value_heads num_experts",
        {46_702_792_704: {**_LLAMA, "vocabulary_size": 32000, "num_experts": 8}},
    ),
    "GemmaBackbone": (
        {**_DECODER, "num_key_value_heads": 1, "head_dim": 6},
        "num_layers hidden_dim intermediate_dim vocabulary_size num_query_heads num_key_value_heads head_dim",
        {
            2_506_172_416: {
                "vocabulary_size": 256000,
                "num_layers": 18,
                "num_query_heads": 8,
                "num_key_value_heads": 1,
                "hidden_dim": 2048,
                "intermediate_dim": 32768,
                "head_dim": 256,
            }
        },
    ),
    "ViTBackbone": (
        {"image_shape": (32, 32, 3), "patch_size": 4, "num_layers": 2, "num_heads": 2, "hidden_dim": 8, "mlp_dim": 12},
        "num_layers hidden_dim mlp_dim patch_size",
        {},
    ),
    "T5Backbone": (_ENCODER, "num_layers hidden_dim intermediate_dim vocabulary_size num_heads", {}),
    "WhisperBackbone": (
        {**_ENCODER, "num_mels": 8, "max_encoder_sequence_length": 20, "max_decoder_sequence_length": 10},
        "num_layers hidden_dim intermediate_dim vocabulary_size num_mels max_decoder_sequence_length",
        {},
    ),
}
"""A backbone → its arguments at toy size, those that change its count, and published counts with their arguments."""


def law_of(session: execution.Session, name: str, arguments: Mapping[str, Any]) -> tuple[Law, int]:
    """Return the formula of a backbone in all its whole numbers, and how many settings were executed."""
    written = ", ".join(f"{key}={value!r}" for key, value in arguments.items())
    request = execution.Request(expression=f"keras_hub.models.{name}({written})", preamble="import keras_hub")
    path = machine.import_path()
    job = execution.Job(request=request, path=path, directory="/", first_party=machine.FirstParty("/nowhere"))
    executed = [job]

    def execute(jobs: Sequence[execution.Job]) -> list[execution.Response]:
        executed.extend(jobs)
        session.prefetch(jobs)
        return [session.run(each) for each in jobs]

    given = session.run(job)
    assert isinstance(given, execution.Success), given
    found, complaint = varying.find((), job, given, execute)
    assert found is not None
    assert complaint == ""
    return found, len(executed)


@pytest.fixture(scope="module")
def session() -> Any:
    pytest.importorskip("keras_hub")
    path = machine.import_path()
    setup = execution.ServerSetup(preamble="import keras_hub", path=path, first_party=machine.FirstParty("/nowhere"))
    made = execution.Session(setup, {})
    yield made
    made.close()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no forks")
@pytest.mark.parametrize("name", CASES)
def test_the_formula_at_toy_size_gives_the_published_count(name: str, session: execution.Session) -> None:
    arguments, decisive, published = CASES[name]
    law, executed = law_of(session, name, arguments)
    assert law.refused == {}
    assert law.polynomial is not None
    assert len(law.agrees_at) >= 5
    silent = {key for key in law.arguments if key not in law.polynomial.names()}
    assert set(decisive.split()) <= set(law.arguments)
    assert set(decisive.split()) & silent <= {"num_query_heads", "num_key_value_heads", "num_heads"}
    assert all(law.left_out.values())
    for count, size in published.items():
        assert law.polynomial.evaluate({**law.arguments, **size}) == count
    assert executed <= 4 * len(law.arguments) + 12
