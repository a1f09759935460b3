"""Every word of an explanation: a sentence → pieces of text, in which each number of a formula stands alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sphinx_paramdoc.explanation import causes, outside
from sphinx_paramdoc.explanation.naming import opening, span
from sphinx_paramdoc.explanation.pieces import CLAUSE, COLON, MOST_NAMES, SEMICOLON, Piece, clauses, first, more_layers
from sphinx_paramdoc.explanation.sentence import (
    Alike,
    ByAnother,
    ByClass,
    ByFormula,
    ByParts,
    ByWeights,
    Difference,
    Explanation,
    Main,
    OfClass,
    Part,
    Sized,
    WithoutWeights,
)
from sphinx_paramdoc.expression import Expression, Number
from sphinx_paramdoc.said import bracketed, counted, joined, label, listed, run_on, said

_MOST_CLASSES = 5
"""Of more classes of layers than this, the layers of the smallest are only counted."""

_MOST_LISTED = 8
"""Of more weights, or groups of equal ones, than this, the last are only counted."""

_WITHOUT_WEIGHTS = {
    "not_built": (said("not built"), said("it has no weights yet")),
    "kind": (said("no weights"), ""),
    "layers": (said("no weights"), said("none of its layers has any")),
    "creates_none": (said("no weights"), said("it creates none")),
    "uncertain": (said("no weights"), ""),
}
"""What is said of a layer without weights, and why there are none, where its kind does not tell."""


def text(explained: Explanation) -> str:
    """Write an explanation."""
    return written(pieces(explained))


def written(pieces: Iterable[Piece]) -> str:
    """Return the text that pieces make."""
    return run_on(*(part for piece in pieces for part in (piece.lead, piece.text) if part))


def pieces(explained: Explanation) -> Iterator[Piece]:
    """Yield the text of an explanation, its formula number by number."""
    is_said = explained.proof != "none" or not explained.shared
    if explained.repeat > 1:
        yield Piece(_of_several(explained, is_said))
    if is_said:
        yield from _main(explained.main)
    for number, (clause, *sentences) in enumerate(_remarks(explained)):
        if not clause.lead and (is_said or number):
            yield CLAUSE
        yield clause
        yield from sentences


def has_remarks(explained: Explanation) -> bool:
    """Tell whether there is more to say than what a count comes about by."""
    return any(_remarks(explained))


def pieces_of_quiet(explained: Sequence[Explanation]) -> Iterator[Piece]:
    """Yield the text for several layers without weights, each reason once."""
    yield Piece(said("{layers} without weights", layers=layers_text(explained)))
    sentences = (piece.text for each in explained if not each.is_operation for piece in _main(each.main) if piece.lead)
    for number, sentence in enumerate(dict.fromkeys(sentences)):
        yield Piece(sentence, lead=SEMICOLON if number else COLON)


def layers_text(explained: Sequence[Explanation]) -> str:
    """Write how many layers there are, and how many operations, which are none."""
    operations = sum(each.repeat for each in explained if each.is_operation)
    layers = sum(each.repeat for each in explained) - operations
    told = [opening(layers, 1)] if layers or not operations else []
    if operations:
        told.append(counted(operations, "{number:,} operation", "{number:,} operations"))
    return joined(told)


def _without_weights(main: WithoutWeights) -> Iterator[Piece]:
    has_none, sentence = _WITHOUT_WEIGHTS[main.why]
    yield Piece(has_none)
    if sentence := sentence or main.phrase:
        yield Piece(sentence, lead=COLON)


def _of_several(explained: Explanation, is_said: bool) -> str:
    """Write what stands before the explanation of one layer where it is that of several equal ones."""
    if explained.proof != "none":
        total = explained.repeat * explained.count
        numbers = f"{explained.repeat:,} × {explained.count:,} = {total:,}"
        return said("{numbers}; each ", numbers=numbers)  # what follows is made of runs, and no part of a pattern
    if is_said and not explained.is_not_built:
        return counted(explained.repeat, "{number:,} layer, each with ", "{number:,} layers, each with ")
    return counted(explained.repeat, "{number:,} layer, each ", "{number:,} layers, each ")


def _formula(main: ByFormula) -> Iterator[Piece]:
    formula = main.formula
    yield from _numbers(formula.expression)
    if isinstance(formula.expression, Number):
        yield Piece(run_on(COLON, label(formula.expression.label)))
    else:
        yield Piece(f" = {main.count:,}")
    if formula.note:
        yield Piece(formula.note, lead=SEMICOLON)
    if formula.logical:
        logical = f"{formula.logical.text()} = {formula.logical.evaluate():,}"
        yield CLAUSE
        yield Piece(said("without quantisation {count}", count=logical))


def _main(main: Main) -> Iterator[Piece]:
    match main:
        case ByFormula():
            yield from _formula(main)
        case ByWeights(weights):
            yield Piece(_listed(weights))
        case ByParts(parts):
            yield from _sum(parts)
        case ByClass(classes):
            yield Piece(_classes(classes))
        case ByAnother(name, base, differences, count):
            apart = listed(list(map(_difference, differences)))
            total = f"{base:,}{''.join(map(_step, differences))} = {count:,}"
            yield Piece(said("as {name} {differences}: {sum}", name=name, differences=apart, sum=total))
        case WithoutWeights():
            yield from _without_weights(main)


def _listed(weights: Sequence[Sized | Alike]) -> str:
    """Write weights one by one; of many the last are only counted, so that there is a sum."""
    if len(weights) <= _MOST_LISTED:
        return clauses(map(_sized, weights))
    named, rest = weights[: _MOST_LISTED - 1], weights[_MOST_LISTED - 1 :]
    number = sum(len(each.names) if isinstance(each, Alike) else 1 for each in rest)
    total = sum(each.count for each in weights)
    left = sum(each.count for each in rest)
    return counted(
        number,
        "{named}; {number:,} more weight {left:,}; together {total:,}",
        "{named}; {number:,} more weights {left:,}; together {total:,}",
        named=clauses(map(_sized, named)),
        left=left,
        total=total,
    )


def _sized(weight: Sized | Alike) -> str:
    if isinstance(weight, Alike):
        return run_on(_alike(weight), f" = {weight.count:,}")
    return f"{weight.name} {_size(weight)}"


def _alike(weights: Alike) -> str:
    """Write weights of one shape: ``60 × kernel 4 × 4``, or ``a and b: 2 × 64`` if they are called otherwise."""
    number, shape = len(weights.names), " × ".join(map(str, weights.shape or (1,)))
    stems = {_NUMBERS.sub("", name) for name in weights.names}
    if len(stems) == 1 and (stem := stems.pop()):
        return f"{number:,} × {stem} {shape}"
    return run_on(joined(first(weights.names)), COLON, f"{number:,} × {shape}")


_NUMBERS = re.compile(r"[_#]?\d+")
"""What tells weights of one name apart."""


def _size(weight: Sized) -> str:
    if len(weight.shape) < 2:
        return f"{weight.count:,}"
    return f"{' × '.join(map(str, weight.shape))} = {weight.count:,}"


def _sum(parts: Sequence[Part]) -> Iterator[Piece]:
    """Yield a composite layer part by part: ``encoder 1,024 + decoder 2,048 = 3,072``."""
    if len(parts) == 1:
        [part] = parts
        yield Piece(run_on(_name(part), COLON))
        if len(part.names) > 1:
            yield Piece(f"{len(part.names):,} × {part.each:,} = ")
        elif isinstance(part.how, Number):
            yield Piece(run_on(f"{part.count:,} ", bracketed(label(part.how.label))))
            return
        elif isinstance(part.how, Expression):
            yield from _numbers(part.how)
            yield Piece(" = ")
        elif part.how and not part.is_own:
            yield Piece(said("{weights}; together ", weights=_listed(part.how)))
        yield Piece(f"{part.count:,}")
        return
    for number, part in enumerate(parts):
        yield Piece(run_on(" + " if number else "", _name(part), f" {part.count:,}"))
        if part.how:
            yield from _how(part, part.how)
    yield Piece(f" = {sum(part.count for part in parts):,}")


def _how(part: Part, how: Expression | tuple[Sized | Alike, ...]) -> Iterator[Piece]:
    """Yield in parentheses how a part of a sum comes about, where that says more than its count."""
    if isinstance(how, Expression):
        inside = [Piece(how.label)] if isinstance(how, Number) else _numbers(how)
        yield from [Piece(" ("), *inside, Piece(")")]
        return
    [only] = how if len(how) == 1 else [None]
    if not isinstance(only, Sized):
        yield Piece(
            run_on(" (", clauses(_alike(each) if isinstance(each, Alike) else _plain(each) for each in how), ")")
        )
    elif not part.is_own or len(only.shape) > 1:
        yield Piece(f" ({_dimensions(only) if part.is_own else _plain(only)})")


def _plain(weight: Sized) -> str:
    return f"{weight.name} {_dimensions(weight)}"


def _dimensions(weight: Sized) -> str:
    return " × ".join(map(str, weight.shape or (1,)))


def _numbers(formula: Expression) -> Iterator[Piece]:
    for piece in formula.pieces():
        yield Piece(piece) if isinstance(piece, str) else Piece(str(piece.value), piece.label)


def _classes(classes: Sequence[OfClass]) -> str:
    """Write what layers add class by class: ``87 layers with weights: 35 Conv2D 2,223,872 + …``."""
    total = sum(each.count for each in classes)
    if len(classes) == 1:
        [only] = classes
        if only.least == only.most:
            each: str = f"{only.least:,}"
        else:
            each = said("{least:,} to {most:,}", least=only.least, most=only.most)
        return said(
            "{layers} of {count} each = {total:,}", layers=f"{only.number:,} {only.name}", count=each, total=total
        )
    named = list(classes)
    if len(named) > _MOST_CLASSES:
        largest = sorted(classes, key=lambda each: -each.count)[: _MOST_CLASSES - 1]
        named = [each for each in classes if each in largest or not each.name]
    terms = [run_on(_class_name(each), f" {each.count:,}") for each in named]
    if rest := [each for each in classes if each not in named]:
        left = sum(each.count for each in rest)
        terms.append(run_on(more_layers(sum(each.number for each in rest)), f" {left:,}"))
    layers = sum(each.number for each in classes if each.name)
    parts = run_on(*(part for number, term in enumerate(terms) for part in ((" + ", term) if number else (term,))))
    if all(each.name for each in classes):
        return counted(
            layers,
            "{number:,} layer with weights: {parts} = {total:,}",
            "{number:,} layers with weights: {parts} = {total:,}",
            parts=parts,
            total=total,
        )
    return counted(
        layers,
        "own weights and {number:,} layer with weights: {parts} = {total:,}",
        "own weights and {number:,} layers with weights: {parts} = {total:,}",
        parts=parts,
        total=total,
    )


_OWN_WEIGHTS = said("own weights")


def _class_name(each: OfClass) -> str:
    if not each.name:
        return _OWN_WEIGHTS
    return f"{each.number:,} {each.name}" if each.number > 1 else each.name


def _name(part: Part) -> str:
    if part.is_own:
        return said("own {weight}", weight=part.names[0]) if part.names else _OWN_WEIGHTS
    return span(part.names)


def _difference(difference: Difference) -> str:
    match difference:
        case Difference(None, Sized() | Part() as there):
            return said("without {weight}", weight=_one(there))
        case Difference(Sized() as here, Sized() as there):
            return said("with {weight} instead of {size}", weight=_one(here), size=_size(there))
        case Difference(Sized() | Part() as here, _):
            return said("plus {weight}", weight=_one(here))
    raise TypeError(f"{difference!r} sets nothing apart")


def _one(what: Sized | Part) -> str:
    return _sized(what) if isinstance(what, Sized) else run_on(_name(what), f" {what.count:,}")


def _step(difference: Difference) -> str:
    taken = f" − {difference.there.count:,}" if difference.there else ""
    return taken + (f" + {difference.here.count:,}" if difference.here else "")


def _remarks(explained: Explanation) -> Iterator[list[Piece]]:
    """Yield each clause behind the main one, followed by the sentences that say why."""
    if explained.note:
        yield [Piece(explained.note, lead=SEMICOLON)]
    if explained.logical is not None:
        yield [Piece(said("without quantisation {count}", count=_of_all(explained.logical, explained)))]
    yield from ([_uncounted(each)] for each in explained.uncounted)
    if explained.non_trainable:
        are_listed = isinstance(explained.main, ByWeights)
        what = explained.non_trainable
        count = _of_all(what.count, explained)
        if explained.repeat > 1 and len(what.causes) > 1:
            clause = said("{count} non-trainable, in each", count=count)
        else:
            clause = said("{count} non-trainable", count=count)
        yield [Piece(clause), *causes.reasons(what, explained.path, are_listed=are_listed)]
    yield from ([causes.unheeded(each)] for each in explained.unheeded)
    if explained.trained_bases:
        yield [causes.trained_bases(explained.trained_bases)]
    if explained.overwritten:
        scales = said("scales and maxima that float8 training overwrites, not learned")
        count = _of_all(explained.overwritten, explained)
        yield [Piece(said("{count} of the trainable", count=count)), Piece(scales, lead=COLON)]
    if explained.calls > 1:
        yield [
            Piece(
                counted(
                    explained.calls, "called {number:,} time, counted once", "called {number:,} times, counted once"
                )
            )
        ]
    yield from outside.remarks(explained)
    if explained.shared:
        yield [Piece(_shared(explained.shared, alone=explained.proof == "none"))]


def _of_all(count: int, explained: Explanation) -> str:
    """Write how many numbers of a kind there are; of several equal layers, how many each has as well."""
    times = explained.repeat
    return f"{times:,} × {count:,} = {times * count:,}" if times > 1 else f"{count:,}"


def _uncounted(weight: Sized) -> Piece:
    held = _size(weight) if len(weight.shape) > 1 else counted(weight.count, "{number:,} number", "{number:,} numbers")
    return Piece(
        said("{weight} may have any length, so the framework counts 0; it holds {what}", weight=weight.name, what=held)
    )


def _shared(owners: Sequence[tuple[str, int]], *, alone: bool) -> str:
    """Write what is shared with which layer; of many layers the last are only counted."""
    if alone and len(owners) == 1:
        return said("shared with {layer}", layer=owners[0][0])
    named = owners if len(owners) <= MOST_NAMES else owners[: MOST_NAMES - 1]
    phrases: list[str] = [said("{count:,} shared with {layer}", layer=owner, count=count) for owner, count in named]
    if rest := owners[len(named) :]:
        shared = sum(count for _, count in rest)
        phrases.append(
            counted(
                len(rest),
                "{count:,} shared with {number:,} more layer",
                "{count:,} shared with {number:,} more layers",
                count=shared,
            )
        )
    return listed(phrases)
