"""Runs the code of one block in this process, and finds the model that is wanted."""

from __future__ import annotations

import ast
import contextlib
import functools
import inspect
import linecache
import re
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any, Literal, get_args

import msgspec

from sphinx_paramdoc.execution import argument, chance, explainers, hints
from sphinx_paramdoc.execution.calls import Calls
from sphinx_paramdoc.execution.making import maker
from sphinx_paramdoc.execution.request import Failure, Frame, Job, Part, Response, WayOut, part_name, portable
from sphinx_paramdoc.execution.uses import Uses
from sphinx_paramdoc.inspection import BuiltError, Inspection, NotBuiltError
from sphinx_paramdoc.machine.first_party import is_own

_LONGEST = 4000
"""Of a message this many characters are kept."""

_MOST_NAMES = 8
"""Of the models that code made so many are named."""

_WHAT_GIVES_ONE = ": name a model, a layer, or a function that builds one"

_MOST_FRAMES = 10
"""Of a traceback this many lines are kept at either end."""

_LAST = "__paramsummary_last__"
_NAME = re.compile(r"\s*[^\W\d]\w*")
_DOTTED = re.compile(r"\s*[^\W\d]\w*(\s*\.\s*[^\W\d]\w*)*\s*")


class NoModelError(Exception):
    """The code ran, but nothing that it gave can be documented."""

    def __init__(self, message: str, way_out: WayOut | None = None) -> None:
        """Say what is wrong, and what may help besides."""
        super().__init__(message)
        self.way_out = way_out


