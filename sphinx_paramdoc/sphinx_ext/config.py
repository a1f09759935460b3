"""Every ``paramdoc_*`` value of ``conf.py``, declared once; the manual's table is made from here."""

from __future__ import annotations

import contextlib
import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from os import PathLike
from pathlib import PosixPath, WindowsPath
from types import NoneType
from typing import Any, Literal

from sphinx.application import Sphinx
from sphinx.config import ENUM, Config
from sphinx.errors import ConfigError

from sphinx_paramdoc.execution import PREAMBLE, TIMEOUT
from sphinx_paramdoc.notation.options import CODE_POSITIONS
from sphinx_paramdoc.sphinx_ext.warnings import Warn, warn

EXECUTE = ("auto", "force", "cache", "off")
WEIGHTS = ("abstract", "real")


@dataclass(frozen=True, slots=True)
class ConfigValue:
    """One value of ``conf.py``."""

    name: str
    default: Any
    types: Any
    """What Sphinx checks a project's value against."""
    meaning: str
    rebuild: Literal["", "env"] = "env"
    """``env`` where a change of it reads every page again."""


class _Environment(dict[str, str]):
    """Is pickled as an empty one, and shows no values.

    Sphinx keeps the configuration in a file, and logs it: neither is a place for credentials.
    """

    def __reduce__(self) -> tuple[type[dict[str, str]], tuple[()]]:
        return dict, ()

    def __repr__(self) -> str:
        """Return the names alone: with ``-vv`` Sphinx writes the whole configuration into its log."""
        return f"<{', '.join(map(str, self))}>"


VALUES = (
    ConfigValue(
        "paramdoc_execute",
        "auto",
        ENUM(*EXECUTE),
        "``'auto'`` runs the blocks that have no fresh record, ``'force'`` runs all. ``'cache'`` runs nothing: it "
        "shows the records, and warns where one is missing or stale. ``'off'`` runs nothing and shows no tables.",
    ),
    ConfigValue(
        "paramdoc_records",
        None,
        frozenset({str, PosixPath, WindowsPath, NoneType}),
        "A folder for the records, relative to the sources, to be committed with them. ``None``: beside the doctrees.",
    ),
    ConfigValue(
        "paramdoc_prune_records",
        False,
        frozenset({bool}),
        "Delete the records that no page uses, at the end of each build that has nothing to warn of.",
        "",
    ),
    ConfigValue(
        "paramdoc_preamble",
        PREAMBLE,
        frozenset({str}),
        "Python code that runs before every block. What it defines and imports is there for the block.",
    ),
    ConfigValue(
        "paramdoc_backend",
        None,
        frozenset({str, NoneType}),
        "The backend of Keras that blocks run on, as ``KERAS_BACKEND`` names it: ``'tensorflow'``, ``'jax'``, "
        "``'torch'``, ``'numpy'``. ``None``: the one that is set up where the documentation is built.",
    ),
    ConfigValue(
        "paramdoc_environment",
        {},
        frozenset({dict, _Environment}),
        "Environment variables that blocks get besides those of the build. Neither a record nor what Sphinx keeps of "
        "the configuration holds their values.",
        "",
    ),
    ConfigValue(
        "paramdoc_first_party",
        None,
        frozenset({list, tuple, NoneType}),
        "The top-level modules whose change makes a record stale. ``None``: those of the distribution that the nearest "
        "``pyproject.toml`` describes, and all that are not installed.",
    ),
    ConfigValue(
        "paramdoc_weights",
        "abstract",
        ENUM(*WEIGHTS),
        "Whether weights have a shape and no memory (``'abstract'``) or hold values (``'real'``).",
    ),
    ConfigValue(
        "paramdoc_timeout",
        TIMEOUT,
        frozenset({int, float}),
        "Seconds that a block may take, not counting the import of Keras.",
        "",
    ),
    ConfigValue(
        "paramdoc_memory_limit",
        None,
        frozenset({int, NoneType}),
        "Bytes of memory that a block may take, beyond what the import of Keras takes. ``None``: no limit.",
        "",
    ),
    ConfigValue(
        "paramdoc_depth",
        0,
        frozenset({int}),
        "How deep nested models, and layers that are made of others, open in tables unless the block says it with "
        "``:depth:``. ``0``: only the outermost layers have rows.",
    ),
    ConfigValue(
        "paramdoc_code",
        None,
        ENUM(None, *CODE_POSITIONS),
        "Where the source code of a block is shown unless the block says it with ``:code:``: ``'above'``, ``'below'``, "
        "``'collapsed'`` or ``'none'``. ``None``: above the table for code in the page, nowhere for an expression.",
    ),
    ConfigValue(
        "paramdoc_autodoc",
        {},
        frozenset({dict}),
        "Tables for documented functions, classes and module-level models without a line in their docstrings: a "
        "pattern as of a shell → the expression that gives the model, ``{'mypackage.models.build_*': '{name}()'}``; "
        "``{name}`` is the object's full name. The first pattern that fits counts, and options may follow on lines of "
        "their own.",
        "",
    ),
    ConfigValue(
        "paramdoc_explainers",
        {},
        frozenset({dict}),
        "Functions that explain layers of your own: the full name of a layer class → ``'pkg.module:function'``.",
    ),
    ConfigValue(
        "paramdoc_legend",
        False,
        frozenset({bool}),
        "Explain the kinds of weights under every table, as ``:legend:`` does for one; ``:legend: off`` leaves it out.",
    ),
    ConfigValue(
        "paramdoc_lint", True, frozenset({bool}), "Report Keras code in blocks that is written for an older Keras."
    ),
)


