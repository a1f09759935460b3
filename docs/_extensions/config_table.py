"""``.. paramdoc-config::``: the table of configuration values, made from the code that declares them."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from sphinx_paramdoc.sphinx_ext.config import VALUES


class ConfigTable(SphinxDirective):
    """List every value with its default and what it means."""

    def run(self) -> list[nodes.Node]:
        """Return one definition for each value, as ``confval`` directives."""
        lines: list[str] = []
        for value in VALUES:
            lines += [
                f".. confval:: {value.name}",
                f"   :default: ``{value.default!r}``",
                "",
                f"   {value.meaning}",
                "",
            ]
        return self.parse_text_to_nodes("\n".join(lines))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("paramdoc-config", ConfigTable)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
