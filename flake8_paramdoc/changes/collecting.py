"""No search for garbage while the tables are made.

The rows are made once and stay: to look for garbage among them again and again takes longer than to make many of them.
Importing this file stops the search; `resume` starts it again. What else the process holds is left as it is: to freeze
the tables would freeze that too.
"""

from __future__ import annotations

import gc

_was_on = gc.isenabled()
gc.disable()


def resume() -> None:
    """Go on as before."""
    if _was_on:
        gc.enable()
