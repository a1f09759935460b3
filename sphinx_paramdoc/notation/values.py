"""What settings can be: readers of what is written as text, and checks of what ``conf.py`` computes.

A reader returns the value of a text. A check takes the name of a value of ``conf.py`` and what the project gives it,
and returns what it is taken for. What is no value raises a `ValueError` that says so in a sentence.
"""

from __future__ import annotations

import ast
import contextlib
import difflib
import re
from collections.abc import Callable, Iterator
from os import PathLike
from typing import TYPE_CHECKING, Any

from sphinx_paramdoc.table.expectations import number

if TYPE_CHECKING:
    from sphinx_paramdoc import facts

Reader = Callable[[str], Any]
Check = Callable[[str, Any], Any]


# Texts


def _text(is_right: Callable[[str], Any], otherwise: str, value: Reader = str) -> Reader:
    """Return the reader of a text that passes a test.

    :param otherwise: what is said of one that does not: ``'x' …``.
    """

    def read(text: str) -> Any:
        if not is_right(text):
            raise ValueError(f"{text!r} {otherwise}")
        return value(text)

    return read


def _fits(pattern: str) -> Callable[[str], Any]:
    """Return what tells whether a text fits a pattern, which is compiled with the first text."""
    return lambda text: re.fullmatch(pattern, text)


def one_of(*known: str) -> Reader:
    """Return the reader of one out of a few words."""
    others = f"neither {known[0]} nor {known[1]}" if len(known) == 2 else f"none of {', '.join(known)}"

    def read(text: str) -> str:
        if text not in known:
            meant = [each for each in known if text in each.split("-")] or difflib.get_close_matches(text, known, 1)
            hint = f" (did you mean {' or '.join(meant)}?)" if meant else ""
            raise ValueError(f"{text!r} is {others}{hint}")
        return text

    return read


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


def words(text: str) -> list[str]:
    """Return the words of a text, which blanks or commas part."""
    return some_text(text.replace(",", " ").strip()).split()


one_argument = _text(str.isidentifier, "is no name of an argument, such as layers")
"""Reads the name of an argument of a builder."""

_COUNT = re.compile(r"([0-9]{1,18})(?:\.([0-9]{1,9}))?([KMB]?)", re.IGNORECASE)


def about(text: str) -> int:
    """Read about how many there are to be: ``125M``, ``1.5B``, ``800K``, ``4096``."""
    match = _COUNT.fullmatch(text.replace(",", "").strip())
    if not match or not (match[3] or not match[2]):
        raise ValueError(f"{text!r} is no count such as 125M, 1.5B, 800K")
    whole, fraction, unit = match[1], match[2] or "", {"": 0, "K": 3, "M": 6, "B": 9}[match[3].upper()]
    return int(f"{whole}{fraction:0<9}") * int(f"1{'0' * unit}") // 1_000_000_000


def between_commas(text: str) -> list[str]:
    """Return the parts of a text between commas."""
    return [part.strip() for part in some_text(text.strip(" ,")).split(",")]


_SWITCH = {"": True, "on": True, "true": True, "off": False, "false": False}

switch = _text(_SWITCH.__contains__, "is neither on nor off, and it needs no value", _SWITCH.__getitem__)
"""Reads what needs no value, and takes one where ``conf.py`` has turned on what a block does without."""

_depth = _text(_fits(r"[0-9]+"), "is not a depth such as 0, 1, 2")


def depth(text: str) -> int:
    """Read how deep layers open."""
    return number(_depth(text))


columns = _text(_fits(r"[0-9]{1,6}"), "is no number of columns such as 80, and 0 for no limit", int)
"""Reads how wide a terminal is."""

width = _text(_fits(r"[0-9]+(\.[0-9]+)? *(%|[a-zA-Z]{0,4})"), "is no width such as 50%, 30em, 400px")


def one_width(text: str) -> int:
    """Read how wide a column is, beside the others."""
    if not re.fullmatch(r"0*[1-9][0-9]{0,5}", text):
        raise ValueError(f"{text!r} is no width of a column beside the others, such as 30")
    return int(text)


def widths(text: str) -> Any:
    """Read the widths of columns, ``30 20 50``, or the word that docutils has for widths that nobody gives."""
    return text if text in ("auto", "grid") else tuple(map(one_width, words(text)))


one_class = _text(_fits(r".*[a-zA-Z].*"), "is no name of a class, which has a letter")
backend = _text(str.isidentifier, "names no backend of Keras such as tensorflow, jax, torch")


_SECONDS = r"([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,2})?"


def _is_time(text: str) -> bool:
    return re.fullmatch(_SECONDS, text.strip()) is not None and float(text) > 0


_seconds = _text(_is_time, "is not a number of seconds greater than 0")


def seconds(text: str) -> float:
    """Read how long something may take."""
    for digits in re.findall(r"[0-9]+", _seconds(text)):
        number(digits)
    return float(text)


