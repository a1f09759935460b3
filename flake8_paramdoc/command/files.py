"""Files: which ones are meant, how they are read, and how they are written whole or not at all."""

from __future__ import annotations

import codecs
import os
import shutil
import sys
import tempfile
import tokenize
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from flake8_paramdoc.command.configuration import Configuration
from flake8_paramdoc.edits.documents import Kind

STDIN = "-"
_SUFFIXES = tuple(kind.value for kind in Kind)


class UnreadableError(Exception):
    """A file cannot be read, for the reason that is said."""


@dataclass(frozen=True)
class File:
    """A file as it was read."""

    path: str
    """As it was given, or found below a folder that was."""
    text: str
    encoding: str
    raw: bytes

    @property
    def kind(self) -> Kind:
        """What it is."""
        return Kind.of(self.path)

    def encoded(self, text: str) -> bytes:
        """Return another text in the bytes that this file is written in.

        :raises UnicodeEncodeError: where its encoding has no letter for something.
        """
        return text.encode(self.encoding)


def found(paths: Sequence[str], configuration: Configuration) -> Iterator[str]:
    """Yield the files that paths mean: each file itself, and of a folder all that may hold Python."""
    seen: set[str] = set()
    for path in paths:
        for file in _below(path, configuration):
            if file not in seen:
                seen.add(file)
                yield file


def _below(path: str, configuration: Configuration) -> Iterator[str]:
    if path == STDIN:
        yield path
        return
    if configuration.is_excluded(path) and Path(path).absolute() != Path.cwd():
        return
    if not Path(path).is_dir():
        yield path
        return
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if not configuration.is_excluded(str(Path(folder, name))))
        for name in sorted(files):
            file = os.path.normpath(Path(folder, name))
            if name.lower().endswith(_SUFFIXES) and not configuration.is_excluded(file):
                yield file


def read(path: str, shown: str | None = None) -> File:
    """Read a file, in the encoding that it names.

    :param shown: what the standard input is called.
    :raises UnreadableError: where it cannot be.
    """
    try:
        if path == STDIN:
            raw, path = sys.stdin.buffer.read(), shown or "stdin"
        else:
            raw = Path(path).read_bytes()
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror or error}") from None
    return decoded(raw, path)


def decoded(raw: bytes, path: str) -> File:
    """Return a file with these bytes.

    :raises UnreadableError: where they are no text.
    """
    try:
        if Kind.of(path) is Kind.PYTHON:
            encoding, _ = tokenize.detect_encoding(iter(raw.splitlines(keepends=True)).__next__)
        else:
            encoding = "utf-8-sig" if raw.startswith(codecs.BOM_UTF8) else "utf-8"
        return File(path, raw.decode(encoding), encoding, raw)
    except (SyntaxError, UnicodeDecodeError, LookupError) as error:
        raise UnreadableError(f"cannot be read: {error}") from None


def write(path: str, raw: bytes) -> None:
    """Write a file whole, or leave it as it is; its mode stays, and what links to it still does.

    :raises OSError: where it cannot be written.
    """
    target = Path(path).resolve()
    descriptor, name = tempfile.mkstemp(prefix=".keras-modernize-", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(raw)
            opened.flush()
            os.fsync(opened.fileno())
        shutil.copymode(target, name)
        status = target.stat()
        if hasattr(os, "chown"):
            with suppress(OSError):  # who owns it may not give it away
                os.chown(name, status.st_uid, status.st_gid)
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
