"""Makes the README's picture from the real app: python -m tests.picture"""

from __future__ import annotations

import asyncio
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from markterm.centre.centre import Centre
from markterm.demo.centre import make_demo
from markterm.own.places import Places
from markterm.tui.app import MarkTermApp

PICTURE = Path(__file__).parent.parent / ".github" / "marking.svg"
NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)


async def take(folder: Path) -> str:
    """The marking screen of the demo's full portfolio, as SVG."""
    places = Places(folder / "state", folder / "cache", folder / "settings")
    make_demo(folder / "demo", places, NOW)
    centre = Centre.open(folder / "demo", member="asha", places=places, clock=lambda: NOW)
    app = MarkTermApp(centre, places)
    async with app.run_test(size=(132, 36)) as pilot:
        await pilot.press("slash", *"rosalind", "enter", "enter")
        await pilot.pause(1)
        await pilot.press("right_square_bracket", "right_square_bracket")
        await pilot.pause(0.5)
        await pilot.press("p")
        await pilot.pause(0.5)
        await pilot.press("k", "k", "k", "k")
        await pilot.pause(0.2)
        svg = app.export_screenshot(title="markterm")
    centre.close_down()
    # Whoever looks at the picture fetches no fonts from anywhere.
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as there:
        PICTURE.write_text(asyncio.run(take(Path(there))), "utf-8")
