"""The command as people call it: what it writes where, and its exit status."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from flake8_paramdoc.command.main import main

OLD = "import keras\nkeras.layers.Dense(output_dim=3)\n"
NEW = "import keras\nkeras.layers.Dense(units=3)\n"
SAID = "KER101 Dense(output_dim=...) was renamed in Keras 2: write units=..."


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.py").write_text(OLD, encoding="utf-8")
    return tmp_path


def test_findings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["a.py"]) == 1
    out, error = capsys.readouterr()
    assert out == f"a.py:2:20: {SAID}\n"
    assert error == "Found 1 finding.\n1 can be fixed with --fix.\n"
    assert Path("a.py").read_text(encoding="utf-8") == OLD


def test_fix(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--fix", "."]) == 0
    assert Path("a.py").read_text(encoding="utf-8") == NEW
    assert capsys.readouterr() == ("", "Fixed 1 finding in 1 file; 0 left.\n")
    assert main(["--fix", "."]) == 0
    assert capsys.readouterr() == ("", "")


def test_what_is_left_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.py").write_text(f"{OLD}keras.backend.learning_phase()\n", encoding="utf-8")
    assert main(["--fix", "a.py"]) == 1
    out, _ = capsys.readouterr()
    assert out.startswith("a.py:3:15: KER205 keras.backend.learning_phase ")


def test_what_upgrades_itself_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    summary = ".. paramsummary::\n   :upgrade:\n\n   keras.layers.Dense(output_dim=3)\n"
    shown = ".. code-block:: python\n\n   keras.layers.Dense({}=3)\n"
    Path("a.rst").write_text(f"{summary}\n{shown.format('output_dim')}\n{summary}", encoding="utf-8")
    assert main(["--fix", "a.rst"]) == 0
    assert Path("a.rst").read_text(encoding="utf-8") == f"{summary}\n{shown.format('units')}\n{summary}"
    assert capsys.readouterr().err == (
        "a.rst: lines 1, 10: left as written, :upgrade: rewrites it when it runs\nFixed 1 finding in 1 file; 0 left.\n"
    )


def test_what_is_not_safe_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.py").write_text("from keras import backend as K\nK.zeros((3,))\n", encoding="utf-8")
    assert main(["--fix", "a.py"]) == 1
    assert "1 can be fixed with --unsafe-fixes, which may change behaviour." in capsys.readouterr().err
    assert main(["--fix", "--unsafe-fixes", "a.py"]) == 0
    assert capsys.readouterr().err == (
        "a.py: unsafe: line 2: it was a variable, which a layer that keeps it counts; it is a tensor today\n"
        "Fixed 1 finding in 1 file; 0 left.\n"
    )


def test_diff(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    Path("b c.py").write_bytes(b"import keras\r\nkeras.layers.Dense(output_dim=3)  # \xc3\xa9")
    assert main(["--diff", "."]) == 1
    out, error = capfdbinary.readouterr()
    assert error == b"Would fix 2 findings in 2 files; 0 left.\n"
    assert b"-keras.layers.Dense(output_dim=3)\n+keras.layers.Dense(units=3)\n" in out
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "apply"], input=out, check=True)
    assert Path("a.py").read_text(encoding="utf-8") == NEW
    assert Path("b c.py").read_bytes() == b"import keras\r\nkeras.layers.Dense(units=3)  # \xc3\xa9"
    assert main(["--diff", "."]) == 0
    assert capfdbinary.readouterr() == (b"", b"")


def test_a_patch_is_for_the_whole_repository(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    (folder / "src").mkdir()
    (folder / "src" / "b.py").write_text(OLD, encoding="utf-8")
    monkeypatch.chdir(folder / "src")
    assert main(["--diff", "b.py"]) == 1
    out, _ = capfdbinary.readouterr()
    assert out.startswith(b"--- a/src/b.py\n")
    subprocess.run(["git", "apply"], input=out, check=True)
    assert Path("b.py").read_text(encoding="utf-8") == NEW


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    def given(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    given(OLD)
    assert main(["-"]) == 1
    assert capfdbinary.readouterr()[0] == f"stdin:2:20: {SAID}\n".encode()
    given(OLD)
    assert main(["--fix", "-"]) == 0
    assert capfdbinary.readouterr()[0] == NEW.encode()
    given(f".. code-block:: python\n\n   {OLD.splitlines()[1]}\n")
    assert main(["--fix", "-", "--stdin-display-name", "x.rst"]) == 0
    assert capfdbinary.readouterr()[0] == f".. code-block:: python\n\n   {NEW.splitlines()[1]}\n".encode()
    given("x = 1\n")
    assert main(["--fix", "-"]) == 0
    assert capfdbinary.readouterr()[0] == b"x = 1\n"


def test_a_file_that_cannot_be_read_stops_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.py").write_bytes(b"import keras\n# \xff\n")
    Path("broken.py").write_text("import keras\nx = = 1\n", encoding="utf-8")
    Path("n.ipynb").write_text("import keras {", encoding="utf-8")
    assert main(["missing.py", "bad.py", "broken.py", "n.ipynb", "a.py"]) == 1
    out, error = capsys.readouterr()
    assert out == f"a.py:2:20: {SAID}\n"
    assert [line.partition(": cannot be read: ")[0] for line in error.splitlines()[:4]] == [
        "missing.py", "bad.py", "broken.py", "n.ipynb",
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["print 'x'", "except E, e:", "x = 0777", "raise E, 'x'", "exec 'x'", "a <> b"])
def test_python_2(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = f"try:\n    pass\n{line}\n    pass\n" if line.startswith("except") else f"{line}\n"
    Path("a.py").write_text(f"import keras\n{text}", encoding="utf-8")
    assert main(["--fix", "a.py"]) == 1
    out, _ = capsys.readouterr()
    assert ": KER302 this is Python 2, and was not read: " in out
    assert main(["--ignore", "KER302", "a.py"]) == 0


def test_formats(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--output-format", "json", "a.py", "missing.py"]) == 1
    told = json.loads(capsys.readouterr().out)
    message = SAID.partition(" ")[2]
    assert told == {
        "schema": 1,
        "findings": [{"path": "a.py", "line": 2, "column": 20, "code": "KER101", "message": message, "fix": "safe"}],
        "errors": [{"path": "missing.py", "message": "cannot be read: No such file or directory"}],
        "fixed": 0,
    }
    assert main(["--output-format", "github", "a.py"]) == 1
    assert capsys.readouterr().out == f"::error file=a.py,line=2,col=20,title=KER101::{message}\n"
    assert main(["--output-format", "sarif", "a.py"]) == 1
    [run] = json.loads(capsys.readouterr().out)["runs"]
    assert run["results"][0]["ruleId"] == "KER101"
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"] == {"startLine": 2, "startColumn": 20}


def test_statistics(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--statistics", "a.py"])
    assert capsys.readouterr().out.splitlines()[1:] == [f"1       {SAID}"]


def test_what_is_silenced_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.py").write_text(OLD.replace(")\n", ")  # noqa: KER101\n"), encoding="utf-8")
    assert main(["--fix", "."]) == 0
    assert capsys.readouterr() == ("", "")
    Path("a.py").write_text(OLD, encoding="utf-8")
    assert main(["--fix", "--ignore", "KER101", "."]) == 0
    assert main(["--fix", "--exclude", "a.py", "."]) == 0
    Path(".flake8").write_text("[flake8]\nper-file-ignores = a.py:KER1\n", encoding="utf-8")
    assert main(["--fix", "."]) == 0
    assert Path("a.py").read_text(encoding="utf-8") == OLD


def test_mode_and_links_stay(folder: Path) -> None:
    target = folder / "real.py"
    Path("a.py").rename(target)
    target.chmod(0o640)
    Path("a.py").symlink_to(target)
    assert main(["--fix", "a.py"]) == 0
    assert Path("a.py").is_symlink()
    assert target.read_text(encoding="utf-8") == NEW
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert sorted(path.name for path in folder.iterdir()) == ["a.py", "real.py"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_cannot_be_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder.chmod(0o500)
    try:
        assert main(["--fix", "a.py"]) == 1
        assert "a.py: cannot be written: " in capsys.readouterr().err
    finally:
        folder.chmod(0o700)


@pytest.mark.parametrize(
    ("raw", "new"),
    [
        (b"\xef\xbb\xbf" + OLD.encode(), b"\xef\xbb\xbf" + NEW.encode()),
        (b"# coding: latin-1\n# \xe9\n" + OLD.encode(), b"# coding: latin-1\n# \xe9\n" + NEW.encode()),
    ],
)  # fmt: skip
def test_encodings(raw: bytes, new: bytes) -> None:
    Path("a.py").write_bytes(raw)
    assert main(["--fix", "a.py"]) == 0
    assert Path("a.py").read_bytes() == new


def test_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([], ["--fix", "--diff", "a.py"], ["--output-format", "xml", "a.py"]):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 2
    Path(".flake8").write_text("[flake8]\nkeras-target = 5\n", encoding="utf-8")
    assert main(["a.py"]) == 2
    assert capsys.readouterr().err.endswith(".flake8: keras-target is '5': it must be 2 or 3\n")


@pytest.mark.slow
def test_several_processes_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(6):
        Path(f"b{number}.py").write_text(OLD, encoding="utf-8")
    main(["."])
    alone = capsys.readouterr()
    assert main(["-j", "2", "."]) == 1
    assert capsys.readouterr() == alone


@pytest.mark.slow
def test_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "flake8_paramdoc", "a.py"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, f"a.py:2:20: {SAID}\n")


def test_what_a_person_must_decide_is_told_until_it_is_decided(capsys: pytest.CaptureFixture[str]) -> None:
    code = "import keras\nk = keras.layers.Convolution2D(8, 3, 3, input_shape=(3, 64, 64))\n"
    page = f"# x\n\n```python\n{code}```\n"
    Path("a.py").write_text(code, encoding="utf-8")
    Path("a.md").write_text(page, encoding="utf-8")
    for name, text, line, what in (("a.py", code, 2, ""), ("a.md", page, 5, "the code from line 4 on ")):
        for _ in range(2):
            assert main(["--fix", name]) == 1
            told = capsys.readouterr()
            assert " KER207 a shape that begins with the channels" in told.out
            assert f"{name}: {what}is left as it is: written anew, it would no longer say for which" in told.err
            assert f"would be told, on line {line}: a shape that begins with" in told.err
            assert Path(name).read_text(encoding="utf-8") == text
        assert main(["--fix", "--unsafe-fixes", name]) == 0
        assert "unsafe: line " in capsys.readouterr().err


def test_a_reason_is_said_once_for_each_file(capsys: pytest.CaptureFixture[str]) -> None:
    code = "from keras import backend as K\nfrom keras import utils\nx = K.zeros(3)\n\ny = [K.zeros(4), K.eye(2)]\n"
    Path("a.py").write_text(code, encoding="utf-8")
    Path("a.md").write_text(f"# x\n\n```python\n{code}```\n", encoding="utf-8")
    assert main(["--fix", "--unsafe-fixes", "a.py", "a.md"]) == 0
    reason = "it was a variable, which a layer that keeps it counts; it is a tensor today"
    assert capsys.readouterr().err.splitlines()[:2] == [
        f"a.py: unsafe: lines 3, 5: {reason}",
        f"a.md: unsafe: lines 6, 8: {reason}",
    ]
