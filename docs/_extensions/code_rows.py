"""The changes of a code as the rows of a table: what reads alike stands together, and code is marked as code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from code_listing import entries

from flake8_paramdoc.changes.keras_names import CALLBACK, LAYER, LOSS, METRIC, OPTIMIZER, RNN, base
from flake8_paramdoc.changes.shapes import (
    ArgumentChange,
    Change,
    Fate,
    FunctionsOnTensors,
    NameChange,
    PackagesRemoved,
    ValueChange,
    short,
)

_KINDS = {
    LAYER: "every layer",
    RNN: "every recurrent layer",
    OPTIMIZER: "every optimizer",
    LOSS: "every loss",
    METRIC: "every metric",
    CALLBACK: "every callback",
}
"""Classes that stand for all of their kind, where arguments are listed."""
_MODULES = "Modules"
_PACKAGES = "Packages and modules beside Keras"

_WORDS = {"TensorFlow", "SavedModel"}
"""Words with inner capitals that are no names in code."""
_PAIRS = {"(": ")", "[": "]", "{": "}"}


class Row(NamedTuple):
    """A row of a table, in reStructuredText."""

    module: str
    """The section that it belongs to."""
    old: str
    new: str
    since: str
    outcome: Fate
    kept_in_tensorflow: bool


def rows(changes: Iterable[Change]) -> Iterator[Row]:
    """Return the rows of changes; those that are told in the same words share one."""
    alike: dict[tuple[str, tuple[str, ...], str, str, Fate, bool], list[str]] = {}
    for change in changes:
        for entry in entries(change):
            of = _of(change, entry.of)
            told = _module(change), of, entry.new, change.since, change.outcome, change.kept_in_tensorflow
            alike.setdefault(told, []).append(entry.old)
    # Then those of the same form: one argument that moved to different places in different classes, say.
    merged: dict[tuple[str, tuple[str, ...], str, str, Fate, bool], list[str]] = {}
    for (module, of, new, since, outcome, kept), olds in alike.items():
        key = module, tuple(dict.fromkeys(olds)), new, since, outcome, kept
        merged.setdefault(key, []).extend(of)
    for (module, forms, new, since, outcome, kept), callees in merged.items():
        yield Row(module, _old(forms, tuple(dict.fromkeys(callees))), marked(new), since, outcome, kept)


def sections(listed: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """Part rows by the module that they belong to, in the order in which the modules come."""
    parts: dict[str, list[Row]] = {}
    for row in listed:
        parts.setdefault(row.module, []).append(row)
    return list(parts.items())


def _module(change: Change) -> str:
    """Name the section of a change: the module that people import, or the one for modules themselves."""
    if isinstance(change, PackagesRemoved):
        return _PACKAGES
    if isinstance(change, FunctionsOnTensors):
        return change.module
    if isinstance(change, NameChange):
        if change.is_module or change.module == "keras":
            return _MODULES
        name = f"{change.module}."
    else:
        name = next(iter(getattr(change, "callees", ()) or getattr(change, "owners", ())))
    return ".".join(name.split(".")[:2])


def _of(change: Change, callees: tuple[str, ...]) -> tuple[str, ...]:
    """Name the classes and functions that a form is of, as code or in words."""
    if not isinstance(change, (ArgumentChange, ValueChange)):
        return tuple(f"``{short(callee)}``" for callee in callees)
    but = " and ".join(", ".join(f"``{short(name)}``" for name in getattr(change, "but", ())).rsplit(", ", 1))
    kinds = [f"{_KINDS[callee]} but {but}" if but else _KINDS[callee] for callee in callees if callee in _KINDS]
    others = [f"``{short(name)}``" for name in callees if name not in _KINDS and base(name) not in callees]
    return (*others, *kinds)


def _old(forms: tuple[str, ...], of: tuple[str, ...]) -> str:
    """Say what was written: in one piece where that reads as code, or the forms and what they are of."""
    joined = len(forms) == 1 or all(form.startswith(".") for form in forms)
    if joined and len(of) == 1 and of[0].startswith("``") and not forms[0].startswith("a "):
        name = of[0].strip("`")
        return ", ".join(f"``{_joined(name, form)}``" for form in forms)
    told = ", ".join(marked(form) if _is_prose(form) else f"``{form}``" for form in forms)
    joint = ", given to" if forms[0].startswith("a ") else " of"
    return f"{told}{joint} {', '.join(of)}" if of else told


def _is_prose(form: str) -> bool:
    return form.startswith("a ") or ", and then " in form


def _joined(name: str, form: str) -> str:
    return f"{name}{form}" if form[0] in ".(" else f"{name}({form})"


def marked(text: str) -> str:
    """Mark what is code in a text as code, all of it or word by word."""
    if not re.search(r"\w [\w(\[]", text) and _is_code(text):
        return f"``{text}``"
    dropped = re.fullmatch(r"drop (?!it)(\w+)", text)
    return f"drop ``{dropped[1]}``" if dropped else " ".join(_marked_word(word) for word in _words(text))


def _is_code(text: str) -> bool:
    """Tell whether a text can stand between the parentheses of a call, or is the name of an argument with ``=``."""
    try:
        ast.parse(f"f({text})")
    except SyntaxError:
        return " " not in text and text.endswith("=")
    return True


def _words(text: str) -> Iterator[str]:
    """Part a text at its blanks, but for those in parentheses and quotes."""
    word, closing, quoted = "", [], False
    for sign in text:
        quoted ^= sign == '"'
        if not quoted and sign in _PAIRS:
            closing.append(_PAIRS[sign])
        elif closing and sign == closing[-1]:
            closing.pop()
        if sign == " " and not closing and not quoted:
            yield word
            word = ""
        else:
            word += sign
    yield word


def _marked_word(word: str) -> str:
    core = word.rstrip(",;:")
    dotted = core.startswith("(") or (re.search(r"[A-Za-z]", core) and re.search(r"[._=(\[\"]", core))
    camel = re.fullmatch(r"[A-Z]+[a-z]+[A-Z0-9]\w*", core) and core not in _WORDS
    return f"``{core}``{word[len(core) :]}" if dotted or camel else word.replace("*", r"\*")
