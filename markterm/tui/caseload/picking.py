"""Picking a learner for a visit, by the external quality assurer."""

from __future__ import annotations

import asyncio
from typing import Any

from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.words.counted import counted, first_of
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.caseload.beside import BesideLearner
from markterm.tui.requests import Failed, tell

_MOST_NAMED = 8


async def pick(screen: Screen[Any], centre: Centre, row: CaseloadRow) -> None:
    """Put the learner into the list of the visit of whoever acts, or out of it, and say how many are in it."""
    lists, registration = centre.visit_lists, row.registration
    try:
        is_in = (await asyncio.to_thread(lists.own)).has_picked(registration)
        told = await asyncio.to_thread(lists.put_back if is_in else lists.pick, registration)
    except MarkTermError as error:
        tell(screen, Failed(error))
        return
    what = "put back" if is_in else "picked for the visit"
    named = first_of([one_line(each.registration) for each in told.picked], _MOST_NAMED)
    in_it = f"{counted(len(told.picked), 'learner')} in the list: {named}" if named else "the list is empty"
    screen.query_one(BesideLearner).forget()
    screen.app.notify(f"{one_line(registration)} {what}; {in_it}.", markup=False)
