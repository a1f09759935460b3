"""The manual of sphinx-paramdoc, built with sphinx-paramdoc."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_extensions"))

from sphinx_paramdoc import __version__

project = "sphinx-paramdoc"
author = "The sphinx-paramdoc developers"
copyright = f"2026, {author}"  # noqa: A001 - Sphinx names it so
version = release = __version__

extensions = [
    "sphinx_paramdoc",
    "myst_parser",
    "sphinx_copybutton",
    "sphinx_design",
    "code_pages",
    "config_table",
]
exclude_patterns = ["_build", "snippets"]
nitpicky = True
numfig = True
html_theme = "furo"
html_title = "sphinx-paramdoc"
html_static_path = ["_static"]
html_css_files = ["manual.css"]
copybutton_exclude = ".linenos, .gp, .go"
latex_elements = {"papersize": "a4paper"}
