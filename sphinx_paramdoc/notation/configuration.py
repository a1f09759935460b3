"""What only a project can say, in ``conf.py``; each setting declared once."""

from os import PathLike
from pathlib import PosixPath, WindowsPath
from types import NoneType
from typing import Annotated

import msgspec

from sphinx_paramdoc.execution.defaults import PREAMBLE
from sphinx_paramdoc.notation import autodoc_patterns, values
from sphinx_paramdoc.notation.declaration import ConfigValue, Flag, Setting
from sphinx_paramdoc.notation.settings import Options

EXECUTE = ("auto", "force", "cache", "off")
"""Which blocks a build runs."""

KEEP_SERVER = Setting(
    values.some_time,
    value=ConfigValue(
        "Seconds that the process which has imported Keras outlives a build, so that the next one, as of an edit under "
        "``sphinx-autobuild``, imports nothing: :ref:`kept-server`. ``0``: it ends with the build.",
        (int, float),
        values.is_time,
        rebuild="",
    ),
    flag=Flag(
        "let the process that has imported Keras wait for the next call for that many seconds; default: 0",
        "SECONDS",
        "How long the process that has imported Keras waits for the next call, which then imports nothing: "
        ":ref:`kept-server`. By default it ends at once.",
    ),
)
"""How long a server outlives what has started it."""


class Configuration(msgspec.Struct, frozen=True, kw_only=True):
    """What a project says in ``conf.py``."""

    execute: Annotated[
        str,
        Setting(
            choices=EXECUTE,
            value=ConfigValue(
                "``'auto'`` runs the blocks that have no fresh record, ``'force'`` runs all. ``'cache'`` runs nothing: "
                "it shows the records, and warns where one is missing or stale. ``'off'`` runs nothing and shows no "
                "tables.",
                check=values.is_one_of(*EXECUTE),
            ),
        ),
    ] = "auto"
    records: Annotated[
        str | PathLike[str] | None,
        Setting(
            value=ConfigValue(
                "A folder for the records, relative to the sources, to be committed with them. ``None``: beside the "
                "doctrees.",
                (str, PosixPath, WindowsPath, NoneType),
                values.is_folder,
            ),
        ),
    ] = None
    prune_records: Annotated[
        bool,
        Setting(
            value=ConfigValue(
                "Delete the records that no page uses, at the end of each build that has nothing to warn of.",
                (bool,),
                rebuild="",
            ),
        ),
    ] = False
    preamble: Annotated[
        str,
        Setting(
            value=ConfigValue(
                "Python code that runs before every block. What it defines and imports is there for the block.",
                (str,),
                values.is_code,
            ),
        ),
    ] = PREAMBLE
    environment: Annotated[
        dict[str, str],
        Setting(
            value=ConfigValue(
                "Environment variables that blocks get besides those of the build. Neither a record nor what Sphinx "
                "keeps of the configuration holds their values.",
                (dict, values.Environment),
                values.is_environment,
                rebuild="",
            ),
        ),
    ] = {}
    first_party: Annotated[
        list[str] | tuple[str, ...] | None,
        Setting(
            value=ConfigValue(
                "The top-level modules whose change makes a record stale. ``None``: those that were installed from the "
                "repository, however it states its name, and all that are not installed.",
                (list, tuple, NoneType),
                values.is_modules,
            ),
        ),
    ] = None
    memory_limit: Annotated[
        int | None,
        Setting(
            value=ConfigValue(
                "Bytes of memory that a block may take, beyond what the import of Keras takes. ``None``: no limit.",
                (int, NoneType),
                values.is_whole_number,
                rebuild="",
            ),
        ),
    ] = None
    keep_server: Annotated[float, KEEP_SERVER] = 0
    autodoc: Annotated[
        autodoc_patterns.Patterns,
        Setting(
            value=ConfigValue(
                "Tables for documented functions, classes and module-level models without a line in their docstrings: "
                "a pattern as of a shell → the expression that gives the model, ``{'mypackage.models.build_*': "
                "'{name}()'}``; ``{name}`` is the object's full name. The first pattern that fits counts. A value may "
                "also be a mapping with ``'expression'`` and options, or a list, for a table each: "
                ":ref:`autodoc-patterns`.",
                (dict,),
                autodoc_patterns.check(Options),
                rebuild="",
            ),
        ),
    ] = {}
    explainers: Annotated[
        dict[str, str],
        Setting(
            value=ConfigValue(
                "Functions that explain layers of your own: the full name of a layer class → "
                "``'pkg.module:function'``.",
                (dict,),
                values.is_explainers,
            ),
        ),
    ] = {}
    lint: Annotated[
        bool,
        Setting(
            value=ConfigValue("Report Keras code in blocks that is written for an older Keras.", (bool,)),
        ),
    ] = True

    options: Options = Options()
    """What a block is taken to ask for where it is silent."""
