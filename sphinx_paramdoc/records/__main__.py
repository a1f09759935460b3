"""``python -m sphinx_paramdoc.records``: makes the records of a documentation's blocks, and no pages."""

import sys


def main() -> int:
    """Make the records, or look at them; return the exit status."""
    # Workers of an executor may import this file once more, as Python's own do that are started anew.
    from sphinx_paramdoc.sphinx_ext import records_command

    return records_command.main()


if __name__ == "__main__":
    sys.exit(main())
