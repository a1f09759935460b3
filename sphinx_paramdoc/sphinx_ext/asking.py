"""What one block asks for, as its author wrote it, and where each part of it stands."""

from __future__ import annotations

import re

import msgspec
from sphinx.util.docutils import SphinxDirective

from sphinx_paramdoc.execution import Listing, Source
from sphinx_paramdoc.notation import content as contents
from sphinx_paramdoc.notation import upgrade
from sphinx_paramdoc.notation.configuration import Configuration
from sphinx_paramdoc.notation.options import MisuseError, read
from sphinx_paramdoc.notation.settings import Options
from sphinx_paramdoc.sphinx_ext.written_at import WrittenAt


class Asked(msgspec.Struct, frozen=True):
    """One block."""

    place: WrittenAt
    text: str
    """The directive with all that is indented below it."""
    listing: Listing
    options: Options
    written: str
    """The code as the author wrote it, prompts and answers included; '' where there is none."""
    misuse: MisuseError | None
    """What is wrong with how it is written; the options are then as the author wrote them, as far as a page needs."""
    slips: list[MisuseError] = []
    """What is wrong with options that decide nothing of the model, and are left out."""
    upgraded: upgrade.Upgraded | None = None
    """The block in today's form, where its author asked for that: what runs, and what the page shows."""
    trouble: upgrade.UpgradeError | None = None
    """Why it cannot be brought there."""

    def offset_of(self, option: str) -> int:
        """Return how many lines an option stands below the directive's first one."""
        return offset(self.text, option)

    def line_of(self, option: str) -> int:
        """Return the line that an option stands on."""
        return self.place.line + offset(self.text, option)


def asked(directive: SphinxDirective, place: WrittenAt, says: Configuration) -> Asked:
    """Return what a directive asks for.

    :param says: what the project says in ``conf.py``.
    """
    text, arguments, texts = directive.block_text, directive.arguments, directive.options
    code = _code(directive, place)
    content = "\n".join(directive.content)
    # What docutils takes for an argument may stand below the directive's name, not behind it.
    begins_directly = bool(arguments) and text.split("\n", 1)[0].rstrip().endswith("::")
    slips: list[MisuseError] = []
    options, misuse = says.options, None
    try:
        options = read(texts, arguments, content or place.own, begins_directly, options, slips)
    except MisuseError as error:
        misuse = error
        options = msgspec.structs.replace(
            options,
            model=texts.get("model"),
            caption=texts.get("caption"),
            name=texts.get("name"),
            code=texts.get("code") or options.code,
        )
    # In a docstring that says nothing of the model, it is the documented object.
    expression = arguments[0] if arguments else place.own if code is None and options.model is None else ""
    model = options.model
    listing = Listing(
        preamble=says.preamble,
        module=place.module,
        code=code,
        expression=Source(expression, place.file, place.line) if expression else None,
        model=Source(model, place.file, place.line + offset(text, "model")) if model else None,
    )
    if not options.upgrade or misuse:
        return Asked(place, text, listing, options, content, misuse, slips)
    try:
        made = upgrade.upgraded(listing)
    except upgrade.UpgradeError as error:
        return Asked(place, text, listing, options, content, misuse, slips, trouble=error)
    return Asked(place, text, made.listing, options, content, misuse, slips, upgraded=made)


def offset(text: str, option: str) -> int:
    """Return how many lines an option stands below the first line of a directive."""
    # Between colons, or as MyST has it also without the first: option: value
    written = re.compile(rf"\s*:?{re.escape(option)}:")
    return next((number for number, line in enumerate(text.split("\n")) if option and written.match(line)), 0)


def _code(directive: SphinxDirective, place: WrittenAt) -> Source | None:
    """Return the code of a block, if it has any."""
    if not directive.content:
        return None
    return contents.code("\n".join(directive.content), place.file, first_line(directive, place))


def first_line(directive: SphinxDirective, place: WrittenAt) -> int:
    """Return the line that the content of a directive begins on, which has any."""
    content = list(directive.content)
    _, offset = directive.content.items[0]
    line = int(offset) + 1 + place.line - directive.get_source_info()[1]
    if line <= place.line:  # MyST counts from the fence
        lines = [text.strip() for text in directive.block_text.split("\n")]
        stripped = [text.strip() for text in content]
        starts = (i for i in range(1, len(lines)) if lines[i : i + len(stripped)] == stripped)
        line = place.line + next(starts, 0)
    return place.below(content) or line
