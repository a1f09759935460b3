"""What the table says of the modules of Keras 3, against the Keras that is installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec

import pytest

from flake8_paramdoc.changes import today
from tests.versions import since

HELD = """\
import importlib, json, sys
print(json.dumps({
    name: [each for each in dir(importlib.import_module(name)) if not each.startswith("_")] for name in sys.argv[1:]
}))
"""


@pytest.mark.slow
@pytest.mark.skipif(not find_spec("keras"), reason="Keras is not installed")
@since("keras", "3.15", "the modules as the table has them")
def test_modules_hold_what_the_table_says() -> None:
    said = today.modules()
    done = subprocess.run(
        [sys.executable, "-c", HELD, *said],
        env={**os.environ, "KERAS_BACKEND": "numpy"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert {module: set(names) for module, names in json.loads(done.stdout.splitlines()[-1]).items()} == said
