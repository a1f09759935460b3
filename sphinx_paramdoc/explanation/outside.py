"""What is said of that with which a layer computes and which it does not count: numbers of nobody, or of others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation.pieces import COLON, Piece, clauses, first
from sphinx_paramdoc.explanation.sentence import Explanation
from sphinx_paramdoc.said import Said, counted, joined, pattern, run_on, said


def uses_text(name: str, uses: Sequence[facts.Outside], number: int = 1) -> Said:
    """Say that something, such as a layer, uses numbers that its framework does not track.

    :param number: how many there are of it, which use as many each.
    """
    what = clauses(run_on(clause, COLON, meaning) for clause, meaning in _of_uses(uses))
    if number == 1:
        return said("{name} {does}", name=name, does=what)
    return said("{name} and {number:,} like it: each {does}", name=name, number=number - 1, does=what)


def plain_value_text(value: facts.Outside, users: Sequence[str]) -> Said:
    """Say that layers and operations hold the result of a layer as a plain value."""
    if value.params > 1 and len(users) == 1:
        told = pattern(
            "{name} ({kind}) is in no model: {users} takes its result as a plain value, so its {count:,} numbers are "
            "not trained, saved or counted here"
        )
    elif value.params > 1:
        told = pattern(
            "{name} ({kind}) is in no model: {users} take its result as a plain value, so its {count:,} numbers are "
            "not trained, saved or counted here"
        )
    elif len(users) == 1:
        told = pattern(
            "{name} ({kind}) is in no model: {users} takes its result as a plain value, so its {count:,} number is "
            "not trained, saved or counted here"
        )
    else:
        told = pattern(
            "{name} ({kind}) is in no model: {users} take its result as a plain value, so its {count:,} number is "
            "not trained, saved or counted here"
        )
    kind = value.class_name.rpartition(".")[2]
    return said(told, name=value.name, kind=kind, users=joined(first(users)), count=value.params)


def remarks(explained: Explanation) -> Iterator[list[Piece]]:
    """Yield each clause, followed by the sentence that says what it means."""
    for clause, sentence in _of_uses(explained.uses):
        yield [Piece(clause), Piece(sentence, lead=COLON)]
    if explained.borrows:
        layers = joined(first(explained.borrows))
        yield [Piece(said("uses the weights of {layers}, which count there", layers=layers))]
    if explained.copied:
        clause = said("takes a copy of {weights} as a plain value", weights=joined(first(explained.copied)))
        yield [Piece(clause), Piece(said("training does not change that"), lead=COLON)]
    if explained.unbuilt:
        names = joined(first(explained.unbuilt, are_layers=True))
        if len(explained.unbuilt) == 1:
            yield [Piece(said("{layers} is not built", layers=names)), Piece(said("it has no weights yet"), lead=COLON)]
        else:
            clause = said("{layers} are not built", layers=names)
            yield [Piece(clause), Piece(said("they have no weights yet"), lead=COLON)]


def _of_uses(uses: Sequence[facts.Outside]) -> Iterator[tuple[Said, Said]]:
    """Yield how many numbers are not tracked, and in which things; and what that means for them.

    What a layer computes with comes first, then what it is only known to hold.
    """
    for is_held in (False, True):
        group = [each for each in uses if each.only_held == is_held]
        if not group:
            continue
        count = sum(each.params for each in group)
        names = joined(first(list(dict.fromkeys(each.name for each in group))))
        if is_held:
            clause = counted(
                count,
                "holds {number:,} number that Keras does not track ({names})",
                "holds {number:,} numbers that Keras does not track ({names})",
                names=names,
            )
        else:
            clause = counted(
                count,
                "uses {number:,} number that Keras does not track ({names})",
                "uses {number:,} numbers that Keras does not track ({names})",
                names=names,
            )
        meaning = said("they are not trained, saved or counted here")
        yield clause, meaning if count > 1 else said("it is not trained, saved or counted here")
