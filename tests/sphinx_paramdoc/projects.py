"""Projects on disk that are built again and again, each time by a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.sphinx_paramdoc import shared_server

NO_PROCESS = """
import sys

def refuse(event, arguments):
    if event in {"subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.exec", "os.system"}:
        raise AssertionError(f"a process was started: {event} {arguments}")

sys.addaudithook(refuse)
"""


class Project:
    """A project on disk that is built again and again, each time by a process of its own."""

    def __init__(self, folder: Path, conf: str = "") -> None:
        self.folder = folder
        self.docs = folder / "docs"
        self.docs.mkdir()
        (folder / "pyproject.toml").touch()
        self.conf = "import sys\nsys.path.insert(0, '..')\nextensions = ['sphinx_paramdoc']\n" + conf
        self.write(**{"docs/conf.py": self.conf})

    def write(self, **files: str) -> None:
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def page(self, name: str, *blocks: str) -> None:
        """Write a page; the index shows them all."""
        self.write(**{f"docs/{name}.rst": "\n\n".join([f"Page {name}\n=====================", *blocks]) + "\n"})

    def build(self, *options: str, may_run: bool = True, builder: str = "html") -> Built:
        conf = self.conf if may_run else self.conf + NO_PROCESS
        if (self.docs / "conf.py").read_text(encoding="utf-8") != conf:
            self.write(**{"docs/conf.py": conf})
        out = self.folder / "out" / builder
        settings = shared_server.settings() if may_run else {}  # with a server there is no process to start
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "sphinx",
                "--no-color",
                "-b",
                builder,
                "-d",
                self.folder / "trees",
                *(word for name, value in settings.items() for word in ("-D", f"{name}={value}")),
                *options,
                self.docs,
                out,
            ],
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="backslashreplace",  # of a folder whose name is in another encoding
            check=False,
        )
        return Built(self, done, out)

    def records(self, folder: str = "trees/paramdoc") -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.folder / folder).glob("*")}


class Built:
    """What a build did and said."""

    def __init__(self, project: Project, done: subprocess.CompletedProcess[str], out: Path) -> None:
        self.status = done.returncode
        self.log = done.stdout
        self.out = out
        self.warnings = [
            line.replace(f"{project.docs}/", "") for line in done.stderr.splitlines() if ": WARNING: " in line
        ]
        self.errors = done.stderr
        self.read = set(re.findall(r"reading sources\.\.\. \[ *\d+%\] (\S+)", done.stdout))
        summary = re.search(r"paramsummary blocks: (.*) \(waited [\d.]+ s\)", done.stdout)
        self.blocks = summary[1] if summary else ""

    def text(self, page: str) -> str:
        html = (self.out / f"{page}.html").read_text(encoding="utf-8")
        return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def dense(units: int) -> str:
    return f".. paramsummary::\n\n   keras.Sequential([keras.Input((3,)), keras.layers.Dense({units})])"


BUILDER = (
    "import keras\nfrom {package}.sizes import UNITS\n\ndef build():\n"
    "    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(UNITS)])\n"
)
