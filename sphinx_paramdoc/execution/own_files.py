"""Which files are the user's own: neither installed, nor Python's, nor this package's."""

from __future__ import annotations

import os
import site
import sys
import sysconfig
import traceback
from collections.abc import Iterator
from pathlib import Path

_OTHERS = tuple(
    folder.rstrip(os.sep) + os.sep
    for folder in (
        *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")),
        *site.getsitepackages(),
        site.getusersitepackages(),
        str(Path(__file__).parents[1]),
    )
)


def is_own(file: str) -> bool:
    """Tell whether a file is the user's own; code that stands in no file has a name in ``<``."""
    return not file.startswith(("<", *_OTHERS))


def frames(error: BaseException) -> Iterator[traceback.FrameSummary]:
    """Yield the frames of the user's own code that an error came through, the innermost last.

    Columns are left out, as the code of a page stands further to the left here than there.
    """
    for frame in traceback.extract_tb(error.__traceback__):
        if is_own(frame.filename):
            yield traceback.FrameSummary(frame.filename, frame.lineno, frame.name)


def imported() -> Iterator[str]:
    """Yield the files of the user's own modules that this process has imported."""
    for module in list(sys.modules.values()):
        # Not by getattr: a module that loads lazily may run code for a name that it lacks.
        file = getattr(module, "__dict__", {}).get("__file__")
        if isinstance(file, str) and Path(file).is_absolute() and is_own(file):
            yield file
