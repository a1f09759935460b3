"""Which blocks a page most likely holds, found before Sphinx reads it.

Blocks that are found here start early, while Sphinx works. Nothing depends on the guess: a block that is missed runs
when the page is read. But what is found runs, so only what the page will run may be found: directives that begin a
line, and are written as they should be. One that stands further right may be an example, a comment or left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from flake8_paramdoc.texts import markdown, rst
from flake8_paramdoc.texts.directives import Directive, written
from flake8_paramdoc.texts.model_lists import LIST
from flake8_paramdoc.texts.snippets import DIFF, RUN_BY_US, SUMMARY
from sphinx_paramdoc.execution import Listing, Source
from sphinx_paramdoc.notation import content, mentions, upgrade
from sphinx_paramdoc.notation.configuration import Configuration
from sphinx_paramdoc.notation.options import MisuseError, read
from sphinx_paramdoc.notation.settings import Options


class Preview(msgspec.Struct, frozen=True):
    """One block that a page seems to hold."""

    listing: Listing
    options: Options


def blocks(page: Path, says: Configuration, depth: int = 0) -> Iterator[Preview]:
    """Yield the blocks that a page seems to hold.

    :param says: what the project says in ``conf.py``.
    """
    try:
        text = page.read_text(encoding="utf-8-sig").expandtabs(8)
    except (OSError, UnicodeDecodeError):
        return
    if page.suffix == ".md":
        yield from _foreseen(_of_markdown(_lines(markdown.without_comments(text))), says)
        return
    yield from _foreseen(_of_rst(_lines(text)), says)
    for included in mentions.included(page, text, depth):
        yield from blocks(included, says, depth + 1)


def _lines(text: str) -> list[str]:
    """Return the lines of a page that asks for a table, without the blanks behind them, which docutils drops."""
    return [line.rstrip() for line in text.split("\n")] if any(name in text for name in RUN_BY_US) else []


def _of_rst(lines: Sequence[str]) -> Iterator[Directive]:
    """Yield the directives that begin a line of reStructuredText."""
    for position, line in enumerate(lines):
        if line.startswith(".. "):
            found = rst.directive(lines, position)
            if found:
                yield found


def _of_markdown(lines: Sequence[str]) -> Iterator[Directive]:
    """Yield the fences of Markdown that are directives; what stands in other fences is left alone."""
    position = 0
    while position < len(lines):
        fence = markdown.fence(lines, position)
        found = markdown.directive(lines, fence) if fence and not fence.margin else None
        if found:
            yield found
        position = fence.end if fence else position + 1


def _foreseen(directives: Iterable[Directive], says: Configuration) -> Iterator[Preview]:
    for directive in directives:
        yield from of_directive(directive, says)


def of_directive(directive: Directive, says: Configuration, *, module: str = "", own: str = "") -> Iterator[Preview]:
    """Yield the blocks of a directive: none, one, or that of each model of a list.

    :param module: the module whose docstring it stands in.
    :param own: the object whose docstring it stands in, as an expression.
    """
    texts = {option.name: option.text for option in directive.options}
    expression = written(directive.argument)
    if directive.name == SUMMARY:
        code = written(directive.content)
        yield from preview(expression, texts, code, says, directive.begins_directly, module=module, own=own)
    elif directive.name == LIST:
        yield from _of_list(directive, expression, texts, says, module)
    elif directive.name == DIFF:
        yield from _of_difference(directive, expression, texts, says, module)


def _of_list(
    directive: Directive, expression: str, texts: Mapping[str, str], says: Configuration, module: str
) -> Iterator[Preview]:
    """Yield the blocks of a list that can be run as they are written."""
    from sphinx_paramdoc.notation import model_lists  # loaded with the first list

    context = model_lists.Context(options=says.options, preamble=says.preamble, module=module)
    try:
        asked = model_lists.read(texts, says.options, slips=[], begins_directly=directive.begins_directly)
        rows = model_lists.rows(expression, directive.content, asked, context)
    except MisuseError:
        return
    yield from (Preview(row.listing, row.options) for row in rows if not row.misuse)


def _of_difference(
    directive: Directive, expression: str, texts: Mapping[str, str], says: Configuration, module: str
) -> Iterator[Preview]:
    """Yield the models of a difference that stand there themselves; a label is that of another block."""
    from sphinx_paramdoc.notation import differences  # loaded with the first difference

    try:
        asked = differences.read(texts, says.options, [], expression)
    except MisuseError:
        return
    code = written(directive.content)
    source = content.code(code, "") if code else None
    for side in differences.sides(asked, source, says.preamble, module, "", (1, 1)):
        if side.listing:
            yield Preview(side.listing, says.options)


def preview(
    expression: str,
    texts: Mapping[str, str],
    code: str,
    says: Configuration,
    begins_directly: bool = False,
    *,
    module: str = "",
    own: str = "",
) -> Iterator[Preview]:
    """Yield the preview of a directive's block; none where the directive is not written as it should be.

    :param module: the module whose docstring it stands in.
    :param own: the object whose docstring it stands in, as an expression.
    """
    try:
        arguments = [expression] if expression else []
        options = read(texts, arguments, code or own, begins_directly, says.options, slips=[])
    except MisuseError:
        return
    if not expression and not code and options.model is None:
        expression = own

    def source(text: str | None) -> Source | None:
        return Source(text, "") if text else None

    listing = Listing(
        preamble=says.preamble,
        module=module,
        code=content.code(code, "") if code else None,
        expression=source(expression),
        model=source(options.model),
    )
    if options.upgrade:
        try:
            listing = upgrade.upgraded(listing).listing
        except upgrade.UpgradeError:
            return
    yield Preview(listing, options)
