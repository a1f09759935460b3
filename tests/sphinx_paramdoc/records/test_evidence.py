"""A record is evidence: one that was edited, merged, damaged or made up shows no number, and ends no build."""

from __future__ import annotations

import copy
import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.execution import Request, Success
from sphinx_paramdoc.machine import FirstParty, installed
from sphinx_paramdoc.records import Records, packing, reading
from sphinx_paramdoc.records.pretty import pretty
from sphinx_paramdoc.records.reading import SCHEMA, Miss
from sphinx_paramdoc.rendering import formats

REQUEST = Request(code="x = 3\nbuild()")


@pytest.fixture
def records(tmp_path: Path, seed: facts.Model, monkeypatch: pytest.MonkeyPatch) -> Records:
    """Records, of which one is written."""
    monkeypatch.setattr(installed, "version", seed.frameworks.get)
    made = Records(tmp_path / "records", tmp_path, [str(tmp_path), *sys.path], {}, FirstParty(str(tmp_path)))
    made.write(REQUEST, Success(seed))
    return made


@pytest.fixture
def stored(records: Records) -> Path:
    [file] = records.folder.iterdir()
    return file


def digested(plain: dict[str, Any]) -> str:
    """Give a record with a digest that fits, as a liar would."""
    rest = {name: value for name, value in plain.items() if name != "digest"}
    return json.dumps({**rest, "digest": reading.digest(rest)})


class TestDigest:
    @pytest.mark.parametrize(
        "change",
        [
            ('"shape": [4096, 512]', '"shape": [4096, 513]'),
            ('"code": ["x = 3"', '"code": ["x = 4"'),
            ('"variables": "abstract"', '"variables": "real"'),
            ('"keras": "3', '"keras": "4'),
            ('"units": 512', '"units": 511'),
            ('"reason": "moving_statistics"', '"reason": "declared"'),
            ('"paramdoc": 6', '"paramdoc": 6, "files": {"x": "y"}'),
            ('"digest": "', '"digest": "0'),
        ],
    )
    def test_what_was_edited_is_a_miss_that_says_so(
        self, records: Records, stored: Path, change: tuple[str, str]
    ) -> None:
        text = stored.read_text("utf-8")
        assert change[0] in text
        stored.write_text(text.replace(*change, 1), "utf-8")
        assert records.read(REQUEST) is None
        assert records.why_missed(REQUEST) is Miss.EDITED

    def test_a_merge_that_keeps_both_lines(self, records: Records, stored: Path) -> None:
        text = stored.read_text("utf-8")
        stored.write_text(text.replace('"shape": [512]', '"shape": [512], "shape": [512]', 1), "utf-8")
        assert records.why_missed(REQUEST) is Miss.EDITED

    def test_another_form_of_the_same_does_no_harm(self, records: Records, stored: Path) -> None:
        plain = json.loads(stored.read_text("utf-8"))
        for text in (
            json.dumps(plain),
            json.dumps(plain, indent=4, sort_keys=True),
            "\ufeff" + stored.read_text("utf-8").replace("\n", "\r\n"),
            json.dumps(dict(reversed(plain.items())), ensure_ascii=True),
        ):
            stored.write_bytes(text.encode())
            assert records.read(REQUEST) is not None
            assert records.why_missed(REQUEST) is None

    def test_the_record_of_another_block(self, records: Records, stored: Path) -> None:
        shutil.copy(stored, records.folder / f"{records.key(Request(code='y'))}.json")
        assert records.why_missed(Request(code="y")) is Miss.OTHERS

    def test_older_and_newer_records(self, records: Records, stored: Path) -> None:
        plain = json.loads(stored.read_text("utf-8"))
        stored.write_text(json.dumps({**plain, "paramdoc": SCHEMA + 1}))
        assert records.why_missed(REQUEST) is Miss.NEWER
        stored.write_text(json.dumps({**plain, "paramdoc": SCHEMA - 1}))
        assert records.why_missed(REQUEST) is Miss.OLDER
        # One of an older version has another name.
        stored.rename(stored.with_name("0" * 32 + ".json"))
        again = Records(records.folder, records.folder, [], {}, FirstParty("/nowhere"))
        assert again.why_missed(REQUEST) is Miss.OLDER
        assert again.why_missed(Request(code="other")) is Miss.MISSING


