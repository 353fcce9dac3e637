"""Looking: from criterion to criterion and from learner to learner, at the history, all criteria and the feedback."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content

from markterm.domain.views.where_to_begin import Why
from markterm.domain.words.foreign_text import beginning, one_line
from markterm.tui.command import Command, keyed
from markterm.tui.evidence.reading_page import show_sheet
from markterm.tui.local_time import date_told
from markterm.tui.marking.workplace import Workplace
from markterm.tui.requests import LeaveLearner, OpenNeighbour, ShowAcross, ShowFeedback, ShowWhySampled, ask
from markterm.tui.widgets.criterion_detail import NO_CRITERIA
from markterm.tui.widgets.history import history_content
from markterm.tui.widgets.reading import ReadingScreen

_LONGEST = 20_000


class NextOpen(Command[Workplace]):
    """The next open criterion, in this unit first and then in the others; in a round the next learner."""

    id, key, label, words = "mark.next-open", "space", "next", "Next open criterion; across learners, the next"

    async def run(self, on: Workplace) -> None:
        """Go there."""
        if on.round is not None:
            await on.step_round()
        elif not on.go_to_open(on.place) and on.desk.shown is not None:
            _go_to_next_step(on)


def _go_to_next_step(at: Workplace) -> None:
    """Nothing is open: go to the unit that waits for whoever marks, and say for what."""
    assert at.desk.shown is not None
    if not any(unit.criteria for unit in at.desk.shown.units):
        at.notify(NO_CRITERIA)
        return
    begin = at.beginning()
    if begin is None or begin.why is Why.FIRST or not at.go_to(begin.unit, begin.criterion):
        told = keyed("Nothing else of this learner waits for you: {learner.next-waiting} is the next learner.")
    else:
        told = at.said_of(begin) or f"{one_line(begin.unit)} {begin.criterion} waits for you."
    at.notify(f"Every criterion is decided. {told}")


# What there is to read


class ShowHistory(Command[Workplace]):
    """Everything that happened to this criterion."""

    id, key, label, words = "mark.history", "l", "history", "Everything that happened to this criterion"

    async def run(self, on: Workplace) -> None:
        """Show it."""
        place, shown = on.place, on.desk.shown
        if place is None or shown is None:
            return
        title = f"History of {one_line(place.unit.code)} {place.criterion.number}"
        history = history_content(shown, place.unit.key, place.criterion.number)
        await on.screen.app.push_screen(ReadingScreen(title, history))


class WhySampled(Command[Workplace]):
    """Why the unit is in the sampling plan, or is not."""

    id, label, words = "mark.why-sampled", "Why sampled", "Why this unit is in the sampling plan, or is not"

    async def run(self, on: Workplace) -> None:
        """Show it."""
        if on.place is not None:
            await ask(on.screen, ShowWhySampled(on.desk.registration, on.place.unit.code))


class Standardised(Command[Workplace]):
    """What was agreed of this criterion in standardisations."""

    id, key, words = "mark.standardised", "s", "What was agreed of this criterion in standardisations"

    async def run(self, on: Workplace) -> None:
        """Show it."""
        place = on.place
        if place is None:
            return
        name = f"{one_line(place.unit.code)} {place.criterion.number}"
        agreed = on.agreed_on(place)
        if not agreed:
            on.notify(f"Nothing was agreed of {name} in a standardisation.")
            return
        parts: list[Content | str] = []
        for each in agreed:
            parts += [Content.styled(f"{date_told(each.on)}  {each.word}", "bold"), "\n"]
            parts += [beginning(each.words, _LONGEST) or "No words were noted.", "\n\n"]
        await on.screen.app.push_screen(ReadingScreen(f"Agreed of {name}", Content.assemble(*parts)))


class ReadFeedback(Command[Workplace]):
    """The feedback on this unit or on its assignment, before it goes to the learner and after."""

    id, key, label, words = "unit.feedback", "f", "feedback", "Feedback to the learner on this unit: read, release"

    async def run(self, on: Workplace) -> None:
        """Show it."""
        place, registration = on.place, on.desk.registration
        if place is not None and registration:
            await ask(on.screen, ShowFeedback(registration, place.unit, on.assignment, on.desk.record_each))


class ReadSheet(Command[Workplace]):
    """The completed sheet of this unit, or of the assignment where it is marked by tasks."""

    id, label, words = "unit.sheet", "Mark sheet", "The completed mark sheet of this unit, as it would be printed"

    async def run(self, on: Workplace) -> None:
        """Show it."""
        if (place := on.place) is not None:
            assignment = on.assignment.code if on.assignment is not None else ""
            await show_sheet(on.screen, on.centre, on.desk.registration, place.unit.code, assignment)


# Learners


class _OtherLearner(Command[Workplace]):
    """The same criterion of another learner, of the caseload or of the round."""

    step: ClassVar[int]

    async def run(self, on: Workplace) -> None:
        """Open them."""
        if on.round is not None:
            await on.step_round(self.step)
            return
        place = on.place
        at = (place.unit.code, place.criterion.number) if place is not None else None
        if on.desk.registration:
            await ask(on.screen, OpenNeighbour(on.desk.registration, self.step, at))


class NextLearner(_OtherLearner):
    """The learner below."""

    id, key, words, step = "learner.next", "greater_than_sign", "Same criterion, next learner", 1


class PreviousLearner(_OtherLearner):
    """The learner above."""

    id, key, words, step = "learner.previous", "less_than_sign", "Same criterion, previous learner", -1


class Across(Command[Workplace]):
    """The criterion under the cursor, across all learners."""

    id, key, words = "criterion.across", "h", "This criterion across all learners"

    async def run(self, on: Workplace) -> None:
        """Show it."""
        if on.place is not None:
            await ask(on.screen, ShowAcross(on.place.unit, on.place.criterion))


class Leave(Command[Workplace]):
    """Back to the list of the round, or to the one that the learner was opened from."""

    id, key, label, words = "marking.leave", "q", "back", "Back to the caseload, or to the list across learners"

    async def run(self, on: Workplace) -> None:
        """Go back."""
        going = LeaveLearner() if on.round is None else ShowAcross(on.round.unit, on.round.criterion)
        await ask(on.screen, going)
