"""Draws the gallery: `python -m tests.gallery` all of it, `python -m tests.gallery caseload map` those alone.

The recording is called `recording`.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.gallery.drawing import at_a_fixed_moment, drawn, go_to, leave, sat_down
from tests.gallery.pictures import RECORDING, SITTINGS
from tests.gallery.recording import recorded

GALLERY = Path(__file__).parents[2] / "gallery"


async def draw(folder: Path, wanted: Sequence[str]) -> list[str]:
    """Draw the pictures of these names, or all of them; what could not be drawn, in words."""
    failed = []
    for sat in SITTINGS:
        pictures = [each for each in sat.pictures if not wanted or each.name in wanted]
        if not pictures:
            continue
        async with sat_down(sat, folder) as at:
            for picture in pictures:
                try:
                    await go_to(at, picture)
                    async for name, svg in drawn(at, picture):
                        (GALLERY / f"{name}.svg").write_text(svg, "utf-8")
                except AssertionError as error:
                    failed.append(str(error))
                print(picture.name, flush=True)  # noqa: T201 - it takes minutes
                await leave(at)
    if not wanted or RECORDING in wanted:
        (GALLERY / f"{RECORDING}.svg").write_text(await recorded(folder), "utf-8")
    return failed


if __name__ == "__main__":
    GALLERY.mkdir(exist_ok=True)
    # Some screens say where something lies: it is the same place every time.
    there = Path(tempfile.gettempdir()) / "markterm-gallery"
    shutil.rmtree(there, ignore_errors=True)
    there.mkdir()
    try:
        with at_a_fixed_moment():
            failed = asyncio.run(draw(there, sys.argv[1:]))
    finally:
        shutil.rmtree(there, ignore_errors=True)
    sys.exit("\n\n".join(failed) or 0)
