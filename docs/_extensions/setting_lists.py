"""The manual's lists of settings, made from the code that declares them.

``.. paramdoc-values::`` lists what ``conf.py`` can say, ``.. paramdoc-options::`` the options of ``paramsummary``,
``.. paramdoc-list::`` those of ``paramlist``, ``.. paramdoc-difference::`` those of ``paramdiff``, and
``.. paramdoc-flags::`` those of the command. The settings that an argument names come first; the content stands below
the one that ``:below:`` names.
"""

from collections.abc import Callable
from itertools import groupby
from textwrap import indent
from typing import ClassVar

import msgspec
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata, OptionSpec

from sphinx_paramdoc.command.options import Command
from sphinx_paramdoc.notation.configuration import Configuration
from sphinx_paramdoc.notation.declaration import Setting, settings
from sphinx_paramdoc.notation.differences import DifferenceOptions
from sphinx_paramdoc.notation.model_lists import ListOptions
from sphinx_paramdoc.notation.settings import Options


def _value(setting: Setting) -> str:
    return f".. confval:: {setting.value_name}\n   :default: ``{setting.default!r}``\n"


def _option(setting: Setting) -> str:
    takes = setting.option.takes if setting.option else ""
    choices = " | ".join(f"``{word}``" for word in setting.choices)
    return " ".join(filter(None, [f"``:{setting.name}:``", choices, takes and f"*{takes}*"]))


def _flag(setting: Setting) -> str:
    assert setting.flag
    name = "" if setting.flag.is_positional else f"--{setting.name}"
    return f"``{' '.join(filter(None, [name, '|'.join(setting.choices), setting.flag.metavar]))}``"


class SettingList(SphinxDirective):
    """List settings with what they mean."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[OptionSpec] = {"below": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Return one definition for each setting; neighbours with the same meaning share one."""
        place, term, among = _LISTS[self.name]
        first = self.arguments[0].split() if self.arguments else []
        declared = [each for of in among for each in settings(of) if getattr(each, place)]
        declared.sort(key=lambda each: first.index(each.name) if each.name in first else len(first))
        lines: list[str] = []
        for meaning, neighbours in groupby(declared, lambda each: getattr(each, place).meaning):
            alike = list(neighbours)
            lines += [", ".join(map(term, alike)), indent(meaning, "   "), ""]
            if self.options.get("below") in [each.name for each in alike]:
                lines += [indent("\n".join(self.content), "   "), ""]
        return self.parse_text_to_nodes("\n".join(lines))


_LISTS: dict[str, tuple[str, Callable[[Setting], str], tuple[type[msgspec.Struct], ...]]] = {
    "paramdoc-values": ("value", _value, (Configuration, Options)),
    "paramdoc-options": ("option", _option, (Options,)),
    "paramdoc-list": ("option", _option, (ListOptions,)),
    "paramdoc-flags": ("flag", _flag, (Command, Options)),
    "paramdoc-difference": ("option", _option, (DifferenceOptions,)),
}
"""The name of a directive → where its settings are written, how each is written there, and what declares them."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives."""
    for name in _LISTS:
        app.add_directive(name, SettingList)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
