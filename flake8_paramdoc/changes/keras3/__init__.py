"""What changed from Keras 2 to Keras 3: a file for each kind of change, which is the last digit of its code.

The names of the old backend, which has become another module, have a file of their own.
"""

from flake8_paramdoc.changes.keras3 import arguments, backend_names, members, names, positions, values

CHANGES = (
    *arguments.CHANGES,
    *values.CHANGES,
    *positions.CHANGES,
    *names.CHANGES,
    *backend_names.CHANGES,
    *members.CHANGES,
)

__all__ = ["CHANGES"]
