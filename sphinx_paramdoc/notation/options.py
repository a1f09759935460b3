"""The options of the directive: what each takes, and what is no way to write it."""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sphinx_paramdoc import facts
from sphinx_paramdoc.table.expectations import EXPECTATIONS, MOST_DIGITS, count

CODE_POSITIONS = ("above", "below", "collapsed", "none")
"""Where the code of a block may be shown."""


class MisuseError(Exception):
    """The directive is not written as it should be."""

    def __init__(self, message: str, option: str = "") -> None:
        """Say what is wrong, and with which option if it is one."""
        super().__init__(message)
        self.option = option


def _code_position(text: str) -> str:
    if text not in CODE_POSITIONS:
        raise ValueError(f"{text!r} is none of {', '.join(CODE_POSITIONS)}")
    return text


_SWITCH = {"": True, "on": True, "true": True, "off": False, "false": False}


def _switch(text: str) -> bool:
    """Read an option that needs no value, and takes one where ``conf.py`` has turned on what a block does without."""
    if text not in _SWITCH:
        raise ValueError(f"{text!r} is neither on nor off, and it needs no value")
    return _SWITCH[text]


def _weights(text: str) -> str:
    if text not in {"abstract", "real"}:
        raise ValueError(f"{text!r} is neither abstract nor real")
    return text


_SECONDS = re.compile(r"([0-9]{1,18}(\.[0-9]{0,18})?|\.[0-9]{1,18})([eE][+-]?[0-9]{1,2})?")


def seconds(text: str) -> float:
    """Read a time.

    :raises ValueError: where it is none.
    """
    number = float(text) if _SECONDS.fullmatch(text.strip()) else 0.0
    if not 0 < number < float("inf"):
        raise ValueError(f"{text!r} is not a number of seconds greater than 0")
    return number


def depth(text: str) -> int:
    """Read how deep layers open.

    :raises ValueError: where it is no depth.
    """
    if not re.fullmatch(r"[0-9]+", text):
        raise ValueError(f"{text!r} is not a depth such as 0, 1, 2")
    if len(text) > MOST_DIGITS:
        raise ValueError(f"{text[:MOST_DIGITS]}… has more than {MOST_DIGITS} digits")
    return int(text)


def _flag(text: str) -> bool:
    if text:
        raise ValueError(f"takes no value, but has {text!r}")
    return True


def _backend(text: str) -> str:
    if not text.isidentifier():
        raise ValueError(f"{text!r} names no backend of Keras such as tensorflow, jax, torch")
    return text


def shape(text: str) -> facts.Shape:
    """Read the shape of an input, or of several: ``(None, 4)``, ``[(None, 4), (None, 5)]``, ``{"a": (None, 4)}``.

    :raises ValueError: where it is none.
    """
    try:
        read: facts.Shape = _shape(ast.literal_eval(text.strip()))
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        raise ValueError(f"{text!r} is no shape with the axis of the batch first, such as (None, 28, 28, 1)") from None
    return read


def _shape(value: Any) -> Any:
    if isinstance(value, dict) and value:
        return {str(name): _shape(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)) and value:
        if any(isinstance(part, (list, tuple, dict)) for part in value):
            return [_shape(part) for part in value]
        has_batch = len(value) > 1 or value[0] is None  # a number alone is hardly the batch: that was forgotten
        if has_batch and all(axis is None or (type(axis) is int and 0 < axis < 10**MOST_DIGITS) for axis in value):
            return list(value)
    raise ValueError


def _some_text(text: str) -> str:
    if not text:
        raise ValueError("it needs a value")
    return text


OPTIONS: dict[str, Callable[[str], Any]] = {
    "model": _some_text,
    "caption": _some_text,
    "name": _some_text,
    "depth": depth,
    "unfold": _flag,
    "code": _code_position,
    "legend": _switch,
    "weights": _weights,
    "backend": _backend,
    "timeout": seconds,
    "input-shape": shape,
    **dict.fromkeys(EXPECTATIONS, count),
}
"""The name of an option → what reads its value, or raises `ValueError`."""


def read(
    options: Mapping[str, str], arguments: Sequence[str], has_code: bool, begins_directly: bool = False
) -> dict[str, Any]:
    """Read the options of a directive.

    :param begins_directly: whether what is taken for an argument stands below the directive's name.
    :raises MisuseError: where the directive is not written as it should be.
    """
    values = {name: _value(name, text) for name, text in options.items() if name != _OF_DOCUTILS}
    if arguments and re.match(r":[\w-]+\s", arguments[0]):
        raise MisuseError(f"{arguments[0].split()[0]} is an option that lacks its second colon")
    if begins_directly or (arguments and _is_code_below(arguments[0])):
        raise MisuseError("code stands directly under the directive: leave a blank line before it")
    if arguments and "model" in values:
        raise MisuseError("an argument and :model: both say which model is meant: drop one of them", "model")
    if not arguments and not has_code:
        raise MisuseError(
            "there is no code: write it below a blank line, or write an expression behind the directive's name"
        )
    return values


def _is_code_below(argument: str) -> bool:
    """Tell whether what docutils takes for one argument is an expression with code on the lines below it."""
    first, _, rest = argument.partition("\n")
    return bool(rest) and _parses(first) and not _parses(argument)


def _parses(expression: str) -> bool:
    # pkg.mod:attr is no Python.
    text = re.sub(r"^\s*[\w.]+\s*:\s*(?=[^\W\d])", "", expression)
    try:
        ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False
    return True


_OF_DOCUTILS = "alt"
"""Docutils gives this option to a directive that defines a substitution."""


def _value(name: str, text: str) -> Any:
    if name not in OPTIONS:
        close = difflib.get_close_matches(name, OPTIONS, 1)
        hint = f"did you mean :{close[0]}:?" if close else f"there are :{':, :'.join(OPTIONS)}:"
        raise MisuseError(f"unknown option :{name}: ({hint})", name)
    try:
        return OPTIONS[name](text)
    except ValueError as error:
        raise MisuseError(f":{name}: {error}", name) from None
