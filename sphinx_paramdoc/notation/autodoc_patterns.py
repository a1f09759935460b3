"""``paramdoc_autodoc``: which documented objects get tables, and what gives their models."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

import msgspec
from msgspec.structs import replace

from sphinx_paramdoc.notation import declaration, values
from sphinx_paramdoc.notation.declaration import Setting

_NEAR = 0.75
"""Of the letters of a pattern and of a name so many must be the same, or it was not meant."""

EXPECT_FAILURE = "expect-failure"
"""Says of an entry that its code is known to fail."""

_EXPRESSION = "expression"
_EXAMPLE = "'mypackage.models.build_*': '{name}()'"
_NAME = "{name}"


class Entry(msgspec.Struct, frozen=True):
    """One table that a pattern asks for."""

    expression: str
    """What gives the model, with ``{name}`` for the object's name."""
    options: dict[str, str] = {}
    """The options of the directive, as a page writes them."""
    expects_failure: bool = False
    """Whether a failure is no mistake, and a success is one."""
    number: int | None = None
    """Its place in a list, the first is 1."""
    is_mapping: bool = False
    """Whether it is written as one, and not as a text."""

    def of(self, name: str) -> Entry:
        """Return the entry as it is for an object."""
        options = {option: text.replace(_NAME, name) for option, text in self.options.items()}
        return replace(self, expression=self.expression.replace(_NAME, name), options=options)


Patterns = Mapping[str, tuple[Entry, ...]]
"""A pattern as of a shell → its tables."""


class PatternMatch(msgspec.Struct, frozen=True):
    """What a project says of an object."""

    pattern: str
    name: str
    """The one of the object's names that fits the pattern."""
    entries: tuple[Entry, ...]
    """Its tables, with its name put in."""


def match(patterns: Patterns, names: Iterable[str]) -> PatternMatch | None:
    """Return the first pattern that fits an object, with its tables; ``None`` where none does.

    :param names: the full names of the object, the one that counts most first.
    """
    names = list(names)
    for pattern, entries in patterns.items():
        for name in names:
            if fnmatchcase(name, pattern):
                return PatternMatch(pattern, name, tuple(entry.of(name) for entry in entries))
    return None


def entries(patterns: Patterns, names: Iterable[str]) -> tuple[Entry, ...]:
    """Return the tables of an object, or nothing."""
    found = match(patterns, names)
    return found.entries if found else ()


def nearest(pattern: str, names: Iterable[str]) -> str:
    """Return the name that a pattern was most likely meant for; '' where none is near.

    Near is a name that the pattern fits but for a letter or two in what it says plainly, for capitals, or for the
    packages between the first and the last.
    """
    likely = max(sorted(names), key=lambda name: _likeness(pattern, name), default="")
    return likely if likely and _likeness(pattern, likely) >= _NEAR else ""


def _likeness(pattern: str, name: str) -> float:
    """Return how much a pattern is like a name, from 0 to 1."""
    parts, own = pattern.lower().split("."), name.lower().split(".")
    first, last = parts[0], parts[-1]
    if fnmatchcase(name.lower(), pattern.lower()):
        return 1
    if len(parts) > 1 and re.split(_WILDCARD, last)[0] and fnmatchcase(name.lower(), f"{first}.*{last}"):
        return 1
    return min(map(_likeness_of_part, parts, own)) if len(parts) == len(own) else 0


def _likeness_of_part(pattern: str, name: str) -> float:
    """Return how much what stands between two dots is like a name there: its begin and its end, as far as it says."""
    if fnmatchcase(name, pattern):
        return 1
    begin, *ends = re.split(_WILDCARD, pattern)
    if not ends:
        return difflib.SequenceMatcher(None, pattern, name).ratio()
    end = ends[-1]
    said = [
        (begin, [name[: len(begin) + more] for more in (-1, 0, 1)]),
        (end, [name[max(len(name) - len(end) - more, 0) :] for more in (-1, 0, 1)]),
    ]
    return min(
        max(difflib.SequenceMatcher(None, text, other).ratio() for other in others) for text, others in said if text
    )


_WILDCARD = r"[*?]|\[.*?\]"


def place(pattern: str, entry: Entry, option: str = "") -> str:
    """Say where a project writes something of an object: the pattern, which of its entries, and the option."""
    number = f", entry {entry.number}" if entry.number else ""
    return f"{pattern!r}{number}{f', option {option!r}' if option else ''}"


# What conf.py says


