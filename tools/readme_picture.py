"""Make the pictures that README opens with: the table of the manual's first model, in a light and in a dark page.

``python tools/readme_picture.py`` in the root of a clone builds a page with that table, opens it in Debian's Chromium
and writes ``docs/_static/readme-light.png`` and ``readme-dark.png``. It needs what the extra ``[test]`` brings, and
Liberation's fonts (Debian's ``fonts-liberation``): others are wider, and the table would look crowded.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import FloatRect, Locator, sync_playwright

ROOT = Path(__file__).parent.parent
SNIPPET = ROOT / "docs" / "snippets" / "seed.rst"
PICTURES = ROOT / "docs" / "_static"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

CONF = """\
extensions = ["sphinx_paramdoc"]
html_theme = "furo"
html_title = "Models"
html_theme_options = {"sidebar_hide_name": True}
paramdoc_legend = False
"""
WIDTH = 1380
"""Of the window, in pixels of CSS: furo's column is as wide as it gets."""

MARGIN = 12
"""Around the table, in pixels of CSS."""

COLOURS = 48
"""Text in one colour on another needs no more; a palette makes the file a third."""


def build(folder: Path) -> Path:
    """Build a page that holds the table alone, and return its file."""
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    page = f"Models\n======\n\n{SNIPPET.read_text(encoding='utf-8')}"
    (folder / "index.rst").write_text(page, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", str(folder), str(folder / "html")]
    subprocess.run(command, check=True)
    return folder / "html" / "index.html"


def around(table: Locator) -> FloatRect:
    """Return the part of the page that holds a table and a margin around it."""
    box = table.bounding_box()
    assert box is not None, "the page shows no table"
    return {
        "x": box["x"] - MARGIN,
        "y": box["y"] - MARGIN,
        "width": box["width"] + 2 * MARGIN,
        "height": box["height"] + 2 * MARGIN,
    }


def main() -> None:
    """Write both pictures."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        page_file = build(Path(name))
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for scheme in SCHEMES:
            page = chromium.new_page(
                color_scheme=scheme, device_scale_factor=2, viewport={"width": WIDTH, "height": 900}
            )
            page.goto(page_file.as_uri())
            file = PICTURES / f"readme-{scheme}.png"
            page.screenshot(path=file, clip=around(page.locator("table.paramdoc")), animations="disabled")
            with Image.open(file) as picture:
                picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
        chromium.close()


if __name__ == "__main__":
    main()
