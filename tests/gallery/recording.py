"""Half a minute at the screen as one picture that moves: the first visit, a learner opened, a criterion marked, a unit
closed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from markterm.tui.person.first_visit import FirstVisitScreen
from tests.gallery.drawing import first_keys, sat_down, svg
from tests.gallery.pictures import ROSALIND, Sat

_SECONDS = 3
"""How long each moment is seen."""
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_OPENED = (
    ("evidence.reference",),
    ("evidence.cite",),
    ("mark.pass",),
    ("mark.withdraw",),
    ("mark.matrix",),
    ("map.leave", "unit.previous", "unit.close"),
    ("writing.leave", "marking.leave"),
)
"""What is pressed between one moment and the next, once the learner is open."""


async def recorded(folder: Path) -> str:
    """The recording, as SVG."""
    keys = first_keys()
    async with sat_down(Sat("demo", "asha", ()), folder) as at:
        moments = [svg(at.app)]
        await at.app.action_do("app.first-visit")
        while isinstance(at.app.screen, FirstVisitScreen):
            await at.settled()
            moments.append(svg(at.app))
            await at.press(keys["visit.next"])
        await at.press(keys["caseload.filter"], *"rosalind")
        await at.until(lambda: "Alexandra" not in at.text)
        moments.append(svg(at.app))
        await at.press("enter", "enter")
        await at.opened(ROSALIND)
        moments.append(svg(at.app))
        for pressed in _OPENED:
            await at.press(*(keys[key] for key in pressed))
            moments.append(svg(at.app))
    return one_after_the_other(moments)


def one_after_the_other(moments: Sequence[str]) -> str:
    """Pictures of one size as a single one, which shows each for a while and then begins anew."""
    size = _SIZE.search(moments[0])
    assert size is not None
    every, share = _SECONDS * len(moments), 100 / len(moments)
    show = f"@keyframes show {{ 0% {{ visibility: visible }} {share:.4f}%, 100% {{ visibility: hidden }} }}"
    style = f".moment {{ visibility: hidden; animation: show {every}s steps(1) infinite }}"
    parts = [f'<svg viewBox="0 0 {size[1]} {size[2]}" xmlns="http://www.w3.org/2000/svg"><style>{show} {style}</style>']
    parts += [
        f'<g class="moment" style="animation-delay: {number * _SECONDS}s">{moment}</g>'
        for number, moment in enumerate(moments)
    ]
    return "\n".join([*parts, "</svg>\n"])
