import sys
from pathlib import Path

from astroid.manager import AstroidManager

AstroidManager().module_denylist.add("keras")  # to analyse all of it takes seconds
sys.path.insert(0, str(Path(__file__).parent.parent))
project = "Toy networks"
autodoc_mock_imports = ["keras", "tensorflow"]
extensions = ["myst_parser", "autodoc2", "sphinx_paramdoc"]
autodoc2_packages = ["../toynets", "../marknets"]
autodoc2_render_plugin = "myst"
autodoc2_docstring_parser_regexes = [(r"marknets.*", "myst"), (r".*", "rst")]
