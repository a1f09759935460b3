"""The arguments of a call, written anew one by one: comments, line breaks and commas stay where they are."""

from __future__ import annotations

import ast
import tokenize
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from flake8_paramdoc.edits.parameters import PARAMETERS
from flake8_paramdoc.edits.slots import Slot, Slots
from flake8_paramdoc.edits.source import Edit, Source

if TYPE_CHECKING:
    from flake8_paramdoc.changes.shapes import Template
    from flake8_paramdoc.changes.shapes.template import Entry


class Arguments:
    """The arguments of one call."""

    def __init__(self, source: Source, call: ast.Call) -> None:
        """Take a call of a source."""
        self.source = source
        self.call = call
        _, func_end = source.span(call.func)
        _, end = source.span(call)
        opening = next(token for token in source.between(func_end, end) if token.kind == tokenize.LPAR)
        self.begin, self.end = opening.end, end - 1
        nodes: list[ast.AST] = sorted(
            [*call.args, *call.keywords],
            key=lambda node: (node.lineno, node.col_offset),  # type: ignore[attr-defined]
        )
        self.slots = Slots(source, nodes, self.begin, self.end)

    @property
    def is_spread(self) -> bool:
        """Whether some of them are not written out: ``*args``, ``**kwargs``."""
        return any(isinstance(arg, ast.Starred) for arg in self.call.args) or any(
            keyword.arg is None for keyword in self.call.keywords
        )

    def named(self, name: str) -> ast.keyword | None:
        """Return the argument that is passed by a name."""
        return next((keyword for keyword in self.call.keywords if keyword.arg == name), None)

    def renamed(self, keyword: ast.keyword, name: str) -> list[Edit]:
        """Return the edits that pass an argument by another name."""
        start, _ = self.source.span(keyword)
        assert keyword.arg is not None
        return [Edit(start, start + len(keyword.arg), name)]

    def dropped(self, node: ast.AST) -> list[Edit]:
        """Return the edits that drop an argument."""
        number = next(number for number, slot in enumerate(self.slots.slots) if slot.node is node)
        return list(self.slots.dropped([number]))

    def replaced(self, node: ast.AST, text: str) -> list[Edit]:
        """Return the edits that write an argument anew."""
        slot = self.slots.slot(node)
        return [Edit(slot.start, slot.end, text)]

    def added(self, text: str) -> list[Edit]:
        """Return the edits that add an argument behind the others, but before what is spread."""
        return [self.slots.added(text)]

    def placed(self, skip: int = 0) -> list[ast.expr]:
        """Return the arguments by place."""
        return list(self.call.args[skip:])

    def text(self, node: ast.expr) -> str:
        """Return the code of an argument's value, in its parentheses."""
        start, end = self.place(node)
        return self.source.text[start:end]

    def place(self, node: ast.expr) -> tuple[int, int]:
        """Return where an argument's value begins, with the parentheses around it, and where what follows it does."""
        for slot in self.slots.slots:
            if slot.node is node:
                return slot.start, slot.end
            if isinstance(slot.node, ast.keyword) and slot.node.value is node:
                text = self.slots.text(slot).partition("=")[2]
                return slot.end - len(text.lstrip()), slot.end
        return self.source.span(node)

    def passed(self, bound: Mapping[str, ast.expr]) -> dict[str, str]:
        """Return the code of what is passed, by the names that it is bound to."""
        return {name: self.text(node) for name, node in bound.items()}

    def rearranged(
        self, template: Template, bound: Mapping[str, ast.expr], spelled: Mapping[str, str], *, keep: Sequence[ast.AST]
    ) -> list[Edit] | None:
        """Return the edits that write arguments by a template.

        :param bound: what is passed, by the names of the template; ``keep`` goes on as it is.
        """
        entries = self._named_as_before(list(template.entries(self.passed(bound), spelled)), template, bound)
        names = [entry.name for entry in entries if entry.name is not None]
        kept = [node.arg for node in keep if isinstance(node, ast.keyword)]
        if len({*names, *kept}) < len(names) + len(kept):
            return None
        homes: dict[int, int] = {}
        for name, node in bound.items():
            for number, slot in enumerate(self.slots.slots):
                if slot.node is node or (isinstance(slot.node, ast.keyword) and slot.node.value is node):
                    homes[id(node)] = number
                    break
            else:
                return None
            del name
        # Arguments by name stay in the order in which they stand.
        entries.sort(
            key=lambda entry: (
                min((homes[id(bound[hole])] for hole in entry.holes), default=len(homes))
                if entry.name is not None
                else -1
            )
        )
        places = [[homes[id(bound[hole])] for hole in entry.holes] for entry in entries]
        free = sorted(
            number for number, slot in enumerate(self.slots.slots) if all(slot.node is not node for node in keep)
        )
        targets = _targets(places, free)
        if targets is None:
            return None
        return list(self._written(entries, places, targets, free))

    def _named_as_before(
        self, entries: Sequence[Entry], template: Template, bound: Mapping[str, ast.expr]
    ) -> list[Entry]:
        """Return the arguments of a call of today, by name where they were passed by name, and all behind such."""
        known = PARAMETERS.get(ast.unparse(template.tree.func), ()) if isinstance(template.tree, ast.Call) else ()
        by_name = {id(keyword.value) for keyword in self.call.keywords}
        found: list[Entry] = []
        for place, entry in enumerate(entries):
            was_named = len(entry.holes) == 1 and id(bound[entry.holes[0]]) in by_name
            is_behind = place > 1 and found[-1].name is not None
            if entry.name is None and 0 < place < len(known) and (was_named or is_behind):
                found.append(entry._replace(name=known[place]))
            elif entry.name is None and is_behind:
                return list(entries)
            else:
                found.append(entry)
        return found

    def _written(
        self, entries: Sequence[Entry], places: Sequence[list[int]], targets: Sequence[int], free: Sequence[int]
    ) -> Iterator[Edit]:
        added: dict[int, list[str]] = {}
        for entry, target in zip(entries, targets, strict=True):
            if target < 0:
                text = entry.text if entry.name is None else f"{entry.name}={entry.text}"
                added.setdefault(-1 - target, []).append(text)
        at_end = added.pop(len(self.slots.slots), [])
        for before, texts in added.items():  # first: what an argument is called is written at the same place
            start = self.slots.slots[before].start
            yield Edit(start, start, f"{', '.join(texts)}, ")
        for entry, came, target in zip(entries, places, targets, strict=True):
            if target < 0:
                continue
            value = self._in_quotes_of(self.slots.slots[target], entry.text)
            text = value if entry.name is None else f"{entry.name}={value}"
            slot = self.slots.slots[target]
            if self._joins(entry.text, came) and entry.name is None and came[0] == target:
                # ``3, 3`` → ``(3, 3)``: what stands between them stays.
                last = self.slots.slots[came[-1]]
                yield Edit(slot.start, slot.start, "(")
                yield Edit(last.end, last.end, ")")
                continue
            if isinstance(slot.node, ast.keyword) and entry.name and self.text(slot.node.value) == entry.text:
                # What stands around the sign stays.
                yield from self.renamed(slot.node, entry.name) if slot.node.arg != entry.name else ()
            elif self.slots.text(slot) != text:
                if self.slots.text(slot) == entry.text:
                    yield Edit(slot.start, slot.start, f"{entry.name}=")
                else:
                    yield from self._around(slot, text)
        joined = {
            place
            for entry, came, target in zip(entries, places, targets, strict=True)
            if target >= 0 and entry.name is None and self._joins(entry.text, came) and came[0] == target
            for place in came
        }
        yield from self.slots.dropped([number for number in free if number not in targets and number not in joined])
        if at_end:
            yield self.slots.added(", ".join(at_end))

    def _around(self, slot: Slot, text: str) -> Iterator[Edit]:
        """Yield the edits that write an argument anew; several lines that go on in it stay, and can be moved."""
        value = slot.node.value if isinstance(slot.node, ast.keyword) else slot.node
        start, end = self.place(value)
        before, found, behind = text.partition(self.source.text[start:end])
        if found and "\n" in found and found not in behind:
            yield Edit(slot.start, start, before)
            yield Edit(end, slot.end, behind)
        else:
            yield Edit(slot.start, slot.end, text)

    def _in_quotes_of(self, slot: Slot, text: str) -> str:
        """Return a string in the quotes of the one in whose place it is written."""
        old = self.slots.text(slot)
        return in_quotes_of(old.partition("=")[2].strip() if isinstance(slot.node, ast.keyword) else old, text)

    def _joins(self, text: str, came: Sequence[int]) -> bool:
        """Tell whether an argument is a tuple of several that stand side by side."""
        if len(came) < 2 or list(came) != list(range(came[0], came[0] + len(came))):
            return False
        slots = [self.slots.slots[number] for number in came]
        return text == f"({', '.join(self.slots.text(slot) for slot in slots)})"


