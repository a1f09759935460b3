"""What is on this machine: the files of the project, their digests, what is installed. Nothing is imported for it."""

from typing import TYPE_CHECKING

from sphinx_paramdoc.handing_on import later

if TYPE_CHECKING:
    from sphinx_paramdoc.machine.first_party import FirstParty, import_path, locate

__all__ = ["FirstParty", "import_path", "locate"]

__getattr__ = later(
    __name__,
    {
        "first_party": "FirstParty import_path locate",
    },
)
