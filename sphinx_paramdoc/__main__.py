"""``python -m sphinx_paramdoc``, and ``paramsummary``: print the parameter table of a model."""

import sys

from sphinx_paramdoc.command.main import main

if __name__ == "__main__":
    sys.exit(main())
