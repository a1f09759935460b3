"""What blocks gave in earlier builds: where it is kept, whether it is still true, and how it is packed."""

from typing import TYPE_CHECKING

from sphinx_paramdoc.handing_on import later

if TYPE_CHECKING:
    from sphinx_paramdoc.records.reading import Record
    from sphinx_paramdoc.records.store import Records

__all__ = ["Record", "Records"]

__getattr__ = later(
    __name__,
    {
        "reading": "Record",
        "store": "Records",
    },
)
