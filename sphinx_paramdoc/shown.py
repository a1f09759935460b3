"""How what Python is given shows itself: in a notebook as HTML, or as Markdown where there is none, else as text."""

from __future__ import annotations


class Shown:
    """Something with a text, Markdown and HTML."""

    def to_text(self) -> str:
        """Return it as text."""
        raise NotImplementedError

    def to_markdown(self) -> str:
        """Return it as Markdown."""
        raise NotImplementedError

    def to_html(self) -> str:
        """Return it as HTML."""
        raise NotImplementedError

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        return self.to_html()

    def _repr_markdown_(self) -> str:
        """Return what shows where there is no HTML."""
        return self.to_markdown()

    def __str__(self) -> str:
        """Return it as text."""
        return self.to_text()

    def __repr__(self) -> str:
        """Return it as text, so that a prompt shows it."""
        return str(self)
