"""When a learner's work is due, or that of all who are shown: which unit or assignment, for whom, and the day."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.centre.due_days import NotSet
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.views.unit_told import due_told
from markterm.domain.words.counted import counted, first_of
from markterm.domain.words.errors import MarkTermError, Refused
from markterm.domain.words.foreign_text import one_line
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.form import FormScreen
from markterm.tui.widgets.text_field import LineField, typed_day

_MOST_NAMED = 3
_NO_DAY = "none"
"""As on the command line; an empty field is no answer."""


async def ask_due(
    on: Screen[Any], centre: Centre, row: CaseloadRow, shown: Sequence[CaseloadRow], recorded: Callable[[], object]
) -> None:
    """Ask which work of that learner is due when, and whether of all who are `shown`; `recorded` is called then."""
    today = centre.caseload.today
    units = [unit for unit in row.units if unit.may_be_due]
    try:
        assignments = (await asyncio.to_thread(centre.learners.named, row.registration)).assignments
    except MarkTermError as error:
        on.app.notify(f"{error.title}. {error.what}", markup=False, severity="error")
        return
    codes = [*(unit.code for unit in units), *assignments]
    lines = [f"{one_line(unit.code)} {due_told(unit.due_day, today)}" for unit in units]
    lines += [f"{one_line(code)}  the assignment" for code in assignments]
    if not codes:
        on.app.notify("Nothing of this learner is left to be done.", markup=False)
        return

    async def for_whom(choice: int | None) -> None:
        if choice is None:
            return
        code = codes[choice]
        try:
            meant = await asyncio.to_thread(centre.due_days.on, shown, code)
        except MarkTermError as error:
            on.app.notify(f"{error.title}. {error.what}", markup=False, severity="error")
            return
        if len(meant) == 1:
            await _ask_day(on, centre, code, [row], recorded)
            return

        async def ask(whom: int | None) -> None:
            if whom is not None:
                await _ask_day(on, centre, code, meant if whom else [row], recorded)

        everybody = f"All {len(meant)} of those who are shown and have it"
        await on.app.push_screen(ChoiceScreen("Due for whom?", [f"{_name(row)} alone", everybody]), ask)

    await on.app.push_screen(ChoiceScreen(f"What is due, of {_name(row)}?", lines), for_whom)


async def _ask_day(
    on: Screen[Any], centre: Centre, code: str, meant: Sequence[CaseloadRow], recorded: Callable[[], object]
) -> None:
    day = LineField(placeholder="2026-12-04; none for no day at all")
    why = LineField(placeholder="why, where another day was set before")

    async def save() -> None:
        told = await asyncio.to_thread(_set, centre, code, meant, day, why.value.strip())
        recorded()
        on.app.notify(told, markup=False)

    whose = _name(meant[0]) if len(meant) == 1 else counted(len(meant), "learner")
    detail = "Until it is handed in and closed it is told as due. A day that is over stops nobody."
    await on.app.push_screen(FormScreen(f"{one_line(code)} of {whose}", detail, [("Due on", day), ("Why", why)], save))


def _set(centre: Centre, code: str, meant: Sequence[CaseloadRow], day: LineField, why: str) -> str:
    on = typed_day(day) if day.value.strip().casefold() != _NO_DAY else None
    told = f"{one_line(code)} is due on {on}" if on is not None else f"{one_line(code)} is due on no day"
    if len(meant) == 1:
        centre.due_days.set(meant[0].registration, code, on, why)
        return f"{told}."
    made, refused = 0, []
    for each in centre.due_days.set_for(meant, code, on, why):
        if not isinstance(each, NotSet):
            made += 1
        elif each.why is not None:
            refused.append((each.row, each.why))
    if refused:
        names = first_of([_name(row) for row, _ in refused], _MOST_NAMED)
        first = refused[0][1]
        raise Refused(
            first.title,
            f"Recorded for {counted(made, 'learner')}, not for {names}: {first.what}",
            first.next_step,
        )
    return f"{told} for {counted(made, 'learner')}."


def _name(row: CaseloadRow) -> str:
    return one_line(row.alias or row.name or row.registration)
