"""The command, run as people run it."""

from __future__ import annotations

import json
import os
import re
import signal
import struct
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from sphinx_paramdoc.command.main import main
from tests.sphinx_paramdoc.command import MLP, run
from tests.waiting import ended, wait_for

pytestmark = [pytest.mark.on_numpy, pytest.mark.shares_server]


@pytest.mark.slow
def test_the_seed_from_standard_input(seed_code: str, tmp_path: Path) -> None:
    done = run("--code", "-", "--width", "0", given=seed_code, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert "dense (Dense) (None, 512) 2,097,664 4096 × 512 + 512 = 2,097,664 (inputs × units + units)" in lines
    assert (
        "batch_normalization (BatchNormalization) (None, 512) 2,048 "
        "4 × 512 = 2,048 (4 (gamma, beta, moving mean, moving variance) × channels); "
        "1,024 non-trainable: moving mean and moving variance are tracked, not learned"
    ) in lines
    assert "dense_1 (Dense) (None, 80) 41,040 512 × 80 + 80 = 41,040 (inputs × units + units)" in lines
    assert lines[-2:] == ["Total 2,140,752 2,139,728 trainable + 1,024 non-trainable", "8.17 MiB 8.16 MiB + 4.00 KiB"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")
@pytest.mark.parametrize(
    ("more", "is_colored"), [({}, True), pytest.param({"NO_COLOR": "1"}, False, marks=pytest.mark.thorough)]
)
def test_a_terminal_gets_what_fits_it(more: dict[str, str], is_colored: bool, seed_code: str, tmp_path: Path) -> None:
    import fcntl
    import pty
    import termios

    (tmp_path / "mlp.py").write_text(seed_code)
    outer, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))
    said = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "NO_COLOR", "FORCE_COLOR"}}
    command = [sys.executable, "-m", "sphinx_paramdoc", "--code", "mlp.py"]
    environment = {**said, "TERM": "xterm", "PYTHONIOENCODING": "utf-8", **more}
    with subprocess.Popen(command, cwd=tmp_path, stdout=inner, stderr=subprocess.PIPE, env=environment) as running:
        os.close(inner)
        written = b""
        while part := _read(outer):
            written += part
        assert running.stderr is not None
        assert (running.wait(), running.stderr.read()) == (0, b"")
    os.close(outer)
    text = written.decode().replace("\r\n", "\n")
    assert ("\x1b[36m4096\x1b[0m" in text) is is_colored
    lines = re.sub(r"\x1b\[\d*m", "", text).splitlines()
    assert max(map(len, lines)) == 79
    # What a reader asks: why 2,048; what is 4, what is 512; why 1,024 are not trained.
    place = next(place for place, line in enumerate(lines) if line.startswith("batch_normalization"))
    assert lines[place : place + 3] == [
        "batch_normalization (BatchNormalization)  (None, 512)        2,048",
        "  4 × 512 = 2,048 (4 (gamma, beta, moving mean, moving variance) × channels);",
        "  1,024 non-trainable: moving mean and moving variance are tracked, not learned",
    ]


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # as Linux says that the other end is closed
        return b""


@pytest.mark.slow
def test_a_pipe_has_a_width_and_no_colours_unless_they_are_asked_for(seed_code: str, tmp_path: Path) -> None:
    plain = run("--code", "-", given=seed_code, cwd=tmp_path, COLUMNS=None, FORCE_COLOR=None)
    assert 80 < max(map(len, plain.stdout.splitlines())) <= 100
    assert "\x1b" not in plain.stdout
    narrow = run("--code", "-", "--color", "always", given=seed_code, cwd=tmp_path, COLUMNS="60")
    assert "\x1b[1m2,097,664\x1b[0m" in narrow.stdout
    assert max(map(len, re.sub(r"\x1b\[\d*m", "", narrow.stdout).splitlines())) == 60


