"""Files of every kind that may hold Python: what is outdated in them, and the same files in today's form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from flake8_paramdoc.changes.record import replace as replaced
from flake8_paramdoc.changes.shapes import Safety
from flake8_paramdoc.edits.lines import origins
from flake8_paramdoc.edits.programs import Program, of_notebook, of_text
from flake8_paramdoc.edits.rounds import Outcome, Wanted, fixable, fixed, no_longer_told
from flake8_paramdoc.edits.source import Edit, Source, applied, parsed
from flake8_paramdoc.matching import Finding, find
from flake8_paramdoc.matching.docstrings import around
from flake8_paramdoc.matching.source import match
from flake8_paramdoc.reading.keras_packages import is_about_keras
from flake8_paramdoc.reading.scopes import Names
from flake8_paramdoc.texts import slips
from flake8_paramdoc.texts.literals import Literal
from flake8_paramdoc.texts.snippets import MARKS, upgraded

_TRIPLE = re.compile("[a-zA-Z]*(\"\"\"|''')")


class Kind(Enum):
    """What a file is, by the end of its name."""

    PYTHON = ".py"
    RST = ".rst"
    MARKDOWN = ".md"
    NOTEBOOK = ".ipynb"

    @classmethod
    def of(cls, name: str) -> Kind:
        """Return the kind of a file; of any other name, Python."""
        return next((kind for kind in cls if name.lower().endswith(kind.value)), cls.PYTHON)


@dataclass(frozen=True)
class Found:
    """What is found in a file, as it is."""

    findings: tuple[Finding, ...] = ()
    safeties: Mapping[Finding, Safety] = field(default_factory=dict)
    """How safe what could be written instead is, where something could be."""


def look(text: str, kind: Kind, wanted: Wanted) -> Found:
    """Find what is outdated in a file.

    :raises SyntaxError: where a file of Python is none.
    :raises ValueError: where a notebook is none.
    """
    if kind is Kind.PYTHON:
        source = Source(text)
        findings = tuple(find(source.tree, source.lines, target=wanted.target, deprecated=True))
        kept = tuple(finding for finding in findings if wanted.is_selected(finding, text))
        if not kept:
            return Found()
        safeties = dict(fixable(source, wanted))
        for program, inside in _in_docstrings(source, wanted):
            safeties |= _mapped(program, fixable(Source(program.text), inside), text)
        return Found(kept, safeties)
    kept_in_all: list[Finding] = []
    of_all: dict[Finding, Safety] = {}
    for program in _programs(text, kind):
        found, of_program = _look_in(program, text, wanted)
        kept_in_all += found
        of_all |= of_program
    kept_in_all = [*dict.fromkeys(kept_in_all)]  # the builder of a list is looked at with each of its lines
    return Found(tuple(sorted(kept_in_all, key=lambda one: (one.line, one.column, one.code))), of_all)


def passed_over(text: str, kind: Kind) -> tuple[int, ...]:
    """Return the lines, the first is 1, of the blocks of a file that are brought into today's form when they run."""
    return tuple(upgraded(text)) if kind is not Kind.NOTEBOOK else ()


def rewritten(text: str, kind: Kind, wanted: Wanted) -> Outcome:
    """Write a file anew.

    :raises SyntaxError: where a file of Python is none.
    :raises ValueError: where a notebook is none.
    """
    if kind is Kind.PYTHON:
        outcome = fixed(text, wanted)
        if not outcome.trouble and any(mark in outcome.text for mark in MARKS):
            source = Source(outcome.text)
            known = len(outcome.reasons)
            _rewrite(outcome, list(_in_docstrings(source, wanted)))
            if (told := outcome.reasons[known:]) and source.text != text:
                was = origins(text, source.text)
                outcome.reasons[known:] = [reason._replace(line=was[reason.line - 1]) for reason in told]
            if outcome.text != source.text:
                parsed(outcome.text)
        return outcome
    outcome = Outcome(text)
    _rewrite(outcome, [(program, _inside(program, wanted)) for program in _programs(text, kind)])
    return outcome


