"""What autodoc could not import: its docstrings are not read, and the blocks in them are lost without a word."""

from __future__ import annotations

import logging as python_logging
from collections.abc import Iterator
from contextlib import contextmanager

from sphinx.environment import BuildEnvironment
from sphinx.util import logging


class Unimported(python_logging.Handler):
    """Hears of what autodoc could not import, whether or not the project wants to be warned of that."""

    def __init__(self, env: BuildEnvironment) -> None:
        """Have heard of nothing."""
        super().__init__()
        self._env = env
        self.documents: set[str] = set()
        """The documents that lack something."""

    def emit(self, record: python_logging.LogRecord) -> None:
        """Note the document that is being read."""
        if (getattr(record, "type", None), getattr(record, "subtype", None)) == ("autodoc", "import_object"):
            self.documents.add(self._env.docname)


@contextmanager
def listening(env: BuildEnvironment) -> Iterator[Unimported]:
    """Give what hears of it, as long as pages are read."""
    handler = Unimported(env)
    logger = python_logging.getLogger(logging.NAMESPACE)
    logger.addHandler(handler)
    try:
        yield handler
    finally:
        logger.removeHandler(handler)
