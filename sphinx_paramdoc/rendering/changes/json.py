"""What changed, for programs; the manual describes the form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sphinx_paramdoc.difference.changes import Change, Difference
from sphinx_paramdoc.difference.parts import Layer, Whole

SCHEMA = 1
"""The version of the form."""


def render(difference: Difference) -> str:
    """Write what changed, at every depth."""
    plain: dict[str, Any] = {
        "schema": SCHEMA,
        "before": _model(difference.before),
        "after": _model(difference.after),
        "changes": [_change(change, "", "") for change in difference.changes],
    }
    if difference.moved:
        plain["moved"] = _paths(difference.moved, "")
    return json.dumps(plain, ensure_ascii=False, indent=2)


def _model(whole: Whole) -> dict[str, Any]:
    return {
        "name": whole.name,
        "class": whole.class_name,
        "total": whole.total,
        "trainable": whole.trainable,
        "non_trainable": whole.non_trainable,
        "size_bytes": whole.size_bytes(),
    }


def _change(change: Change, before: str, after: str) -> dict[str, Any]:
    """Return a change as plain data.

    :param before: what stands before the names of layers of the first model.
    :param after: the same of the second.
    """
    was, now = _paths(change.before, before), _paths(change.after, after)
    plain: dict[str, Any] = {
        "path": (now or was)[0],
        "before_path": was[0] if was else None,
        "kind": change.kind,
        "params": list(change.params),
        "trainable": list(change.trainable),
        "because": list(change.because),
    }
    if max(len(was), len(now)) > 1:
        plain |= {"paths": now, "before_paths": was}
    if change.inside:
        plain["inside"] = [_change(each, f"{was[0]}/", f"{now[0]}/") for each in change.inside]
    return plain


def _paths(layers: Sequence[Layer], around: str) -> list[str]:
    return [around + layer.name for layer in layers]
