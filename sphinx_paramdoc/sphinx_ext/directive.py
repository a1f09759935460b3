"""``.. paramsummary::``: code → a table in the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.errors import SphinxError
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from sphinx_paramdoc import execution, facts, table
from sphinx_paramdoc.explanation import proof
from sphinx_paramdoc.notation import lint, options
from sphinx_paramdoc.rendering import legend as legend_rendering
from sphinx_paramdoc.rendering import nodes as rendering
from sphinx_paramdoc.sphinx_ext import build, roles, state, written_at
from sphinx_paramdoc.sphinx_ext.warnings import Warn, first_line, is_suppressed, warn
from sphinx_paramdoc.table import legend
from sphinx_paramdoc.table.expectations import differences


class _AnyOption(dict[str, Callable[[str], Any]]):
    """Takes whatever is written: docutils drops a block with a wrong option; here it is shown, with what is wrong."""

    def __missing__(self, _name: str) -> Callable[[str], Any]:
        return directives.unchanged


class ParamSummary(SphinxDirective):
    """Run model-building code in a process of its own, and show the parameter table of the model."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[OptionSpec] = _AnyOption(dict.fromkeys(options.OPTIONS, directives.unchanged))

    def run(self) -> list[nodes.Node]:
        """Return the table; where there is none, what went wrong."""
        if self._is_listed_only():
            return [nodes.comment()]  # what is wanted is the first sentence, and a node
        self._model: facts.Model | None = None
        shown = self._show()
        roles.make_quotable(self.env, shown, self._model, self._at(self._line()))
        return shown

    def _show(self) -> list[nodes.Node]:
        self._place = self._where()
        self._code = self._read_code()
        has_model = self._code is not None or bool(self._place.own)
        try:
            self.options = options.read(self.options, self.arguments, has_model, self._begins_directly())
        except options.MisuseError as misuse:
            return self._with_code(self._failed(Warn.OPTION, str(misuse), self._line_of(misuse.option)))
        listing = self._listing()
        outdated = list(lint.outdated(listing)) if self.config.paramdoc_lint else []
        for finding in outdated:
            self._warn(Warn.OUTDATED, f"{finding.code} {finding.message}", self._at(finding.line))
        try:
            return self._answered(listing, [f"Line {each.line}: {each.code} {each.message}" for each in outdated])
        except SphinxError:  # a warning that is to end the build, most of all
            raise
        except Exception as error:  # whatever a model may be, the other tables are made
            self._model = None
            return self._with_code(self._failed(Warn.MODEL, f"this table cannot be made ({first_line(error)})"))

    def _answered(self, listing: execution.Listing, details: Sequence[str]) -> list[nodes.Node]:
        """Return what the page shows of the answer to the block, which is recorded once there is a table."""
        answer = build.of(self.env).answer(listing, build.Wish.of(self.options), self.env.docname)
        for file in answer.files:
            self.env.note_dependency(file)
        if isinstance(answer.response, execution.Success):
            if answer.trouble:
                self._warn(Warn.STALE, answer.trouble, self._at(self._line()))
            model = answer.response.model
            for complaint in proof.unproven_explainers(model):
                self._warn(Warn.MODEL, complaint, self._at(self._line()))
            contents = table.build(model, unfold="unfold" in self.options)
            shown = self._with_code([*self._table(contents), *self._legend(model, contents)])
            self._model = model
            if trouble := build.of(self.env).keep(answer):
                self._warn(Warn.RECORDS, trouble, self._at(self._line()))
            return shown
        if answer.response is None:
            return self._with_code(self._failed(Warn.STALE, answer.trouble) if answer.trouble else self._not_run())
        shown = self._failed(Warn(answer.response.kind), answer.response.message, None, answer.response, details)
        return self._with_code(shown)

    def _is_listed_only(self) -> bool:
        """Tell whether a table of objects asks for the begin of a docstring, which autosummary does twice."""
        return written_at.is_listed_only(self.state.document, self.get_source_info()[0])

    def _where(self) -> written_at.WrittenAt:
        """Return where the block is written."""
        source, line = self.get_source_info()
        if source != str(self.env.doc2path(self.env.docname)):
            lines = getattr(self.state_machine, "input_lines", None)  # MyST has none, and counts rightly
            line += written_at.cut_by_include(lines, source, line)
        return written_at.directive(self.env, source, line, self.block_text)

    def _begins_directly(self) -> bool:
        """Tell whether what docutils takes for an argument stands below the directive's name, not behind it."""
        return bool(self.arguments) and self.block_text.split("\n", 1)[0].rstrip().endswith("::")

    def _listing(self) -> execution.Listing:
        file, line = self._file(), self._line()
        model = self.options.get("model")
        expression = self._expression()
        return execution.Listing(
            preamble=self.config.paramdoc_preamble,
            module=self._place.module,
            code=self._code,
            expression=execution.Source(expression, file, line) if expression else None,
            model=execution.Source(model, file, self._line_of("model")) if model else None,
        )

    def _expression(self) -> str:
        """Return the expression of the model, or ''; in a docstring without one, that of the documented object."""
        if self.arguments:
            return self.arguments[0]
        return self._place.own if self._code is None and "model" not in self.options else ""

    def _table(self, contents: table.Table) -> list[nodes.Node]:
        for option, message in differences(contents, self.options):
            self._warn(Warn.EXPECTATION, message, self._at(self._line_of(option)))
        if contents.not_built:
            message = f"the total lacks layers that are not built: {', '.join(contents.not_built)}"
            self._warn(Warn.MODEL, message, self._at(self._line()))
        shown = rendering.render(contents, self._depth())
        self._entitle(next(node for node in shown if isinstance(node, nodes.table)))
        return list(shown)

    def _legend(self, model: facts.Model, contents: table.Table) -> list[nodes.Node]:
        if not self.options.get("legend", self.config.paramdoc_legend):
            return []
        return legend_rendering.render(legend.entries(model, contents, contents.down_to(self._depth())))

    def _depth(self) -> int:
        depth: int = self.options.get("depth", self.config.paramdoc_depth)
        return depth

    def _failed(
        self,
        subtype: Warn,
        message: str,
        line: int | None = None,
        failure: execution.Failure | None = None,
        details: Sequence[str] = (),
    ) -> list[nodes.Node]:
        """Warn, and give what the page shows in the table's place.

        :param details: what the page says besides, and the log has said already.
        """
        context = []
        if failure:
            listing = self._listing()
            _, line = listing.location(failure) or (None, line)
            context = list(_context(failure, listing.traceback(failure, Path(self._file()).name)))
        line = line or self._line()
        self._warn(subtype, "\n".join([message, *context]), self._at(line))
        place = f"{Path(self._file()).name}, line {line}"
        shown = nodes.error("", classes=["paramdoc-missing"], support_smartquotes=False)
        for text in (f"This parameter table is missing ({place}): {message}", *details):
            shown += nodes.paragraph("", text, translatable=False)
        shown += [nodes.literal_block(text, text, language="none") for text in context]
        return self._in_place_of_table(shown)

    def _not_run(self) -> list[nodes.Node]:
        """Return the note that stands in the table's place where nothing was to be run."""
        shown = nodes.note("", classes=["paramdoc-missing"])
        shown += nodes.paragraph("", "This parameter table is left out: no code was run.", translatable=False)
        return self._in_place_of_table(shown)

    def _in_place_of_table(self, shown: nodes.Element) -> list[nodes.Node]:
        if "caption" not in self.options:
            self._name(shown)
            return [shown]
        placeholder = rendering.placeholder(shown)
        self._entitle(placeholder)
        return [placeholder]

    def _entitle(self, shown: nodes.table) -> None:
        """Put on a table its caption and its name, so that it is numbered and can be referred to."""
        self.set_source_info(shown)
        if "caption" in self.options:
            line = self.lineno + self._offset_of("caption")
            text, messages = self.parse_inline(self.options["caption"], lineno=line)
            title = nodes.title(facts.printable(self.options["caption"], "\n"), "", *text, *messages)
            for part in list(title.findall(nodes.Text)):
                if part.parent is not None:
                    part.parent.replace(part, nodes.Text(facts.printable(part.astext(), "\n")))
            self.set_source_info(title)
            shown.insert(0, title)
        self._name(shown)

    def _name(self, shown: nodes.Element) -> None:
        """Put on a node its label, unless a docstring that several objects of the page share has given it already."""
        label = (self.options.get("name"), self._file(), self._line())
        named: list[tuple[Any, str, int]] | None = self.env.current_document.setdefault("paramdoc labels", [])
        assert named is not None
        if label not in named or not self._place.is_found:
            named.append(label)
            self.add_name(shown)

    def _with_code(self, shown: list[nodes.Node]) -> list[nodes.Node]:
        position = self.options.get("code") or self.config.paramdoc_code or ("above" if self._code else "none")
        text = (self._code.text if self._code else self._expression()).encode("utf-8", "backslashreplace").decode()
        if position == "none" or not text:
            return shown
        code: nodes.Element = nodes.literal_block(text, text, language="python")
        self.set_source_info(code)
        if position == "collapsed":
            title = nodes.title("", "Code", translatable=False)
            code = nodes.admonition("", title, code, classes=["paramdoc-code"], collapsible="closed")
        return [*shown, code] if position == "below" else [code, *shown]

    def _read_code(self) -> execution.Source | None:
        if not self.content:
            return None
        _, offset = self.content.items[0]
        line = int(offset) + 1 + self._line() - self.get_source_info()[1]
        if line <= self._line():  # MyST counts from the fence
            lines = [text.strip() for text in self.block_text.split("\n")]
            content = [text.strip() for text in self.content]
            starts = (i for i in range(1, len(lines)) if lines[i : i + len(content)] == content)
            line = self._line() + next(starts, 0)
        return execution.Source("\n".join(self.content), self._file(), self._place.below(list(self.content)) or line)

    def _warn(self, subtype: Warn, message: str, location: str) -> None:
        """Warn, and see to it that the next build warns again."""
        if not is_suppressed(subtype, self.config.suppress_warnings):
            state.of(self.env).page(self.env.docname).has_warned = True
        warn(subtype, message, location)

    def _file(self) -> str:
        return self._place.file

    def _line(self) -> int:
        return self._place.line

    def _line_of(self, option: str) -> int:
        """Return the line that an option stands on."""
        return self._line() + self._offset_of(option)

    def _offset_of(self, option: str) -> int:
        """Return how many lines an option stands below the directive's first one."""
        # Between colons, or as MyST has it also without the first: option: value
        written = re.compile(rf"\s*:?{re.escape(option)}:")
        lines = self.block_text.split("\n")
        return next((number for number, line in enumerate(lines) if option and written.match(line)), 0)

    def _at(self, line: int) -> str:
        return f"{self._file()}:{line}"


def _context(failure: execution.Failure, traceback: str) -> Iterator[str]:
    if traceback:
        yield f"Traceback:\n{traceback.rstrip()}"
    if failure.output.strip():
        yield f"The block wrote:\n{failure.output.rstrip()}"
