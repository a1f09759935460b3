"""What a list of models asks for: its own options, and for each of its lines the block that gives the model.

Which requests a list needs is `rows` alone: a page, foresight, the records of a project and the command all ask it.
"""

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Self

import msgspec

from flake8_paramdoc.texts import model_lists
from flake8_paramdoc.texts.directives import Piece
from sphinx_paramdoc.execution import Listing, Source
from sphinx_paramdoc.execution.defaults import PREAMBLE, TIMEOUT
from sphinx_paramdoc.notation import options as texts
from sphinx_paramdoc.notation import upgrade, values
from sphinx_paramdoc.notation.declaration import Flag, Option, setting
from sphinx_paramdoc.notation.options import MisuseError
from sphinx_paramdoc.notation.settings import Options
from sphinx_paramdoc.table.models import COLUMNS, DEFAULT, IN_ARGUMENTS, NAME

if TYPE_CHECKING:
    from sphinx_paramdoc import facts

_NAMES = ", ".join(f"``{name}``" for name in COLUMNS)
_OF_ALL = "As of ``paramsummary``, for all models of the list; a line of its own below a model says it of that one."
_ALL = "As of ``paramsummary``, for all models of the list."


class ListOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What a list asks for as a whole; where it is silent, what its project says."""

    caption: Annotated[str | None, setting(Options, "caption")] = None
    name: Annotated[str | None, setting(Options, "name")] = None
    class_: Annotated[tuple[str, ...], setting(Options, "class_")] = ()
    align: Annotated[str | None, setting(Options, "align")] = None
    width: Annotated[str | None, setting(Options, "width")] = None
    widths: Annotated[str | tuple[int, ...] | None, setting(Options, "widths")] = None
    columns: Annotated[
        tuple[str, ...],
        setting(
            Options,
            "columns",
            read=values.one_of(*COLUMNS),
            option=Option(
                f"The columns, parted by blanks or commas, in their order: {_NAMES}. Without it they are "
                f"``{' '.join(DEFAULT)}``. The names of the models come first if they are not named themselves.",
                "names",
            ),
            flag=Flag(f"the columns: {', '.join(COLUMNS)}", "NAME"),
        ),
    ] = ()
    vary: Annotated[
        tuple[str, ...] | None,
        setting(
            Options,
            "vary",
            "The arguments that the column ``in-arguments`` has its formulas in, by their names in the outermost call "
            "of each line; without a name, all whole numbers that the call is given or has by default. Where the "
            "column is asked for without this option, they are the whole numbers that the lines give to the builder, "
            "or all where there is no builder.",
        ),
    ] = None
    weights: Annotated["facts.Variables", setting(Options, "weights", _ALL)] = "abstract"
    upgrade: Annotated[bool, setting(Options, "upgrade", _ALL)] = False
    input_shape: Annotated["facts.Shape", setting(Options, "input_shape", _OF_ALL)] = None
    backend: Annotated[str | None, setting(Options, "backend", _OF_ALL)] = None
    timeout: Annotated[float, setting(Options, "timeout", _OF_ALL)] = TIMEOUT

    @classmethod
    def of_project(cls, options: Options) -> Self:
        """Return what a list asks for that says nothing.

        :param options: what a block asks for that says nothing.
        """
        return cls(weights=options.weights, backend=options.backend, timeout=options.timeout)


class RowOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What a line of a list may say of its own model."""

    input_shape: Annotated["facts.Shape", setting(Options, "input_shape")] = None
    backend: Annotated[str | None, setting(Options, "backend")] = None
    timeout: Annotated[float, setting(Options, "timeout")] = TIMEOUT


