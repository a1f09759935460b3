"""What directives share that run blocks: where they are written, and how they warn of what is wrong with a block."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from docutils.statemachine import StateMachine
from sphinx.util.docutils import SphinxDirective

from sphinx_paramdoc import execution
from sphinx_paramdoc.notation import lint, upgrade, ways_out
from sphinx_paramdoc.notation.settings import Options
from sphinx_paramdoc.said import said
from sphinx_paramdoc.sphinx_ext import failure, present, state, written_at
from sphinx_paramdoc.sphinx_ext.build import Answer, Build, NoSettingError, SettingsLeftError
from sphinx_paramdoc.sphinx_ext.warnings import Warn, is_suppressed, warn

if TYPE_CHECKING:
    from flake8_paramdoc.matching import Finding
    from sphinx_paramdoc.law import Law


class Told(NamedTuple):
    """What is told of a block that failed."""

    message: str
    line: int
    context: Sequence[str]
    """What helps besides the message."""
    details: Sequence[str] = ()
    """What is outdated in it, a sentence each."""


class RunningDirective(SphinxDirective):
    """A directive that runs blocks."""

    _build: Build
    _at: written_at.WrittenAt

    def _begin(self) -> None:
        """Find out where it is written, once."""
        self._build = present.of(self.env)
        self._at = self._where()

    def _is_listed_only(self) -> bool:
        """Tell whether a table of objects asks for the begin of a docstring, which autosummary does twice."""
        return written_at.is_listed_only(self.state.document, self.get_source_info()[0])

    def _where(self) -> written_at.WrittenAt:
        """Return where the directive is written."""
        source, line = self.get_source_info()
        # MyST's own machine has no such lines, raises where it is asked for them, and counts rightly.
        if isinstance(self.state_machine, StateMachine) and source != str(self.env.doc2path(self.env.docname)):
            line += written_at.cut_by_include(self.state_machine.input_lines, source, line)
        return written_at.directive(self.env, source, line, self.block_text)

    def _place(self) -> ways_out.Place:
        """Return how options and the like are written where the block is."""
        return ways_out.PAGE

    def _note_dependencies(self, answer: Answer) -> None:
        """Let the page be read again where a file changes that an answer, or what the page says of it, is made of."""
        for file in [*answer.files, *map(str, self._build.known.catalogues)]:
            self.env.note_dependency(file)

    # Warnings

    def _warn(self, subtype: Warn, message: str, line: int | None = None, option: str = "") -> None:
        """Warn, and see to it that the next build warns again.

        :param option: the one that it is about, where the line alone does not say so.
        """
        del option
        if not is_suppressed(subtype, self.config.suppress_warnings):
            state.of(self.env).page(self.env.docname).has_warned = True
        warn(subtype, message, f"{self._at.file}:{line or self._at.line}")

    def _findings(self, listing: execution.Listing) -> list[Finding]:
        """Return what of a block is written for an older Keras, where the project wants to know."""
        return list(lint.outdated(listing)) if self._build.known.says.lint else []

    def _warn_of(self, findings: Sequence[Finding], listing: execution.Listing, way_out: str | None = None) -> None:
        """Warn of what is written for an older Keras, and name what writes it anew with the first.

        :param way_out: that, where it is known; '' where it is told elsewhere.
        """
        way_out = self._fix(findings, listing) if way_out is None else way_out
        for finding in findings:
            self._warn(Warn.OUTDATED, f"{finding.code} {finding.message}{way_out}", finding.line)
            way_out = ""

    def _fix(self, findings: Sequence[Finding], listing: execution.Listing) -> str:
        """Return what writes anew what is written for an older Keras, or '' where nobody but a person can."""
        if not findings or not upgrade.can_be(listing):
            return ""
        return " (keras-modernize --fix writes it anew, or the option :upgrade: as the block runs)"

    def _told(self, response: execution.Failure, listing: execution.Listing) -> tuple[str, list[str]]:
        """Return what a failure says with what helps, and what else is known of it."""
        return ways_out.told(response, listing, self._place()), failure.context(response, listing, self._at.file)

    def _tell(
        self, response: execution.Failure, listing: execution.Listing, findings: Sequence[Finding], begins: int
    ) -> Told:
        """Warn of a block that failed, of one fault once; return what its page says of it.

        :param begins: the line of the block, for a failure that is in none of its own.
        """
        message, context = self._told(response, listing)
        _, line = listing.location(response) or ("", begins)
        if response.way_out == "framework":  # every block says the same, so that one warning is for all of them
            place = f"{self._at.file}:{line}"
            state.of(self.env).page(self.env.docname).without_framework.append((message, place))
            return Told(message, line, context)
        cause = lint.cause(response, listing, findings)
        way_out = self._fix(findings, listing)
        self._warn_of([finding for finding in findings if finding is not cause], listing, "" if cause else way_out)
        if cause:
            is_quiet = is_suppressed(Warn(response.kind), self.config.suppress_warnings)
            told = "\n".join([f"{cause.code} {cause.message}{way_out}", message, *context])
            self._warn(Warn.OUTDATED if is_quiet else Warn.EXECUTION, told, cause.line)
        else:
            if imported := lint.imported_cause(response, self._build.known.path):
                message = f"{message}; {imported}"
            self._warn(Warn(response.kind), "\n".join([message, *context]), line)
        details = [
            said("Line {line}: {message}", line=each.line, message=f"{each.code} {each.message}") for each in findings
        ]
        return Told(message, line, context, details)

    # The formula in the arguments of a call

    def _law_of(
        self,
        names: tuple[str, ...],
        listing: execution.Listing,
        options: Options,
        given: execution.Success,
        line: int,
        option: str = "vary",
    ) -> Law | None:
        """Return the count in the arguments of a block's call, or why there is none; warn of arguments it lacks.

        :param names: the arguments that are to be varied; none: all.
        :param given: what the block gave.
        :param line: that of what asks for it.
        """
        from sphinx_paramdoc.notation import varying  # loaded where it is asked for, as exact fractions take a while

        job = self._build.known.job(listing, options)

        def stale(trouble: str) -> None:
            self._warn(Warn.STALE, trouble, line, option)

        try:
            law, complaint = varying.find(
                names,
                job,
                given,
                lambda jobs: self._build.settings(jobs, given, self.env.docname, stale, may_leave=True),
            )
        except SettingsLeftError:
            return None
        except NoSettingError as error:
            self._build.leave_settings(job)  # what the others would give decides which are looked at next
            self._warn(Warn.STALE, str(error), line, option)
            return None
        if complaint:
            self._warn(Warn.OPTION, f":{option}: {complaint}", line, option)
        return law
