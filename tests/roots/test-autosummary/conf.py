import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
project = "Toy networks"
autodoc_mock_imports = ["keras", "tensorflow"]
extensions = ["sphinx.ext.autodoc", "sphinx.ext.autosummary", "sphinx.ext.napoleon", "sphinx_paramdoc"]
templates_path = ["_templates"]
paramdoc_autodoc = {
    "toynets.models.undocumented": "{name}()",
    "toynets.models.Nets": "{name}.make()",
    "toynets.models.no_*": "{name}()",
}
