"""``.. paramdiff::``: two models → what changed, as a table of the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from sphinx.errors import SphinxError

from sphinx_paramdoc import execution, facts
from sphinx_paramdoc.difference import of_model
from sphinx_paramdoc.difference.comparing import compare
from sphinx_paramdoc.difference.parts import Maker
from sphinx_paramdoc.difference.selection import only
from sphinx_paramdoc.notation import content, differences
from sphinx_paramdoc.notation.differences import DifferenceOptions, Side
from sphinx_paramdoc.notation.options import MisuseError
from sphinx_paramdoc.notation.settings import Options
from sphinx_paramdoc.rendering.changes import nodes as rendering
from sphinx_paramdoc.sphinx_ext import asking, failure
from sphinx_paramdoc.sphinx_ext.entitling import Entitling
from sphinx_paramdoc.sphinx_ext.running import RunningDirective
from sphinx_paramdoc.sphinx_ext.state import Outcome
from sphinx_paramdoc.sphinx_ext.warnings import Warn, first_line

if TYPE_CHECKING:
    from sphinx_paramdoc.sphinx_ext.build import Answer


class _Block(NamedTuple):
    """What gives one of the models."""

    side: Side
    listing: execution.Listing
    options: Options
    line: int


class _MissingError(Exception):
    """One of the models is missing, and a page says why; the warning has been given."""

    def __init__(self, shown: nodes.Element) -> None:
        super().__init__()
        self.shown = shown


class ParamDiff(RunningDirective):
    """Run the code of two models, each in a process of its own, and show what changed from one to the other."""

    def run(self) -> list[nodes.Node]:
        """Return the table; where there is none, what went wrong."""
        if self._is_listed_only():
            return [nodes.comment()]
        self._begin()
        slips: list[MisuseError] = []
        try:
            argument = self.arguments[0] if self.arguments else ""
            self._asked = differences.read(self.options, self._build.known.says.options, slips, argument)
        except MisuseError as error:
            self._asked = DifferenceOptions(caption=self.options.get("caption"), name=self.options.get("name"))
            return self._without(self._said(Warn.OPTION, str(error), self._line_of(error.option)))
        for slip in slips:
            self._warn(Warn.OPTION, str(slip), self._line_of(slip.option))
        try:
            return self._shown()
        except _MissingError as missing:
            return self._without(missing.shown)
        except SphinxError:  # a warning that is to end the build, most of all
            raise
        except Exception as error:  # whatever the models may be, the other tables are made
            message = f"this difference cannot be made ({first_line(error)})"
            return self._without(self._said(Warn.MODEL, message, self._at.line))

    def _shown(self) -> list[nodes.Node]:
        blocks = [self._block(side) for side in self._sides()]
        self._build.ahead(self._build.known.job(block.listing, block.options) for block in blocks)
        models = self._models(blocks)
        make = Maker()
        before, after = (of_model.whole(model, make) for model in models)
        found = compare(before, after)
        if self._asked.layers:
            found, unmatched = only(found, self._asked.layers)
            if unmatched:
                message = f":layers: no layer that changed fits {', '.join(map(repr, unmatched))}"
                self._warn(Warn.OPTION, message, self._line_of("layers"))
        widths = self._asked.widths if isinstance(self._asked.widths, tuple) else ()
        shown = rendering.render(found, depth=self._asked.depth, widths=widths, words=self._build.known.words)
        self._entitling.entitle(next(node for node in shown if isinstance(node, nodes.table)))
        return shown

    # What is asked for

    def _sides(self) -> list[Side]:
        code = None
        if self.content:
            line = asking.first_line(self, self._at)
            code = content.code("\n".join(self.content), self._at.file, line)
        lines = [self._line_of(option) for option in ("before", "after")]
        says = self._build.known.says
        return differences.sides(self._asked, code, says.preamble, self._at.module, self._at.file, lines)

    def _block(self, side: Side) -> _Block:
        """Return what gives a model: the expression, or the block that has its label."""
        line = self._line_of(side.option)
        says = self._build.known.says
        if side.listing:
            return _Block(side, side.listing, says.options, line)
        found = self._build.known.labelled(side.label)
        if found is None:
            message = f":{side.option}: no paramsummary block that begins a line of a page has the label {side.label!r}"
            raise _MissingError(self._said(Warn.REFERENCE, message, line))
        page, preview = found
        self.env.note_dependency(str(page))
        return _Block(side, preview.listing, preview.options, line)

    def _line_of(self, option: str) -> int:
        return self._at.line + asking.offset(self.block_text, option)

    # What there is to show

    def _models(self, blocks: Sequence[_Block]) -> list[facts.Model]:
        """Return the models; both are asked for, as one may be another shard's, or fail as well.

        :raises _MissingError: where there is not one of them.
        """
        found, missing = [], []
        for block in blocks:
            try:
                found.append(self._model(block))
            except _MissingError as error:
                missing.append(error)
        if missing:
            raise missing[0]
        return found

    def _model(self, block: _Block) -> facts.Model:
        """Return one of the models.

        :raises _MissingError: where there is none.
        """
        findings = [] if block.side.label else self._findings(block.listing)
        answer = self._build.answer(block.listing, block.options, self.env.docname)
        self._note_dependencies(answer)
        response = answer.response
        if isinstance(response, execution.Failure):
            if block.side.label:  # its own page has the warning
                message, context = self._told(response, block.listing)
                told = f":{block.side.option}: block:{block.side.label}: {message}"
                raise _MissingError(failure.page(self._build.known.words, told, self._at.file, block.line, context, ()))
            told_of = self._tell(response, block.listing, findings, block.line)
            raise _MissingError(failure.page(self._build.known.words, told_of.message, self._at.file, *told_of[1:]))
        if answer.outcome is not Outcome.LEFT:
            self._warn_of(findings, block.listing)
        if response is None:
            if answer.trouble:
                raise _MissingError(self._said(Warn.STALE, answer.trouble, block.line))
            raise _MissingError(failure.not_run(self._build.known.words))
        self._keep(answer, block)
        return response.model

    def _keep(self, answer: Answer, block: _Block) -> None:
        if answer.trouble:
            self._warn(Warn.STALE, answer.trouble, block.line)
        if trouble := self._build.keep(answer):
            self._warn(Warn.RECORDS, trouble, block.line)

    @property
    def _entitling(self) -> Entitling:
        return Entitling(self, self._at, self.block_text, self._asked)

    def _said(self, subtype: Warn, message: str, line: int) -> nodes.Element:
        """Warn that there is no table, and return what the page shows in its place."""
        self._warn(subtype, message, line)
        self._build.has_failed = True
        return failure.page(self._build.known.words, message, self._at.file, line, (), ())

    def _without(self, shown: nodes.Element) -> list[nodes.Node]:
        return self._entitling.in_place_of_table(shown)
