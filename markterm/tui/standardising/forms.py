"""What is asked to open a standardisation, to close it with the minutes of its meeting, and to drop it. What is typed
is kept until it is recorded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from textual.widget import Widget

from markterm.centre import standardising_said as said
from markterm.centre.centre import Centre
from markterm.centre.drafts import DraftKind
from markterm.centre.standardisation import Chosen
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.standardising import Standardised, Standardising, StandardisingStep
from markterm.domain.record.standardisation import Standardisation
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.uid import short
from markterm.tui.widgets.form import FormScreen
from markterm.tui.widgets.note_field import NoteField
from markterm.tui.widgets.text_field import LineField, typed_day
from markterm.tui.widgets.writing import WritingScreen

Saved = Callable[[Standardisation, Sequence[Chosen]], None]


class _Kept:
    """The texts of a form, each kept with every change until what they say is recorded."""

    def __init__(self, centre: Centre, what: str) -> None:
        self._drafts = centre.drafts
        self._what = what
        self._names: list[str] = []

    def field(self, name: str) -> NoteField:
        """The field of that name, with what was begun in it."""
        self._names.append(name)
        place = self._place(name)
        return NoteField(self._drafts.get(*place), lambda text: self._drafts.keep(text, *place))

    def forget(self) -> None:
        """It is recorded."""
        for name in self._names:
            self._drafts.forget(*self._place(name))

    def _place(self, name: str) -> tuple[DraftKind, str, UnitKey, str]:
        return DraftKind.NOTE, f"standardisation {self._what}", UnitKey("form", ""), name


def opening_form(centre: Centre, saved: Saved) -> FormScreen:
    """The qualification, and the work that each member is to look at alone; `saved` is given what came of it, and what
    was left out because the learner refuses."""
    codes = tuple(centre.sheets.qualifications.by_code)
    kept = _Kept(centre, "new")
    qualification = LineField(value=codes[0] if len(codes) == 1 else "", placeholder=one_line(", ".join(codes)))
    texts = {of: kept.field(of.value) for of in Standardised}
    why = kept.field("why")

    def begin() -> tuple[Standardisation, tuple[Chosen, ...]]:
        chosen = [each for of, field in texts.items() for each in said.work_in(centre.learners, of, field.text)]
        return centre.standardisation.begin(qualification.value.strip(), chosen, why.text)

    async def save() -> None:
        told, refused = await asyncio.to_thread(begin)
        await asyncio.to_thread(kept.forget)
        saved(told, refused)

    fields: list[tuple[str, Widget]] = [
        ("For", qualification),
        *((of.value.capitalize(), field) for of, field in texts.items()),
        ("Why", why),
    ]
    detail = (
        "A line for each: learner, unit, criteria, as JON2041 501 1.1,2.1 or 1.1@diary.md:12-14. Decisions are decided "
        "by each alone; with notes of feedback, and answers of a verification, each agrees or not."
    )
    return FormScreen("Open a standardisation", detail, fields, save, does="opens it")


def minutes_form(centre: Centre, told: Standardisation, saved: Callable[[Standardisation], None]) -> FormScreen:
    """The minutes of the meeting, which close it."""
    kept = _Kept(centre, told.uid)
    members = one_line(", ".join(each.id for each in centre.details.members))
    on = LineField(value=centre.actions.today.isoformat())
    present = LineField(value=", ".join(told.views), placeholder=members)
    apologies, last_time = LineField(placeholder="who was not, and said so"), kept.field("last time")
    discussion, agreed, actions = kept.field("discussion"), kept.field("agreed"), kept.field("actions")

    async def save() -> None:
        minutes = Standardising(
            StandardisingStep.CLOSED,
            views=tuple(said.agreed_in(agreed.text)),
            on=typed_day(on),
            text=discussion.text,
            present=said.split(present.value),
            apologies=said.split(apologies.value),
            last_time=last_time.text,
            actions=tuple(said.actions_in(actions.text)),
        )
        closed = await asyncio.to_thread(centre.standardisation.close, told.uid, minutes)
        await asyncio.to_thread(kept.forget)
        saved(closed)

    fields: list[tuple[str, Widget]] = [
        *(("Day", on), ("Present", present), ("Apologies", apologies), ("Last time", last_time)),
        *(("Discussion", discussion), ("Agreed", agreed), ("Actions", actions)),
    ]
    asked = ", ".join(f"{place} {number}" for place, number in told.asked)
    detail = one_line(
        f"Agreed, a line for each: its number, criterion, answer and why, as 1 2.1 refer Twelve hours are shown. "
        f"Asked were {asked}. Actions: who, until when, and what, as ben 2026-10-14 Tell the tutors."
    )
    title = one_line(f"Minutes of {short(told.uid)} {told.qualification}")
    return FormScreen(title, detail, fields, save, does="closes it with them")


def dropping(centre: Centre, told: Standardisation, saved: Callable[[Standardisation], None]) -> WritingScreen:
    """Why it was opened by mistake."""

    async def save(why: str) -> None:
        saved(await asyncio.to_thread(partial(centre.standardisation.drop, told.uid, why)))

    title = one_line(f"Drop {short(told.uid)} {told.qualification}: it was opened by mistake")
    return WritingScreen(title, "Why? It stays in the record, and counts as nothing.", "", save)
