"""Parameter tables that explain and prove every count of a Keras model.

A Sphinx extension (``extensions = ["sphinx_paramdoc"]``), a command (``paramsummary``) and a function (`explain`).
Importing the package loads neither Sphinx nor a framework.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from sphinx_paramdoc.live import ParameterTable

__version__ = "0.1.0"
__all__ = ["explain", "setup"]


def explain(model: Any, unfold: bool = False) -> ParameterTable:
    """Return the parameter table of a live Keras model or layer, or of a ``tf.Module``.

    It prints as text; ``.to_json()``, ``.rows``, ``.total``, ``.trainable`` and ``.non_trainable`` give it to programs.

    :param unfold: whether each of several equal layers that follow each other has a row of its own.
    :raises TypeError: where `model` is none of them.
    :raises sphinx_paramdoc.inspection.NotBuiltError: where it has no weights yet.
    """
    from sphinx_paramdoc import live

    return live.explain(model, unfold)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension with Sphinx."""
    from sphinx_paramdoc.sphinx_ext import extension

    return extension.setup(app)
