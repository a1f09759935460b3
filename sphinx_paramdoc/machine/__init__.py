"""What is on this machine: the files of the project, their digests, what is installed. Nothing is imported for it."""

from sphinx_paramdoc.machine.first_party import FirstParty, import_path, locate

__all__ = ["FirstParty", "import_path", "locate"]
