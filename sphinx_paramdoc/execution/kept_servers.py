"""All servers of this user that are kept: what each does, and how it is ended."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

from sphinx_paramdoc.execution import kept, wire
from sphinx_paramdoc.execution.messages import About, Message, Stop, Tell, read_line
from sphinx_paramdoc.execution.places import Place, clear_up
from sphinx_paramdoc.execution.session import CAN_FORK

_PATIENCE = 10.0
"""Seconds that a server may take to answer: one that imports a framework answers afterwards."""

_SHORTLY = 0.05


def status() -> list[str]:
    """Return a paragraph about each server that runs."""
    return [_described(place, _asked(place, Tell())) for place in _running()]


def stop() -> list[str]:
    """End each server that runs, and what it runs; return a sentence about each."""
    ended = []
    for place in _running():
        with contextlib.suppress(OSError):
            ended.append(f"ended: {_name(place)}")
            _asked(place, Stop())
            latest = time.monotonic() + _PATIENCE
            while _listens(place) and time.monotonic() < latest:
                time.sleep(_SHORTLY)
            place.end()  # one that does not answer, as it was stopped by a signal
        clear_up(place.address.parent)
    kept.leave_nothing(kept.user_folder())
    return ended


def _running() -> Iterator[Place]:
    """Yield where servers run; what others left that were killed goes."""
    for folder in kept.folders() if CAN_FORK else []:
        place = Place(kept.address(folder), is_kept=True)
        if _listens(place):
            yield place
        else:
            clear_up(folder)
    if CAN_FORK:
        kept.leave_nothing(kept.user_folder())


def _listens(place: Place) -> bool:
    connection = place.connect()
    if connection:
        connection.close()
    return connection is not None


def _asked(place: Place, message: Message) -> About | None:
    """Return what a server says of itself; ``None`` where it says nothing."""
    with contextlib.suppress(OSError, wire.UnreadableError):
        if connection := place.connect():
            with connection:
                connection.settimeout(_PATIENCE)
                connection.sendall(wire.encode(message) + b"\n")
                line, _ = read_line(connection)
                about: About = wire.decode(line, About)
                return about
    return None


def _described(place: Place, about: About | None) -> str:
    if about is None:
        return f"{_name(place)}\n  does not answer: it imports a framework, or was stopped"
    ends = "has work" if about.builds or about.running else f"ends in {_time(about.keep - about.idle)} without work"
    what = [
        f"interpreter {about.interpreter}",
        *([f"backend {about.backend}"] if about.backend else []),
        f"preamble {about.preamble!r}",
    ]
    counts = f"{_many(about.builds, 'build')} now, {_many(about.running, 'block')} running, {about.ran:,} run so far"
    return "\n".join(
        (
            f"process {about.process}, for {_time(time.time() - about.since)}, {about.memory / 2**20:,.0f} MiB",
            f"  {', '.join(what)}",
            f"  {counts}; {ends}",
        )
    )


def _name(place: Place) -> str:
    return f"the server of {place.address.parent}"


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}{'s' * (count != 1)}"


def _time(seconds: float) -> str:
    """Return a time as a person reads it: ``2 min 5 s``."""
    minutes, left = divmod(max(int(seconds), 0), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "h"), (minutes, "min"), (left, "s")]
    first = next((number for number, (count, _) in enumerate(parts) if count), 2)
    return " ".join(f"{count} {unit}" for count, unit in parts[first : first + 2])
