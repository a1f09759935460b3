"""Bytes → a record that can be believed, or the reason why not.

A record may have been merged, edited or made up: it is evidence only as long as all of it fits together. So it says of
itself which digest the rest of it has, and whatever goes wrong while it is read makes it none.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from enum import Enum
from pathlib import Path, PureWindowsPath
from typing import Any

import msgspec

from sphinx_paramdoc import facts
from sphinx_paramdoc.execution import Maker
from sphinx_paramdoc.expression import from_plain
from sphinx_paramdoc.machine import regular
from sphinx_paramdoc.records import packing

SCHEMA = 6
"""Another one for every change of what a record or a request holds, or of what the inspection reads from a model."""

_LARGEST = 64 * 2**20
"""No record of a model that can be built has more bytes."""

_LONGEST_PART = 255
"""No usual file system takes a longer name, in bytes."""

_LONGEST_PATH = 4096

_MOST_AXES = 256

_DEEPEST_SHAPE = 20

_LARGEST_AXIS = 2**63

_LARGEST_COUNT = 10**1000
"""No page can show a number that is much larger."""

_MOST_TERMS = 200

_PACKAGE = re.compile(r"[^\W_][\w.-]{0,200}|_\w{1,200}")


class Miss(Enum):
    """Why there is no record to be believed, in words for a person."""

    MISSING = "there is no record of this block"
    UNREADABLE = "the record of this block cannot be read"
    OTHERS = "the record of this block is that of another one"
    EDITED = (
        "the record of this block does not fit its digest, so it was edited or merged: delete it, or build once where "
        "the framework is"
    )
    OLDER = "the record of this block was written by an older sphinx-paramdoc: build once with the framework"
    NEWER = "the record of this block was written by a newer sphinx-paramdoc"


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """The result of one successful block."""

    paramdoc: int
    """The schema."""
    digest: str = ""
    """That of everything else in the record, however it is written."""
    request: dict[str, Any]
    """What was asked for; code as a list of its lines."""
    modules: dict[str, str] = {}
    """The first-party modules that the block imported, with the digests of their files."""
    files: dict[str, str] = {}
    """Other first-party files that it opened, with their digests: ``../sizes.json``, from the folder of the
    documentation, or ``package:sizes.json``, from that of a package."""
    versions: dict[str, str] = {}
    """The versions of the installed distributions that it leans on, apart from the frameworks."""
    maker: Maker | None = None
    """What the expression called, where it has a source that can be looked up."""
    arguments: dict[str, int] = {}
    """The whole numbers that its outermost call was given, or has by default."""
    call: int = 0
    """Which call that was, as `execution.Request` counts them."""
    raised: str = ""
    """What a setting of a builder said that gives no model: only of these are failures kept, as a formula leans on
    them as well. The model then has its frameworks alone."""
    model: dict[str, Any]
    """The facts, packed."""

    @property
    def frameworks(self) -> dict[str, str]:
        """The versions of the frameworks that built the model."""
        versions: dict[str, str] = self.model["frameworks"]
        return versions


def sealed(record: Record) -> dict[str, Any]:
    """Return a record as plain data that holds its digest."""
    plain: dict[str, Any] = msgspec.to_builtins(record)
    schema = plain.pop("paramdoc")
    return {"paramdoc": schema, "digest": digest({"paramdoc": schema, **plain}), **plain}


def read(file: Path) -> Record | Miss:
    """Return the record in a file, or why there is none."""
    try:
        data = regular.read(file, _LARGEST)
    except FileNotFoundError:
        return Miss.MISSING
    except (OSError, MemoryError):
        return Miss.UNREADABLE
    return parsed(data)


def parsed(data: bytes) -> Record | Miss:
    """Return the record that bytes are, or why they are none."""
    try:
        return _record(data)
    except _DoubleKeyError:
        return Miss.EDITED
    except Exception:  # whatever can be wrong with it: it is somebody else's text
        return Miss.UNREADABLE


def schema(file: Path) -> int | None:
    """Return the schema of a record, whichever version wrote it; ``None`` where a file is none."""
    plain = _plain(file)
    return found if isinstance(plain, dict) and type(found := plain.get("paramdoc")) is int else None


def older(file: Path) -> dict[str, Any] | None:
    """Return the request of a record that an older version wrote; ``None`` where it is none."""
    plain = _plain(file)
    found = plain.get("request") if isinstance(plain, dict) else None
    number = plain.get("paramdoc") if isinstance(plain, dict) else None
    return found if isinstance(found, dict) and type(number) is int and number < SCHEMA else None


def _plain(file: Path) -> Any:
    try:
        return json.loads(regular.read(file, _LARGEST))
    except Exception:  # as above
        return None


def _record(data: bytes) -> Record | Miss:
    plain = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_unique, parse_constant=_no_number)
    schema = plain["paramdoc"]
    if type(schema) is int and schema != SCHEMA:
        return Miss.OLDER if schema < SCHEMA else Miss.NEWER
    stated = plain.pop("digest")
    if digest(plain) != stated:
        return Miss.EDITED
    record = msgspec.convert({**plain, "digest": stated}, Record)
    if record.raised:
        _require("vary" in record.request and facts.is_printable(record.raised))
        return record
    check(record, packing.unpack(record.model))
    return record


class _DoubleKeyError(ValueError):
    """An object has a key twice, as where a merge kept both lines."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _DoubleKeyError
    return found


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


