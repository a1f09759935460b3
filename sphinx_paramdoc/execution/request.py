"""What the documentation's process asks of the one that runs code, and what it is answered: plain JSON."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from sphinx_paramdoc import facts

PREAMBLE = "import keras"
"""What runs before a block unless a project says otherwise."""


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Python code, and where it stands."""

    text: str
    file: str
    line: int = 1
    """The line of `file` that `text` begins on, counted from 1."""

    def padded(self) -> str:
        """Give the text at its own line, so that Python's own messages name the true one."""
        return "\n" * (self.line - 1) + self.text


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One block of code, and which model of it is wanted."""

    preamble: str = PREAMBLE
    code: Source | None = None
    expression: Source | None = None
    """Gives the model, or a function or class that gives it; its first name may be one to import."""
    model: Source | None = None
    """Which of the things that `code` made is the model; without it, and without `expression`, the last one."""
    weights: facts.Variables = "abstract"
    """Where ``abstract`` fails, the block runs again with ``real`` weights."""
    path: list[str]
    """Where Python imports from."""
    directory: str
    """The working directory of the block."""


class Success(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="success"):
    """The block gave a model."""

    model: facts.Model
    files: list[str] = []
    """The user's own files that the block imported: a change of one may change the model."""


class Failure(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="failure", kw_only=True):
    """The block gave none."""

    kind: Literal["execution", "model"]
    """Whether the code failed, or ran and gave nothing that can be documented."""
    message: str
    """One or a few lines for a person to read: ``NameError: name 'keras' is not defined``."""
    file: str | None = None
    line: int | None = None
    """The line that failed and the file of the block it stands in, where the failure has one."""
    traceback: str = ""
    """The frames of the code that the user wrote or called, the innermost last; empty where there is only one."""
    files: list[str] = []
    """As of `Success`, as far as they are known."""
    output: str = ""
    """What the block wrote before it failed."""
    depends_on_weights: bool = True
    """Whether another kind of weights could make a difference."""


Response: TypeAlias = Success | Failure
