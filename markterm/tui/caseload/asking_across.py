"""Which criterion is to be seen across all learners: of which unit, then which of it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.domain.words.foreign_text import one_line
from markterm.tui.requests import ShowAcross, ask
from markterm.tui.widgets.choice import ChoiceScreen

if TYPE_CHECKING:
    from markterm.domain.assessed.unit import Unit


async def ask_across(on: Screen[Any], centre: Centre, taken: Collection[str]) -> None:
    """Ask for a unit of those codes and a criterion, and show it across all learners."""
    units = await asyncio.to_thread(lambda: centre.sheets.known(taken))
    known = [unit for code, unit in sorted(units.items()) if code in taken]
    if not known:
        on.app.notify("No learner is on a unit that the centre has a mark sheet for.", markup=False)
        return

    async def choose_criterion(choice: int | None) -> None:
        if choice is not None:
            await _ask_criterion(on, known[choice])

    titles = [f"{one_line(unit.code)}  {one_line(unit.title)}" for unit in known]
    await on.app.push_screen(ChoiceScreen("Which unit across all learners?", titles), choose_criterion)


async def _ask_criterion(on: Screen[Any], unit: Unit) -> None:
    async def show(choice: int | None) -> None:
        if choice is not None:
            await ask(on, ShowAcross(unit, unit.criteria[choice]))

    words = [f"{criterion.number}  {one_line(criterion.text)}" for criterion in unit.criteria]
    await on.app.push_screen(ChoiceScreen(f"Which criterion of {one_line(unit.code)}?", words), show)
