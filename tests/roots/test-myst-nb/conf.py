import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
project = "Toy networks"
autodoc_mock_imports = ["keras", "tensorflow"]
extensions = ["myst_nb", "sphinx_paramdoc"]
nb_execution_mode = "off"
