"""The options of the command: a parser that is made of the settings, and what it read → a typed object."""

from __future__ import annotations

import argparse
import re
from functools import partial
from typing import Any, TypeVar

import msgspec

from sphinx_paramdoc.notation.declaration import Flag, Setting, settings

T = TypeVar("T", bound=msgspec.Struct)

_EXPRESSION = re.compile(r"[^\W\d]\w*\s*[.:(]")
"""How an expression begins that gives a model: ``keras.applications…``, ``mypackage:build``, ``build(``."""


def add(parser: argparse.ArgumentParser, of: type[msgspec.Struct]) -> None:
    """Let a parser take the settings of a structure that have a flag; what is not said leaves nothing behind."""
    for setting in settings(of):
        if setting.flag:
            name = setting.attribute if setting.flag.is_positional else f"--{setting.name}"
            how = _how(setting, setting.flag)
            if not setting.flag.is_positional:
                how["dest"] = setting.attribute
            parser.add_argument(name, default=argparse.SUPPRESS, help=setting.flag.help, **how)


def given(read: argparse.Namespace, of: type[T]) -> T:
    """Return the structure with what a command says of its settings."""
    said = {}
    for setting in settings(of):
        if setting.flag and setting.attribute in read:
            value = getattr(read, setting.attribute)
            said[setting.attribute] = sum(value, ()) if setting.takes_words else value
    return of(**said)


def _how(setting: Setting, flag: Flag) -> dict[str, Any]:
    if setting.choices:
        return {"choices": setting.choices}
    if not flag.metavar:
        return {"action": "store_true"}
    several = {"nargs": "*" if setting.may_be_bare else "+", "action": "extend"} if setting.takes_words else {}
    one = {"nargs": "?"} if flag.is_positional else {}
    return {"metavar": flag.metavar, "type": partial(_read, setting), **several, **one}


def _read(setting: Setting, text: str) -> Any:
    """Let an option say in its own words what is wrong with its value.

    Where it takes several words, an expression may stand among them by mistake.
    """
    try:
        if setting.takes_words and any(map(_EXPRESSION.match, setting.parted(text))):
            where = f"EXPRESSION stands before --{setting.name}, or behind --"
            raise ValueError(f"{text!r} looks like an expression: {where}")
        return setting.of_text(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
