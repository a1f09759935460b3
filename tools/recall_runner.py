"""Run files of Keras 1 and 2 under one Keras, each in a process of its own, and tell where each of them fails.

``python -m tools.recall_runner FOLDER keras|tf_keras FILES``: one JSON object a line, for so many files of each
repository. `tools.recall` runs it with both, and compares them.

A file runs as it would by itself, statement after statement. What it only defines is called then, with arguments that
are guessed by their names (`tools.recall_arguments`); what it lacks here is stood in for (`tools.recall_stand_ins`).
"""

from __future__ import annotations

import ast
import hashlib
import io
import json
import os
import re
import signal
import sys
import tempfile
import time
import traceback
import types
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from tools.recall_arguments import arguments
from tools.recall_stand_ins import Absent, Finder, prepare

SECONDS = 12
"""How long a file may run."""

_STEPS = 12
"""How many failures of a file are told: what comes after most often follows from them."""

_PARTS = (
    "layers", "models", "optimizers", "utils", "callbacks", "regularizers", "initializers", "constraints", "backend",
    "losses", "preprocessing",
)  # fmt: skip
"""The modules of Keras in which a name that was moved is looked for."""

_MAKES = re.compile(
    r"build|creat|make|model|net|compile|init|get_|block|unit|layer|conv|^_?[a-z]+_?[0-9]*$", re.IGNORECASE
)
"""Names of methods that may build something."""


class Run:
    """One file as it runs."""

    def __init__(self, path: Path, root: Path, keras: Any) -> None:
        self.path = path
        self.root = root
        self.keras = keras
        self.failures: list[dict[str, Any]] = []

    def fail(self, step: str, error: BaseException) -> None:
        """Note where an error came from: the innermost place in the repository."""
        place = None
        trace = error.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            if code.co_filename.startswith(str(self.root)):
                positions = list(code.co_positions())
                at = positions[trace.tb_lasti // 2] if trace.tb_lasti >= 0 else (trace.tb_lineno,) * 2
                name = os.path.relpath(code.co_filename, self.root)
                place = (name, trace.tb_lineno, at[0] or trace.tb_lineno, at[1] or trace.tb_lineno)
            trace = trace.tb_next
        inner = traceback.extract_tb(error.__traceback__)
        self.failures.append(
            {
                "step": step,
                "error": type(error).__name__,
                "text": str(error)[:600],
                "place": place,
                "from": inner[-1].filename.rpartition("site-packages/")[2] if inner else "",
            }
        )

    def go(self) -> None:
        """Run all statements, then what they define."""
        source = self.path.read_bytes()
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError) as error:
            self.failures.append(
                {"step": "parse", "error": "SyntaxError", "text": str(error), "place": None, "from": ""}
            )
            return
        module = types.ModuleType("__main__")
        module.__file__ = str(self.path)
        parts = self.path.relative_to(self.root).with_suffix("").parts
        if len(parts) > 1:
            module.__package__ = ".".join(parts[:-1])
        sys.modules["__main__"] = module
        sys.argv = [str(self.path)]
        for number, statement in enumerate(tree.body):
            body = statement.body if isinstance(statement, ast.If) and is_main(statement) else [statement]
            for inner in body:
                self.attempt(f"{number}:{inner.lineno}", partial(self.execute, inner, module))
        self.define(module, tree)

    def execute(self, statement: ast.stmt, module: types.ModuleType) -> None:
        """Run one statement."""
        code = compile(ast.Module([statement], []), str(self.path), "exec")
        try:
            exec(code, vars(module))
        except BaseException:
            if isinstance(statement, (ast.Import, ast.ImportFrom)):
                self.import_singly(statement, module)
            raise

    def import_singly(self, statement: ast.Import | ast.ImportFrom, module: types.ModuleType) -> None:
        """Import what there is, and stand in for the rest: what follows is not its fault."""
        for alias in statement.names:
            one = type(statement)(**{**vars(statement), "names": [alias]})
            try:
                exec(compile(ast.Module([one], []), str(self.path), "exec"), vars(module))
            except Exception:
                name = alias.asname or alias.name.partition(".")[0]
                if name != "*" and not (isinstance(statement, ast.Import) and name == "keras"):
                    found = self.elsewhere(alias.name)
                    vars(module)[name] = Absent if found is None else found

    def elsewhere(self, name: str) -> Any:
        """Return what is called so elsewhere in Keras today, as a person would mend it."""
        for part in _PARTS:
            found = getattr(getattr(self.keras, part, None), name.rpartition(".")[2], None)
            if found is not None:
                return found
        return None

    def attempt(self, step: str, action: Callable[[], object]) -> None:
        """Do something, and note how it fails."""
        if len(self.failures) >= _STEPS:
            return
        try:
            action()
        except TimeoutError:
            raise
        except BaseException as error:
            self.fail(step, error)

    def define(self, module: types.ModuleType, tree: ast.Module) -> None:
        """Call what the file defines and does not use."""
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
        for statement in tree.body:
            if getattr(statement, "name", None) in used:
                continue  # what uses it calls it
            name = getattr(statement, "name", None)
            found = vars(module).get(name) if name else None
            if isinstance(statement, ast.FunctionDef) and callable(found):
                if name in ("main", "parse_args") or not _uses(statement):
                    continue
                self.attempt(f"call {name}", partial(self.call, found))
            elif isinstance(statement, ast.ClassDef) and isinstance(found, type):
                self.attempt(f"class {name}", partial(self.use, found, statement))

    def call(self, function: Any) -> Any:
        """Call a function or a class with arguments that are guessed."""
        given = arguments(function, self.keras)
        if given is None:
            return None
        try:
            return function(**given)
        except (TypeError, ValueError) as error:
            if any(word in str(error) for word in ("unpack", "subscriptable", "iterable", "list")):
                return function(**(arguments(function, self.keras, variant=1) or {}))
            raise

    def use(self, cls: type, statement: ast.ClassDef) -> None:
        """Make an object of a class, and call it if it is a layer, or its methods that build."""
        keras = self.keras
        made = self.call(cls)
        if isinstance(made, keras.models.Model):
            return
        if isinstance(made, keras.layers.Layer):
            for shape in ((8, 8, 4), (8, 4)):
                with suppress(Exception):
                    made(keras.layers.Input(shape))
                    return
                made = self.call(cls)
            made(keras.layers.Input((4,)))
            return
        for method in statement.body:
            if not isinstance(method, ast.FunctionDef) or method.name.startswith("__"):
                continue
            if _MAKES.search(method.name) and _uses(method):
                bound = getattr(made, method.name, None)
                if callable(bound):
                    self.attempt(f"method {cls.__name__}.{method.name}", partial(self.call, bound))


