"""A source, and the same in today's form: what is found is written anew, and again, until nothing more can be.

One round writes what does not overlap. The next finds what is left, also in what the one before wrote: that is how
code of Keras 1 becomes code of Keras 3.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flake8_paramdoc.changes.shapes import (
    ArgumentChange,
    Change,
    MemberChange,
    NameChange,
    PackagesRemoved,
    Place,
    Safety,
    ValueChange,
)
from flake8_paramdoc.edits import imports
from flake8_paramdoc.edits.batches import of_samples
from flake8_paramdoc.edits.calls import of_call, of_node
from flake8_paramdoc.edits.columns import aligned
from flake8_paramdoc.edits.comparisons import of_ordering
from flake8_paramdoc.edits.imports import Operation, Removed
from flake8_paramdoc.edits.inputs import is_input_length, of_first_layer
from flake8_paramdoc.edits.merged import of_merge
from flake8_paramdoc.edits.names import of_member, of_name, of_use
from flake8_paramdoc.edits.packages import of_package
from flake8_paramdoc.edits.rewrite import Context, Rewrite
from flake8_paramdoc.edits.slashes import of_slash
from flake8_paramdoc.edits.source import Edit, Source, applied, parsed
from flake8_paramdoc.edits.spelling import Spelling, meaning
from flake8_paramdoc.edits.top import at_top
from flake8_paramdoc.edits.tracked import of_tracked
from flake8_paramdoc.edits.uses import Uses
from flake8_paramdoc.matching.era import Era
from flake8_paramdoc.matching.finding import Match, located
from flake8_paramdoc.matching.source import match
from flake8_paramdoc.reading.keras_packages import is_about_keras, is_keras

if TYPE_CHECKING:
    from flake8_paramdoc.matching import Finding
    from flake8_paramdoc.reading.scopes import Names

_UNKNOWN = Era()
_MOST_ROUNDS = 40
"""How often a source is looked at: each round leaves less."""


_SAFE = frozenset({Safety.SAFE})
_ALL = frozenset({Safety.SAFE, Safety.UNSAFE})


@dataclass(frozen=True)
class Wanted:
    """What of all that is found is to be written anew."""

    is_selected: Callable[[Finding, str], bool] = lambda finding, _text: not finding.code.startswith("KER9")
    """Takes a finding and the text that it is in."""
    unsafe: bool = False
    """Whether to write what may change behaviour, too."""
    target: int = 3
    is_package: bool = False
    names: Names | None = None
    """What there is before the first line."""
    has_keras: bool = False
    """Whether ``keras`` is there without an import."""


@dataclass
class Outcome:
    """What became of a source."""

    text: str
    fixed: list[Finding] = field(default_factory=list)
    """What was found, and is written anew, each where it stood when it was."""
    reasons: list[str] = field(default_factory=list)
    """Of what is not safe, what may be different, a line each."""
    trouble: str = ""
    """Why the source was left as it is, though something could have been written."""
    era: Era = _UNKNOWN
    """What the source said of its Keras as it was."""
    eras: list[Era] = field(default_factory=list)
    """The same of the programs in a text, in their order."""


@dataclass(frozen=True)
class _Found:
    match: Match
    finding: Finding
    rewrite: Rewrite


def fixable(source: Source, wanted: Wanted, era: Era = _UNKNOWN) -> dict[Finding, Safety]:
    """Return of what is found in a source what can be written anew, and how safe that is.

    :param era: what it said of its Keras before some of it was written anew.
    """
    everything = replace(wanted, unsafe=True)
    found, _, _ = _look(source, everything, frozenset(), era)
    return {one.finding: one.rewrite.safety for one in found}


def fixed(text: str, wanted: Wanted) -> Outcome:
    """Write a source anew.

    :raises SyntaxError: where it is none.
    """
    outcome = Outcome(text)
    renamed: frozenset[str] = frozenset()
    era = _UNKNOWN
    if wanted.names is None and not is_about_keras(text):
        return outcome
    for _ in range(_MOST_ROUNDS):
        source = Source(outcome.text)
        found, era, renamed = _look(source, wanted, renamed, era)
        outcome.era = era
        taken = list(_compatible(found))
        if not taken:
            break
        try:
            new, taken = _parsing(source, taken)
        except SyntaxError as error:
            outcome.trouble = f"is left as it is: what would be written does not parse ({error.msg})"
            outcome.text, outcome.fixed, outcome.reasons = text, [], []
            break
        if new == outcome.text:
            break
        outcome.text = new
        outcome.fixed += [one.finding for one in taken]
        outcome.reasons += [
            f"line {one.finding.line}: {one.rewrite.reason}" for one in taken if one.rewrite.safety is Safety.UNSAFE
        ]
    return outcome


def _look(
    source: Source, wanted: Wanted, renamed: frozenset[str], era: Era
) -> tuple[list[_Found], Era, frozenset[str]]:
    """Return what can be written anew, what the file says of its Keras, and old names that go with what else does."""
    matches, reading, era = match(source.tree, source.text, names=wanted.names, target=wanted.target, era=era)
    if not matches:
        return [], era, renamed
    uses = Uses(source.tree)
    context = Context(
        source, uses, reading, Spelling(source, uses, reading, has_keras=wanted.has_keras), wanted.is_package, era
    )
    found: list[_Found] = []
    aliases: list[_Found] = []
    by_hand: set[int] = set()
    """Values that a person must change: their arguments keep the names under which that is found."""
    for one in sorted(matches, key=lambda one: not isinstance(one.change, ValueChange)):
        finding = located(one, source.lines)
        is_alias = not wanted.is_selected(finding, source.text)
        if is_alias and one.change.code not in ("KER901", "KER902"):
            continue
        rewrite = _rewrite(one, context)
        if isinstance(one.change, ValueChange) and (rewrite is None or rewrite.safety is Safety.BY_HAND):
            by_hand.add(id(one.node))
        if isinstance(one.change, ArgumentChange) and id(getattr(one.node, "value", None)) in by_hand:
            continue
        if rewrite is None or rewrite.safety not in (_ALL if wanted.unsafe else _SAFE):
            continue
        (aliases if is_alias else found).append(_Found(one, finding, rewrite))
    renamed |= {_called(one.match.site.call) for one in found if one.match.site is not None and one.match.site.call}
    found += [alias for alias in aliases if _goes_along(alias, found, renamed)]
    return found, era, renamed


def _goes_along(alias: _Found, found: Sequence[_Found], renamed: frozenset[str]) -> bool:
    """Tell whether what still works is written anew as well, beside what does not."""
    change, site = alias.match.change, alias.match.site
    if change.code == "KER901":
        return bool(found) and is_input_length(alias.match)
    return site is not None and isinstance(change, NameChange) and site.name in renamed


def _called(call: ast.Call) -> str:
    """Return the last part of the name of what is called, or ''."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def _rewrite(one: Match, context: Context) -> Rewrite | None:
    try:
        rewrite = of_ordering(one, context)
        if rewrite is not None:
            return rewrite if rewrite.edits else None
        for of_kind in (of_first_layer, of_merge, of_slash, of_samples, of_tracked):
            rewrite = of_kind(one, context)
            if rewrite is not None:
                return rewrite
        if one.site is not None and one.site.call is not None:
            return of_call(one, context)
        if isinstance(one.change, NameChange):
            return of_name(one, context)
        if isinstance(one.change, PackagesRemoved):
            return of_package(one, context)
        if any(fix.place is Place.TOP for fix in one.fixes):
            return at_top(one, context)
        if one.fixes and one.site is not None and isinstance(one.node, ast.expr):
            return of_use(one.fixes, one.node, context, one.site)
        if one.fixes:
            return of_node(one.fixes, one.node, context)
        if isinstance(one.change, MemberChange):
            return of_member(one, context)
    except SyntaxError:  # tokens that cannot be told
        return None
    return None


