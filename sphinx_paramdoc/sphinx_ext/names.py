"""What Sphinx, its other extensions and the environment know by a name that several files must spell alike."""

from __future__ import annotations

FORMULA = "paramformula"
"""The role that says how a count comes about."""

AUTODOC = "paramdoc-autodoc"
"""The directive that is added to a docstring; nobody writes it."""

COVERED = "covered"
"""Its option that says that the docstring shows the model by itself."""

EVENT = "autodoc-process-docstring"
"""The event of autodoc that lets it be added."""

DOT = "graphviz_dot"
"""The value of ``conf.py`` that says where `dot` is, by the name that it has in Sphinx's own extension for graphs."""

PICTURES = "paramdoc-diagrams"
"""The folder, beside the doctrees, of what `dot` drew.

Pictures are kept under the digests of their texts, and what tells which program drew them.
"""

MODELS = "paramdoc models"
"""Under this name the models of the page that is read are kept until it has been."""
