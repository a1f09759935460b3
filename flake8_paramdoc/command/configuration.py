"""flake8's own configuration, as far as it is about which files and codes.

Sources: flake8's documentation, "Configuring Flake8" and "Selecting and Ignoring Violations"; its modules
``options.config``, ``options.parse_args`` and ``style_guide``.
"""

from __future__ import annotations

import configparser
import fnmatch
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_FILES = ("setup.cfg", "tox.ini", ".flake8")
_SECTION = "flake8"

DEFAULT_EXCLUDE = (
    ".svn", "CVS", ".bzr", ".hg", ".git", "__pycache__", ".tox", ".nox", ".eggs", "*.egg", ".ipynb_checkpoints",
)  # fmt: skip
"""What is passed over where nothing else is said: flake8's own list, and the copies that Jupyter makes."""

DEFAULT_IGNORE = ("KER9",)
"""The codes that are off unless they are asked for."""

_CODE = re.compile(r"[A-Z]{1,3}[0-9]{0,3}")


class ConfigurationError(Exception):
    """A configuration file cannot be read, or says what is not known."""


@dataclass(frozen=True)
class Configuration:
    """What is said of files and codes; a tuple that is ``None`` is not said."""

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] | None = None
    extend_ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] | None = None
    extend_exclude: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())
    """For files that a pattern fits, codes that are off."""
    target: int | None = None
    disable_noqa: bool = False

    def is_selected(self, code: str, file: str) -> bool:
        """Tell whether a code is of interest in a file."""
        asked = (*(self.select or ()), *self.extend_select)
        ignored = [*(self.ignore or ()), *self.extend_ignore]
        for pattern, codes in self.per_file_ignores:
            if _fits(file, pattern):
                ignored += codes
        most = max((len(prefix) for prefix in asked if code.startswith(prefix)), default=-1)
        least = max((len(prefix) for prefix in ignored if code.startswith(prefix)), default=-1)
        if most >= 0:
            return most > least
        if self.select is not None:
            return False
        off = DEFAULT_IGNORE if self.ignore is None else ()
        return least < 0 and not code.startswith(tuple(off))

    def is_excluded(self, path: str) -> bool:
        """Tell whether a file or folder is to be passed over."""
        patterns = (*(DEFAULT_EXCLUDE if self.exclude is None else self.exclude), *self.extend_exclude)
        return any(_fits(path, pattern) for pattern in patterns)


def _fits(path: str, pattern: str) -> bool:
    full = Path(path).absolute()
    return fnmatch.fnmatch(full.name, pattern) or fnmatch.fnmatch(os.path.normpath(full), pattern)


def patterns(text: str, folder: str) -> tuple[str, ...]:
    """Return the patterns of a list of files; those with a folder in them are told from ``folder``."""
    return tuple(_pattern(word, folder) for word in words(text))


def _pattern(word: str, folder: str) -> str:
    return os.path.normpath(Path(folder, word)) if "/" in word else word


def words(text: str) -> tuple[str, ...]:
    """Return the words of a list that is parted by commas or blanks."""
    return tuple(word for word in re.split(r"[,\s]+", text) if word)


def read(start: Path) -> Configuration:
    """Return what the nearest configuration of flake8 says, from a folder upwards; an empty one where there is none.

    :raises ConfigurationError: where it cannot be read.
    """
    home = Path.home()
    for folder in (start, *start.parents):
        for name in _FILES:
            file = folder / name
            parser = configparser.RawConfigParser()
            try:
                if file.is_file() and parser.read(file, encoding="utf-8") and parser.has_section(_SECTION):
                    return _configuration(dict(parser.items(_SECTION)), folder, file)
            except (UnicodeDecodeError, configparser.Error) as error:
                if name == ".flake8" or "[flake8" in str(error):
                    raise ConfigurationError(f"{file}: {error}") from None
        if folder == home:
            break
    return Configuration()


def _configuration(said: dict[str, str], folder: Path, file: Path) -> Configuration:
    said = {name.replace("_", "-"): _without_comments(value) for name, value in said.items()}

    def codes(name: str) -> tuple[str, ...]:
        return words(said.get(name, ""))

    select = codes("select") if "select" in said else None
    if select is not None and not any(code.startswith("K") for code in select):
        select = None  # it speaks of flake8's other codes, and there are none here
    target = said.get("keras-target", "").strip() or None
    if target not in (None, "2", "3"):
        raise ConfigurationError(f"{file}: keras-target is {target!r}: it must be 2 or 3")
    return Configuration(
        select=select,
        extend_select=codes("extend-select"),
        ignore=codes("ignore") if "ignore" in said else None,
        extend_ignore=codes("extend-ignore"),
        exclude=patterns(said["exclude"], str(folder)) if "exclude" in said else None,
        extend_exclude=patterns(said.get("extend-exclude", ""), str(folder)),
        per_file_ignores=tuple(_per_file(said.get("per-file-ignores", ""), str(folder))),
        target=int(target) if target else None,
        disable_noqa=said.get("disable-noqa", "").strip().lower() in ("1", "true", "yes", "on"),
    )


def _without_comments(value: str) -> str:
    return "\n".join(line.partition(" #")[0] if not line.strip().startswith("#") else "" for line in value.split("\n"))


def _per_file(text: str, folder: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the patterns of files, each with its codes."""
    files: list[str] = []
    codes: list[str] = []
    behind_colon = False
    for word in re.findall(r"[^\s,:]+|:", text):
        if word == ":":
            behind_colon = True
        elif behind_colon and _CODE.fullmatch(word):
            codes.append(word)
        else:
            if behind_colon:
                yield from _each(files, codes, folder)
                files, codes, behind_colon = [], [], False
            files.append(word)
    if behind_colon:
        yield from _each(files, codes, folder)


def _each(files: Sequence[str], codes: Sequence[str], folder: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for file in files:
        yield _pattern(file, folder), tuple(codes)
