"""Where documented objects are defined and written, with and without importing them."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sphinx_paramdoc.notation import docstring_lines, documented
from sphinx_paramdoc.notation.documented import Documented

FILES = {
    "__init__.py": "from .deep.models import build as make\nfrom mynet.deep import Net\n",
    "deep/__init__.py": "from .models import Net\nfrom ..more import *\n",
    "deep/models.py": (
        '"""Text.\n\n.. paramsummary:: build()\n"""\n\n'
        "def build():\n    r'''.. paramsummary::\n\n       x\n    '''\n\n\n"
        "if True:\n    #: A model.\n    #:\n    #: .. paramsummary::\n    ready = build()\n\n\n"
        'class Base:\n    """Text."""\n\n    def make(self):\n        """.. paramsummary:: 3"""\n\n\n'
        "class Net(Base):\n    class Inner:\n        pass\n"
    ),
    "more.py": "from mynet.deep.models import Base as Other\n\n\nclass More(Other):\n    def make(self): ...\n",
    "loop.py": "from mynet.loop import a\n\n\nclass B(B): ...\n",
}


@pytest.fixture
def _package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, text in FILES.items():
        file = tmp_path / "mynet" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    yield
    for name in [name for name in sys.modules if name.partition(".")[0] == "mynet"]:
        del sys.modules[name]


@pytest.fixture(params=["imported", "only read"])
def how(request: pytest.FixtureRequest, _package: None) -> str:
    if request.param == "imported":
        for module in ("mynet", "mynet.deep.models", "mynet.more"):
            importlib.import_module(module)
    else:
        assert "mynet" not in sys.modules
    return str(request.param)


def test_what_is_imported_elsewhere_is_known_by_where_it_is_defined(how: str) -> None:
    assert documented.canonical(Documented("mynet", "make")) == Documented("mynet.deep.models", "build")
    assert documented.canonical(Documented("mynet", "Net")) == Documented("mynet.deep.models", "Net")
    assert documented.canonical(Documented("mynet", "nothing")) == Documented("mynet", "nothing")
    assert documented.canonical(Documented("nothing", "at.all")) == Documented("nothing", "at.all")


def test_a_member_may_have_its_docstring_from_a_base_class(how: str) -> None:
    assert Documented("mynet.deep.models", "Base.make") in documented.origins(Documented("mynet.more", "More.make"))
    assert Documented("mynet.deep.models", "Base.make") in documented.origins(Documented("mynet", "Net.make"))


@pytest.mark.usefixtures("_package")
def test_circles_end() -> None:
    assert documented.canonical(Documented("mynet.loop", "a")) == Documented("mynet.loop", "a")
    assert Documented("mynet.loop", "B.c") in documented.origins(Documented("mynet.loop", "B.c"))


@pytest.mark.usefixtures("_package")
def test_lines() -> None:
    lines = {
        path: Documented("mynet.deep.models", path).line
        for path in ("", "build", "ready", "Base", "Base.make", "Net.Inner", "nothing")
    }
    assert lines == {"": 1, "build": 6, "ready": 17, "Base": 20, "Base.make": 23, "Net.Inner": 28, "nothing": None}


@pytest.mark.usefixtures("_package")
def test_a_text_is_found_whatever_its_indentation_and_what_begins_it() -> None:
    place = Documented("mynet.deep.models", "build")
    source = docstring_lines.source_file(place.file)
    assert source.find(".. paramsummary::\n\n   x", source.regions["build"][0]) == (3, [7])
    assert source.find(".. paramsummary:: 3") == (1, [24])
    assert source.find(".. paramsummary::", source.regions["ready"][0]) == (1, [16])
    assert source.find("```{paramsummary} build()") == (1, [3])
    assert source.find(".. paramsummary:: 4") == (0, [])
    assert source.below(7, ["x"]) == 9
    assert docstring_lines.source_file("nothing.py").find(".. paramsummary::") == (0, [])
