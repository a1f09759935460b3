"""What is said of that with which a layer computes and which it does not count: numbers of nobody, or of others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation.pieces import Piece, first, joined
from sphinx_paramdoc.explanation.sentence import Explanation


def uses_text(name: str, uses: Sequence[facts.Outside], number: int = 1) -> str:
    """Write that something, such as a layer, uses numbers that its framework does not track.

    :param number: how many there are of it, which use as many each.
    """
    said = "; ".join(": ".join(each) for each in _of_uses(uses))
    return f"{name} {said}" if number == 1 else f"{name} and {number - 1:,} like it: each {said}"


def plain_value_text(value: facts.Outside, users: Sequence[str]) -> str:
    """Write that layers and operations hold the result of a layer as a plain value."""
    kind = value.class_name.rpartition(".")[2]
    said = "{} numbers are" if value.params > 1 else "{} number is"
    return (
        f"{value.name} ({kind}) is in no model: {joined(first(users, 'more'))} "
        f"{'takes' if len(users) == 1 else 'take'} its result as a plain value, so its "
        f"{said.format(f'{value.params:,}')} not trained, saved or counted here"
    )


def remarks(explained: Explanation) -> Iterator[list[Piece]]:
    """Yield each clause, followed by the sentence that says what it means."""
    for clause, sentence in _of_uses(explained.uses):
        yield [Piece(clause), Piece(sentence, lead=": ")]
    if explained.borrows:
        yield [Piece(f"uses the weights of {joined(first(explained.borrows, 'more'))}, which count there")]
    if explained.copied:
        clause = f"takes a copy of {joined(first(explained.copied, 'more'))} as a plain value"
        yield [Piece(clause), Piece("training does not change that", lead=": ")]
    if explained.unbuilt:
        names = first(explained.unbuilt, "more layers")
        are, they = ("is", "it has") if len(explained.unbuilt) == 1 else ("are", "they have")
        yield [Piece(f"{joined(names)} {are} not built"), Piece(f"{they} no weights yet", lead=": ")]


def _of_uses(uses: Sequence[facts.Outside]) -> Iterator[tuple[str, str]]:
    """Yield how many numbers are not tracked, and in which things; and what that means for them.

    What a layer computes with comes first, then what it is only known to hold.
    """
    for verb, group in (
        ("uses", [each for each in uses if not each.only_held]),
        ("holds", [each for each in uses if each.only_held]),
    ):
        if group:
            count = sum(each.params for each in group)
            numbers, they_are = ("numbers", "they are") if count > 1 else ("number", "it is")
            names = joined(first(list(dict.fromkeys(each.name for each in group)), "more"))
            clause = f"{verb} {count:,} {numbers} that Keras does not track ({names})"
            yield clause, f"{they_are} not trained, saved or counted here"
