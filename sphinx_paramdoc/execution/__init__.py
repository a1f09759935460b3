"""Code → facts, in a process of its own: user code never runs in the process that builds the documentation.

A `Listing` knows what an author wrote and where; its `Request` is what decides the result. A `Session` lets a server
run a `Job`, a request with all that running it takes, in a fork; `fresh.run` runs one in a fresh process. The answer
is a `Success` or a `Failure`.
"""

from typing import TYPE_CHECKING

from sphinx_paramdoc.handing_on import later

if TYPE_CHECKING:
    from sphinx_paramdoc.execution.defaults import PREAMBLE, TIMEOUT
    from sphinx_paramdoc.execution.listing import Listing, Source
    from sphinx_paramdoc.execution.messages import ServerSetup
    from sphinx_paramdoc.execution.request import (
        Failure,
        Job,
        Maker,
        Request,
        Response,
        Success,
        WayOut,
        files_of,
    )
    from sphinx_paramdoc.execution.session import Session

__all__ = [
    "PREAMBLE",
    "TIMEOUT",
    "Failure",
    "Job",
    "Listing",
    "Maker",
    "Request",
    "Response",
    "ServerSetup",
    "Session",
    "Source",
    "Success",
    "WayOut",
    "files_of",
]

__getattr__ = later(
    __name__,
    {
        "defaults": "PREAMBLE TIMEOUT",
        "listing": "Listing Source",
        "messages": "ServerSetup",
        "request": "Failure Job Maker Request Response Success WayOut files_of",
        "session": "Session",
    },
)
