"""What the command can be asked for besides the options of a block."""

from typing import Annotated

import msgspec

from sphinx_paramdoc.machine.terminal import COLOR
from sphinx_paramdoc.notation import values
from sphinx_paramdoc.notation.configuration import KEEP_SERVER
from sphinx_paramdoc.notation.declaration import Flag, Setting
from sphinx_paramdoc.rendering.formats import FORMATS


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """What the command is asked for, besides the options of a block."""

    expression: Annotated[
        str | None,
        Setting(
            flag=Flag(
                "the model, or what builds it: keras.applications.VGG16(weights=None), mypackage.models:build(units=4)",
                "EXPRESSION",
                "Gives the model, as behind the directive's name. It may be left out with ``--code``.",
                is_positional=True,
            ),
        ),
    ] = None
    code: Annotated[
        str | None,
        Setting(
            flag=Flag(
                "a file of Python code to run first; - is standard input",
                "FILE",
                "Runs a file of Python code first; ``-`` is standard input. As in a page, ``keras`` is imported "
                "already, and without an expression the model is the last one that the code gives. A session, which "
                "begins with ``>>>``, runs without prompts and answers.",
            ),
        ),
    ] = None
    list_: Annotated[
        str | None,
        Setting(
            flag=Flag(
                "a file of lines NAME: EXPRESSION, or NAME: ARGUMENTS where EXPRESSION is a builder: a row for each",
                "FILE",
                "Shows several models in one table: a file of the lines that ``paramlist`` has, ``NAME: EXPRESSION``; "
                "``-`` is standard input. With an expression each line holds the arguments of that builder: "
                ":ref:`list-in-terminal`.",
            ),
        ),
    ] = None
    format: Annotated[
        str, Setting(choices=tuple(FORMATS), flag=Flag("default: text", meaning="``text`` is the default."))
    ] = "text"
    width: Annotated[
        int | None,
        Setting(
            values.columns,
            flag=Flag(
                "how many columns the text may take, 0 being no limit; default: those of the terminal, or 100",
                "COLUMNS",
                "How many columns the text may take; 0: as many as it needs. By default those of the terminal, or what "
                "``COLUMNS`` says, and 100 where there is neither, as in a pipe.",
            ),
        ),
    ] = None
    color: Annotated[
        str,
        Setting(
            choices=COLOR,
            flag=Flag(
                "default: auto, where the terminal shows colours",
                meaning="Whether the text has colours. ``auto``, the default: where it is written to a terminal that "
                "shows them; ``NO_COLOR`` and ``FORCE_COLOR`` decide otherwise.",
            ),
        ),
    ] = "auto"
    near: Annotated[
        int | None,
        Setting(
            values.about,
            flag=Flag(
                "with --vary: print the settings whose count comes nearest, such as 125M",
                "COUNT",
                "With ``--vary``: which settings come nearest to a count, ``125M``, ``1.5B``: :ref:`near`.",
            ),
        ),
    ] = None
    where: Annotated[
        tuple[str, ...],
        Setting(
            takes_words=True,
            parted=values.between_commas,
            flag=Flag(
                "with --near: what an argument is to be, such as 'd_ff = 4 * width'",
                "CONDITION",
                "With ``--near``: what an argument is to be, ``'d_ff = 4 * width'``, ``'heads = width // 64'``; "
                "several are several arguments, or one that commas part. An expression has whole numbers, names of "
                "arguments that are varied, ``+``, ``-``, ``*``, ``//`` and parentheses.",
            ),
        ),
    ] = ()
    against: Annotated[
        str | None,
        Setting(
            flag=Flag(
                "print what changed, from: a .json file that was kept, rev:REVISION, or another expression",
                "WHAT",
                "Prints what changed instead of the table, from another model to this one: :ref:`difference`. That is "
                "in a file whose name ends in ``.json``, from ``--format json`` or a record; or what the same "
                "expression gives in a commit, ``rev:HEAD``, ``rev:main``; or another expression.",
            ),
        ),
    ] = None
    exit_code: Annotated[
        bool,
        Setting(
            flag=Flag(
                "with --against: exit with 1 where a count, a shape, a type or a trainable weight differs",
                meaning="With ``--against``: the exit status is 1 where a count, a shape, a type or a trainable weight "
                "differs; a mere new name is none of these.",
            ),
        ),
    ] = False
    keep_server: Annotated[float, KEEP_SERVER] = 0
