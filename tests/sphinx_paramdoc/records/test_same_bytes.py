"""The same block is the same bytes: installed or not, in a fork or in a fresh process, beside whatever is installed."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from sphinx_paramdoc.execution import Job, Request, Response, ServerSetup, Session, Success
from sphinx_paramdoc.execution.fresh import run
from sphinx_paramdoc.machine import FirstParty
from sphinx_paramdoc.records import Records
from tests.sphinx_paramdoc.machine.distributions import install

pytestmark = [pytest.mark.slow, pytest.mark.thorough, pytest.mark.on_numpy]

SPY = {
    "spy/__init__.py": "from spy.sizes import UNITS\n",
    "spy/sizes.py": (
        "import json\nfrom pathlib import Path\n\n"
        "UNITS = json.loads(Path(__file__).with_name('units.json').read_text())\n"
    ),
    "spy/units.json": "4\n",
    "spy/nets.py": (
        "import keras\n\nimport spy\n\n\nclass Own(keras.layers.Dense):\n    pass\n\n\ndef build(units=spy.UNITS):\n"
        "    import zoo\n\n    return keras.Sequential([keras.Input((3,)), Own(units), *zoo.layers()])\n"
    ),
}
ZOO = "import keras\n\n\ndef layers():\n    return [keras.layers.Dense(2), keras.layers.Dropout(0.5)]\n"
HELPER = (
    "import zoo\n\n\ndef build():\n    import keras\n    return keras.Sequential([keras.Input((3,)), *zoo.layers()])\n"
)

BLOCKS = [
    Request(code="keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])"),
    Request(expression="spy.nets:build()"),
    Request(expression="spy.nets.build(units=7)"),
    Request(expression="build", module="spy.nets"),
    Request(expression="zoo.layers()[0]", input_shape=[None, 5]),
    Request(expression="helper:build()"),
    Request(code="import numpy, yaml, spy\nkeras.Sequential([keras.Input((3,)), keras.layers.Dense(spy.UNITS)])"),
    Request(preamble="import keras\nimport zoo", code="keras.Sequential([keras.Input((3,)), *zoo.layers()])"),
    Request(code="inputs = keras.Input((4,))\nx = keras.layers.BatchNormalization()(inputs)\nkeras.Model(inputs, x)"),
    Request(code="import importlib as i\nm = i.import_module('spy.nets').build()\nm.trainable = False", weights="real"),
]  # fmt: skip


class Surroundings:
    """A repository with a documentation, and an environment."""

    def __init__(self, folder: Path, is_installed: bool, has_more: bool) -> None:
        self.docs = folder / "repository" / "docs"
        self.docs.mkdir(parents=True)
        (folder / "repository" / ".git").mkdir()
        (folder / "repository" / "setup.py").write_text("setup(name=name())\n")
        site = folder / "site-packages"
        site.mkdir()
        for name, text in SPY.items():
            for place in (folder / "repository" / "src", *([site] if is_installed else [])):
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                (place / name).write_text(text)
        install(site, "zoo", "zoo.py", version="1.5")
        (site / "zoo.py").write_text(ZOO)
        install(site, "helper", "helper.py", version="3")
        (site / "helper.py").write_text(HELPER)
        if is_installed:
            install(site, "spy", *SPY, source=folder / "repository")
        else:
            install(site, "spy", "__editable___spy_1_0_finder.py", "spy.pth", source=folder / "repository")
        if has_more:
            install(site, "idle", "idle/__init__.py")
            install(site, "pandas_like", "pandas_like.py")
        here = [] if is_installed else [str(folder / "repository" / "src")]
        self.path = [*here, str(site), *sys.path]
        self.first_party = FirstParty.of(self.docs)
        self.records = Records(folder / "records", self.docs, self.path, {}, self.first_party)

    def job(self, request: Request) -> Job:
        return Job(request=request, path=self.path, directory=str(self.docs), first_party=self.first_party)

    def bytes_of(self, request: Request, response: Response) -> bytes:
        assert isinstance(response, Success), response
        shutil.rmtree(self.records.folder, ignore_errors=True)
        self.records.write(request, response)
        [file] = self.records.folder.iterdir()
        return file.read_bytes()


@pytest.mark.parametrize("number", [1, *(pytest.param(n, marks=pytest.mark.thorough) for n in range(10) if n != 1)])
def test_the_same_bytes(tmp_path: Path, number: int) -> None:
    request = BLOCKS[number]
    found: dict[tuple[bool, bool, bool], bytes] = {}
    for is_installed in (False, True):
        for has_more in (False, True):
            there = Surroundings(tmp_path / f"{is_installed}{has_more}", is_installed, has_more)
            setup = ServerSetup(preamble=request.preamble, path=there.path, first_party=there.first_party)
            session = Session(setup, {})
            try:
                forked = session.run(there.job(request))
            finally:
                session.close()
            found[is_installed, has_more, True] = there.bytes_of(request, forked)
            found[is_installed, has_more, False] = there.bytes_of(request, run(there.job(request)))
    one = found[False, False, True]
    assert {key for key, content in found.items() if content != one} == set()
    if number == 1:
        assert b'"spy:units.json"' in one
        assert b'"versions": {"zoo": "1.5"}' in one
        assert b'"spy.nets"' in one


def test_what_counts_by_its_version(tmp_path: Path) -> None:
    there = Surroundings(tmp_path, is_installed=True, has_more=True)
    expected = [
        {}, {"zoo": "1.5"}, {"zoo": "1.5"}, {"zoo": "1.5"}, {"zoo": "1.5"}, {"helper": "3", "zoo": "1.5"}, {"PyYAML"},
        {"zoo": "1.5"}, {}, {"zoo": "1.5"},
    ]  # fmt: skip
    session = Session(ServerSetup(preamble="import keras", path=there.path, first_party=there.first_party), {})
    try:
        for request, versions in zip(BLOCKS, expected, strict=True):
            response = session.run(there.job(request))
            assert isinstance(response, Success), response
            assert (response.versions if isinstance(versions, dict) else set(response.versions)) == versions, request
    finally:
        session.close()
