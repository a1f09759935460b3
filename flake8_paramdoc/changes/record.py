"""Records of fields, as `dataclasses` writes them, made in a fraction of its time.

A linter is started anew for a few files, again and again, and `dataclasses` writes and compiles the methods of each of
its classes when it makes the class: that was a third of what the import of the tables took. Here all records share
the same methods, and a default is an attribute of the class. For a type checker they are dataclasses.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from dataclasses import KW_ONLY, dataclass, replace
else:
    KW_ONLY = object()

    def dataclass(*, frozen: bool, eq: bool = True) -> Callable[[type], type]:
        """Return the decorator that makes a class one of records.

        :param frozen: whether nothing can be assigned to a record: it must be so.
        :param eq: whether records with the same values are equal.
        """
        assert frozen
        return _with_equality if eq else _record

    def replace(record: Any, **values: object) -> Any:
        """Return a record with some other values."""
        known = record._placed + record._named
        return type(record)(**{name: getattr(record, name) for name in known} | values)


__all__ = ["KW_ONLY", "NOTHING", "dataclass", "replace"]

NOTHING: Mapping[Any, Any] = MappingProxyType({})
"""The default of a field that holds a mapping."""


def _record(kind: Any) -> Any:
    """Find a class's fields, behind those of the class above it, and give it the methods of a record."""
    placed, named = [*getattr(kind, "_placed", ())], [*getattr(kind, "_named", ())]
    required: set[str] = {*getattr(kind, "_required", ())}
    into = placed
    for name, annotation in kind.__annotations__.items():
        if annotation == "KW_ONLY":
            into = named
        elif not annotation.startswith("ClassVar"):
            into.append(name)
            if name not in kind.__dict__:
                required.add(name)
    kind._placed, kind._named, kind._required = tuple(placed), tuple(named), frozenset(required)
    kind._fields = frozenset((*placed, *named))
    kind.__init__, kind.__repr__ = _init, _repr
    kind.__setattr__, kind.__delattr__ = _refuse, _refuse
    return kind


def _with_equality(kind: Any) -> Any:
    _record(kind)
    kind.__eq__, kind.__hash__ = _eq, _hash
    return kind


def _init(self: Any, *values: object, **named: object) -> None:
    kind, held = type(self), self.__dict__
    held.update(zip(kind._placed, values, strict=False))
    held.update(named)
    if len(held) != len(values) + len(named) or not kind._required <= held.keys() <= kind._fields:
        wrong = sorted((kind._required - held.keys()) | (held.keys() - kind._fields))
        raise TypeError(f"{kind.__name__}: missing, unknown or too many: {', '.join(wrong) or 'passed twice'}")


def _repr(self: Any) -> str:
    values = (f"{name}={getattr(self, name)!r}" for name in (*self._placed, *self._named))
    return f"{type(self).__qualname__}({', '.join(values)})"


def _values(record: Any) -> tuple[object, ...]:
    return tuple(getattr(record, name) for name in (*record._placed, *record._named))


def _eq(self: Any, other: object) -> Any:
    return _values(self) == _values(other) if type(other) is type(self) else NotImplemented


def _hash(self: Any) -> int:
    return hash(_values(self))


def _refuse(self: Any, name: str, *value: object) -> None:  # noqa: ARG001
    raise AttributeError(f"{type(self).__name__}.{name}: a record stays as it is")
