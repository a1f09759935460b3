"""The command that tells of servers that are kept, and ends them: ``python -m sphinx_paramdoc.server``."""
