"""Who comes to the centre, and who leaves it: a learner by hand, all that a table names, and that somebody left."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from textual.screen import Screen
from textual.widget import Widget

from markterm.centre.centre import Centre
from markterm.centre.register import Register
from markterm.domain.record.bodies.leaving import LeftStep
from markterm.domain.register.columns import headings_in
from markterm.domain.register.headings import Fact
from markterm.domain.register.told import kept_told
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.caseload.register_screen import RegisterScreen
from markterm.tui.requests import Failed, tell
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.form import FormScreen
from markterm.tui.widgets.path_field import PathField, where_paths_begin
from markterm.tui.widgets.text_field import LineField, typed_day

_ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")
_THEN = "Nothing is changed yet."
_BY_HAND = "What the centre does not use stays empty. Days: 2026-01-31 or 31/01/2026."


async def ask_who_comes(on: Screen[Any], centre: Centre, then: Callable[[], object]) -> None:
    """Ask for a learner or a register, and register who is new; `then` is called when somebody was."""

    async def chosen(choice: int | None) -> None:
        if choice is not None:
            await (_ask_one if choice == 0 else _ask_register)(on, centre, then)

    ways = ["A learner, by hand", "All that a table names: CSV or XLSX"]
    await on.app.push_screen(ChoiceScreen("Who comes?", ways), chosen)


async def _ask_one(on: Screen[Any], centre: Centre, then: Callable[[], object]) -> None:
    fields = {
        Fact.NAME: LineField(placeholder="Rosalind Jones"),
        Fact.REGISTRATION: LineField(placeholder="the number with the awarding organisation"),
        Fact.QUALIFICATION: LineField(placeholder="its code; several with commas"),
        Fact.UNITS: LineField(placeholder="where not those that it makes mandatory"),
        Fact.ASSESSOR: LineField(placeholder="their id or name"),
        Fact.REGISTERED: LineField(placeholder="the day of registration"),
        Fact.EXPIRES: LineField(placeholder="the day on which that ends"),
        Fact.BORN: LineField(placeholder="the date of birth"),
        Fact.ULN: LineField(placeholder="ten digits"),
        Fact.EMAIL: LineField(placeholder="an address to write to"),
    }

    async def register() -> None:
        said = {fact: field.value.strip() for fact, field in fields.items()}
        taken = await asyncio.to_thread(centre.registering.add, said)
        then()
        notes = "".join(f" {note[:1].upper()}{note[1:]}." for note in taken.beside.entry.notes)
        learner = taken.beside.learner
        on.app.notify(one_line(f"{learner.registration} {learner.name} is registered.{notes}"), markup=False)

    lines: list[tuple[str, Widget]] = [(_called(fact), field) for fact, field in fields.items()]
    await on.app.push_screen(FormScreen("A learner", _BY_HAND, lines, register, does="registers"))


async def _ask_register(on: Screen[Any], centre: Centre, then: Callable[[], object]) -> None:
    read: list[Register] = []
    file = PathField(centre, _ENDINGS, told="the register, a table with a line for each learner")
    usual = {
        Fact.QUALIFICATION: LineField(placeholder="for lines that name none"),
        Fact.UNITS: LineField(placeholder="likewise"),
        Fact.ASSESSOR: LineField(placeholder="likewise"),
    }
    headings = LineField(placeholder="only where they are not understood: name=Pupil, registration=Nr")

    def looked_at() -> Register:
        path = centre.named_files.named(file.value.strip())
        said = centre.registering.usual({fact: field.value.strip() for fact, field in usual.items()})
        return centre.registering.read(path, headings_in(headings.value.split(",")), said)

    async def took() -> None:
        read[:] = [await asyncio.to_thread(looked_at)]

    async def answered(is_read: bool | None) -> None:
        if is_read:
            await on.app.push_screen(RegisterScreen(centre, read[0]), looked)

    async def looked(is_taken: bool | None) -> None:
        if is_taken:
            then()
            await _ask_to_keep(on, centre, headings_in(headings.value.split(",")))

    lines: list[tuple[str, Widget]] = [
        ("Register", file),
        *((_called(fact), field) for fact, field in usual.items()),
        ("Headings", headings),
    ]
    where = where_paths_begin(centre, _THEN)
    await on.app.push_screen(FormScreen("A register", where, lines, took, does="looks at it"), answered)


async def _ask_to_keep(on: Screen[Any], centre: Centre, given: dict[str, str]) -> None:
    """Ask whether headings that were given are kept for the next register."""
    registering = centre.registering
    if not (new := registering.new_headings(given)):
        return

    async def answered(choice: int | None) -> None:
        if choice == 1:
            try:
                await asyncio.to_thread(registering.keep_headings, new)
            except MarkTermError as error:
                tell(on, Failed(error))

    title = f"Keep for the next register: {kept_told(new)}?"
    await on.app.push_screen(ChoiceScreen(title, ["No", "Yes, keep it"]), answered)


async def ask_who_leaves(on: Screen[Any], centre: Centre, row: CaseloadRow, then: Callable[[], object]) -> None:
    """Ask whether that learner left, transferred or is back, and record it; `then` is called when it was."""
    steps = (
        {LeftStep.BACK: "They are back"}
        if row.left
        else {
            LeftStep.LEFT: "They left the course",
            LeftStep.TRANSFERRED: "They transferred to another centre or course",
        }
    )
    name = one_line(row.alias or row.name or row.registration)

    async def ask(choice: int | None) -> None:
        if choice is not None:
            await _ask_leaving(on, centre, row, list(steps)[choice], name, then)

    await on.app.push_screen(ChoiceScreen(f"{name}: {row.left or 'on the course'}", list(steps.values())), ask)


async def _ask_leaving(
    on: Screen[Any], centre: Centre, row: CaseloadRow, step: LeftStep, name: str, then: Callable[[], object]
) -> None:
    day = LineField(centre.caseload.today.isoformat(), select_on_focus=True)
    why = LineField(placeholder="in a few words" if step is not LeftStep.BACK else "may stay empty")

    async def record() -> None:
        recorded = await asyncio.to_thread(
            centre.registrations.leave, row.registration, step, typed_day(day), why.value.strip()
        )
        then()
        departure = recorded.portfolio.portfolio.departure
        on.app.notify(f"{name} {departure.with_day if departure is not None else ''}.", markup=False)

    told = "Nothing of theirs goes. Who left waits for nobody; state:left in the filter shows them."
    title = f"{name}: {_TITLES[step]}"
    await on.app.push_screen(FormScreen(title, told, [("On", day), ("Why", why)], record, does="records it"))


_TITLES = {LeftStep.LEFT: "left", LeftStep.TRANSFERRED: "transferred", LeftStep.BACK: "is back"}
_NAMES = {Fact.ULN: "ULN", Fact.EMAIL: "E-mail"}


def _called(fact: Fact) -> str:
    return _NAMES.get(fact, fact.value.capitalize())
