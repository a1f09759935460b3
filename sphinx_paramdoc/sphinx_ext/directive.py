"""``.. paramsummary::``: code → a table in the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.errors import SphinxError

from sphinx_paramdoc import execution, facts, table
from sphinx_paramdoc.explanation import proof
from sphinx_paramdoc.notation.autodoc_patterns import EXPECT_FAILURE
from sphinx_paramdoc.sphinx_ext import asking, failure, quotations
from sphinx_paramdoc.sphinx_ext.running import RunningDirective
from sphinx_paramdoc.sphinx_ext.showing import Showing
from sphinx_paramdoc.sphinx_ext.state import Outcome
from sphinx_paramdoc.sphinx_ext.warnings import Warn, first_line
from sphinx_paramdoc.table import selection
from sphinx_paramdoc.table.arranging import arrange
from sphinx_paramdoc.table.expectations import differences

if TYPE_CHECKING:
    from flake8_paramdoc.matching import Finding
    from sphinx_paramdoc.law import Law
    from sphinx_paramdoc.table.diagram import Diagram
    from sphinx_paramdoc.table.view import View


class ParamSummary(RunningDirective):
    """Run model-building code in a process of its own, and show the parameter table of the model."""

    expects_failure = False
    """Whether the code is known to fail."""

    def run(self) -> list[nodes.Node]:
        """Return the table; where there is none, what went wrong."""
        if self._is_listed_only():
            return [nodes.comment()]  # what is wanted is the first sentence, and a node
        self._begin()
        self._asked = asking.asked(self, self._at, self._build.known.says)
        self._showing = Showing(self, self._asked)
        self._view: View | None = None
        model, shown = self._answered()
        if not self._build.makes_pages:
            return [nodes.comment()]
        place = self._asked.place
        location = f"{place.file}:{place.line}"
        key = self._build.known.records.key(self._build.known.job(self._asked.listing, self._asked.options).request)
        quotations.make_quotable(self.env, shown, quotations.Shown(location, model, self._view, key=key))
        return shown

    def _answered(self) -> tuple[facts.Model | None, list[nodes.Node]]:
        """Return the model, if there is one, and its table or what stands in its place, with the code."""
        asked = self._asked
        for slip in asked.slips:
            self._warn(Warn.OPTION, str(slip), asked.line_of(slip.option), slip.option)
        if asked.misuse:
            option = asked.misuse.option
            shown = self._missing(Warn.OPTION, str(asked.misuse), asked.line_of(option))
            return None, self._showing.with_code(shown)
        if asked.trouble:
            shown = self._missing(Warn.EXECUTION, str(asked.trouble), asked.trouble.line)
            return None, self._showing.with_code(shown)
        findings = self._findings(asked.listing)
        try:
            return self._shown(findings)
        except SphinxError:  # a warning that is to end the build, most of all
            raise
        except Exception as error:  # whatever a model may be, the other tables are made
            message = f"this table cannot be made ({first_line(error)})"
            return None, self._showing.with_code(self._missing(Warn.MODEL, message, asked.place.line))

    def _shown(self, findings: Sequence[Finding]) -> tuple[facts.Model | None, list[nodes.Node]]:
        """Return what the page shows of the answer to the block, which is recorded once there is a table.

        :param findings: what of the code is written for an older Keras.
        """
        asked = self._asked
        answer = self._build.answer(asked.listing, asked.options, self.env.docname, self.expects_failure)
        if answer.outcome is Outcome.LEFT:
            return None, []
        self._note_dependencies(answer)
        response = answer.response
        if isinstance(response, execution.Failure):
            return None, self._showing.with_code(self._failed(response, findings))
        if not (response is None and self.expects_failure):
            self._warn_of(findings, asked.listing)
        if response:
            if answer.trouble:
                self._warn(Warn.STALE, answer.trouble)
            law = self._law(response) if asked.options.vary is not None else None
            shown = self._showing.with_code(self._table(response.model, law), response.maker)
            if self.expects_failure:
                message = "a failure is expected, and the code gives a model: drop the option"
                self._warn(Warn.EXPECTATION, message, option=EXPECT_FAILURE)
            if trouble := self._build.keep(answer):
                self._warn(Warn.RECORDS, trouble)
            return response.model, shown
        if asked.options.vary is not None and not self.expects_failure:
            self._build.leave_settings(self._build.known.job(asked.listing, asked.options))
        if answer.trouble and not self.expects_failure:  # a failure has no record
            shown = self._missing(Warn.STALE, answer.trouble, asked.place.line)
        else:
            shown = self._showing.in_place_of_table(failure.not_run(self._build.known.words))
        return None, self._showing.with_code(shown)

    def _failed(self, response: execution.Failure, findings: Sequence[Finding]) -> list[nodes.Node]:
        """Return what the page shows of a block that failed, and warn of it; of one fault once."""
        listing, place = self._asked.listing, self._asked.place
        if self.expects_failure:
            expected = failure.expected(self._build.known.words, *self._told(response, listing))
            return self._showing.in_place_of_table(expected)
        message, line, context, details = self._tell(response, listing, findings, place.line)
        return self._showing.in_place_of_table(
            failure.page(self._build.known.words, message, place.file, line, context, details)
        )

    def _law(self, given: execution.Success) -> Law | None:
        """Return the count in the arguments of the block's call, or why there is none; warn of arguments it lacks."""
        asked = self._asked
        return self._law_of(asked.options.vary or (), asked.listing, asked.options, given, asked.line_of("vary"))

    def _table(self, model: facts.Model, law: Law | None = None) -> list[nodes.Node]:
        """Return the table of a model, and warn of what is not as it should be."""
        options = self._asked.options
        for complaint in proof.unproven_explainers(model):
            self._warn(Warn.MODEL, complaint)
        contents = table.build(model, unfold=options.unfold or bool(options.layers), law=law)
        for option, message in differences(contents, options.expected):
            self._warn(Warn.EXPECTATION, message, self._asked.line_of(option), option)
        if contents.not_built:
            self._warn(Warn.MODEL, f"the total lacks layers that are not built: {', '.join(contents.not_built)}")
        for message in contents.untracked:
            self._warn(Warn.UNTRACKED, message)
        layers = options.layers
        if unmatched := selection.unmatched(contents, layers):
            message = f":layers: no layer of {contents.name} fits {', '.join(map(repr, unmatched))}"
            self._warn(Warn.OPTION, message, self._asked.line_of("layers"))
            layers = tuple(pattern for pattern in layers if pattern not in unmatched)
        if not self._build.makes_pages:
            return []
        self._view = arrange(contents, depth=options.depth, unfold=options.unfold, layers=layers)
        drawn = self._drawn(self._view) if options.diagram else None
        return self._showing.table(model, contents, self._view, drawn)

    def _drawn(self, view: View) -> Diagram | None:
        """Return the graph of a model; warn where it is too large."""
        from sphinx_paramdoc.table.drawing import graph_of

        drawn = graph_of(view)
        if trouble := drawn.trouble:
            self._warn(Warn.DIAGRAM, trouble, self._asked.line_of("diagram"))
            return None
        return drawn

    def _missing(self, subtype: Warn, message: str, line: int) -> list[nodes.Node]:
        """Warn that there is no table, and return what the page shows in its place."""
        self._warn(subtype, message, line)
        self._build.has_failed = True
        return self._showing.in_place_of_table(
            failure.page(self._build.known.words, message, self._asked.place.file, line, (), ())
        )
