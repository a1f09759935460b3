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


def test_the_backend_that_the_project_sets_for_blocks_is_the_one_that_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(Status, "_tell", lambda _self, what, _seconds: told.append(what))
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    with Status({"KERAS_BACKEND": "numpy"}).block(None) as waiting:
        waiting(False)
    assert told == ["starting numpy"]


def test_settings_of_a_formula_are_no_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(Status, "_tell", lambda _self, what, _seconds: told.append(what))
    status = Status()
    status.foresee(2)
    for settings in (2, 1):
        status.begin()
        with status.block("jax") as waiting:
            waiting(True)
        for _ in range(settings):
            with status.setting("jax") as waiting:
                waiting(True)
    assert told == [
        "block 1 of 2",
        "setting 1 of a formula",
        "setting 2 of a formula",
        "block 2 of 2",
        "setting 1 of a formula",
    ]
