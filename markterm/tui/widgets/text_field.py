"""What keys typed into a text field have come to."""

from __future__ import annotations

import asyncio

from textual.widget import Widget


async def settled(field: Widget) -> None:
    """Return when the field has taken in every key that was pressed before now."""
    done = asyncio.Event()
    field.call_later(done.set)
    await done.wait()
