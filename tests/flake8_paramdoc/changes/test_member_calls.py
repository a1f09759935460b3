"""What the tables write instead of a call of an old method does what that did: both were run, and compared."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from flake8_paramdoc.changes import CHANGES
from flake8_paramdoc.changes.shapes import MemberChange


@pytest.mark.slow
@pytest.mark.thorough
@pytest.mark.skipif(
    not all(map(find_spec, ("keras", "tensorflow", "tf_keras"))), reason="one of the packages of Keras is not installed"
)
def test_each_call_does_what_the_old_one_did(repository: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.flake8_paramdoc.changes.member_calls"],
        cwd=repository,
        env={**os.environ, "KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    differing = [
        call
        for call, (given, variable), (given_today, variable_today), _ in result["calls"]
        # What the old call did not give, nobody reads.
        if variable != variable_today or given not in (None, given_today)
    ]
    assert differing == []
    written = {
        form.partition("(")[0] for change in CHANGES if isinstance(change, MemberChange) for form in change.calls
    }
    assert {call.partition("(")[0] for call, *_ in result["calls"]} | set(result["not run"]) == written
