"""The real python-lsp-server, spoken to as an editor does: what flake8 finds is shown while one writes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

import pytest

from tests.flake8_paramdoc.test_plugin import SEED

pytest.importorskip("flake8")
pytest.importorskip("pylsp", reason="python-lsp-server is not installed")
pytestmark = pytest.mark.slow

PATIENCE = 60  # seconds until a server that says nothing is ended


class Server:
    """A language server in a process of its own, with the protocol's frames around what is said."""

    def __init__(self, folder: Path) -> None:
        # The server looks for flake8 on the path first.
        path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pylsp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={**os.environ, "PATH": path},
        )
        self.input = cast(IO[bytes], self.process.stdin)
        self.output = cast(IO[bytes], self.process.stdout)
        # Reading cannot wait for a while only; the end of the process ends it.
        self.timer = threading.Timer(PATIENCE, self.process.kill)
        self.timer.start()

    def say(self, method: str, params: object, **identity: int) -> None:
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **identity}).encode()
        self.input.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.input.flush()

    def hear(self) -> dict[str, Any]:
        """Give the next message."""
        length = 0
        while (header := self.output.readline()) != b"\r\n":
            assert header, "the server ended"
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        message: dict[str, Any] = json.loads(self.output.read(length))
        return message

    def ask(self, identity: int, method: str, params: object) -> Any:
        self.say(method, params, id=identity)
        while (answer := self.hear()).get("id") != identity or "method" in answer:
            pass
        return answer["result"]

    def end(self) -> int:
        """End the process, as the protocol says or not, and give its status."""
        try:
            return self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            self.process.wait()
            self.timer.cancel()
            self.input.close()
            self.output.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    yield server
    if server.process.poll() is None:
        server.process.kill()
    server.end()


def settings(manual: str) -> Any:
    """Give the settings that the manual names, with all but flake8 off that comes with pylsp."""
    _, _, named = manual.partition("Other editors\n")
    [line] = [line for line in named.splitlines() if line.startswith('   {"pylsp"')]
    asked = json.loads(line)
    for other in ("pyflakes", "pycodestyle", "mccabe"):
        asked["pylsp"]["plugins"][other] = {"enabled": False}
    return asked


def test_findings_are_published_where_they_are(server: Server, repository: Path, tmp_path: Path) -> None:
    file = tmp_path / "seed.py"
    file.write_text(SEED, encoding="utf-8")
    asked = settings((repository / "docs" / "flake8.rst").read_text(encoding="utf-8"))
    capabilities = {"processId": os.getpid(), "rootUri": tmp_path.as_uri(), "capabilities": {}}
    assert "textDocumentSync" in server.ask(1, "initialize", capabilities)["capabilities"]
    server.say("initialized", {})
    server.say("workspace/didChangeConfiguration", {"settings": asked})
    document = {"uri": file.as_uri(), "languageId": "python", "version": 1, "text": SEED}
    server.say("textDocument/didOpen", {"textDocument": document})
    # What the server says while flake8 runs is heard and passed over.
    while not (message := server.hear()).get("params", {}).get("diagnostics"):
        pass
    assert message["params"]["uri"] == file.as_uri()
    # Lines and columns begin at 0 in the protocol.
    assert [
        (found["code"], *found["range"]["start"].values(), found["message"])
        for found in message["params"]["diagnostics"]
    ] == [
        ("KER101", 6, 31, "KER101 Model(input=...) was renamed in Keras 2: write inputs=..."),
        ("KER101", 6, 42, "KER101 Model(output=...) was renamed in Keras 2: write outputs=..."),
    ]
    assert server.ask(2, "shutdown", None) is None
    server.say("exit", None)
    assert server.end() == 0
