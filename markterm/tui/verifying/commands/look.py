"""Looking: at what a decision cites, and on to the next that waits for an answer."""

from __future__ import annotations

from datetime import datetime

from markterm.domain.record.citation import CitedFile, cited_file
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import Command, keyed
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.requests import LeaveSample, OpenNextSample, ShowWhySampled, ask
from markterm.tui.verifying.commands.answer import refused
from markterm.tui.verifying.sample import Sample
from markterm.tui.widgets.wider_sample import look_wider


class NextUnanswered(Command[Sample]):
    """The next decision that waits for an answer."""

    id, key, label, words = "verify.next", "space", "next", "Next decision that waits for an answer"

    async def run(self, on: Sample) -> None:
        """Go there."""
        if not on.go_on():
            on.notify(keyed("Every decision is answered. {verify.finish} finishes with the report."))


class GoToCited(Command[Sample]):
    """The next passage that the decision under the cursor cites."""

    id, key, label, words = "verify.citation", "enter", "cited", "Next passage that this decision cites"

    def works(self, on: Sample) -> bool:
        """Not in the field for find, which has the key itself."""
        return not on.evidence.in_field

    def is_offered(self, on: Sample) -> bool:
        """Not while what is cited is hidden: it tells where the assessor looked."""
        return not on.hides_here

    async def run(self, on: Sample) -> None:
        """Go there; where nothing is cited, or may not be seen yet, to where it is referred to."""
        place = on.place
        if place is None:
            return
        citations = () if on.is_hidden(place) else on.record.criterion(place.criterion.number).citations
        if not citations:
            if on.evidence.references_of(place):
                on.evidence.go_to_reference(place)
            else:
                on.notify(f"No passage is known to be about {one_line(place.unit.code)} {place.criterion.number}.")
            return
        go_to_citation(on, place, (on.cited_at[1] + 1) % len(citations) if on.cited_at[0] == place else 0)


def go_to_citation(on: Sample, place: CriterionPlace, number: int) -> None:
    """Go to that passage of those that the decision cites, counted from 0."""
    on.cited_at = (place, number)
    passage = on.record.criterion(place.criterion.number).citations[number].passage
    files, destroyed = on.evidence.fingerprints.known, on.desk.destroyed(place.unit.key)
    is_there = (CitedFile.THERE, passage.file)
    found, name = cited_file(passage, files, destroyed=destroyed is not None) if files is not None else is_there
    if destroyed is not None and found is CitedFile.DESTROYED:
        on.words_are_gone(passage, f"was {destroyed.words}")
        return
    if found is CitedFile.GONE:
        on.words_are_gone(passage, "is not there any more")
        return
    on.evidence.show()
    on.evidence.reader.open_passage(name, passage)


class Wider(Command[Sample]):
    """The same criterion by the same assessor elsewhere, where it was not agreed here."""

    id, key, words = "verify.wider", "h", "What is not agreed here: the same by the same assessor, and a wider sample"

    async def run(self, on: Sample) -> None:
        """Show where."""
        place = on.place
        if place is None or refused(on):
            return
        if all(each.answer.agrees for each in on.given_at(place)):
            words = "What is not agreed is looked for elsewhere. {verify.not-agreed} says that this is not."
            on.notify(keyed(words))
            return
        where = on.desk.registration, on.unit.code, place.criterion.number

        def sampled(told: str, _: datetime) -> None:
            on.notify(f"{told[:1].upper()}{told[1:]}.")

        await look_wider(on.screen, on.centre, on.blindfold, where, sampled, decides_first=on.decides_first)


class Why(Command[Sample]):
    """Why it was sampled, by all rules of the plan."""

    id, key, words = "verify.why", "w", "Why this unit is in the sampling plan, or is not"

    async def run(self, on: Sample) -> None:
        """Show it; it may tell of the outcome."""
        if on.hides:
            on.notify("Why it was sampled may tell what was decided: it is told when you have decided.")
        else:
            await ask(on.screen, ShowWhySampled(on.desk.registration, on.unit.code))


class ByTask(Command[Sample]):
    """By the tasks of the learner's assignment, of the next one if they have several, or by outcome again."""

    id, key, words = "verify.by-task", "t", "By the tasks of the assignment, or by outcome"

    async def run(self, on: Sample) -> None:
        """List the criteria in the other order."""
        assert on.desk.shown is not None
        own = [each for each in on.desk.shown.assignments if on.unit.code in each.units]
        if not own:
            on.notify(f"{one_line(on.unit.code)} is in no integrated assignment of this learner.")
            return
        orders = (None, *own)
        on.list_by(orders[(orders.index(on.assignment) + 1) % len(orders)])


class NextSample(Command[Sample]):
    """The next of the queue: with the key of the next learner while marking, for what is the next one who waits there,
    `y`, tells why here."""

    id, key, label = "verify.next-sample", "y", "next sample"
    words = "The next sample of the queue, in its order; what was answered here is kept"

    async def run(self, on: Sample) -> None:
        """Open it."""
        await ask(on.screen, OpenNextSample(on.desk.registration, on.unit.code))


class Leave(Command[Sample]):
    """Back to the list that it was opened from."""

    id, key, label, words = "verify.leave", "q", "back", "Back to the list"

    async def run(self, on: Sample) -> None:
        """Go back."""
        await ask(on.screen, LeaveSample())
