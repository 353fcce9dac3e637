"""Looking: at what a decision cites, and on to the next that waits for an answer."""

from __future__ import annotations

from markterm.domain.record.citation import CitedFile, cited_file
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import Command, keyed
from markterm.tui.requests import LeaveSample, ask
from markterm.tui.verifying.sample import Sample


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
        number = (on.cited_at[1] + 1) % len(citations) if on.cited_at[0] == place else 0
        on.cited_at = (place, number)
        passage, files = citations[number].passage, on.evidence.fingerprints.known
        found, name = cited_file(passage, files) if files is not None else (CitedFile.THERE, passage.file)
        if found is CitedFile.GONE:
            on.words_are_gone(passage, "is not there any more")
            return
        on.evidence.show()
        on.evidence.reader.open_passage(name, passage)


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


class Leave(Command[Sample]):
    """Back to the list that it was opened from."""

    id, key, label, words = "verify.leave", "q", "back", "Back to the list"

    async def run(self, on: Sample) -> None:
        """Go back."""
        await ask(on.screen, LeaveSample())
