"""Read one record, and make its table, once: what each step took, in seconds, as JSON.

A program of its own, because a build does this once, in a process that has imported no framework.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.records import packing
from sphinx_paramdoc.records.store import Record
from sphinx_paramdoc.table.arranging import arrange

Result = TypeVar("Result")

FRAMEWORKS = ("keras", "tensorflow", "jax", "torch")


def main(file: Path) -> None:
    """Print how long each step takes, the total that the table shows, and which frameworks were imported."""
    data = file.read_bytes()
    seconds: dict[str, float] = {}

    def timed(name: str, step: Callable[[], Result]) -> Result:
        begin = time.perf_counter()
        result = step()
        seconds[name] = time.perf_counter() - begin
        return result

    timed("json", lambda: json.loads(data))
    record = timed("decode", lambda: msgspec.json.decode(data, type=Record))
    model = timed("unpack", lambda: packing.unpack(record.model))
    built = timed("explain", lambda: table.build(model))
    timed("arrange", lambda: arrange(built))
    whole = facts.encode(model)
    timed("json, unpacked", lambda: json.loads(whole))
    imported = [name for name in FRAMEWORKS if name in sys.modules]
    layers = len(model.layers)
    print(json.dumps({"seconds": seconds, "total": built.total, "layers": layers, "imported": imported}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
