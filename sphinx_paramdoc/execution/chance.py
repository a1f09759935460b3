"""Whether what was raised may be otherwise another time, with the same code: then nothing is recorded of it."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator

from sphinx_paramdoc.execution import hints

_ERRNO = frozenset(
    {
        errno.EAGAIN,
        errno.EDQUOT,
        errno.EINTR,
        errno.EIO,
        errno.EMFILE,
        errno.ENFILE,
        errno.ENOLCK,
        errno.ENOMEM,
        errno.ENOSPC,
        errno.ETIMEDOUT,
    }
)
"""What a system says that has no more of something now."""

_KINDS = (MemoryError, TimeoutError, KeyboardInterrupt)

_NAMES = frozenset({"OutOfMemoryError", "ResourceExhaustedError", "UnavailableError", "DeadlineExceededError"})
"""How frameworks name errors of that kind, which are no errors of memory to Python."""

_SAYS = re.compile(r"RESOURCE_EXHAUSTED|out of memory|can't allocate memory|can't start new thread", re.IGNORECASE)
"""What errors of any kind say then."""

_LONGEST_CHAIN = 100
"""An error may name itself as its cause."""


def is_by_chance(error: BaseException) -> bool:
    """Tell whether an error comes from the network, or from what a machine lacked just then."""
    return hints.is_of_network(error) or any(map(_is_of_lack, _chain(error)))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and what led to it."""
    for _ in range(_LONGEST_CHAIN):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def _is_of_lack(error: BaseException) -> bool:
    if isinstance(error, _KINDS) or type(error).__name__ in _NAMES:
        return True
    if isinstance(error, OSError):
        return error.errno in _ERRNO
    return isinstance(error, RuntimeError) and any(isinstance(said, str) and _SAYS.search(said) for said in error.args)
