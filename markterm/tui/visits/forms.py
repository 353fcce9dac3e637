"""What is asked of a visit, and of something that it asks for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from markterm.centre.centre import Centre
from markterm.domain.record.bodies.visiting import Held, Visited, VisitStep
from markterm.domain.record.visits import Visit
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.tui.widgets.form import FormScreen
from markterm.tui.widgets.note_field import NoteField
from markterm.tui.widgets.text_field import LineField, typed_day


def visit_form(centre: Centre, saved: Callable[[Visit], None]) -> FormScreen:
    """A visit that was: its day, who came, how the centre was rated, and the report, of which name and hash are
    kept."""
    on, whose = LineField(value=centre.actions.today.isoformat()), LineField(value=centre.details.awarding_organisation)
    by, rating, scope = LineField(placeholder="who came"), LineField(), LineField(placeholder="what was looked at")
    report = LineField(placeholder="their report, a file: its name and hash are kept")
    signed = LineField(placeholder="qualifications of which what was closed may be claimed")
    text = NoteField.of(centre.form_drafts.of("visit"))

    async def save() -> None:
        said = Visited(
            VisitStep.RECORDED,
            organisation=whose.value.strip(),
            by=by.value.strip(),
            on=typed_day(on),
            rating=rating.value.strip(),
            scope=scope.value.strip(),
            signed_off=tuple(signed.value.replace(",", " ").split()),
            text=text.text,
        )
        file = centre.named_files.named(report.value.strip()) if report.value.strip() else None
        saved(await asyncio.to_thread(centre.visits.record, said, file))

    fields = [
        *(("Day", on), ("Organisation", whose), ("Who came", by), ("Rating", rating), ("Scope", scope)),
        *(("Report", report), ("Signs off", signed), ("What else", text)),
    ]
    return FormScreen("A visit of the external quality assurer", "Name learners by registration alone.", fields, save)


def action_form(centre: Centre, visit: Visit, saved: Callable[[Visit], None]) -> FormScreen:
    """Something that the visit asks for: by whom until when, and what waits for it."""
    members = ", ".join(each.id for each in centre.details.members)
    what = NoteField.of(centre.form_drafts.of(f"visit {visit.uid} action"))
    owner = LineField(placeholder=one_line(f"a member's id: {members}"))
    until, holds = LineField(placeholder="2026-01-31"), LineField(placeholder="claims, retention, both; may stay empty")
    of = LineField(placeholder="of which qualification they wait; of all without")

    async def save() -> None:
        held = [_held(word) for word in holds.value.replace(",", " ").split() if word != "and"]
        due, text, whose, code = typed_day(until), what.text, owner.value.strip(), of.value.strip()
        saved(await asyncio.to_thread(centre.visits.ask_for, visit.uid, text, whose, due, held, code))

    detail = "Until a verifier accepts it, what it holds waits."
    fields = [("What", what), ("Owner", owner), ("Until", until), ("Holds", holds), ("Of", of)]
    return FormScreen(one_line(f"Asked for by the visit of {visit.in_words}"), detail, fields, save)


def _held(word: str) -> Held:
    if word not in tuple(Held):
        told = f"{one_line(word)} is nothing that an action of a visit can hold. Nothing was recorded."
        raise WrongUse("What waits for it?", told, "Write claims, retention, both, or nothing.")
    return Held(word)
