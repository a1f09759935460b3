"""What stands where code should, and is none: the commonest slips, and the way out of each in a sentence."""

from __future__ import annotations

import keyword
import re
from collections.abc import Sequence
from itertools import pairwise

# Compiled when they are first asked for: most builds have nothing that fails.
_OPTION = r":(?P<name>[A-Za-z][\w-]*):(?=\s|$)"
_COMMAND = r"(?P<command>[%!]{1,2}[A-Za-z_][\w-]*)"
_QUESTION = r"\?{1,2}[\w.]+|[\w.]+\?{1,2}"
_PROMPT = ">>>"
_FENCE = r"(?P<fence>`{3,}|~{3,}|:{3,})"
_MARKUP = r"\.\. "
_BLOCK_ENDS = r".*[:(\[{,\\]\s*(#.*)?"
_WORDS = r"(?s)[^\W\d_][\w'’-]*(?P<rest>(?:,? [\w'’-]+){2,})(?P<end>.*)"
_PUNCTUATION = r"[\s\w.,;:!?'’\"()/–—-]*"
_LEAST_WORDS = 3


def option(line: str) -> str:
    """Return the name of the option that a line of code is taken for, which no code begins with; else ''."""
    match = re.match(_OPTION, line.strip())
    return match["name"] if match else ""


def of_option(name: str) -> str:
    """Say where an option belongs that stands among the code."""
    return f":{name}: looks like an option: options stand directly below the directive, before the blank line"


def advice(lines: Sequence[str], line: int) -> str:
    """Say what to do about code that does not parse, in a sentence; '' where Python's own words must do.

    :param line: the line, the first is 1, at which Python gives up.
    """
    if not 0 < line <= len(lines):
        return ""
    text = lines[line - 1].strip()
    if name := option(text):
        return of_option(name)
    if match := re.match(_COMMAND, text):
        return f"{match['command']} is a command of notebooks, which Python itself does not know: leave it out"
    if re.fullmatch(_QUESTION, text):
        return f"{text} asks a notebook for help, which Python itself does not know: leave it out"
    if text.startswith(_PROMPT):
        return _of_prompt(text, is_first=not any(map(str.strip, lines[: line - 1])))
    if match := re.match(_FENCE, text):
        return f"{match['fence']} is a fence of Markdown: the content is the code itself, so leave it out"
    if re.match(_MARKUP, text):
        return "this is reStructuredText: indent it less, so that the block ends before it"
    if _is_prose(text):
        return "this line reads as prose: the content is code alone, so write the sentence outside, or as a comment"
    return _of_indentation(lines, line)


def _of_prompt(text: str, is_first: bool) -> str:
    if text != _PROMPT and not text.startswith(f"{_PROMPT} "):
        return f"a blank belongs behind the prompt {_PROMPT}"
    if is_first:
        return ""
    return (
        f"prompts are taken off where the content begins with one: write {_PROMPT} before its first line too, "
        "or nowhere"
    )


def _is_prose(text: str) -> bool:
    """Tell whether a line consists of words as no code does: two names, side by side, that mean nothing to Python."""
    match = re.fullmatch(_WORDS, text)
    if match is None or not re.fullmatch(_PUNCTUATION, text):
        return False
    words = [word.strip(",") for word in text[: match.start("end")].split()]
    names = [not keyword.iskeyword(word) for word in words]
    return len(words) >= _LEAST_WORDS and names[0] and any(a and b for a, b in pairwise(names))


def _of_indentation(lines: Sequence[str], line: int) -> str:
    before = next((text for text in reversed(lines[: line - 1]) if text.strip()), "")
    text = lines[line - 1]
    if _indentation(text) > _indentation(before) and not re.fullmatch(_BLOCK_ENDS, before):
        return "the lines of a block begin in one column, and this one stands further to the right than those around it"
    return ""


def _indentation(text: str) -> int:
    return len(text) - len(text.lstrip())
