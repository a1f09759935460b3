import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
project = "Toy networks"
autodoc_mock_imports = ["keras", "tensorflow"]
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_paramdoc"]
autoclass_content = "both"
paramdoc_autodoc = {
    "toynets.models.begin": "{name}().nothing",
    "toynets.models.b*": "{name}()",
    "toynets.models.Net": "toynets.models:build_mlp(13)\n:code: above\n:total: 1005",
    "toynets.models.other": "{name}",
}