class Row(msgspec.Struct, frozen=True):
    """One model of a list."""

    name: str
    line: int
    """The line of the file that it begins on."""
    written: str
    """What stands behind the name."""
    listing: Listing
    options: Options
    given: tuple[str, ...] = ()
    """The names of the arguments that the line gives to the builder."""
    misuse: MisuseError | upgrade.UpgradeError | None = None
    """Why it cannot be run as it is written."""
    misuse_line: int = 0
    """The line of the file that this is about."""
    slips: tuple[tuple[int, MisuseError], ...] = ()
    """What is wrong with options that decide nothing of the model, each with its line."""
    upgraded: upgrade.Upgraded | None = None
    """The expression in today's form, where that is asked for."""


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What the lines of a list are read with."""

    options: Options = Options()
    """What a block of the project asks for that says nothing."""
    preamble: str = PREAMBLE
    module: str = ""
    """The module whose docstring the list stands in."""
    file: str = ""
    line_of: Callable[[int], int] = lambda line: line + 1
    """The line of a text, counted from 0 → that of the file, counted from 1."""


def read(
    given: Mapping[str, str], says: Options, slips: list[MisuseError] | None = None, begins_directly: bool = False
) -> ListOptions:
    """Read the options of a list.

    :param given: the options as they are written.
    :param says: what a block of the project asks for that says nothing.
    :param slips: takes what is wrong with options that decide nothing of the models; without it, that is a misuse.
    :param begins_directly: whether what is taken for the builder stands below the directive's name.
    :raises MisuseError: where the list is not written as it should be.
    """
    said = texts.given(given, ListOptions, slips)
    asked = msgspec.structs.replace(ListOptions.of_project(says), **said)
    texts.fit_widths(said, len(columns(asked)), slips)
    if begins_directly:
        raise MisuseError("models stand directly under the directive: leave a blank line before them")
    return msgspec.structs.replace(ListOptions.of_project(says), **said)


def columns(asked: ListOptions) -> tuple[str, ...]:
    """Return the names of the columns of a list; if none were chosen, formulas that it asks for stand behind counts."""
    names = asked.columns
    if not names:
        behind = DEFAULT.index("params") + 1
        return DEFAULT if asked.vary is None else (*DEFAULT[:behind], IN_ARGUMENTS, *DEFAULT[behind:])
    return names if NAME in names else (NAME, *names)


def has_settings(asked: ListOptions) -> bool:
    """Tell whether a list shows formulas in arguments, for which other settings of these are executed."""
    return asked.vary is not None or IN_ARGUMENTS in columns(asked)


def varied(asked: ListOptions, rows: Sequence[Row], known: Mapping[str, int]) -> tuple[str, ...] | None:
    """Return the arguments that the formula of a row is to be in, none for all; ``None`` where it is to have none.

    :param rows: all of the list.
    :param known: the whole numbers that the call of the row was given, or has by default.
    """
    if asked.vary is not None or not has_settings(asked):
        return asked.vary
    named = dict.fromkeys(name for each in rows for name in each.given)
    found = tuple(name for name in named if name in known)
    return None if named and not found else found


def rows(builder: str, content: Sequence[Piece], asked: ListOptions, context: Context) -> list[Row]:
    """Return the models of a list in their order, each with the block that gives it.

    :param builder: the argument of the directive; '' where its lines are expressions.
    :raises MisuseError: where there are none.
    """
    found: list[Row] = []
    known: dict[str, int] = {}
    for line in model_lists.lines(content):
        row = _row(line, builder, asked, context)
        if row.name in known and not row.misuse:
            message = f"{row.name!r} is the name of line {known[row.name]} as well: give each model one of its own"
            row = msgspec.structs.replace(row, misuse=MisuseError(message), misuse_line=row.line)
        known.setdefault(row.name, row.line)
        found.append(row)
    if not found:
        what = "NAME: width=768, layers=12" if builder else "NAME: EXPRESSION"
        raise MisuseError(f"there are no models: each is a line such as {what}")
    return found


def _row(line: model_lists.Line, builder: str, asked: ListOptions, context: Context) -> Row:
    at = context.line_of(line.line)
    slips: list[MisuseError] = []
    misuse: MisuseError | upgrade.UpgradeError | None = _misuse(line, builder)
    misuse_line, said = at, {}
    lines = {option.name: context.line_of(option.line) for option in line.options}
    try:
        said = texts.given({option.name: option.text for option in line.options}, RowOptions, slips)
    except MisuseError as error:
        misuse, misuse_line = misuse or error, misuse_line if misuse else lines.get(error.option, at)
    shared = {name: getattr(asked, name) for name in ("weights", "upgrade", "input_shape", "backend", "timeout")}
    options = msgspec.structs.replace(context.options, **{**shared, **said})
    text = call(builder, line.text) if builder else line.text
    places = tuple(context.line_of(piece.line) for piece in line.expression) or (at,)
    source = Source(text, context.file, places[0], places if len(places) > 1 and text.count("\n") else ())
    listing = Listing(preamble=context.preamble, module=context.module, expression=source)
    row = Row(
        line.name or line.text,
        at,
        line.text,
        listing,
        options,
        tuple(_names(line.text)) if builder else (),
        misuse,
        misuse_line,
        tuple((lines.get(slip.option, at), slip) for slip in slips),
    )
    return _upgraded(row) if options.upgrade and not misuse else row


def _misuse(line: model_lists.Line, builder: str) -> MisuseError | None:
    """Return what is wrong with how a line is written; ``None`` where nothing is."""
    if not line.name:
        meant = model_lists.named(line.text)
        return MisuseError(f"a model has a name, a colon and a blank before what gives it: {meant}")
    if not builder:
        return None if line.text else MisuseError(f"{line.name!r} has no expression behind its colon")
    if _arguments(line.text) is None and re.match(_DOTTED, line.text):
        return MisuseError(
            f"{line.text!r} are no arguments as width=768, layers=12, which each line holds where a builder stands "
            "behind the directive's name"
        )
    return None


_DOTTED = r"[\w.]+:[^\W\d]"
"""How an expression begins that Python does not know as one."""


def _upgraded(row: Row) -> Row:
    try:
        made = upgrade.upgraded(row.listing)
    except upgrade.UpgradeError as error:
        return msgspec.structs.replace(row, misuse=error, misuse_line=error.line)
    return msgspec.structs.replace(row, listing=made.listing, upgraded=made)


# The call of a builder


def call(builder: str, arguments: str) -> str:
    """Return the call of a builder with the arguments of a line.

    ``pkg.models:gpt`` with ``width=768`` is ``pkg.models:gpt(width=768)``. A builder that is a call already gives the
    arguments that all lines share; what a line gives by name takes their place.
    """
    shared = _shared(builder, arguments)
    if shared is None:
        return f"{builder}({arguments})"
    function, kept = shared
    return f"{function}({', '.join(filter(None, [*kept, arguments]))})"


def _shared(builder: str, arguments: str) -> tuple[str, list[str]] | None:
    """Return what a builder that is a call calls, and the arguments of it that a line does not give itself."""
    text = re.sub(r"^(\s*[\w.]+):(?=[^\W\d])", r"\1.", builder)
    try:
        node = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    if not isinstance(node, ast.Call):
        return None
    lines = builder.strip().encode().split(b"\n")

    def segment(part: ast.expr) -> str:
        """Return the text of a part; a colon in place of a point changes no column."""
        first, last = part.lineno - 1, (part.end_lineno or part.lineno) - 1
        taken = lines[first : last + 1]
        taken[-1] = taken[-1][: part.end_col_offset]
        taken[0] = taken[0][part.col_offset :]
        return b"\n".join(taken).decode()

    own = set(_names(arguments))
    kept = [segment(each) for each in node.args]
    for keyword in node.keywords:
        if keyword.arg is None:
            kept.append(f"**{segment(keyword.value)}")
        elif keyword.arg not in own:
            kept.append(f"{keyword.arg}={segment(keyword.value)}")
    return segment(node.func), kept


def _arguments(text: str) -> ast.expr | None:
    """Return a call with the arguments of a line, as Python reads it; ``None`` where it does not."""
    try:
        return ast.parse(f"f({text})", mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _names(arguments: str) -> list[str]:
    """Return the names of the arguments that a line gives by name."""
    made: Any = _arguments(arguments)
    return [each.arg for each in made.keywords if each.arg] if isinstance(made, ast.Call) else []
