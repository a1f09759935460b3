"""Whether what was executed bears a formula out, and which settings tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sphinx_paramdoc.law import settings
from sphinx_paramdoc.law.formula import Part, Result, actual, predicted
from sphinx_paramdoc.law.settings import Setting


def agrees(parts: Sequence[Part], result: Result) -> bool:
    """Tell whether an executed setting has the weights that the formula says, where that says any."""
    found = predicted(parts, result.arguments)
    return result.model is None or found is None or found == actual(result.model)


def telling(
    parts: Sequence[Part], made: Iterable[Setting], known: Mapping[tuple[tuple[str, int], ...], Result]
) -> Iterator[Setting]:
    """Yield those settings, none of them known, at which the formula gives whole numbers."""
    return (setting for setting in settings.different(made, known) if predicted(parts, setting) is not None)
