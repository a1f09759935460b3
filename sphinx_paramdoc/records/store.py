"""What blocks gave in earlier builds: a request → its record on disk, and whether that is still fresh.

A record is found by the digest of the request, and fresh as long as everything else that decided the result is the
same: the versions of the frameworks, and the content of the first-party files. It holds nothing of the machine that
wrote it, so a project can commit its records, and a host without a framework build from them.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from sphinx_paramdoc.execution import Request, Success, explainers
from sphinx_paramdoc.machine import FirstParty, installed, locate
from sphinx_paramdoc.machine.digest import ABSENT, digest
from sphinx_paramdoc.records import packing

SCHEMA = 2
"""Another one for every change of what a record or a request holds, or of what the inspection reads from a model."""

_WIDTH = 120
_NAME = re.compile(r"[0-9a-f]{32}\.json")
_SECRET = re.compile(r"(^|_)(API)?(TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?|KEY)$", re.IGNORECASE)


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """The result of one successful block."""

    paramdoc: int
    """The schema."""
    request: dict[str, Any]
    """What was asked for; code as a list of its lines."""
    modules: dict[str, str] = {}
    """The first-party modules that the block imported, with the digests of their files."""
    files: dict[str, str] = {}
    """Other first-party files that it opened, with their digests: ``../sizes.json``, from the folder of the
    documentation, or ``package:sizes.json``, from that of a package."""
    model: dict[str, Any]
    """The facts, packed."""

    @property
    def frameworks(self) -> dict[str, str]:
        """The versions of the frameworks that built the model."""
        versions: dict[str, str] = self.model["frameworks"]
        return versions


class Records:
    """The records of one project."""

    def __init__(
        self,
        folder: Path,
        sources: Path,
        path: Sequence[str],
        environment: Mapping[str, str],
        first_party: FirstParty,
    ) -> None:
        """Keep records in a folder, which need not exist.

        :param sources: the folder of the documentation.
        :param path: where its blocks import from.
        :param first_party: what belongs to the project.
        :param environment: the variables that are set for blocks. A change of one makes other records of all, but of
            one whose name tells of a credential, which opens doors and shapes no model.
        """
        self.folder = folder
        self._sources = sources
        self._path = path
        counted = sorted((name, value) for name, value in environment.items() if not _SECRET.search(name))
        self._root = first_party.root
        self._decisive = [SCHEMA, counted, sorted(first_party.modules) if first_party.only_modules else None]
        self._located: dict[str, str | None] = {}

    def decisive_digest(self) -> str:
        """Return the digest of what decides, besides a request, what it is recorded under."""
        return hashlib.sha256(msgspec.json.encode(self._decisive)).hexdigest()[:32]

    def key(self, request: Request) -> str:
        """Return the digest that a request is recorded under."""
        return hashlib.sha256(msgspec.json.encode([self._decisive, request])).hexdigest()[:32]

    def read(self, request: Request) -> Record | None:
        """Return the record of a request; ``None`` where there is none, or one that is damaged or somebody else's."""
        record = self._read(self.key(request))
        return record if record and record.request == _lines(request) else None

    def is_fresh(self, key: str) -> bool:
        """Tell whether there is a record under `key` that is still true."""
        record = self._read(key)
        return record is not None and self.why_stale(record) is None

    def why_stale(self, record: Record) -> str | None:
        """Say what has changed since a record was written; ``None`` where it is still true."""
        for name, version in record.frameworks.items():
            now = installed.version(name)
            if now is not None and now != version:
                return f"{name} is {now} now, it was {version}"
        backend = os.environ.get("KERAS_BACKEND")
        if (
            backend
            and "keras" in record.frameworks  # no other framework has a choice
            and "backend" not in record.request
            and backend not in record.frameworks
            and installed.version(backend)
        ):
            return f"the backend is {backend} now"
        if explained := explainers.explained_otherwise(record.model["layers"], record.request.get("explainers", {})):
            return explained
        for name, file, before in self._used(record):
            now = digest(file) if file else ABSENT
            if now != before:
                return f"{name} cannot be found" if now == ABSENT else f"{name} has changed"
        return None

    def files(self, record: Record) -> list[str]:
        """Return the files that a record depends on, as far as they can be found."""
        return sorted(file for _, file, _ in self._used(record) if file and Path(file).is_file())

    def write(self, request: Request, success: Success) -> None:
        """Keep the result of a block, unless a file that it used has changed meanwhile.

        :raises OSError: where the record cannot be written; nothing is left behind then.
        """
        modules, files = {}, dict.fromkeys(success.files, "")
        for name, file in success.modules.items():
            found = self._locate(name)
            if found is not None and os.path.realpath(found) == os.path.realpath(file):
                modules[name] = success.digests[file]
            else:
                files[file] = ""
        if not success.is_settled:
            return
        record = Record(
            paramdoc=SCHEMA,
            request=_lines(request),
            modules=dict(sorted(modules.items())),
            files=dict(sorted((self._name(file, success.modules), success.digests[file]) for file in files)),
            model=packing.pack(success.model),
        )
        self._write(self.folder / f"{self.key(request)}.json", _pretty(msgspec.to_builtins(record)) + "\n")

    def is_there(self, request: Request) -> bool:
        """Tell whether there is a file for the record of a request, whatever it holds."""
        return self.folder.joinpath(f"{self.key(request)}.json").exists()

    def prune(self, used: Collection[str]) -> int:
        """Delete the records that are not among the keys in `used`; return how many there were."""
        count = 0
        for file in self._all():
            if file.stem not in used and _is_record(file):
                file.unlink(missing_ok=True)
                count += 1
        return count

    def _all(self) -> Iterator[Path]:
        with contextlib.suppress(OSError):
            yield from (file for file in list(self.folder.iterdir()) if _NAME.fullmatch(file.name))

    def _read(self, key: str) -> Record | None:
        try:
            record = msgspec.json.decode(self.folder.joinpath(f"{key}.json").read_bytes(), type=Record)
            packing.unpack(record.model)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return None
        return record if record.paramdoc == SCHEMA else None

    def _write(self, target: Path, text: str) -> None:
        """Write whole or not at all: another build may read or write the same record."""
        if target.is_file() and target.read_bytes() == text.encode():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=f".{target.stem}-", suffix=".tmp", dir=self.folder)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(text.encode())
            Path(name).chmod(0o644)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def _used(self, record: Record) -> Iterator[tuple[str, str | None, str]]:
        for name, before in record.modules.items():
            yield name, self._locate(name), before
        for name, before in record.files.items():
            yield name, self._file(name), before

    def _name(self, file: str, modules: Mapping[str, str]) -> str:
        """Name a file in a way that other machines understand."""
        if not file.startswith(self._root.rstrip(os.sep) + os.sep):
            for module, place in modules.items():
                beside = os.path.relpath(file, os.path.dirname(place))  # noqa: PTH120
                if "." not in module and not beside.startswith(os.path.join("..", "..")):  # noqa: PTH118
                    return f"{module}:{Path(beside).as_posix()}"
        return Path(os.path.relpath(file, self._sources)).as_posix()

    def _file(self, name: str) -> str | None:
        module, colon, beside = name.partition(":")
        if not colon:
            return os.path.normpath(self._sources / name)
        place = self._locate(module)
        return os.path.normpath(Path(place).parent / beside) if place else None

    def _locate(self, module: str) -> str | None:
        if module not in self._located:
            self._located[module] = locate(module, self._path)
        return self._located[module]


def _lines(request: Request) -> dict[str, Any]:
    """Return a request as a record shows it."""
    parts: dict[str, Any] = msgspec.to_builtins(request)
    return {name: part.split("\n") if isinstance(part, str) and "\n" in part else part for name, part in parts.items()}


def _is_record(file: Path) -> bool:
    """Tell whether a file is a record, be it of another schema."""
    try:
        return isinstance(msgspec.json.decode(file.read_bytes()).get("paramdoc"), int)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, AttributeError):
        return False


def _pretty(value: Any, indent: int = 0) -> str:
    """Return JSON that a person can review in a diff: what fits into a line is one."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + indent <= _WIDTH or not value or not isinstance(value, (dict, list)):
        return line
    inner, outer = " " * (indent + 1), " " * indent
    if isinstance(value, dict):
        items = [f"{json.dumps(name, ensure_ascii=False)}: {_pretty(item, indent + 1)}" for name, item in value.items()]
        return "{\n" + ",\n".join(inner + item for item in items) + f"\n{outer}}}"
    return "[\n" + ",\n".join(inner + _pretty(item, indent + 1) for item in value) + f"\n{outer}]"
