"""A setting that takes several words, as a project's own could."""

from typing import Annotated

from sphinx_paramdoc.notation import values
from sphinx_paramdoc.notation.declaration import ConfigValue, Flag, Option, Setting
from sphinx_paramdoc.notation.settings import Options


class Coloured(Options, frozen=True, kw_only=True):
    colours: Annotated[
        tuple[str, ...],
        Setting(
            values.one_of("red", "green", "blue"),
            takes_words=True,
            option=Option("The colours.", "colours"),
            value=ConfigValue("The colours of all tables."),
            flag=Flag("the colours", "COLOUR", "The colours."),
        ),
    ] = ()
