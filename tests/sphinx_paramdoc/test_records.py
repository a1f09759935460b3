"""Records on disk: found by content, true or stale, and never more than a miss when they are damaged."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

import msgspec
import pytest

from sphinx_paramdoc import facts, installed
from sphinx_paramdoc.execution import Request, Success
from sphinx_paramdoc.records import Record, Records

REQUEST = Request(code="x = 3\ny = 4\nbuild()", model="y")
LATER = 2**40
"""A moment after every change of a file."""


@pytest.fixture(autouse=True)
def _the_frameworks_of_the_seed_are_installed(monkeypatch: pytest.MonkeyPatch, seed: facts.Model) -> None:
    monkeypatch.setattr(installed, "version", seed.frameworks.get)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "nets" / "deep").mkdir(parents=True)
    (tmp_path / "nets" / "__init__.py").write_text("raise AssertionError('imported')\n")
    (tmp_path / "nets" / "deep" / "__init__.py").touch()
    (tmp_path / "nets" / "deep" / "mlp.py").write_bytes(b"UNITS = 3\nNAME = 'mlp'\n")
    (tmp_path / "sizes.json").write_text("[3, 4]\n")
    return tmp_path


@pytest.fixture
def success(project: Path, seed: facts.Model) -> Success:
    modules = {"nets": "nets/__init__.py", "nets.deep": "nets/deep/__init__.py", "nets.deep.mlp": "nets/deep/mlp.py"}
    return Success(
        seed,
        {name: str(project / file) for name, file in modules.items()},
        [str(project / "sizes.json")],
    )


def records_of(project: Path, **environment: str) -> Records:
    return Records(project / "records", project / "docs", [str(project), *sys.path], environment)


@pytest.fixture
def records(project: Path, success: Success) -> Records:
    """Records, of which one is written."""
    made = records_of(project)
    made.write(REQUEST, success, since=LATER)
    return records_of(project)


def stored(project: Path) -> Path:
    [file] = (project / "records").iterdir()
    return file


def reason(records: Records) -> str | None:
    record = records.read(REQUEST)
    assert record
    return records.why_stale(record)


def test_what_is_written_is_read_again(records: Records, success: Success, project: Path) -> None:
    record = records.read(REQUEST)
    assert record
    assert record.model == success.model
    assert records.why_stale(record) is None
    assert records.is_fresh(records.key(REQUEST))
    assert records.files(record) == sorted([*success.modules.values(), *success.files])


def test_a_record_says_nothing_of_the_machine_and_can_be_read_in_a_diff(records: Records, project: Path) -> None:
    text = stored(project).read_text(encoding="utf-8")
    assert str(project) not in text
    assert str(Path.home()) not in text
    assert max(map(len, text.splitlines())) <= 121
    assert '"code": ["x = 3", "y = 4", "build()"]' in text
    assert '"../sizes.json"' in text
    assert '"nets.deep.mlp"' in text


def test_the_same_result_gives_the_same_bytes(records: Records, success: Success, project: Path) -> None:
    before = stored(project).read_bytes()
    stored(project).unlink()
    swapped = Success(success.model, dict(reversed(success.modules.items())), success.files)
    records_of(project).write(REQUEST, swapped, since=LATER)
    assert stored(project).read_bytes() == before


@pytest.mark.parametrize(
    "other",
    [
        Request(code=REQUEST.code + " ", model="y"),
        Request(code=REQUEST.code),
        Request(code=REQUEST.code, model="y", weights="real"),
        Request(code=REQUEST.code, model="y", backend="jax"),
        Request(code=REQUEST.code, model="y", preamble="import keras as k"),
        Request(code=REQUEST.code, expression="y"),
    ],
)
def test_another_request_has_another_record(records: Records, other: Request) -> None:
    assert records.read(other) is None


def test_the_environment_counts_but_no_credential(records: Records, project: Path) -> None:
    assert records_of(project, KERAS_FLOATX="float16").read(REQUEST) is None
    assert records_of(project, HF_TOKEN="a", API_KEY="b").read(REQUEST) is not None
    assert records_of(project, KEYBOARD="c").read(REQUEST) is None


def test_another_notion_of_what_is_first_party_has_other_records(records: Records, project: Path) -> None:
    said = Records(project / "records", project / "docs", [], {}, ["nets"])
    assert said.read(REQUEST) is None


class TestStale:
    def test_a_module_that_changed(self, records: Records, project: Path) -> None:
        (project / "nets" / "deep" / "mlp.py").write_text("UNITS = 4\nNAME = 'mlp'\n")
        assert reason(records) == "nets.deep.mlp has changed"

    def test_a_file_that_changed(self, records: Records, project: Path) -> None:
        (project / "sizes.json").write_text("[3, 5]\n")
        assert reason(records) == "../sizes.json has changed"

    def test_a_file_that_is_gone(self, records: Records, project: Path) -> None:
        (project / "sizes.json").unlink()
        assert reason(records) == "../sizes.json cannot be found"

    def test_a_module_that_is_gone(self, records: Records, project: Path) -> None:
        (project / "nets" / "deep" / "mlp.py").unlink()
        assert reason(records) == "nets.deep.mlp cannot be found"

    def test_other_ends_of_lines_are_no_change(self, records: Records, project: Path) -> None:
        (project / "nets" / "deep" / "mlp.py").write_bytes(b"UNITS = 3\r\nNAME = 'mlp'\r\n")
        assert reason(records) is None

    def test_a_newer_framework(self, records: Records, monkeypatch: pytest.MonkeyPatch, seed: facts.Model) -> None:
        monkeypatch.setattr(installed, "version", lambda name: {**seed.frameworks, "keras": "99.0"}[name])
        assert reason(records) == f"keras is 99.0 now, it was {seed.frameworks['keras']}"

    def test_a_framework_that_is_not_installed_is_not_compared(
        self, records: Records, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(installed, "version", lambda name: None)
        assert reason(records) is None

    def test_the_same_project_elsewhere(
        self, records: Records, project: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        elsewhere = tmp_path_factory.mktemp("elsewhere") / "moved"
        project.rename(elsewhere)
        assert reason(records_of(elsewhere)) is None


class TestDamage:
    @pytest.mark.parametrize(
        "content", [b"", b"{", b"[]", b"{}", b"\xff\xfe", b'{"paramdoc": 1}', b"null", b"\x00" * 100]
    )
    def test_a_damaged_record_is_a_miss(self, records: Records, project: Path, content: bytes) -> None:
        stored(project).write_bytes(content)
        assert records.read(REQUEST) is None
        assert not records.is_fresh(records.key(REQUEST))

    def test_every_cut_of_a_record_is_a_miss(self, records: Records, project: Path) -> None:
        file, content = stored(project), stored(project).read_bytes()
        for length in range(0, len(content) - 2, 97):
            file.write_bytes(content[:length])
            assert records.read(REQUEST) is None

    def test_a_record_of_another_schema_is_a_miss(self, records: Records, project: Path) -> None:
        file = stored(project)
        file.write_bytes(file.read_bytes().replace(b'"paramdoc": 1', b'"paramdoc": 99'))
        assert records.read(REQUEST) is None

    def test_the_record_of_another_block_under_this_name_is_a_miss(self, records: Records, project: Path) -> None:
        file = stored(project)
        file.write_bytes(file.read_bytes().replace(b'"x = 3"', b'"x = 5"'))
        assert records.read(REQUEST) is None

    def test_a_folder_in_place_of_a_record_is_a_miss(self, records: Records, project: Path) -> None:
        file = stored(project)
        file.unlink()
        file.mkdir()
        assert records.read(REQUEST) is None


class TestWriting:
    def test_a_file_that_changed_while_the_block_ran_leaves_no_record(self, project: Path, success: Success) -> None:
        made = records_of(project)
        begin = time.time() - 100
        os.utime(success.modules["nets.deep.mlp"], (begin + 1, begin + 1))
        for file in (*success.modules.values(), *success.files):
            if not file.endswith("mlp.py"):
                os.utime(file, (begin - 1, begin - 1))
        made.write(REQUEST, success, since=begin)
        assert made.read(REQUEST) is None
        made.write(REQUEST, success, since=begin + 2)
        assert made.read(REQUEST) is not None

    def test_a_module_that_is_not_where_it_is_imported_from_is_known_by_its_file(
        self, project: Path, seed: facts.Model
    ) -> None:
        (project / "docs" / "made.py").write_text("x = 3\n")
        made = records_of(project)
        made.write(REQUEST, Success(seed, {"made": str(project / "docs" / "made.py")}), since=LATER)
        record = made.read(REQUEST)
        assert record
        assert (list(record.modules), list(record.files)) == ([], ["made.py"])

    def test_where_it_cannot_be_written_nothing_is_left(
        self, project: Path, success: Success, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = records_of(project)
        (project / "records").mkdir()

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "replace", full)
        with pytest.raises(OSError, match="No space left"):
            made.write(REQUEST, success, since=LATER)
        assert list((project / "records").iterdir()) == []

    def test_writers_and_readers_at_the_same_time(self, project: Path, success: Success) -> None:
        made = records_of(project)
        made.write(REQUEST, success, since=LATER)
        seen: list[Record | None] = []
        other = msgspec.structs.replace(success, files=[])

        def write() -> None:
            for round_ in range(50):
                made.write(REQUEST, success if round_ % 2 else other, since=LATER)

        def read() -> None:
            seen.extend(records_of(project).read(REQUEST) for _ in range(100))

        threads = [threading.Thread(target=target) for target in (write, write, read, read)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(seen) == 200
        assert None not in seen
        assert len(list((project / "records").iterdir())) == 1


def test_pruning_takes_only_unused_records(records: Records, success: Success, project: Path) -> None:
    other = Request(code="other")
    records.write(other, success, since=LATER)
    kept = [project / "records" / name for name in ("notes.txt", "0" * 32 + ".json", "model.json")]
    for file in kept:
        file.write_text("{}")
    assert records.prune({records.key(REQUEST)}) == 1
    assert records.read(REQUEST) is not None
    assert records.read(other) is None
    assert all(file.exists() for file in kept)
    assert records_of(project / "docs").prune(set()) == 0
