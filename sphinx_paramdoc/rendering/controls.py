"""The fields and sliders of the arguments as HTML, which a script fills with life."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING

from sphinx_paramdoc.law import domain
from sphinx_paramdoc.said import Words, said

if TYPE_CHECKING:
    from sphinx_paramdoc.law import Law


def controls(law: Law, words: Words) -> str:
    """Return a group with a field and a slider for each argument, and what else belongs to them."""
    found = [each.arguments for each in law.executed]
    settings = [
        *(_setting(law, arguments) for arguments in found),
        *(words(said("{setting}: no model", setting=_setting(law, arguments))) for arguments, _ in law.raised),
    ]
    none = f"<option disabled>{escape(words(said('none of these')))}</option>"
    options = "".join(f"<option>{escape(each)}</option>" for each in settings)
    marked = escape(words(said("was executed, while the other arguments stay as they are")))
    return (
        f'<fieldset class="paramdoc-sliders"><legend>{escape(words(said("Change the arguments")))}</legend>'
        f"{''.join(_argument(law, name, words) for name in law.arguments)}"
        f'<p class="paramdoc-marked">{marked}</p>'
        f"<div><label>{escape(words(said('Executed settings')))} <select>{none}{options}</select></label>"
        f'<button type="button">{escape(words(said("Reset")))}</button></div>'
        "<output></output></fieldset>"
    )


def _setting(law: Law, arguments: Mapping[str, int]) -> str:
    return ", ".join(f"{name} = {arguments[name]:,}" for name in law.arguments)


def _argument(law: Law, name: str, words: Words) -> str:
    """Return the field and the slider of one argument, with a mark below each value that was executed."""
    values = domain.values(law, name)
    field = escape(words(said("{argument}, number", argument=name)))
    beyond = escape(words(said("beyond the slider")))
    marks = "".join(
        f'<i style="--at: {place:.4f}" data-at="{settings}" hidden></i>'
        for place, settings in _marks(law, name, values)
    )
    return (
        f'<div><label><code>{name}</code> <input inputmode="numeric" autocomplete="off" aria-label="{field}"></label>'
        f'<span class="paramdoc-slider" data-beyond="{beyond}"><input type="range" autocomplete="off" '
        f'min="{values.start}" max="{values[-1]}" step="{values.step}" aria-label="{name}">{marks}</span></div>'
    )


def _marks(law: Law, name: str, values: range) -> Iterator[tuple[float, str]]:
    """Yield how far along its slider each executed value is, and a pattern of the settings in which it stands there."""
    least, most = values.start, values[-1]
    for each in law.executed:
        value = each.arguments[name]
        if least <= value <= most and most > least:
            others = (r"\d+" if other == name else str(each.arguments[other]) for other in law.arguments)
            yield (value - least) / (most - least), f"^{','.join(others)}$"
