"""The options of the command: a parser that is made of the settings, and what it read → a typed object."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import Any, TypeVar

from sphinx_paramdoc.notation.declaration import Setting, settings
from sphinx_paramdoc.notation.values import words

T = TypeVar("T")

_EXPRESSION = re.compile(r"[^\W\d]\w*\s*[.:(]")
"""How an expression begins that gives a model: ``keras.applications…``, ``mypackage:build``, ``build(``."""


def add(parser: argparse.ArgumentParser, of: type) -> None:
    """Let a parser take the settings of a dataclass that have a flag; what is not said leaves nothing behind."""
    for setting in settings(of):
        flag = setting.flag
        if flag is None:
            continue
        how: dict[str, Any] = {"metavar": flag.metavar}
        if setting.choices:
            how = {"choices": setting.choices}
        elif not flag.metavar:
            how = {"action": "store_true"}
        elif setting.takes_words:
            how |= {"nargs": "+", "action": "extend", "type": _words_reader(setting)}
        elif setting.read:
            how["type"] = _telling(setting.read)
        if flag.is_positional:
            how["nargs"] = "?"
        name = setting.attribute if flag.is_positional else f"--{setting.name}"
        parser.add_argument(name, default=argparse.SUPPRESS, help=flag.help, **how)


def given(read: argparse.Namespace, of: type[T]) -> T:
    """Return the dataclass with what a command said of its settings."""
    flags = (setting for setting in settings(of) if setting.flag and hasattr(read, setting.attribute))
    said = {setting.attribute: (setting, getattr(read, setting.attribute)) for setting in flags}
    return of(
        **{
            name: tuple(word for several in value for word in several) if setting.takes_words else value
            for name, (setting, value) in said.items()
        }
    )


def _telling(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Let an option say in its own words what is wrong with its value."""

    def reader(text: str) -> Any:
        try:
            return read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return reader


def _words_reader(setting: Setting) -> Callable[[str], Any]:
    """Let an option take several words, and refuse an expression that stands among them by mistake."""

    def read(text: str) -> Any:
        for word in (text, *words(text)):
            if _EXPRESSION.match(word):
                raise ValueError(
                    f"{word!r} looks like the expression of a model, which stands before --{setting.name} or behind --"
                )
        return setting.of_text(text)

    return _telling(read)
