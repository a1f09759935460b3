"""What two machines must have in common."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import msgspec
import pytest

from sphinx_paramdoc.machine import identity
from sphinx_paramdoc.machine.identity import Identity

HERE = Identity("CPython 3.11.7", "0.1.0 (abc)", {"keras": "3.15.1", "tensorflow": "2.21.0"})


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({}, []),
        ({"python": "CPython 3.12.1"}, ["Python is CPython 3.12.1 there, and CPython 3.11.7 here"]),
        ({"paramdoc": "0.1.0 (xyz)"}, ["sphinx-paramdoc is 0.1.0 (xyz) there, and 0.1.0 (abc) here"]),
        ({"frameworks": {"keras": "3.14.0", "torch": "2.9"}}, ["keras is 3.14.0 there, and 3.15.1 here"]),
        ({"frameworks": {}}, []),
    ],
)
def test_differences_are_told(other: dict[str, object], told: list[str]) -> None:
    assert list(identity.differences(HERE, msgspec.structs.replace(HERE, **other))) == told


def test_this_machine_is_what_it_is() -> None:
    here = identity.here()
    assert here.python.endswith(".".join(map(str, sys.version_info[:3])))
    assert list(identity.differences(here, here)) == []


def test_a_change_of_the_package_is_another_identity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "__file__", str(tmp_path / "machine" / "identity.py"))
    (tmp_path / "a.py").write_text("one = 1\n")
    before = identity.here.__wrapped__()
    (tmp_path / "a.py").write_text("one = 2\n")
    after = identity.here.__wrapped__()
    (told,) = identity.differences(before, after)
    assert told.startswith("sphinx-paramdoc is ")


def test_what_is_installed_is_found_where_the_other_machine_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, there, here = (str(tmp_path / name) for name in ("project", "env1/site-packages", "env2/site-packages"))
    portable = identity.portable_path([own, there, str(tmp_path / "later")])
    assert portable == [own, None, str(tmp_path / "later")]
    monkeypatch.setattr(sys, "path", [str(tmp_path / "elsewhere"), here])
    assert identity.path_here(portable) == [own, here, str(tmp_path / "later")]


def test_processes_of_one_machine_see_the_same_files() -> None:
    assert bool(identity.sees()) == os.path.exists("/proc/self/ns/mnt")  # noqa: PTH110 - a link that leads nowhere
