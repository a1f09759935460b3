"""``.. paramlist::``: several models → a row for each in one table of the page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.errors import SphinxError

from flake8_paramdoc.texts.directives import Piece
from sphinx_paramdoc import execution, table
from sphinx_paramdoc.explanation import proof
from sphinx_paramdoc.notation import model_lists
from sphinx_paramdoc.notation.model_lists import Context, ListOptions, Row
from sphinx_paramdoc.notation.options import MisuseError
from sphinx_paramdoc.rendering.models import nodes as rendering
from sphinx_paramdoc.said import said
from sphinx_paramdoc.sphinx_ext import asking, failure, quotations
from sphinx_paramdoc.sphinx_ext.entitling import Entitling
from sphinx_paramdoc.sphinx_ext.running import RunningDirective
from sphinx_paramdoc.sphinx_ext.state import Outcome
from sphinx_paramdoc.sphinx_ext.warnings import Warn, first_line
from sphinx_paramdoc.table import models
from sphinx_paramdoc.table.models import ModelRow

if TYPE_CHECKING:
    from flake8_paramdoc.matching import Finding
    from sphinx_paramdoc.law import Law


class ParamList(RunningDirective):
    """Run the code of several models, each in a process of its own, and show a row for each."""

    def run(self) -> list[nodes.Node]:
        """Return the table; where there is none, what went wrong."""
        if self._is_listed_only():
            return [nodes.comment()]
        self._begin()
        slips: list[MisuseError] = []
        try:
            self._asked = self._read(slips)
            rows = model_lists.rows(self._builder, self._lines(), self._asked, self._context())
        except MisuseError as error:
            return self._missing(error)
        for slip in slips:
            self._warn(Warn.OPTION, str(slip), self._line_of(slip.option))
        self._blamed: set[tuple[str, str]] = set()
        self._build.ahead(self._build.known.job(row.listing, row.options) for row in rows if not row.misuse)
        made = [self._row(row, rows) for row in rows]
        if not self._build.makes_pages:
            return [nodes.comment()]
        shown = self._table(made, rows)
        quotations.make_quotable(self.env, shown, quotations.Shown(self._place_of_table(), models=made))
        return shown

    # What is asked for

    @property
    def _builder(self) -> str:
        return self.arguments[0].strip() if self.arguments else ""

    def _read(self, slips: list[MisuseError]) -> ListOptions:
        begins_directly = bool(self.arguments) and self.block_text.split("\n", 1)[0].rstrip().endswith("::")
        return model_lists.read(self.options, self._build.known.says.options, slips, begins_directly)

    def _lines(self) -> list[Piece]:
        """Return the content, each line of it with its number in the file."""
        begin = asking.first_line(self, self._at) if self.content else 0
        return [Piece(begin + number, 0, text) for number, text in enumerate(self.content)]

    def _context(self) -> Context:
        says = self._build.known.says
        return Context(
            options=says.options,
            preamble=says.preamble,
            module=self._at.module,
            file=self._at.file,
            line_of=lambda line: line,
        )

    def _line_of(self, option: str) -> int:
        return self._at.line + asking.offset(self.block_text, option)

    def _place_of_table(self) -> str:
        return f"{self._at.file}:{self._at.line}"

    # What there is to show

    def _row(self, row: Row, rows: Sequence[Row]) -> ModelRow:
        """Return the row of a model, and warn of what is wrong with it."""
        for line, slip in row.slips:
            self._warn(Warn.OPTION, str(slip), line)
        if row.misuse:
            subtype = Warn.OPTION if isinstance(row.misuse, MisuseError) else Warn.EXECUTION
            return self._without(row, subtype, str(row.misuse), row.misuse_line)
        try:
            return self._answered(row, rows)
        except SphinxError:  # a warning that is to end the build, most of all
            raise
        except Exception as error:  # whatever a model may be, the other rows are made
            return self._without(row, Warn.MODEL, f"this row cannot be made ({first_line(error)})", row.line)

    def _answered(self, row: Row, rows: Sequence[Row]) -> ModelRow:
        build, listing = self._build, row.listing
        findings = self._findings_of(row)
        answer = build.answer(listing, row.options, self.env.docname)
        self._note_dependencies(answer)
        response = answer.response
        if isinstance(response, execution.Failure):
            told = self._tell(response, listing, findings, row.line)
            return self._failed(row, told.message, told.line)
        if answer.outcome is not Outcome.LEFT:
            self._warn_of(findings, listing)
        if response is None:
            if answer.trouble and model_lists.has_settings(self._asked):
                build.leave_settings(build.known.job(listing, row.options))
            if answer.trouble:
                return self._without(row, Warn.STALE, answer.trouble, row.line)
            return ModelRow(name=row.name, expression=row.written, missing=said("left out: no code was run"))
        if answer.trouble:
            self._warn(Warn.STALE, answer.trouble, row.line)
        key = build.known.records.key(build.known.job(listing, row.options).request)
        contents = table.build(response.model, law=self._law(row, rows, response))
        self._warn_of_model(row, response, contents)
        if trouble := build.keep(answer):
            self._warn(Warn.RECORDS, trouble, row.line)
        return models.row(row.name, row.written, response.model, contents, key)

    def _findings_of(self, row: Row) -> list[Finding]:
        """Return what of a row is written for an older Keras; of the builder, which all rows share, once."""
        expression = row.listing.expression
        assert expression
        from flake8_paramdoc.matching import Finding  # its tables are read with the first block that is linted

        found = self._findings(row.listing)
        if not self._builder:
            return found
        first, ends = expression.line, len(expression.text.split("\n", 1)[0]) - len(row.written.split("\n", 1)[0])
        kept = []
        for finding in found:
            if finding.line == first and finding.column < ends - 1:
                if (blamed := (finding.code, finding.message)) in self._blamed:
                    continue
                self._blamed.add(blamed)
                finding = Finding(finding.code, finding.message, self._at.line, finding.column)
            kept.append(finding)
        return kept

    def _fix(self, findings: Sequence[Finding], listing: execution.Listing) -> str:
        """Say nothing of what cannot write it anew: what a builder is given in each line is no code by itself."""
        way_out = super()._fix(findings, listing)
        return " (the option :upgrade: writes it anew as the block runs)" if way_out and self._builder else way_out

    def _warn_of_model(self, row: Row, response: execution.Success, contents: table.Table) -> None:
        for complaint in proof.unproven_explainers(response.model):
            self._warn(Warn.MODEL, complaint, row.line)
        if contents.not_built:
            self._warn(
                Warn.MODEL, f"the total lacks layers that are not built: {', '.join(contents.not_built)}", row.line
            )
        for message in contents.untracked:
            self._warn(Warn.UNTRACKED, message, row.line)

    def _law(self, row: Row, rows: Sequence[Row], given: execution.Success) -> Law | None:
        """Return the count in the arguments of the call of a row, where the table shows that."""
        names = model_lists.varied(self._asked, rows, given.arguments)
        if names is None:
            return None
        return self._law_of(names, row.listing, row.options, given, row.line)

    def _without(self, row: Row, subtype: Warn, message: str, line: int) -> ModelRow:
        self._warn(subtype, message, line)
        self._build.has_failed = True
        return self._failed(row, message, line)

    def _failed(self, row: Row, message: str, line: int) -> ModelRow:
        return ModelRow(
            name=row.name, expression=row.written, missing=models.missing(message, Path(self._at.file).name, line)
        )

    # What is shown

    def _entitling(self, looks: ListOptions) -> Entitling:
        return Entitling(self, self._at, self.block_text, looks)

    def _table(self, made: list[ModelRow], rows: Sequence[Row]) -> list[nodes.Node]:
        known, asked = self._build.known, self._asked
        is_left_out = known.shows_no_tables and not any(each.table for each in made)
        if known.says.execute == "off" or is_left_out:
            return self._entitling(asked).in_place_of_table(failure.not_run(known.words))
        told = [(row.name, row.upgraded.said) for row in rows if row.upgraded and row.upgraded.said]
        names = model_lists.columns(asked)
        contents = models.build(made, names, told)
        given = dict(zip(names, asked.widths, strict=True)) if isinstance(asked.widths, tuple) else {}
        widths = [given[column.name] for column in contents.columns if column.name in given]
        shown = rendering.render(contents, widths, known.words)
        self._entitling(asked).entitle(next(node for node in shown if isinstance(node, nodes.table)))
        return shown

    def _missing(self, error: MisuseError) -> list[nodes.Node]:
        """Warn that there is no table, and return what the page shows in its place."""
        line = self._line_of(error.option)
        self._warn(Warn.OPTION, str(error), line)
        self._build.has_failed = True
        looks = ListOptions(caption=self.options.get("caption"), name=self.options.get("name"))
        page = failure.page(self._build.known.words, str(error), self._at.file, line, (), ())
        shown = self._entitling(looks).in_place_of_table(page)
        quotations.make_quotable(self.env, shown, quotations.Shown(self._place_of_table()))
        return shown
