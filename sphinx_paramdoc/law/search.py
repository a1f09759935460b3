"""The search for a formula: which settings are executed, what follows from them, and what it is held to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeAlias

from sphinx_paramdoc import facts
from sphinx_paramdoc.law import depth, domain, evidence, families, fitting, reasons, settings
from sphinx_paramdoc.law.choices import Choices, all_borne_out
from sphinx_paramdoc.law.families import Family, Token
from sphinx_paramdoc.law.fitting import Change
from sphinx_paramdoc.law.formula import Executed, Law, Part, Result, actual, count
from sphinx_paramdoc.law.places import Places
from sphinx_paramdoc.law.polynomial import Polynomial
from sphinx_paramdoc.law.settings import Setting

Run: TypeAlias = Callable[[Sequence[Setting]], Sequence[Result]]
"""Executes settings; what it gives is in their order."""

HELD_OUT = 5
"""A formula is held to so many settings that had no part in finding it."""

_MOST_JOINT = 3
"""So many settings with all arguments changed are tried, to find one that tells candidates apart."""

_MOST_ROUNDS = 4
"""So often settings that raised are made up for by others."""

_MOST_SETTINGS = 40
"""Of so many settings those are chosen that differ the most."""


class Search:
    """One search, with all that was executed for it."""

    def __init__(self, arguments: Setting, model: facts.Model, run: Run, fixed: Setting, may_leave_out: bool) -> None:
        """Take what `law.find` takes."""
        self._table = dict(arguments)
        self._model = model
        self._weights = families.tokens(model)
        self._arguments = arguments
        """The setting from which others differ: that of the table, or one with fewer layers."""
        self._centre = self._weights
        """What it has."""
        self._run = run
        self._fixed = fixed
        self._may_leave_out = may_leave_out
        self._known: dict[tuple[tuple[str, int], ...], Result] = {}
        self._left_out: dict[str, str] = {}
        self._raised: list[Result] = []
        self._steps: dict[str, int] = {}
        """By how much each argument was changed, alone, where that could be executed."""
        self._given: dict[str, list[int]] = {}
        """The values of those arguments that take only some: few layers, and what changes nothing."""
        self._keep(Result(dict(arguments), model))

    def found(self) -> Law:
        """Search; a model of many layers first with few of them, as that takes less time."""
        folded = depth.folded(self._table, self._weights, self._one)
        if folded is None:
            return self._searched()
        self._arguments, self._centre = folded
        law = self._searched()
        if not law.refused:
            return law
        self._arguments, self._centre = dict(self._table), self._weights
        return self._searched()

    def _one(self, setting: Setting) -> facts.Model | None:
        [result] = self._execute([setting])
        return result.model

    def without(self, names: Collection[str]) -> Search:
        """Return a search in the other arguments, with these as they are in the table, that knows what was executed."""
        still = {name: self._table[name] for name in names}
        rest = {name: value for name, value in self._table.items() if name not in names}

        def run(settings: Sequence[Setting]) -> list[Result]:
            results = self._run([{**setting, **still} for setting in settings])
            return [each._replace(arguments=dict(setting)) for each, setting in zip(results, settings, strict=True)]

        made = Search(rest, self._model, run, {**self._fixed, **still}, may_leave_out=False)
        for result in self._known.values():
            if still.items() <= result.arguments.items():
                made._keep(result._replace(arguments={name: result.arguments[name] for name in rest}))
        return made

    def _searched(self) -> Law:
        """Search; where small changes lead nowhere, as where halves are rounded, once more with multiples."""
        alone = self._varied_alone()
        refused = {name: what for name, what in alone.items() if isinstance(what, str)}
        if self._may_leave_out and len(refused) < len(self._arguments):
            self._leave_out(refused)
            refused = {}
        if refused:
            return self._law(refused=refused)
        law = self._of(self._further({name: what for name, what in alone.items() if isinstance(what, Result)}))
        if not law.refused or all(self._is_multiple(name, what) for name, what in alone.items()):
            return law
        wide = self._varied_alone(multiples=True)
        stars = {name: what for name, what in wide.items() if isinstance(what, Result)}
        again = self._of(stars) if len(stars) == len(self._arguments) else law
        return law if again.refused else again

    def _further(self, stars: Mapping[str, Result]) -> dict[str, Result]:
        """Return settings with one argument changed, further where it changes nothing: what rounds may do so later."""
        there = Counter(self._centre)
        silent = [name for name, star in stars.items() if star.model and actual(star.model) == there]
        further = self._execute({**self._arguments, name: settings.far(self._arguments[name])} for name in silent)
        changed = {
            name: result
            for name, result in zip(silent, further, strict=True)
            if result.model and actual(result.model) != there
        }
        return {**stars, **changed}

    def _is_multiple(self, name: str, star: Result | str) -> bool:
        """Tell whether an argument was changed to a multiple of what it was, or to a part."""
        if name not in self._arguments or isinstance(star, str):
            return True
        large, small = sorted((self._arguments[name], star.arguments[name]), reverse=True)
        return small > 0 and large % small == 0

    def _of(self, stars: Mapping[str, Result]) -> Law:
        """Return the formula that follows from settings with one argument changed."""
        self._steps = {name: abs(star.arguments[name] - self._arguments[name]) for name, star in stars.items()}
        refused: dict[str, str] = {}
        ways: dict[str, tuple[list[Token], list[int]]] = {}
        held = {name: families.tokens(star.model) for name, star in stars.items() if star.model}
        unlikely = families.unlike(self._centre, held.values())
        for name, star in stars.items():
            weights = held[name]
            way = families.aligned(weights, self._centre, unlikely)
            if way is None:
                refused[name] = reasons.new_kinds(star.arguments[name], self._arguments[name])
            else:
                ways[name] = weights, way
        if refused:
            return self._law(refused=refused)
        found = families.families(self._centre, list(ways.values()))
        refused = {
            name: reasons.new_shapes(stars[name].arguments[name], self._arguments[name])
            for number, name in enumerate(ways)
            if any(len(family.seen[number].shapes) > 1 for family in found)
        }
        if refused:
            return self._law(refused=refused)
        few = [
            name for number, name in enumerate(ways) if any(f.seen[number].number != len(f.positions) for f in found)
        ]
        self._given = {
            name: [each for each in settings.few(self._arguments[name]) if each != self._table[name]] for name in few
        }
        for number, name in enumerate(ways):
            if name not in few and all(f.seen[number].shapes == {f.shape} for f in found):  # it changes nothing
                self._given[name] = [self._arguments[name], stars[name].arguments[name]]
                if len(stars) == 1:  # it is held to other values of this one
                    self._given[name] += settings.alone(name, self._arguments, self._fixed)
                    self._given[name] += settings.few(self._arguments[name])
        parts = self._fitted(found, stars)
        agrees = self._held_to(parts) if parts else None
        if parts and agrees is None and (divided := self._divided(parts)) is not None:
            narrower = [part._replace(whole=(*part.whole, divided)) for part in parts]
            agrees = self._held_to(narrower)
            parts = parts if agrees is None else narrower
        if parts is None or agrees is None:
            return self._law(refused=self._culprits(parts, stars))
        if len(agrees) < HELD_OUT:
            return self._law(refused=dict.fromkeys(self._arguments, self._too_few(len(agrees))))
        return self._law(parts=tuple(parts), repeating=few, agrees_at=agrees)

    def _leave_out(self, reasons: Mapping[str, str]) -> None:
        """Let arguments be what they are in the table."""
        self._left_out |= reasons
        for name in reasons:
            self._fixed[name] = self._table.pop(name)
            self._arguments.pop(name)
        results = list(self._known.values())
        self._raised += [result for result in results if not result.model]
        self._known.clear()
        for result in results:
            if result.model:
                self._keep(result._replace(arguments={name: result.arguments[name] for name in self._arguments}))

    # Executing

    def _execute(self, wanted: Iterable[Setting]) -> list[Result]:
        """Return what becomes of settings; each is executed once."""
        all_wanted = list(wanted)
        new = {settings.key(setting): setting for setting in all_wanted if settings.key(setting) not in self._known}
        for result in self._run(list(new.values())) if new else ():
            self._keep(result)
        return [self._known[settings.key(setting)] for setting in all_wanted]

    def _keep(self, result: Result) -> None:
        self._known[settings.key(result.arguments)] = result

    def _varied_alone(self, *, multiples: bool = False) -> dict[str, Result | str]:
        """Return for each argument a setting with that one changed, or why there is none.

        :param multiples: whether multiples of what it was come first.
        """
        values = {
            name: settings.alone(name, self._arguments, self._fixed, multiples=multiples) for name in self._arguments
        }
        found: dict[str, Result | str] = dict(self._already(multiples=multiples))
        for round_ in range(max(map(len, values.values()), default=0)):
            pending = [name for name in self._arguments if name not in found and round_ < len(values[name])]
            results = self._execute({**self._arguments, name: values[name][round_]} for name in pending)
            found |= {name: result for name, result in zip(pending, results, strict=True) if result.model}
        return {name: found.get(name) or self._takes_no_other(name) for name in self._arguments}

    def _already(self, *, multiples: bool) -> Iterator[tuple[str, Result]]:
        """Yield arguments that few layers were chosen of: the model of the table is one with more."""
        if multiples or self._arguments == self._table:
            return
        for result in self._known.values():
            if result.model and len(changed := self._differs(result)) == 1:
                yield changed[0], result

    def _takes_no_other(self, name: str) -> str:
        failed = [result for result in self._known.values() if not result.model and self._differs(result) == [name]]
        return reasons.takes_no_other(name, failed[0])

    def _differs(self, result: Result) -> list[str]:
        return [name for name, value in self._arguments.items() if result.arguments[name] != value]

    # Finding

    def _fitted(self, found: Sequence[Family], stars: Mapping[str, Result]) -> list[Part] | None:
        """Return what each family is in the arguments, as far as a setting with all of them changed bears it out."""
        choices = [self._choices(family, stars) for family in found]
        if not all(each.combinations for each in choices):
            return None
        likeliest = [each.likeliest for each in choices]
        if all(each.combinations == 1 for each in choices):
            return likeliest
        for result in self._joint(likeliest):
            there = actual(result.model) if result.model else Counter[Token]()
            return all_borne_out(choices, result.arguments, there)
        return likeliest

    def _joint(self, likeliest: Sequence[Part]) -> Iterator[Result]:
        """Yield a setting with all arguments changed that could be executed; none where none can."""
        for setting in islice(evidence.telling(likeliest, self._safe(), self._known), _MOST_JOINT):
            [result] = self._execute([setting])
            if result.model:
                yield result
                return

    def _safe(self, seed: int = 0) -> Iterator[Setting]:
        return settings.joint(self._arguments, self._fixed, self._steps, self._given, seed=seed)

    def _choices(self, family: Family, stars: Mapping[str, Result]) -> Choices:
        """Return what a family may be, by the settings with one argument changed."""

        def of(value: int, others: Sequence[int | None]) -> list[Polynomial]:
            changes = [
                Change(name, self._arguments[name], star.arguments[name], value if other is None else other)
                for (name, star), other in zip(stars.items(), others, strict=True)
            ]
            return fitting.candidates(value, changes)

        number = of(len(family.positions), [seen.number for seen in family.seen])
        axes = [
            of(side, [next((shape[axis] for shape in seen.shapes), None) for seen in family.seen])
            for axis, side in enumerate(family.shape)
        ]
        return Choices(family, self._arguments, number, axes)

    # Holding to it

    def _held_to(self, parts: Sequence[Part]) -> list[Setting] | None:
        """Return the settings that agree, of those that had no part in finding; ``None`` where any does not.

        One at which the formula gives no whole number is none of its own: there, builders round.
        """
        if not all(evidence.agrees(parts, result) for result in self._known.values()):
            return None
        agrees: list[Setting] = []
        safe = list(islice(evidence.telling(parts, self._safe(seed=2), self._known), _MOST_SETTINGS))
        bold = list(
            islice(evidence.telling(parts, settings.loose(self._arguments, self._given), self._known), _MOST_SETTINGS)
        )
        tried = [result.arguments for result in self._known.values()]
        wanted = settings.varied(bold, tried, HELD_OUT - 2)
        wanted += settings.varied(safe, [*tried, *wanted], HELD_OUT - len(wanted))
        deep = self._deep(safe)
        wanted[:1] = [deep] if deep and wanted else wanted[:1]
        left = list(settings.different([*safe, *bold], {settings.key(setting): None for setting in wanted}))
        for _ in range(_MOST_ROUNDS):
            for result in self._execute(wanted):
                if not evidence.agrees(parts, result):
                    return None
                if result.model:
                    agrees.append(result.arguments)
            if len(agrees) >= HELD_OUT:
                break
            known = self._known.values()
            left = settings.likeliest(
                left,
                [each.arguments for each in known if not each.model],
                [each.arguments for each in known if each.model],
            )
            missing = HELD_OUT - len(agrees)
            wanted, left = left[:missing], left[missing:]
        return agrees if deep is None or deep in agrees else None

    def _deep(self, safe: Iterable[Setting]) -> Setting | None:
        """Return a setting with all arguments changed that is about as deep as the table's, if others are not."""
        more = {name: value + 1 for name, value in self._table.items() if value != self._arguments[name]}
        return next(({**setting, **more} for setting in safe), None) if more else None

    def _divided(self, parts: Sequence[Part]) -> Polynomial | None:
        """Return what must be whole where a formula holds, as the settings that disagree tell; ``None`` without such.

        A builder that says ``heads * (width // heads)`` has the width itself wherever the heads divide it. Only what
        divides in the table is looked at; whether that was it, further settings say.
        """
        results = [result for result in self._known.values() if result.model]
        wrong = [result.arguments for result in results if not evidence.agrees(parts, result)]
        right = [result.arguments for result in results if evidence.agrees(parts, result)]
        return domain.divided(self._arguments, self._fixed, wrong, right)

    # Refusing

    def _culprits(self, parts: Sequence[Part] | None, stars: Mapping[str, Result]) -> dict[str, str]:
        """Return which arguments have no formula, by changing each alone once more; where none stands out, all."""
        values = {
            name: [
                value for value in settings.alone(name, self._arguments, self._fixed) if value != star.arguments[name]
            ]
            for name, star in stars.items()
        }
        further = [{**self._arguments, name: each} for name, found in values.items() for each in found[:2]]
        self._execute(further)
        results = [result for result in self._known.values() if result.model]
        found: dict[str, str] = {}
        for name, star in stars.items():
            alone = [result for result in results if self._differs(result) == [name]]
            if not all(self._follows(parts, name, star, result) for result in alone):
                found[name] = reasons.no_sum()
        return found or dict.fromkeys(stars, reasons.no_sum_together(list(stars)))

    def _follows(self, parts: Sequence[Part] | None, name: str, star: Result, result: Result) -> bool:
        """Tell whether a setting with one argument changed is what those before lead to."""
        assert result.model is not None
        if parts is not None:
            return evidence.agrees(parts, result)
        assert star.model is not None
        found = [family for family in (self._families(star), self._families(result)) if family is not None]
        if len(found) < 2:
            return False
        there = actual(result.model)
        choices = [self._choices(family, {name: star}) for family in found[0]]
        return all(each.combinations and each.bears_out(result.arguments, there) for each in choices)

    def _families(self, other: Result) -> list[Family] | None:
        assert other.model is not None
        weights = families.tokens(other.model)
        way = families.aligned(weights, self._centre)
        return None if way is None else families.families(self._centre, [(weights, way)])

    def _too_few(self, number: int) -> str:
        failed = [result for result in self._known.values() if not result.model]
        return reasons.too_few(number, HELD_OUT, self._arguments, failed)

    def _of_table(self, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        """Return what was found in a model with fewer layers, by where it is in that of the table."""
        way = families.aligned(self._weights, self._centre) or ()
        return tuple(
            part._replace(positions=frozenset(place for place, at in enumerate(way) if at in part.positions))
            for part in parts
        )

    def _law(
        self,
        *,
        parts: tuple[Part, ...] = (),
        repeating: Sequence[str] = (),
        agrees_at: Sequence[Setting] = (),
        refused: Mapping[str, str] = {},
    ) -> Law:
        results = list(self._known.values())
        without = [each for each in [*self._raised, *results] if not each.model]
        return Law(
            arguments=dict(self._table),
            parts=self._of_table(parts),
            repeating=tuple(repeating),
            executed=[Executed(each.arguments, count(each.model)) for each in results if each.model],
            agrees_at=list(agrees_at),
            refused=dict(refused),
            left_out=self._left_out,
            places=Places(self._model, results) if parts else None,
            raised=[(each.arguments, each.trouble) for each in without if not each.is_open],
            open=[(each.arguments, each.trouble) for each in without if each.is_open],
        )
