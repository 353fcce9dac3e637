"""What was not agreed once, looked for elsewhere: the same criterion by the same assessor, and a wider sample of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.domain.sampling.wider import Alike
from markterm.domain.views.signs import decision_sign
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.local_time import moment
from markterm.tui.requests import Failed, tell
from markterm.tui.widgets.several import SeveralScreen

Sampled = Callable[[str, datetime], None]
"""Called with what was sampled, in a word, and when that became durable."""


async def look_wider(
    screen: Screen[Any],
    centre: Centre,
    blindfold: Blindfold,
    where: tuple[str, str, str],
    sampled: Sampled,
    *,
    decides_first: bool = False,
) -> None:
    """Show where the same assessor decided the same criterion elsewhere; what is left in that list is sampled. `where`
    is the learner, the unit and the criterion that was not agreed. Whoever `decides_first` is not told what was decided
    there."""
    registration, unit_code, criterion = where
    try:
        wider = await asyncio.to_thread(centre.actions.wider, registration, unit_code, criterion)
    except MarkTermError as error:
        tell(screen, Failed(error))
        return
    free = [each for each in wider.found if not (each.is_agreed or each.is_sampled)]
    others = len(wider.found) - len(free)
    told = f"{counted(others, 'other is', 'others are')} agreed or sampled already" if others else ""
    what = one_line(f"{wider.unit.code} {criterion} by {wider.assessor}")
    if not free:
        screen.notify(f"{what}: {told or 'no other learner has a decision of theirs'}.", markup=False)
        return

    async def take(numbers: tuple[int, ...] | None) -> None:
        if numbers:
            why = wider.why(registration)
            await _sample(screen, centre, [free[number] for number in numbers], unit_code, why, sampled)

    await screen.app.push_screen(
        SeveralScreen(
            f"The same elsewhere, not agreed once: {what}{f'. {told}' * bool(told)}",
            [_alike(each, blindfold, decides_first=decides_first) for each in free],
            [each.is_proposed for each in free],
            "samples them",
            "to be sampled, with that as the reason",
        ),
        take,
    )


async def _sample(
    screen: Screen[Any], centre: Centre, wanted: Sequence[Alike], unit_code: str, why: str, sampled: Sampled
) -> None:
    done = 0
    try:
        for each in wanted:
            recorded = await asyncio.to_thread(centre.verification.sample, each.registration, unit_code, why)
            done += 1
    except MarkTermError as error:
        tell(screen, Failed(error))
    if done:
        sampled(f"sampled: {counted(done, 'learner')}", recorded.event.at)


def _alike(each: Alike, blindfold: Blindfold, *, decides_first: bool) -> str:
    who = blindfold.known_as(each.registration)
    name = "" if who != one_line(each.registration) else f"  {one_line(each.name)}"
    closed = "closed" if each.is_closed else "being marked"
    result = "decided" if decides_first else decision_sign(each.decision)
    return f"{who}{name}  {result}  {moment(each.decision.at)}  {closed}"
