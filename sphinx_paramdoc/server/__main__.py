"""``python -m sphinx_paramdoc.server``: tells of the servers that are kept, or ends them."""

import argparse
import sys
from collections.abc import Sequence

from sphinx_paramdoc.execution import kept_servers


def main(arguments: Sequence[str] | None = None) -> int:
    """Tell of the servers of this user that are kept, or end them.

    Return the exit status: 0; 1 where none runs. Wrong usage exits with 2 by itself.
    """
    parser = argparse.ArgumentParser(
        prog="python -m sphinx_paramdoc.server",
        description="Tell of the servers that outlive builds (paramdoc_keep_server, --keep-server), or end them.",
    )
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("--status", action="store_true", help="say which run, and for how long yet")
    wanted.add_argument("--stop", action="store_true", help="end them, with what they run")
    read = parser.parse_args(arguments)
    lines = kept_servers.stop() if read.stop else kept_servers.status()
    for line in lines:
        print(line)
    if not lines:
        print("no server is kept", file=sys.stderr)
    return 0 if lines else 1


if __name__ == "__main__":
    sys.exit(main())