@pytest.mark.slow
@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("markdown", "**mlp** (keras.models.Sequential)\n\n| Layer | Output shape |"),
        *(
            pytest.param(*each, marks=pytest.mark.thorough)
            for each in (
                ("rst", ".. list-table:: mlp (keras.models.Sequential)\n"),
                ("html", '<div class="paramdoc-notebook plain">\n<style>\n'),
            )
        ),
    ],
)
def test_other_forms(form: str, begins: str, tmp_path: Path) -> None:
    done = run(MLP, "--format", form, "--color", "always", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(begins)
    assert "\x1b" not in done.stdout


@pytest.mark.slow
def test_json_of_a_builder_in_the_current_folder(tmp_path: Path) -> None:
    (tmp_path / "toy.py").write_text(f"import keras\ndef build(units):\n    return {MLP.replace('4', 'units')}\n")
    done = run("toy:build(units=4)", "--format", "json", "--total", "16", "--trainable", "16", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    given = json.loads(done.stdout)
    assert (given["schema"], given["name"], given["total"]) == (1, "mlp", 16)


@pytest.mark.slow
def test_a_count_that_differs_fails_with_both_numbers(tmp_path: Path) -> None:
    done = run(MLP, "--total", "1,000", "--non-trainable", "0", cwd=tmp_path)
    assert done.returncode == 1
    assert "3 × 4 + 4 = 16" in done.stdout
    assert done.stderr == "paramsummary: --total: 1,000 parameters are expected, but mlp has 16\n"


OUTSIDE = """
dense = keras.layers.Dense(3, name="outer")
dense.build((None, 4))
inputs = keras.Input((4,))
project = keras.layers.Lambda(lambda x: dense(x), output_shape=(3,), name="project")
inner = keras.Model(inputs, project(inputs), name="inner")
places = keras.layers.Embedding(1, 4, name="places")(keras.ops.zeros((1,), dtype="int32"))
m = keras.Model(inputs, keras.layers.Dense(2, name="head")(inner(inputs + places)))
"""


@pytest.mark.slow
def test_what_the_model_uses_and_does_not_hold(tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text(OUTSIDE)
    done = run("--code", "model.py", "--total", "8", "--width", "0", cwd=tmp_path)
    untracked = "uses 15 numbers that Keras does not track (outer): they are not trained, saved or counted here"
    assert (done.returncode, done.stderr) == (0, f"paramsummary: inner/project {untracked}\n")
    *_, closed, _, plain = done.stdout.splitlines()
    assert closed == f"inner/project {untracked}"
    assert plain == (
        "places (Embedding) is in no model: add takes its result as a plain value, so its 4 numbers are not trained, "
        "saved or counted here"
    )
    given = json.loads(run("--code", "model.py", "--format", "json", cwd=tmp_path).stdout)
    assert (given["total"], given["outside"]) == (
        8,
        [
            {
                "name": "places",
                "class": "keras.layers.Embedding",
                "params": 4,
                "why": "not_in_model",
                "used_by": "add",
                "only_held": False,
            },
            {
                "name": "outer",
                "class": "keras.layers.Dense",
                "params": 15,
                "why": "untracked",
                "used_by": "inner/project",
                "only_held": False,
            },
        ],
    )


@pytest.mark.slow
@pytest.mark.thorough
def test_what_a_layer_uses_stands_beside_it_where_it_shows(tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text(OUTSIDE)
    deeper = run("--code", "model.py", "--depth", "1", cwd=tmp_path)
    untracked = "uses 15 numbers that Keras does not track (outer): they are not trained, saved or counted here"
    assert f"no weights: it only calls a function; {untracked}" in " ".join(deeper.stdout.split())


@pytest.mark.slow
def test_failing_code_fails_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text("x = 3\nprint('so far')\ny = z\n")
    done = run("--code", "model.py", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "so far",
        f"paramsummary: {tmp_path / 'model.py'}:3: NameError: name 'z' is not defined",
    ]


@pytest.mark.slow
@pytest.mark.thorough
def test_a_long_expression(tmp_path: Path) -> None:
    layers = ", ".join(["keras.layers.Dense(4)"] * 60)
    done = run(f"keras.Sequential([keras.Input((4,)), {layers}])", "--total", "1200", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
def test_outdated_code_is_named(tmp_path: Path) -> None:
    (tmp_path / "old.py").write_bytes("# -*- coding: latin-1 -*-\nx = keras.Input((3,))  # für\n".encode("latin-1"))
    with (tmp_path / "old.py").open("ab") as file:
        file.write(b"m = keras.Model(input=x, output=x)\n")
    done = run("--code", "old.py", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-3:] == [
        "line 3: KER101 Model(input=...) was renamed in Keras 2: write inputs=...",
        "line 3: KER101 Model(output=...) was renamed in Keras 2: write outputs=...",
        "keras-modernize --fix writes it anew, or --upgrade as it runs",
    ]


@pytest.mark.slow
def test_outdated_code_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "old.py").write_text("x = keras.Input((3,))\nm = keras.Model(input=x, output=x)\n")
    done = run("--code", "old.py", "--upgrade", "--total", "0", cwd=tmp_path)
    said = "paramsummary: Written for an older Keras, and changed: input → inputs, output → outputs.\n"
    assert (done.returncode, done.stderr) == (0, said)
    (tmp_path / "old.py").write_text("print 'x'\n")
    done = run("--code", "old.py", "--upgrade", cwd=tmp_path)
    assert done.returncode == 1
    assert "old.py:1: --upgrade: the code does not parse" in done.stderr


@pytest.mark.slow
def test_a_file_imports_from_its_own_folder_and_the_reader_may_leave(tmp_path: Path) -> None:
    (tmp_path / "nets").mkdir()
    (tmp_path / "nets" / "helper.py").write_text("UNITS = 4\n")
    (tmp_path / "nets" / "model.py").write_text(f"import helper\nm = {MLP.replace('4', 'helper.UNITS')}\n")
    command = [sys.executable, "-m", "sphinx_paramdoc", "--code", "nets/model.py", "--format", "json"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        text = running.stdout.read().decode("utf-8")
        assert (running.wait(), running.stderr.read()) == (0, b"")
    assert json.loads(text)["rows"][0]["formula"] == "3 × 4 + 4"


@pytest.mark.slow
def test_a_reader_that_has_left_is_no_error(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx_paramdoc", MLP]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert (running.wait(), running.stderr.read()) == (0, b"")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "give an EXPRESSION, or code with --code FILE"),
        ([""], "give an EXPRESSION, or code with --code FILE"),
        (["keras.x", "--model", "y" * 5000], "EXPRESSION and --model both say which model is meant"),
        ([__file__], f"{__file__} is a file: run it with --code {__file__}"),
        (["x", "--model", "y"], "EXPRESSION and --model both say which model is meant"),
        (["--code", "no/such/file.py"], "--code no/such/file.py: No such file or directory"),
        (["x", "--total", "many"], "'many' is not a count such as 2,140,752"),
        (["x", "--width", "wide"], "'wide' is no number of columns such as 80, and 0 for no limit"),
        (["x", "--color", "red"], "invalid choice: 'red'"),
        (["x", "--format", "pdf"], "invalid choice: 'pdf'"),
        (["x", "--depth", "-1"], "--depth"),
        (["keras.\udcff"], "keras.\\udcff is no text: it holds bytes that are no UTF-8"),
        (["--code", "-", "--model", "\udcff"], "\\udcff is no text"),
        (["x", "--depth", "all"], "'all' is not a depth such as 0, 1, 2"),
    ],
)
def test_wrong_usage_exits_with_two_before_anything_runs(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert message in capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    from sphinx_paramdoc import __version__

    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"paramsummary {__version__}\n"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system does not tell a process of its parent's end")
@pytest.mark.parametrize(
    "number",
    [signal.SIGINT, *(pytest.param(number, marks=pytest.mark.thorough) for number in (signal.SIGTERM, signal.SIGKILL))],
)
def test_what_ends_the_command_ends_the_block(tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "tmp").mkdir()
    (tmp_path / "endless.py").write_text(
        "import os, time\nopen('pid', 'w').write(str(os.getpid()) + ' ')\ntime.sleep(600)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "sphinx_paramdoc", "--code", "endless.py", "--timeout", "500"],
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(tmp_path / "tmp")},
        stderr=subprocess.DEVNULL,
    )
    with ended(process):
        wait_for(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
        process.send_signal(number)
        process.wait(30)
        wait_for(lambda: not psutil.pid_exists(int((tmp_path / "pid").read_text())))
    if number != signal.SIGKILL:
        assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.slow
def test_limits_and_weights(tmp_path: Path) -> None:
    (tmp_path / "endless.py").write_text("x = 3\nwhile True: x += 1\n")
    done = run("--code", "endless.py", "--timeout", "1", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (
        1,
        f"paramsummary: {tmp_path / 'endless.py'}:2: the block did not end within 1 second; --timeout allows it more\n",
    )
    done = run(MLP, "--weights", "real", "--backend", "tensorflow", "--format", "json", cwd=tmp_path)
    assert json.loads(done.stdout)["variables"] == "real"


def test_a_time_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["x", "--timeout", "soon"])
    assert "--timeout: 'soon' is not a number of seconds greater than 0" in capsys.readouterr().err


INNER = "keras.Sequential([keras.layers.Dense(3) for _ in range(5)])"
NESTED = f"keras.Sequential([keras.Input((3,)), {INNER}, {INNER}], name='nested')"


@pytest.mark.slow
def test_folding_and_depth(tmp_path: Path) -> None:
    done = run(NESTED, "--depth", "1", "--width", "0", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert [" ".join(line.split()) for line in done.stdout.splitlines()[4:]] == [
        "sequential and sequential_1 (Sequential) (None, 3) 120 2 × 60 = 120; each dense to dense_4: 5 × 12 = 60",
        "│ inputs × units + units",
        "├─ dense to dense_4 (Dense) (None, 3) 60 5 × 12 = 60; each 3 × 3 + 3 = 12",
        "└─ 1 equal one: sequential_1",
        done.stdout.splitlines()[3].replace("  ", " "),
        "Total 120 all trainable",
        "480 B",
    ]

    unfolded = json.loads(run(NESTED, "--format", "json", "--unfold", cwd=tmp_path).stdout)
    assert len(unfolded["rows"]) == 12
    assert {(row["repeat"], *row["copies"]) for row in unfolded["rows"]} == {(1,)}


@pytest.mark.slow
@pytest.mark.thorough
def test_what_is_folded_for_a_program(tmp_path: Path) -> None:
    folded = json.loads(run(NESTED, "--format", "json", cwd=tmp_path).stdout)
    assert [(row["path"], row["depth"], row["params"], row["repeat"]) for row in folded["rows"]] == [
        ("sequential", 0, 60, 2),
        ("sequential/dense", 1, 12, 5),
    ]
    assert folded["rows"][0]["copies"] == ["sequential_1"]
    assert folded["rows"][1]["copies"] == [f"sequential/dense_{number}" for number in range(1, 5)]


@pytest.mark.slow
@pytest.mark.thorough
def test_a_pasted_session(tmp_path: Path) -> None:
    (tmp_path / "session.py").write_text(
        ">>> x = keras.Input((3,))\n>>> x.shape\n(None, 3)\n>>> keras.Model(x, keras.layers.Dense(2)(x), name='m')\n"
    )
    done = run("--code", "session.py", "--format", "json", cwd=tmp_path)
    assert (done.returncode, json.loads(done.stdout)["name"]) == (0, "m")


@pytest.mark.slow
def test_the_models_that_a_file_makes_are_named(tmp_path: Path) -> None:
    (tmp_path / "mlp.py").write_text("x = keras.Input((3,))\nmlp_model = keras.Model(x, x)\n")
    done = run("--code", "mlp.py", "--model", "mlp_modl", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (
        1,
        "paramsummary: NameError: name 'mlp_modl' is not defined (the code made mlp_model)\n",
    )
