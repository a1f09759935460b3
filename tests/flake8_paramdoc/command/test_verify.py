"""Files executed before and after."""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_paramdoc.command import verify
from flake8_paramdoc.command.main import main
from flake8_paramdoc.command.verify import Table, compared, importing_keras_2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("import keras", "import tf_keras as keras"),
        ("import keras as k, os", "import tf_keras as k, os"),
        ("import keras.layers", "import tf_keras.layers, tf_keras as keras"),
        ("import keras.layers as L", "import tf_keras.layers as L"),
        ("from keras import layers", "from tf_keras import layers"),
        ("from keras.layers import (\n  Dense,\n)", "from tf_keras.layers import (\n  Dense,\n)"),
        ("from .keras import x", "from .keras import x"),
        ("import keras_hub", "import keras_hub"),
    ],
)
def test_keras_2_stands_for_keras(old: str, new: str) -> None:
    assert importing_keras_2(f"{old}\n") == f"{new}\n"


ROWS = (("a", 3), ("b", 4))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (Table(7, ROWS), Table(7, ROWS), ("equal: 7 parameters in 2 layers", False)),
        (Table(8, (("a", 4), ("b", 4))), Table(7, ROWS), ("DIFFERS in a: 4 before, 3 after", True)),
        (Table(3, ROWS[:1]), Table(7, ROWS), ("DIFFERS: 3 parameters before, 7 after", True)),
        (Table(7, ROWS[1:]), Table(7, ROWS), ("DIFFERS in its layers: 1 before, 2 after, 7 parameters in both", True)),
        (Table(None, why="no"), Table(7, ROWS), ("after only: 7 parameters (before: no)", False)),
        (Table(7, ROWS), Table(None, why="no model"), ("not provable: no model", False)),
    ],
)
def test_what_is_said(before: Table, after: Table, said: tuple[str, bool]) -> None:
    assert compared(before, after) == said


def test_without_the_worker_it_is_wrong_usage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(verify, "_WORKER", "no_such_package")
    with pytest.raises(SystemExit) as ended:
        main(["--verify", "."])
    assert ended.value.code == 2
    assert "--verify: sphinx_paramdoc, which executes the files, is not installed" in capsys.readouterr().err


@pytest.mark.slow
def test_a_model_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    code = "import keras\nx = keras.Input((8,))\ny = keras.layers.Dense(4)(x)\nm = keras.models.Model(x, y)\n"
    Path("a.py").write_text(f"{code}m.compile(keras.optimizers.SGD(lr=0.1), 'mse')\n", encoding="utf-8")
    Path("b.py").write_text("import keras\nkeras.optimizers.SGD(lr=0.1)\n", encoding="utf-8")
    assert main(["--fix", "--verify", "."]) == 0
    assert capsys.readouterr().err.splitlines()[1:3] == [
        "--verify: this EXECUTES 2 of the named files, before and after",
        "a.py: equal: 36 parameters in 2 layers",
    ]
    assert "lr=0.1" not in Path("a.py").read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.py", "b.py"]
