"""Code → facts, in a process of its own: user code never runs in the process that builds the documentation."""

from sphinx_paramdoc.execution.process import import_path, run
from sphinx_paramdoc.execution.request import PREAMBLE, Failure, Request, Response, Source, Success

__all__ = ["PREAMBLE", "Failure", "Request", "Response", "Source", "Success", "import_path", "run"]