def check(options: type[msgspec.Struct]) -> values.Check:
    """Return the check of the value, which gives what is asked for.

    :param options: the structure of the directive's options.
    """
    known = declaration.options(options)

    def checked(name: str, value: Any) -> Patterns:
        if not isinstance(value, dict):
            raise ValueError(f"{name} is a {type(value).__name__}, not a dictionary")
        return {pattern: tuple(_of_pattern(f"{name} in conf.py", pattern, value[pattern], known)) for pattern in value}

    return checked


def _of_pattern(where: str, pattern: Any, value: Any, known: Mapping[str, Setting]) -> Iterator[Entry]:
    if not (isinstance(pattern, str) and pattern):
        raise ValueError(f"{where}: {pattern!r} is no pattern, such as {_EXAMPLE}")
    if isinstance(value, (list, tuple)) and not value:
        raise ValueError(f"{where}: {pattern!r}: the list is empty: drop the pattern, or write an expression")
    for number, each in enumerate(value, 1) if isinstance(value, (list, tuple)) else [(None, value)]:
        entry = Entry("", number=number, is_mapping=isinstance(each, dict))
        try:
            yield _entry(entry, each, known)
        except _OptionError as error:
            raise ValueError(f"{where}: {place(pattern, entry, error.option)}: {error}") from None
        except ValueError as error:
            raise ValueError(f"{where}: {place(pattern, entry)}: {error}") from None


class _OptionError(ValueError):
    """An option is none, or has a value that is none."""

    def __init__(self, option: str, message: str) -> None:
        super().__init__(message)
        self.option = option


def _entry(entry: Entry, value: Any, known: Mapping[str, Setting]) -> Entry:
    """Read one entry.

    :raises ValueError: where it is none.
    """
    given: dict[Any, Any]
    if isinstance(value, str):
        expression, given = parse(value)
    elif isinstance(value, dict):
        given = dict(value)
        expression = given.pop(_EXPRESSION, None)
    else:
        raise ValueError(f"{value!r} is neither an expression nor a mapping with one, nor a list of these")
    if not (isinstance(expression, str) and expression.strip()):
        lacks = f"there is no {_EXPRESSION!r}" if expression is None else f"{expression!r} is no expression"
        raise ValueError(f"{lacks}, such as {_EXAMPLE}")
    if re.match(r"\s*\{(?!name\})", expression):
        raise ValueError(
            f"{expression!r} begins with something else than {_NAME}, which stands for the object's full name"
        )
    expects = given.pop(EXPECT_FAILURE, False)
    if expects not in (True, False, ""):
        raise _OptionError(EXPECT_FAILURE, f"{expects!r} is neither True nor False")
    texts = {}
    for option, said in given.items():
        text = _text(option, said, known)
        if text is not None:
            texts[option] = text
    return replace(entry, expression=expression, options=texts, expects_failure=expects is not False)


def parse(text: str) -> tuple[str, dict[Any, Any]]:
    """Read an expression with options on lines of their own below it."""
    expression, *rest = re.split(r"\n\s*(?=:[\w-]+:)", text.strip())
    written = (re.fullmatch(r":([\w-]+):\s*(.*)", option, re.DOTALL) for option in rest)
    return expression.strip(), {match[1]: match[2].strip() for match in written if match}


def _text(option: Any, said: Any, known: Mapping[str, Setting]) -> str | None:
    """Return the value of an option as a page writes it; ``None`` where it says what holds without it.

    :raises _OptionError: where there is no such option, or no such value.
    """
    if option not in known:
        close = difflib.get_close_matches(str(option), [*known, EXPECT_FAILURE], 1)
        hint = f"did you mean {close[0]!r}?" if close else f"there are {', '.join([*known, EXPECT_FAILURE])}"
        raise _OptionError(option, f"there is no such option ({hint})")
    if option == "model":
        raise _OptionError(option, "the expression says which model is meant: drop one of them")
    setting = known[option]
    if said is None or (said is False and setting.read is not values.switch):
        return None
    text = _written(said, setting)
    try:
        if _NAME not in text:
            setting.of_text(text)
    except ValueError as error:
        raise _OptionError(option, str(error)) from None
    return text


def _written(said: Any, setting: Setting) -> str:
    if isinstance(said, bool):
        return "" if said else "off"
    if setting.takes_words and isinstance(said, (list, tuple)):
        return " ".join(map(str, said))
    return said if isinstance(said, str) else repr(said)
