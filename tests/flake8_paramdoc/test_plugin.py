"""The real flake8, in a process of its own: what its users see."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("flake8")
pytestmark = pytest.mark.slow

SEED = """\
import keras
x = keras.layers.Input(batch_shape=(None, 4096))
hidden = keras.layers.Dense(512, activation="relu")(x)
hidden = keras.layers.BatchNormalization()(hidden)
hidden = keras.layers.Dropout(0.5)(hidden)
predictions = keras.layers.Dense(80, activation="sigmoid")(hidden)
mlp_model = keras.models.Model(input=[x], output=[predictions])
"""
SEED_FINDINGS = [
    "t.py:7:32: KER101 Model(input=...) was renamed in Keras 2: write inputs=...",
    "t.py:7:43: KER101 Model(output=...) was renamed in Keras 2: write outputs=...",
]


Result = subprocess.CompletedProcess[str]
Flake8 = Callable[..., Result]


@pytest.fixture
def flake8(tmp_path: Path) -> Flake8:
    """Run flake8 in a folder that holds `source` as `t.py`, and give its result."""

    def run(source: str, *arguments: str, config: str | None = None) -> Result:
        (tmp_path / "t.py").write_text(textwrap.dedent(source), encoding="utf-8")
        if config is None:
            arguments = ("--isolated", *arguments)
        else:
            (tmp_path / ".flake8").write_text(f"[flake8]\n{config}\n", encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-m", "flake8", "--jobs=1", *arguments, "t.py"],
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
        )

    return run


def lines(result: Result) -> list[str]:
    assert result.stderr == ""
    return result.stdout.splitlines()


def test_the_seed(flake8: Flake8) -> None:
    result = flake8(SEED, "--select", "KER")
    assert lines(result) == SEED_FINDINGS
    assert result.returncode == 1


def test_on_by_default(flake8: Flake8) -> None:
    assert lines(flake8(SEED)) == SEED_FINDINGS


def test_on_with_other_selections(flake8: Flake8) -> None:
    assert lines(flake8(SEED, "--extend-select", "KER901")) == SEED_FINDINGS
    assert lines(flake8(SEED, "--select", "KER1,KER2,KER3")) == SEED_FINDINGS
    assert lines(flake8(SEED, "--extend-ignore", "KER101")) == []
    assert lines(flake8(SEED, "--select", "KER102")) == []


def test_a_removed_argument(flake8: Flake8) -> None:
    source = """\
    from tensorflow.keras import layers as L
    L.BatchNormalization(mode=0)
    L.BatchNormalization(axis=1, mode=mode_of(L))
    """
    assert lines(flake8(source, "--select", "KER")) == [
        "t.py:2:22: KER102 BatchNormalization(mode=...) was removed in Keras 2: drop it, only mode 0 is left",
        (
            "t.py:3:30: KER102 BatchNormalization(mode=...) was removed in Keras 2: "
            "drop mode=0; mode=1: use LayerNormalization; mode=2: call the layer with training=True"
        ),
    ]


def test_a_model_of_django(flake8: Flake8) -> None:
    source = """\
    import keras
    from django.db.models import Model
    Model(input=[keras.Input((3,))], output=[])
    """
    assert lines(flake8(source, "--select", "KER")) == []


def test_noqa_beside_the_argument(flake8: Flake8) -> None:
    source = """\
    import keras
    keras.Model(
        input=1,  # noqa: KER101
        output=2,
    )
    keras.Model(  # noqa: KER101
        input=3,
        output=4,  # noqa: KER102
    )
    """
    assert lines(flake8(source, "--select", "KER")) == [
        "t.py:4:5: KER101 Model(output=...) was renamed in Keras 2: write outputs=...",
        "t.py:7:5: KER101 Model(input=...) was renamed in Keras 2: write inputs=...",
        "t.py:8:5: KER101 Model(output=...) was renamed in Keras 2: write outputs=...",
    ]


def test_other_letters_before_the_argument(flake8: Flake8) -> None:
    source = 'import keras\nprint("Ünïcödé 日本語", keras.Model(input=1))\n'
    assert lines(flake8(source, "--select", "KER")) == [
        "t.py:2:34: KER101 Model(input=...) was renamed in Keras 2: write inputs=..."
    ]


@pytest.mark.parametrize("target", ["2", "3"])
def test_both_targets(flake8: Flake8, target: str) -> None:
    assert lines(flake8(SEED, "--keras-target", target)) == SEED_FINDINGS
    assert lines(flake8(SEED, config=f"keras-target = {target}")) == SEED_FINDINGS


def test_no_other_target(flake8: Flake8) -> None:
    result = flake8(SEED, "--keras-target=4")
    assert result.returncode == 2
    assert "argument --keras-target: invalid choice: '4'" in result.stderr


@pytest.mark.parametrize("target", ["4", "two", ""])
def test_no_other_target_in_the_configuration(flake8: Flake8, target: str) -> None:
    result = flake8(SEED, config=f"keras-target = {target}")
    assert lines(result) == [
        "There was a critical error during execution of Flake8:",
        f"keras-target is {target!r}: it must be 2 or 3",
    ]
    assert result.returncode == 1


def test_several_jobs(flake8: Flake8, tmp_path: Path) -> None:
    (tmp_path / "u.py").write_text(SEED, encoding="utf-8")
    result = flake8(SEED, "--jobs=2", "--keras-target=2", "u.py")
    assert lines(result) == [*SEED_FINDINGS, *(line.replace("t.py", "u.py") for line in SEED_FINDINGS)]


OPT_IN = "from keras.layers import Convolution2D\nConvolution2D(8, (3, 3), input_shape=(8, 8, 3), bias=False)\n"
OPT_IN_FINDINGS = [
    "t.py:1:26: KER902 Convolution2D is an old form that still works: write keras.layers.Conv2D",
    (
        "t.py:2:26: KER901 Convolution2D(input_shape=...) is deprecated in Keras 3: "
        "drop it; start the model with keras.Input(shape=...)"
    ),
    "t.py:2:49: KER101 Convolution2D(bias=...) was renamed in Keras 2: write use_bias=...",
]


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        ([], ["KER101"]),
        (["--select", "KER1,KER2,KER3"], ["KER101"]),
        (["--extend-ignore", "KER101"], []),
        (["--extend-select", "KER901"], ["KER901", "KER101"]),
        (["--extend-select", "KER9"], ["KER902", "KER901", "KER101"]),
        (["--select", "KER"], ["KER902", "KER901", "KER101"]),
        (["--keras-target", "2", "--select", "KER"], ["KER902", "KER101"]),
    ],
)
def test_what_is_off_unless_asked_for(flake8: Flake8, arguments: list[str], codes: list[str]) -> None:
    expected = [line for line in OPT_IN_FINDINGS if line.split()[1] in codes]
    assert lines(flake8(OPT_IN, *arguments)) == expected


def test_opt_in_by_configuration(flake8: Flake8) -> None:
    assert lines(flake8(OPT_IN, config="extend-select = KER902")) == [OPT_IN_FINDINGS[0], OPT_IN_FINDINGS[2]]


def test_docstrings(flake8: Flake8) -> None:
    source = '''\
    import keras


    def build():
        """Build it.

        >>> keras.Model(input=1)

        .. paramsummary::

           keras.Model(outputs=2
        """


    def quiet():
        """Build it.

        >>> keras.Model(input=1)
        """  # noqa: KER101
    '''
    assert lines(flake8(source, "--select", "KER")) == [
        "t.py:7:21: KER101 Model(input=...) was renamed in Keras 2: write inputs=...",
        "t.py:11:19: KER301 paramsummary block does not parse: '(' was never closed",
    ]


def test_a_finding_of_a_target(flake8: Flake8) -> None:
    source = "from keras import backend as K\nK.mean(x)\n"
    assert lines(flake8(source, "--select", "KER", "--keras-target", "2")) == []
    assert lines(flake8(source, "--select", "KER")) == [
        "t.py:2:3: KER205 keras.backend.mean was renamed in Keras 3: write keras.ops.mean"
    ]


def test_a_file_that_does_not_parse(flake8: Flake8) -> None:
    assert [line[:14] for line in lines(flake8("import keras\nprint keras\n", "--select", "KER,E9"))] == [
        "t.py:2:2: E999"
    ]


def test_an_empty_file(flake8: Flake8) -> None:
    assert lines(flake8("")) == []


def test_the_version_names_the_distribution(flake8: Flake8) -> None:
    # The line is broken where it gets too long for the terminal.
    assert "sphinx-paramdoc: " in " ".join(flake8("", "--version").stdout.split())


def test_starting_loads_no_framework(tmp_path: Path) -> None:
    (tmp_path / "t.py").write_text(SEED, encoding="utf-8")
    code = """
    import sys
    import flake8_paramdoc.plugin
    heavy = {"tensorflow", "keras", "tf_keras", "numpy", "sphinx", "docutils", "sphinx_paramdoc", "flake8"}
    print(sorted(heavy & set(sys.modules)))
    from flake8.main.cli import main
    main(["--isolated", "--jobs=1", "--select=KER", "t.py"])
    print(sorted(heavy & set(sys.modules)))
    """
    result = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], cwd=tmp_path, capture_output=True, encoding="utf-8"
    )
    first, *findings, last = lines(result)
    assert first == "[]"
    assert sorted(findings) == SEED_FINDINGS
    assert last == "['flake8']"
