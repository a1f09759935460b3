"""Installed distributions, made by hand."""

from __future__ import annotations

import json
from pathlib import Path


def install(
    site: Path, name: str, *files: str, version: str = "1.0", source: Path | str | None = None, metadata: str = ""
) -> Path:
    """Write the files and the metadata of a distribution, as pip does.

    :param files: what it brings; the content of those that are there already is kept.
    :param source: where it was installed from, if not from an index.
    :param metadata: further lines of its metadata.
    :return: the folder of its metadata.
    """
    folder = site / f"{name.replace('-', '_')}-{version}.dist-info"
    folder.mkdir(parents=True)
    for file in files:
        (site / file).parent.mkdir(parents=True, exist_ok=True)
        (site / file).touch()
    folder.joinpath("METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{metadata}\n\nA text: with a colon.\n"
    )
    folder.joinpath("RECORD").write_text("".join(f"{file},sha256=x,0\n" for file in files))
    if source is not None:
        url = source if isinstance(source, str) else source.as_uri()
        folder.joinpath("direct_url.json").write_text(json.dumps({"url": url, "dir_info": {}}))
    return folder
