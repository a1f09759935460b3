"""What is found, as text, as JSON, as annotations of GitHub, and as SARIF."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from flake8_paramdoc.command.check import Checked, Left


def as_text(checked: Sequence[Checked]) -> Iterator[str]:
    """Yield a line for each finding, as flake8 writes them."""
    for one in checked:
        for left in one.left:
            yield f"{one.path}:{left.line}:{left.column}: {left.code} {left.message}"


def as_json(checked: Sequence[Checked]) -> Iterator[str]:
    """Yield one object: what is found, what could not be read, and how much was written anew."""
    found = [
        {
            "path": one.path,
            "line": left.line,
            "column": left.column,
            "code": left.code,
            "message": left.message,
            "fix": left.fix or None,
        }
        for one in checked
        for left in one.left
    ]
    errors = [{"path": one.path, "message": one.trouble} for one in checked if one.trouble]
    told = {"schema": 1, "findings": found, "errors": errors, "fixed": sum(one.fixed for one in checked)}
    yield json.dumps(told, indent=1, ensure_ascii=False)


def as_github(checked: Sequence[Checked]) -> Iterator[str]:
    """Yield a command for each finding that GitHub's runners show beside the line."""
    for one in checked:
        for left in one.left:
            place = f"file={_escaped(one.path)},line={left.line},col={left.column},title={left.code}"
            yield f"::error {place}::{_escaped(left.message, of_value=False)}"


def _escaped(text: str, *, of_value: bool = True) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if of_value else text


def as_sarif(checked: Sequence[Checked]) -> Iterator[str]:
    """Yield a log of SARIF 2.1.0."""
    codes = sorted({left.code for one in checked for left in one.left})
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "keras-modernize", "rules": [{"id": code} for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, left) for one in checked for left in one.left],
        "invocations": [
            {
                "executionSuccessful": not any(one.trouble for one in checked),
                "toolExecutionNotifications": [
                    {"level": "error", "message": {"text": f"{one.path} {one.trouble}"}}
                    for one in checked
                    if one.trouble
                ],
            }
        ],
    }
    yield json.dumps(
        {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}, indent=1
    )


def _result(one: Checked, left: Left) -> dict[str, Any]:
    return {
        "ruleId": left.code,
        "level": "error",
        "message": {"text": left.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": PurePath(one.path).as_posix()},
                    "region": {"startLine": left.line, "startColumn": left.column},
                }
            }
        ],
    }


FORMATS: Mapping[str, Callable[[Sequence[Checked]], Iterator[str]]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
"""How what is found can be written."""


def statistics(checked: Sequence[Checked]) -> Iterator[str]:
    """Yield how often each code was found, with the first of its messages, as flake8 does."""
    found = [left for one in checked for left in one.left]
    counts = Counter(left.code for left in found)
    for code in sorted(counts):
        first = next(left for left in found if left.code == code)
        yield f"{counts[code]:<8}{code} {first.message}"
