"""What one block asks for, as its author wrote it, and where each part of it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sphinx.util.docutils import SphinxDirective

from sphinx_paramdoc.execution import Listing, Source
from sphinx_paramdoc.notation.options import MisuseError, read
from sphinx_paramdoc.notation.settings import Configuration, Options
from sphinx_paramdoc.sphinx_ext.written_at import WrittenAt


@dataclass(frozen=True)
class Asked:
    """One block."""

    place: WrittenAt
    text: str
    """The directive with all that is indented below it."""
    code: Source | None
    expression: str
    """What gives the model, or ''; in a docstring that says nothing of it, the documented object."""
    options: Options
    preamble: str
    misuse: MisuseError | None = None
    """What is wrong with how it is written; the options are then as the author wrote them, as far as a page needs."""

    @property
    def listing(self) -> Listing:
        """The code of the block, each part with its place."""
        file, line = self.place.file, self.place.line
        model = self.options.model
        return Listing(
            preamble=self.preamble,
            module=self.place.module,
            code=self.code,
            expression=Source(self.expression, file, line) if self.expression else None,
            model=Source(model, file, self.line_of("model")) if model else None,
        )

    def offset_of(self, option: str) -> int:
        """Return how many lines an option stands below the directive's first one."""
        # Between colons, or as MyST has it also without the first: option: value
        written = re.compile(rf"\s*:?{re.escape(option)}:")
        lines = self.text.split("\n")
        return next((number for number, line in enumerate(lines) if option and written.match(line)), 0)

    def line_of(self, option: str) -> int:
        """Return the line that an option stands on."""
        return self.place.line + self.offset_of(option)


def asked(directive: SphinxDirective, place: WrittenAt, says: Configuration) -> Asked:
    """Return what a directive asks for.

    :param says: what the project says in ``conf.py``.
    """
    arguments, texts, defaults = directive.arguments, directive.options, says.options
    code = _code(directive, place)
    misuse = None
    try:
        options = read(texts, arguments, code is not None or bool(place.own), _begins_directly(directive), defaults)
    except MisuseError as error:
        misuse = error
        model, caption, name = texts.get("model"), texts.get("caption"), texts.get("name")
        code_position = texts.get("code") or defaults.code
        options = replace(defaults, model=model, caption=caption, name=name, code=code_position)
    own = place.own if code is None and options.model is None else ""
    expression = arguments[0] if arguments else own
    return Asked(place, directive.block_text, code, expression, options, says.preamble, misuse)


def _begins_directly(directive: SphinxDirective) -> bool:
    """Tell whether what docutils takes for an argument stands below the directive's name, not behind it."""
    return bool(directive.arguments) and directive.block_text.split("\n", 1)[0].rstrip().endswith("::")


def _code(directive: SphinxDirective, place: WrittenAt) -> Source | None:
    """Return the code of a block, if it has any."""
    if not directive.content:
        return None
    content = list(directive.content)
    _, offset = directive.content.items[0]
    line = int(offset) + 1 + place.line - directive.get_source_info()[1]
    if line <= place.line:  # MyST counts from the fence
        lines = [text.strip() for text in directive.block_text.split("\n")]
        stripped = [text.strip() for text in content]
        starts = (i for i in range(1, len(lines)) if lines[i : i + len(stripped)] == stripped)
        line = place.line + next(starts, 0)
    return Source("\n".join(content), place.file, place.below(content) or line)
