"""What is asked of a self-rating, of an item of a CPD plan, and of what was done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from markterm.centre.centre import Centre
from markterm.centre.development import Person
from markterm.domain.assessed.standard import StatementLink
from markterm.domain.record.bodies.developing import CpdDone, CpdPlanned, CpdStep, SkillsRated, StatementRated
from markterm.domain.record.cpd import CpdItem
from markterm.domain.record.self_ratings import SelfRating
from markterm.domain.words.foreign_text import one_line
from markterm.tui.widgets.form import FormScreen
from markterm.tui.widgets.note_field import NoteField
from markterm.tui.widgets.text_field import LineField, typed_day

Saved = Callable[[], object]
"""What is done once it is recorded."""


def rating_form(centre: Centre, person: Person, link: StatementLink, title: str, saved: Saved) -> FormScreen:
    """How they rate themselves: a word of the scale or its number, an example, who said it, how and on which day."""
    scale = centre.details.skills
    rating = LineField(placeholder=scale.in_words)
    example = _example(centre, person, f"rating {link}")
    how = LineField(placeholder="in talk, on paper, by e-mail")
    on, who = (
        LineField(value=centre.development.today.isoformat()),
        LineField(placeholder="they themselves, unless somebody else is named"),
    )

    async def save() -> None:
        rated = (StatementRated(link, scale.word(rating.value), example.text),)
        said = SkillsRated(
            rated, who.value.strip() or person.name, how.value.strip(), typed_day(on), scale.words, scale.enough
        )
        await asyncio.to_thread(centre.development.rate, person, said)
        saved()

    fields = [("Rating", rating), ("Example", example), ("How", how), ("Day", on), ("Said by", who)]
    return FormScreen(title, "It is no decision, and changes none.", fields, save)


def correction_form(centre: Centre, person: Person, was: SelfRating, title: str, saved: Saved) -> FormScreen:
    """What stands in the place of a self-rating, on the scale of then, and why it is put right."""
    words = ", ".join(f"{place} {word}" for place, word in enumerate(was.said.scale, 1))
    rating = LineField(value=was.rating, placeholder=one_line(words))
    example = _example(centre, person, f"corrected rating {was.uid}", was.example)
    how, on = LineField(value=was.said.how), LineField(value=was.on.isoformat())
    who, why = LineField(value=was.said.said_by), LineField(placeholder="what was recorded wrongly")

    async def save() -> None:
        said = centre.development.corrected(
            was,
            rating.value.strip(),
            example.text,
            said_by=who.value.strip(),
            how=how.value.strip(),
            on=typed_day(on),
            why=why.value,
        )
        await asyncio.to_thread(centre.development.rate, person, said)
        saved()

    fields = [("Rating", rating), ("Example", example), ("How", how), ("Day", on), ("Said by", who), ("Why", why)]
    detail = "The first entry stays. Without a rating it is taken back: it was not said."
    return FormScreen(title, detail, fields, save)


def _example(centre: Centre, person: Person, field: str, proposed: str = "") -> NoteField:
    """What they give as an example, as far as it was begun."""
    registration = "" if person.of_staff else person.id
    return NoteField.of(centre.form_drafts.of(f"{person.id} {field}", registration, proposed))


def plan_form(centre: Centre, person: Person, link: StatementLink, title: str, saved: Saved) -> FormScreen:
    """What they are to learn, how, by when, and what will show it."""
    what, how = LineField(), LineField(placeholder="a course, supervision, reading")
    by, evidence = LineField(placeholder="2026-01-31"), LineField(placeholder="what will show it")

    async def save() -> None:
        said = CpdPlanned(
            CpdStep.PLANNED, what.value.strip(), how.value.strip(), typed_day(by), evidence.value.strip(), (link,)
        )
        await asyncio.to_thread(centre.development.plan, person, said)
        saved()

    return FormScreen(title, "", [("What", what), ("How", how), ("By", by), ("Evidence", evidence)], save)


def done_form(centre: Centre, person: Person, item: CpdItem, title: str, saved: Saved) -> FormScreen:
    """On which day it was done, what shows it, and for staff which requirements it is for."""
    on, evidence = LineField(value=centre.development.today.isoformat()), LineField(value=item.said.evidence)
    asked = LineField(placeholder="codes of what is asked of staff, such as A3; may stay empty")

    async def save() -> None:
        codes = tuple(asked.value.replace(",", " ").split()) if person.of_staff else ()
        said = CpdDone("", typed_day(on), evidence.value.strip(), requirements=codes)
        await asyncio.to_thread(centre.development.done, person, said, item.uid)
        saved()

    fields = [("Day", on), ("Evidence", evidence), *([("Counts for", asked)] if person.of_staff else [])]
    return FormScreen(title, "", fields, save)
