"""Print what classes and functions of ``tf_keras`` take through ``**kwargs``, and the installed Keras refuses.

``python -m tools.keras_kwargs``. Signatures do not say it: a class hands ``**kwargs`` to the class above, or looks for
names in it. So each is called with every name that one of both may take, in both packages, and what the tables and the
exceptions tell is left out.
"""

from __future__ import annotations

import importlib
import inspect
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from tools.keras_changes import Difference, is_told, reason

MODULES = ("layers", "optimizers", "losses", "metrics", "callbacks", "initializers", "regularizers", "constraints")
"""The modules whose classes are called."""

_GIVEN: dict[str, Any] = {
    "units": 2, "filters": 2, "kernel_size": 2, "input_dim": 2, "output_dim": 2, "rate": 0.1, "num_heads": 2,
    "key_dim": 2, "n": 2, "target_shape": (4,), "dims": (1,), "function": abs, "activation": "relu", "num_bins": 3,
    "factor": 0.1, "height": 4, "width": 4, "stddev": 0.1, "scale": 1.0, "axes": 1, "height_factor": 0.1,
    "width_factor": 0.1, "num_tokens": 4, "target_height": 2, "target_width": 2, "group_size": 2, "fn": abs,
    "threshold": 0.5, "thresholds": 0.5, "num_classes": 2, "recall": 0.5, "precision": 0.5, "specificity": 0.5,
    "sensitivity": 0.5, "target_class_ids": [0], "shape": (4,), "filepath": "model.keras", "filename": "log.csv",
    "schedule": abs, "backup_dir": "folder", "bin_boundaries": [0.0], "max_tokens": 4,
}  # fmt: skip
"""What is passed where something must be."""

_TAKEN = re.compile(r"kwargs(?:\.pop\(|\.get\(|\[)\s*[\"'](\w+)[\"']|[\"'](\w+)[\"'] (?:not )?in kwargs")
_ALLOWED = re.compile(r"allowed_kwargs = \{([^}]*)\}")
_BELONGING = frozenset({"self", "args", "kwargs", "cell", "layer"})


def taken(package: str) -> Iterator[tuple[str, str, bool, bool]]:
    """Yield each name that may be passed by keyword: of what, the name, and whether each of both packages takes it.

    :param package: the older one.
    """
    for module in MODULES:
        old, new = (importlib.import_module(f"{each}.{module}") for each in (package, "keras"))
        for name in sorted(vars(old)):
            made = getattr(old, name)
            today = getattr(new, name, None)
            if not inspect.isclass(made) or not inspect.isclass(today) or name.startswith("_"):
                continue
            for argument, values in sorted(candidates(made).items()):
                answers = [any(takes(each, argument, value) for value in values) for each in (made, today)]
                yield f"keras.{module}.{name}", argument, answers[0], answers[1]


def candidates(made: type) -> dict[str, list[Any]]:
    """Return the names that a class, or one above it, may take, each with values that are tried."""
    found: dict[str, list[Any]] = {}
    for above in made.__mro__:
        with suppress(KeyError, TypeError, ValueError):
            for parameter in inspect.signature(vars(above)["__init__"]).parameters.values():
                default = parameter.default
                found.setdefault(parameter.name, []).append(None if default is parameter.empty else default)
        with suppress(KeyError, TypeError, OSError):
            source = inspect.getsource(vars(above)["__init__"])
            names = [one or other for one, other in _TAKEN.findall(source)]
            names += [name for listed in _ALLOWED.findall(source) for name in re.findall(r"[\"'](\w+)[\"']", listed)]
            for name in names:
                found.setdefault(name, []).extend([None, False, True, 4, (4,), "float32"])
    return {name: values for name, values in found.items() if name not in _BELONGING}


def takes(made: Any, argument: str, value: Any) -> bool:
    """Tell whether something can be called with an argument."""
    given = {}
    with suppress(KeyError, TypeError, ValueError):
        for parameter in inspect.signature(made).parameters.values():
            if parameter.default is parameter.empty and parameter.kind is parameter.POSITIONAL_OR_KEYWORD:
                given[parameter.name] = _GIVEN.get(parameter.name)
    if value is None and argument in given:
        value = given[argument]
    try:
        made(**{**given, argument: value})
    except Exception:  # whatever it raises, it does not take it
        return False
    return True


def main() -> None:
    """Print what the older package takes, the newer refuses, and nobody tells."""
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    for name, argument, before, after in taken("tf_keras"):
        difference = Difference(name, "argument", argument)
        if before and not after and not is_told(difference) and reason(difference) is None:
            print(difference)


if __name__ == "__main__":
    main()
