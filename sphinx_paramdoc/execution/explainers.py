"""Functions that explain layers of a class: a project names its own, and installed libraries bring theirs.

They run where the model is, in the process of the block: there their modules can be imported, whatever they need, and a
change of them makes a record stale. What they offer goes into the facts and is proven later, as any formula is.
"""

from __future__ import annotations

import functools
import importlib
import traceback
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import msgspec

from sphinx_paramdoc import facts
from sphinx_paramdoc.expression import Expression, from_plain, to_plain

GROUP = "sphinx_paramdoc.explainers"
"""The group of entry points: the full name of a layer class → ``pkg.module:function``."""


@functools.cache
def installed() -> dict[str, str]:
    """Return the explainers that installed libraries bring: the full name of a class → ``pkg.module:function``."""
    return {point.name: point.value for point in metadata.entry_points(group=GROUP)}


def ask(model: facts.Model, explainers: Mapping[str, str]) -> facts.Model:
    """Let each layer of a class that has an explainer, or inherits from such a class, be explained by it.

    :param explainers: the full name of a class → ``pkg.module:function``, besides those of installed libraries.
    """
    known = {**installed(), **explainers}
    return msgspec.structs.replace(model, layers=_asked(model.layers, known)) if known else model


def explained_otherwise(layers: Iterable[Mapping[str, Any]], own: Mapping[str, str]) -> str | None:
    """Say which of the explainers that are installed now was not asked for the layers of a record.

    A library that is not installed is not missed: a record may be read where nothing of what made it is.

    :param layers: the packed facts.
    :param own: the explainers that the project names.
    """
    known = installed()
    pending = list(layers) if known else []
    while pending:
        layer = pending.pop()
        pending.extend(layer.get("children", ()))
        names = [layer.get("class", ""), *layer.get("bases", ())]
        name = next((name for name in names if name in known or name in own), None)
        if name is not None and name not in own and layer.get("offer", {}).get("explainer") != known[name]:
            return f"{known[name]} explains {name} now"
    return None


def _asked(layers: list[facts.Layer], explainers: Mapping[str, str]) -> list[facts.Layer]:
    return [
        msgspec.structs.replace(layer, children=_asked(layer.children, explainers), offer=_offer(layer, explainers))
        for layer in layers
    ]


def _offer(layer: facts.Layer, explainers: Mapping[str, str]) -> facts.Offer | None:
    name = next((name for name in (layer.class_name, *layer.bases) if name in explainers), None)
    if name is None:
        return None
    explainer = explainers[name]
    try:
        # A copy, as lists and dictionaries could be changed.
        given = _function(explainer)(msgspec.convert(msgspec.to_builtins(layer), facts.Layer))
        if given is None:
            return facts.Offer(explainer)
        if not isinstance(given, Expression):
            what = type(given).__qualname__
            return facts.Offer(explainer, trouble=f"it gave {given!r:.80} ({what}), not what Dimension and Number make")
        plain = to_plain(given)
        from_plain(plain).evaluate()
        return facts.Offer(explainer, formula=plain)
    except (Exception, SystemExit) as error:  # somebody else's code, which may raise anything
        first, *_ = "".join(traceback.format_exception_only(error)).strip().splitlines()
        return facts.Offer(explainer, trouble=f"{first}{_place(error)}")


def _place(error: BaseException) -> str:
    """Name the line of somebody else's code that an error came from."""
    here = str(Path(__file__).parents[1])
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.startswith(here)]
    return f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""


def _function(explainer: str) -> Any:
    module, _, name = explainer.partition(":")
    return functools.reduce(getattr, name.split("."), importlib.import_module(module))