class BlockRun:
    """One block of code, with a module of its own to run in."""

    def __init__(self, job: Job, inspection: Inspection, uses: Uses) -> None:
        self._job = job
        self._request = job.request
        self._inspection = inspection
        self._uses = uses
        self._module = ModuleType(inspection.BLOCK_MODULE)
        self._imported: dict[str, ModuleType] = {}
        """The modules that the preamble gives."""
        self._assigned = _Assigned(self._module.__dict__)
        self._head: argument.Head | None = None
        self._calls = Calls(job.request)

    def run(self) -> Response:
        """Run the block and read the facts of its model."""
        scope = self._inspection.abstract() if self._request.weights == "abstract" else contextlib.nullcontext()
        try:
            # Some decorators look the module of a class or function up.
            sys.modules[self._module.__name__] = self._module
            with scope:
                model = self._model()
                if self._request.input_shape is not None:
                    self._inspection.build(model, self._request.input_shape)
                read = self._inspection.inspect(model)
            success = self._uses.success(explainers.ask(read, self._request.explainers))
            arguments, call = self._calls.arguments(model, self._around())
            success = msgspec.structs.replace(success, arguments=arguments, call=call)
            if self._head and not self._request.code:
                return msgspec.structs.replace(success, maker=maker(self._head.start, self._head.attributes))
            return success
        except BuiltError as error:
            return self._failed("model", f"{error}: drop the input shape", depends_on_weights=False)
        except NotBuiltError as error:
            return self._failed("model", str(error), depends_on_weights=False, way_out="input-shape")
        except (NoModelError, argument.NoArgumentError) as error:
            way_out = error.way_out if isinstance(error, NoModelError) else None
            return self._failed("model", str(error), depends_on_weights=False, way_out=way_out)
        except BaseException as error:  # sys.exit() in a block must not end the build
            return self._failure(error)

    def _model(self) -> Any:
        request = self._request
        names = self._module.__dict__
        exec(_compile("preamble", request.preamble), names)
        self._imported = {name: value for name, value in names.items() if isinstance(value, ModuleType)}
        if request.module:
            names.update(_names_of(argument.import_documented(request.module)))
        candidates = self._execute(request.code) if request.code else []
        if request.expression:
            value, text = self._evaluate(request.expression), request.expression.strip()
            if not self._inspection.is_model(value) and callable(value):
                value, text = _made(value, text, self._calls.made), f"{text}()"
            return self._checked(value, text)
        if request.model:
            _remember("model", request.model)
            wanted = ast.parse(request.model, part_name("model"), "eval")
            noted = compile(self._calls.note(wanted, wanted.body), part_name("model"), "eval", dont_inherit=True)
            return self._checked(eval(noted, names, self._calls.names), request.model)
        for value in candidates:
            if self._inspection.is_model(value):
                return value
        makers = [value.__name__ for value in candidates if isinstance(value, (FunctionType, type))]
        such = f", such as {makers[0]}()" if makers else ""
        raise NoModelError(
            f"the code gives no model: assign one to a name, end with an expression that is one{such}", "model"
        )

    def _execute(self, code: str) -> list[Any]:
        """Run statements; give what may be the model of their own accord, the likeliest first.

        That is the value of the last statement, if it is an expression, and then what was assigned, the latest first.
        """
        _remember("code", code)
        tree = ast.parse(code, part_name("code"))
        if tree.body and isinstance(tree.body[-1], ast.Expr):
            last = tree.body[-1]
            target = ast.copy_location(ast.Name(_LAST, ast.Store()), last)
            tree.body[-1] = ast.copy_location(ast.Assign([target], last.value), last)
        names, own = self._assigned, self._module.__dict__
        if not self._says_call:
            is_model_named = bool(self._request.expression or self._request.model)
            tree = self._calls.note_statements(tree, is_model_named=is_model_named)
            own.update(self._calls.names)
        exec(compile(tree, part_name("code"), "exec", dont_inherit=True), own, names)
        values = [names[name] for name in reversed(names.order)]
        for name in (_LAST, *self._calls.names):
            own.pop(name, None)
        return values

    @property
    def _says_call(self) -> bool:
        """Whether what says which model it is calls something."""
        return "(" in (self._request.expression or self._request.model)

    def _around(self) -> Any:
        """Return what the code gave its first name of that says which model it is; ``None`` without such."""
        first = _NAME.match(self._request.expression or self._request.model)
        return self._assigned.get(first[0].strip()) if first else None

    def _evaluate(self, expression: str) -> Any:
        """Return the value of an expression whose first name is defined, or else imported."""
        _remember("expression", expression)
        self._head = head = argument.head(expression, self._look_up)
        tree = self._calls.note(head.tree, head.tree.body)
        code = compile(tree, part_name("expression"), "eval", dont_inherit=True)
        value = eval(code, {**self._module.__dict__, **head.names, **self._calls.names})
        return _on_an_instance(head.start, head.attributes) if _DOTTED.fullmatch(head.text) else value

    def _look_up(self, name: str) -> Any:
        if name in self._module.__dict__:
            return self._module.__dict__[name]
        documented = sys.modules.get(self._request.module)
        # A module may make its names when they are asked for.
        if hasattr(documented, name):
            return getattr(documented, name)
        known = f"the code, {self._request.module} or the preamble" if documented else argument.KNOWN
        return argument.import_module(name, known)

    def _checked(self, value: Any, text: str) -> Any:
        if self._inspection.is_model(value):
            return value
        advice = "; does it return the model?" if value is None and text.endswith(")") else ""
        items = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, Sequence) else ()
        for key, item in items:
            if self._inspection.is_model(item):
                advice = f": say which of its models is meant, as {text.strip()}[{key!r}]"
                break
        else:
            advice = advice or self._models_made() or _WHAT_GIVES_ONE
        kind = type(value).__qualname__
        article = "an" if kind[:1].lower() in {"a", "e", "i", "o"} else "a"
        raise NoModelError(f"{text.strip()} is {article} {kind}, not a model or layer{advice}")

    def _failure(self, error: BaseException) -> Failure:
        if isinstance(error, SyntaxError) and error.filename in _PARTS:
            frames = [Frame(error.filename, error.lineno or 1, text=(error.text or "").strip())]
            message = f"{type(error).__name__}: {error.msg}"
            return self._failed("execution", message, frames=frames, depends_on_weights=False, way_out="syntax")
        frames = list(self._frames(error))
        hint, way_out = self._hint(error)
        # A module that does not parse is imported no longer, but the error came from its text.
        extra = [error.filename] if isinstance(error, SyntaxError) else []
        return self._failed(
            "execution",
            portable(hints.with_hint(hints.message(error), hint), self._job)[:_LONGEST],
            frames=frames,
            extra=[file for file in extra if file and self._job.first_party.owns_file(file)],
            depends_on_weights=not (
                # With other weights the code would not parse either, nor know the name.
                isinstance(error, (SyntaxError, NameError, ImportError))
                or (isinstance(error, AttributeError) and _is_raised_by(frames, error))
                or hints.is_of_network(error)
            ),
            way_out=way_out,
            may_be_recorded=not chance.is_by_chance(error),
        )

    def _hint(self, error: BaseException) -> tuple[str, WayOut | None]:
        """Return what was most likely meant, and what else may help."""
        *_, (frame, _) = [(None, 0), *traceback.walk_tb(error.__traceback__)]
        if frame is not None and frame.f_code.co_filename == part_name("model") and isinstance(error, NameError):
            return self._models_made().removeprefix(": "), None
        return hints.Hints(self._module.__dict__, self._imported, self._is_asked).of(error)

    def _is_asked(self, frame: FrameType) -> bool:
        """Tell whether a frame asks on the user's behalf: it runs their own code, or reads the argument."""
        return self._is_users(frame) or frame.f_globals.get("__name__") in {__name__, argument.__name__}

    def _models_made(self) -> str:
        """Say which models the code made; '' where it made none."""
        made = [name for name in self._assigned.order if self._inspection.is_model(self._assigned.get(name))]
        if not made:
            return ""
        rest = f" and {len(made) - _MOST_NAMES:,} more" if len(made) > _MOST_NAMES else ""
        return f": the code made {', '.join(made[:_MOST_NAMES])}{rest}"

    def _failed(
        self, kind: Any, message: str, *, extra: list[str] | None = None, may_be_recorded: bool = True, **given: Any
    ) -> Failure:
        files = sorted({*self._uses.files(), *(extra or ())})
        modules = self._uses.modules()
        digests, is_settled = self._uses.state({*modules.values(), *files})
        is_settled = is_settled and may_be_recorded
        return Failure(
            kind=kind,
            message=message,
            modules=modules,
            files=files,
            digests=digests,
            is_settled=is_settled,
            **given,
        )

    def _frames(self, error: BaseException) -> Iterator[Frame]:
        """Yield the lines of the user's own code that an error came through, the innermost last.

        Columns are left out, as the code of a page stands further to the left here than there.
        """
        own = [(frame, line) for frame, line in traceback.walk_tb(error.__traceback__) if self._is_users(frame)]
        if len(own) > 2 * _MOST_FRAMES:
            own[_MOST_FRAMES:-_MOST_FRAMES] = []
        for frame in traceback.StackSummary.extract(iter(own)):
            text = portable(frame.line or "", self._job)
            yield Frame(portable(frame.filename, self._job), frame.lineno or 1, frame.name, text)

    def _is_users(self, frame: FrameType) -> bool:
        """Tell whether a frame runs the user's own code."""
        file = frame.f_code.co_filename
        name = str(frame.f_globals.get("__name__"))
        return file in _PARTS or is_own(file) or self._job.first_party.owns_module(name, file)


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


