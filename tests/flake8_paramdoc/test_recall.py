"""The repositories that the linter's silences were measured on."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tools.recall import compare, kind

RECALL = Path(__file__).parents[1] / "recall.toml"
CORPUS = Path(__file__).parents[1] / "corpus.toml"


def repositories(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["repository"]
    return found


def test_the_list_is_well_formed() -> None:
    listed = repositories(RECALL)
    names = {repository["name"] for repository in listed}
    assert len(names) == len(listed) == 66
    assert not names & {repository["name"] for repository in repositories(CORPUS)}
    assert [repository["half"] for repository in listed] == ["open"] * 27 + ["closed"] * 27 + ["fresh"] * 12
    assert sum(repository["lines"] for repository in listed) > 160_000
    for repository in listed:
        assert len(bytes.fromhex(repository["commit"])) == 20


def failure(error: str, text: str, line: int = 4) -> dict[str, Any]:
    return {"error": error, "text": text, "place": ["model.py", line, line, line]}


@pytest.mark.parametrize(
    ("error", "text", "why"),
    [
        ("ModuleNotFoundError", "No module named 'keras.engine'", "Keras"),
        ("ModuleNotFoundError", "No module named 'cv2'", "another package"),
        ("FileNotFoundError", "[Errno 2] No such file: 'train.csv'", "missing data"),
        ("NameError", "name 'model' is not defined", "what follows from another error"),
        ("AttributeError", "module 'tensorflow' has no attribute 'placeholder'", "TensorFlow 1"),
    ],
)
def test_an_error_is_of_keras_or_set_aside(error: str, text: str, why: str) -> None:
    assert kind(failure(error, text), []) == why


def test_an_error_at_the_same_line_before_is_no_change_of_keras() -> None:
    refused = failure("ValueError", "A KerasTensor cannot be used as input to a TensorFlow function")
    assert kind(refused, []) == "Keras"
    assert kind(refused, [failure("ValueError", "shapes", line=9)]) == "Keras"
    assert kind(refused, [failure("ValueError", "shapes")]) == "an error under both"


def test_an_error_is_told_where_its_line_has_a_finding(tmp_path: Path) -> None:
    code = "import keras\nlayer = keras.layers.Dense(\n    4, kernel=1, weights=[],\n)\nprint(1)\n"
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "model.py").write_text(code, encoding="utf-8")
    told = {"error": "ValueError", "text": "refused", "place": ["model.py", 2, 2, 4]}
    silent = failure("ValueError", "refused", line=5)
    data = failure("URLError", "no host")
    aside: Counter[str] = Counter()
    assert [error.told for error in compare(tmp_path, [told, silent, data], [], "a", aside)] == [True, False]
    assert aside == {"missing data": 1}
