"""What a build says while its blocks run: which one, and how many there most likely are."""

from __future__ import annotations

import pytest

from sphinx_paramdoc.sphinx_ext.progress import Status


def test_what_is_waited_for_and_how_much_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(Status, "_tell", lambda _self, what, _seconds: told.append(what))
    monkeypatch.delenv("KERAS_BACKEND", raising=False)
    status = Status()
    status.foresee(2)
    for backend in (None, "jax", None):
        with status.block(backend) as waiting:
            waiting(False)
            waiting(True)
    assert told == [
        "starting TensorFlow",
        "block 1 of 2",
        "starting JAX",
        "block 2 of 2",
        "starting TensorFlow",
        "block 3",
    ]