def _is_raised_by(frames: list[Frame], error: BaseException) -> bool:
    """Tell whether an error was raised in the innermost of the user's own lines, and not in what that calls."""
    innermost = traceback.extract_tb(error.__traceback__)[-1:]
    return bool(frames) and all(frame.filename == frames[-1].file for frame in innermost)


_PARTS = frozenset(part_name(part) for part in get_args(Part))


def _compile(part: Part, text: str, mode: Literal["exec", "eval"] = "exec") -> CodeType:
    _remember(part, text)
    return compile(text, part_name(part), mode, dont_inherit=True)


def _remember(part: Part, text: str) -> None:
    """Let tracebacks and `inspect.getsource` find the lines of a part, whose file is none."""
    linecache.cache[part_name(part)] = (len(text), None, text.splitlines(keepends=True), part_name(part))


def _names_of(module: ModuleType) -> dict[str, Any]:
    """Return the names of a module with their values, without those that Python itself gives it."""
    return {name: value for name, value in vars(module).items() if not (name.startswith("__") and name.endswith("__"))}


def _made(maker: Any, said: str, call: Callable[[Any], Any] = lambda maker: maker()) -> Any:
    """Call a function or class without arguments, and say so where it wants some.

    :param call: calls it.
    """
    try:
        return call(maker)
    except TypeError as error:
        name = getattr(maker, "__qualname__", "")
        if re.match(rf"{re.escape(name)}(\.__(init|new)__)?\(\) missing \d+ required", str(error)):
            error.add_note(f"({said} was called without arguments: write an expression that has them.)")
        raise


def _on_an_instance(found: Any, attributes: Sequence[str]) -> Any:
    """Go through attributes; those of a class that need an instance are asked of one, made without arguments."""
    for attribute in attributes:
        if isinstance(found, type):
            member = inspect.getattr_static(found, attribute, None)
            if isinstance(member, (property, functools.cached_property)) or _wants_self(member):
                found = _made(found, found.__qualname__)
        found = getattr(found, attribute)
    return found


def _wants_self(member: object) -> bool:
    if not isinstance(member, FunctionType):
        return False
    first = next(iter(inspect.signature(member).parameters.values()), None)
    return first is not None and first.default is first.empty and first.kind is not first.VAR_KEYWORD