_NAMES = tuple(value.name for value in VALUES)


def register(app: Sphinx) -> None:
    """Declare every value to Sphinx."""
    for value in VALUES:
        app.add_config_value(value.name, value.default, value.rebuild, value.types, description=value.meaning)
    app.connect("config-inited", _check)
    # Before any handler of that event is called, Sphinx logs the configuration.
    given = app.config._raw_config.setdefault("paramdoc_environment", {})
    if isinstance(given, dict):
        app.config._raw_config["paramdoc_environment"] = _Environment(given)


def _check(_app: Sphinx, config: Config) -> None:
    """Refuse what this extension cannot work with; of some of it Sphinx' own check of types only warns.

    :raises ConfigError: where a value is wrong.
    """
    for name in ("paramdoc_timeout", "paramdoc_memory_limit"):
        value = config[name]
        if isinstance(value, str):  # as the command line gives it
            with contextlib.suppress(ValueError):
                value = config[name] = int(value)
        if value is not None and not (isinstance(value, (int, float)) and 0 < value < float("inf")):
            raise ConfigError(f"{name} is {value!r}, which is no number greater than 0")
    if config.paramdoc_memory_limit is not None:
        config.paramdoc_memory_limit = int(config.paramdoc_memory_limit)
    for name, known in (("paramdoc_execute", EXECUTE), ("paramdoc_weights", WEIGHTS)):
        if config[name] not in known:
            raise ConfigError(f"{name} is {config[name]!r}, which is none of {', '.join(known)}")
    depth = config.paramdoc_depth
    if not isinstance(depth, int) or isinstance(depth, bool) or depth < 0:
        raise ConfigError(f"paramdoc_depth is {depth!r}, which is no depth such as 0, 1, 2")
    if not isinstance(config.paramdoc_preamble, str):
        raise ConfigError(f"paramdoc_preamble is {config.paramdoc_preamble!r}, which is no string of Python code")
    if not isinstance(config.paramdoc_records, (str, PathLike, NoneType)):
        raise ConfigError(f"paramdoc_records is {config.paramdoc_records!r}, which is no folder")
    backend = config.paramdoc_backend
    if backend is not None and not (isinstance(backend, str) and backend.isidentifier()):
        raise ConfigError(f"paramdoc_backend is {backend!r}, which names no backend of Keras")
    modules = config.paramdoc_first_party
    if modules is not None and not (
        isinstance(modules, (list, tuple)) and all(isinstance(name, str) and name.isidentifier() for name in modules)
    ):
        raise ConfigError(f"paramdoc_first_party is {modules!r}, which is no list of top-level modules")
    for kind, explainer in _dictionary(config, "paramdoc_explainers").items():
        if not (isinstance(kind, str) and isinstance(explainer, str) and _FUNCTION.fullmatch(explainer)):
            raise ConfigError(
                f"paramdoc_explainers: {kind!r}: {explainer!r} does not name a layer class and a function, such as "
                "'mypackage.layers.Gated': 'mypackage.explain:gated'"
            )
    for pattern, expression in _dictionary(config, "paramdoc_autodoc").items():
        if not (isinstance(pattern, str) and isinstance(expression, str) and pattern and expression.strip()):
            raise ConfigError(
                f"paramdoc_autodoc: {pattern!r}: {expression!r} is no pattern with an expression, such as "
                "'mypackage.models.build_*': '{name}()'"
            )
        if re.match(r"\s*\{(?!name\})", expression):
            raise ConfigError(
                f"paramdoc_autodoc: {pattern!r}: {expression!r} begins with something else than {{name}}, which stands "
                "for the object's full name"
            )
    config.paramdoc_environment = _environment(_dictionary(config, "paramdoc_environment"))
    for name in _unknown(config):
        close = difflib.get_close_matches(name, _NAMES, 1)
        hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(_NAMES)}"
        warn(Warn.OPTION, f"conf.py: there is no value {name} ({hint})")


def _unknown(config: Config) -> Iterator[str]:
    """Yield the names in ``conf.py`` that look like values of this extension and are none; functions may be helpers."""
    for name, value in config._raw_config.items():
        if name.startswith("paramdoc_") and name not in _NAMES and not callable(value):
            yield name


_FUNCTION = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*(\.[^\W\d]\w*)*")
"""``pkg.module:function``"""


def _dictionary(config: Config, name: str) -> dict[Any, Any]:
    if not isinstance(config[name], dict):
        raise ConfigError(f"{name} is a {type(config[name]).__name__}, not a dictionary")
    return dict(config[name])


def _environment(variables: dict[Any, Any]) -> _Environment:
    for name, value in variables.items():
        if (
            not isinstance(name, str)
            or not isinstance(value, str)
            or not name
            or {"=", "\0"} & set(name)
            or "\0" in value
        ):
            raise ConfigError(
                f"paramdoc_environment: {name!r} is no variable of an environment, or its value no string"
            )
    return _Environment(variables)
