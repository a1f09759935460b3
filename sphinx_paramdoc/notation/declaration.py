"""What a setting is: where it is written, how what is written there is read, and what the manual says of it.

A setting is a field of a frozen structure, annotated with what it is: ``depth: Annotated[int, Setting(…)] = 0``. What
reads it finds its type, and nothing else says what it is: the options of the directive, Sphinx's configuration values
and their checks, the command's parser and the lists of the manual are loops over such fields.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Literal

import msgspec

from sphinx_paramdoc.notation.values import Check, Reader, words


class Option(msgspec.Struct, frozen=True):
    """An option of the directive."""

    meaning: str
    """What the manual says of it, as reStructuredText; neighbours that share it stand together."""
    takes: str = ""
    """What it takes, in a word; '' where it takes nothing, or one of the setting's choices."""


class ConfigValue(msgspec.Struct, frozen=True):
    """A value of ``conf.py``, the default of the option where there is one."""

    meaning: str
    """What the manual says of it, as reStructuredText."""
    types: tuple[type, ...] = ()
    """What Sphinx checks a project's value against; none where the setting has choices, or takes words."""
    check: Check | None = None
    """Refuses what cannot be worked with; of some of it Sphinx's own check of types only warns."""
    rebuild: Literal["", "env"] = "env"
    """``env`` where a change of it reads every page again."""


class Flag(msgspec.Struct, frozen=True):
    """An option of the command."""

    help: str
    metavar: str = ""
    """What it takes; '' where it takes nothing, or one of the setting's choices."""
    meaning: str = ""
    """What the manual says of it, as reStructuredText; neighbours that share it stand together."""
    is_positional: bool = False


class Setting(msgspec.Struct, frozen=True):
    """One thing that can be set."""

    read: Reader = str
    """Reads a text, or one of its words."""
    choices: tuple[str, ...] = ()
    """The words that it is one of."""
    takes_words: bool = False
    """Whether it is several words: a tuple of what `read` gives for each."""
    parted: Callable[[str], list[str]] = words
    """How a text is parted into them."""
    may_be_bare: bool = False
    """Whether it may stand without a word, which is then an empty tuple."""
    decides: bool = False
    """Whether it decides which model is shown: where it cannot be read, a table could show another's numbers."""
    option: Option | None = None
    value: ConfigValue | None = None
    flag: Flag | None = None
    attribute: str = ""
    """The name of the field."""
    default: Any = None
    """That of the field."""

    @property
    def name(self) -> str:
        """The name of the option and of the flag."""
        return self.attribute.rstrip("_").replace("_", "-")

    @property
    def value_name(self) -> str:
        """The name of the value of ``conf.py``."""
        return f"paramdoc_{self.attribute}"

    def of_text(self, text: str) -> Any:
        """Return what a text stands for.

        :raises ValueError: where it is no value; the sentence is to stand behind the setting's name.
        """
        if not self.takes_words:
            return self.read(text)
        return () if self.may_be_bare and not text.strip() else tuple(map(self.read, self.parted(text)))

    def of_project(self, value: Any) -> Any:
        """Return what a project's value in ``conf.py`` is taken for.

        :raises ValueError: where it is no value; the sentence names it.
        """
        if self.value and self.value.check:
            return self.value.check(self.value_name, value)
        if not self.takes_words:
            return value
        texts = [value] if isinstance(value, str) else value
        if not (isinstance(texts, (list, tuple)) and all(isinstance(text, str) for text in texts)):
            raise ValueError(f"{self.value_name} is {value!r}, which is no list of words")
        try:
            return tuple(word for text in texts for word in self.of_text(text))
        except ValueError as error:
            raise ValueError(f"{self.value_name}: {error}") from None


def _hints(of: type[msgspec.Struct]) -> dict[str, Any]:
    """Return what the fields of a structure are annotated with, those of what it is derived from first."""
    return {name: hint for each in reversed(of.__mro__) for name, hint in getattr(each, "__annotations__", {}).items()}


@cache
def settings(of: type[msgspec.Struct]) -> tuple[Setting, ...]:
    """Return the settings of a structure, in their order."""
    blank = of()
    # Not `typing.get_type_hints`: it would load what their types are made of.
    return tuple(
        msgspec.structs.replace(made, attribute=name, default=getattr(blank, name))
        for name, hint in _hints(of).items()
        for made in getattr(hint, "__metadata__", ())
        if isinstance(made, Setting)
    )


def options(of: type[msgspec.Struct]) -> dict[str, Setting]:
    """Return the settings of a structure that are options of the directive, by their names there."""
    return {setting.name: setting for setting in settings(of) if setting.option}


def setting(of: type[msgspec.Struct], attribute: str, meaning: str = "", **changes: Any) -> Setting:
    """Return a setting of a structure for another one that has it too.

    :param meaning: what the manual says of the option there, where it is something else.
    :param changes: further fields of it that are others.
    """
    [found] = (each for each in settings(of) if each.attribute == attribute)
    if meaning and found.option:
        changes["option"] = msgspec.structs.replace(found.option, meaning=meaning)
    return msgspec.structs.replace(found, value=None, **changes)
