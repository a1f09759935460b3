"""``.. paramsummary::``: code → a table in the page."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from sphinx_paramdoc import execution, lint, table
from sphinx_paramdoc.config import CODE_POSITIONS
from sphinx_paramdoc.expectations import EXPECTATIONS, count, differences
from sphinx_paramdoc.rendering import nodes as rendering
from sphinx_paramdoc.warnings import Warn, warn


def _code_position(argument: str | None) -> str:
    return directives.choice(argument or "", CODE_POSITIONS)


class ParamSummary(SphinxDirective):
    """Run model-building code in a process of its own, and show the parameter table of the model."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[OptionSpec] = {
        "model": directives.unchanged_required,
        "caption": directives.unchanged_required,
        "name": directives.unchanged_required,
        "code": _code_position,
        **dict.fromkeys(EXPECTATIONS, count),
    }

    def run(self) -> list[nodes.Node]:
        """Give the table; where there is none, what went wrong."""
        misuse = self._misuse()
        if misuse:
            return self._failed(Warn.OPTION, misuse, self._line_of("model") if "model" in self.options else self.lineno)
        request = self._request()
        if self.config.paramdoc_lint:
            for finding in lint.outdated(request):
                warn(Warn.OUTDATED, f"{finding.code} {finding.message}", self._at(finding.line))
        response = execution.run(request)
        if isinstance(response, execution.Failure):
            return self._with_code(
                request, self._failed(Warn(response.kind), response.message, response.line, response)
            )
        return self._with_code(request, self._table(table.build(response.model)))

    def _misuse(self) -> str | None:
        """Say what is wrong with the way the directive is written."""
        if self.arguments and self.block_text.split("\n", 1)[0].rstrip().endswith("::"):
            return "code stands directly under the directive: leave a blank line before it"
        if self.arguments and "model" in self.options:
            return "an argument and :model: both say which model is meant: drop one of them"
        if not self.arguments and not self.content:
            return "there is no code: write it below a blank line, or write an expression behind the directive's name"
        return None

    def _request(self) -> execution.Request:
        file = self._file()
        model = self.options.get("model")
        return execution.Request(
            preamble=self.config.paramdoc_preamble,
            code=execution.Source("\n".join(self.content), file, self._content_line()) if self.content else None,
            expression=execution.Source(self.arguments[0], file, self._line()) if self.arguments else None,
            model=execution.Source(model, file, self._line_of("model")) if model else None,
            path=sys.path,
            directory=str(self.env.srcdir),
        )

    def _table(self, contents: table.Table) -> list[nodes.Node]:
        for option, message in differences(contents, self.options):
            warn(Warn.EXPECTATION, message, self._at(self._line_of(option)))
        shown = rendering.render(contents)
        self._entitle(next(node for node in shown if isinstance(node, nodes.table)))
        return list(shown)

    def _failed(
        self, subtype: Warn, message: str, line: int | None, failure: execution.Failure | None = None
    ) -> list[nodes.Node]:
        """Warn, and give what the page shows in the table's place."""
        line = line or self._line()
        details = list(_details(failure))
        warn(subtype, "\n".join([message, *details]), self._at(line))
        place = f"{Path(self._file()).name}, line {line}"
        shown = nodes.error("", nodes.paragraph("", f"This parameter table is missing ({place}): {message}"))
        shown += [nodes.literal_block(text, text, language="none") for text in details]
        shown["support_smartquotes"] = False
        if "caption" not in self.options:
            self.add_name(shown)
            return [shown]
        placeholder = rendering.placeholder(shown)
        self._entitle(placeholder)
        return [placeholder]

    def _entitle(self, shown: nodes.table) -> None:
        """Give a table its caption and its name, so that it is numbered and can be referred to."""
        self.set_source_info(shown)
        if "caption" in self.options:
            text, messages = self.parse_inline(self.options["caption"], lineno=self._line_of("caption"))
            title = nodes.title(self.options["caption"], "", *text, *messages)
            self.set_source_info(title)
            shown.insert(0, title)
        self.add_name(shown)

    def _with_code(self, request: execution.Request, shown: list[nodes.Node]) -> list[nodes.Node]:
        position = self.options.get("code") or self.config.paramdoc_code or ("above" if request.code else "none")
        source = request.code or request.expression
        if position == "none" or source is None:
            return shown
        code: nodes.Element = nodes.literal_block(source.text, source.text, language="python")
        code.source, code.line = source.file, source.line
        if position == "collapsed":
            title = nodes.title("", "Code", translatable=False)
            code = nodes.admonition("", title, code, classes=["paramdoc-code"], collapsible="closed")
        return [*shown, code] if position == "below" else [code, *shown]

    def _file(self) -> str:
        return self.get_source_info()[0]

    def _line(self) -> int:
        return self.get_source_info()[1]

    def _content_line(self) -> int:
        _, offset = self.content.items[0]
        return int(offset) + 1

    def _line_of(self, option: str) -> int:
        """Give the line that an option stands on."""
        lines = self.block_text.split("\n")
        return self._line() + next(
            (number for number, line in enumerate(lines) if re.match(rf"\s*:{option}:", line)), 0
        )

    def _at(self, line: int) -> str:
        return f"{self._file()}:{line}"


def _details(failure: execution.Failure | None) -> Iterator[str]:
    if failure and failure.traceback:
        yield f"Traceback:\n{failure.traceback.rstrip()}"
    if failure and failure.output.strip():
        yield f"The block wrote:\n{failure.output.rstrip()}"
