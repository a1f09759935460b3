"""The manual of sphinx-paramdoc, built with sphinx-paramdoc."""

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_extensions"))
sys.path.insert(0, str(Path(__file__).parent / "_library"))

from sphinx.errors import PycodeError
from sphinx.pycode import ModuleAnalyzer

from sphinx_paramdoc import __version__

project = "sphinx-paramdoc"
author = "The sphinx-paramdoc developers"
copyright = f"2026, {author}"  # noqa: A001 - Sphinx names it so
version = release = __version__

extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_paramdoc",
    "myst_parser",
    "sphinx_copybutton",
    "sphinx_design",
    "code_pages",
    "setting_lists",
    "own_docstrings",
]
# The library
autodoc_mock_imports = ["keras"]
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
paramdoc_autodoc = {
    "modelzoo.classifiers.build_*": "{name}()",
    "modelzoo.classifiers.tiny": "{name}",
    "modelzoo.transfer.build_backbone": "{name}(widths=(8, 16))",
}
# Autodoc looks at the modules of mocked base classes too, and would import Keras for that.
ModuleAnalyzer.cache.update({("module", name): PycodeError("mocked") for name in ("keras", "keras.layers")})

exclude_patterns = ["_build", "_library", "snippets"]
suppress_warnings = [
    "paramdoc.untracked",  # the page about them shows such a model
    # The manual can be built without Graphviz: what a diagram shows stands in its table as well.
    *([] if shutil.which("dot") else ["paramdoc.diagram"]),
]
nitpicky = True
nitpick_ignore = [("py:class", "collections.abc.Iterator")]  # Python's own manual is asked for nothing
numfig = True
html_theme = "furo"
html_title = "sphinx-paramdoc"
html_static_path = ["_static"]
html_css_files = ["manual.css"]
copybutton_exclude = ".linenos, .gp, .go"
latex_elements = {"papersize": "a4paper"}
