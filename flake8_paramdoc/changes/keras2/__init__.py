"""What changed from Keras 1 to Keras 2: a file for each kind of change, which is the last digit of its code."""

from flake8_paramdoc.changes.keras2 import arguments, members, names, positions, values

CHANGES = (*arguments.CHANGES, *values.CHANGES, *positions.CHANGES, *names.CHANGES, *members.CHANGES)

__all__ = ["CHANGES"]
