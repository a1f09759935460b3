"""Tables in docstrings, under every host that documents an API, with the true line of what is wrong in each."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.on_numpy, pytest.mark.shares_server]

MODELS = [f"toynets/models.py {number}" for number in (1001, 1002, 1003, 1004, 1006, 1007, 1008, 1009, 1016)]
NUMBERS = [f"toynets/numbers.py {number}" for number in (*range(1010, 1016), 1017)]
"""What is planted in docstrings, by its file and number: other counts than the models have, old forms, and roles."""


class Site:
    """A documentation of the toy packages, by one host."""

    def __init__(self, folder: Path, roots: Path, host: str, records: Path) -> None:
        self.folder = folder
        self.docs = folder / "docs"
        self.host = host
        self._records = records
        shutil.copytree(roots / "api", folder, dirs_exist_ok=True)
        shutil.copytree(roots / f"test-{host}", self.docs)
        (folder / "pyproject.toml").touch()

    def build(self, *options: str) -> Site:
        """Build it; the records of the other hosts count."""
        records = f"-Dparamdoc_records={self._records}"
        command = [sys.executable, "-m", "sphinx", "--no-color", "-b", "text", "-d", "trees", records, *options]
        done = subprocess.run(
            [*command, "docs", "out"], cwd=self.folder, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
        summary = re.search(r"paramsummary blocks: (.*) \(waited", done.stdout)
        self.blocks = summary[1] if summary else ""
        lines = done.stderr.replace(f"{self.folder}/", "").splitlines()
        self.warnings = [line for line in lines if "WARNING: " in line]
        return self

    def planted(self) -> dict[str, set[str]]:
        """Give what is told of the planted errors: each with the places that are named."""
        found = defaultdict(set)
        for warning in self.warnings:
            place, _, message = warning.partition(": WARNING: ")
            if number := re.match(r"([\d,]+) parameters are expected", message):
                found[number[1].replace(",", "")].add(place)
            elif number := re.match(r"paramcount: no parameter table has the label 'planted (\d+)'", message):
                found[number[1]].add(place)
            elif message.startswith("KER101"):
                found["old"].add(place)
        return found

    def places(self, *errors: str) -> dict[str, set[str]]:
        """Give where planted errors stand: ``file number`` each."""
        found = defaultdict(set)
        for file, number in map(str.split, errors):
            for line, text in enumerate((self.folder / file).read_text(encoding="utf-8").splitlines(), 1):
                if re.search(rf"\b{number}\b", text):
                    found["old" if "input=x" in text else number].add(f"{file}:{line}")
        assert sum(map(len, found.values())) == len(errors)
        return found

    def others(self) -> list[str]:
        """Give the warnings that are of nothing planted."""
        return [
            line
            for line in self.warnings
            if not re.search(r"WARNING: (KER101|[\d,]+ parameters are exp|paramcount)", line)
        ]

    def text(self, page: str) -> str:
        return (self.folder / "out" / f"{page}.txt").read_text(encoding="utf-8")

    def totals(self, page: str) -> list[int]:
        """Give the total of every table of a page."""
        return [
            int(count.replace(",", "")) for count in re.findall(r"\*\*Total\*\*.*?\*\*([\d,]+)\*\*", self.text(page))
        ]


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one host has run, the next one need not."""
    return tmp_path_factory.mktemp("records")


@pytest.fixture
def site(request: pytest.FixtureRequest, tmp_path: Path, rootdir: Path, records: Path) -> Site:
    return Site(tmp_path, rootdir, request.param, records)


