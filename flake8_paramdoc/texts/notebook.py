"""The cells of a notebook, which is a file of JSON that holds each line of a cell on a line of its own.

Source: the format of Jupyter notebooks, version 4: https://nbformat.readthedocs.io/en/latest/format_description.html.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence


def lines_of_cells(text: str) -> Iterator[str]:
    """Yield, for each line of a notebook's file, the line of a cell that it holds; an empty one where it holds none."""
    for line in text.splitlines():
        try:
            held = json.loads(line.strip().removesuffix(","))
        except ValueError:
            held = None
        yield held.removesuffix("\n").replace("\n", " ") if isinstance(held, str) else ""


def with_markdown(text: str, changed: Callable[[Sequence[str]], Iterable[str]]) -> str:
    """Return the text of a notebook in which the lines of each cell of Markdown are changed.

    :raises ValueError: where it is no notebook.
    """
    notebook = json.loads(text)
    try:
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown":
                lines = "".join(cell["source"]).split("\n")  # a text, or a list of its lines
                cell["source"] = "\n".join(changed(lines))
    except (TypeError, LookupError) as error:
        raise ValueError(str(error)) from error
    return json.dumps(notebook)
