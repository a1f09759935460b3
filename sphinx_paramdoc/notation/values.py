"""What settings can be: readers of what is written as text, and checks of what ``conf.py`` computes.

A reader returns the value of a text. A check takes the name of a value of ``conf.py`` and what the project gives it,
and returns what it is taken for. What is no value raises a `ValueError` that says so in a sentence.
"""

from __future__ import annotations

import ast
import contextlib
import re
from collections.abc import Callable, Mapping
from os import PathLike
from typing import Any, TypeVar

from sphinx_paramdoc import facts

T = TypeVar("T")

Reader = Callable[[str], T]
Check = Callable[[str, Any], T]


# Texts


def some_text(text: str) -> str:
    """Read what may be anything but nothing."""
    if not text:
        raise ValueError("it needs a value")
    return text


def mark(text: str) -> bool:
    """Read what is there or not, and has no value."""
    if text:
        raise ValueError(f"takes no value, but has {text!r}")
    return True


_SWITCH = {"": True, "on": True, "true": True, "off": False, "false": False}


def switch(text: str) -> bool:
    """Read what needs no value, and takes one where ``conf.py`` has turned on what a block does without."""
    if text not in _SWITCH:
        raise ValueError(f"{text!r} is neither on nor off, and it needs no value")
    return _SWITCH[text]


def one_of(*known: str) -> Reader[str]:
    """Return the reader of one out of a few words."""
    others = f"neither {known[0]} nor {known[1]}" if len(known) == 2 else f"none of {', '.join(known)}"

    def read(text: str) -> str:
        if text not in known:
            raise ValueError(f"{text!r} is {others}")
        return text

    return read


def words(text: str) -> list[str]:
    """Return the words of a text, which blanks or commas part."""
    return text.replace(",", " ").split()


def seconds(text: str) -> float:
    """Read a time."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise ValueError(f"{text!r} is not a number of seconds greater than 0")
    return number


def depth(text: str) -> int:
    """Read how deep layers open."""
    if not re.fullmatch(r"[0-9]+", text):
        raise ValueError(f"{text!r} is not a depth such as 0, 1, 2")
    return int(text)


def backend(text: str) -> str:
    """Read the name of a backend."""
    if not text.isidentifier():
        raise ValueError(f"{text!r} names no backend of Keras such as tensorflow, jax, torch")
    return text


def shape(text: str) -> facts.Shape:
    """Read the shape of an input, or of several: ``(None, 4)``, ``[(None, 4), (None, 5)]``, ``{"a": (None, 4)}``."""
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
        if has_batch and all(axis is None or (type(axis) is int and axis > 0) for axis in value):
            return list(value)
    raise ValueError


# Values of conf.py


def is_what(otherwise: str, test: Callable[[Any], bool]) -> Check[Any]:
    """Return the check that a value passes a test.

    :param otherwise: what is said of one that does not: ``paramdoc_x is 3, which …``.
    """

    def check(name: str, value: Any) -> Any:
        if not test(value):
            raise ValueError(f"{name} is {value!r}, which {otherwise}")
        return value

    return check


def is_one_of(*known: str) -> Check[str]:
    """Return the check that a value is one out of a few words."""
    return is_what(f"is none of {', '.join(known)}", lambda value: value in known)


is_depth = is_what(
    "is no depth such as 0, 1, 2",
    lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0,
)
is_code = is_what("is no string of Python code", lambda value: isinstance(value, str))
is_folder = is_what("is no folder", lambda value: value is None or isinstance(value, (str, PathLike)))
is_backend = is_what(
    "names no backend of Keras", lambda value: value is None or (isinstance(value, str) and value.isidentifier())
)
is_modules = is_what(
    "is no list of top-level modules",
    lambda value: (
        value is None
        or (isinstance(value, (list, tuple)) and all(isinstance(name, str) and name.isidentifier() for name in value))
    ),
)
_is_number = is_what(
    "is no number greater than 0",
    lambda value: value is None or (isinstance(value, (int, float)) and 0 < value < float("inf")),
)


def is_number(name: str, value: Any) -> float | None:
    """Check a limit, which the command line of Sphinx may give as text."""
    number = value
    if isinstance(value, str):
        with contextlib.suppress(ValueError):
            number = int(value)
    checked: float | None = _is_number(name, number)
    return checked


def is_whole_number(name: str, value: Any) -> int | None:
    """Check a limit that has no fractions; they are dropped."""
    number = is_number(name, value)
    return None if number is None else int(number)


def is_dictionary(check_item: Callable[[Any, Any], str]) -> Check[dict[str, str]]:
    """Return the check of a dictionary.

    :param check_item: takes a key and its value, and returns what is wrong with them, or ''.
    """

    def check(name: str, value: Any) -> dict[str, str]:
        if not isinstance(value, dict):
            raise ValueError(f"{name} is a {type(value).__name__}, not a dictionary")
        for wrong in filter(None, (check_item(key, item) for key, item in value.items())):
            raise ValueError(f"{name}: {wrong}")
        return value

    return check


_FUNCTION = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*(\.[^\W\d]\w*)*")
"""``pkg.module:function``"""


@is_dictionary
def is_explainers(kind: Any, explainer: Any) -> str:
    """Check the functions that explain layers: the full name of a layer class → a function."""
    if isinstance(kind, str) and isinstance(explainer, str) and _FUNCTION.fullmatch(explainer):
        return ""
    return (
        f"{kind!r}: {explainer!r} does not name a layer class and a function, such as "
        "'mypackage.layers.Gated': 'mypackage.explain:gated'"
    )


@is_dictionary
def is_patterns(pattern: Any, expression: Any) -> str:
    """Check the patterns of documented objects, each with an expression."""
    said = f"{pattern!r}: {expression!r}"
    if not (isinstance(pattern, str) and isinstance(expression, str) and pattern and expression.strip()):
        return f"{said} is no pattern with an expression, such as 'mypackage.models.build_*': '{{name}}()'"
    if re.match(r"\s*\{(?!name\})", expression):
        return f"{said} begins with something else than {{name}}, which stands for the object's full name"
    return ""


class Environment(dict[str, str]):
    """Is pickled as an empty one: Sphinx keeps the configuration in a file, which is no place for credentials."""

    def __reduce__(self) -> tuple[type[dict[str, str]], tuple[()]]:
        return dict, ()


@is_dictionary
def _are_variables(name: Any, value: Any) -> str:
    is_text = isinstance(name, str) and isinstance(value, str)
    if is_text and name and not {"=", "\0"} & set(name) and "\0" not in value:
        return ""
    return f"{name!r} is no variable of an environment, or its value no string"


def is_environment(name: str, value: Mapping[str, str]) -> Environment:
    """Check the variables of an environment."""
    return Environment(_are_variables(name, value))
