"""A source, and the same in today's form: what is found is written anew, and again, until nothing more can be.

One round writes what does not overlap. The next finds what is left, also in what the one before wrote: that is how
code of Keras 1 becomes code of Keras 3.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

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
from flake8_paramdoc.edits.lines import origins
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
from flake8_paramdoc.edits.whole import Whole
from flake8_paramdoc.matching.era import Era
from flake8_paramdoc.matching.finding import Finding, Match, located
from flake8_paramdoc.matching.source import match
from flake8_paramdoc.reading.keras_packages import is_about_keras, is_keras

if TYPE_CHECKING:
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


class Reason(NamedTuple):
    """What may be different behind something that is written anew."""

    line: int
    """Where it stood, in the source as it was; the first is 1."""
    text: str


@dataclass
class Outcome:
    """What became of a source."""

    text: str
    fixed: list[Finding] = field(default_factory=list)
    """What was found, and is written anew, each where it stood when it was."""
    reasons: list[Reason] = field(default_factory=list)
    """Of what is not safe, what may be different."""
    trouble: str = ""
    """Why the source was left as it is, though something could have been written."""
    lost: Finding | None = None
    """What a later run would no longer have found, and because of which the source was left as it is."""


@dataclass(frozen=True)
class _Found:
    match: Match
    finding: Finding
    rewrite: Rewrite


def fixable(source: Source, wanted: Wanted) -> dict[Finding, Safety]:
    """Return of what is found in a source what can be written anew, and how safe that is."""
    everything = replace(wanted, unsafe=True)
    return {one.finding: one.rewrite.safety for one in _look(source, everything, frozenset(), _UNKNOWN).found}


def fixed(text: str, wanted: Wanted) -> Outcome:
    """Write a source anew.

    :raises SyntaxError: where it is none.
    """
    outcome = Outcome(text)
    renamed: frozenset[str] = frozenset()
    era = _UNKNOWN
    came_from: list[int] = []
    """The lines of the source as it was that those of its text now were."""
    if wanted.names is None and not is_about_keras(text):
        return outcome
    for _ in range(_MOST_ROUNDS):
        source = Source(outcome.text)
        seen = _look(source, wanted, renamed, era, has_written=bool(outcome.fixed))
        era, renamed = seen.era, seen.renamed
        taken = list(_compatible(seen.found))
        if not taken:
            if lost := _lost(seen, source, wanted) if outcome.fixed else None:
                line = came_from[lost.line - 1] if came_from else lost.line
                lost = Finding(lost.code, lost.message, line, lost.column)
                return Outcome(text, trouble=no_longer_told(lost), lost=lost)
            break
        try:
            new, taken = _parsing(source, taken)
        except SyntaxError as error:
            how = "has more that could be written anew" if outcome.fixed else "is left as it is"
            outcome.trouble = f"{how}: what would be written does not parse ({error.msg})"
            break
        if new == outcome.text:
            break
        outcome.text = new
        outcome.fixed += [one.finding for one in taken]
        outcome.reasons += [
            Reason(came_from[one.finding.line - 1] if came_from else one.finding.line, one.rewrite.reason)
            for one in taken
            if one.rewrite.safety is Safety.UNSAFE
        ]
        if wanted.unsafe or era != _UNKNOWN:
            of_round = origins(source.text, new)
            came_from = [came_from[line - 1] for line in of_round] if came_from else of_round
    return outcome


def no_longer_told(lost: Finding) -> str:
    """Say why a source is left as it is: of what a person must decide, a later run would find nothing more."""
    return (
        "is left as it is: written anew, it would no longer say for which Keras it is, and so nobody would be told, on"
        f" line {lost.line}: {lost.message}; decide that first"
    )


def _lost(seen: _Seen, source: Source, wanted: Wanted) -> Finding | None:
    """Return something that is left to a person, and would be found no more: what told for which Keras it is went."""
    if not seen.left or seen.era == _UNKNOWN:
        return None
    matches, _, _ = match(source.tree, source.text, names=wanted.names, target=wanted.target)
    told = {located(one, source.lines) for one in matches}
    return next((finding for finding in seen.left if finding not in told), None)


class _Seen(NamedTuple):
    """What a look at a source gives."""

    found: list[_Found]
    """What can be written anew."""
    left: list[Finding]
    """What is found besides."""
    era: Era
    """What the file says of its Keras, or said before some of it was written anew."""
    renamed: frozenset[str]
    """Old names that go with what else does."""


def _look(source: Source, wanted: Wanted, renamed: frozenset[str], era: Era, *, has_written: bool = False) -> _Seen:
    matches, reading, era = match(source.tree, source.text, names=wanted.names, target=wanted.target, era=era)
    if not matches:
        return _Seen([], [], era, renamed)
    uses = Uses(source.tree)
    context = Context(
        source, uses, reading, Spelling(source, uses, reading, has_keras=wanted.has_keras), wanted.is_package, era
    )
    whole = Whole(source, reading, matches)
    found: list[_Found] = []
    aliases: list[_Found] = []
    selected: list[tuple[Match, Finding]] = []
    by_hand: set[int] = set()
    """Values that a person must change: their arguments keep the names under which that is found."""
    for one in sorted(matches, key=lambda one: not isinstance(one.change, ValueChange)):
        finding = located(one, source.lines)
        is_alias = not wanted.is_selected(finding, source.text)
        if is_alias and one.change.code not in ("KER901", "KER902"):
            continue
        if not is_alias:
            selected.append((one, finding))
        rewrite = None if whole.is_left(one) else _rewrite(one, context)
        if isinstance(one.change, ValueChange) and (rewrite is None or rewrite.safety is Safety.BY_HAND):
            by_hand.add(id(one.node))
        if isinstance(one.change, ArgumentChange) and id(getattr(one.node, "value", None)) in by_hand:
            continue
        if rewrite is None or rewrite.safety not in (_ALL if wanted.unsafe else _SAFE):
            continue
        (aliases if is_alias else found).append(_Found(one, finding, rewrite))
    found = whole.without_halves(found, matches)
    renamed |= {_called(one.match.site.call) for one in found if one.match.site is not None and one.match.site.call}
    goes = has_written or bool(found)
    found += [alias for alias in aliases if _goes_along(alias, renamed, goes=goes)]
    written = {id(one.match) for one in found}
    left = [finding for one, finding in selected if id(one) not in written]
    return _Seen(found, left, era, renamed)


def _goes_along(alias: _Found, renamed: frozenset[str], *, goes: bool) -> bool:
    """Tell whether what still works is written anew as well, beside what does not.

    :param goes: whether there is such, or was before it was written anew.
    """
    change, site = alias.match.change, alias.match.site
    if change.code == "KER901":
        return goes and is_input_length(alias.match)
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
    of_imports = list(imports.edits(new, operations))
    return applied(new.text, [*of_imports, *aligned(new, of_imports)])


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