def in_quotes_of(old: str, text: str) -> str:
    """Return a string in the quotes of the one in whose place it is written."""
    is_plain = text[:1] == text[-1:] == '"' and not {"'", "\\"} & set(text)
    return f"'{text[1:-1]}'" if is_plain and old.startswith("'") and not old.startswith("'''") else text


def _targets(places: Sequence[list[int]], free: Sequence[int]) -> list[int] | None:
    """Return where each new argument is written: where the first came from that is in it, as long as that is in order.

    One below 0 stands before a place: ``-1 - place``.
    """
    firsts = [min(came) if came else None for came in places]
    known = [first for first in firsts if first is not None]
    if known == sorted(set(known)):
        following = (max(free) + 1) if free else 0
        taken = {place for came in places for place in came}
        targets: list[int] = []
        for number in reversed(range(len(firsts))):
            first = firsts[number]
            if first is None:
                before = max((one for one in firsts[:number] if one is not None), default=-1)
                # One that goes makes room for one that comes.
                gone = [one for one in free if before < one < following and one not in taken]
                following = gone[-1] if gone else following
                targets.append(following if gone else -1 - following)
            else:
                targets.append(first)
                following = first
        return targets[::-1]
    if len(places) > len(free):
        return None
    return list(free[: len(places)])
