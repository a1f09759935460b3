import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
project = "Toy networks"
autodoc_mock_imports = ["keras", "tensorflow"]
extensions = ["sphinx_gallery.gen_gallery", "sphinx_paramdoc"]
sphinx_gallery_conf = {
    "examples_dirs": "examples",
    "gallery_dirs": "gallery",
    "plot_gallery": False,
    "image_scrapers": (),
    "reset_modules": (),
}
exclude_patterns = ["examples"]
