"""Where what an expression calls is defined."""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from sphinx_paramdoc.execution.making import maker
from sphinx_paramdoc.execution.request import Maker, part_name


def build(units: int = 3) -> int:
    return units


def logged(function: Callable[..., int]) -> Callable[..., int]:
    return functools.wraps(function)(lambda *arguments: function(*arguments))


class Nets:
    @logged
    def deep(self) -> int:
        return 1

    @staticmethod
    def wide() -> int:
        return 2

    @property
    def tiny(self) -> int:
        raise AssertionError("nothing runs")

    @functools.cached_property
    def kept(self) -> int:
        raise AssertionError("nothing runs")


def line(function: Callable[..., Any]) -> int:
    return function.__code__.co_firstlineno


@pytest.mark.parametrize(
    ("start", "attributes", "name", "first"),
    [
        (build, [], "build", line(build)),
        (functools.partial(build, units=4), [], "build", line(build)),
        (Nets(), ["deep"], "Nets.deep", line(Nets.deep.__wrapped__)),  # type: ignore[attr-defined]
        (Nets().deep, [], "Nets.deep", line(Nets.deep.__wrapped__)),  # type: ignore[attr-defined]
        (Nets, ["wide"], "Nets.wide", line(Nets.wide)),
        (Nets(), ["tiny"], "Nets.tiny", line(Nets.tiny.fget)),  # type: ignore[attr-defined]
        (Nets(), ["kept"], "Nets.kept", line(vars(Nets)["kept"].func)),
        (Nets, [], "Nets", 0),
        (SimpleNamespace(inside=Nets), ["inside"], "Nets", 0),
    ],
)
def test_it_is_found_without_running_it(start: object, attributes: list[str], name: str, first: int) -> None:
    found = maker(start, attributes)
    assert found is not None
    assert (found.name, found.line) == (name, first)
    assert found.module == __name__


def test_of_the_preamble_it_has_a_line_alone() -> None:
    names: dict[str, Any] = {"__name__": "block"}
    exec(compile("\ndef tiny():\n    return 1\n", part_name("preamble"), "exec"), names)
    assert maker(names["tiny"], []) == Maker("", "tiny", 2)


def test_what_has_no_source_has_no_place() -> None:
    names: dict[str, Any] = {"__name__": "block"}
    exec("def made():\n    return 1\nclass Made: pass", names)
    renamed = type("lost\x07", (Nets,), {"__module__": __name__})
    for start in (names["made"], names["Made"], len, [build], 3, None, renamed):
        assert maker(start, []) is None
    assert maker(Nets, ["lost"]) is None
