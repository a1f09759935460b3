"""The walk through a live model, the same for all frameworks: paths, numbers, what is frozen and what is shared.

What a framework differs in, its adapter answers. A variable counts once, by identity, and belongs to the layer that
the walk meets first; things of the same name in one place are told apart; a layer of another framework is asked after
by the adapter of that.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from sphinx_paramdoc import facts
from sphinx_paramdoc.inspection.adapter import Adapter, Named
from sphinx_paramdoc.inspection.errors import NotBuiltError
from sphinx_paramdoc.inspection.kinds import LayerClass
from sphinx_paramdoc.inspection.naming import distinct
from sphinx_paramdoc.inspection.outside import NOTHING, Searched, search
from sphinx_paramdoc.inspection.surroundings import Surroundings
from sphinx_paramdoc.inspection.tracked import Tracked


def inspect(
    adapter: Adapter,
    model: Any,
    framework_of: Callable[[object], Adapter | None] = lambda _: None,
    results_of: Callable[[object], Sequence[Any]] = lambda _: (),
) -> facts.Model:
    """Read the facts of a model or a single layer.

    :param framework_of: gives what knows a layer of whichever framework.
    :param results_of: gives the layers that a tensor is a result of, as far as that is known.
    :raises NotBuiltError: where the model has no weights yet.
    """
    if adapter.is_ready(model):
        found = _Found(adapter.versions())
        walker = _Walker(adapter, model, adapter.name(model).replace("/", "."), found)
        layers = list(_frozen_in_fact(walker.outermost(model), found.weights))
        if found.weights or adapter.may_lack_weights:
            searched = found.searched(lambda: adapter.uncounted(model), framework_of, results_of)
            return facts.Model(
                name=adapter.name(model),
                class_name=walker.kind(type(model)).name,
                layers=_told(layers, searched),
                weights=found.weights,
                variables=found.variables,
                frameworks=found.frameworks,
                own_trainable=_told_otherwise(
                    adapter.own_trainable(model), (weight for weight in found.weights if weight.trainable)
                ),
                own_total=_told_otherwise(adapter.own_total(model), found.weights),
                outside=searched.get("", NOTHING).outside,
            )
    raise NotBuiltError(adapter.not_built(model))


def _told_otherwise(own: int | None, weights: Iterable[facts.Weight]) -> int | None:
    """Return how much a model itself says that it holds, where that is not what is read here; or ``None``."""
    return None if own == sum(weight.count for weight in weights) else own


class _Found:
    """What is found in one model, by however many walkers: each variable once, and the frameworks."""

    def __init__(self, frameworks: dict[str, str]) -> None:
        self.frameworks = frameworks
        self.weights: list[facts.Weight] = []
        self.variables: facts.Variables = "real"
        self.numbers: dict[int, int] = {}
        """The identity of a variable → its position among `weights`."""
        self._layers: dict[int, list[str]] = {}
        """The identity of each layer that was read → its paths."""
        self._searchable: list[tuple[str, Any, Sequence[Any], str]] = []
        """The path of each that may compute with what nobody counts, the layer, what its calls were given, and where
        the layers inside it lie."""

    def note(
        self, adapter: Adapter, path: str, layer: Any, given: Sequence[Any] = (), around: str | None = None
    ) -> None:
        """Take down a layer that was read.

        :param given: what its calls were given besides the tensors of the graph.
        :param around: the path below which the layers inside it lie, if that is not `path`.
        """
        self._layers.setdefault(id(layer), []).append(path)
        if not adapter.follows_all:
            self._searchable.append((path, layer, given, path if around is None else around))

    def searched(
        self,
        uncounted: Callable[[], Iterable[Any]],
        framework_of: Callable[[object], Adapter | None],
        results_of: Callable[[object], Sequence[Any]],
    ) -> dict[str, Searched]:
        """Return what was found outside by the paths of the layers that compute with it; also where a search gave up.

        :param uncounted: gives the variables that the model holds, those that are no weights among them.
        """
        tracked = Tracked(self.numbers, self.weights, uncounted, self._layers)
        surroundings = Surroundings()
        results = (
            (path, search(layer, given, tracked, framework_of, results_of, surroundings, around))
            for path, layer, given, around in self._searchable
        )
        return {path: result for path, result in results if result != NOTHING}


def _frozen_in_fact(layers: Iterable[facts.Layer], weights: Sequence[facts.Weight]) -> Iterable[facts.Layer]:
    """Let only those layers be frozen by another or by themselves of which something is: to say so need not help."""
    froze = {weight.frozen_by for weight in weights}

    def checked(layer: facts.Layer) -> facts.Layer:
        children = list(map(checked, layer.children))
        by = layer.frozen_by
        if by is not None:
            held = {weights[number].frozen_by for number in layer.all_weights()}
            by = by if by in (held or froze) else None
        return msgspec.structs.replace(layer, children=children, frozen_by=by)

    layers = list(layers)
    return map(checked, layers) if any(map(_is_called_frozen, layers)) else layers


def _is_called_frozen(layer: facts.Layer) -> bool:
    return layer.frozen_by is not None or any(map(_is_called_frozen, layer.children))


class _Walker:
    """Walks through the layers of one framework below one of them, and numbers its variables as it meets them."""

    def __init__(self, adapter: Adapter, root: Any, path: str, found: _Found) -> None:
        self._adapter = adapter
        self._path = path
        self._found = found
        self._trainable = adapter.trainable(root)
        self._frozen_root = None if adapter.is_trainable(root) else path
        self.kind: Callable[[type], LayerClass] = functools.cache(adapter.kind)
        self._around: set[int] = set()
        """The identities of the layers that are being read."""
        self._unheeded: list[str] = []
        """The paths of those of them that say they are frozen, from the outermost on."""

    def outermost(self, model: Any) -> Iterator[facts.Layer]:
        """Read the layers of a model, and first of all the weights that it owns by itself."""
        path, frozen_by = self._path, self._frozen_root
        own, inside = self._held(model)
        if not inside or self._adapter.is_one_thing(model):
            yield self.read(model, path)
            return
        self._around.add(id(model))
        weights = self._numbers(model, own, path, frozen_by)
        self._found.note(self._adapter, path if weights else "", model, around="")
        if weights:
            kind = self.kind(type(model))
            yield facts.Layer(path, path, kind.name, kind.bases, weights=weights, frozen_by=frozen_by)
        yield from self._children(model, inside, "", frozen_by, taken=[path] if weights else [])

    def read(self, layer: Any, path: str, frozen_by: str | None = None, graph: Any = None) -> facts.Layer:
        """Read one layer and those inside it.

        :param frozen_by: the path of the outermost frozen layer around it.
        :param graph: that of the model around it, if any.
        """
        ask = self._adapter
        kept = self._frozen_root if ask.may_thaw else frozen_by
        frozen_by = kept or (None if ask.is_trainable(layer) else frozen_by or path)
        own, inside = self._held(layer)
        self._around.add(id(layer))
        is_frozen = not ask.is_trainable(layer)
        self._unheeded += [path] * is_frozen
        kind = self.kind(type(layer))
        wiring = ask.wiring(layer, graph, path)
        read = facts.Layer(
            path=path,
            name=path.rpartition("/")[2],
            class_name=kind.name,
            bases=kind.bases,
            built=ask.is_built(layer),
            input_shape=wiring.input_shape,
            output_shape=wiring.output_shape,
            arguments=ask.arguments(layer, kind),
            weights=self._numbers(layer, own, path, frozen_by),
            children=list(self._children(layer, inside, f"{path}/", frozen_by)),
            frozen_by=frozen_by,
            connected_to=_paths(wiring.sources, path),
            calls=wiring.calls,
        )
        self._found.note(ask, path, layer, wiring.given)
        self._around.remove(id(layer))
        del self._unheeded[len(self._unheeded) - is_frozen :]
        return read

    def _operation(self, operation: Any, function: str, path: str, graph: Any) -> facts.Layer:
        """Read an operation of a graph."""
        wiring = self._adapter.wiring(operation, graph, path)
        self._found.note(self._adapter, path, operation, wiring.given)
        return facts.Layer(
            path=path,
            name=path.rpartition("/")[2],
            class_name=function,
            input_shape=wiring.input_shape,
            output_shape=wiring.output_shape,
            connected_to=_paths(wiring.sources, path),
            calls=wiring.calls,
            is_operation=True,
        )

    def _held(self, layer: Any) -> tuple[Iterable[Named], Sequence[Named]]:
        """Return the weights that a layer owns, and the layers inside it; it may keep one that it is a part of."""
        own, inside = self._adapter.held(layer)
        kept = [named for named in inside if id(named[1]) not in self._around and named[1] is not layer]
        return own, kept if len({name for name, _ in kept}) == len(kept) else self._replaced(kept)

    def _replaced(self, inside: Sequence[Named]) -> list[Named]:
        """Return layers without those that another of the same name has taken the place of, and holds.

        So does a layer that adapts a projection of an attention: a framework still tracks both.
        """
        places: dict[str, list[Any]] = {}
        for name, child in inside:
            places.setdefault(name, []).append(child)
        replaced: dict[int, Any] = {}
        for alike in places.values():
            for child in alike if len(alike) > 1 else ():
                others = [
                    other for other in alike if other is not child and self._adapter.reader_of(other) is self._adapter
                ]
                holder = next((o for o in others if any(c is child for _, c in self._adapter.held(o)[1])), None)
                if holder is not None:
                    replaced[id(child)] = holder
        moved = {id(holder) for holder in replaced.values()}
        return [
            (name, replaced.get(id(child), child))
            for name, child in inside
            if id(child) in replaced or id(child) not in moved
        ]

    def _children(
        self,
        layer: Any,
        inside: Sequence[Named],
        prefix: str,
        frozen_by: str | None,
        taken: Sequence[str] = (),
    ) -> Iterator[facts.Layer]:
        graph = self._adapter.graph(layer, [child for _, child in inside])
        names = list(distinct([*taken, *(name for name, _ in inside)]))[len(taken) :]
        for name, (_, child) in zip(names, inside, strict=True):
            adapter = self._adapter.reader_of(child)
            if function := self._adapter.operation(child):
                yield self._operation(child, function, prefix + name, graph)
            elif adapter is self._adapter:
                yield self.read(child, prefix + name, frozen_by, graph)
            else:
                yield self._read_by(adapter, child, prefix + name, frozen_by)

    def _read_by(self, adapter: Adapter, child: Any, path: str, frozen_by: str | None) -> facts.Layer:
        """Read a layer of another framework; where no model of that decides what is trained, the one around does."""
        self._found.frameworks.update(adapter.versions())
        walker = _Walker(adapter, child, path, self._found)
        if walker._trainable is not None:
            return walker.read(child, path)
        walker._trainable = self._trainable
        return walker.read(child, path, frozen_by)

    def _numbers(self, layer: Any, own: Iterable[Named], path: str, frozen_by: str | None) -> list[int]:
        """Return the positions of the weights that a layer owns, where those that are new are added."""
        numbers, positions = self._found.numbers, []
        for name, variable in own:
            number = numbers.setdefault(id(variable), len(numbers))
            if number == len(self._found.weights):
                self._add(layer, variable, path, name, frozen_by)
            positions.append(number)
        return positions

    def _add(self, layer: Any, variable: Any, path: str, name: str, frozen_by: str | None) -> None:
        ask = self._adapter
        form = ask.form(variable)
        trainable = form.is_trained if self._trainable is None else id(variable) in self._trainable
        reason = None if trainable else ask.reason(layer, variable, name)
        if reason == "frozen_variable" and frozen_by:  # all else would last if the layer were not frozen
            reason = "frozen_layer"
        weight = facts.Weight(
            path=f"{path}/{name}",
            name=name,
            shape=form.shape,
            dtype=form.dtype,
            trainable=trainable,
            reason=reason,
            frozen_by=None if trainable else frozen_by,
            unheeded=self._unheeded[-1] if trainable and self._unheeded else None,
            holds=form.holds,
            overwritten=trainable and form.is_overwritten,
        )
        self._found.weights.append(weight)
        if form.is_abstract:
            self._found.variables = "abstract"


def _told(layers: list[facts.Layer], searched: Mapping[str, Searched]) -> list[facts.Layer]:
    """Return layers with what was found outside; most models have nothing there, and stay as they are."""
    if not searched:
        return layers
    return [
        msgspec.structs.replace(
            layer,
            children=_told(layer.children, searched),
            outside=(found := searched.get(layer.path, NOTHING)).outside,
            is_searched=found.is_searched,
            borrows=list(found.borrows),
            copied=list(found.copied),
        )
        for layer in layers
    ]


def _paths(names: Iterable[str], path: str) -> list[str]:
    """Return the paths of things of some names that stand beside the one at `path`."""
    place = path.rpartition("/")[0]
    return [f"{place}/{name}" if place else name for name in names]
