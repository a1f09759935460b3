"""Facts → a smaller form of them and back: a layer that is a copy of another says only of which.

A language model repeats one block a hundred times, and a record of it should stay small. A copy differs from its
original in its name, in those that Keras gave to layers inside it (``dropout_1``), in what it is connected to, and in
the numbers of its weights; whatever differs in anything else is no copy, so nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from sphinx_paramdoc import facts
from sphinx_paramdoc.sameness import copy_form, walk

_MOST_ORIGINALS = 4
"""A layer is compared with this many others of its class, so that many different ones cost no more than a few."""

_MOST_UNPACKED = 200_000
"""No model that can be built has more layers and weights; a damaged record may claim any number."""

_LONG = 200
"""So many signs of names count as one more layer."""


def pack(model: facts.Model) -> dict[str, Any]:
    """Return a model as plain data, without what can be told from copies."""
    copied: set[int] = set()

    def packed(layers: list[facts.Layer]) -> Iterator[dict[str, Any]]:
        originals: dict[str, list[tuple[facts.Layer, list[Any]]]] = {}
        for layer in layers:
            own = _inside(layer, model.weights)
            form = copy_form(layer, model.weights, own) if layer.children else []
            alike = originals.setdefault(layer.class_name, [])
            original = next((other for other, its in alike if its == form and _is_in_order(layer, own)), None)
            plain = msgspec.to_builtins(layer)
            if original is not None:
                copied.update(own)
                copy: dict[str, Any] = {
                    "path": layer.path,
                    "copy_of": original.path,
                    "weights_at": [own.start, len(own)],
                }
                renamed = _renamed(original, layer)
                copy |= {"renamed": renamed} if renamed else {}
                yield {**copy, **{name: plain[name] for name in _OF_A_COPY if name in plain}}
                continue
            if layer.children:
                if len(alike) < _MOST_ORIGINALS:
                    alike.append((layer, form))
                plain["children"] = list(packed(layer.children))
            yield plain

    layers = list(packed(model.layers))
    plain = msgspec.to_builtins(msgspec.structs.replace(model, layers=[]))
    weights = [weight for number, weight in enumerate(plain["weights"]) if number not in copied]
    return {**plain, "layers": layers, "weights": weights}


def unpack(packed: dict[str, Any]) -> facts.Model:
    """Read what `pack` gave.

    :raises msgspec.ValidationError: where it is not such a thing.
    """
    try:
        ranges = [range(start, start + count) for start, count in _places(packed["layers"])]
        if any(each.start < 0 for each in ranges):
            raise ValueError("the numbers of weights count from 0")
        if max(sum(map(len, ranges)), len(packed["weights"]), _size(packed["layers"])) > _MOST_UNPACKED:
            raise ValueError("it has too many layers or weights")
        copied = {number for numbers in ranges for number in numbers}
        weights: list[Any] = [None] * (len(packed["weights"]) + len(copied))
        free = (number for number in range(len(weights)) if number not in copied)
        for number, weight in zip(free, packed["weights"], strict=True):
            weights[number] = weight
        layers = _unpacked(packed["layers"], weights)
    except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError, RecursionError, MemoryError) as error:
        raise msgspec.ValidationError(f"not a packed model: {error}") from None
    model = msgspec.convert({**packed, "layers": layers, "weights": weights}, facts.Model)
    if {number for layer in model.layers for number in layer.all_weights()} != set(range(len(weights))):
        raise msgspec.ValidationError("not a packed model: its layers do not have the weights that there are")
    return model


_OF_A_COPY = ("name", "connected_to")
"""What a copy has of its own, apart from its path and its weights."""


def _inside(layer: facts.Layer, weights: list[facts.Weight]) -> range:
    """Return the positions of the weights that no earlier layer has; they follow each other."""
    own = [number for number in layer.all_weights() if weights[number].path.startswith(f"{layer.path}/")]
    return range(min(own), max(own) + 1) if own else range(0)


def _is_in_order(layer: facts.Layer, own: range) -> bool:
    """Tell whether the weights of a layer are met in the order in which they are numbered, as a copy is unpacked."""
    return list(dict.fromkeys(number for number in layer.all_weights() if number in own)) == list(own)


def _renamed(original: facts.Layer, layer: facts.Layer) -> dict[str, str]:
    """Return the layers inside that are called otherwise: their paths below the original → their names in the other."""
    pairs = zip(walk(original), walk(layer), strict=True)
    here = f"{original.path}/"
    return {
        one.path.removeprefix(here): other.name
        for one, other in pairs
        if one is not original and one.name != other.name
    }


def _unpacked(layers: list[dict[str, Any]], weights: list[Any]) -> list[dict[str, Any]]:
    done: dict[str, dict[str, Any]] = {}
    for layer in layers:
        if "copy_of" in layer:
            start, count = layer["weights_at"]
            renamed = layer.get("renamed", {})
            moved, moved_weights = _moved(done[layer["copy_of"]], weights, layer["path"], start, renamed)
            if len(moved_weights) != count:
                raise ValueError(f"{layer['path']} has another number of weights than {layer['copy_of']}")
            weights[start : start + count] = moved_weights
            kept = {name: layer[name] for name in _OF_A_COPY if name in layer}
            done[layer["path"]] = {**_without(moved), **kept}
        elif "children" in layer:
            done[layer["path"]] = {**layer, "children": _unpacked(layer["children"], weights)}
        else:
            done[layer["path"]] = layer
    if len(done) != len(layers):
        raise ValueError("two layers have the same path")
    return list(done.values())


def _size(layers: list[dict[str, Any]]) -> int:
    """Return how many layers, weights and connections there are to be, without making the copies."""
    sizes: dict[str, int] = {}
    for layer in layers:
        names = [layer["path"], *layer.get("connected_to", ())]
        size = 1 + len(names) + sum(map(len, names)) // _LONG + len(layer.get("weights", ()))
        size += sizes[layer["copy_of"]] if "copy_of" in layer else _size(layer.get("children", []))
        sizes[layer["path"]] = size
    return sum(sizes.values())


def _without(layer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in layer.items() if name not in _OF_A_COPY}


def _places(layers: list[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    for layer in layers:
        if "copy_of" in layer:
            start, count = layer["weights_at"]
            yield start, count
        yield from _places(layer.get("children", []))


def _own_weights(layer: dict[str, Any], weights: list[dict[str, Any]]) -> range:
    """Return the numbers of the weights that no earlier layer has; they follow each other."""
    inside = f"{layer['path']}/"
    own = [number for number in _numbers(layer) if weights[number]["path"].startswith(inside)]
    return range(min(own), max(own) + 1) if own else range(0)


def _numbers(layer: dict[str, Any]) -> Iterator[int]:
    yield from layer.get("weights", ())
    for child in layer.get("children", ()):
        yield from _numbers(child)


def _moved(
    layer: dict[str, Any], weights: list[dict[str, Any]], path: str, start: int, renamed: Mapping[str, str]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return a layer and its own weights as they would be at another path, with weights numbered from `start`."""
    here = layer["path"]
    own = _own_weights(layer, weights)

    def there(text: str) -> str:
        if text == here:
            return path
        if not text.startswith(f"{here}/"):
            return text
        parts = text[len(here) + 1 :].split("/")
        new = (
            [renamed.get("/".join(parts[: number + 1]), part) for number, part in enumerate(parts)]
            if renamed
            else parts
        )
        return "/".join([path, *new])

    def of(part: dict[str, Any]) -> dict[str, Any]:
        moved = dict(part, path=there(part["path"]))
        moved |= {name: there(part[name]) for name in ("frozen_by", "unheeded") if name in part}
        if "connected_to" in part:
            moved["connected_to"] = [there(name) for name in part["connected_to"]]
        if "weights" in part:
            moved["weights"] = [number - own.start + start if number in own else number for number in part["weights"]]
        if "children" in part:
            moved["children"] = [inside(child) for child in part["children"]]
        return moved

    def inside(child: dict[str, Any]) -> dict[str, Any]:
        return dict(of(child), name=renamed.get(child["path"][len(here) + 1 :], child["name"]))

    return of(layer), [of(weights[number]) for number in own]
