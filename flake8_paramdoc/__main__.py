"""``python -m flake8_paramdoc``: find outdated Keras code, and write it anew."""

import sys

from flake8_paramdoc.command.main import main

if __name__ == "__main__":
    sys.exit(main())
