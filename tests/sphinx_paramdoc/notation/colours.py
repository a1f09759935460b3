"""A setting that takes several words, as a project's own could."""

from __future__ import annotations

from dataclasses import dataclass

from sphinx_paramdoc.notation import values
from sphinx_paramdoc.notation.declaration import ConfigValue, Flag, Option, setting
from sphinx_paramdoc.notation.settings import Options


@dataclass(frozen=True, kw_only=True)
class Coloured(Options):
    colours: tuple[str, ...] = setting(
        (),
        values.one_of("red", "green", "blue"),
        takes_words=True,
        option=Option("The colours.", "colours"),
        value=ConfigValue("The colours of all tables."),
        flag=Flag("the colours", "COLOUR", "The colours."),
    )
