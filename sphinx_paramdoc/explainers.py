"""Functions that explain layers of a class: a project names its own, and installed libraries bring theirs.

They run where the model is, in the process of the block: there their modules can be imported, whatever they need, and a
change of them makes a record stale. What they offer goes into the facts and is proven later, as any formula is.
"""

from __future__ import annotations

import functools
import importlib
import traceback
from collections.abc import Mapping
from importlib import metadata
from typing import Any

import msgspec

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation.expression import Expression, from_plain, to_plain

GROUP = "sphinx_paramdoc.explainers"
"""The group of entry points: the full name of a layer class → ``pkg.module:function``."""


@functools.cache
def installed() -> dict[str, str]:
    """Give the explainers that installed libraries bring: the full name of a class → ``pkg.module:function``."""
    return {point.name: point.value for point in metadata.entry_points(group=GROUP)}


def ask(model: facts.Model, explainers: Mapping[str, str]) -> facts.Model:
    """Let each layer of a class that has an explainer, or inherits from such a class, be explained by it.

    :param explainers: the full name of a class → ``pkg.module:function``, besides those of installed libraries.
    """
    known = {**installed(), **explainers}
    return msgspec.structs.replace(model, layers=_asked(model.layers, known)) if known else model


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
        given = _function(explainer)(layer)
        if given is None:
            return None
        if not isinstance(given, Expression):
            return facts.Offer(explainer, trouble=f"it gave a {type(given).__qualname__}, not an expression or None")
        plain = to_plain(given)
        from_plain(plain).evaluate()
        return facts.Offer(explainer, formula=plain)
    except (Exception, SystemExit) as error:  # somebody else's code, which may raise anything
        # Only the kind of error and its first line: what follows may name places of this machine.
        first, *_ = "".join(traceback.format_exception_only(error)).strip().splitlines()
        return facts.Offer(explainer, trouble=first)


def _function(explainer: str) -> Any:
    module, _, name = explainer.partition(":")
    return functools.reduce(getattr, name.split("."), importlib.import_module(module))
