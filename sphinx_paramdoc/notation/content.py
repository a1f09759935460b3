"""The content of a block: Python as a file holds it, or the session that somebody pasted."""

from __future__ import annotations

from flake8_paramdoc.texts.sessions import without_prompts
from sphinx_paramdoc.execution import Source


def code(text: str, file: str, line: int = 1) -> Source:
    """Return the code of a content, each line where it is written; of a session without prompts and answers.

    :param line: the line of `file` that the content begins on.
    """
    return Source(without_prompts(text), file, line)
