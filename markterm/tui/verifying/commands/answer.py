"""Answering: agreed or not, one decision at a time or all that were looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace

from markterm.centre.drafts import DraftKind
from markterm.centre.recorder import Recorded
from markterm.domain.rules.actions import whose_work
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line, shortened
from markterm.tui.command import Command, keyed
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.verifying.not_agreed import ToDo, not_agreed_form
from markterm.tui.verifying.sample import Sample
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.several import SeveralScreen
from markterm.tui.widgets.writing import WritingScreen

_LONGEST = 160


class Agree(Command[Sample]):
    """Agree to the decision under the cursor, and go on."""

    id, key, label, words = "verify.agree", "a", "agree", "Agree to this decision, and go on"
    records = True

    def is_offered(self, on: Sample) -> bool:
        """Not before whoever decides first has decided: until then the key says so."""
        return not on.hides_here

    async def run(self, on: Sample) -> None:
        """Record it, or ask what is to be known first."""
        place = answerable(on)
        if place is None:
            return
        own = on.own_answer(place)
        if own is not None and own.answer.agrees and place.criterion.number not in on.now.contradicted:
            on.notify(f"You agreed to {named(place)} before.")
            on.go_on()
            return

        async def ask_how() -> None:
            if on.looking.has_looked(place) or not on.has_passages(place):
                await agree_to(on, place)
            else:
                await _state_it(on, place)

        await unless_finished(on, ask_how)


class NotAgreed(Command[Sample]):
    """Say that the decision under the cursor is not agreed, and why."""

    id, key, label, words = "verify.not-agreed", "x", "not agreed", "This decision is not agreed: why, and an action"
    records = True

    def is_offered(self, on: Sample) -> bool:
        """Not before whoever decides first has decided: until then the key says so."""
        return not on.hides_here

    async def run(self, on: Sample) -> None:
        """Ask for the reason and the action."""
        place = answerable(on)
        if place is not None:
            await unless_finished(on, lambda: not_agreed(on, place))


class AgreeToAll(Command[Sample]):
    """Agree to all that were looked at and not answered, after a list."""

    id, key, label = "verify.agree-all", "A", "all seen"
    records = True
    words = "Agree to every decision that you looked at and that nobody answered, after a look at the list"

    def is_offered(self, on: Sample) -> bool:
        """Not where whoever verifies decides first: there each is answered to when it is decided."""
        return not on.hides

    async def run(self, on: Sample) -> None:
        """Show the list."""
        if refused(on):
            return
        places = [
            each
            for each in on.criteria.criteria_once
            if on.looking.has_looked(each) and on.waits(each) and not on.is_hidden(each) and not _differs(on, each)
        ]
        if not places:
            on.notify(keyed("Nothing was looked at that waits for an answer. {verify.citation} goes to what is cited."))
            return
        labels = [f"{each.criterion.number}  {one_line(each.criterion.text)}" for each in places]

        async def agree(numbers: tuple[int, ...] | None) -> None:
            chosen = [place for number, place in enumerate(places) if number in (numbers or ())]
            if not chosen:
                return
            said = on.said(chosen)
            if await on.answer(replace(said, agreed=tuple(each.criterion.number for each in chosen))):
                go_on_from(on)

        async def ask() -> None:
            title = f"Agree to these decisions on {one_line(on.unit.code)}, which you looked at"
            asked = SeveralScreen(title, labels, [True] * len(places), "agrees to them", "will be agreed to.")
            await on.screen.app.push_screen(asked, agree)

        await unless_finished(on, ask)


def answerable(at: Sample) -> CriterionPlace | None:
    """The criterion under the cursor, if whoever acts may answer to it now; if not, it is said why."""
    place = at.place
    if place is None or refused(at):
        return None
    if at.decision_at(place) is None:
        state = at.record.criterion(place.criterion.number).state
        at.notify(f"{named(place)} is {state}: there is no decision to answer to.")
        return None
    if at.is_hidden(place):
        at.notify(keyed("You decide first: {verify.own-pass} it is met, {verify.own-refer} it is not."))
        return None
    return place


def refused(at: Sample) -> bool:
    """Whether whoever acts may not verify it; it is said why."""
    if at.refused is not None:
        at.failed(at.refused)
    return at.refused is not None


async def unless_finished(at: Sample, then: Callable[[], Awaitable[None]]) -> None:
    """Do it; what was finished is answered again only after a question."""
    is_finished = bool(at.now.answers) and not any(each.unfinished for each in at.now.answers)
    if not is_finished or at.answers_again or at.now.contradicted:
        await then()
        return
    who = ", ".join(dict.fromkeys(one_line(each.actor) for each in at.now.answers))

    async def answered(choice: int | None) -> None:
        if choice == 1:
            at.answers_again = True
            await then()

    title = f"{who} finished this sample. Answer again? The unit then waits until it is finished again."
    await at.screen.app.push_screen(ChoiceScreen(title, ["Leave it as it is", "Answer again"]), answered)


async def agree_to(at: Sample, place: CriterionPlace) -> None:
    """Agree to one decision; where it was not agreed before, or own and decision differ, with a reason."""
    said = replace(at.said([place]), agreed=(place.criterion.number,))
    against = [each for each in at.given_at(place) if not each.answer.agrees]
    if not against and not _differs(at, place):
        if await at.answer(said):
            go_on_from(at)
        return
    detail = "You decided otherwise, and agree all the same: why?"
    if against:
        who, why = one_line(against[-1].answer.by or against[-1].verification.actor), against[-1].answer.reason
        detail = f"{who} did not agree: “{shortened(why, _LONGEST)}”. Why is it agreed now?"

    async def save(reason: str) -> None:
        await at.desk.record(lambda: at.record_answer(replace(said, reason=reason)))

    async def left(saved: bool | None) -> None:
        if saved:
            go_on_from(at)

    title = f"Agree to {named(place)}"
    await at.screen.app.push_screen(
        WritingScreen(title, detail, "", save, turn_page=at.evidence.reader.turn_page), left
    )


async def not_agreed(at: Sample, place: CriterionPlace) -> None:
    """Ask why it is not agreed, and what is to be done about it by whom until when."""
    desk, number, unit = at.desk, place.criterion.number, place.unit
    registration, drafts = desk.registration, at.centre.drafts
    shown = desk.shown
    assert shown is not None
    said = at.said([place])
    try:
        owner = whose_work(unit, shown.portfolio, number)
        due = await asyncio.to_thread(at.centre.verification.due_from, registration, at.centre.actions.today)
    except MarkTermError as error:
        at.failed(error)
        return
    own = at.own_answer(place)
    begun = drafts.get(DraftKind.NOT_AGREED, registration, unit.key, number)
    before = own.answer.reason if own is not None and not own.answer.agrees else ""
    is_answered = False

    async def save(reason: str, to_do: ToDo | None) -> None:
        nonlocal is_answered
        if to_do is not None:
            at.centre.details.named(to_do.owner)

        def record() -> Iterator[Recorded]:
            nonlocal is_answered
            if not is_answered:
                yield at.record_answer(replace(said, not_agreed={number: reason}))
                is_answered = True
            if to_do is not None:
                yield at.centre.actions.set(
                    registration, unit.code, to_do.text, owner=to_do.owner, due=to_do.due, criterion=number
                )

        await desk.record_each(record)
        drafts.forget(DraftKind.NOT_AGREED, registration, unit.key, number)

    async def left(saved: bool | None) -> None:
        if saved:
            go_on_from(at)

    def keep(text: str) -> bool:
        return drafts.keep(text if text != before else "", DraftKind.NOT_AGREED, registration, unit.key, number)

    title = f"Not agreed: {named(place)}  {one_line(place.criterion.text)}"
    await at.screen.app.push_screen(not_agreed_form(title, begun or before, owner, due, save, keep), left)


def go_on_from(at: Sample) -> None:
    """Go to the next decision that waits for an answer, or say that there is none."""
    if not at.go_on():
        at.notify(keyed("Every decision is answered. {verify.finish} finishes with the report."))
    at.panes.show("criteria")


def named(place: CriterionPlace) -> str:
    """The unit and the number of a criterion."""
    return f"{one_line(place.unit.code)} {place.criterion.number}"


def _differs(at: Sample, place: CriterionPlace) -> bool:
    decision = at.decision_at(place)
    own = at.own.get((place.criterion.number, decision.uid)) if decision is not None else None
    return own is not None and decision is not None and own is not decision.result


async def _state_it(at: Sample, place: CriterionPlace) -> None:
    """Ask whether they looked at what the criterion rests on, which no key brought into sight for a second."""

    async def answered(choice: int | None) -> None:
        if choice == 1:
            await agree_to(at, place)

    title = f"What {named(place)} rests on was not in sight for a second here. Agree all the same?"
    choices = ["Look at it first", "Agree: I looked at it, recorded as my own statement"]
    await at.screen.app.push_screen(ChoiceScreen(title, choices), answered)
