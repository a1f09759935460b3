import sys
from pathlib import Path

from astroid.manager import AstroidManager

AstroidManager().module_denylist.add("keras")  # to analyse all of it takes seconds
sys.path.insert(0, str(Path(__file__).parent.parent))
project = "Toy networks"
autodoc_mock_imports = ["keras", "tensorflow"]
extensions = ["sphinx.ext.autodoc", "autoapi.extension", "sphinx_paramdoc"]
autoapi_dirs = ["../toynets"]
autoapi_keep_files = True
autoapi_add_toctree_entry = False
