"""Where the evidence refers to the criteria: reading it for that, walking through it, and letting it follow."""

from __future__ import annotations

from textual import on

from markterm.centre.centre import Centre
from markterm.domain.unit import UnitKey
from markterm.evidence.text.referenced import ReferencedPassage, ReferencedPassages
from markterm.tui.evidence.reading_line import ReadingLine
from markterm.tui.marking.marking_across import AcrossMarkingScreen
from markterm.tui.marking.references import references_content
from markterm.tui.widgets.criteria_list import CriterionPlace
from markterm.tui.widgets.reading import ReadingScreen


class ReferringScreen(AcrossMarkingScreen):
    """Adds the evidence references; subclasses draw the criterion and have the panes."""

    def __init__(self, centre: Centre) -> None:
        super().__init__(centre)
        self.forget_references()

    def forget_references(self) -> None:
        """Another learner is opened, whose evidence is not read yet."""
        self._references: ReferencedPassages | None = None
        self._reference: tuple[tuple[UnitKey, str] | None, int] = (None, 0)

    @property
    def reading_line(self) -> ReadingLine:
        """What reads the evidence."""
        return self.query_one(ReadingLine)

    def show_criterion(self) -> None:
        """Draw the criterion under the cursor."""
        raise NotImplementedError

    def show_pane(self, name: str) -> None:
        """Let that pane be seen where there is room for one only."""
        raise NotImplementedError

    @on(ReadingLine.ReferencesFound)
    def take_references(self, found: ReadingLine.ReferencesFound) -> None:
        """Show where the learner refers to which criterion."""
        if self.shown is not None and self.shown.learner.registration == found.registration:
            self._references = found.references
            self.show_criterion()
            self.references_arrived()
            self.let_evidence_follow()
            if not self.reading_line.left:
                # Only now: it would convert, beside this reading and after it was stopped, what holds files of its own.
                self.look_at_files(found.registration)

    def action_stop_reading(self) -> None:
        """End the reading of the evidence; what was read stays."""
        self.reading_line.stop()

    def action_read_on(self) -> None:
        """Read the files that were left when it was stopped."""
        self.reading_line.read_on()

    def references_of(self, place: CriterionPlace | None) -> tuple[ReferencedPassage, ...]:
        """The passages in which the learner is known to refer to that criterion, the best one first."""
        if place is None or self._references is None:
            return ()
        return self._references.for_criterion(place.unit.key, place.criterion.number)

    def action_reference(self) -> None:
        """Go to the next passage that refers to this criterion, the clearest one first."""
        place = self.place
        passages = self.references_of(place)
        if place is None or not passages:
            words = (
                "The evidence is still being read."
                if self._references is None
                else "No passage refers to this criterion."
            )
            left = self.reading_line.left
            self.app.notify(f"{words} Not all files are read: R reads on." if left else words, markup=False)
            return
        here = (place.unit.key, place.criterion.number)
        number = (self._reference[1] + 1) % len(passages) if self._reference[0] == here else 0
        self.show_pane("evidence")
        self._go_to_reference_number(place, number)

    def _go_to_reference_number(self, place: CriterionPlace, number: int) -> None:
        passages = self.references_of(place)
        self._reference = ((place.unit.key, place.criterion.number), number)
        said = f"reference {number + 1} of {len(passages)}"
        self.reader.open_referenced(passages[number].file, passages[number].extent, said)

    def let_evidence_follow(self) -> None:
        """Show where the learner refers to the criterion under the cursor, for whoever wants that."""
        place = self.place
        if not self.app.settings.evidence_follows or place is None or self.reader.pane.has_focus:
            return
        if self._reference[0] != (place.unit.key, place.criterion.number) and self.references_of(place):
            self._go_to_reference_number(place, 0)

    async def action_all_references(self) -> None:
        """Every passage by which the learner refers to criteria, and those that no unit of theirs has."""
        shown, references = self.shown, self._references
        if shown is None or references is None:
            self.app.notify("The evidence is still being read.", markup=False)
            return
        title = f"{self.app.blindfold.names(shown)[0]}: where the evidence refers to which criterion"
        content = references_content(shown, references, self.app.blindfold.file)
        await self.app.push_screen(ReadingScreen(title, content))
