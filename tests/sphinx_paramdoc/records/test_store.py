"""Records on disk: found by content, true or stale, and never more than a miss when they are damaged."""

from __future__ import annotations

import sys
import threading
import zipfile
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from sphinx_paramdoc import facts
from sphinx_paramdoc.execution import Failure, Request, Success
from sphinx_paramdoc.machine import FirstParty, installed, whole
from sphinx_paramdoc.machine.digest import digest
from sphinx_paramdoc.records import reading, seen
from sphinx_paramdoc.records.packing import unpack
from sphinx_paramdoc.records.store import Record, Records

REQUEST = Request(code="x = 3\ny = 4\nbuild()", model="y")


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
    return success_of(
        seed, {name: str(project / file) for name, file in modules.items()}, [str(project / "sizes.json")]
    )


def success_of(model: facts.Model, modules: dict[str, str], files: Sequence[str] = ()) -> Success:
    digests = {file: digest(file) for file in (*modules.values(), *files)}
    return Success(model, modules, list(files), digests)


def records_of(project: Path, *modules: str, **environment: str) -> Records:
    first_party = FirstParty(str(project), list(modules), only_modules=bool(modules))
    return Records(project / "records", project / "docs", [str(project), *sys.path], environment, first_party)


@pytest.fixture
def records(project: Path, success: Success) -> Records:
    """Records, of which one is written."""
    made = records_of(project)
    made.write(REQUEST, success)
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
    assert unpack(record.model) == success.model
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
    swapped = success_of(success.model, dict(reversed(success.modules.items())), success.files)
    records_of(project).write(REQUEST, swapped)
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
        Request(code=REQUEST.code, model="y", module="nets"),
    ],
)
def test_another_request_has_another_record(records: Records, other: Request) -> None:
    assert records.read(other) is None


def test_the_environment_counts_but_no_credential(records: Records, project: Path) -> None:
    assert records_of(project, KERAS_FLOATX="float16").read(REQUEST) is None
    assert records_of(project, HF_TOKEN="a", API_KEY="b").read(REQUEST) is not None
    for name in (
        "GITHUB_PAT", "AWS_SECRET_ACCESS_KEY_ID", "DB_PASSWORD_FILE", "PASS", "MY_PASSWD", "SSH_PASSPHRASE",
        "USER_PWD_2", "CARD_PIN", "X_AUTH_Y", "COOKIE", "SENTRY_DSN", "GOOGLE_APPLICATION_CREDENTIALS", "A_CREDENTIAL",
        "key", "my_apikey",
    ):  # fmt: skip
        assert records_of(project, **{name: "4"}).read(REQUEST) is not None, name
    for name in (
        "KEYBOARD", "MAX_TOKEN_LENGTH", "NUM_KEY_VALUE_HEADS", "MAX_TOKENS", "KEY_DIM", "TOKEN_LENGTH", "PASSES",
        "PATCH", "PATH", "AUTHOR", "SPIN", "MONKEY", "COOKIES",
    ):  # fmt: skip
        assert records_of(project, **{name: "4"}).read(REQUEST) is None, name


def test_another_notion_of_what_is_first_party_has_other_records(records: Records, project: Path) -> None:
    assert records_of(project, "nets").read(REQUEST) is None


def test_a_failure_is_recorded_with_the_files_as_they_were_when_it_ended(project: Path, success: Success) -> None:
    sizes = str(project / "sizes.json")
    failure = Failure(message="no", files=[sizes], digests={sizes: digest(sizes)}, is_settled=True)
    (project / "sizes.json").write_text("[5]\n")  # edited between the run and the record
    made = records_of(project)
    setting = msgspec.structs.replace(REQUEST, vary={"width": 7})
    made.write_raised(setting, failure, success)
    record = made.read(setting)
    assert record and made.why_stale(record) == "../sizes.json has changed"


