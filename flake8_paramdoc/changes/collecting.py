"""No search for garbage while the tables are made, nor among them later.

The rows are made once and stay: to look for garbage among them again and again takes longer than to make many of them.
Importing this file stops the search; `resume` starts it again.
"""

from __future__ import annotations

import gc

_was_on = gc.isenabled()
gc.disable()


def resume() -> None:
    """Go on as before, with all that is there by now left out of the search."""
    gc.freeze()
    if _was_on:
        gc.enable()
