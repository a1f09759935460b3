"""``.. paramsummary::``: code → a table in the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.statemachine import StateMachine
from sphinx.errors import SphinxError
from sphinx.util.docutils import SphinxDirective

from sphinx_paramdoc import execution, facts, table
from sphinx_paramdoc.explanation import proof
from sphinx_paramdoc.notation import lint, upgrade, ways_out
from sphinx_paramdoc.notation.autodoc_patterns import EXPECT_FAILURE
from sphinx_paramdoc.said import said
from sphinx_paramdoc.sphinx_ext import asking, failure, present, quotations, state, written_at
from sphinx_paramdoc.sphinx_ext.build import NoSettingError, SettingsLeftError
from sphinx_paramdoc.sphinx_ext.showing import Showing
from sphinx_paramdoc.sphinx_ext.state import Outcome
from sphinx_paramdoc.sphinx_ext.warnings import Warn, first_line, is_suppressed, warn
from sphinx_paramdoc.table import selection
from sphinx_paramdoc.table.arranging import arrange
from sphinx_paramdoc.table.expectations import differences

if TYPE_CHECKING:
    from flake8_paramdoc.matching import Finding
    from sphinx_paramdoc.law import Law
    from sphinx_paramdoc.table.diagram import Diagram
    from sphinx_paramdoc.table.view import View


class ParamSummary(SphinxDirective):
    """Run model-building code in a process of its own, and show the parameter table of the model."""

    expects_failure = False
    """Whether the code is known to fail."""

    def run(self) -> list[nodes.Node]:
        """Return the table; where there is none, what went wrong."""
        if self._is_listed_only():
            return [nodes.comment()]  # what is wanted is the first sentence, and a node
        self._build = present.of(self.env)
        self._asked = asking.asked(self, self._where(), self._build.known.says)
        self._showing = Showing(self, self._asked)
        self._view: View | None = None
        model, shown = self._answered()
        if not self._build.makes_pages:
            return [nodes.comment()]
        place = self._asked.place
        quotations.make_quotable(self.env, shown, model, self._view, f"{place.file}:{place.line}")
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
        findings = list(lint.outdated(asked.listing)) if self._build.known.says.lint else []
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
        for file in [*answer.files, *map(str, self._build.known.catalogues)]:
            self.env.note_dependency(file)
        response = answer.response
        if isinstance(response, execution.Failure):
            return None, self._showing.with_code(self._failed(response, findings))
        if not (response is None and self.expects_failure):
            self._warn_of(findings)
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
        if answer.trouble and not self.expects_failure:  # a failure has no record
            shown = self._missing(Warn.STALE, answer.trouble, asked.place.line)
        else:
            shown = self._showing.in_place_of_table(failure.not_run(self._build.known.words))
        return None, self._showing.with_code(shown)

    def _failed(self, response: execution.Failure, findings: Sequence[Finding]) -> list[nodes.Node]:
        """Return what the page shows of a block that failed, and warn of it; of one fault once."""
        listing, place = self._asked.listing, self._asked.place
        message = ways_out.told(response, listing, self._place())
        context = failure.context(response, listing, place.file)
        if self.expects_failure:
            return self._showing.in_place_of_table(failure.expected(self._build.known.words, message, context))
        _, line = listing.location(response) or ("", place.line)
        if response.way_out == "framework":  # every block says the same, so that one warning is for all of them
            state.of(self.env).page(self.env.docname).without_framework.append((message, f"{place.file}:{line}"))
            return self._showing.in_place_of_table(
                failure.page(self._build.known.words, message, place.file, line, context, ())
            )
        cause = lint.cause(response, listing, findings)
        way_out = self._fix(findings)
        self._warn_of([finding for finding in findings if finding is not cause], "" if cause else way_out)
        if cause:
            subtype = (
                Warn.OUTDATED if is_suppressed(Warn(response.kind), self.config.suppress_warnings) else Warn.EXECUTION
            )
            told = "\n".join([f"{cause.code} {cause.message}{way_out}", message, *context])
            self._warn(subtype, told, cause.line)
        else:
            if imported := lint.imported_cause(response, self._build.known.path):
                message = f"{message}; {imported}"
            self._warn(Warn(response.kind), "\n".join([message, *context]), line)
        details = [
            said("Line {line}: {message}", line=each.line, message=f"{each.code} {each.message}") for each in findings
        ]
        return self._showing.in_place_of_table(
            failure.page(self._build.known.words, message, place.file, line, context, details)
        )

    def _warn_of(self, findings: Sequence[Finding], way_out: str | None = None) -> None:
        """Warn of what is written for an older Keras, and name what writes it anew with the first.

        :param way_out: that, where it is known; '' where it is told elsewhere.
        """
        way_out = self._fix(findings) if way_out is None else way_out
        for finding in findings:
            self._warn(Warn.OUTDATED, f"{finding.code} {finding.message}{way_out}", finding.line)
            way_out = ""

    def _fix(self, findings: Sequence[Finding]) -> str:
        """Return what writes anew what is written for an older Keras, or '' where nobody but a person can."""
        if not findings or not upgrade.can_be(self._asked.listing):
            return ""
        return " (keras-modernize --fix writes it anew, or the option :upgrade: as the block runs)"

    def _place(self) -> ways_out.Place:
        """Return how options and the like are written where the block is."""
        return ways_out.PAGE

    def _is_listed_only(self) -> bool:
        """Tell whether a table of objects asks for the begin of a docstring, which autosummary does twice."""
        return written_at.is_listed_only(self.state.document, self.get_source_info()[0])

    def _where(self) -> written_at.WrittenAt:
        """Return where the block is written."""
        source, line = self.get_source_info()
        # MyST's own machine has no such lines, raises where it is asked for them, and counts rightly.
        if isinstance(self.state_machine, StateMachine) and source != str(self.env.doc2path(self.env.docname)):
            line += written_at.cut_by_include(self.state_machine.input_lines, source, line)
        return written_at.directive(self.env, source, line, self.block_text)

    def _law(self, given: execution.Success) -> Law | None:
        """Return the count in the arguments of the block's call, or why there is none; warn of arguments it lacks."""
        from sphinx_paramdoc.notation import varying  # loaded where it is asked for, as exact fractions take a while

        asked = self._asked
        job = self._build.known.job(asked.listing, asked.options)

        def stale(trouble: str) -> None:
            self._warn(Warn.STALE, trouble, asked.line_of("vary"), "vary")

        try:
            law, complaint = varying.find(
                asked.options.vary or (),
                job,
                given,
                lambda jobs: self._build.settings(jobs, given, self.env.docname, stale, may_leave=True),
            )
        except SettingsLeftError:
            return None
        except NoSettingError as error:
            self._warn(Warn.STALE, str(error), asked.line_of("vary"), "vary")
            return None
        if complaint:
            self._warn(Warn.OPTION, f":vary: {complaint}", asked.line_of("vary"), "vary")
        return law

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

    def _warn(self, subtype: Warn, message: str, line: int | None = None, option: str = "") -> None:
        """Warn, and see to it that the next build warns again.

        :param option: the one that it is about, where the line alone does not say so.
        """
        del option
        if not is_suppressed(subtype, self.config.suppress_warnings):
            state.of(self.env).page(self.env.docname).has_warned = True
        place = self._asked.place
        warn(subtype, message, f"{place.file}:{line or place.line}")
