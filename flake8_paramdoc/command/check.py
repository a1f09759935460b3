"""One file: what is found in it, what is written anew, and what is left."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from flake8_paramdoc.command import files
from flake8_paramdoc.command.configuration import Configuration
from flake8_paramdoc.command.files import STDIN, File, UnreadableError
from flake8_paramdoc.command.noqa import is_silenced
from flake8_paramdoc.reading.keras_packages import is_about_keras

if TYPE_CHECKING:
    from flake8_paramdoc.edits.rounds import Outcome


@dataclass(frozen=True)
class Settings:
    """What is to be done with the files."""

    configuration: Configuration = field(default_factory=Configuration)
    target: int = 3
    fix: bool = False
    diff: bool = False
    unsafe: bool = False
    stdin_name: str = "stdin"

    @property
    def rewrites(self) -> bool:
        """Whether what can be is written anew."""
        return self.fix or self.diff


@dataclass(frozen=True)
class Left:
    """Something that is found, in the file as it is in the end."""

    line: int
    column: int
    """In characters; the first is 1."""
    code: str
    message: str
    fix: str = ""
    """How safe it is to write it anew: ``safe``, ``unsafe``, or empty where nothing is known to write."""


@dataclass(frozen=True)
class Checked:
    """What became of one file."""

    path: str
    left: tuple[Left, ...] = ()
    fixed: int = 0
    reasons: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """What may be different behind what is not safe and is written all the same, and on which lines of the new file."""
    trouble: str = ""
    """Why the file could not be read, or written."""
    passed: tuple[int, ...] = ()
    """The lines of what is not looked at, as it is brought into today's form whenever it runs."""
    raw: bytes = b""
    """The file as it was, where another is to be written, or where it was the standard input."""
    new: bytes | None = None


_PYTHON_2 = re.compile(
    r"^\s*(?:print\s+[^\s(=.,\[]|print\s*>>|exec\s+[\"'\w]|raise\s+\w[\w.]*\s*,\s*)|^\s*except\s+[\w.()]+(?:\s*,\s*\w+)\s*:"
    r"|\bur[\"']|<>|\b0\d+\b(?![.\w])|\b\d+[lL]\b|`[^`\n]+`|^\s*print\s*$",
    re.MULTILINE,
)
_SAID_OF_PYTHON_2 = (
    "Missing parentheses in call to",
    "multiple exception types must be parenthesized",
    "leading zeros in decimal integer",
    "invalid decimal literal",
    "inconsistent use of tabs",
)


def check(path: str, settings: Settings) -> Checked:
    """Check one file; of one that cannot be read, the reason is told."""
    try:
        file = files.read(path, settings.stdin_name)
    except UnreadableError as error:
        return Checked(settings.stdin_name if path == STDIN else path, trouble=str(error))
    if not is_about_keras(file.text):
        return Checked(file.path, raw=file.raw if path == STDIN else b"")
    try:
        return _checked(file, settings)
    except SyntaxError as error:
        return _not_parsed(file, error, settings)
    except ValueError as error:
        return Checked(file.path, trouble=f"cannot be read: {error}")


def _checked(file: File, settings: Settings) -> Checked:
    # Read with the first file that needs them: the tables take longer than many files that do not.
    from flake8_paramdoc.edits.documents import look, passed_over, rewritten
    from flake8_paramdoc.edits.rounds import Wanted
    from flake8_paramdoc.matching import Finding

    configuration = settings.configuration

    def is_selected(finding: Finding, text: str) -> bool:
        if not configuration.is_selected(finding.code, file.path):
            return False
        return configuration.disable_noqa or not is_silenced(text, finding.line, finding.code)

    is_package = Path(file.path).name == "__init__.py"
    wanted = Wanted(is_selected, settings.unsafe, settings.target, is_package)
    text, number, trouble = file.text, 0, ""
    reasons: dict[str, tuple[int, ...]] = {}
    new: bytes | None = None
    if settings.rewrites:
        outcome = rewritten(file.text, file.kind, wanted)
        trouble = outcome.trouble
        if outcome.text != file.text:
            try:
                new = file.encoded(outcome.text)
                text, number, reasons = outcome.text, len(outcome.fixed), _by_reason(outcome, file.text)
            except UnicodeEncodeError as error:
                trouble = f"is left as it is: {error}"
    seen = look(text, file.kind, wanted)
    left = tuple(
        Left(
            one.line,
            one.column + 1,
            one.code,
            one.message,
            seen.safeties[one].name.lower() if one in seen.safeties else "",
        )
        for one in seen.findings
    )
    raw = file.raw if settings.rewrites else b""
    return Checked(file.path, left, number, reasons, trouble, passed_over(text, file.kind), raw, new)


def _by_reason(outcome: Outcome, before: str) -> dict[str, tuple[int, ...]]:
    """Return the lines of each reason, in the file as it is in the end."""
    from flake8_paramdoc.edits.lines import origins

    if not outcome.reasons:
        return {}
    now = origins(outcome.text, before)
    lines: dict[str, list[int]] = {}
    for line, text in outcome.reasons:
        lines.setdefault(text, []).append(now[min(line, len(now)) - 1])
    return {text: tuple(sorted(set(several))) for text, several in lines.items()}


def _not_parsed(file: File, error: SyntaxError, settings: Settings) -> Checked:
    """Return what is said of a file that is no Python of today."""
    said = error.msg or "invalid syntax"
    if not (said.startswith(_SAID_OF_PYTHON_2) or _PYTHON_2.search(file.text)):
        return Checked(file.path, trouble=f"cannot be read: {said} (line {error.lineno})", raw=file.raw)
    if not settings.configuration.is_selected("KER302", file.path):
        return Checked(file.path)
    message = f"this is Python 2, and was not read: {said}; bring it to Python 3 first, with 2to3 or by hand"
    left = Left(error.lineno or 1, max(error.offset or 1, 1), "KER302", message)
    return Checked(file.path, (left,), raw=file.raw)
