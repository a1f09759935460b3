"""The environment of a process that imports a framework."""

from __future__ import annotations

import os
from collections.abc import Mapping

from sphinx_paramdoc.inspection.registry import DEFAULT


def of(added: Mapping[str, str], backend: str | None) -> dict[str, str]:
    """Return all variables of such a process.

    :param added: those that a project gives it.
    :param backend: the backend of Keras, where the project or the block asks for one.
    """
    return {
        # TensorFlow reads its log level when it is loaded; 3: what is an error raises an exception as well.
        "TF_CPP_MIN_LOG_LEVEL": "3",
        # The order of a set of names, and so of what is built from one, is the same in every build.
        "PYTHONHASHSEED": "0",
        # What tf_keras imports starts threads for linear algebra, and a process with threads is none to fork.
        "OPENBLAS_NUM_THREADS": "1",
        **os.environ,
        **added,
        **({DEFAULT.backend_variable: backend} if backend else {}),
    }


def framework_title(backend: str | None, environment: Mapping[str, str] = {}) -> str:
    """Return what a process with such an environment spends its time on importing, as people write it.

    :param backend: the backend of Keras, where the project or the block asks for one.
    :param environment: the variables that it gets besides those of this process.
    """
    name = backend or {**os.environ, **environment}.get(DEFAULT.backend_variable) or next(iter(DEFAULT.backends))
    return DEFAULT.backends.get(name, name)