class TestMadeUp:
    """The digest fits, as a liar can see to; what no block gives is a miss all the same."""

    @pytest.mark.parametrize(
        ("place", "value"),
        [
            (("model", "weights", 0, "shape"), [-3, 7]),
            (("model", "weights", 0, "shape"), [1] * 20_000),
            (("model", "weights", 0, "shape"), [2**63]),
            (("model", "weights", 0, "shape"), [2.0]),
            (("model", "weights", 0, "shape"), [True]),
            (("model", "weights", 0, "path"), "a\x1b[31m"),
            (("model", "weights", 0, "path"), "\ufffe"),
            (("model", "weights", 0, "path"), "\ud800"),
            (("model", "name"), "\u202e"),
            (("model", "layers", 1, "output_shape"), [None, 1.5]),
            (("model", "layers", 1, "output_shape"), ["x", 7]),
            (("model", "layers", 1, "output_shape"), [[None, 3], 7]),
            (("model", "layers", 1, "output_shape"), [[None, 3], None]),
            (("model", "layers", 1, "output_shape"), {"a": -1}),
            (("model", "layers", 1, "weights"), [0, -1]),
            (("model", "layers", 1, "offer"), {"explainer": "a:b", "formula": {"value": -1, "label": "x"}}),
            (
                ("model", "layers", 1, "offer"),
                {"explainer": "a:b", "formula": {"product": [{"value": 10**3000, "label": "x"}] * 9}},
            ),
            (("model", "layers", 1, "calls"), 0),
            (("model", "layers", 1, "outside"), [{"name": "a", "class": "b", "params": -1, "why": "untracked"}]),
            (("model", "outside"), [{"name": "a", "class": "b", "params": 10**1001, "why": "untracked"}]),
            (("model", "outside"), [{"name": "a", "class": "b", "params": 1, "why": "whim"}]),
            (("model", "frameworks"), {"": "1"}),
            (("model", "frameworks"), {"../keras": "1"}),
            (("versions",), {"a b": "1"}),
            (("files",), {"/etc/passwd": "x"}),
            (("files",), {"C:/x": "x"}),
            (("files",), {"C:\\x": "x"}),
            (("files",), {"package:/etc/passwd": "x"}),
            (("files",), {"a\0": "x"}),
            (("files",), {"a" * 300: "x"}),
            (("files",), {"../" * 2000 + "a": "x"}),
            (("modules",), {"a/b": "x"}),
            (("modules",), {"a..b": "x"}),
            (("modules",), {"a" * 300: "x"}),
            (("maker",), ["a/b", "build", 3]),
            (("maker",), ["a", "\x1b[31m", 3]),
            (("maker",), ["a", "build", -3]),
            (("maker",), ["a"]),
        ],
    )
    def test_one_value(self, records: Records, stored: Path, place: tuple[Any, ...], value: Any) -> None:
        plain = json.loads(stored.read_text("utf-8"))
        *way, last = place
        inner = plain
        for step in way:
            inner = inner[step]
        inner[last] = value
        try:
            stored.write_text(digested(plain))
        except UnicodeEncodeError:  # a digest of it is none that anybody can make
            stored.write_text(json.dumps(plain))
        assert records.read(REQUEST) is None

    def test_a_weight_that_is_not_trainable_for_no_reason(self, records: Records, stored: Path) -> None:
        plain = json.loads(stored.read_text("utf-8"))
        weight = next(weight for weight in plain["model"]["weights"] if "reason" in weight)
        del weight["reason"]
        stored.write_text(digested(plain))
        assert records.read(REQUEST) is None

    @pytest.mark.parametrize(
        ("depth", "why"),
        # Python 3.13 reads deeper than those before it, and finds that the digest does not fit.
        [(5_000, Miss.EDITED if sys.version_info >= (3, 13) else Miss.UNREADABLE), (100_000, Miss.UNREADABLE)],
    )
    def test_what_is_nested_deeply(self, records: Records, stored: Path, depth: int, why: Miss) -> None:
        text = stored.read_text("utf-8")
        stored.write_text(text.replace('"model": {', '"model": {"x": ' + '{"a":' * depth + "1" + "}" * depth + ", "))
        assert records.why_missed(REQUEST) is why

    @pytest.mark.parametrize("depth", [25, 400])
    def test_a_shape_that_is_nested_deeply(self, records: Records, stored: Path, depth: int) -> None:
        plain = json.loads(stored.read_text("utf-8"))
        shape: Any = [None, 3]
        for _ in range(depth):
            shape = [shape]
        plain["model"]["layers"][1]["output_shape"] = shape
        stored.write_text(digested(plain))
        assert records.read(REQUEST) is None

    def test_copies_without_end(self, records: Records, stored: Path) -> None:
        plain = json.loads(stored.read_text("utf-8"))
        block: dict[str, Any] = {"path": "a", "name": "a", "class": "mine.Block", "children": []}
        for number in range(40):  # each holds the one before twice
            twin = {"path": f"{number}b", "name": "b", "copy_of": block["path"], "weights_at": [0, 0]}
            block = {"path": str(number), "name": "c", "class": "mine.Block", "children": [block, twin]}
        plain["model"]["layers"].append(block)
        stored.write_text(digested(plain))
        assert records.why_missed(REQUEST) is Miss.UNREADABLE

    def test_very_many_copies(self, records: Records, stored: Path) -> None:
        plain = json.loads(stored.read_text("utf-8"))
        own = next(layer for layer in plain["model"]["layers"] if layer["class"] == "keras.layers.Dense")
        begin = len(plain["model"]["weights"])
        plain["model"]["layers"] += [
            {"path": f"c{n}", "name": "c", "copy_of": own["path"], "weights_at": [begin + 2 * n, 2]}
            for n in range(70_000)
        ]
        stored.write_text(digested(plain))
        assert records.why_missed(REQUEST) is Miss.UNREADABLE

    @pytest.mark.parametrize("place", [[-1, 1], [8, 2**70], [2**70, 2]])
    def test_copies_nowhere(self, seed: facts.Model, place: list[int]) -> None:
        packed = packing.pack(seed)
        copied = {"path": "c", "name": "c", "copy_of": packed["layers"][1]["path"], "weights_at": place}
        with pytest.raises(msgspec.ValidationError, match="not a packed model"):
            packing.unpack({**packed, "layers": [*packed["layers"], copied]})


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
class TestNoRegularFile:
    def test_a_pipe_in_place_of_a_record(self, records: Records, stored: Path) -> None:
        stored.unlink()
        os.mkfifo(stored)
        assert records.why_missed(REQUEST) is Miss.UNREADABLE

    def test_a_device_without_an_end(self, records: Records, stored: Path) -> None:
        stored.unlink()
        stored.symlink_to("/dev/zero")
        assert records.why_missed(REQUEST) is Miss.UNREADABLE

    def test_a_record_that_names_a_pipe(self, records: Records, stored: Path, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        (tmp_path / "endless").symlink_to("/dev/zero")
        for name in ("pipe", "endless"):
            plain = json.loads(stored.read_text("utf-8"))
            stored.write_text(digested({**plain, "files": {name: "0" * 32}}))
            record = records.read(REQUEST)
            assert record
            assert records.why_stale(record) == f"{name} cannot be found"
            assert records.files(record) == []

    def test_pruning_passes_by(self, records: Records) -> None:
        os.mkfifo(records.folder / f"{'0' * 32}.json")
        assert records.prune({records.key(REQUEST)}) == 0


VALUES: list[Any] = [
    None, True, False, 0, -1, 2**63, 2**70, 10**400, 1.5, "", "x", "\0", "\x1b", "\ufffe", "a/b", "../..", "x" * 5000,
    [], [[]], [None], [-1], ["x"], [[[[1]]]], {}, {"a": 1}, {"": ""}, {"copy_of": "x"}, {"value": 1, "label": "x"},
]  # fmt: skip
"""What stands in place of a value."""


def places(plain: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place in plain data: what holds it, and its name or number there."""
    for name in list(plain) if isinstance(plain, dict) else range(len(plain)) if isinstance(plain, list) else ():
        yield plain, name
        yield from places(plain[name])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_damaged_is_a_miss_or_a_table(
    records: Records, stored: Path, seed: facts.Model, data: st.DataObject
) -> None:
    plain = copy.deepcopy(reading.sealed(reading.Record(paramdoc=SCHEMA, request={}, model=packing.pack(seed))))
    for _ in range(data.draw(st.integers(1, 3))):
        all_places = list(places(plain))
        holder, name = all_places[data.draw(st.integers(0, len(all_places) - 1))]
        how = data.draw(st.sampled_from(["replace", "remove", "twice"]))
        if how == "replace":
            holder[name] = copy.deepcopy(data.draw(st.sampled_from(VALUES)))
        elif how == "remove" or isinstance(holder, dict):
            del holder[name]
        else:
            holder.insert(name, copy.deepcopy(holder[name]))
    try:
        stored.write_text(digested(plain))
    except (UnicodeEncodeError, TypeError, KeyError):
        stored.write_text(json.dumps(plain))
    found = reading.read(stored)
    assert isinstance(found, (reading.Record, Miss))
    if isinstance(found, reading.Record):
        assert isinstance(records.why_stale(found), (str, type(None)))
        assert isinstance(records.files(found), list)
        contents = table.build(packing.unpack(found.model))
        assert contents.total >= 0
        assert sum(row.params * row.repeat for row in contents.rows if row.depth == 0) == contents.total
        assert formats.write(contents, "text").replace("\n", "").isprintable()
        assert formats.write(contents, "json")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda x: st.lists(x, max_size=5) | st.dictionaries(st.text(max_size=9), x, max_size=5),
        max_leaves=30,
    )
)
def test_what_is_written_for_a_diff_is_the_same(value: Any) -> None:
    text = pretty(value)
    assert json.loads(text) == value


def test_what_is_nested_deeply_can_be_written() -> None:
    value: Any = 1
    for number in range(400):
        value = {"children": [value]} if number % 2 else [value]
    assert json.loads(pretty(value)) == value
