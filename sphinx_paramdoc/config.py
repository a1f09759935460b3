"""Every ``paramdoc_*`` value of ``conf.py``, declared once; the manual's table is made from here."""

from __future__ import annotations

from dataclasses import dataclass
from types import NoneType
from typing import Any, Literal

from sphinx.application import Sphinx
from sphinx.config import ENUM, Config
from sphinx.errors import ConfigError

from sphinx_paramdoc.execution import PREAMBLE, TIMEOUT

CODE_POSITIONS = ("above", "below", "collapsed", "none")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of ``conf.py``."""

    name: str
    default: Any
    types: Any
    """What Sphinx checks a project's value against."""
    meaning: str
    rebuild: Literal["", "env"] = "env"
    """``env`` where a change of it reads every page again."""


VALUES = (
    Value(
        "paramdoc_execute",
        "auto",
        ENUM("auto", "force", "cache", "off"),
        "``'auto'`` runs the blocks that have no fresh record, ``'force'`` runs all. ``'cache'`` runs nothing: it "
        "shows the records, and warns where one is missing or stale. ``'off'`` runs nothing and shows no tables.",
    ),
    Value(
        "paramdoc_records",
        None,
        frozenset({str, NoneType}),
        "A folder for the records, relative to the sources, to be committed with them. ``None``: beside the doctrees.",
    ),
    Value(
        "paramdoc_prune_records",
        False,
        frozenset({bool}),
        "Delete the records that no page uses, at the end of each build that succeeds.",
        "",
    ),
    Value(
        "paramdoc_preamble",
        PREAMBLE,
        frozenset({str}),
        "Python code that runs before every block. What it defines and imports is there for the block.",
    ),
    Value(
        "paramdoc_backend",
        None,
        frozenset({str, NoneType}),
        "The backend of Keras that blocks run on, as ``KERAS_BACKEND`` names it: ``'tensorflow'``, ``'jax'``, "
        "``'torch'``. ``None``: the one that is set up where the documentation is built.",
    ),
    Value(
        "paramdoc_environment",
        {},
        frozenset({dict}),
        "Environment variables that blocks get besides those of the build. No record holds their values.",
    ),
    Value(
        "paramdoc_first_party",
        None,
        frozenset({list, tuple, NoneType}),
        "The top-level modules whose change makes a record stale. ``None``: those in the repository, and those of the "
        "distribution that its ``pyproject.toml`` describes.",
    ),
    Value(
        "paramdoc_weights",
        "abstract",
        ENUM("abstract", "real"),
        "Whether weights have a shape and no memory (``'abstract'``) or hold values (``'real'``).",
    ),
    Value(
        "paramdoc_timeout",
        TIMEOUT,
        frozenset({int, float}),
        "Seconds that a block may take, not counting the import of Keras.",
        "",
    ),
    Value(
        "paramdoc_memory_limit",
        None,
        frozenset({int, NoneType}),
        "Bytes of memory that a block may take, beyond what the import of Keras takes. ``None``: no limit.",
        "",
    ),
    Value(
        "paramdoc_code",
        None,
        ENUM(None, *CODE_POSITIONS),
        "Where the source code of a block is shown unless the block says it with ``:code:``: ``'above'``, ``'below'``, "
        "``'collapsed'`` or ``'none'``. ``None``: above the table for code in the page, nowhere for an expression.",
    ),
    Value("paramdoc_lint", True, frozenset({bool}), "Report Keras code in blocks that is written for an older Keras."),
)


def register(app: Sphinx) -> None:
    """Declare every value to Sphinx."""
    for value in VALUES:
        app.add_config_value(value.name, value.default, value.rebuild, value.types, description=value.meaning)
    app.connect("config-inited", _check)


def _check(_app: Sphinx, config: Config) -> None:
    """Refuse what Sphinx' own check of types lets through.

    :raises ConfigError: where a value is none that this extension can work with.
    """
    for name in ("paramdoc_timeout", "paramdoc_memory_limit"):
        value = config[name]
        if isinstance(value, int | float) and value <= 0:
            raise ConfigError(f"{name} is {value!r}, which is not greater than 0")
    if config.paramdoc_backend is not None and not config.paramdoc_backend.isidentifier():
        raise ConfigError(f"paramdoc_backend is {config.paramdoc_backend!r}, which names no backend of Keras")
    for variable, value in config.paramdoc_environment.items():
        if not isinstance(variable, str) or not isinstance(value, str):
            raise ConfigError(f"paramdoc_environment: {variable!r} and its value must be strings")
