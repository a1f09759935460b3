"""How a difference is asked for: two models, each by an expression or by the label of its block."""

from collections.abc import Mapping, Sequence
from typing import Annotated, NamedTuple

import msgspec

from flake8_paramdoc.texts.snippets import BLOCK
from sphinx_paramdoc.execution import Listing, Source
from sphinx_paramdoc.notation import options as texts
from sphinx_paramdoc.notation.declaration import Option, Setting, setting
from sphinx_paramdoc.notation.options import MisuseError
from sphinx_paramdoc.notation.settings import Options

_WHICH = (
    "The model before, and the model after: an expression, as behind ``paramsummary``, or ``block:`` and the label of "
    "a ``paramsummary`` block, on whichever page that is: ``block:mlp``."
)

_COLUMNS = 3
"""A table of changes has so many columns."""


class DifferenceOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What a difference asks for."""

    before: Annotated[str | None, Setting(decides=True, option=Option(_WHICH, "expression"))] = None
    after: Annotated[str | None, Setting(decides=True, option=Option(_WHICH, "expression"))] = None
    caption: Annotated[str | None, setting(Options, "caption")] = None
    name: Annotated[str | None, setting(Options, "name")] = None
    class_: Annotated[tuple[str, ...], setting(Options, "class_")] = ()
    align: Annotated[str | None, setting(Options, "align")] = None
    width: Annotated[str | None, setting(Options, "width")] = None
    widths: Annotated[str | tuple[int, ...] | None, setting(Options, "widths")] = None
    depth: Annotated[
        int,
        setting(
            Options,
            "depth",
            "How deep rows are open in which something changed; without it, only the outermost layers have rows. In "
            "HTML the deeper rows are in the page too, closed.",
        ),
    ] = 0
    layers: Annotated[
        tuple[str, ...],
        setting(
            Options,
            "layers",
            "Patterns as of a shell, parted by blanks or commas: only the changes of layers whose paths fit one of "
            "them are shown, and of those that hold such layers. The total is that of the whole models.",
        ),
    ] = ()


class Side(NamedTuple):
    """One of the two models."""

    option: str
    """``before`` or ``after``."""
    listing: Listing | None
    """What gives it; ``None`` where a label says so."""
    label: str = ""
    """The label of the block that shows it."""


def read(
    given: Mapping[str, str], says: Options, slips: list[MisuseError] | None = None, argument: str = ""
) -> DifferenceOptions:
    """Read the options of a difference.

    :param given: the options as they are written.
    :param says: what a block of the project asks for that says nothing.
    :param slips: takes what is wrong with options that decide nothing of the models; without it, that is a misuse.
    :param argument: what stands behind the directive's name, or directly below.
    :raises MisuseError: where the difference is not written as it should be.
    """
    said = texts.given(given, DifferenceOptions, slips)
    texts.fit_widths(said, _COLUMNS, slips)
    if argument:
        raise MisuseError(
            "the models stand in :before: and :after:, and code that both need below a blank line: nothing stands "
            "behind the directive's name"
        )
    for option in ("before", "after"):
        if not said.get(option):
            raise MisuseError(f":{option}: is missing: an expression, or block: and the label of a block", option)
    return msgspec.structs.replace(DifferenceOptions(depth=says.depth), **said)


def sides(
    asked: DifferenceOptions, code: Source | None, preamble: str, module: str, file: str, lines: Sequence[int]
) -> list[Side]:
    """Return the two models.

    :param code: what runs before either expression.
    :param module: the module whose docstring the difference stands in.
    :param lines: those that the two options stand on.
    """
    found = []
    for option, text, line in zip(("before", "after"), (asked.before, asked.after), lines, strict=True):
        assert text
        if text.startswith(BLOCK):
            found.append(Side(option, None, text.removeprefix(BLOCK).strip()))
        else:
            expression = Source(text, file, line)
            listing = Listing(preamble=preamble, module=module, code=code, expression=expression)
            found.append(Side(option, listing))
    return found
