"""Citing: the passage with the bar, tied to the criterion under the cursor, and the way from one to the other."""

from __future__ import annotations

from markterm.domain.words.errors import MarkTermError
from markterm.tui.command import Command, keyed
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.marking.assessors_act import AssessorsAct
from markterm.tui.marking.citations import go_to_cited, is_cited_for
from markterm.tui.marking.workplace import Workplace


class Cite(AssessorsAct):
    """Cite the chosen passage for the criterion under the cursor, or take its citation back."""

    id, key, label, words = "evidence.cite", "c", "cite", "Cite the passage with the bar, or take it back"

    async def run(self, on: Workplace) -> None:
        """Record it."""
        place, shown, marking = on.place, on.desk.shown, on.centre.marking
        if place is None or shown is None:
            return
        await on.evidence.arrived()
        passage = on.reader.pane.passage
        if passage is None:
            on.notify(
                keyed("There are no words to cite here. {evidence.previous} and {evidence.next} change the file.")
            )
            return
        registration, unit, number = on.desk.registration, place.unit.code, place.criterion.number
        # What is marked here as cited, the same words in an earlier state of the file, too.
        marked = {each.passage for each in on.reader.cited_at_cursor if is_cited_for(each, place)}
        cited = [
            each.uid
            for each in on.desk.record_of(place).citations
            if each.passage.is_same(passage) or (each.passage in marked and each.passage.quote == passage.quote)
        ]
        try:
            if cited:
                await on.desk.record(lambda: marking.take_back_citations(registration, unit, number, cited))
            else:
                files = on.evidence.fingerprints
                if files.known is not None:  # What lies in an old Office file is hashed from the first citation on.
                    files.known = {passage.file: passage.sha256, **files.known}
                await on.desk.record(lambda: marking.cite(registration, unit, number, passage))
        except MarkTermError as error:
            on.failed(error)
            return
        on.reader.pane.end_selection()


class GoToCited(Command[Workplace]):
    """From the criterion to the next passage that it cites; from a passage to the next criterion that cites it."""

    id, key, words = "evidence.citation", "enter", "From a criterion to what it cites, and back"

    def works(self, on: Workplace) -> bool:
        """Not in the field for find, which has the key itself."""
        return not on.evidence.in_field

    async def run(self, on: Workplace) -> None:
        """Go there."""
        place = on.place
        if place is None:
            return
        if on.reader.pane.has_focus:
            _go_to_criterion(on, place)
        else:
            await go_to_cited(on, place)


def _go_to_criterion(at: Workplace, place: CriterionPlace) -> None:
    cited = at.reader.cited_at_cursor
    if not cited:
        at.notify(keyed("This passage is not cited. {evidence.cite} cites it for the criterion under the cursor."))
        return
    here = next((i for i, each in enumerate(cited) if is_cited_for(each, place)), -1)
    other = cited[(here + 1) % len(cited)]
    at.go_to(other.unit, other.criterion)
    at.panes.show("criteria")
    at.panes.focus_criteria()
