import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "package"))

extensions = ["sphinx_paramdoc"]
numfig = True