def _uses(function: ast.AST) -> bool:
    """Tell whether a function calls something."""
    return any(isinstance(node, ast.Call) for node in ast.walk(function))


def is_main(statement: ast.If) -> bool:
    """Tell whether a statement is ``if __name__ == "__main__":``."""
    return "__main__" in ast.unparse(statement.test)


def roots(path: Path, repository: Path) -> list[str]:
    """Return where a file's own imports may lead."""
    found, folder = [], path.parent
    while True:
        found.append(str(folder))
        if folder == repository:
            return found
        folder = folder.parent


def _alarm(*_: object) -> None:
    raise TimeoutError


def child(path: Path, repository: Path, keras: Any, out: int) -> None:
    """Run one file, and write what failed."""
    os.setpgid(0, 0)
    sys.stdout = sys.stderr = io.StringIO()
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(null, number)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        sys.path[:0] = roots(path, repository)
        sys.path = [entry for entry in sys.path if entry not in ("", os.fspath(Path(__file__).parents[1]))]
        sys.meta_path.append(Finder())
        sys.setrecursionlimit(2000)
        signal.signal(signal.SIGALRM, _alarm)
        signal.alarm(SECONDS)
        run = Run(path, repository, keras)
        stopped = ""
        try:
            run.go()
        except TimeoutError:
            stopped = "timeout"
        except BaseException as error:
            stopped = repr(error)
        signal.alarm(0)
        text = json.dumps({"failures": run.failures, "stopped": stopped})
        with os.fdopen(out, "w") as stream:
            stream.write(text)


def run(path: Path, repository: Path, keras: Any) -> dict[str, Any]:
    """Run one file in a process of its own, and return what failed there."""
    read, write = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(read)
        with suppress(BaseException):
            child(path, repository, keras, write)
        os._exit(0)
    os.close(write)
    os.set_blocking(read, False)
    text, ends = b"", time.monotonic() + SECONDS + 10
    while time.monotonic() < ends:
        try:
            part = os.read(read, 1 << 16)
        except BlockingIOError:
            time.sleep(0.02)
            continue
        if not part:
            break
        text += part
    os.close(read)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    answer: dict[str, Any] = json.loads(text) if text else {"failures": [], "stopped": "no answer"}
    return answer


def main(argv: Sequence[str]) -> None:
    """Print how files of each repository in a folder fail."""
    folder, package = Path(argv[0]).resolve(), argv[1]
    many = int(argv[2])
    keras = prepare(package == "tf_keras")
    for repository in sorted(path for path in folder.iterdir() if path.is_dir()):
        for path in drawn(repository)[:many]:
            name = f"{repository.name}/{path.relative_to(repository)}"
            print(json.dumps({"file": name, **run(path, repository, keras)}), flush=True)


def drawn(repository: Path) -> list[Path]:
    """Return a repository's files in an order that nobody chose: by the digest of their names."""

    def digest(path: Path) -> bytes:
        return hashlib.sha256(f"{repository.name}/{path.relative_to(repository)}".encode()).digest()

    return sorted(repository.rglob("*.py"), key=digest)


if __name__ == "__main__":
    main(sys.argv[1:])
