"""What changed in Keras, as data: files for each step from one major version to the next, and their indexes."""

import gc

# The rows are made once and stay: to look for garbage among them again and again takes longer than to make many.
_collects = gc.isenabled()
gc.disable()

from flake8_paramdoc.changes.index import (  # noqa: E402
    ARGUMENTS,
    BEHAVIOURS,
    CALLED,
    CHANGES,
    DISTINCTIVE,
    DISTINCTIVE_MEMBERS,
    FIRST_PLACES,
    LITERALS,
    MEMBERS,
    MODULES,
    NAMES,
    OLD_ARGUMENTS,
    OLD_MEMBERS,
    OLD_NAMES,
    PACKAGES,
    PLACED,
    POSITIONS,
    REQUIRED,
    TENSOR_FUNCTIONS,
    VALUES,
    brings,
    is_old_pair,
    known_names,
    moved,
    old_arguments,
    public,
)

# Nor is it looked for among them later, with each file that is read.
gc.freeze()
if _collects:
    gc.enable()

__all__ = [
    "ARGUMENTS",
    "BEHAVIOURS",
    "CALLED",
    "CHANGES",
    "DISTINCTIVE",
    "DISTINCTIVE_MEMBERS",
    "FIRST_PLACES",
    "LITERALS",
    "MEMBERS",
    "MODULES",
    "NAMES",
    "OLD_ARGUMENTS",
    "OLD_MEMBERS",
    "OLD_NAMES",
    "PACKAGES",
    "PLACED",
    "POSITIONS",
    "REQUIRED",
    "TENSOR_FUNCTIONS",
    "VALUES",
    "brings",
    "is_old_pair",
    "known_names",
    "moved",
    "old_arguments",
    "public",
]
