"""Saying that an action is done, in a word that the verifier reads."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.centre.drafts import DraftKind
from markterm.centre.recorder import Recorded
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.actions import ActionRecord
from markterm.domain.record.centre_actions import CentreAction
from markterm.domain.words.foreign_text import one_line, shortened
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.writing import WritingScreen

Record = Callable[[Callable[[], Recorded]], Awaitable[object]]
"""Does what is recorded in a thread, and shows it when it is durable. Raises `MarkTermError`."""
_LONGEST = 300
_WHAT = "What was done? One word is enough; the verifier reads it."


async def say_done(
    screen: Screen[Any],
    centre: Centre,
    registration: str,
    unit: UnitKey,
    actions: Sequence[ActionRecord],
    record: Record,
    then: Callable[[], None],
) -> None:
    """Ask which of the open actions on a unit that whoever acts is to do is done, where there are several, and what was
    done; `then` is called when that is recorded, or left as a draft."""
    who = centre.member.id if centre.member is not None else ""
    own = [each for each in actions if each.is_open and each.owner == who]
    if not own:
        whose = ", ".join(dict.fromkeys(each.owner for each in actions if each.is_open))
        words = f"It is for {one_line(whose)} to do." if whose else "No action is open here."
        screen.notify(f"Nothing here is yours to say done. {words}", markup=False)
        return

    async def chosen(choice: int | None) -> None:
        if choice is not None:
            await _ask(screen, centre, registration, unit, own[choice], record, then)

    if len(own) == 1:
        await chosen(0)
        return
    lines = [f"{each.criterion or 'the unit'}: {one_line(each.text)}" for each in own]
    await screen.app.push_screen(ChoiceScreen("Which action is done?", lines), chosen)


async def _ask(
    screen: Screen[Any],
    centre: Centre,
    registration: str,
    unit: UnitKey,
    action: ActionRecord,
    record: Record,
    then: Callable[[], None],
) -> None:
    place = (DraftKind.DONE, registration, unit, action.criterion)
    begun = await asyncio.to_thread(centre.drafts.get, *place)

    async def do(word: str) -> None:
        await record(lambda: centre.actions.do(registration, unit.code, action.uid, word))
        centre.drafts.forget(*place)

    where = f"{unit.code} {action.criterion}".rstrip()
    writing = WritingScreen(
        _title(where, action),
        _WHAT,
        begun,
        do,
        lambda text: centre.drafts.keep(text, *place),
        throw_away=lambda: centre.drafts.forget(*place),
    )
    await screen.app.push_screen(writing, lambda _: then())


async def say_done_of_centre(
    screen: Screen[None], centre: Centre, action: CentreAction, then: Callable[[], None]
) -> None:
    """Ask what was done of what an action of the centre asks for; `then` is called when that is recorded, or left."""

    async def do(word: str) -> None:
        await asyncio.to_thread(centre.centre_actions.do, action.uid, word)

    writing = WritingScreen(_title(action.where, action.action), _WHAT, "", do)
    await screen.app.push_screen(writing, lambda _: then())


def _title(where: str, action: ActionRecord) -> str:
    return one_line(f"{where}: {shortened(action.text, _LONGEST)}")
