"""The options of one directive: what is written → what the block asks for, and what is no way to write it."""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from flake8_paramdoc.texts.slips import of_option, option
from sphinx_paramdoc.notation import declaration
from sphinx_paramdoc.notation.declaration import Setting
from sphinx_paramdoc.notation.settings import Options
from sphinx_paramdoc.table.columns import DEFAULT, IN_ARGUMENTS


class MisuseError(Exception):
    """The directive is not written as it should be."""

    def __init__(self, message: str, option: str = "") -> None:
        """Say what is wrong, and with which option if it is one."""
        super().__init__(message)
        self.option = option


class _SlipError(MisuseError):
    """An option is not written as it should be that decides nothing of the model."""


def read(
    texts: Mapping[str, str],
    arguments: Sequence[str],
    code: str,
    begins_directly: bool = False,
    defaults: Options = Options(),
    slips: list[MisuseError] | None = None,
) -> Options:
    """Read the options of a directive.

    :param code: the content, or what stands for it.
    :param defaults: what the block asks for where it is silent.
    :param begins_directly: whether what is taken for an argument stands below the directive's name.
    :param slips: takes what is wrong with options that decide nothing of the model: without those, it is shown all the
        same. Where there is none to take it, that is a misuse as well.
    :raises MisuseError: where the directive is not written as it should be.
    """
    said = given(texts, type(defaults), slips)
    _fit(said, defaults, slips)
    if arguments and re.match(r":[\w-]+\s", arguments[0]):
        raise MisuseError(f"{arguments[0].split()[0]} is an option that lacks its second colon")
    if begins_directly or (arguments and _is_code_below(arguments[0])):
        raise MisuseError("code stands directly under the directive: leave a blank line before it")
    if arguments and "model" in said:
        raise MisuseError("an argument and :model: both say which model is meant: drop one of them", "model")
    if name := option(code.lstrip().split("\n", 1)[0]):
        raise MisuseError(of_option(name), name)
    if not arguments and not code:
        raise MisuseError(
            "there is no code: write it below a blank line, or write an expression behind the directive's name"
        )
    return replace(defaults, **said)


def given(texts: Mapping[str, str], of: type[msgspec.Struct], slips: list[MisuseError] | None = None) -> dict[str, Any]:
    """Return what is said of the settings of a structure, by the names of its fields.

    :param slips: as of `read`.
    :raises MisuseError: where an option is not written as it should be.
    """
    known = declaration.options(of)
    said = {}
    for name, text in texts.items():
        if name == _OF_DOCUTILS:
            continue
        try:
            setting = _known(name, known)
            said[setting.attribute] = _value(setting, text)
        except _SlipError as slip:
            if slips is None:
                raise
            slips.append(slip)
    return said


def _fit(said: dict[str, Any], defaults: Options, slips: list[MisuseError] | None) -> None:
    """Leave out the widths of columns, where there are not as many as there are columns; and what is of no use."""
    if said.get("sliders") and said.get("vary", defaults.vary) is None:
        slip(slips, ":sliders: needs :vary:, which says what they change", "sliders")
        del said["sliders"]
    if IN_ARGUMENTS in said.get("columns", ()) and said.get("vary", defaults.vary) is None:
        slip(slips, f":columns: {IN_ARGUMENTS} needs :vary:, which says what the formula is to be in", "columns")
        said["columns"] = tuple(name for name in said["columns"] if name != IN_ARGUMENTS)
    fit_widths(said, len(said.get("columns", defaults.columns) or DEFAULT), slips)


def fit_widths(said: dict[str, Any], columns: int, slips: list[MisuseError] | None) -> None:
    """Leave out the widths of columns, where there are not as many as there are columns."""
    widths = said.get("widths")
    if isinstance(widths, tuple) and len(widths) != columns:
        slip(slips, f":widths: there are {len(widths)} for {columns} columns", "widths")
        del said["widths"]


def slip(slips: list[MisuseError] | None, message: str, option: str) -> None:
    """Take note of a slip; where nobody takes them, it is a misuse."""
    made = _SlipError(message, option)
    if slips is None:
        raise made
    slips.append(made)


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


def _known(name: str, known: Mapping[str, Setting]) -> Setting:
    if name in known:
        return known[name]
    close = difflib.get_close_matches(name, known, 1)
    hint = f"did you mean :{close[0]}:?" if close else f"there are :{':, :'.join(known)}:"
    kind = MisuseError if close and known[close[0]].decides else _SlipError
    raise kind(f"unknown option :{name}: ({hint})", name)


def _value(setting: Setting, text: str) -> Any:
    try:
        return setting.of_text(text)
    except ValueError as error:
        kind = MisuseError if setting.decides else _SlipError
        raise kind(f":{setting.name}: {error}", setting.name) from None
