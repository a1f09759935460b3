"""What helps where a block fails, in the words of the place that it is written in: a page, a pattern, a terminal."""

from __future__ import annotations

import msgspec

from flake8_paramdoc.texts import slips
from sphinx_paramdoc.execution import Failure, Listing


class Place(msgspec.Struct, frozen=True):
    """How things are said in one kind of place."""

    option: str
    """How an option is written, with ``{}`` for its name."""
    module: str
    """How a module comes to be found."""
    framework: str = ""
    """What is done without the framework, besides installing it."""
    memory: str = ""
    """How more memory is allowed, where there is a limit."""


_IN_CONF = "add its folder to sys.path in conf.py, or install it where the documentation is built"
_WITHOUT = "where the documentation is built, or build it from committed records (paramdoc_records)"

PAGE = Place(":{}:", _IN_CONF, _WITHOUT, "paramdoc_memory_limit")
TERMINAL = Place("--{}", "run the command in the folder that holds it, or install it")
TEXT_OF_PATTERN = Place(":{}: on a line below the expression", _IN_CONF, _WITHOUT, "paramdoc_memory_limit")
MAPPING_OF_PATTERN = Place("{!r} beside the 'expression'", _IN_CONF, _WITHOUT, "paramdoc_memory_limit")


def told(failure: Failure, listing: Listing, place: Place) -> str:
    """Return what a failure says, and in its first line what helps."""
    first, *rest = failure.message.split("\n")
    return "\n".join([f"{first}{_advice(failure, listing, place)}", *rest])


def _advice(failure: Failure, listing: Listing, place: Place) -> str:
    """Return what helps, with the sign that parts it from what is wrong."""
    match failure.way_out:
        case "input-shape":
            return f", or say it with {place.option.format(failure.way_out)}"
        case "model":
            return f", or say which is meant with {place.option.format(failure.way_out)}"
        case "timeout":
            return f"; {place.option.format(failure.way_out)} allows it more"
        case "memory":
            return f"; {place.memory} allows it more" if place.memory else ""
        case "module":
            return f": {place.module}"
        case "framework":
            return f" {place.framework}" if place.framework else ""
        case "syntax":
            return _of_syntax(failure, listing)
    return ""


def _of_syntax(failure: Failure, listing: Listing) -> str:
    frame = failure.frames[-1]
    if frame.part != "code" or not listing.code:
        return ""
    advice = slips.advice(listing.code.text.split("\n"), frame.line)
    return f" ({advice})" if advice else ""
