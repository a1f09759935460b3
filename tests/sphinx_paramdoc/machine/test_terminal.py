"""How wide a terminal is, and whether it shows colours, by what its environment says."""

from __future__ import annotations

import io
import sys

import pytest

from sphinx_paramdoc.machine import terminal


def test_the_width_is_what_a_user_asks_for_or_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "72")
    assert terminal.width() == 72
    assert terminal.width(60) == 60
    assert terminal.width(0) is None


@pytest.mark.parametrize("columns", [None, "0", "many"])
def test_without_a_terminal_there_is_a_width_all_the_same(columns: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    if columns is not None:
        monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr(sys, "__stdout__", None)
    assert terminal.width() == 100


@pytest.mark.parametrize(
    ("said", "environment", "is_terminal", "expected"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"FORCE_COLOR": "0"}, False, False),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_colours(
    said: str, environment: dict[str, str], is_terminal: bool, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WT_SESSION", "a terminal of Windows that shows colours")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal)
    assert terminal.is_colored(said) is expected


class _Screen(io.StringIO):
    def __init__(self, is_terminal: bool) -> None:
        super().__init__()
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal


@pytest.mark.parametrize(
    ("is_terminal", "kind", "expected"),
    [
        (True, "xterm", "\r\x1b[2Kparamsummary... importing X, 2 s\r\x1b[2Kparamsummary... running, 3 s\r\x1b[2K"),
        (True, "dumb", ""),
        (False, "xterm", ""),
    ],
)
def test_progress(is_terminal: bool, kind: str, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 0.5, 2.1, 2.2, 3.0])
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    monkeypatch.setenv("TERM", kind)
    screen = _Screen(is_terminal)
    monkeypatch.setattr("sys.stderr", screen)
    with terminal.progress() as tell:
        for what in ("importing X", "importing X", "importing X", "running"):
            tell(what)
    assert screen.getvalue() == expected
