"""Runs the code of one block in this process, and finds the model that is wanted."""

from __future__ import annotations

import ast
import contextlib
import importlib
import os
import re
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from sphinx_paramdoc.execution import own_files
from sphinx_paramdoc.execution.request import Failure, Request, Response, Source, Success
from sphinx_paramdoc.inspection import Framework, NotBuiltError

_LONGEST = 4000
"""Of a message or a traceback this many characters are kept."""

_LAST = "__paramsummary_last__"
_MODULE_AND_NAME = re.compile(r"\s*(?P<module>[^\W\d]\w*(?:\.[^\W\d]\w*)*)\s*:\s*(?P<rest>[^\W\d=].*)", re.DOTALL)
"""``pkg.mod:attr(…)``: what stands before the colon is a module."""


class NoModelError(Exception):
    """The code ran, but nothing that it gave can be documented."""


class Block:
    """One block of code, with a module of its own to run in."""

    def __init__(self, request: Request, framework: Framework) -> None:
        self._request = request
        self._framework = framework
        self._module = ModuleType(framework.BLOCK_MODULE)

    def run(self) -> Response:
        """Run the block and read the facts of its model."""
        scope = self._framework.abstract() if self._request.weights == "abstract" else contextlib.nullcontext()
        try:
            # Some decorators look the module of a class or function up.
            sys.modules[self._module.__name__] = self._module
            with scope:
                model = self._framework.inspect(self._model())
            return Success(model, files=sorted(set(own_files.imported())))
        except (NoModelError, NotBuiltError) as error:
            files = sorted(set(own_files.imported()))
            return Failure(kind="model", message=str(error), files=files, depends_on_weights=False)
        except BaseException as error:  # sys.exit() in a block must not end the build
            return self._failure(error)

    def _model(self) -> Any:
        request = self._request
        names = self._module.__dict__
        exec(compile(request.preamble, "paramdoc_preamble", "exec", dont_inherit=True), names)
        candidates = self._execute(request.code) if request.code else []
        if request.expression:
            value = self._evaluate(request.expression)
            if not self._framework.is_model(value) and callable(value):
                value = value()
            return self._checked(value, request.expression.text)
        if request.model:
            value = eval(compile(request.model.padded(), request.model.file, "eval", dont_inherit=True), names)
            return self._checked(value, request.model.text)
        for value in candidates:
            if self._framework.is_model(value):
                return value
        raise NoModelError(
            "the code gives no model: assign one to a name, end with an expression that is one, "
            "or say which is meant (:model: in a page, --model in a terminal)"
        )

    def _execute(self, code: Source) -> list[Any]:
        """Run statements; give what may be the model of their own accord, the likeliest first.

        That is the value of the last statement, if it is an expression, and then what was assigned, the latest first.
        """
        tree = ast.parse(code.padded(), code.file)
        if tree.body and isinstance(tree.body[-1], ast.Expr):
            last = tree.body[-1]
            target = ast.copy_location(ast.Name(_LAST, ast.Store()), last)
            tree.body[-1] = ast.copy_location(ast.Assign([target], last.value), last)
        names = _Assigned(self._module.__dict__)
        exec(compile(tree, code.file, "exec", dont_inherit=True), self._module.__dict__, names)
        values = [names[name] for name in reversed(names.order)]
        self._module.__dict__.pop(_LAST, None)
        return values

    def _evaluate(self, source: Source) -> Any:
        """Give the value of an expression whose first name is defined, or else imported."""
        match = _MODULE_AND_NAME.fullmatch(source.text)
        if match:
            source = msgspec.structs.replace(source, text=match["rest"])
            root, *_ = _dotted_name(source)
            found = getattr(_import(match["module"]), root)
        else:
            root, *attributes = _dotted_name(source)
            found = self._module.__dict__[root] if root in self._module.__dict__ else _import(root)
            _import_submodules(found, attributes)
        compiled = compile(source.padded(), source.file, "eval", dont_inherit=True)
        return eval(compiled, {**self._module.__dict__, root: found})

    def _checked(self, value: Any, text: str) -> Any:
        if not self._framework.is_model(value):
            raise NoModelError(f"{text.strip()} is a {type(value).__qualname__}, not a model or layer")
        return value

    def _failure(self, error: BaseException) -> Failure:
        request = self._request
        files = {source.file for source in (request.code, request.expression, request.model) if source}
        if isinstance(error, SyntaxError) and error.filename in files:
            frames, inside = [], [(error.filename, error.lineno)]
            message = f"{type(error).__name__}: {error.msg}"
        else:
            frames = list(own_files.frames(error))
            inside = [(frame.filename, frame.lineno) for frame in frames if frame.filename in files]
            message = "".join(traceback.format_exception_only(error)).strip()
        file, line = inside[-1] if inside else (None, None)
        # A module that failed is imported no longer, but the error came through its file or from its text.
        used = {*own_files.imported(), *(frame.filename for frame in frames)}
        if isinstance(error, SyntaxError) and error.filename:
            used.add(error.filename)
        return Failure(
            kind="execution",
            message=self._portable(message)[:_LONGEST],
            file=file,
            line=line,
            traceback=self._portable("".join(traceback.format_list(frames)))[-_LONGEST:] if len(frames) > 1 else "",
            files=sorted(file for file in used - files if Path(file).is_absolute()),
            depends_on_weights=not isinstance(error, SyntaxError | NameError | ImportError),
        )

    def _portable(self, text: str) -> str:
        """Name files from where they are imported or opened: a page should not show the folders of one machine."""
        for folder in sorted({self._request.directory, *self._request.path}, key=len, reverse=True):
            if len(folder) > 1:
                text = text.replace(folder.rstrip(os.sep) + os.sep, "")
        return text


