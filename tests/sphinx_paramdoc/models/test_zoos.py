"""Tables that public model zoos keep by hand, made by ``paramlist`` and held against what their pages publish."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import indent

import pytest

from tests.sphinx_paramdoc.models.zoos import APPLICATIONS, BERT, MIT, Zoo
from tests.sphinx_paramdoc.projects import Project
from tests.versions import since

pytestmark = [pytest.mark.slow, pytest.mark.thorough]


def shown(zoo: Zoo, folder: Path, preamble: str = "import keras") -> dict[str, int]:
    """Return the counts that a page shows of a zoo, by the names of the models."""
    project = Project(folder, f"paramdoc_preamble = {preamble!r}\n")
    head = f".. paramlist:: {zoo.builder}".rstrip()
    project.page("index", f"{head}\n   :name: zoo\n   :timeout: 300\n\n{indent(zoo.list, '   ')}")
    built = project.build("-W")
    assert built.errors == ""
    html = (built.out / "index.html").read_text(encoding="utf-8")
    rows = re.findall(r'<tr id="zoo-[^"]*">(.*?)</tr>', html, re.DOTALL)
    cells = [[_text(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows]
    return {name: int(count.replace(",", "")) for name, count, *_ in cells}


def _text(cell: str) -> str:
    return re.sub(r"<a .*?</a>|<[^>]+>", "", cell).strip()


def held(zoo: Zoo, counts: dict[str, int]) -> None:
    assert list(counts) == list(zoo.entries)
    assert {name: count for name, count in counts.items() if not zoo.entries[name].agrees(count)} == {}


@pytest.mark.on_numpy
def test_keras_applications(tmp_path: Path) -> None:
    held(APPLICATIONS, shown(APPLICATIONS, tmp_path))


NEWER = since("keras-hub", "0.32", "all of these presets")


@pytest.mark.parametrize("zoo", [BERT, MIT], ids=["bert", "mit"])
@NEWER
def test_a_family_of_keras_hub(zoo: Zoo, tmp_path: Path) -> None:
    hub = pytest.importorskip("keras_hub", reason="keras-hub, whose models these are, is not installed")
    family = getattr(hub.models, zoo.builder.split(".")[2].partition("(")[0])
    for name, entry in zoo.entries.items():  # what is published is what the presets say
        presets = [preset for key, preset in family.presets.items() if key == name or key.startswith(f"{name}_ade20k")]
        assert [f"{preset['metadata']['params']:,}" for preset in presets] == [entry.published]
    held(zoo, shown(zoo, tmp_path, "import keras, keras_hub"))