def digest(plain: dict[str, Any]) -> str:
    """Return the digest of plain data, whatever the order of its keys, its spaces and its ends of lines."""
    return hashlib.sha256(msgspec.json.encode(plain, order="sorted")).hexdigest()[:32]


# What no block gives


def check(record: Record, model: facts.Model) -> None:
    """Refuse what no block gives, though its form is that of a record.

    :param model: its facts, unpacked.
    :raises ValueError: where it holds such a thing.
    """
    _require(facts.is_printable(record.model))
    for names in (record.frameworks, record.versions):
        _require(all(_PACKAGE.fullmatch(name) and len(version) <= _LONGEST_PART for name, version in names.items()))
    _require(all(_is_module(name) for name in record.modules))
    _require(all(map(_is_file, record.files)))
    _require(all(map(str.isidentifier, record.arguments)) and record.call >= 0)
    if record.maker:
        _require(not record.maker.module or _is_module(record.maker.module))
        _require(facts.is_printable(list(record.maker)) and record.maker.line >= 0)
    for weight in model.weights:
        _require(len(weight.shape) <= _MOST_AXES and all(0 <= axis < _LARGEST_AXIS for axis in weight.shape))
        _require(weight.count < _LARGEST_COUNT)
        _require(weight.trainable or weight.reason is not None)
    _check_outside(model.outside)
    layers = list(model.layers)
    while layers:
        layer = layers.pop()
        layers.extend(layer.children)
        _require(0 < layer.calls < _LARGEST_AXIS)
        _check_outside(layer.outside)
        _check_shape(layer.input_shape)
        _check_shape(layer.output_shape)
        if layer.offer is not None and layer.offer.formula is not None:
            numbers = list(from_plain(layer.offer.formula).terms())
            _require(len(numbers) <= _MOST_TERMS and all(number.value < _LARGEST_AXIS for number in numbers))


def _check_outside(outside: Iterable[facts.Outside]) -> None:
    _require(all(0 < each.params < _LARGEST_COUNT for each in outside))


def _require(holds: object) -> None:
    if not holds:
        raise ValueError("no block gives such a record")


def _is_module(name: str) -> bool:
    return all(
        0 < len(part.encode()) <= _LONGEST_PART and not {"/", "\\", "\0"} & set(part) for part in name.split(".")
    )


def _is_file(name: str) -> bool:
    """Tell whether a name is that of a file as a record has it: relative, and no longer than a file system takes."""
    module, colon, beside = name.rpartition(":")
    if colon and not _is_module(module):
        return False
    path = PureWindowsPath(beside)
    return (
        len(name.encode()) <= _LONGEST_PATH
        and "\0" not in name
        and bool(beside)
        and not (beside.startswith("/") or path.drive or path.root)
        and all(len(part.encode()) <= _LONGEST_PART for part in path.parts)
    )


def _check_shape(shape: facts.Shape) -> None:
    """Refuse what is no shape: neither axes, nor shapes in a list or by their names."""
    pending: list[tuple[Any, int]] = [] if shape is None else [(shape, 0)]
    while pending:
        part, depth = pending.pop()
        _require(isinstance(part, (list, dict)) and depth <= _DEEPEST_SHAPE)
        if not (isinstance(part, list) and all(axis is None or type(axis) is int for axis in part)):
            pending += [(inner, depth + 1) for inner in (part.values() if isinstance(part, dict) else part)]
        else:
            _require(all(axis is None or 0 <= axis < _LARGEST_AXIS for axis in part))
