"""What a browser says of the tables in a page: what is too wide, cut, faint, or found by axe-core."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

FAULTS = """
() => {
  const faults = [];
  const parse = text => text.match(/-?[\\d.]+/g).map(Number);
  const channels = text => {
    const [r, g, b, a = 1] = parse(text.replace("srgb", ""));
    return text.startsWith("color") ? [r * 255, g * 255, b * 255, a] : [r, g, b, a];
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((value, i) => value * a + below[i] * (1 - a));
  const light = rgb => rgb.map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = node => {
    const layers = [];
    for (let each = node; each; each = each.parentElement)
      layers.unshift(channels(getComputedStyle(each).backgroundColor));
    return layers.reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const contrast = node => {
    const ground = behind(node);
    const [a, b] = [light(over(channels(getComputedStyle(node).color), ground)), light(ground)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  // The sign of a link to the place itself is the theme's, and shows where a mouse points.
  const isShown = node => node.checkVisibility({visibilityProperty: true}) && !node.closest(".headerlink");
  const texts = root => {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walk.nextNode()) {
      const node = walk.currentNode;
      if (node.data.trim() && isShown(node.parentElement)) found.push(node);
    }
    return found;
  };
  const lines = node => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return new Set([...range.getClientRects()].filter(box => box.width).map(box => Math.round(box.bottom))).size;
  };
  for (const table of document.querySelectorAll("table.paramdoc")) {
    const box = table.getBoundingClientRect();
    const room = table.parentElement.getBoundingClientRect();
    if (!box.height) faults.push(["no table"]);
    if (box.width > room.width + 1) faults.push(["wide", box.width, room.width]);
    for (const cell of table.querySelectorAll("th, td")) {
      const own = cell.getBoundingClientRect();
      // A head that is there for screen readers alone.
      if (cell.closest("thead")?.getBoundingClientRect().width <= 1) continue;
      if (cell.scrollWidth > cell.clientWidth + 1 || own.right > box.right + 1)
        faults.push(["overflows", cell.textContent]);
    }
    for (const name of table.querySelectorAll(".paramdoc-name, .paramdoc-class"))
      for (const word of texts(name)) if (lines(word) > 1) faults.push(["cut", word.data]);
    for (const cell of table.querySelectorAll("tbody .paramdoc-number")) {
      if (!cell.checkVisibility() || !cell.textContent.trim()) continue;
      if (getComputedStyle(cell).textAlign !== "end") faults.push(["to the left", cell.textContent]);
      for (const number of texts(cell)) if (lines(number) > 1) faults.push(["broken", cell.textContent]);
    }
    for (const text of texts(table))
      if (contrast(text.parentElement) < 4.5) faults.push(["faint", text.data, contrast(text.parentElement)]);
  }
  return faults;
}
"""
"""Gives a list of faults, each with what it is and where."""

AXE = """
async () => (await axe.run({include: [["table.paramdoc"]]}, {resultTypes: ["violations"]})).violations
  .map(found => [found.id, found.nodes[0].html])
"""


@contextmanager
def browsing() -> Iterator[Any]:
    """Run Debian's Chromium."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield running
        running.close()


def axe_core(repository: Path) -> Path | None:
    """Give the script of axe-core, where npm has installed it."""
    named = os.environ.get("AXE_CORE")
    script = Path(named) if named else repository / "node_modules" / "axe-core" / "axe.min.js"
    return script if script.is_file() else None
