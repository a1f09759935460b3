import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
project = "Toy networks"
autodoc_mock_imports = ["keras", "tensorflow"]
extensions = ["sphinx.ext.autodoc", "sphinx.ext.autosummary", "numpydoc", "sphinx_paramdoc"]
numpydoc_show_class_members = False
paramdoc_autodoc = {"toynets.numbers.plain": "{name}()"}
