"""Whether what was executed bears a formula out, and which of several it does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sphinx_paramdoc.law import settings
from sphinx_paramdoc.law.families import Token
from sphinx_paramdoc.law.formula import Part, Result, actual, predicted
from sphinx_paramdoc.law.settings import Setting


def agrees(parts: Sequence[Part], result: Result) -> bool:
    """Tell whether an executed setting has the weights that the formula says, where that says any."""
    found = predicted(parts, result.arguments)
    return result.model is None or found is None or found == actual(result.model)


def chosen(choices: Sequence[Sequence[Part]], setting: Setting, there: Counter[Token]) -> list[Part] | None:
    """Return for each family the likeliest of its choices that a setting bears out; ``None`` where one has none."""
    parts = []
    for family in choices:
        part = next((each for each in family if _is_there(each, setting, there)), None)
        if part is None:
            return None
        parts.append(part)
    return parts


def bears_out(choices: Sequence[Part], setting: Setting, there: Counter[Token]) -> bool:
    """Tell whether a setting has what one of the choices of a family says, or tells nothing as the likeliest rounds."""
    return predicted(choices[:1], setting) is None or any(_is_there(each, setting, there) for each in choices)


def _is_there(part: Part, setting: Setting, there: Counter[Token]) -> bool:
    found = predicted([part], setting)
    return found is not None and all(there[token] >= number for token, number in found.items())


def telling(
    parts: Sequence[Part], made: Iterable[Setting], known: Mapping[tuple[tuple[str, int], ...], Result]
) -> Iterator[Setting]:
    """Yield those settings, none of them known, at which the formula gives whole numbers."""
    return (setting for setting in settings.different(made, known) if predicted(parts, setting) is not None)