def _compatible(found: Sequence[_Found]) -> Iterator[_Found]:
    """Yield what can be written in one round: nothing at the place of another; values before the names of arguments."""
    edits: list[Edit] = []
    changed: set[tuple[int, int]] = set()
    for one in sorted(found, key=lambda one: _order(one.match.change)):
        rewrite = one.rewrite
        places = {
            (operation.statement, operation.alias)
            for operation in rewrite.operations
            if not isinstance(operation, imports.Added)
        }
        if rewrite.overlaps(edits) or places & changed:
            continue
        edits += [edit for edit in rewrite.edits if edit not in edits]
        changed |= places
        yield one


def _parsing(source: Source, taken: Sequence[_Found]) -> tuple[str, list[_Found]]:
    """Return what a round writes, and what of all that it should: where all together is no Python, the first that is.

    :raises SyntaxError: where none is.
    """
    trouble: SyntaxError | None = None
    for several in (taken, *([one] for one in taken)):
        try:
            new = _written(source, [one.rewrite for one in several])
            parsed(new)
        except SyntaxError as error:
            trouble = trouble or error
        else:
            return new, list(several)
    assert trouble is not None
    raise trouble


def _order(change: Change) -> int:
    return (3, 4, 6, 5, 1, 2, 7, 8).index(change.kind) if change.kind in range(1, 9) else 9


def _written(source: Source, rewrites: Sequence[Rewrite]) -> str:
    """Return a source with what is written anew in it, and its imports as they must be for that.

    :raises SyntaxError: where the result is no Python.
    """
    edits = list(dict.fromkeys(edit for rewrite in rewrites for edit in rewrite.edits))
    operations = list(dict.fromkeys(operation for rewrite in rewrites for operation in rewrite.operations))
    new = Source(applied(source.text, [*edits, *aligned(source, edits)]))
    if len(new.imports) != len(source.imports):
        raise SyntaxError("imports went")
    operations += _unused(source, new, operations)
    return applied(new.text, list(imports.edits(new, operations)))


def _unused(source: Source, new: Source, operations: Sequence[Operation]) -> Iterator[Operation]:
    """Yield the imports of Keras that were used, and are no more."""
    before, after = Uses(source.tree), Uses(new.tree)
    changed = {(one.statement, one.alias) for one in operations if not isinstance(one, imports.Added)}
    for number, (old, now) in enumerate(zip(source.imports, new.imports, strict=True)):
        for place, (alias, same) in enumerate(zip(old.names, now.names, strict=True)):
            bound, full = meaning(old, alias)
            if (number, place) in changed or not is_keras(full) or bound in before.exported or alias.name == "*":
                continue
            if before.of(alias, bound) and not after.of(same, bound):
                yield Removed(number, place)
