"""The import of a framework, which a process cannot interrupt by itself, watched over."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

from sphinx_paramdoc.execution.request import LONGEST_IMPORT


@contextlib.contextmanager
def watched(lifeline: int | None, folder: Path, give_up: Callable[[], NoReturn] | None) -> Iterator[None]:
    """Watch over an import.

    :param lifeline: what can be read from once nobody needs the process any more, if somebody must; `folder` goes then.
    :param give_up: what to do about an import that does not end; where nothing is to be done, the process ends.
    """
    done, tell = os.pipe()

    def watch() -> None:
        ready, _, _ = select.select([done, *([] if lifeline is None else [lifeline])], [], [], LONGEST_IMPORT)
        if done in ready:
            return
        if lifeline in ready:
            shutil.rmtree(folder, ignore_errors=True)
        elif give_up:
            give_up()
        os._exit(os.EX_SOFTWARE)

    # A thread that has ended before the first fork does no harm to it.
    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        os.write(tell, b".")
        thread.join()
        os.close(done)
        os.close(tell)
