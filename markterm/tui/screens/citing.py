"""Citing: the passage that is chosen, tied to the criterion under the cursor, and the way from one to the other."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress

from textual import on, work

from markterm.centre import Centre
from markterm.domain.citation import Citation, Passage, Presence, presence
from markterm.domain.decision import CriterionRecord
from markterm.domain.errors import MarkTermError
from markterm.domain.foreign_text import one_line
from markterm.domain.submission import Changes
from markterm.domain.unit import Unit, short_codes
from markterm.tui.screens.evidence import EvidenceScreen
from markterm.tui.widgets.criteria_list import CriterionPlace
from markterm.tui.widgets.evidence_reader import CitedHere, EvidenceReader


class CitingScreen(EvidenceScreen):
    """Adds citations to the verbs; subclasses draw them and have the evidence."""

    def __init__(self, centre: Centre) -> None:
        super().__init__(centre)
        self.files: Mapping[str, str] | None = None
        """The SHA-256 of the learner's files by name; None until they are read."""
        self._jumped: tuple[CriterionPlace | None, int] = (None, 0)

    @work(exclusive=True, group="files")
    async def look_at_files(self, registration: str) -> None:
        """Find out in the background which files are there, and what became of those that were cited or submitted."""
        self.files = None
        with suppress(MarkTermError):  # A folder that cannot be read is told of where its files are listed.
            files = await asyncio.to_thread(self._centre.files.fingerprints, registration)
            changed = await asyncio.to_thread(self._centre.attempts.changes, registration, files)
            if self.shown is not None and self.shown.learner.registration == registration:
                self.files = files
                self.reader.show_changes(changed)
                self.show_portfolio()
                self._tell_of_changes(changed)

    def _tell_of_changes(self, changed: Mapping[str, Changes]) -> None:
        for unit, changes in changed.items():
            words = f"Evidence since {one_line(unit)} was submitted: {changes}. d shows what changed."
            self.app.notify(words, severity="warning", markup=False)

    def mark_citations(self) -> None:
        """Let the evidence show which of its passages are cited, and by what."""
        if self.shown is None:
            return
        short = short_codes(unit.code for unit in self.shown.units)
        files = self.files or {}
        cited: list[CitedHere] = []
        for unit, number, citation, record in self._citations():
            earlier = f" (attempt {citation.attempt})" if record.is_earlier(citation) else ""
            name = citation.passage.file if self.files is None else presence(citation.passage, files)[1]
            cited.append(CitedHere(name, citation.passage, unit.code, number, f"{short[unit.code]} {number}{earlier}"))
        self.reader.show_cited(cited)

    def _citations(self) -> list[tuple[Unit, str, Citation, CriterionRecord]]:
        """Every citation of the learner, unit by unit."""
        assert self.shown is not None
        return [
            (unit, number, citation, record)
            for unit in self.shown.units
            for number, record in self.shown.portfolio.unit(unit.key).criteria.items()
            for citation in record.citations
        ]

    async def action_cite(self) -> None:
        """Cite the chosen passage for the criterion under the cursor, or take its citation back."""
        place, shown = self.place, self.shown
        if place is None or shown is None:
            return
        passage = self.reader.pane.passage
        if passage is None:
            self.app.notify("There are no words to cite here. [ and ] change the file.", markup=False)
            return
        registration, unit, number = shown.learner.registration, place.unit.code, place.criterion.number
        is_cited = any(citation.passage.is_same(passage) for citation in self.record_of(place).citations)
        verb = self._centre.take_back if is_cited else self._centre.cite
        try:
            await self._record(lambda: verb(registration, unit, number, passage))
        except MarkTermError as error:
            self.app.show_error(error)
            return
        self.reader.pane.end_selection()

    def action_select(self) -> None:
        """Begin to choose more than one passage, or give it up."""
        self.reader.pane.toggle_selection()

    def action_passage(self, step: int) -> None:
        """Choose the next passage or the one before."""
        self.reader.pane.move_passage(step)

    def action_citation(self) -> None:
        """From the criterion to the next passage that it cites; from a passage to the next criterion that cites it."""
        place = self.place
        if place is None:
            return
        if self.reader.pane.has_focus:
            self._go_to_criterion(place)
            return
        citations = self.record_of(place).citations
        if not citations:
            self.app.notify("Nothing is cited for this criterion yet. c cites the passage with the bar.", markup=False)
            return
        number = (self._jumped[1] + 1) % len(citations) if self._jumped[0] == place else 0
        self._jumped = (place, number)
        self._go_to_passage(citations[number].passage)

    def _go_to_criterion(self, place: CriterionPlace) -> None:
        cited = self.reader.cited_at_cursor
        if not cited:
            self.app.notify("This passage is not cited. c cites it for the criterion under the cursor.", markup=False)
            return
        here = next((i for i, each in enumerate(cited) if self._is(each, place)), -1)
        other = cited[(here + 1) % len(cited)]
        self.go_to(other.unit, other.criterion)
        self.show_pane("criteria")
        self.focus_criteria()

    @staticmethod
    def _is(cited: CitedHere, place: CriterionPlace) -> bool:
        return (cited.unit, cited.criterion) == (place.unit.code, place.criterion.number)

    def _go_to_passage(self, passage: Passage) -> None:
        found, name = presence(passage, self.files) if self.files is not None else (Presence.THERE, passage.file)
        if found is Presence.GONE:
            self.app.notify(
                f"{passage.file} is not there any more. These were the words: “{passage.quote}”",
                severity="warning",
                markup=False,
            )
            return
        self.show_pane("evidence")
        self.reader.open_passage(name, passage)
        self.set_focus(self.reader.pane)

    @on(EvidenceReader.WordsGone)
    def tell_of_words_gone(self, gone: EvidenceReader.WordsGone) -> None:
        """The file changed, and the words that were cited are not in it any more."""
        self.app.notify(
            f"{gone.passage.file} changed since. These were the words: “{gone.passage.quote}”",
            severity="warning",
            markup=False,
        )
