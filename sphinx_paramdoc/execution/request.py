"""What is asked of the process that runs a block, and what it answers: plain JSON that names no place.

A request holds what decides the result and nothing else, so equal blocks share one run and one record, wherever they
stand. `Listing` in `listing.py` knows where.
"""

from __future__ import annotations

import os
import re
from typing import Literal, NamedTuple, TypeAlias, get_args

import msgspec

from sphinx_paramdoc import facts
from sphinx_paramdoc.execution.defaults import PREAMBLE, TIMEOUT
from sphinx_paramdoc.machine.first_party import FirstParty

LONGEST_IMPORT = 120.0
"""Seconds that the import of a framework may take, and of what the preamble imports of installed packages."""

Part: TypeAlias = Literal["preamble", "code", "expression", "model"]
"""A part of a request that holds Python code."""


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One block of code, and which model of it is wanted."""

    preamble: str = PREAMBLE
    module: str = ""
    """The module whose docstring the block stands in: its names are there for the block."""
    code: str = ""
    expression: str = ""
    """Gives the model, or a function or class that gives it; its first name may be one to import."""
    model: str = ""
    """Which of the things that `code` made is the model; without it, and without `expression`, the last one."""
    weights: facts.Variables = "abstract"
    """Where ``abstract`` fails, the block runs again with ``real`` weights."""
    backend: str | None = None
    """The ``KERAS_BACKEND`` that the project or the block asks for."""
    input_shape: facts.Shape = None
    """What a model that does not know the shape of its input is built with, the axis of the batch first."""
    explainers: dict[str, str] = {}
    """The full name of a layer class → the function that explains its count, as ``pkg.module:function``."""
    vary: dict[str, int] = {}
    """What the outermost call is given in place of what is written: a setting of a builder. It runs with `weights`
    alone."""
    call: int = 0
    """Which call of `code` that is, counted from the last one; 0: that of the expression, and without one the last."""


class Job(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A request, and all that running it on this machine needs."""

    request: Request
    path: list[str]
    """Where Python imports from."""
    directory: str
    """The working directory of the block."""
    first_party: FirstParty
    timeout: float = TIMEOUT
    """Seconds, not counting the import of the framework."""
    memory: int | None = None
    """Resident bytes, beyond those of the imported framework."""


class Frame(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line that was being executed."""

    file: str
    """``<code>`` and the like for a part of the request; else the file's name, from where it is imported or opened."""
    line: int
    function: str = "<module>"
    text: str = ""
    """The line itself."""

    @property
    def part(self) -> str | None:
        """The `Part` that the line belongs to, if any."""
        return self.file[1:-1] if self.file.startswith("<") else None


class Maker(NamedTuple):
    """Where the function, method or class is defined that gives a model."""

    module: str
    """'' for the preamble."""
    name: str
    """Its name in there, ``Nets.build``."""
    line: int = 0
    """The line that it begins on, decorators included; 0 where its name finds it."""


class Success(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="success"):
    """The block gave a model."""

    model: facts.Model
    modules: dict[str, str] = {}
    """The first-party modules that the block imported, with their files: a change of one may change the model."""
    files: list[str] = []
    """Other first-party files that it opened, or would have opened if they were there."""
    digests: dict[str, str] = {}
    """The digests of all those files, as they were when the block ended."""
    is_settled: bool = True
    """Whether none of those files changed while the block ran."""
    versions: dict[str, str] = {}
    """The versions of the installed distributions that the model leans on, apart from the frameworks."""
    maker: Maker | None = None
    """What an expression called, as far as that has a source."""
    arguments: dict[str, int] = {}
    """The whole numbers that the outermost call was given, or has by default."""
    call: int = 0
    """Which call that was, as `Request` counts them."""


WayOut: TypeAlias = Literal["framework", "input-shape", "memory", "model", "module", "syntax", "timeout"]
"""What may help where a block fails, and is done otherwise in a page than in a terminal."""


class Failure(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="failure", kw_only=True):
    """The block gave none."""

    kind: Literal["execution", "model", "timeout", "memory"] = "execution"
    """Whether the code failed, ran and gave nothing that can be documented, or went beyond a limit."""
    message: str
    """One or a few lines for a person to read: ``NameError: name 'keras' is not defined``."""
    frames: list[Frame] = []
    """The lines that led to the failure, as far as the user wrote them; the innermost last."""
    modules: dict[str, str] = {}
    """As of `Success`, as far as they are known."""
    files: list[str] = []
    digests: dict[str, str] = {}
    is_settled: bool = False
    """Whether it fails again as long as none of those files changes: the network may answer another time."""
    output: str = ""
    """What the block wrote before it failed, the end of it."""
    depends_on_weights: bool = True
    """Whether another kind of weights could make a difference."""
    way_out: WayOut | None = None
    """What may help; `sphinx_paramdoc.notation.ways_out` says it as it is done in each place."""


Response: TypeAlias = Success | Failure


def refusal(request: Request) -> Failure | None:
    """Return why a request cannot be run by anything: code in it is no Unicode, as with one half of a pair."""
    for part in get_args(Part):
        text: str = getattr(request, part)
        match = _NO_UNICODE.search(text)
        if match:
            line = text.count("\n", 0, match.start()) + 1
            shown = text.split("\n")[line - 1].encode("utf-8", "backslashreplace").decode()
            message = f"the code holds {match[0].encode('utf-8', 'backslashreplace').decode()}, which is no Unicode"
            return Failure(message=message, frames=[Frame(part_name(part), line, text=shown)], depends_on_weights=False)
    return None


_NO_UNICODE = re.compile("[\ud800-\udfff]")


def later(abstract: Failure, real: Failure) -> Failure:
    """Return the failure that came further, of two of the same block with either kind of weights.

    Where real weights do not even fit into memory, what went wrong behind the model's making is what helps.
    """
    lines = [[frame.line for frame in failure.frames if frame.part == "code"][:1] for failure in (abstract, real)]
    return abstract if lines[0] > lines[1] else real


def portable(text: str, job: Job) -> str:
    """Name files from where they are imported or opened: a page should not show the folders of one machine."""
    for folder in sorted({job.directory, job.first_party.root, *job.path}, key=len, reverse=True):
        if len(folder) > 1:
            text = text.replace(folder.rstrip(os.sep) + os.sep, "")
    return text


def part_name(part: Part) -> str:
    """Return the name of the file that a part of a request is compiled as."""
    return f"<{part}>"


def files_of(response: Response) -> list[str]:
    """Return every file that the outcome is known to depend on."""
    return sorted({*response.modules.values(), *response.files})
