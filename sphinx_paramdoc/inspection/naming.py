"""How layers and weights are told apart where a framework gives them no name, or the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

_ANONYMOUS = re.compile(r"variable(_\d+)?")
"""What Keras calls a weight that was given no name; the number depends on what was made before."""

_UNNAMED = "Variable"
"""The name that TensorFlow gives to a variable without one."""

_TRACKERS = (
    "_trainable_variables",
    "_non_trainable_variables",
    "_tracker",
    "_self_",
    "tracked_params",
    "tracked_state",
)
"""How the attributes begin where every layer lists its weights: that says nothing of what they are."""

_DEEPEST = 8
"""Structures of weights are searched down to this depth."""


def is_anonymous(name: str) -> bool:
    """Tell whether a name is what a framework calls a weight that was given none."""
    return not name or name == _UNNAMED or _ANONYMOUS.fullmatch(name) is not None


def distinct(names: Iterable[str]) -> Iterator[str]:
    """Tell things of the same name apart, which a subclassed model may have: ``dense``, ``dense#2``."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}#{seen[name]}"


def weight_names(layer: object, variables: Iterable[Any]) -> list[str]:
    """Name the weights that a layer owns, each differently and without the separator of paths.

    A weight that was given no name is called by the attribute of the layer that holds it, and inside a structure, such
    as the parameters of a Flax module, by the way there: ``params.Dense_0.kernel``.
    """
    own = list(variables)
    if any(_ANONYMOUS.fullmatch(variable.name) for variable in own):
        held = {name: value for name, value in vars(layer).items() if not name.startswith(_TRACKERS)}
        ways = sorted(_variables(held), key=lambda way: -way[0].count("."))
        found = {key: name for name, key in ways}  # the shortest way to each is the last
        parameters = _parameters(layer)
        found |= {id(each): parameters[key] for each in own if (key := id(getattr(each, "_value", None))) in parameters}
    else:
        found = {}
    names = (
        found.get(id(variable), variable.name) if _ANONYMOUS.fullmatch(variable.name) else variable.name
        for variable in own
    )
    return list(distinct(name.partition(":")[0].replace("/", ".") for name in names))


def names_without_scopes(variables: Sequence[Any], attributes: Mapping[str, object]) -> list[str]:
    """Return the names of one owner's variables, without the scopes they were made in: ``kernel`` of ``a/kernel:0``.

    :param attributes: what the owner keeps, by the attributes' names: the name of a variable that was given none.
    """
    names = [variable.name.partition(":")[0].rpartition("/")[2] for variable in variables]
    held = {id(value): name for name, value in attributes.items()} if _UNNAMED in names else {}
    pairs = zip(names, variables, strict=True)
    return list(distinct(held.get(id(variable), name) if name == _UNNAMED else name for name, variable in pairs))


def _parameters(layer: object) -> dict[int, str]:
    """Return the parameters of a module of Torch that a layer wraps, by what the module calls them."""
    named: Any = getattr(getattr(layer, "module", None), "named_parameters", None)
    return {id(parameter): name for name, parameter in named()} if callable(named) else {}


def _variables(structure: Any, name: str = "", depth: int = 0) -> Iterator[tuple[str, int]]:
    """Yield the way to everything in a structure, and its identity."""
    if isinstance(structure, Mapping):
        parts = [(str(key), value) for key, value in structure.items()]
    elif isinstance(structure, (list, tuple)):
        parts = [(str(number), value) for number, value in enumerate(structure)]
    else:
        yield name, id(structure)
        return
    if depth < _DEEPEST:
        for key, value in parts:
            yield from _variables(value, f"{name}.{key}" if name else key.lstrip("_") or key, depth + 1)
