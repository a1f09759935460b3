"""What changed between two models: the face for Python, and for JSON that was kept.

It loads what reads a model, or makes a table, only where it is given one: two texts are compared without.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from sphinx_paramdoc.difference import of_facts, of_rows
from sphinx_paramdoc.difference.comparing import compare as compared
from sphinx_paramdoc.difference.parts import Formula, Maker
from sphinx_paramdoc.rendering.changes import formats
from sphinx_paramdoc.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinx_paramdoc import facts
    from sphinx_paramdoc.difference.changes import Change, Difference
    from sphinx_paramdoc.difference.parts import Whole

_RECORD = 6
"""The schema of a record that is read here: that of `records.reading`."""


class Comparison(Shown):
    """What changed between two models; it prints as text, and a notebook shows it as HTML."""

    def __init__(self, difference: Difference) -> None:
        """Show a difference."""
        self._difference = difference

    @property
    def changes(self) -> tuple[Change, ...]:
        """What happened to the outermost layers, in their order; what happened inside them is in ``inside``."""
        return self._difference.changes

    def __bool__(self) -> bool:
        """Tell whether the models differ, be it in a name or in the order of the layers."""
        return bool(self._difference.changes or self._difference.moved)

    @property
    def is_material(self) -> bool:
        """Tell whether a count, a shape, a type or a trainable weight differs."""
        return self._difference.is_material

    def to_text(self, width: int | None = None, *, depth: int = 0) -> str:
        """Return what changed as text.

        :param width: how many columns it may take; ``None``: as many as it needs.
        :param depth: how deep layers open in which something changed.
        """
        return self._written("text", width=width, depth=depth)

    def to_markdown(self, *, depth: int = 0) -> str:
        """Return what changed as Markdown, for a comment on a pull request."""
        return self._written("markdown", depth=depth)

    def to_html(self, *, depth: int = 0) -> str:
        """Return what changed as HTML that stands by itself."""
        return self._written("html", depth=depth)

    def to_json(self) -> str:
        """Return what changed as JSON, in the form that the manual describes: every depth."""
        return self._written("json")

    def _written(self, form: str, **how: Any) -> str:
        return formats.write(self._difference, form, **how)


def compare(before: Any, after: Any) -> Comparison:
    """Return what changed between two models.

    :param before: a built model or layer, as `explain` takes it; the table that it returned; or a JSON text, that of
        such a table, of ``paramsummary --format json``, or of a record.
    :param after: the same; the two may be of different kinds.
    :raises TypeError: where one of them is none of these.
    :raises ValueError: where a text is none of these.
    """
    make = Maker()
    return Comparison(compared(_read(before, make, "before"), _read(after, make, "after")))


def _read(what: Any, make: Maker, name: str) -> Whole:
    if isinstance(what, (str, bytes)):
        try:
            return of_text(what, make)
        except ValueError as error:
            raise ValueError(f"compare(): {name}: {error}") from None
    from sphinx_paramdoc.live import ParameterTable, explain

    shown = what if isinstance(what, ParameterTable) else None
    if shown is None:
        try:
            shown = explain(what)
        except TypeError as error:
            raise TypeError(str(error).replace("explain() takes", "compare() takes tables, JSON texts,")) from None
    return of_rows.whole(json.loads(shown.to_json()), make)


def of_text(text: str | bytes, make: Maker) -> Whole:
    """Return the model of a JSON text.

    :raises ValueError: where it is neither a table nor a record.
    """
    try:
        plain = json.loads(text)
    except ValueError as error:
        raise ValueError(f"it is no JSON ({error})") from None
    except RecursionError:
        raise ValueError("it is nested too deeply to be a table or a record") from None
    if isinstance(plain, dict):
        try:
            if "rows" in plain:
                return _of_table(plain, make)
            if "paramdoc" in plain:
                return _of_record(plain, make)
        except (LookupError, TypeError, AttributeError) as error:
            raise ValueError(f"it is neither a table nor a record, or not whole ({error!r})") from None
    if isinstance(plain, dict) and "changes" in plain:
        raise ValueError("it is a difference, and no model: keep the table, paramsummary EXPRESSION --format json")
    if isinstance(plain, list) and any(isinstance(each, dict) and "rows" in each for each in plain):
        raise ValueError("it is a list of tables: keep the one that is meant in a file of its own")
    raise ValueError("it is neither a table of --format json nor a record")


def _of_table(plain: Mapping[str, Any], make: Maker) -> Whole:
    if plain.get("schema") != 1:
        said = f"its schema is {plain.get('schema')!r}: it was written by another sphinx-paramdoc"
        raise ValueError(f"{said}; write it again, with --format json")
    found = of_rows.whole(plain, make)
    rows = tuple(sum(getattr(each.part, name) for each in found.layers) for name in ("params", "trainable"))
    if rows != (found.total, found.trainable):
        raise ValueError("its rows do not add up to its total, so it was edited; write it again, with --format json")
    return found


def _of_record(plain: dict[str, Any], make: Maker) -> Whole:
    if trouble := _trouble(plain):
        raise ValueError(trouble)
    if plain.get("raised"):
        raise ValueError("it is the record of a setting that gives no model")
    model = plain["model"]
    try:
        return of_facts.whole(model, make, _Formulas(model))
    except of_facts.SharedError:
        from sphinx_paramdoc.difference import of_model
        from sphinx_paramdoc.records import packing

        return of_model.whole(packing.unpack(model), make)


def _trouble(plain: Mapping[str, Any]) -> str:
    """Return why a record is not to be believed, or ''.

    It says of itself which digest the rest of it has. The standard library writes what that is taken of before what
    knows more of records could be loaded; where the two do not write the same, that is asked.
    """
    rest = {name: value for name, value in plain.items() if name != "digest"}
    text = json.dumps(rest, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    if plain["paramdoc"] == _RECORD and hashlib.sha256(text.encode()).hexdigest()[:32] == plain.get("digest"):
        return ""
    from sphinx_paramdoc.records import reading

    if plain["paramdoc"] != reading.SCHEMA:
        miss = reading.Miss.OLDER if plain["paramdoc"] < reading.SCHEMA else reading.Miss.NEWER
        return str(miss.value)
    is_whole = reading.digest(rest) == plain.get("digest")
    return "" if is_whole else "it does not fit its digest, so it was edited or merged"


class _Formulas:
    """Finds the formulas of layers of a record."""

    def __init__(self, packed: dict[str, Any]) -> None:
        self._packed = packed
        self._unpacked: facts.Model | None = None

    def __call__(self, layer: Mapping[str, Any], weights: Sequence[Mapping[str, Any]]) -> Formula | None:
        """Return the formula of a layer."""
        from sphinx_paramdoc.difference.plain import PlainLayer, PlainWeight
        from sphinx_paramdoc.explanation.proof import is_known, prove

        read = PlainLayer(layer)
        if read.offer is None and not is_known(read):
            return None
        if _has_copies(layer):
            found = prove(*self._whole(layer["path"]))
        else:  # only this one is read, which is quicker
            found = prove(read, list(map(PlainWeight, weights)))
        if found is None:
            return None
        count = found.expression
        return Formula(count.text(), count.symbolic(), tuple((it.value, it.label) for it in count.terms()))

    def _whole(self, path: str) -> tuple[facts.Layer, list[facts.Weight]]:
        """Return a layer that is made of copies, and its weights."""
        from sphinx_paramdoc.records import packing
        from sphinx_paramdoc.sameness import walk

        model = self._unpacked = self._unpacked or packing.unpack(self._packed)
        layer = next(each for outer in model.layers for each in walk(outer) if each.path == path)
        return layer, [model.weights[position] for position in dict.fromkeys(layer.all_weights())]


def _has_copies(layer: Mapping[str, Any]) -> bool:
    return "copy_of" in layer or any(map(_has_copies, layer.get("children", ())))