def test_a_failure_that_may_end_is_not_recorded(project: Path, success: Success) -> None:
    made = records_of(project)
    made.write_raised(msgspec.structs.replace(REQUEST, vary={"width": 7}), Failure(message="no"), success)
    assert not made.folder.exists()


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

    def test_a_file_that_was_not_there(self, project: Path, success: Success) -> None:
        made = records_of(project)
        made.write(REQUEST, success_of(success.model, {}, [str(project / "docs" / "optional.txt")]))
        assert reason(made) is None
        (project / "docs" / "optional.txt").touch()
        assert reason(records_of(project)) == "optional.txt has changed"

    def test_another_backend_of_the_shell(self, records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("KERAS_BACKEND", "jax")
        assert reason(records) is None  # it is not installed
        monkeypatch.setattr(installed, "version", {"jax": "1.0"}.get)
        assert reason(records) == "the backend is jax now"
        monkeypatch.setenv("KERAS_BACKEND", "tensorflow")
        assert reason(records) is None

    def test_only_keras_3_has_a_backend(self, project: Path, success: Success, monkeypatch: pytest.MonkeyPatch) -> None:
        versions = {"tf_keras": "2.21.0", "tensorflow": "2.21.0"}
        model = msgspec.structs.replace(success.model, frameworks=versions)
        records_of(project).write(REQUEST, msgspec.structs.replace(success, model=model))
        monkeypatch.setenv("KERAS_BACKEND", "jax")
        monkeypatch.setattr(installed, "version", {**versions, "jax": "1.0"}.get)
        assert reason(records_of(project)) is None
        monkeypatch.setattr(installed, "version", {**versions, "tf_keras": "2.22.0"}.get)
        assert reason(records_of(project)) == "tf_keras is 2.22.0 now, it was 2.21.0"

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

    @pytest.mark.parametrize("weights", ['"weights": [0, 8]', '"weights": [-1, 1]', '"weights": [0, "x"]'])
    def test_a_record_that_contradicts_itself_is_a_miss(self, records: Records, project: Path, weights: str) -> None:
        file = stored(project)
        text = file.read_text(encoding="utf-8")
        assert '"weights": [0, 1]' in text
        file.write_text(text.replace('"weights": [0, 1]', weights), encoding="utf-8")
        assert records.read(REQUEST) is None

    def test_a_record_of_another_schema_is_a_miss(self, records: Records, project: Path) -> None:
        file = stored(project)
        file.write_bytes(file.read_bytes().replace(b'"paramdoc": 6', b'"paramdoc": 99'))
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
        made.write(REQUEST, msgspec.structs.replace(success, is_settled=False))
        assert made.read(REQUEST) is None

    def test_a_file_that_changed_after_the_block_ran_makes_the_record_stale(
        self, project: Path, success: Success
    ) -> None:
        (project / "nets" / "deep" / "mlp.py").write_text("UNITS = 4\n")
        made = records_of(project)
        made.write(REQUEST, success)
        assert reason(made) == "nets.deep.mlp has changed"

    def test_files_that_lie_with_a_package_outside_the_repository(self, project: Path, seed: facts.Model) -> None:
        """As with a package that is installed, or that lies beside a documentation which is in no repository."""
        modules = {"nets": str(project / "nets" / "__init__.py")}
        files = [str(project / "nets" / "deep" / "sizes.json"), str(project / "sizes.json")]
        Path(files[0]).write_text("[]")
        first_party = FirstParty(str(project / "docs"))
        made = Records(project / "records", project / "docs", [str(project)], {}, first_party)
        made.write(REQUEST, success_of(seed, modules, files))
        record = made.read(REQUEST)
        assert record
        assert list(record.files) == ["nets:../sizes.json", "nets:deep/sizes.json"]
        assert made.files(record) == sorted([*modules.values(), *files])
        assert made.why_stale(record) is None
        Path(files[0]).write_text("[3]")
        assert made.why_stale(record) == "nets:deep/sizes.json has changed"

    def test_a_module_in_an_archive(self, project: Path, seed: facts.Model) -> None:
        with zipfile.ZipFile(project / "docs" / "lib.zip", "w") as archive:
            archive.writestr("zipped.py", "x = 3")
        path = str(project / "docs" / "lib.zip")
        made = Records(project / "records", project / "docs", [path], {}, FirstParty(str(project)))
        made.write(REQUEST, success_of(seed, {"zipped": f"{path}/zipped.py"}))
        assert reason(made) is None
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("zipped.py", "x = 4")
        assert reason(made) is not None

    def test_a_module_that_is_not_where_it_is_imported_from_is_known_by_its_file(
        self, project: Path, seed: facts.Model
    ) -> None:
        (project / "docs" / "made.py").write_text("x = 3\n")
        made = records_of(project)
        made.write(REQUEST, success_of(seed, {"made": str(project / "docs" / "made.py")}))
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
            made.write(REQUEST, success)
        assert list((project / "records").iterdir()) == []

    def test_writers_and_readers_at_the_same_time(self, project: Path, success: Success) -> None:
        made = records_of(project)
        made.write(REQUEST, success)
        seen: list[Record | None] = []
        other = msgspec.structs.replace(success, files=[])

        def write() -> None:
            for round_ in range(50):
                made.write(REQUEST, success if round_ % 2 else other)

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


def test_what_was_looked_at_is_read_again_only_when_its_file_has_changed(
    records: Records, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Path] = []
    read = reading.read

    def noted(file: Path) -> Record | reading.Miss:
        looked.append(file)
        return read(file)

    monkeypatch.setattr(reading, "read", noted)
    key = records.key(REQUEST)
    assert records.is_fresh(key)
    assert records.is_fresh(key)
    assert records.read(REQUEST)
    assert len(looked) == 1
    assert records.read(REQUEST)  # which nobody has looked at since
    assert len(looked) == 2
    assert records.is_fresh(key)
    whole.write(stored(project), stored(project).read_bytes().replace(b"dense", b"danse"))
    assert records.read(REQUEST) is None
    stored(project).unlink()
    assert not records.is_fresh(key)


@pytest.mark.usefixtures("records")
def test_what_is_looked_at_is_kept_within_bounds(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seen, "_ROOM", stored(project).stat().st_size - 1)
    kept = seen.Seen()
    assert kept.look(stored(project)) is not kept.look(stored(project))
    monkeypatch.setattr(seen, "_ROOM", stored(project).stat().st_size)
    kept = seen.Seen()
    for _ in range(2):
        assert kept.look(stored(project)) is kept.look(stored(project)) is kept.take(stored(project))


def test_pruning_takes_only_unused_records(records: Records, success: Success, project: Path) -> None:
    other = Request(code="other")
    records.write(other, success)
    kept = [project / "records" / name for name in ("notes.txt", "0" * 32 + ".json", "model.json")]
    for file in kept:
        file.write_text("{}")
    older = project / "records" / ("f" * 32 + ".json")
    older.write_text('{"paramdoc": 0, "model": []}')
    assert records.prune({records.key(REQUEST)}) == 2
    assert not older.exists()
    assert records.read(REQUEST) is not None
    assert records.read(other) is None
    assert all(file.exists() for file in kept)
    assert records_of(project / "docs").prune(set()) == 0
