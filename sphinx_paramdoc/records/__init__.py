"""What blocks gave in earlier builds: where it is kept, whether it is still true, and how it is packed."""

from sphinx_paramdoc.records.reading import Record
from sphinx_paramdoc.records.store import Records

__all__ = ["Record", "Records"]
