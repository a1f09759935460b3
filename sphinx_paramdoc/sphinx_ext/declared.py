"""The directives as Sphinx knows them: what an author can write. What makes tables of it comes with the first one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from sphinx_paramdoc.notation import declaration
from sphinx_paramdoc.notation.settings import Options
from sphinx_paramdoc.sphinx_ext.names import COVERED


class _AnyOption(dict[str, Callable[[str], Any]]):
    """Takes whatever is written: docutils drops a block with a wrong option; here it is shown, with what is wrong."""

    def __missing__(self, _name: str) -> Callable[[str], Any]:
        return directives.unchanged


class ParamSummary(SphinxDirective):
    """``.. paramsummary::``."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[OptionSpec] = _AnyOption(dict.fromkeys(declaration.options(Options), directives.unchanged))

    def run(self) -> list[nodes.Node]:
        """Return what makes the table of it gives."""
        from sphinx_paramdoc.sphinx_ext import directive

        return directive.ParamSummary(*_written(self)).run()


class ParamList(SphinxDirective):
    """``.. paramlist::``."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[OptionSpec] = _AnyOption(caption=directives.unchanged)  # MyST reads none where it is empty

    def run(self) -> list[nodes.Node]:
        """Return what makes the table of it gives."""
        from sphinx_paramdoc.sphinx_ext import model_list

        return model_list.ParamList(*_written(self)).run()


class ParamDiff(SphinxDirective):
    """``.. paramdiff::``."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[OptionSpec] = _AnyOption(caption=directives.unchanged)

    def run(self) -> list[nodes.Node]:
        """Return what makes the table of it gives."""
        from sphinx_paramdoc.sphinx_ext import difference

        return difference.ParamDiff(*_written(self)).run()


class AutodocSummary(SphinxDirective):
    """The table of a documented object, by what ``paramdoc_autodoc`` says of it."""

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[OptionSpec] = {COVERED: directives.flag}

    def run(self) -> list[nodes.Node]:
        """Return what makes the tables of it gives."""
        from sphinx_paramdoc.sphinx_ext import autodoc

        return autodoc.AutodocSummary(*_written(self)).run()


def _written(directive: SphinxDirective) -> tuple[Any, ...]:
    """Return all that docutils tells a directive, for another one that reads it."""
    return (
        directive.name,
        directive.arguments,
        directive.options,
        directive.content,
        directive.lineno,
        directive.content_offset,
        directive.block_text,
        directive.state,
        directive.state_machine,
    )
