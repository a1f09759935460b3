"""Code for an older Keras, brought into today's form before it runs; what is written anew is `flake8_paramdoc`'s."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

import msgspec

from sphinx_paramdoc.execution import Listing, Source
from sphinx_paramdoc.notation import lint
from sphinx_paramdoc.said import counted, run_on, said

_TOKENS = re.compile(r"\w+|\s+|[^\w\s]")
_MOST_SAID = 8
"""So many changes are told one by one."""


class UpgradeError(Exception):
    """The code cannot be brought into today's form, for the reason that is said."""

    def __init__(self, message: str, source: Source, line: int) -> None:
        """Take the reason, and the line of the file that it is about."""
        super().__init__(message)
        self.source = source
        self.line = line


class Upgraded(msgspec.Struct, frozen=True):
    """A block in today's form."""

    listing: Listing
    changes: tuple[str, ...] = ()
    """What became of what, in the words of the code: ``input → inputs``."""

    @property
    def said(self) -> str:
        """One line of what changed; '' where nothing did."""
        if not self.changes:
            return ""
        more = len(self.changes) - _MOST_SAID
        changes = run_on(*[part for change in self.changes[:_MOST_SAID] for part in (", ", change)][1:])
        if more <= 0:
            return said("Written for an older Keras, and changed: {changes}.", changes=changes)
        return counted(
            more,
            "Written for an older Keras, and changed: {changes}, and {number} more.",
            "Written for an older Keras, and changed: {changes}, and {number} more.",
            changes=changes,
        )


def upgraded(listing: Listing) -> Upgraded:
    """Return a block with the safe fixes made in its code, its argument and ``:model:``.

    :raises UpgradeError: where that cannot be.
    """
    # As the linter's tables, what writes code anew is read with the first block that asks for it.
    from flake8_paramdoc.edits.rounds import Wanted, fixed
    from flake8_paramdoc.reading.scopes import Names
    from flake8_paramdoc.reading.walk import read

    names = lint.names_before(listing)
    parts: dict[str, Source] = {}
    changes: list[str] = []
    for part, source, mode in listing.parts():
        text = source.text if mode == "exec" else _as_python(source.text)
        try:
            outcome = fixed(text, Wanted(names=names, has_keras=True))
        except SyntaxError as error:
            line = source.line + (error.lineno or 1) - 1
            raise UpgradeError(f":upgrade: the code does not parse ({error.msg})", source, line) from None
        if outcome.lost is not None:  # what is safe alone would build another model
            line = source.line + outcome.lost.line - 1
            raise UpgradeError(f":upgrade: leaves this to you: {outcome.lost.message}", source, line)
        if outcome.trouble:
            raise UpgradeError(f":upgrade: {outcome.trouble}", source, source.line)
        new = outcome.text if mode == "exec" else _as_written(source.text, outcome.text)
        if outcome.text != text:
            changes += _changes(text, outcome.text)
            parts[part] = Source(new, source.file, source.line, _lines(source, new))
        tree = lint.parsed(Source(outcome.text, source.file), mode)
        if tree is not None:
            names = Names(names)
            read(tree, names)
    return Upgraded(msgspec.structs.replace(listing, **parts), tuple(dict.fromkeys(changes)))


def can_be(listing: Listing) -> bool:
    """Tell whether safe fixes would change a block."""
    try:
        return bool(upgraded(listing).changes)
    except UpgradeError:
        return False


def _as_python(expression: str) -> str:
    """Return an expression with a point where ``package.module:name`` has a colon."""
    return re.sub(r"^(\s*[\w.]+):(?=[A-Za-z_])", r"\1.", expression)


def _as_written(expression: str, new: str) -> str:
    """Return an expression in today's form with the colon that it had, where that still stands at its place."""
    match = re.match(r"\s*[\w.]+:(?=[A-Za-z_])", expression)
    if match is None or not new.startswith(f"{match[0][:-1]}."):
        return new
    return f"{match[0]}{new[match.end() :]}"


def _lines(source: Source, new: str) -> tuple[int, ...]:
    """Return the line of the file that each line of the new code comes from."""
    before, after = source.text.split("\n"), new.split("\n")
    found: list[int] = []
    for _, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        found += [source.line + min(i1 + number, max(i2 - 1, i1)) for number in range(j2 - j1)]
    return tuple(found)


def _changes(old: str, new: str) -> Iterator[str]:
    """Yield what became of what, by the words of the code that are others."""
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    for _, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        was, became = "".join(before[i1:i2]).strip(), "".join(after[j1:j2]).strip()
        if was == became or "\n" in was + became:
            continue
        if re.fullmatch(r"\w+", was) and re.fullmatch(r"[\w.]+", became):
            yield f"{was} → {became}"
        elif re.search(r"\w", was) and not became:
            yield said("without {code}", code=was.strip(" ,"))
        elif not was and re.search(r"\w", became):
            yield said("with {code}", code=became.strip(" ,"))
