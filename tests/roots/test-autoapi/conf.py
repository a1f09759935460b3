import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
project = "Toy networks"
autodoc_mock_imports = ["keras", "tensorflow"]
extensions = ["sphinx.ext.autodoc", "autoapi.extension", "sphinx_paramdoc"]
autoapi_dirs = ["../toynets"]
autoapi_keep_files = True
