"""Blocks that run in this process, with a framework whose models are plain strings."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from sphinx_paramdoc import facts
from sphinx_paramdoc.execution import Failure, Job, Request, Response, Success
from sphinx_paramdoc.execution.block import BlockRun
from sphinx_paramdoc.execution.uses import Uses
from sphinx_paramdoc.inspection import NotBuiltError
from sphinx_paramdoc.machine import FirstParty


class Toy:
    """A framework whose models are strings that begin with "model"."""

    BLOCK_MODULE = "toy_block"
    inside_abstract = False

    def is_model(self, value: object) -> bool:
        return isinstance(value, str) and value.startswith("model")

    def abstract(self) -> AbstractContextManager[None]:
        @contextlib.contextmanager
        def scope() -> Iterator[None]:
            self.inside_abstract = True
            yield
            self.inside_abstract = False

        return scope()

    def watched(self, note: Callable[[], None]) -> AbstractContextManager[None]:
        return contextlib.nullcontext()

    def build(self, model: Any, shape: facts.Shape) -> None:
        raise NotImplementedError("strings have no input")

    def inspect(self, model: Any) -> facts.Model:
        if "unbuilt" in model:
            raise NotBuiltError("build it")
        variables: facts.Variables = "abstract" if self.inside_abstract else "real"
        return facts.Model(name=model, class_name="Toy", layers=[], weights=[], variables=variables, frameworks={})


def run(code: str = "", expression: str = "", model: str = "", **given: Any) -> Response:
    path, directory = given.pop("path", []), given.pop("directory", "")
    request = Request(preamble=given.pop("preamble", ""), code=code, expression=expression, model=model, **given)
    first_party = FirstParty(path[0] if path else str(Path(__file__).parent))
    job = Job(request=request, path=path, directory=directory, first_party=first_party)
    return BlockRun(job, Toy(), Uses(first_party)).run()


def name_of(*args: Any, **given: Any) -> str:
    response = run(*args, **given)
    assert isinstance(response, Success), response
    return response.model.name


def place_of(failure: Failure) -> tuple[str, int]:
    """Give the part and the line that a failure happened at."""
    return failure.frames[-1].file, failure.frames[-1].line


def failure_of(*args: Any, **given: Any) -> Failure:
    response = run(*args, **given)
    assert isinstance(response, Failure), response
    return response
