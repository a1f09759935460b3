"""What ``conf.py`` says, as Sphinx keeps it → the typed object that code reads."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import partial
from typing import Any, TypeVar

from sphinx.application import Sphinx
from sphinx.config import ENUM, Config
from sphinx.errors import ConfigError

from sphinx_paramdoc.notation.declaration import Setting, settings
from sphinx_paramdoc.notation.settings import Configuration, Options
from sphinx_paramdoc.sphinx_ext.warnings import Warn, warn

T = TypeVar("T")


def values(options: type[Options] = Options) -> dict[str, Setting]:
    """Return all that ``conf.py`` can say, by the names there."""
    return {each.value_name: each for of in (Configuration, options) for each in settings(of) if each.value}


def of(config: Config, options: type[Options] = Options) -> Configuration:
    """Return what a project says."""
    return _of(config, Configuration, options=_of(config, options))


def _of(config: Config, what: type[T], **others: Any) -> T:
    return what(**{each.attribute: config[each.value_name] for each in settings(what) if each.value}, **others)


def register(app: Sphinx, options: type[Options] = Options) -> None:
    """Declare every value to Sphinx."""
    known = values(options)
    for name, setting in known.items():
        if setting.value:
            default = list(setting.default) if setting.takes_words else setting.default
            app.add_config_value(name, default, setting.value.rebuild, _types(setting), setting.value.meaning)
    app.connect("config-inited", partial(_check, known))


def _types(setting: Setting) -> Any:
    """Return what Sphinx checks a project's value against."""
    if setting.takes_words:
        return frozenset({list, tuple, str})
    if setting.choices:
        return ENUM(*([None] if setting.default is None else []), *setting.choices)
    return frozenset(setting.value.types if setting.value else ())


def _check(known: dict[str, Setting], _app: Sphinx, config: Config) -> None:
    """Refuse what this extension cannot work with, and keep what the rest is taken for.

    :raises ConfigError: where a value is wrong.
    """
    for name, setting in known.items():
        try:
            value = setting.of_project(config[name])
        except ValueError as error:
            raise ConfigError(str(error)) from None
        if value is not config[name]:
            config[name] = value
    for name in _unknown(known, config):
        close = difflib.get_close_matches(name, known, 1)
        hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(known)}"
        warn(Warn.OPTION, f"conf.py: there is no value {name} ({hint})")


def _unknown(known: dict[str, Setting], config: Config) -> Iterator[str]:
    """Yield the names in ``conf.py`` that look like values of this extension and are none; functions may be helpers."""
    for name, value in config._raw_config.items():
        if name.startswith("paramdoc_") and name not in known and not callable(value):
            yield name
