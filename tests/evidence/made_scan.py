"""Pictures of words, as a scanner makes them."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

from markterm.evidence.folder import EvidenceFile
from tests.evidence.made import evidence


def scanned(path: Path, pages: int = 1) -> EvidenceFile:
    """A scan of so many pages, each with something black on it, at that path."""
    page = Image.new("L", (200, 100), 255)
    ImageDraw.Draw(page).rectangle((10, 20, 110, 40), fill=0)
    page.save(path, save_all=True, append_images=[page] * (pages - 1)) if pages > 1 else page.save(path)
    return evidence(path, path.read_bytes())