def of(host: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("site", [host], indirect=True, ids=[host])


@of("autodoc")
def test_autodoc_and_napoleon(site: Site, records: Path) -> None:
    """The framework is mocked for autodoc, and real for the blocks."""
    before = len(list(records.iterdir()))
    site.build()
    assert site.planted() == site.places("toynets/__init__.py 1000", *MODELS, "toynets/models.py 1005", *NUMBERS)
    hint = ". Did you mean 'units'?" if sys.version_info >= (3, 13) else " (did you mean units?)"
    assert [line.split(" [")[0] for line in site.others()] == [
        "failnets/__init__.py:30: WARNING: unknown option :captoin: (did you mean :caption:?)",
        (
            "failnets/__init__.py:29: WARNING: failnets:Wrong() is a Wrong, not a model or layer: "
            "name a model, a layer, or a function that builds one"
        ),
        "failnets/__init__.py:39: WARNING: NameError: name 'nowhere' is not defined",
        f"failnets/__init__.py:12: WARNING: TypeError: build_mlp() got an unexpected keyword argument 'unit'{hint}",
        "failnets/__init__.py:19: WARNING: AttributeError: 'Sequential' object has no attribute 'nothing'",
        "failnets/__init__.py:15: WARNING: TypeError: wrong() missing 1 required positional argument: 'units'",
        (
            "toynets/models.py:62: WARNING: paramdoc_autodoc in conf.py: 'toynets.models.Net', option 'total': "
            "1,005 parameters are expected, but sequential_2 has 52"
        ),
        (
            "toynets/models.py:50: WARNING: paramdoc_autodoc in conf.py: 'toynets.models.begin': "
            "AttributeError: 'NoneType' object has no attribute 'nothing'"
        ),
    ]
    # The function is shown by itself, again by the package, and in Markdown: nothing of it runs twice.
    run = re.match(r"(\d+) run, ", site.blocks)
    assert int(run[1] if run else 0) == len(list(records.iterdir())) - before
    assert site.totals("again") == [32, 32, 16, 32]
    page = site.text("index")
    assert "property encoder" in page
    totals = site.totals("index")
    own = {"encoder": 28, "decoder": 24, "build": 40, "ready": 44, "other": 48, "Net, by a pattern": 52}
    assert set(own.values()) <= set(totals)
    assert totals.count(28) == totals.count(40) == 2, "those that inherit have them as well"
    assert totals.count(52) == totals.count(48) == 1, "a docstring of two parts, or with a table, has no second one"


@of("numpydoc")
def test_numpydoc(site: Site) -> None:
    pytest.importorskip("numpydoc")
    site.build()
    assert site.planted() == site.places(*NUMBERS)
    assert site.others() == []
    assert (
        "3 × 2 + 2 = 8"
        in site.text("index").partition("toynets.numbers.plain()")[2].partition("toynets.numbers.scaled")[0]
    )


@of("autosummary")
def test_autosummary(site: Site) -> None:
    site.build("-j2")
    # A member whose class has a page is only listed there.
    listed = {"1006", "1007", "1015"}
    shown = [error for error in (*MODELS, "toynets/models.py 1005", *NUMBERS) if error[-4:] not in listed]
    assert site.planted() == site.places("toynets/__init__.py 1000", *shown)
    [unmatched] = site.others()
    assert unmatched.startswith(
        "WARNING: paramdoc_autodoc in conf.py: 'toynets.models.no_*' matches no function, class"
    )
    assert site.totals("generated/toynets.models.undocumented") == [12]
    assert site.totals("generated/toynets.models.Nets") == [36]
    assert site.totals("generated/toynets.models.begin") == [8]
    assert "paramsummary" not in site.text("generated/toynets.models"), "no table of objects shows what begins one"
    assert site.totals("generated/toynets.models") == [16]


@of("autoapi")
def test_sphinx_autoapi(site: Site) -> None:
    pytest.importorskip("autoapi")
    site.build()
    pages = "docs/autoapi/toynets"
    errors = [f"{pages}/{error.partition('/')[2].replace('.py', '/index.rst')}" for error in (*MODELS, *NUMBERS)]
    errors = [error for error in errors if not error.endswith("1008")]  # comments are not read
    shown_again = [f"{pages}/index.rst {number}" for number in (1000, 1001, 1002, 1003, 1016)]
    assert site.planted() == site.places(*errors, *shown_again, f"{pages}/more/index.rst 1007")
    assert site.others() == []
    assert site.totals("autoapi/toynets/models/index")[:1] == [16]


@of("autodoc2")
def test_sphinx_autodoc2_and_docstrings_in_markdown(site: Site) -> None:
    pytest.importorskip("autodoc2")
    site.build()
    models = [error for error in (*MODELS, "toynets/models.py 1005") if not error.endswith("1008")]
    marks = [f"marknets/__init__.py {number}" for number in (1020, 1021, 1022, 1023, 1024)]
    assert site.planted() == site.places("toynets/__init__.py 1000", *models, *NUMBERS, *marks)
    assert site.others() == []
    assert site.totals("apidocs/marknets/marknets") == [12, 32, 8]


@of("gallery")
def test_sphinx_gallery(site: Site) -> None:
    pytest.importorskip("sphinx_gallery")
    site.build()
    page = "docs/gallery/plot_network.rst"
    assert site.planted() == site.places(f"{page} 1031", f"{page} 1032", f"{page} 1033")
    assert site.others() == []
    assert site.totals("gallery/plot_network") == [32, 8]


@of("myst-nb")
def test_myst_nb(site: Site) -> None:
    pytest.importorskip("myst_nb")
    in_a_notebook(site)


@of("nbsphinx")
@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
def test_nbsphinx(site: Site) -> None:
    pytest.importorskip("nbsphinx")
    in_a_notebook(site)


def in_a_notebook(site: Site) -> None:
    site.build()
    assert site.planted() == site.places(*(f"docs/index.ipynb {number}" for number in (1041, 1042, 1043)))
    assert site.others() == []
    assert site.totals("index") == [32, 8]
    assert "only.an_example()" in site.text("index")
