"""Files that are written whole or not at all: others may read or write them at the same time."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write(file: Path, content: bytes) -> None:
    """Write a file, and make the folder for it; what cannot be written leaves nothing behind.

    :raises OSError: where it cannot be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{file.stem}-", suffix=".tmp", dir=file.parent)
    begun = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
        begun.chmod(0o644)
        begun.replace(file)
    except BaseException:
        begun.unlink(missing_ok=True)
        raise
