"""One part of all records: which of them it holds is told by their names alone, and so the same everywhere."""

from __future__ import annotations

import re

import msgspec


class Shard(msgspec.Struct, frozen=True):
    """Part `number` of `count`. Parts have no record in common, and together have all."""

    number: int = 1
    """Counted from 1."""
    count: int = 1

    @classmethod
    def read(cls, text: str) -> Shard:
        """Read ``I/N``.

        :raises ValueError: where it is something else, or there is no such part.
        """
        found = re.fullmatch(r"([0-9]{1,9})/([0-9]{1,9})", text.strip())
        if found is None:
            raise ValueError(f"{text!r} is no shard: write 1/4 for the first of four")
        number, count = map(int, found.groups())
        if not 1 <= number <= count:
            raise ValueError(f"{text!r} is no shard: the first number is one from 1 to {count or 'the second one'}")
        return cls(number, count)

    def holds(self, key: str) -> bool:
        """Tell whether a record is in this part.

        :param key: its name, a digest in hexadecimal digits.
        """
        return int(key, 16) % self.count + 1 == self.number
