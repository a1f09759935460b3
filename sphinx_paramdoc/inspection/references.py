"""What a function's code refers to: names from outside of it, with the attributes that it takes of them."""

from __future__ import annotations

import dis
import functools
from collections.abc import Iterator
from types import CodeType
from typing import Literal, NamedTuple

_PASSED_OVER = frozenset({"CACHE", "EXTENDED_ARG", "NOP", "PRECALL", "PUSH_NULL", "RESUME", "NOT_TAKEN"})
"""Instructions that may stand between a name and its attributes."""


class Reference(NamedTuple):
    """A name, and the attributes that are taken of it one after the other: ``self.tower.dense`` of a method."""

    kind: Literal["global", "free", "self"]
    """Whether it is one of the module, one of a function around, or the first argument."""
    name: str
    attributes: tuple[str, ...]


@functools.cache
def references(code: CodeType) -> tuple[Reference, ...]:
    """Return what a function refers to, the functions inside it included, each once."""
    first = code.co_varnames[0] if code.co_argcount else None
    return tuple(dict.fromkeys(_references(code, frozenset(code.co_freevars), first, is_outermost=True)))


def _references(code: CodeType, free: frozenset[str], first: str | None, *, is_outermost: bool) -> Iterator[Reference]:
    """Yield what code refers to.

    :param free: the names that the outermost function takes from those around it.
    :param first: the name of the first argument of the outermost function.
    """
    found: Reference | None = None
    for instruction in dis.get_instructions(code):
        operation = instruction.opname
        if operation in _PASSED_OVER:
            continue
        if found is not None and operation in {"LOAD_ATTR", "LOAD_METHOD"}:
            found = found._replace(attributes=(*found.attributes, str(instruction.argval)))
            continue
        if found is not None:
            yield found
        found = _begun(operation, instruction.argval, free, first, is_outermost=is_outermost)
    if found is not None:
        yield found
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _references(constant, free, first, is_outermost=False)


def _begun(
    operation: str, name: object, free: frozenset[str], first: str | None, *, is_outermost: bool
) -> Reference | None:
    """Return the name that an instruction loads, if it is none of the function's own."""
    if operation.startswith("LOAD_FAST"):
        # Two at once in some versions of Python: what follows is taken of the last.
        last = name[-1] if isinstance(name, tuple) else name
        return Reference("self", str(last), ()) if is_outermost and last == first else None
    if operation in {"LOAD_GLOBAL", "LOAD_NAME"}:
        return Reference("global", str(name), ())
    if operation in {"LOAD_DEREF", "LOAD_CLASSDEREF", "LOAD_FROM_DICT_OR_DEREF"}:
        if name in free:
            return Reference("free", str(name), ())
        return Reference("self", str(name), ()) if name == first else None
    return None
