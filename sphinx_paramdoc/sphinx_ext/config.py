"""What ``conf.py`` says, as Sphinx keeps it → the typed object that code reads."""

from __future__ import annotations

import difflib
from functools import partial
from typing import Any

import msgspec
from sphinx.application import Sphinx
from sphinx.config import ENUM, Config
from sphinx.errors import ConfigError

from sphinx_paramdoc.notation.configuration import Configuration
from sphinx_paramdoc.notation.declaration import Setting, settings
from sphinx_paramdoc.notation.settings import Options
from sphinx_paramdoc.notation.values import Environment


def values(options: type[Options] = Options) -> dict[str, Setting]:
    """Return all that ``conf.py`` can say, by the names there."""
    return {each.value_name: each for of in (Configuration, options) for each in settings(of) if each.value}


def of(config: Config, options: type[Options] = Options) -> Configuration:
    """Return what a project says."""
    return Configuration(options=options(**_said(config, options)), **_said(config, Configuration))


def asks_for(config: Config, attribute: str) -> bool:
    """Tell whether a project says one value that makes a build do something, however small it is otherwise."""
    return bool(config[f"paramdoc_{attribute}"])


def _said(config: Config, of: type[msgspec.Struct]) -> dict[str, Any]:
    return {each.attribute: config[each.value_name] for each in settings(of) if each.value}


def register(app: Sphinx, options: type[Options] = Options) -> None:
    """Declare every value to Sphinx."""
    known = values(options)
    for name, setting in known.items():
        if value := setting.value:
            default = setting.default
            types: Any = frozenset(value.types)
            if setting.takes_words:  # Sphinx parts a list that its command line gives
                default, types = list(default), frozenset({list, tuple, str})
            elif setting.choices:
                types = ENUM(*([None] if default is None else []), *setting.choices)
            app.add_config_value(name, default, value.rebuild, types, value.meaning)
    app.connect("config-inited", partial(_check, known))
    # Before any handler of that event is called, Sphinx logs the configuration.
    given = app.config._raw_config.setdefault("paramdoc_environment", {})
    if isinstance(given, dict):
        app.config._raw_config["paramdoc_environment"] = Environment(given)


def _check(known: dict[str, Setting], _app: Sphinx, config: Config) -> None:
    """Refuse what this extension cannot work with, and keep what the rest is taken for.

    :raises ConfigError: where a value is wrong.
    """
    for name, setting in known.items():
        try:
            config[name] = setting.of_project(config[name])
        except ValueError as error:
            raise ConfigError(str(error)) from None
    for name, value in config._raw_config.items():
        # A function may be a helper.
        if name.startswith("paramdoc_") and name not in known and not callable(value):
            # What all names have in common makes none of them close.
            behind = {setting.attribute: other for other, setting in known.items()}
            close = difflib.get_close_matches(name.removeprefix("paramdoc_"), behind, 1)
            hint = f"did you mean {behind[close[0]]}?" if close else f"there are {', '.join(known)}"
            from sphinx_paramdoc.sphinx_ext.warnings import Warn, warn

            warn(Warn.OPTION, f"conf.py: there is no value {name} ({hint})")
