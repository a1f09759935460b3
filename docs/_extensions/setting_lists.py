"""The manual's lists of settings, made from the code that declares them.

``.. paramdoc-values::`` lists what ``conf.py`` can say, ``.. paramdoc-options::`` the options of the directive, and
``.. paramdoc-flags::`` those of the command. The settings that an argument names come first; the content stands below
the one that ``:below:`` names.
"""

from collections.abc import Iterator
from itertools import groupby
from textwrap import indent
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata, OptionSpec

from sphinx_paramdoc.__main__ import Command
from sphinx_paramdoc.notation.declaration import Setting, settings
from sphinx_paramdoc.notation.settings import Configuration, Options


class _SettingList(SphinxDirective):
    """List settings with what they mean."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[OptionSpec] = {"below": directives.unchanged_required}
    among: ClassVar[tuple[type, ...]]
    """What declares the settings."""

    def run(self) -> list[nodes.Node]:
        """Return one definition for each setting; neighbours with the same meaning share one."""
        first = self.arguments[0].split() if self.arguments else []
        declared = [each for among in self.among for each in settings(among) if self.meaning(each)]
        declared.sort(key=lambda each: first.index(each.name) if each.name in first else len(first))
        lines: list[str] = []
        for meaning, neighbours in groupby(declared, self.meaning):
            alike = list(neighbours)
            lines += [*self.head(alike), indent(meaning, "   "), ""]
            if self.options.get("below") in [each.name for each in alike]:
                lines += [indent("\n".join(self.content), "   "), ""]
        return self.parse_text_to_nodes("\n".join(lines))

    def meaning(self, setting: Setting) -> str:
        """Return what the manual says of a setting in this list; '' where it is none of it."""
        raise NotImplementedError

    def head(self, alike: list[Setting]) -> Iterator[str]:
        """Yield the lines that stand before the meaning of settings."""
        yield ", ".join(map(self.term, alike))

    def term(self, setting: Setting) -> str:
        """Return how a setting is written."""
        raise NotImplementedError


class Values(_SettingList):
    """List the values of ``conf.py``, each with its default."""

    among = (Configuration, Options)

    def meaning(self, setting: Setting) -> str:
        """Return what the manual says of a value."""
        return setting.value.meaning if setting.value else ""

    def head(self, alike: list[Setting]) -> Iterator[str]:
        """Yield the begin of a ``confval`` directive."""
        for setting in alike:
            yield from (f".. confval:: {setting.value_name}", f"   :default: ``{setting.default!r}``", "")


class DirectiveOptions(_SettingList):
    """List the options of the directive."""

    among = (Options,)

    def meaning(self, setting: Setting) -> str:
        """Return what the manual says of an option."""
        return setting.option.meaning if setting.option else ""

    def term(self, setting: Setting) -> str:
        """Return how an option is written."""
        takes = setting.option.takes if setting.option else ""
        choices = " | ".join(f"``{word}``" for word in setting.choices)
        return " ".join(filter(None, [f"``:{setting.name}:``", choices, takes and f"*{takes}*"]))


class Flags(_SettingList):
    """List the options of the command."""

    among = (Command, Options)

    def meaning(self, setting: Setting) -> str:
        """Return what the manual says of a flag."""
        return setting.flag.meaning if setting.flag else ""

    def term(self, setting: Setting) -> str:
        """Return how a flag is written."""
        assert setting.flag
        name = "" if setting.flag.is_positional else f"--{setting.name}"
        return f"``{' '.join(filter(None, [name, '|'.join(setting.choices), setting.flag.metavar]))}``"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives."""
    app.add_directive("paramdoc-values", Values)
    app.add_directive("paramdoc-options", DirectiveOptions)
    app.add_directive("paramdoc-flags", Flags)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