class _Assigned(MutableMapping[str, Any]):
    """A module's names, which remembers those that are assigned through it, the latest last."""

    def __init__(self, names: dict[str, Any]) -> None:
        self._names = names
        self.order: dict[str, None] = {}

    def __setitem__(self, name: str, value: Any) -> None:
        self.order.pop(name, None)
        self.order[name] = None
        self._names[name] = value

    def __getitem__(self, name: str) -> Any:
        return self._names[name]

    def __delitem__(self, name: str) -> None:
        del self._names[name]
        self.order.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _dotted_name(source: Source) -> list[str]:
    """Give the names that an expression begins with: ``keras.applications.VGG16()`` → keras, applications, VGG16."""
    node: ast.expr = ast.parse(source.padded(), source.file, mode="eval").body
    attributes: list[str] = []
    while not isinstance(node, ast.Name):
        if isinstance(node, ast.Attribute):
            attributes.insert(0, node.attr)
            node = node.value
        elif isinstance(node, ast.Subscript):
            attributes.clear()
            node = node.value
        elif isinstance(node, ast.Call):
            attributes.clear()
            node = node.func
        else:
            raise NoModelError(f"{source.text.strip()} does not begin with the name of a model, function or class")
    return [node.id, *attributes]


def _import(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{name}.".startswith(f"{error.name}."):
            raise
        raise NameError(
            f"{error.name} is not defined by the code or the preamble, and there is no module of that name on sys.path"
        ) from None


def _import_submodules(found: object, attributes: list[str]) -> None:
    """Import what ``import package`` leaves out: the modules inside it that `attributes` lead through."""
    for attribute in attributes:
        if not isinstance(found, ModuleType):
            return
        if not hasattr(found, attribute):
            name = f"{found.__name__}.{attribute}"
            try:
                importlib.import_module(name)
            except ModuleNotFoundError as error:
                if error.name != name:
                    raise
                return  # evaluating the expression says what is missing, in Python's own words
        found = getattr(found, attribute)