def some_time(text: str) -> float:
    """Read how long something is to last, which may be no time."""
    if re.fullmatch(r"0+(\.0*)?", text.strip()):
        return 0.0
    return seconds(text)


def shape(text: str) -> facts.Shape:
    """Read the shape of an input, or of several: ``(None, 4)``, ``[(None, 4), (None, 5)]``, ``{"a": (None, 4)}``."""
    try:
        read: facts.Shape = _shape(ast.literal_eval(text.strip()))
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        raise ValueError(f"{text!r} is no shape with the axis of the batch first, such as (None, 28, 28, 1)") from None
    for axis in _axes(read):
        number(str(axis))
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


def _axes(shape: Any) -> Iterator[int]:
    """Yield the axes of a shape, or of several, whose length is known."""
    for part in shape.values() if isinstance(shape, dict) else shape:
        if isinstance(part, int):
            yield part
        elif part is not None:
            yield from _axes(part)


# Values of conf.py


def _value(is_right: Callable[[Any], bool], otherwise: str, optional: bool = True) -> Check:
    """Return the check that a value passes a test.

    :param otherwise: what is said of one that does not: ``paramdoc_x is 3, which …``.
    :param optional: whether ``None`` is right too.
    """

    def check(name: str, value: Any) -> Any:
        if not (is_right(value) or (optional and value is None)):
            raise ValueError(f"{name} is {value!r}, which {otherwise}")
        return value

    return check


def is_one_of(*known: str) -> Check:
    """Return the check that a value is one out of a few words."""
    return _value(known.__contains__, f"is none of {', '.join(known)}", optional=False)


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and value.isidentifier()


is_code = _value(lambda value: isinstance(value, str), "is no string of Python code", optional=False)
is_depth = _value(
    lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0,
    "is no depth such as 0, 1, 2",
    optional=False,
)
is_folder = _value(lambda value: isinstance(value, (str, PathLike)), "is no folder")
is_backend = _value(_is_name, "names no backend of Keras")
is_modules = _value(
    lambda value: isinstance(value, (list, tuple)) and all(map(_is_name, value)), "is no list of top-level modules"
)
_is_positive = _value(
    lambda value: isinstance(value, (int, float)) and 0 < value < float("inf"), "is no number greater than 0"
)

_is_time_or_none = _value(
    lambda value: isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < float("inf"),
    "is no number of seconds",
    optional=False,
)


def is_number(name: str, value: Any) -> Any:
    """Check a limit, which the command line of Sphinx may give as text."""
    if isinstance(value, str):
        with contextlib.suppress(ValueError):
            value = int(value)
    return _is_positive(name, value)


def is_time(name: str, value: Any) -> Any:
    """Check a time in seconds that may be none, which the command line of Sphinx may give as text."""
    if isinstance(value, str):
        with contextlib.suppress(ValueError):
            value = float(value)
    return _is_time_or_none(name, value)


def is_whole_number(name: str, value: Any) -> int | None:
    """Check a limit that has no fractions; they are dropped."""
    return None if is_number(name, value) is None else int(value)


def _dictionary(*tests: tuple[Callable[[Any, Any], Any], str], made: Callable[[Any], Any] = dict) -> Check:
    """Return the check of a dictionary.

    :param tests: each with what is said of a key and a value that do not pass it.
    :param made: makes of a dictionary what it is taken for.
    """

    def check(name: str, value: Any) -> Any:
        if not isinstance(value, dict):
            raise ValueError(f"{name} is a {type(value).__name__}, not a dictionary")
        for item in value.items():
            for is_right, otherwise in tests:
                if not is_right(*item):
                    raise ValueError(f"{name}: {otherwise.format(*map(repr, item))}")
        return made(value)

    return check


def _are_texts(key: Any, value: Any) -> bool:
    return isinstance(key, str) and isinstance(value, str)


_FUNCTION = r"[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*(\.[^\W\d]\w*)*"
"""``pkg.module:function``"""

_EXPLAINED = "'mypackage.layers.Gated': 'mypackage.explain:gated'"

is_explainers = _dictionary(
    (
        lambda layer, function: _are_texts(layer, function) and re.fullmatch(_FUNCTION, function),
        f"{{}}: {{}} does not name a layer class and a function, such as {_EXPLAINED}",
    )
)


class Environment(dict[str, str]):
    """Is pickled as an empty one, and shows no values.

    Sphinx keeps the configuration in a file, and logs it: neither is a place for credentials.
    """

    def __reduce__(self) -> tuple[type[dict[str, str]], tuple[()]]:
        return dict, ()

    def __repr__(self) -> str:
        """Return the names alone: with ``-vv`` Sphinx writes the whole configuration into its log."""
        return f"<{', '.join(map(str, self))}>"


is_environment = _dictionary(
    (
        lambda name, value: _are_texts(name, value) and name and not {"=", "\0"} & set(name) and "\0" not in value,
        "{} is no variable of an environment, or its value no string",
    ),
    made=Environment,
)
