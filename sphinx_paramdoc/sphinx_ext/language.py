"""The words of a project's ``language``: the catalogues of its own ``locale_dirs``, and those of this package.

A catalogue is read as its translator wrote it, by what Sphinx compiles others with: so there is nothing to build before
a clone or an installed package shows its tables in German.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import NamedTuple

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from sphinx.config import Config

from sphinx_paramdoc.said import ENGLISH, Words
from sphinx_paramdoc.sphinx_ext.warnings import Warn, first_line, warn

CATALOGUE = "sphinx_paramdoc"
"""What a file of translations is called, before its ending."""

FOLDER = Path(__file__).parents[1] / "locale"
"""Where the catalogues are that come with the package."""


class Spoken(NamedTuple):
    """What the tables of a project are written in."""

    words: Words = ENGLISH
    files: tuple[Path, ...] = ()
    """The catalogues of the project's own, which pages with tables depend on."""


def spoken(config: Config, source: Path) -> Spoken:
    """Return the words of the language that ``conf.py`` chooses; what no catalogue knows stays English.

    :param source: the folder of ``conf.py``, which ``locale_dirs`` begin at.
    """
    own = [path for folder in config.locale_dirs for path in _files(source / folder, config.language)]
    read = [_read(path, config.language) for path in [*own, *_files(FOLDER, config.language)]]
    found = [catalogue for catalogue in read if catalogue]
    if not found:
        return Spoken(files=tuple(own))
    first, *others = found
    for each in others:
        first.translations.add_fallback(each.translations)
    places = {text: place for each in reversed(found) for text, place in each.places.items()}
    return Spoken(Words(_Checked(first.translations, places)), tuple(own))


def _files(folder: Path, language: str) -> Iterator[Path]:
    """Yield the catalogue of a language in a folder, then that of what it is a form of: ``de`` of ``de_AT``."""
    for name in dict.fromkeys((language, language.partition("_")[0])):
        path = folder / name / "LC_MESSAGES" / f"{CATALOGUE}.po"
        if path.is_file():
            yield path


class _Catalogue(NamedTuple):
    """A catalogue that has been read."""

    translations: gettext.GNUTranslations
    places: dict[str, str]
    """Each translation → ``file:line``."""


def _read(path: Path, language: str) -> _Catalogue | None:
    """Read a catalogue; warn of one that cannot be read, and return ``None``."""
    compiled = io.BytesIO()
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, language.partition("_")[0], abort_invalid=True)
        write_mo(compiled, catalogue)
        compiled.seek(0)
        places = {text: f"{path}:{message.lineno}" for message in catalogue for text in _texts(message.string)}
        return _Catalogue(gettext.GNUTranslations(compiled), places)
    except (OSError, ValueError, LookupError, PoFileError) as error:  # of Babel's there are several
        line = getattr(error, "lineno", 0) + 1
        warn(Warn.OPTION, f"these translations cannot be read ({first_line(error)})", f"{path}:{line}")
        return None


def _texts(translation: str | Iterable[str] | None) -> Iterable[str]:
    return (translation,) if isinstance(translation, str) else translation or ()


class _Checked:
    """Translations of which those are left out that have other placeholders than the English: they cannot be filled."""

    def __init__(self, translations: gettext.NullTranslations, places: Mapping[str, str]) -> None:
        self._translations = translations
        self._places = places
        self._known: dict[tuple[str, str], bool] = {}

    def gettext(self, message: str, /) -> str:
        found = self._translations.gettext(message)
        return found if found is message or self._fits(message, found) else message

    def ngettext(self, singular: str, plural: str, number: int, /) -> str:
        found = self._translations.ngettext(singular, plural, number)
        if found is singular or found is plural or self._fits(plural, found):
            return found
        return singular if number == 1 else plural

    def _fits(self, message: str, found: str) -> bool:
        known = self._known.get((message, found))
        if known is None:
            known = self._known[message, found] = placeholders(found) == placeholders(message)
            if not known:
                message = f"{found!r} has other placeholders than {message!r}, which stands in its place"
                warn(Warn.OPTION, message, self._places.get(found))
        return known


def placeholders(pattern: str) -> set[tuple[str, str]] | None:
    """Return the names of what is filled into a pattern, each with how it is written; ``None`` where it is none."""
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError:
        return None
    return {(name, f"{form}!{conversion}") for _, name, form, conversion in parts if name is not None}
