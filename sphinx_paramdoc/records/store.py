"""What blocks gave in earlier builds: a request → its record on disk, and whether that is still fresh.

A record is found by the digest of the request, and fresh as long as everything else that decided the result is the
same: the versions of the frameworks, and the content of the first-party files. It holds nothing of the machine that
wrote it, so a project can commit its records, and a host without a framework build from them.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from sphinx_paramdoc.execution import Failure, Request, Success, explainers, wire
from sphinx_paramdoc.machine import FirstParty, installed, locate, regular, whole
from sphinx_paramdoc.machine.digest import ABSENT, digest
from sphinx_paramdoc.records import packing, reading
from sphinx_paramdoc.records.pretty import pretty
from sphinx_paramdoc.records.reading import SCHEMA, Miss, Record
from sphinx_paramdoc.records.seen import Seen

__all__ = ["SCHEMA", "Record", "Records"]

_NAME = re.compile(r"[0-9a-f]{32}\.json")
_SECRET = re.compile(
    r"(^|_)(SECRET|PASS|PASSWD|PASSWORD|PASSPHRASE|PWD|PIN|PAT|AUTH|COOKIE|DSN|CREDENTIALS?)(_|$)"
    r"|(^|_)(API)?(TOKEN|KEY)$",
    re.IGNORECASE,
)
"""A variable that holds a credential; ``KEY_DIM`` and ``TOKEN_LENGTH`` are none."""


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
        self._decisive = [counted, sorted(first_party.modules) if first_party.only_modules else None]
        self._located: dict[str, str | None] = {}
        self._older: list[dict[str, Any]] | None = None
        self._seen = Seen()

    def decisive_digest(self) -> str:
        """Return the digest of what decides, besides a request, what it is recorded under."""
        return hashlib.sha256(wire.encode([SCHEMA, *self._decisive])).hexdigest()[:32]

    def key(self, request: Request) -> str:
        """Return the digest that a request is recorded under."""
        return hashlib.sha256(wire.encode([self._decisive, request])).hexdigest()[:32]

    def read(self, request: Request) -> Record | None:
        """Return the record of a request; ``None`` where there is none, or one that is not to be believed."""
        found = self._find(request)
        return found if isinstance(found, Record) else None

    def why_missed(self, request: Request) -> Miss | None:
        """Say why a request has no record; ``None`` where it has one."""
        found = self._find(request)
        if found is Miss.MISSING and _lines(request) in self._requests_of_older():
            return Miss.OLDER
        return found if isinstance(found, Miss) else None

    def _find(self, request: Request) -> Record | Miss:
        found = self._seen.take(self._file_of(self.key(request)))
        return Miss.OTHERS if isinstance(found, Record) and found.request != _lines(request) else found

    def _requests_of_older(self) -> list[dict[str, Any]]:
        """Return what was asked for in records of older versions, which have other names."""
        if self._older is None:
            self._older = [request for file in self._all() if (request := reading.older(file)) is not None]
        return self._older

    def is_fresh(self, key: str) -> bool:
        """Tell whether there is a record under `key` that is still true."""
        record = self._seen.look(self._file_of(key))
        return isinstance(record, Record) and self.why_stale(record) is None

    def why_stale(self, record: Record) -> str | None:
        """Say what has changed since a record was written; ``None`` where it is still true."""
        try:
            return self._why_stale(record)
        except Exception as error:  # a record may name anything
            return f"it cannot be compared ({type(error).__name__})"

    def why_foreign(self, record: Record) -> str | None:
        """Say in what the machine that made a record differs from this one; ``None`` where in nothing that counts."""
        if self.why_stale(record) is None:
            return None
        for name, there, now in self._other_versions(record):
            return f"{name} is {there} there, and {now} here"
        for name, file, there in self._used(record):
            now = digest(file) if file else ABSENT
            if now != there:
                return f"{name} {'is missing' if now == ABSENT else 'has another content'} here"
        return self.why_stale(record)

    def _other_versions(self, record: Record) -> Iterator[tuple[str, str, str]]:
        """Yield each distribution that is installed in another version: its name, the record's version, and this."""
        for versions, of in ((record.frameworks, installed.version), (record.versions, installed.version_of)):
            for name, version in versions.items():
                now = of(name)
                if now is not None and now != version:
                    yield name, version, now

    def _why_stale(self, record: Record) -> str | None:
        for name, version, now in self._other_versions(record):
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

    def write(self, request: Request, success: Success) -> bool:
        """Keep the result of a block, unless a file that it used has changed meanwhile; tell whether it is kept.

        :raises OSError: where the record cannot be written; nothing is left behind then.
        """
        made = self.made(request, success)
        if made is not None:
            self.keep(request, made)
        return made is not None

    def made(self, request: Request, success: Success) -> bytes | None:
        """Return the record of what a block gave, as it is kept; ``None`` where a file that it used has changed."""
        return self._settled(
            request,
            success,
            versions=success.versions,
            maker=success.maker,
            arguments=success.arguments,
            call=success.call,
            model=packing.pack(success.model),
        )

    def keep(self, request: Request, made: bytes) -> None:
        """Keep a record that is made, of this machine or another.

        :raises OSError: as above.
        """
        self._write(self._file_of(self.key(request)), made)

    def believed(self, request: Request, made: bytes) -> Record | None:
        """Return a record that another machine made of a request; ``None`` where it is none to be believed."""
        found = reading.parsed(made)
        return found if isinstance(found, Record) and found.request == _lines(request) else None

    def write_raised(self, request: Request, failure: Failure, of: Success) -> None:
        """Keep that a setting of a builder gives no model, unless a file has changed, or it may do so another time.

        :param of: what the builder gave as it is written: with it come the frameworks.
        :raises OSError: as above.
        """
        model = {"frameworks": of.model.frameworks, "layers": []}
        made = self._settled(request, failure, versions=of.versions, raised=failure.message, model=model)
        if made is not None:
            self.keep(request, made)

    def _settled(
        self, request: Request, outcome: Success | Failure, *, versions: Mapping[str, str], **given: Any
    ) -> bytes | None:
        if not outcome.is_settled:
            return None
        modules, files = self._named(outcome.modules, outcome.files, outcome.digests)
        record = Record(
            paramdoc=SCHEMA,
            request=_lines(request),
            modules=modules,
            files=files,
            versions=dict(sorted(versions.items())),
            **given,
        )
        return f"{pretty(reading.sealed(record))}\n".encode()

    def _named(
        self, modules: Mapping[str, str], files: Collection[str], digests: Mapping[str, str]
    ) -> tuple[dict[str, str], dict[str, str]]:
        """Return modules and other files as a record names them, with their digests."""
        located, others = {}, dict.fromkeys(files, "")
        for name, file in modules.items():
            found = self._locate(name)
            if found is not None and os.path.realpath(found) == os.path.realpath(file):
                located[name] = digests[file]
            else:
                others[file] = ""
        named = sorted((self._name(file, modules), digests[file]) for file in others)
        return dict(sorted(located.items())), dict(named)

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

    def _file_of(self, key: str) -> Path:
        return self.folder / f"{key}.json"

    def _write(self, target: Path, made: bytes) -> None:
        """Write a record that is not there already, to the byte."""
        with contextlib.suppress(OSError):
            if regular.read(target, len(made)) == made:
                return
        whole.write(target, made)

    def _used(self, record: Record) -> Iterator[tuple[str, str | None, str]]:
        for name, before in record.modules.items():
            yield name, self._locate(name), before
        for name, before in record.files.items():
            yield name, self._file(name), before

    def _name(self, file: str, modules: Mapping[str, str]) -> str:
        """Name a file in a way that other machines understand, however the package that it lies in is installed."""
        packages = [module for module, place in modules.items() if Path(place).stem == "__init__"]
        for module in sorted(packages, key=len):
            folder = os.path.dirname(modules[module])  # noqa: PTH120
            if file.startswith(folder + os.sep):
                return f"{module}:{Path(os.path.relpath(file, folder)).as_posix()}"
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
    return reading.schema(file) is not None