def _rewrite(outcome: Outcome, programs: list[tuple[Program, Wanted]]) -> None:
    """Write the programs of a text anew; where one cannot be, the others are."""
    edits: list[Edit] = []
    whole = outcome.text
    for program, wanted in programs:
        try:
            one = fixed(program.text, wanted)
        except SyntaxError:
            continue
        if one.lost is not None and not outcome.trouble:
            begin = _moved(Finding("", "", 1, 0), program, whole).line
            outcome.trouble = f"the code from line {begin} on {no_longer_told(_moved(one.lost, program, whole))}"
        if one.text == program.text:
            continue
        edits += program.edits(one.text, whole)
        outcome.fixed += [_moved(finding, program, whole) for finding in one.fixed]
        outcome.reasons += [
            reason._replace(line=_moved(Finding("", "", reason.line, 0), program, whole).line) for reason in one.reasons
        ]
    if edits:
        outcome.text = applied(whole, edits)


def _programs(text: str, kind: Kind) -> Iterator[Program]:
    if kind is Kind.NOTEBOOK:
        yield from of_notebook(text)
    else:
        newline = "\r\n" if "\r\n" in text else "\n"
        yield from of_text(text, newline=newline)


def _inside(program: Program, wanted: Wanted, names: Names | None = None) -> Wanted:
    """Return what is wanted in a program of a text: it knows ``keras`` and ``tf`` without an import."""
    inside = replace(wanted, names=around(names or Names()), is_package=False, has_keras=program.is_run)
    if program.is_expression and len(program.lines) > 1:  # its lines are one: what is written anew is none of them
        return replace(inside, is_selected=lambda _finding, _text: False)
    return inside


def _look_in(program: Program, whole: str, wanted: Wanted) -> tuple[list[Finding], Mapping[Finding, Safety]]:
    code = _python(program)
    try:
        tree = parsed(code)
    except SyntaxError as error:
        found = _does_not_parse(program, error)
        finding = _moved(found, program, whole)
        return ([finding] if wanted.is_selected(finding, whole) else []), {}
    inside = _inside(program, wanted)
    source = Source(code)
    found_all = find(tree, source.lines, names=inside.names, target=wanted.target, deprecated=True)
    kept = [_moved(one, program, whole) for one in found_all if wanted.is_selected(one, code)]
    return kept, _mapped(program, fixable(source, inside), whole) if kept else {}


def _python(program: Program) -> str:
    """Return the code of a program as Python writes it: ``package.module:name`` with a point."""
    if not program.is_expression:
        return program.text
    return re.sub(r"^(\s*[\w.]+):(?=[A-Za-z_])", r"\1.", program.text)


def _does_not_parse(program: Program, error: SyntaxError) -> Finding:
    line = error.lineno or 1
    advice = "" if program.is_expression else slips.advice(program.text.split("\n"), line)
    message = f"{program.what} does not parse: {error.msg}{f' ({advice})' if advice else ''}"
    return Finding("KER301", message, line, max((error.offset or 1) - 1, 0))


def _moved(finding: Finding, program: Program, whole: str) -> Finding:
    """Return a finding of a program at its place in the text."""
    place = program.place(finding.line, finding.column)
    start = whole.rfind("\n", 0, place) + 1
    return Finding(finding.code, finding.message, whole.count("\n", 0, place) + 1, place - start)


def _mapped(program: Program, safeties: Mapping[Finding, Safety], whole: str) -> dict[Finding, Safety]:
    return {_moved(finding, program, whole): safety for finding, safety in safeties.items()}


def _in_docstrings(source: Source, wanted: Wanted) -> Iterator[tuple[Program, Wanted]]:
    """Yield the programs in the docstrings of a file, as far as they are written there without escapes."""
    if not any(mark in source.text for mark in MARKS) or not is_about_keras(source.text):
        return
    _, reading, _ = match(source.tree, source.text, target=wanted.target)
    for node, scope in reading.texts:
        if reading.guards.cover(node):
            continue
        value = str(node.value)
        if not any(mark in value for mark in MARKS) or not _TRIPLE.match(source.segment(node)):
            continue  # in a string of one line, no line can be added
        literal = Literal(node, source.lines)

        def place(line: int, column: int, literal: Literal = literal) -> int:
            row, at = literal.place(line, column)
            return source.start_of(row) + at

        def is_selected(finding: Finding, text: str, line: int = node.lineno) -> bool:
            return wanted.is_selected(finding, text) and wanted.is_selected(
                replaced(finding, line=line, column=0), source.text
            )

        inside = replace(wanted, is_selected=is_selected)
        for program in of_text(value, place, source.text, source.newline):
            if all(source.text[line.start : line.end] == line.text for line in program.placed):
                yield program, _inside(program, inside, scope)
